"""SMTP servers that misbehave in one way each, and keep what they accepted."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.ports import any_free_ports
from services.notifications.smtp import Server


class Catcher:
    """Accepts everything. `accepted` is what it said 250 to, `offered` whatever content it was given."""

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.offered: list[EmailMessage] = []
        self.calls = 0
        self._lock = threading.Lock()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        with self._lock:
            self.calls += 1
        answer = self.at_receiver(self.calls)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = cast(bytes, envelope.original_content)
        mail = message_from_bytes(content, policy=default)
        with self._lock:
            self.offered.append(mail)
        answer = await self.at_content(len(self.offered), server)
        if answer.startswith("250"):
            with self._lock:
                self.accepted.append(mail)
        return answer

    def at_receiver(self, call: int) -> str:
        return "250 OK"

    async def at_content(self, offer: int, server: SMTP) -> str:
        return "250 OK"

    def times_accepted(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.accepted)

    def times_offered(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.offered)


class BusyAtFirst(Catcher):
    """Answers 451 to the first receiver, then accepts."""

    def at_receiver(self, call: int) -> str:
        return "451 later" if call == 1 else "250 OK"


class Never(Catcher):
    """Answers 550 to every receiver."""

    def at_receiver(self, call: int) -> str:
        return "550 no such mailbox"


class RefusesContentAtFirst(Catcher):
    """Takes the first content and says 452 to it, then accepts."""

    async def at_content(self, offer: int, server: SMTP) -> str:
        return "452 full" if offer == 1 else "250 OK"


class CutsAfterContent(Catcher):
    """Keeps the content, as a server that accepted it would, and cuts the line before it answers; `cuts` times."""

    def __init__(self, cuts: int) -> None:
        super().__init__()
        self.cuts = cuts

    async def at_content(self, offer: int, server: SMTP) -> str:
        if offer <= self.cuts:
            with self._lock:
                self.accepted.append(self.offered[-1])
            cast(Any, server.transport).abort()
            return "421 gone"
        return "250 OK"


class StallsAfterContent(Catcher):
    """Keeps the first content and does not answer until the sender has given up."""

    async def at_content(self, offer: int, server: SMTP) -> str:
        if offer == 1:
            with self._lock:
                self.accepted.append(self.offered[-1])
            await asyncio.sleep(2.5)
            return "451 too late"
        return "250 OK"


class CutsAtFarewell(Catcher):
    """Accepts, and cuts the line when the sender says goodbye."""

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        cast(Any, server.transport).abort()
        return "421 gone"


@contextmanager
def caught_by(catcher: Catcher, *, timeout: float = 5.0, **wants: Any) -> Iterator[Server]:
    """The catcher as a server on a free port of the loopback; `wants` is what the server demands, as aiosmtpd calls it."""
    (port,) = any_free_ports(1)
    controller = Controller(catcher, hostname="127.0.0.1", port=port, decode_data=False, **wants)
    controller.start()
    try:
        yield Server("127.0.0.1", port, timeout=timeout)
    finally:
        controller.stop()
