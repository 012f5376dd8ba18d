"""What the youth sanctions are called on the pages: codes, events and deadlines. Bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.breach import (
    BreachConversationHeld,
    CaseReturnedToProsecution,
    CaseTransferredToKriminalomsorgen,
    NewOffenceReported,
    OralWarningGiven,
)
from schemas.decision import (
    AftercareChecked,
    ComplaintAnswered,
    ComplaintReceived,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.event import Event
from schemas.sanction import (
    ProsecutionAcceptanceRecorded,
    SanctionReceived,
    SuitabilityAssessed,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from schemas.sanction_codes import (
    AftercareCheck,
    AftercareOutcome,
    BreachOutcome,
    ComplaintOutcome,
    Counsel,
    DecisionKind,
    DeliveryMethod,
    ImposedBy,
    LeaveRefusal,
    OffenceSeverity,
    ParticipationBasis,
    PlanEnding,
    Suitability,
)
from services.portal.texts import N_

SANCTION_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    ImposedBy: {
        ImposedBy.PROSECUTION: N_("Påtalemyndigheten"),
        ImposedBy.COURT: N_("Domstolen"),
    },
    ParticipationBasis: {
        ParticipationBasis.CONSENT: N_("Samtykke fra ungdommen og foresatte"),
        ParticipationBasis.SUITABILITY: N_("Vurdering av egnethet, med ungdommens syn"),
    },
    Suitability: {
        Suitability.SUITABLE: N_("Reaksjonen er egnet"),
        Suitability.NOT_SUITABLE: N_("Reaksjonen er ikke egnet"),
    },
    Counsel: {
        Counsel.TOLD: N_("Forsvareren er informert"),
        Counsel.NONE_WANTED: N_("Ungdommen ønsker ikke forsvarer"),
    },
    BreachOutcome: {
        BreachOutcome.CONTINUES: N_("Planen fortsetter som før"),
        BreachOutcome.MORE_SUPPORT: N_("Ungdommen får mer støtte"),
        BreachOutcome.STRICTER_TERMS: N_("Planen får strengere vilkår"),
        BreachOutcome.NEW_PLAN: N_("Det skal lages en ny ungdomsplan"),
        BreachOutcome.TO_BE_SENT_ON: N_("Det skal avgjøres om saken sendes over"),
    },
    PlanEnding: {
        PlanEnding.BREACH: N_("Brudd på planen"),
        PlanEnding.NEW_OFFENCE: N_("Nytt lovbrudd, avgjort av andre"),
        PlanEnding.NOT_SUITABLE: N_("Reaksjonen er ikke egnet"),
        PlanEnding.CONSENT_LACKING: N_("Samtykket mangler"),
        PlanEnding.DECIDED_ELSEWHERE: N_("Påtalemyndigheten eller domstolen har avgjort noe annet"),
        PlanEnding.MOVED: N_("Ungdommen har flyttet"),
        PlanEnding.DEATH: N_("Dødsfall"),
        PlanEnding.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    DecisionKind: {
        DecisionKind.PLAN: N_("Ungdomsplanen"),
        DecisionKind.STRICTER_TERMS: N_("Skjerpede vilkår"),
        DecisionKind.NEW_PLAN: N_("Ny ungdomsplan"),
        DecisionKind.SENT_ON: N_("Saken sendes over"),
        DecisionKind.TERMINATION: N_("Planen avsluttes"),
        DecisionKind.TRAVEL_LEAVE: N_("Søknad om reise"),
    },
    DeliveryMethod: {
        DeliveryMethod.ON_PAPER: N_("På papir"),
        DeliveryMethod.IN_MEETING: N_("I et møte"),
        DeliveryMethod.DIGITAL_POST: N_("I digital postkasse"),
    },
    ComplaintOutcome: {
        ComplaintOutcome.DECISION_STANDS: N_("Avgjørelsen står"),
        ComplaintOutcome.DECISION_CHANGED: N_("Avgjørelsen er endret"),
        ComplaintOutcome.SENT_TO_APPEAL_BODY: N_("Klagen er sendt til klageorganet"),
    },
    OffenceSeverity: {
        OffenceSeverity.LESS_SERIOUS: N_("Mindre alvorlig"),
        OffenceSeverity.SERIOUS: N_("Alvorlig"),
        OffenceSeverity.VERY_SERIOUS: N_("Svært alvorlig"),
    },
    LeaveRefusal: {
        LeaveRefusal.COLLIDES_WITH_MEASURES: N_("Reisen kolliderer med tiltak i planen"),
        LeaveRefusal.PLAN_NOT_FOLLOWED: N_("Planen er ikke fulgt i det siste"),
        LeaveRefusal.ASKED_TOO_LATE: N_("Det er søkt for sent"),
        LeaveRefusal.RISK_OF_NEW_OFFENCE: N_("Fare for nye lovbrudd"),
    },
    AftercareCheck: {
        AftercareCheck.ONE_MONTH: N_("Etter én måned"),
        AftercareCheck.THREE_MONTHS: N_("Etter tre måneder"),
    },
    AftercareOutcome: {
        AftercareOutcome.TALKED: N_("Vi har snakket sammen"),
        AftercareOutcome.HELP_OFFERED: N_("Vi har snakket sammen, og mer hjelp er tilbudt"),
        AftercareOutcome.DECLINED: N_("Ungdommen ønsker ikke etteroppfølging"),
    },
}
SANCTION_EVENTS: dict[type[Event], str] = {
    SanctionReceived: N_("Reaksjonen ble mottatt"),
    SuitabilityAssessed: N_("Egnetheten ble vurdert"),
    YouthPlanAdopted: N_("Ungdomsplanen ble vedtatt"),
    YouthPlanTightened: N_("Ungdomsplanen ble skjerpet"),
    YouthPlanFulfilled: N_("Ungdomsplanen er oppfylt"),
    YouthPlanTerminated: N_("Ungdomsplanen ble avsluttet før tiden"),
    ProsecutionAcceptanceRecorded: N_("Svaret fra påtalemyndigheten ble registrert"),
    OralWarningGiven: N_("Det ble gitt en muntlig advarsel"),
    BreachConversationHeld: N_("Det ble holdt en bruddsamtale"),
    NewOffenceReported: N_("Det ble meldt om et nytt lovbrudd"),
    CaseReturnedToProsecution: N_("Saken ble sendt tilbake til påtalemyndigheten"),
    CaseTransferredToKriminalomsorgen: N_("Saken ble overført til kriminalomsorgen"),
    DecisionDelivered: N_("Ungdommen fikk melding om en avgjørelse"),
    ComplaintReceived: N_("Ungdommen klaget"),
    ComplaintAnswered: N_("Klagen ble besvart"),
    TravelLeaveAsked: N_("Ungdommen søkte om å reise til utlandet"),
    TravelLeaveAnswered: N_("Søknaden om reise ble besvart"),
    AftercareChecked: N_("Det ble fulgt opp etter slutten"),
}
SANCTION_DEADLINES: dict[str, tuple[str, str]] = {
    "D-02": (N_("Ungdomsplanen skal være vedtatt"), N_("Reaksjonen er mottatt, og planen skal lages.")),
    "D-20": (N_("Etteroppfølging etter én måned"), N_("Kontrakten eller planen er over.")),
    "D-20-3M": (N_("Etteroppfølging etter tre måneder"), N_("Kontrakten eller planen er over.")),
    "D-24": (N_("Klagefristen går ut"), N_("Ungdommen har fått melding om en avgjørelse.")),
    "D-25": (N_("Svar på klagen"), N_("Ungdommen har klaget.")),
    "D-38": (N_("Svar på søknad om reise"), N_("Ungdommen har søkt om å reise til utlandet.")),
    "D-39": (N_("Holde bruddsamtale"), N_("Et brudd er vurdert.")),
}
IN_SANCTIONS: dict[str, tuple[str, str]] = {
    "D-14": (N_("Vurdere brudd"), N_("Et brudd er meldt.")),
    "D-15": (N_("Følge opp brudd"), N_("Bruddet er vurdert.")),
    "D-08": (N_("Evaluering underveis"), N_("Planen har løpt en stund.")),
    "D-16": (N_("Forberede avslutning"), N_("Planen nærmer seg slutten.")),
    "D-17": (N_("Sette opp sluttmøte"), N_("Planen nærmer seg slutten.")),
    "D-18": (N_("Sluttevaluering"), N_("Planen er ute.")),
}
"""What a deadline is called where there is a plan and not a contract."""
TEXTS: dict[str, str] = {
    N_("Avvik"): N_("Brudd"),
    N_("Meld avvik"): N_("Meld brudd"),
    N_("Meld avviket"): N_("Meld bruddet"),
    N_(
        "Et avvik er noe som ikke gikk som avtalt. Den som leder saken, får et varsel og vurderer hva som bør skje."
    ): N_(
        "Et brudd er når planen ikke er fulgt. Den som leder saken, får et varsel og vurderer hva som bør skje."
    ),
    N_("Ingen avvik er meldt."): N_("Ingen brudd er meldt."),
    N_("Vurder avviket"): N_("Vurder bruddet"),
    N_("Den som har meldt avviket, vurderer det ikke selv, med mindre ingen andre leder saken."): N_(
        "Den som har meldt bruddet, vurderer det ikke selv, med mindre ingen andre leder saken."
    ),
    N_("Avviket er vurdert."): N_("Bruddet er vurdert."),
    N_("Avviket er fulgt opp"): N_("Bruddet er fulgt opp"),
    N_("Avviket er fulgt opp."): N_("Bruddet er fulgt opp."),
    N_("Det dere ble enige om etter avviket, er gjort. Da er dere ferdige med det."): N_(
        "Det dere bestemte etter bruddet, er gjort. Da er dere ferdige med det."
    ),
    N_("Ferdig med avviket"): N_("Ferdig med bruddet"),
    N_("Det var ikke et avvik"): N_("Det var ikke et brudd"),
    N_("Meldingen blir stående, med grunnen til at den ikke regnes som et avvik."): N_(
        "Meldingen blir stående, med grunnen til at den ikke regnes som et brudd."
    ),
    N_("Hvorfor var det ikke et avvik?"): N_("Hvorfor var det ikke et brudd?"),
    N_("Det er ført opp at det ikke var et avvik."): N_("Det er ført opp at det ikke var et brudd."),
    N_("Nettverksgruppen"): N_("Oppfølgingsteamet"),
    N_(
        "Du er med i nettverksgruppen. Før du kan se opplysninger, må du lese og bekrefte taushetsplikten."
    ): N_(
        "Du er med i oppfølgingsteamet. Før du kan se opplysninger, må du lese og bekrefte taushetsplikten."
    ),
}
"""What is said in another way where there is a plan, a follow-up team, and brudd for avvik."""


def in_programme(text: str, *, sanction: bool) -> str:
    """A text of the pages in the words of the programme."""
    return TEXTS.get(text, text) if sanction else text
