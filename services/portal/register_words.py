"""What evaluations, consultations, local offers and surveys are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.evaluation import EvaluationPlanned
from schemas.event import Event
from schemas.register_codes import EvaluationMeasure
from services.portal.texts import N_

REGISTER_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    EvaluationMeasure: {
        EvaluationMeasure.YOUTHS_OWN_VIEW: N_("Ungdommens egen vurdering"),
        EvaluationMeasure.GUARDIANS_VIEW: N_("Foresattes vurdering"),
        EvaluationMeasure.ATTENDANCE: N_("Oppmøte og fravær"),
        EvaluationMeasure.AGREEMENTS_KEPT: N_("Om avtalene ble holdt"),
        EvaluationMeasure.PARTICIPATION: N_("Deltakelse i aktivitet eller arbeid"),
        EvaluationMeasure.NO_NEW_INCIDENTS: N_("Om det skjer noe nytt"),
        EvaluationMeasure.GROUPS_VIEW: N_("Nettverksgruppens vurdering"),
    },
}
REGISTER_EVENTS: dict[type[Event], str] = {
    EvaluationPlanned: N_("Evalueringen ble planlagt"),
}
