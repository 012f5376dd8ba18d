"""What evaluations, consultations, local offers and surveys are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.consultation import ConsultationLogged
from schemas.evaluation import EvaluationPlanned
from schemas.event import Event
from schemas.recognition import CaseRecognised, ReferralPurged
from schemas.register_codes import (
    Advice,
    ConsultationAge,
    EvaluationMeasure,
    OfferStatus,
    Respondent,
)
from schemas.survey import SurveyAnswered
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
    ConsultationAge: {
        ConsultationAge.UNDER_12: N_("Under 12 år"),
        ConsultationAge.AGE_12_14: N_("12 til 14 år"),
        ConsultationAge.AGE_15_17: N_("15 til 17 år"),
        ConsultationAge.ADULT: N_("18 år eller eldre"),
        ConsultationAge.NOT_SAID: N_("Ikke sagt"),
    },
    Advice: {
        Advice.TALK_WITH_YOUTH: N_("Snakke med ungdommen"),
        Advice.TALK_WITH_GUARDIANS: N_("Snakke med foresatte"),
        Advice.REFER_TO_FELLES_ANSVAR: N_("Henvende seg til Felles ansvar"),
        Advice.REPORT_TO_CHILD_WELFARE: N_("Melde fra til barneverntjenesten"),
        Advice.CONTACT_HEALTH: N_("Ta kontakt med helsetjenesten"),
        Advice.CONTACT_POLICE: N_("Ta kontakt med politiet"),
        Advice.OWN_AGENCY_GOES_ON: N_("Egen tjeneste går videre alene"),
        Advice.NEW_CONSULTATION: N_("Ny konsultasjon senere"),
    },
    Respondent: {
        Respondent.YOUTH: N_("Ungdom"),
        Respondent.GUARDIAN: N_("Foresatt"),
        Respondent.GROUP_MEMBER: N_("Medlem i en nettverksgruppe"),
    },
    OfferStatus: {
        OfferStatus.OPEN: N_("I bruk"),
        OfferStatus.ENDED: N_("Tatt ut"),
    },
}
REGISTER_EVENTS: dict[type[Event], str] = {
    EvaluationPlanned: N_("Evalueringen ble planlagt"),
    CaseRecognised: N_("En koordinator i kommunen fikk vite at ungdommen har denne saken"),
    ConsultationLogged: N_("En konsultasjon uten navn ble ført opp"),
    SurveyAnswered: N_("Noen svarte på brukerundersøkelsen"),
    ReferralPurged: N_("Det henvendelsen hadde lagt i arkivet, ble slettet"),
}
