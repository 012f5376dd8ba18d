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
