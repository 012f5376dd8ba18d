"""A case as a story: events told day by day, and the deadlines that stand after them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from schemas.case import CaseClosed, CaseOpened
from schemas.codes import (
    AgeBand,
    ConsentEffect,
    ConsentKind,
    EndingReason,
    EvaluationKind,
    Function,
    MeetingKind,
    SigningMethod,
)
from schemas.consent import (
    ConsentConfirmed,
    ConsentGiven,
    ConsentRequested,
    ConsentSuperseded,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.contract import (
    ContractCompleted,
    ContractEndedEarly,
    ContractRegistered,
    ContractSigned,
    ContractStarted,
)
from schemas.deviation import DeviationAssessed, DeviationReported, DeviationResolved
from schemas.evaluation import EvaluationHeld
from schemas.event import Event, decode
from schemas.example import example_of
from schemas.meeting import MeetingCalled, MeetingHeld
from schemas.network_group import MemberJoined
from services.scheduler.catalogue import CATALOGUE_VERSION, RULES_2026_11
from services.scheduler.domain.case import Book, CaseDeadlines, Change, Deadline
from services.scheduler.domain.following import after
from services.scheduler.domain.rule import Happened
from services.scheduler.norwegian_calendar import NORWAY

START = date(2026, 9, 1)
END = date(2027, 3, 1)


def _name(case_id: str, kind: str, opened_by: str) -> str:
    return f"{kind} of {opened_by}"


BOOK = Book(CATALOGUE_VERSION, RULES_2026_11, NORWAY, _name)


class Story:
    """Tell events with `on(day, event)`, then look at `open` and `changes`."""

    def __init__(self, book: Book = BOOK) -> None:
        self.book = book
        self.case = CaseDeadlines(case_id="case")
        self.told = 0

    def on(self, day: date, *events: Event) -> Story:
        for event in events:
            self.told += 1
            happened = Happened(event, f"event {self.told}", day, "somebody")
            self.case = after(self.case, happened, self.book)
        return self

    @property
    def due(self) -> dict[str, date]:
        """Kind → due day of everything open."""
        return {deadline.kind: deadline.due_on for deadline in self.case.open}

    def deadline(self, kind: str) -> Deadline:
        (found,) = [deadline for deadline in self.case.open if deadline.kind == kind]
        return found

    def change(self, kind: str) -> Change:
        (found,) = [change for change in self.case.changes if change.deadline.kind == kind]
        return found


E = TypeVar("E", bound=Event)


def made(cls: type[E], **fields: Any) -> E:
    """A lifelike event with these fields as given; what the test does not care about is as in the examples."""
    example = decode(example_of(cls)).event
    assert isinstance(example, cls)
    return replace(example, **fields)


def opened() -> CaseOpened:
    return made(CaseOpened, lead_id="lead", youth_id="youth", referral_id=None)


def closed() -> CaseClosed:
    return made(CaseClosed, reason=EndingReason.COMPLETED, closed_on=END)


def registered(**fields: Any) -> ContractRegistered:
    usual: dict[str, Any] = {
        "contract_id": "k",
        "age_band": AgeBand.AGE_15,
        "starts_on": START,
        "ends_on": END,
        "signers": (),
        "members": (),
        "sign_by": START + timedelta(days=30),
    }
    return made(ContractRegistered, **{**usual, **fields})


def signed(day: date = START) -> ContractSigned:
    return made(ContractSigned, contract_id="k", signed_on=day)


def started(day: date = START, ends_on: date = END) -> ContractStarted:
    return made(ContractStarted, contract_id="k", started_on=day, ends_on=ends_on)


def completed() -> ContractCompleted:
    return made(ContractCompleted, contract_id="k", completed_on=END)


def ended_early(day: date, reason: EndingReason = EndingReason.BY_AGREEMENT) -> ContractEndedEarly:
    return made(ContractEndedEarly, contract_id="k", reason=reason, ended_on=day)


def held(day: date, kind: MeetingKind = MeetingKind.NETWORK) -> MeetingHeld:
    return made(MeetingHeld, meeting_id="m", kind=kind, held_on=day, present=(), absent=())


def called(kind: MeetingKind) -> MeetingCalled:
    start = datetime(2027, 2, 20, 12, tzinfo=UTC)
    return made(MeetingCalled, meeting_id="m", kind=kind, starts_at=start, ends_at=start, invited=())


def reported(severity: int, deviation_id: str = "a") -> DeviationReported:
    return made(DeviationReported, deviation_id=deviation_id, contract_id="k", severity=severity)


def assessed(day: date, deviation_id: str = "a") -> DeviationAssessed:
    return made(DeviationAssessed, deviation_id=deviation_id, severity=2, assessed_on=day)


def resolved(day: date) -> DeviationResolved:
    return made(DeviationResolved, deviation_id="a", resolved_on=day)


def evaluated(day: date, kind: EvaluationKind) -> EvaluationHeld:
    return made(EvaluationHeld, contract_id="k", kind=kind, held_on=day)


def joined(person_id: str, function: Function) -> MemberJoined:
    return made(MemberJoined, person_id=person_id, function=function, joined_on=START)


def requested(consent_id: str, valid_to: date) -> ConsentRequested:
    kind = ConsentKind.SECRECY_RELEASE
    return made(ConsentRequested, consent_id=consent_id, kind=kind, valid_from=START, valid_to=valid_to)


def given(day: date, method: SigningMethod, consent_id: str = "s", person_id: str = "youth") -> ConsentGiven:
    return made(ConsentGiven, consent_id=consent_id, person_id=person_id, method=method, given_on=day)


def confirmed(day: date, consent_id: str = "s", person_id: str = "youth") -> ConsentConfirmed:
    return made(ConsentConfirmed, consent_id=consent_id, person_id=person_id, confirmed_on=day)


def superseded(day: date, consent_id: str = "s", by: str = "new") -> ConsentSuperseded:
    return made(ConsentSuperseded, consent_id=consent_id, by_consent_id=by, from_on=day)


def withdrawn(consent_id: str = "s", person_id: str = "youth") -> ConsentWithdrawn:
    return made(ConsentWithdrawn, consent_id=consent_id, person_id=person_id, only_to=None)


def takes_effect(consent_id: str = "s") -> EffectiveConsentChanged:
    none, effective = ConsentEffect.NONE, ConsentEffect.EFFECTIVE
    return made(EffectiveConsentChanged, consent_id=consent_id, before=none, after=effective)


def loses_effect(consent_id: str = "s") -> EffectiveConsentChanged:
    none, effective = ConsentEffect.NONE, ConsentEffect.EFFECTIVE
    return made(EffectiveConsentChanged, consent_id=consent_id, before=effective, after=none)


def a_signed_contract(**fields: Any) -> Story:
    """A case with a contract that was signed and started on its first day."""
    contract = registered(**fields)
    return Story().on(START, opened(), contract, signed(), started(ends_on=contract.ends_on))
