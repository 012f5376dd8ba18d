"""What deviations, evaluations and calls are called on the pages when they go on: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.codes import (
    CancelReason,
    DismissalReason,
    GoalAssessor,
    LadderStep,
    Reply,
    SkipReason,
)
from schemas.deadline import EscalationAddressed
from schemas.deviation import (
    DeviationEscalated,
    DeviationFollowedUp,
    DeviationStepSkipped,
    YouthAccountRecorded,
)
from schemas.evaluation import (
    GoalAssessed,
)
from schemas.event import Event
from schemas.meeting import (
    MeetingCancelled,
    MeetingMoved,
    MeetingReplied,
)
from services.portal.texts import N_

FOLLOW_UP_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    LadderStep: {
        LadderStep.F1_TALK_WITH_CONTACT: N_("Samtale med kontaktpersonen"),
        LadderStep.F2_COORDINATOR_TALK: N_("Samtale med koordinatoren"),
        LadderStep.F3_ADJUST_OR_SUPPORT: N_("Endre punktet eller gi mer støtte"),
        LadderStep.F4_EXTRA_MEETING: N_("Ekstra nettverksmøte"),
        LadderStep.F5_PAUSE: N_("Pause med ukentlig kontakt"),
        LadderStep.F6_END_BY_AGREEMENT: N_("Avslutte etter avtale og tilby annen hjelp"),
        LadderStep.U1_ORAL_WARNING: N_("Muntlig advarsel"),
        LadderStep.U2_BREACH_TALK: N_("Bruddsamtale"),
        LadderStep.U3_STRICTER_TERMS: N_("Skjerpede vilkår"),
        LadderStep.U4_NEW_PLAN: N_("Ny ungdomsplan"),
        LadderStep.U5_END: N_("Avslutte i konfliktrådet"),
    },
    SkipReason: {
        SkipReason.ALREADY_DONE: N_("Er alt gjort"),
        SkipReason.OTHER_STEP_FITS: N_("Et annet trinn passer bedre"),
        SkipReason.YOUTHS_SITUATION: N_("Ungdommens situasjon"),
        SkipReason.AGENCY_FAILED: N_("En etat leverte ikke"),
        SkipReason.NOT_SERIOUS: N_("Ikke alvorlig"),
    },
    DismissalReason: {
        DismissalReason.DID_NOT_HAPPEN: N_("Det skjedde ikke"),
        DismissalReason.WAS_AGREED: N_("Det var avtalt"),
        DismissalReason.REPORTED_TWICE: N_("Meldt to ganger"),
        DismissalReason.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    GoalAssessor: {
        GoalAssessor.YOUTH: N_("Ungdommen"),
        GoalAssessor.GUARDIAN: N_("Foresatte"),
        GoalAssessor.LEAD: N_("Den som leder saken"),
    },
    CancelReason: {
        CancelReason.YOUTH_CANNOT: N_("Ungdommen kan ikke"),
        CancelReason.GUARDIAN_CANNOT: N_("Foresatte kan ikke"),
        CancelReason.AGENCY_CANNOT: N_("En etat kan ikke"),
        CancelReason.INTERPRETER_MISSING: N_("Mangler tolk"),
        CancelReason.NOT_POSSIBLE: N_("Lar seg ikke gjennomføre nå"),
        CancelReason.NOT_NEEDED: N_("Trengs ikke"),
        CancelReason.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    Reply: {
        Reply.COMES: N_("Kommer"),
        Reply.CANNOT: N_("Kan ikke komme"),
        Reply.UNSURE: N_("Usikker"),
    },
}
FOLLOW_UP_EVENTS: dict[type[Event], str] = {
    YouthAccountRecorded: N_("Ungdommens egen forklaring ble ført opp"),
    DeviationFollowedUp: N_("Et trinn ble tatt etter et avvik"),
    DeviationStepSkipped: N_("Et foreslått trinn ble hoppet over"),
    DeviationEscalated: N_("Et avvik ble løftet til dem som avgjør"),
    GoalAssessed: N_("Et mål ble vurdert"),
    EscalationAddressed: N_("En frist som er ute, ble lagt fram for enhetslederen"),
    MeetingMoved: N_("Møtet ble flyttet"),
    MeetingCancelled: N_("Møtet ble avlyst"),
    MeetingReplied: N_("Noen svarte på innkallingen"),
}
