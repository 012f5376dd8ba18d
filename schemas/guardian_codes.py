"""Codes of who decides for a youth: in what capacity, by which source, what keeps a guardian out, and the languages people speak."""

from __future__ import annotations

from enum import StrEnum


class DecisionMaker(StrEnum):
    """In what capacity somebody stands beside a youth under 18. NO_RESPONSIBILITY is a parent who decides nothing."""

    PARENT = "PARENT"
    SOLE_PARENT = "SOLE_PARENT"
    NO_RESPONSIBILITY = "NO_RESPONSIBILITY"
    BARNEVERN = "BARNEVERN"
    VERGE = "VERGE"
    SETTEVERGE = "SETTEVERGE"
    REPRESENTATIVE = "REPRESENTATIVE"


class ResponsibilitySource(StrEnum):
    """What shows who decides. DECLARED is somebody's word only."""

    FOLKEREGISTER = "FOLKEREGISTER"
    COURT = "COURT"
    CARE_DECISION = "CARE_DECISION"
    APPOINTMENT = "APPOINTMENT"
    DECLARED = "DECLARED"


class GuardianRemoval(StrEnum):
    """Why somebody is no longer listed as a guardian."""

    DEATH = "DEATH"
    APPOINTMENT_ENDED = "APPOINTMENT_ENDED"
    CARE_ENDED = "CARE_ENDED"
    REPLACED = "REPLACED"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class RestrictionBasis(StrEnum):
    """On what ground a guardian is kept out."""

    DANGER_TO_YOUTH = "DANGER_TO_YOUTH"
    SUSPECTED_OF_HARM = "SUSPECTED_OF_HARM"
    COURT_ORDER = "COURT_ORDER"
    CARE_DECISION = "CARE_DECISION"
    CHILD_WELFARE_ADVICE = "CHILD_WELFARE_ADVICE"


class RestrictionLifting(StrEnum):
    """Why a guardian is no longer kept out."""

    DANGER_OVER = "DANGER_OVER"
    UNFOUNDED = "UNFOUNDED"
    ORDER_ENDED = "ORDER_ENDED"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class KeptOut(StrEnum):
    """Why a guardian is kept out of a case, in the order of what counts first."""

    GUARDIAN_REMOVED = "GUARDIAN_REMOVED"
    GUARDIAN_RESTRICTED = "GUARDIAN_RESTRICTED"
    CARE_TAKEN_OVER = "CARE_TAKEN_OVER"
    WITHOUT_RESPONSIBILITY = "WITHOUT_RESPONSIBILITY"


class SpokenLanguage(StrEnum):
    """A language that somebody prefers (ISO 639 as far as there is a code). SE, SMJ and SMA are North, Lule and South Sámi."""

    NB = "NB"
    NN = "NN"
    SE = "SE"
    SMJ = "SMJ"
    SMA = "SMA"
    NSL = "NSL"
    EN = "EN"
    AR = "AR"
    FA = "FA"
    KU = "KU"
    LT = "LT"
    PL = "PL"
    RU = "RU"
    SO = "SO"
    TI = "TI"
    TR = "TR"
    UK = "UK"
    OTHER = "OTHER"


SAMI = frozenset({SpokenLanguage.SE, SpokenLanguage.SMJ, SpokenLanguage.SMA})
"""Languages with a right of their own to be answered in them (sameloven chapter 3)."""


class LanguageBasis(StrEnum):
    """Why a language is written down."""

    OWN_WISH = "OWN_WISH"
    SAMI_RIGHT = "SAMI_RIGHT"
    INTERPRETER_DUTY = "INTERPRETER_DUTY"
