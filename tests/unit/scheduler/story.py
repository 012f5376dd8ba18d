"""A case as a story: events told day by day, and the deadlines that stand after them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schemas.case import CaseClosed, CaseOpened
from schemas.codes import (
    AgeBand,
    Agency,
    ConsentEffect,
    ConsentKind,
    DeviationKind,
    EndingReason,
    EvaluationKind,
    Function,
    MeetingKind,
    MeetingMode,
    Programme,
    Purpose,
    Reason,
    SignerRole,
    SigningMethod,
    WithdrawalConsequence,
)
from schemas.consent import ConsentGiven, ConsentRequested, ConsentWithdrawn, EffectiveConsentChanged
from schemas.contract import (
    ContractCompleted,
    ContractEndedEarly,
    ContractRegistered,
    ContractSigned,
    ContractStarted,
)
from schemas.deviation import DeviationAssessed, DeviationReported, DeviationResolved
from schemas.evaluation import EvaluationHeld
from schemas.event import Event
from schemas.meeting import MeetingCalled, MeetingHeld
from schemas.network_group import MemberJoined
from services.scheduler.catalogue import CATALOGUE_VERSION, RULES_2026_11
from services.scheduler.domain.case import Book, CaseDeadlines, Change, Deadline
from services.scheduler.domain.rule import Happened
from services.scheduler.norwegian_calendar import NORWAY

START = date(2026, 9, 1)
END = date(2027, 3, 1)


def _name(case_id: str, kind: str, opened_by: str) -> str:
    return f"{kind} of {opened_by}"


BOOK = Book(CATALOGUE_VERSION, RULES_2026_11, NORWAY, _name)


class Story:
    """Tell events with `on(day, event)`, then look at `open` and `changes`."""

    def __init__(self) -> None:
        self.case = CaseDeadlines(case_id="case")
        self.told = 0

    def on(self, day: date, *events: Event) -> Story:
        for event in events:
            self.told += 1
            happened = Happened(event, f"event {self.told}", day, "somebody")
            self.case = self.case.after(happened, BOOK)
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


def opened() -> CaseOpened:
    return CaseOpened(
        programme=Programme.FA_YOUTH_CONTRACT,
        municipality_no="1804",
        owner_agency=Agency.KOMMUNE_SLT,
        lead_id="lead",
        youth_id="youth",
    )


def closed() -> CaseClosed:
    return CaseClosed(reason=EndingReason.COMPLETED, closed_on=END)


def registered(**fields: Any) -> ContractRegistered:
    usual: dict[str, Any] = {
        "contract_id": "k",
        "programme": Programme.FA_YOUTH_CONTRACT,
        "contract_version": 1,
        "youth_id": "youth",
        "age_band": AgeBand.AGE_15,
        "reason": Reason.THEFT,
        "starts_on": START,
        "ends_on": END,
        "goal_refs": ("goal",),
        "identity_refs": (),
        "signers": (),
        "members": (),
    }
    return ContractRegistered(**{**usual, **fields})


def signed(day: date = START) -> ContractSigned:
    return ContractSigned(contract_id="k", contract_version=1, signed_on=day)


def started(day: date = START, ends_on: date = END) -> ContractStarted:
    return ContractStarted(contract_id="k", started_on=day, ends_on=ends_on)


def completed() -> ContractCompleted:
    return ContractCompleted(contract_id="k", completed_on=END)


def ended_early(day: date, reason: EndingReason = EndingReason.BY_AGREEMENT) -> ContractEndedEarly:
    return ContractEndedEarly(contract_id="k", reason=reason, ended_on=day)


def held(day: date, kind: MeetingKind = MeetingKind.NETWORK) -> MeetingHeld:
    return MeetingHeld(meeting_id="m", kind=kind, held_on=day, present=(), absent=())


def called(kind: MeetingKind) -> MeetingCalled:
    return MeetingCalled(
        meeting_id="m",
        kind=kind,
        mode=MeetingMode.IN_PERSON,
        starts_at=datetime(2027, 2, 20, 12, tzinfo=UTC),
        ends_at=datetime(2027, 2, 20, 13, tzinfo=UTC),
        zone="Europe/Oslo",
        invited=(),
    )


def reported(severity: int, deviation_id: str = "a") -> DeviationReported:
    return DeviationReported(
        deviation_id=deviation_id,
        contract_id="k",
        kind=DeviationKind.MEETING_NO_SHOW,
        severity=severity,
        happened_on=START,
        reporter_id="teacher",
        reporter_agency=Agency.SKOLE_GRUNN,
    )


def assessed(day: date, deviation_id: str = "a") -> DeviationAssessed:
    return DeviationAssessed(deviation_id=deviation_id, severity=2, assessor_id="lead", assessed_on=day)


def resolved(day: date) -> DeviationResolved:
    return DeviationResolved(deviation_id="a", resolved_on=day)


def evaluated(day: date, kind: EvaluationKind) -> EvaluationHeld:
    return EvaluationHeld(evaluation_id="e", contract_id="k", kind=kind, held_on=day)


def joined(person_id: str, function: Function) -> MemberJoined:
    return MemberJoined(person_id=person_id, agency=Agency.SKOLE_GRUNN, function=function, joined_on=START)


def requested(consent_id: str, valid_to: date) -> ConsentRequested:
    return ConsentRequested(
        consent_id=consent_id,
        kind=ConsentKind.SECRECY_RELEASE,
        youth_id="youth",
        from_agencies=(Agency.SKOLE_GRUNN,),
        to_agencies=(Agency.POLITI_FOREBYGGENDE,),
        categories=(),
        purpose=Purpose.FOLLOW_UP,
        requested_on=START,
        valid_from=START,
        valid_to=valid_to,
        text_version="1",
        language="nb",
        signers=(),
        signing_rules="1",
    )


def given(day: date, method: SigningMethod, consent_id: str = "s") -> ConsentGiven:
    return ConsentGiven(
        consent_id=consent_id, person_id="youth", role=SignerRole.YOUTH, method=method, given_on=day
    )


def withdrawn(consent_id: str = "s") -> ConsentWithdrawn:
    return ConsentWithdrawn(
        consent_id=consent_id,
        person_id="youth",
        role=SignerRole.YOUTH,
        consequence=WithdrawalConsequence.SHARING_NARROWED,
    )


def takes_effect(consent_id: str = "s") -> EffectiveConsentChanged:
    return EffectiveConsentChanged(
        consent_id=consent_id, before=ConsentEffect.NONE, after=ConsentEffect.EFFECTIVE
    )


def loses_effect(consent_id: str = "s") -> EffectiveConsentChanged:
    return EffectiveConsentChanged(
        consent_id=consent_id, before=ConsentEffect.EFFECTIVE, after=ConsentEffect.NONE
    )


def a_signed_contract(**fields: Any) -> Story:
    """A case with a contract that was signed and started on its first day."""
    contract = registered(**fields)
    return Story().on(START, opened(), contract, signed(), started(ends_on=contract.ends_on))
