"""Handing one mail to the SMTP server, and what is known afterwards.

Until the content has been offered, every failure is known for certain: nothing was accepted. After that only an answer tells.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from typing import NamedTuple

from services.notifications.domain.delivery import Outcome

TIMEOUT = 10.0


class Server(NamedTuple):
    """Where mail is handed in, and how many seconds each answer is waited for."""

    host: str
    port: int
    timeout: float = TIMEOUT
    tls: bool = False
    """Whether the conversation goes on encrypted (STARTTLS), the server's certificate checked; otherwise nothing is handed over."""
    user: str | None = None
    password: str | None = None


class Attempt(NamedTuple):
    """What came of an attempt; `answer` is the server's code or what failed, never its words."""

    outcome: Outcome
    answer: str


def hand_over(
    server: Server, *, sender: str, receiver: str, mail: bytes, about_to: Callable[[], bool]
) -> Attempt:
    """Offer a mail to the server. `about_to` is asked just before the content is handed over; False leaves it."""
    stage = _Stage()
    try:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname="localhost", timeout=server.timeout)
    except smtplib.SMTPResponseException as refusal:
        return Attempt(_refused(refusal.smtp_code), str(refusal.smtp_code))
    except (smtplib.SMTPException, OSError) as error:
        return Attempt(Outcome.NOT_REACHED, type(error).__name__)
    try:
        _introduce(smtp, server)
        _converse(smtp, sender=sender, receiver=receiver, mail=mail, about_to=about_to, stage=stage)
        return (
            Attempt(Outcome.ACCEPTED, "250")
            if stage.offered
            else Attempt(Outcome.TAKEN_OVER, "another sender has it")
        )
    except smtplib.SMTPResponseException as refusal:
        return Attempt(_refused(refusal.smtp_code), str(refusal.smtp_code))
    except (smtplib.SMTPException, OSError) as error:
        return Attempt(Outcome.UNKNOWN if stage.offered else Outcome.NOT_REACHED, type(error).__name__)
    finally:
        # whatever the server says to this, what became of the mail is known already
        with contextlib.suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


class _Stage:
    """How far a conversation has come."""

    offered = False


def _introduce(smtp: smtplib.SMTP, server: Server) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.tls:
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
    if server.user is not None:
        smtp.login(server.user, server.password or "")


def _converse(
    smtp: smtplib.SMTP,
    *,
    sender: str,
    receiver: str,
    mail: bytes,
    about_to: Callable[[], bool],
    stage: _Stage,
) -> None:
    _expect(smtp.mail(sender), 250)
    _expect(smtp.rcpt(receiver), 250, 251)
    _expect(smtp.docmd("DATA"), 354)
    if not about_to():
        smtp.close()
        return
    stage.offered = True
    smtp.send(_dotted(mail))
    _expect(smtp.getreply(), 250)


def _refused(code: int) -> Outcome:
    """What a refusal with this code means; a code that is none is a server that cannot be spoken with."""
    if 400 <= code < 600:
        return Outcome.LATER if code < 500 else Outcome.NEVER
    return Outcome.NOT_REACHED


def _expect(answer: tuple[int, bytes], *wanted: int) -> None:
    if answer[0] not in wanted:
        raise smtplib.SMTPResponseException(*answer)


def _dotted(mail: bytes) -> bytes:
    """The content as RFC 5321 sends it: CRLF, leading dots doubled, a dot at the end."""
    lines = mail.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"
