"""Codes of the registers around the cases: how goals are measured, consultations, local offers, the short survey."""

from __future__ import annotations

from enum import StrEnum


class EvaluationMeasure(StrEnum):
    """How it is to be seen whether a goal was reached; what is looked at, never a score of the youth."""

    YOUTHS_OWN_VIEW = "YOUTHS_OWN_VIEW"
    GUARDIANS_VIEW = "GUARDIANS_VIEW"
    ATTENDANCE = "ATTENDANCE"
    AGREEMENTS_KEPT = "AGREEMENTS_KEPT"
    PARTICIPATION = "PARTICIPATION"
    NO_NEW_INCIDENTS = "NO_NEW_INCIDENTS"
    GROUPS_VIEW = "GROUPS_VIEW"


class ConsultationAge(StrEnum):
    """The age in an anonymous consultation, as coarse as advice needs."""

    UNDER_12 = "UNDER_12"
    AGE_12_14 = "AGE_12_14"
    AGE_15_17 = "AGE_15_17"
    ADULT = "ADULT"
    NOT_SAID = "NOT_SAID"


class Advice(StrEnum):
    """What a consultation team advised."""

    TALK_WITH_YOUTH = "TALK_WITH_YOUTH"
    TALK_WITH_GUARDIANS = "TALK_WITH_GUARDIANS"
    REFER_TO_FELLES_ANSVAR = "REFER_TO_FELLES_ANSVAR"
    REPORT_TO_CHILD_WELFARE = "REPORT_TO_CHILD_WELFARE"
    CONTACT_HEALTH = "CONTACT_HEALTH"
    CONTACT_POLICE = "CONTACT_POLICE"
    OWN_AGENCY_GOES_ON = "OWN_AGENCY_GOES_ON"
    NEW_CONSULTATION = "NEW_CONSULTATION"


class Respondent(StrEnum):
    """Who answers the short survey."""

    YOUTH = "YOUTH"
    GUARDIAN = "GUARDIAN"
    GROUP_MEMBER = "GROUP_MEMBER"


class OfferStatus(StrEnum):
    """Whether a local offer can be chosen."""

    OPEN = "OPEN"
    ENDED = "ENDED"


class LocalFunction(StrEnum):
    """Whom one looks for in a municipality: an office or a function, not a person."""

    PRIMARY_SCHOOL = "PRIMARY_SCHOOL"
    UPPER_SECONDARY = "UPPER_SECONDARY"
    PPT = "PPT"
    FOLLOW_UP_SERVICE = "FOLLOW_UP_SERVICE"
    BUP = "BUP"
    NAV = "NAV"
    HEALTH_CENTRE = "HEALTH_CENTRE"
    FAMILY_COUNSELLING = "FAMILY_COUNSELLING"
    CHILD_WELFARE = "CHILD_WELFARE"
    CHILD_WELFARE_DUTY = "CHILD_WELFARE_DUTY"
    SUBSTANCE_AND_MENTAL_HEALTH = "SUBSTANCE_AND_MENTAL_HEALTH"
    REFUGEE_SERVICE = "REFUGEE_SERVICE"
    SLT_COORDINATOR = "SLT_COORDINATOR"
    POLICE_PREVENTION = "POLICE_PREVENTION"
    POLICE_CONTACT = "POLICE_CONTACT"
    POLICE_OPERATIONS = "POLICE_OPERATIONS"
    MEDIATION_SERVICE = "MEDIATION_SERVICE"
    VICTIM_SUPPORT = "VICTIM_SUPPORT"
    CHILDRENS_HOUSE = "CHILDRENS_HOUSE"
    LEISURE = "LEISURE"
    OUTREACH = "OUTREACH"
    VOLUNTEERS = "VOLUNTEERS"


class YearWheelActivity(StrEnum):
    """What comes back every year in the prevention work of a municipality (årshjul)."""

    SITUATION_OVERVIEW = "SITUATION_OVERVIEW"
    YOUTH_SURVEY = "YOUTH_SURVEY"
    ACTION_PLAN = "ACTION_PLAN"
    ANNUAL_REPORT = "ANNUAL_REPORT"
    REPORT_TO_COUNCIL = "REPORT_TO_COUNCIL"
    BUDGET = "BUDGET"
    TRAINING = "TRAINING"
    PARENTS = "PARENTS"
    LOCAL_OFFERS = "LOCAL_OFFERS"
    HOLIDAYS_AND_EVENTS = "HOLIDAYS_AND_EVENTS"


class RelapseDefinition(StrEnum):
    """What counts as a relapse in a number; it happened within three years after the end."""

    NEW_REPORT = "NEW_REPORT"
    NEW_CHARGE = "NEW_CHARGE"
    NEW_SANCTION = "NEW_SANCTION"


class CohortResult(StrEnum):
    """What came of measuring a cohort: a number, numbers too small to be told, or nothing."""

    COUNTED = "COUNTED"
    TOO_FEW = "TOO_FEW"
    SKIPPED = "SKIPPED"


class CohortSkipped(StrEnum):
    """Why a cohort was not measured."""

    NOT_HANDED_BACK = "NOT_HANDED_BACK"
    NO_LEGAL_BASIS = "NO_LEGAL_BASIS"
    NOT_COMPARABLE = "NOT_COMPARABLE"
