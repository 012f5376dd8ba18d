"""What evaluations, consultations, local offers and surveys are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.consultation import ConsultationLogged
from schemas.evaluation import EvaluationPlanned
from schemas.event import Event
from schemas.recognition import CaseRecognised, ReferralPurged, YouthCompared
from schemas.register_codes import (
    Advice,
    ConsultationAge,
    EvaluationMeasure,
    LocalFunction,
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
    LocalFunction: {
        LocalFunction.PRIMARY_SCHOOL: N_("Grunnskole"),
        LocalFunction.UPPER_SECONDARY: N_("Videregående skole"),
        LocalFunction.PPT: N_("PP-tjenesten"),
        LocalFunction.FOLLOW_UP_SERVICE: N_("Oppfølgingstjenesten (OT)"),
        LocalFunction.BUP: N_("BUP"),
        LocalFunction.NAV: N_("Nav"),
        LocalFunction.HEALTH_CENTRE: N_("Helsestasjon for ungdom og skolehelsetjeneste"),
        LocalFunction.FAMILY_COUNSELLING: N_("Familievernkontor"),
        LocalFunction.CHILD_WELFARE: N_("Barneverntjenesten"),
        LocalFunction.CHILD_WELFARE_DUTY: N_("Barnevernvakt"),
        LocalFunction.SUBSTANCE_AND_MENTAL_HEALTH: N_("Rus og psykisk helse"),
        LocalFunction.REFUGEE_SERVICE: N_("Flyktningtjenesten"),
        LocalFunction.SLT_COORDINATOR: N_("SLT-koordinator"),
        LocalFunction.POLICE_PREVENTION: N_("Politiet, forebyggende"),
        LocalFunction.POLICE_CONTACT: N_("Politikontakt"),
        LocalFunction.POLICE_OPERATIONS: N_("Politiets operasjonssentral"),
        LocalFunction.MEDIATION_SERVICE: N_("Konfliktrådet"),
        LocalFunction.VICTIM_SUPPORT: N_("Støttesenter for kriminalitetsutsatte"),
        LocalFunction.CHILDRENS_HOUSE: N_("Statens barnehus"),
        LocalFunction.LEISURE: N_("Fritidstilbud"),
        LocalFunction.OUTREACH: N_("Utekontakt"),
        LocalFunction.VOLUNTEERS: N_("Frivillige organisasjoner"),
    },
    OfferStatus: {
        OfferStatus.OPEN: N_("I bruk"),
        OfferStatus.ENDED: N_("Tatt ut"),
    },
}
REGISTER_EVENTS: dict[type[Event], str] = {
    EvaluationPlanned: N_("Evalueringen ble planlagt"),
    CaseRecognised: N_("En koordinator i kommunen fikk vite at ungdommen har denne saken"),
    YouthCompared: N_("Den som opprettet saken, svarte på om ungdommen er kjent fra før"),
    ConsultationLogged: N_("En konsultasjon uten navn ble ført opp"),
    SurveyAnswered: N_("Noen svarte på brukerundersøkelsen"),
    ReferralPurged: N_("Det henvendelsen hadde lagt i arkivet, ble slettet"),
}
REFERRAL_STATUS: dict[str, str] = {
    "RECEIVED": N_("Mottatt"),
    "SCREENING": N_("Siles"),
    "ACCEPTED": N_("Tatt imot"),
    "DECLINED": N_("Avslått"),
    "REDIRECTED": N_("Sendt videre"),
    "WITHDRAWN": N_("Trukket"),
}
"""Where a referral stands, as contracts tells it."""
LEVELS: dict[int, str] = {
    0: N_("Ikke nådd"),
    1: N_("Litt på vei"),
    2: N_("Nesten nådd"),
    3: N_("Nådd"),
}
"""How far a goal was reached. The goal is judged, never the youth."""
AGREEMENT: dict[int, str] = {
    1: N_("Ikke i det hele tatt"),
    2: N_("Litt"),
    3: N_("Ganske mye"),
    4: N_("Svært mye"),
}
"""The answers of the short survey."""
QUESTIONS: dict[str, str] = {
    "was_heard": N_("Ble du hørt?"),
    "was_useful": N_("Var hjelpen til nytte?"),
    "was_clear": N_("Visste du hva som skulle skje?"),
    "would_advise_others": N_("Ville du rådet andre til å si ja?"),
}
"""The questions of the short survey."""
