"""The codes of the youth sanctions: ungdomsoppfølging and ungdomsstraff, from the decision to what comes after a breach."""

from __future__ import annotations

from enum import StrEnum


class ImposedBy(StrEnum):
    """Who decided the sanction."""

    PROSECUTION = "PROSECUTION"
    COURT = "COURT"


class ParticipationBasis(StrEnum):
    """What the law in force at the decision asks for before a plan is adopted."""

    CONSENT = "CONSENT"
    SUITABILITY = "SUITABILITY"


class Suitability(StrEnum):
    """What a person judged about carrying the sanction out with this youth; never a judgement of the youth."""

    SUITABLE = "SUITABLE"
    NOT_SUITABLE = "NOT_SUITABLE"


class Counsel(StrEnum):
    """Whether the youth's defence counsel was informed."""

    TOLD = "TOLD"
    NONE_WANTED = "NONE_WANTED"


class BreachOutcome(StrEnum):
    """What a breach conversation ended in, as the people there decided it."""

    CONTINUES = "CONTINUES"
    MORE_SUPPORT = "MORE_SUPPORT"
    STRICTER_TERMS = "STRICTER_TERMS"
    NEW_PLAN = "NEW_PLAN"
    TO_BE_SENT_ON = "TO_BE_SENT_ON"


class PlanEnding(StrEnum):
    """Why a youth plan, or the work towards one, ended before its time."""

    BREACH = "BREACH"
    NEW_OFFENCE = "NEW_OFFENCE"
    NOT_SUITABLE = "NOT_SUITABLE"
    CONSENT_LACKING = "CONSENT_LACKING"
    DECIDED_ELSEWHERE = "DECIDED_ELSEWHERE"
    MOVED = "MOVED"
    DEATH = "DEATH"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class DecisionKind(StrEnum):
    """What a decision that the youth was told of is about."""

    PLAN = "PLAN"
    STRICTER_TERMS = "STRICTER_TERMS"
    NEW_PLAN = "NEW_PLAN"
    SENT_ON = "SENT_ON"
    TERMINATION = "TERMINATION"
    TRAVEL_LEAVE = "TRAVEL_LEAVE"


class DeliveryMethod(StrEnum):
    """How a decision reached the youth."""

    ON_PAPER = "ON_PAPER"
    IN_MEETING = "IN_MEETING"
    DIGITAL_POST = "DIGITAL_POST"


class ComplaintOutcome(StrEnum):
    """What became of a complaint here."""

    DECISION_STANDS = "DECISION_STANDS"
    DECISION_CHANGED = "DECISION_CHANGED"
    SENT_TO_APPEAL_BODY = "SENT_TO_APPEAL_BODY"


class OffenceSeverity(StrEnum):
    """How serious a reported new offence is, as the one who reports it says."""

    LESS_SERIOUS = "LESS_SERIOUS"
    SERIOUS = "SERIOUS"
    VERY_SERIOUS = "VERY_SERIOUS"


class LeaveRefusal(StrEnum):
    """Why leave to travel abroad was not given."""

    COLLIDES_WITH_MEASURES = "COLLIDES_WITH_MEASURES"
    PLAN_NOT_FOLLOWED = "PLAN_NOT_FOLLOWED"
    ASKED_TOO_LATE = "ASKED_TOO_LATE"
    RISK_OF_NEW_OFFENCE = "RISK_OF_NEW_OFFENCE"


class AftercareCheck(StrEnum):
    """Which contact after the end."""

    ONE_MONTH = "ONE_MONTH"
    THREE_MONTHS = "THREE_MONTHS"


class AftercareOutcome(StrEnum):
    """What came of a contact after the end; the youth may say no to it."""

    TALKED = "TALKED"
    HELP_OFFERED = "HELP_OFFERED"
    DECLINED = "DECLINED"
