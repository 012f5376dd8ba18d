"""What breaches of personal data security and requests about oneself are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.privacy_codes import (
    BreachKind,
    BreachRisk,
    ExtensionReason,
    NotNotifiedReason,
    RightGround,
    RightOutcome,
    SubjectRight,
)
from services.portal.texts import N_

PRIVACY_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    BreachKind: {
        BreachKind.SENT_TO_WRONG: N_("Sendt til feil mottaker"),
        BreachKind.SEEN_WITHOUT_RIGHT: N_("Sett av noen som ikke skulle se det"),
        BreachKind.LOST_OR_STOLEN: N_("Mistet eller stjålet"),
        BreachKind.CHANGED: N_("Endret uten at det skulle vært det"),
        BreachKind.NOT_AVAILABLE: N_("Ikke tilgjengelig når det trengtes"),
    },
    BreachRisk: {
        BreachRisk.UNLIKELY: N_("Lite trolig at noen tar skade av det"),
        BreachRisk.RISK: N_("Risiko for dem det gjelder"),
        BreachRisk.HIGH: N_("Høy risiko for dem det gjelder"),
    },
    NotNotifiedReason: {
        NotNotifiedReason.RISK_UNLIKELY: N_("Lite trolig med risiko"),
        NotNotifiedReason.NO_BREACH: N_("Det var ikke noe brudd"),
        NotNotifiedReason.NOTIFIED_BY_ANOTHER: N_("En annen behandlingsansvarlig melder det"),
    },
    SubjectRight: {
        SubjectRight.ACCESS: N_("Innsyn i egne opplysninger"),
        SubjectRight.RECTIFICATION: N_("Rette noe som er feil"),
        SubjectRight.ERASURE: N_("Slette opplysninger"),
        SubjectRight.RESTRICTION: N_("Begrense bruken"),
        SubjectRight.PORTABILITY: N_("Få opplysningene med seg"),
        SubjectRight.OBJECTION: N_("Protestere mot bruken"),
    },
    ExtensionReason: {
        ExtensionReason.COMPLEX: N_("Kravet er sammensatt"),
        ExtensionReason.MANY_REQUESTS: N_("Det er mange krav"),
    },
    RightOutcome: {
        RightOutcome.GRANTED: N_("Fulgt helt ut"),
        RightOutcome.PARTLY: N_("Fulgt delvis"),
        RightOutcome.REFUSED: N_("Avslått"),
    },
    RightGround: {
        RightGround.ARCHIVE_DUTY: N_("Plikt til å arkivere"),
        RightGround.OTHERS_RIGHTS: N_("Hensynet til andre"),
        RightGround.NOT_IDENTIFIED: N_("Vi vet ikke sikkert hvem som spør"),
        RightGround.PUBLIC_TASK: N_("Oppgaven er pålagt ved lov"),
        RightGround.EXCESSIVE: N_("Kravet er åpenbart grunnløst eller overdrevet"),
    },
}

PRIVACY_DEADLINES: dict[str, tuple[str, str]] = {
    "D-22": (
        N_("Svare på krav om egne opplysninger"),
        N_("Den som spør, skal ha svar innen en måned."),
    ),
    "D-23": (
        N_("Melde brudd til Datatilsynet"),
        N_("Datatilsynet skal ha melding innen 72 timer. Klokkeslettet står på siden om bruddet."),
    ),
}
