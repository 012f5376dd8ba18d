"""What agendas, minutes, mediations and forums are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.agenda import (
    AgendaItemAdded,
    AgendaItemCarriedOver,
    AgendaItemSettled,
    InterpreterBooked,
    InterpreterDeclined,
    InterpreterNeeded,
)
from schemas.codes import (
    AbsenceReason,
    AgendaItemKind,
    AgendaOutcome,
    ForumAdvice,
    HasOne,
    InterpreterRefusal,
    MediationOutcome,
    MediationParty,
    MinutesChange,
)
from schemas.coordination import CertificateShown, CoordinationRecorded, NoContactLifted, NoContactSet
from schemas.event import Event
from schemas.mediation import (
    MediationClosed,
    MediationConsentGiven,
    MediationConsentWithdrawn,
    MediationOpened,
    MediationPartyJoined,
)
from schemas.minutes import (
    MinutesCommented,
    MinutesConfirmed,
    MinutesCorrected,
    MinutesDrafted,
    MinutesIssued,
    NoTasksDeclared,
)
from services.portal.domain.sections.tasks import TaskState
from services.portal.texts import N_

MEETING_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    AgendaItemKind: {
        AgendaItemKind.WHO_MAY_SAY_WHAT: N_("Hvem kan si hva"),
        AgendaItemKind.YOUTHS_OWN_WORDS: N_("Ungdommen forteller selv"),
        AgendaItemKind.SINCE_LAST_TIME: N_("Siden sist"),
        AgendaItemKind.GOALS: N_("Målene"),
        AgendaItemKind.CLAUSES: N_("Punktene i kontrakten eller planen"),
        AgendaItemKind.TASKS: N_("Oppgavene"),
        AgendaItemKind.OTHER: N_("Annet"),
    },
    AgendaOutcome: {
        AgendaOutcome.AGREED: N_("Enige"),
        AgendaOutcome.AGREED_IN_PART: N_("Delvis enige"),
        AgendaOutcome.NOT_AGREED: N_("Ikke enige"),
        AgendaOutcome.TALKED_ABOUT: N_("Snakket om"),
        AgendaOutcome.DROPPED: N_("Utgikk"),
    },
    AbsenceReason: {
        AbsenceReason.ILL: N_("Syk"),
        AbsenceReason.SCHOOL_OR_WORK: N_("Skole eller jobb"),
        AbsenceReason.AWAY: N_("Bortreist"),
        AbsenceReason.DID_NOT_WANT: N_("Ville ikke"),
        AbsenceReason.NO_MESSAGE: N_("Ga ikke beskjed"),
        AbsenceReason.NOT_STATED: N_("Ikke oppgitt"),
        AbsenceReason.CALL_NOT_RECEIVED: N_("Tjenesten: innkallingen kom ikke fram"),
        AbsenceReason.NO_INTERPRETER: N_("Tjenesten: det manglet tolk"),
        AbsenceReason.NO_TRANSPORT: N_("Tjenesten: skyssen sviktet"),
        AbsenceReason.NO_CAPACITY: N_("Tjenesten: hadde ikke folk"),
    },
    InterpreterRefusal: {
        InterpreterRefusal.NOT_WANTED: N_("Ville ikke ha tolk"),
        InterpreterRefusal.NONE_AVAILABLE: N_("Ingen tolk å få"),
        InterpreterRefusal.NOT_NEEDED_AFTER_ALL: N_("Trengs ikke likevel"),
    },
    MinutesChange: {
        MinutesChange.WRONG_FACT: N_("Noe er feil"),
        MinutesChange.SOMETHING_MISSING: N_("Noe mangler"),
        MinutesChange.COMMENT_TAKEN_IN: N_("En merknad er tatt inn"),
        MinutesChange.SAYS_TOO_MUCH: N_("Det står mer enn avtalt"),
    },
    HasOne: {
        HasOne.YES: N_("Ja"),
        HasOne.NO: N_("Nei"),
        HasOne.ASKED: N_("Det er spurt om det"),
    },
    MediationParty: {
        MediationParty.VICTIM: N_("Fornærmet"),
        MediationParty.VICTIMS_SUPPORT: N_("Støtte for den fornærmede"),
    },
    MediationOutcome: {
        MediationOutcome.AGREEMENT: N_("Avtale"),
        MediationOutcome.NO_AGREEMENT: N_("Ingen avtale"),
        MediationOutcome.VICTIM_DECLINED: N_("Den fornærmede ønsket ikke å møtes"),
        MediationOutcome.NOT_HELD: N_("Ble ikke holdt"),
    },
    TaskState: {
        TaskState.OPEN: N_("Venter"),
        TaskState.STARTED: N_("I gang"),
        TaskState.DONE: N_("Gjort"),
        TaskState.NOT_DONE: N_("Ikke gjort"),
        TaskState.CANCELLED: N_("Avlyst"),
    },
    ForumAdvice: {
        ForumAdvice.SUITABLE_FOR_FOLLOW_UP: N_("Kan passe for oppfølging"),
        ForumAdvice.OTHER_MEASURE: N_("Et annet tiltak"),
        ForumAdvice.MORE_FACTS_NEEDED: N_("Trenger å vite mer"),
        ForumAdvice.REPORT_CONCERN: N_("Vurder bekymringsmelding"),
        ForumAdvice.NO_ADVICE: N_("Ingen råd"),
    },
}
MEETING_EVENTS: dict[type[Event], str] = {
    AgendaItemAdded: N_("En sak ble satt på sakslisten"),
    AgendaItemSettled: N_("Utfallet av en sak på sakslisten ble ført opp"),
    AgendaItemCarriedOver: N_("En sak ble overført til et senere møte"),
    InterpreterNeeded: N_("Det ble meldt at noen trenger tolk"),
    InterpreterBooked: N_("Det ble bestilt tolk"),
    InterpreterDeclined: N_("Det kommer ikke tolk til møtet"),
    MinutesDrafted: N_("Et utkast til referat ble skrevet"),
    MinutesIssued: N_("Referatet ble sendt ut"),
    NoTasksDeclared: N_("Det ble ikke avtalt noen oppgaver i møtet"),
    MinutesCommented: N_("Noen hadde en merknad til referatet"),
    MinutesConfirmed: N_("Referatet ble godkjent"),
    MinutesCorrected: N_("Referatet ble rettet med en ny versjon"),
    CertificateShown: N_("En mentor viste politiattest"),
    CoordinationRecorded: N_("Barnekoordinator og individuell plan ble ført opp"),
    NoContactSet: N_("Det ble ført en kontaktsperre"),
    NoContactLifted: N_("En kontaktsperre ble opphevet"),
    MediationOpened: N_("En meklingsmappe ble åpnet"),
    MediationPartyJoined: N_("En part ble ført inn i meklingsmappen"),
    MediationConsentGiven: N_("Den fornærmede sa ja til å møtes"),
    MediationConsentWithdrawn: N_("Den fornærmede ønsker ikke å møtes"),
    MediationClosed: N_("Meklingen ble avsluttet"),
}
MEETING_NOTICES: dict[str, str] = {
    "MEETING_MOVED": N_("Et møte du er invitert til, er flyttet"),
    "MEETING_CANCELLED": N_("Et møte du var invitert til, er avlyst"),
    "TASK_ASSIGNED": N_("Du har fått en oppgave"),
    "TASK_TAKEN_OVER": N_("En annen har overtatt en oppgave du hadde"),
    "TASK_CANCELLED": N_("En oppgave du hadde, trengs ikke lenger"),
    "MINUTES_ISSUED": N_("Du har fått et referat"),
    "MINUTES_CORRECTED": N_("Et referat du har fått, er rettet"),
    "MINUTES_COMMENTED": N_("Noen har en merknad til et referat"),
    "TELL_IN_PERSON": N_("Noen uten innlogging skal ha beskjed. Fortell dem det, eller send brev"),
}
MEETING_DEADLINES: dict[str, tuple[str, str]] = {
    "D-06": (N_("Referat sendt ut"), N_("Møtet er holdt, og referatet skal raskt ut.")),
    "D-07": (N_("Godkjenne referat"), N_("Referatet er sendt ut, og fristen for merknader løper.")),
    "D-12": (N_("Oppgave"), N_("Noen har tatt på seg en oppgave med frist.")),
    "D-13": (N_("Snakke om oppgave over fristen"), N_("En oppgave er ikke gjort i tide.")),
    "D-46": (N_("Politiattest for mentor"), N_("En mentor er tatt inn og må vise politiattest først.")),
    "D-47": (N_("Bestille tolk"), N_("Noen trenger tolk i møtet.")),
}
