"""Breaches and requests, one transaction each: who may say what, and what follows on the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backbone.refusal import Conflict, NotAllowed, NotFound
from backbone.rows import Rows
from backbone.web import Answer, json_ready
from backbone.work import Fold, Work
from schemas.codes import Role
from schemas.correction import texts_of
from schemas.event import Event, Fact
from schemas.privacy import (
    DataSubjectRequestAnswered,
    DataSubjectRequestExtended,
    DataSubjectRequestReceived,
    PersonalDataBreachAssessed,
    PersonalDataBreachFound,
    PersonalDataBreachNotified,
    PersonalDataBreachNotNotified,
    PersonalDataBreachPersonsTold,
)
from services.sharing.commands import check_part_of_case
from services.sharing.domain import privacy_sentences as says
from services.sharing.domain import sentences
from services.sharing.domain.privacy_breach import PrivacyBreach, find, found
from services.sharing.domain.subject_request import SubjectRequest, receive, received
from services.sharing.grounds import check_texts, guards_privacy
from services.sharing.repository import PRIVACY_BREACHES, SUBJECT_REQUESTS, case_file
from services.sharing.tables import PrivacyBreachRow, SubjectRequestRow
from services.sharing.vault import Vault


def register_breach(work: Work, vault: Vault, *, case_id: str, asked: PersonalDataBreachFound) -> Answer:
    """Record a breach that somebody in the case, the privacy officer or a leader has found. Raises NotAllowed, Refused, Conflict, NotFound."""
    work.lock_case(case_id)
    _check_may_tell(work, vault, case_id)
    if PRIVACY_BREACHES.find(work, asked.breach_id) is not None:
        raise Conflict("REF_TAKEN", sentences.REF_TAKEN, field="breach_id")
    publish(work, case_id, find(asked, now=work.moment.decided_at))
    return {"case_id": case_id, "breach_id": asked.breach_id}


def register_request(work: Work, vault: Vault, *, case_id: str, asked: DataSubjectRequestReceived) -> Answer:
    """Record a request that came in. Raises NotAllowed, Refused, Conflict, NotFound."""
    work.lock_case(case_id)
    _check_may_tell(work, vault, case_id)
    if SUBJECT_REQUESTS.find(work, asked.request_id) is not None:
        raise Conflict("REF_TAKEN", sentences.REF_TAKEN, field="request_id")
    publish(work, case_id, receive(asked, today=work.moment.today))
    return {"case_id": case_id, "request_id": asked.request_id}


def publish(work: Work, case_id: str, decided: Sequence[Event]) -> None:
    """Publish what was decided, when every text that it rests on lies in the vault. Raises Refused."""
    check_texts(work, case_id, (ref for event in decided for ref in texts_of(event)), field="text_ref")
    work.publish(case_id, *decided)


def breach_to_decide(work: Work, breach_id: str, *, seen_version: int | None) -> PrivacyBreach:
    """A breach for whoever decides about it, its case locked. Raises NotFound, NotAllowed, Stale."""
    known = PRIVACY_BREACHES.find(work, breach_id)
    if known is None:
        raise NotFound("NO_SUCH_BREACH", says.NO_SUCH_BREACH)
    work.lock_case(known.case_id)
    work.states.clear()
    breach = PRIVACY_BREACHES.find(work, breach_id) or known
    if not guards_privacy(work, case_file(work, breach.case_id)):
        raise NotAllowed("NOT_PRIVACY", says.NOT_PRIVACY)
    breach.check_version(seen_version)
    return breach


def request_to_decide(
    work: Work, vault: Vault, request_id: str, *, seen_version: int | None
) -> SubjectRequest:
    """A request for whoever answers it: the case's lead, the privacy officer, or a leader; its case locked. Raises NotFound, NotAllowed,
    Stale.
    """
    known = SUBJECT_REQUESTS.find(work, request_id)
    if known is None:
        raise NotFound("NO_SUCH_REQUEST", says.NO_SUCH_REQUEST)
    work.lock_case(known.case_id)
    work.states.clear()
    request = SUBJECT_REQUESTS.find(work, request_id) or known
    case = case_file(work, request.case_id)
    if not guards_privacy(work, case) and work.actor.person_id != case.lead_id:
        raise NotAllowed("NOT_PRIVACY", says.NOT_PRIVACY)
    request.check_version(seen_version)
    return request


def in_case(work: Work, vault: Vault, case_id: str) -> dict[str, Any]:
    """The breaches and requests of a case in codes, for those who may tell of them. Raises NotAllowed, NotFound."""
    _check_may_tell(work, vault, case_id)
    breaches = PRIVACY_BREACHES.where(
        work, PrivacyBreachRow.case_id == case_id, order_by=PrivacyBreachRow.breach_id
    )
    requests = SUBJECT_REQUESTS.where(
        work, SubjectRequestRow.case_id == case_id, order_by=SubjectRequestRow.request_id
    )
    told: dict[str, Any] = json_ready(
        {
            "breaches": sorted(breaches, key=lambda one: one.found_at, reverse=True),
            "requests": sorted(requests, key=lambda one: one.received_on, reverse=True),
            "decides": guards_privacy(work, case_file(work, case_id)),
        }
    )
    return told


def _check_may_tell(work: Work, vault: Vault, case_id: str) -> None:
    if not guards_privacy(work, case_file(work, case_id)):
        if Role.PRIVACY_OFFICER in work.actor.roles:
            raise NotAllowed("NOT_PRIVACY", says.NOT_PRIVACY)
        check_part_of_case(work, vault, case_id)


def on_found(rows: Rows, fact: Fact) -> None:
    """A breach begins."""
    assert isinstance(fact.event, PersonalDataBreachFound)
    PRIVACY_BREACHES.put(rows, found(fact.event, case_id=fact.envelope.case_id))


def on_breach_event(rows: Rows, fact: Fact) -> None:
    """A breach goes on."""
    breach = PRIVACY_BREACHES.find(rows, fact.event.breach_id)  # type: ignore[attr-defined]
    if breach is not None:
        PRIVACY_BREACHES.put(rows, breach.after(fact.event))


def on_received(rows: Rows, fact: Fact) -> None:
    """A request begins."""
    assert isinstance(fact.event, DataSubjectRequestReceived)
    SUBJECT_REQUESTS.put(rows, received(fact.event, case_id=fact.envelope.case_id))


def on_request_event(rows: Rows, fact: Fact) -> None:
    """A request goes on."""
    request = SUBJECT_REQUESTS.find(rows, fact.event.request_id)  # type: ignore[attr-defined]
    if request is not None:
        SUBJECT_REQUESTS.put(rows, request.after(fact.event))


PRIVACY_FOLDS: dict[type[Event], Fold] = {
    PersonalDataBreachFound: on_found,
    PersonalDataBreachAssessed: on_breach_event,
    PersonalDataBreachNotified: on_breach_event,
    PersonalDataBreachNotNotified: on_breach_event,
    PersonalDataBreachPersonsTold: on_breach_event,
    DataSubjectRequestReceived: on_received,
    DataSubjectRequestExtended: on_request_event,
    DataSubjectRequestAnswered: on_request_event,
}
