"""The routes of data protection in a case: breaches of security, and what people ask for about themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field, NaiveDatetime

from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk
from backbone.work import Work
from schemas.codes import STAFF, Category, Role, SignerRole
from schemas.event import Event
from schemas.local_time import OSLO, local_date
from schemas.privacy import DataSubjectRequestReceived, PersonalDataBreachFound
from schemas.privacy_codes import (
    BreachKind,
    BreachRisk,
    ExtensionReason,
    NotNotifiedReason,
    RightGround,
    RightOutcome,
    SubjectRight,
)
from services.sharing import privacy
from services.sharing.domain.privacy_breach import TO_NOTIFY, PrivacyBreach
from services.sharing.domain.subject_request import SubjectRequest, answer_by
from services.sharing.rim import TheVault, decided
from services.sharing.vault import Vault

routes = APIRouter(tags=["privacy"])
MAY_TELL = (*STAFF, Role.PRIVACY_OFFICER)
MAY_DECIDE = (Role.PRIVACY_OFFICER, Role.UNIT_LEADER)
Decided = Sequence[Event]
LocalTime = Annotated[NaiveDatetime, Field(examples=["2026-11-20T10:30"])]
Persons = Annotated[int, Field(ge=0, le=100_000)]


class FindingBreach(Body):
    """A breach that somebody found, when by the local clock; `officer_id` is who answers for it, the one who tells when nobody is named."""

    breach_id: Id
    kind: BreachKind
    found_local: LocalTime
    persons: Persons
    categories: list[Category] = Field(min_length=1, max_length=20)
    officer_id: Id | None = None
    deviation_id: Id | None = None
    text_ref: Id | None = None


class Deciding(Body):
    """A decision about something that stands, and the version of it that the person saw."""

    seen_version: int | None = None


class Assessing(Deciding):
    """How great the risk is, and why."""

    risk: BreachRisk
    text_ref: Id


class Notifying(Deciding):
    """When the authority was told, by the local clock, and why so late if it was."""

    notified_local: LocalTime
    late_ref: Id | None = None


class NotNotifying(Deciding):
    """Why the authority is not told."""

    reason: NotNotifiedReason
    text_ref: Id


class Telling(Deciding):
    """When those concerned were told, and how many they were."""

    told_on: date
    persons: Persons


class ReceivingRequest(Body):
    """What somebody asks for about themselves; `officer_id` is who answers, the one who registers it when nobody is named."""

    request_id: Id
    right: SubjectRight
    asker: SignerRole
    received_on: date
    officer_id: Id | None = None
    text_ref: Id | None = None


class Extending(Deciding):
    """Why two months more are needed."""

    reason: ExtensionReason


class Answering(Deciding):
    """What came of a request."""

    outcome: RightOutcome
    ground: RightGround | None = None
    text_ref: Id | None = None


def instant_of(local: datetime) -> datetime:
    """The instant of a local time; of the two that an autumn night has, the first."""
    return local.replace(tzinfo=OSLO).astimezone(UTC)


@routes.get("/cases/{case_id}/privacy")
def in_case(case_id: Id, ask: TheAsk, vault: TheVault) -> dict[str, Any]:
    """The breaches and requests of a case, in codes."""
    ask.require(*MAY_TELL)
    return decided(ask, lambda work: privacy.in_case(work, vault, case_id))


@routes.post("/cases/{case_id}/privacy-breaches", status_code=201)
def find(case_id: Id, body: FindingBreach, ask: TheAsk, vault: TheVault) -> Answer:
    """Record that personal data has come astray."""
    ask.require(*MAY_TELL)
    found_at = instant_of(body.found_local)
    asked = PersonalDataBreachFound(
        breach_id=body.breach_id,
        kind=body.kind,
        found_at=found_at,
        found_on=local_date(found_at),
        notify_by_at=found_at + TO_NOTIFY,
        persons=body.persons,
        categories=tuple(dict.fromkeys(body.categories)),
        person_id=body.officer_id or ask.actor.person_id,
        deviation_id=body.deviation_id,
        text_ref=body.text_ref,
    )
    return ask.perform(lambda work: privacy.register_breach(work, vault, case_id=case_id, asked=asked), body)


def of_breach(
    ask: TheAsk, breach_id: str, body: Deciding, decide: Callable[[PrivacyBreach, Work], Decided]
) -> Answer:
    """Decide something about a breach that stands."""
    ask.require(*MAY_DECIDE)

    def command(work: Work) -> Answer:
        breach = privacy.breach_to_decide(work, breach_id, seen_version=body.seen_version)
        privacy.publish(work, breach.case_id, decide(breach, work))
        return {"breach_id": breach_id}

    return ask.perform(command, body)


@routes.post("/privacy-breaches/{breach_id}/assessed")
def assess(breach_id: Id, body: Assessing, ask: TheAsk) -> Answer:
    """Judge the risk of a breach."""

    def decide(breach: PrivacyBreach, work: Work) -> Decided:
        return breach.assess(body.risk, text_ref=body.text_ref, today=work.moment.today)

    return of_breach(ask, breach_id, body, decide)


@routes.post("/privacy-breaches/{breach_id}/notified")
def notify(breach_id: Id, body: Notifying, ask: TheAsk) -> Answer:
    """Record that Datatilsynet was told."""

    def decide(breach: PrivacyBreach, work: Work) -> Decided:
        at = instant_of(body.notified_local)
        return breach.notify(at, late_ref=body.late_ref, now=work.moment.decided_at)

    return of_breach(ask, breach_id, body, decide)


@routes.post("/privacy-breaches/{breach_id}/not-notified")
def leave(breach_id: Id, body: NotNotifying, ask: TheAsk) -> Answer:
    """Decide that Datatilsynet is not told, and why."""

    def decide(breach: PrivacyBreach, work: Work) -> Decided:
        return breach.leave(body.reason, text_ref=body.text_ref, today=work.moment.today)

    return of_breach(ask, breach_id, body, decide)


@routes.post("/privacy-breaches/{breach_id}/persons-told")
def tell(breach_id: Id, body: Telling, ask: TheAsk) -> Answer:
    """Record that those concerned were told."""

    def decide(breach: PrivacyBreach, work: Work) -> Decided:
        return breach.tell(body.persons, told_on=body.told_on, today=work.moment.today)

    return of_breach(ask, breach_id, body, decide)


@routes.post("/cases/{case_id}/data-subject-requests", status_code=201)
def receive(case_id: Id, body: ReceivingRequest, ask: TheAsk, vault: TheVault) -> Answer:
    """Record that somebody asks for something about themselves."""
    ask.require(*MAY_TELL)
    asked = DataSubjectRequestReceived(
        request_id=body.request_id,
        right=body.right,
        asker=body.asker,
        received_on=body.received_on,
        answer_by=answer_by(body.received_on),
        person_id=body.officer_id or ask.actor.person_id,
        text_ref=body.text_ref,
    )
    return ask.perform(lambda work: privacy.register_request(work, vault, case_id=case_id, asked=asked), body)


def of_request(
    ask: TheAsk,
    vault: Vault,
    request_id: str,
    body: Deciding,
    decide: Callable[[SubjectRequest, Work], Decided],
) -> Answer:
    """Decide something about a request that stands."""
    ask.require(*MAY_TELL)

    def command(work: Work) -> Answer:
        request = privacy.request_to_decide(work, vault, request_id, seen_version=body.seen_version)
        privacy.publish(work, request.case_id, decide(request, work))
        return {"request_id": request_id}

    return ask.perform(command, body)


@routes.post("/data-subject-requests/{request_id}/extended")
def extend(request_id: Id, body: Extending, ask: TheAsk, vault: TheVault) -> Answer:
    """Take two months more, with a reason."""

    def decide(request: SubjectRequest, work: Work) -> Decided:
        return request.extend(body.reason, today=work.moment.today)

    return of_request(ask, vault, request_id, body, decide)


@routes.post("/data-subject-requests/{request_id}/answered")
def answer(request_id: Id, body: Answering, ask: TheAsk, vault: TheVault) -> Answer:
    """Answer a request."""

    def decide(request: SubjectRequest, work: Work) -> Decided:
        return request.answer(
            body.outcome, ground=body.ground, text_ref=body.text_ref, today=work.moment.today
        )

    return of_request(ask, vault, request_id, body, decide)
