"""What did not go as agreed: avvik in Felles ansvar, brudd in the sanctions."""

from __future__ import annotations

from datetime import date

from schemas.codes import (
    Agency,
    Category,
    DeviationKind,
    DismissalReason,
    LadderStep,
    MissingReason,
    SkipReason,
)
from schemas.event import Event, Sentence, event

GUARDED_KINDS = {
    DeviationKind.SCHOOL_ABSENCE: Category.SCHOOL_ATTENDANCE,
    DeviationKind.SCHOOL_CONDUCT: Category.SCHOOL_BEHAVIOUR,
    DeviationKind.SUBSTANCE_USE: Category.SUBSTANCE_USE,
    DeviationKind.TEST_POSITIVE: Category.DRUG_TEST,
    DeviationKind.TEST_REFUSED: Category.DRUG_TEST,
    DeviationKind.NEW_OFFENCE_SUSPECTED: Category.CRIMINAL_OFFENCE,
    DeviationKind.NEW_OFFENCE_CONFIRMED: Category.CRIMINAL_OFFENCE,
    DeviationKind.THREAT: Category.CRIMINAL_OFFENCE,
    DeviationKind.PLACE_BAN: Category.POLICE_CONCERN,
    DeviationKind.SAFETY_OTHERS: Category.POLICE_CONCERN,
    DeviationKind.CONTACT_WITH_PERSON: Category.NETWORK_PERSONS,
    DeviationKind.GUARDIAN_COOPERATION: Category.FAMILY,
    DeviationKind.SAFETY_YOUTH: Category.CHILD_WELFARE_MEASURE,
}
"""The kinds that by themselves tell what a consent is about, and its category (positive tests: domain C.10 no. 20). Others are about what was agreed, which the
group follows up together.
"""


@event("deviation.reported")
class DeviationReported(Event, frozen=True, kw_only=True):
    """Somebody reported that something did not go as agreed; severity 1 (note) to 4 (acute), the account in the vault.

    `contract_id` is the contract, or in the sanctions the youth plan.
    """

    deviation_id: str
    contract_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    reporter_id: str
    reporter_agency: Agency
    text_ref: str | None = None


@event("deviation.assessed")
class DeviationAssessed(Event, frozen=True, kw_only=True):
    """Somebody judged how serious a reported deviation is; the judgement itself in the vault."""

    deviation_id: str
    severity: int
    assessor_id: str
    assessed_on: date
    text_ref: str | None = None
    by_reporter: bool = False
    """The reporter assessed it, since nobody else leads the case."""


@event("deviation.resolved")
class DeviationResolved(Event, frozen=True, kw_only=True):
    """What was agreed about a deviation was done."""

    deviation_id: str
    resolved_on: date


@event("deviation.dismissed")
class DeviationDismissed(Event, frozen=True, kw_only=True):
    """A reported deviation turned out not to be one."""

    deviation_id: str
    dismissed_by: str
    dismissed_on: date
    reason: DismissalReason | None = None


@event("youth_account.recorded")
class YouthAccountRecorded(Event, frozen=True, kw_only=True):
    """The youth's own account of a deviation was taken down, or why there is none."""

    deviation_id: str
    recorded_on: date
    text_ref: str | None = None
    missing: MissingReason | None = None


@event("deviation.followed_up")
class DeviationFollowedUp(Event, frozen=True, kw_only=True):
    """Somebody took a step of the ladder after a deviation."""

    deviation_id: str
    step: LadderStep
    followed_up_on: date


@event("deviation.step_skipped")
class DeviationStepSkipped(Event, frozen=True, kw_only=True):
    """Somebody did not take a suggested step, and why."""

    deviation_id: str
    step: LadderStep
    reason: SkipReason
    skipped_on: date


@event(
    "deviation.ladder_exhausted",
    sentence=Sentence(
        "Alle trinnene etter et avvik er prøvd eller hoppet over",
        "Alle trinna etter eit avvik er prøvde eller hoppa over",
    ),
    follows=True,
)
class DeviationLadderExhausted(Event, frozen=True, kw_only=True):
    """No step of the ladder is left after a deviation: what happens now is for the people around the youth to agree."""

    deviation_id: str
    exhausted_on: date


@event("deviation.escalated")
class DeviationEscalated(Event, frozen=True, kw_only=True):
    """A deviation could not be settled here, and was lifted to those who decide."""

    deviation_id: str
    escalated_on: date
    decision_ref: str | None = None
