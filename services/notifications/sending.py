"""The sender: claims waiting mails, asks the vault for the receivers' names and addresses, hands the mails over. Any number may run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from backbone.calls import Calls
from backbone.clock import Clock, new_id
from backbone.logs import logger
from backbone.refusal import Refused
from backbone.settings import Settings
from backbone.web import Desk
from backbone.work import Work, service_actor, work_on
from services.notifications.domain.delivery import MailState, Outcome, after_attempt, before_sending
from services.notifications.domain.words import Unfit, fit_address, letter
from services.notifications.mail import calendar_entry, compose, method_of
from services.notifications.repository import (
    WaitingMail,
    claim_mails,
    has_unread,
    note_doubt,
    postpone_mail,
    settle_mail,
)
from services.notifications.smtp import Attempt, Server, hand_over

log = logger(__name__)
LEASE = 120.0
"""Seconds that a sender has a mail for: longer than the longest attempt."""
BATCH = 10
PAUSE = 1.0


class Contact(NamedTuple):
    """What a mail needs to know of its receiver; asked for when it is sent, and kept nowhere."""

    name: str
    email: str
    language: str


AskContacts = Callable[[Sequence[str]], Mapping[str, Contact]]
"""Person ids → contacts of those known. Raises Refused when the answer does not come."""


def contacts_from(calls: Calls, service: str) -> AskContacts:
    """Ask the vault, as the service itself."""
    actor = service_actor(service)

    def ask(people: Sequence[str]) -> dict[str, Contact]:
        answer: list[dict[str, Any]] = calls.post(
            "sharing", "/contacts", actor=actor, body={"person_ids": list(people)}
        )
        return {row["person_id"]: Contact(row["name"], row["email"], row["language"]) for row in answer}

    return ask


class Sender:
    """Sends what waits. Each has an id of its own, so that a lease that ran out is noticed."""

    def __init__(
        self,
        desk: Desk,
        ask_contacts: AskContacts,
        server: Server,
        *,
        clock: Clock | None = None,
        lease: float = LEASE,
    ) -> None:
        self._desk, self._ask, self._server, self._lease = desk, ask_contacts, server, lease
        self._clock = clock or desk.clock
        self._holder = new_id()
        self._from = fit_address(desk.settings.mail_from)

    def send_waiting(self) -> int:
        """Send mails until none waits whose time has come; gives how many were accepted. Nothing while demo data is being laid."""
        accepted = 0
        while not self._clock.offset().walking:
            with self._work() as work:
                mails = claim_mails(work, self._holder, lease=self._lease, limit=BATCH)
            if not mails:
                break
            accepted += self._send(self._still_wanted(mails))
        return accepted

    def _work(self) -> Any:
        actor = service_actor(self._desk.service.name)
        return work_on(self._desk.engine, self._desk.service, moment=self._clock.moment(), actor=actor)

    def _still_wanted(self, mails: Sequence[WaitingMail]) -> list[WaitingMail]:
        wanted = []
        with self._work() as work:
            for mail in mails:
                decided_at = work.moment.decided_at
                state = before_sending(wanted_at=mail.not_before, decided_at=decided_at, doubts=mail.doubts)
                if mail.case_id is None and not has_unread(work, mail.person_id):
                    state = MailState.CANCELLED
                if state is MailState.WAITING:
                    wanted.append(mail)
                else:
                    self._settle(work, mail, state, state.value.lower())
        return wanted

    def _send(self, mails: Sequence[WaitingMail]) -> int:
        if not mails:
            return 0
        try:
            contacts = self._ask(sorted({mail.person_id for mail in mails}))
        except Refused as refusal:
            log.warning("contacts_not_to_be_had", rule=refusal.rule, mails=len(mails))
            self._put_back(mails, "no contacts")
            return 0
        accepted = 0
        for place, mail in enumerate(mails):
            attempt = self._attempt(mail, contacts.get(mail.person_id))
            accepted += attempt is not None and attempt.outcome is Outcome.ACCEPTED
            if attempt is not None and attempt.outcome is Outcome.NOT_REACHED:
                self._put_back(mails[place + 1 :], "server not reached")
                break
        return accepted

    def _attempt(self, mail: WaitingMail, contact: Contact | None) -> Attempt | None:
        """Hand one mail over and write what came of it; None when there is nobody or nothing to send it to."""
        try:
            content, receiver = self._composed(mail, contact)
        except Unfit as reason:
            with self._work() as work:
                self._settle(work, mail, MailState.GAVE_UP, str(reason))
            return None
        attempt = hand_over(
            self._server,
            sender=self._from,
            receiver=receiver,
            mail=content,
            about_to=lambda: self._note_doubt(mail),
        )
        self._conclude(mail, attempt)
        return attempt

    def _composed(self, mail: WaitingMail, contact: Contact | None) -> tuple[bytes, str]:
        if contact is None:
            raise Unfit("nobody is known by this id")
        calendar = None
        if mail.invitation is not None:
            calendar = calendar_entry(
                mail.invitation, person_id=mail.person_id, sender=self._from, stamped=mail.noticed_at
            )
        receiver = fit_address(contact.email)
        content = compose(
            letter(name=contact.name, language=contact.language),
            notice_id=mail.notice_id,
            sender=self._from,
            receiver=receiver,
            dated=self._clock.moment().real_at,
            calendar=calendar,
            method=method_of(mail.invitation) if mail.invitation else "REQUEST",
        )
        return content, receiver

    def _note_doubt(self, mail: WaitingMail) -> bool:
        with self._work() as work:
            return note_doubt(work, mail.notice_id, self._holder, lease=self._lease)

    def _conclude(self, mail: WaitingMail, attempt: Attempt) -> None:
        if attempt.outcome is Outcome.TAKEN_OVER:
            return
        doubts = mail.doubts + (attempt.outcome is Outcome.UNKNOWN)
        verdict = after_attempt(attempt.outcome, attempts=mail.attempts, doubts=doubts)
        with self._work() as work:
            if verdict.state is MailState.WAITING:
                postpone_mail(
                    work, mail, self._holder, pause=verdict.pause, doubts=doubts, answer=attempt.answer
                )
            else:
                self._settle(work, mail, verdict.state, attempt.answer)
        if attempt.outcome is not Outcome.ACCEPTED:
            log.warning(
                "mail_not_accepted",
                outcome=attempt.outcome.value,
                answer=attempt.answer,
                next=verdict.state.value,
            )

    def _settle(self, work: Work, mail: WaitingMail, state: MailState, answer: str) -> None:
        settle_mail(work, mail.notice_id, state=state, answer=answer, at=work.moment.real_at)
        if state in (MailState.GAVE_UP, MailState.UNCERTAIN):
            log.error("mail_needs_a_person", notice_id=mail.notice_id, state=state.value, reason=answer)

    def _put_back(self, mails: Sequence[WaitingMail], answer: str) -> None:
        """Nothing was tried: the mails wait a little, and the attempt does not count."""
        with self._work() as work:
            for mail in mails:
                untried = WaitingMail(
                    notice_id=mail.notice_id,
                    person_id=mail.person_id,
                    case_id=mail.case_id,
                    noticed_at=mail.noticed_at,
                    not_before=mail.not_before,
                    attempts=mail.attempts - 1,
                    doubts=mail.doubts,
                    invitation=mail.invitation,
                )
                postpone_mail(work, untried, self._holder, pause=5.0, doubts=mail.doubts, answer=answer)


@contextmanager
def sending(desk: Desk) -> Iterator[None]:
    """Send for as long as the process runs."""
    ask = contacts_from(Calls(desk.settings, desk.clock), desk.service.name)
    sender = Sender(desk, ask, server_of(desk.settings))
    over = threading.Event()
    thread = threading.Thread(target=_send_until, args=(sender, over), name="mail", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(3)


def server_of(settings: Settings) -> Server:
    """The mail server of this installation."""
    return Server(
        settings.smtp_host,
        settings.smtp_port,
        tls=settings.smtp_tls == "required",
        user=settings.smtp_user,
        password=settings.smtp_password(),
    )


def _send_until(sender: Sender, over: threading.Event) -> None:
    while not over.wait(PAUSE):
        try:
            sender.send_waiting()
        except Exception as error:  # the database is away, or we have a bug: what waits goes on waiting
            log.error("sending_failed", error=type(error).__name__, exc_info=error)
