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
