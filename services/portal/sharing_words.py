"""What consents, legal bases and the conditions of each are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.portal.texts import N_, Texts

STANDINGS: dict[str, tuple[str, str, str]] = {
    "EFFECTIVE": (
        N_("Gjelder"),
        "success",
        N_("Alle som må, har sagt ja. Det kan deles, men bare det som står her."),
    ),
    "INCOMPLETE": (
        N_("Venter på svar"),
        "warning",
        N_("Ikke alle som må, har sagt ja ennå. Så lenge én mangler, deles ingenting."),
    ),
    "TO_BE_RENEWED": (
        N_("Må fornyes"),
        "warning",
        N_("Ungdommen er fylt 18 år og bestemmer alene. Ingenting deles før ungdommen har sagt ja på nytt."),
    ),
    "OTHERS_DECIDE": (
        N_("Andre bestemmer nå"),
        "danger",
        N_("Andre bestemmer for ungdommen nå enn da dette ble svart på. Ingenting deles før de er spurt."),
    ),
    "NOT_YET_VALID": (
        N_("Gjelder ikke ennå"),
        "info",
        N_("Alle har sagt ja, men startdatoen er ikke kommet. Til da deles ingenting."),
    ),
    "REFUSED": (
        N_("Noen sa nei"),
        "danger",
        N_("Én av dem som måtte si ja, har sagt nei. Da deles ingenting, uansett hva de andre har svart."),
    ),
    "WITHDRAWN": (
        N_("Trukket tilbake"),
        "danger",
        N_("Én av dem som sa ja, har ombestemt seg. Fra da av deles ingenting som hviler på dette."),
    ),
    "EXPIRED": (
        N_("Gått ut"),
        "neutral",
        N_("Siste dag er passert. Skal det deles mer, må det spørres på nytt."),
    ),
    "CONTRACT_ENDED": (
        N_("Kontrakten er over"),
        "neutral",
        N_(
            "Et samtykke varer ikke lenger enn kontrakten eller ungdomsplanen. Nå deles ingenting som hviler på det."
        ),
    ),
    "SUPERSEDED": (
        N_("Erstattet"),
        "neutral",
        N_("Et nyere samtykke har tatt over. Det er det nye som avgjør hva som kan deles."),
    ),
    "LAPSED": (
        N_("Falt bort"),
        "neutral",
        N_("Ikke alle svarte i tide. Skal det deles noe, må det spørres på nytt."),
    ),
}
"""What a consent is worth today: the word, its colour, and why."""

LANGUAGE_NAMES: dict[str, str] = {
    "nb": N_("Bokmål"),
    "nn": N_("Nynorsk"),
    "smj": N_("Lulesamisk"),
    "sma": N_("Sørsamisk"),
    "se": N_("Nordsamisk"),
    "en": N_("Engelsk"),
    "ar": N_("Arabisk"),
    "fa": N_("Persisk eller dari"),
    "so": N_("Somali"),
    "ti": N_("Tigrinja"),
    "uk": N_("Ukrainsk"),
    "pl": N_("Polsk"),
    "und": N_("Et annet språk"),
}
"""The languages in which a consent was explained; the text itself exists in bokmål and nynorsk."""

CONDITIONS: dict[str, str] = {
    "how_identification_was_removed": N_("Hvordan er det som kan peke på noen, fjernet?"),
    "purpose_it_was_given_for": N_("Hva ble opplysningene opprinnelig gitt til?"),
    "why_it_is_the_same_purpose": N_("Hvorfor er dette det samme formålet?"),
    "statutory_task_of_the_giver": N_("Hvilken lovpålagt oppgave har tjenesten din som krever dette?"),
    "near_and_factual_link": N_("Hva er den nære og saklige sammenhengen?"),
    "which_relation_or_decision": N_("Hvilken tilknytning eller hvilket vedtak gjelder det?"),
    "public_interest_or_natural_link": N_("Hvilken allmenn interesse eller naturlig sammenheng er det?"),
    "what_the_danger_is_now": N_("Hva er faren akkurat nå?"),
    "why_anonymised_is_not_enough": N_("Hvorfor er det ikke nok å si det uten navn?"),
    "what_was_done": N_("Hva ble gjort?"),
    "danger_and_action": N_("Hva var faren, og hva ble gjort?"),
    "which_information": N_("Hvilke opplysninger?"),
    "to_whom": N_("Hvem fikk dem?"),
    "order_reference": N_("Hvilket pålegg? Skriv dato, nummer og hvem det er fra"),
    "which_provision_and_why": N_("Hvilken bestemmelse, og hvorfor gjelder den her?"),
    "purpose_of_the_statistics": N_("Hva skal statistikken brukes til?"),
    "reviewer": N_("Hvem har sett over at ingen kan kjennes igjen?"),
    "group_size": N_("Hvor mange er i gruppen?"),
    "sector_limits_checked": N_("Hvilke strengere regler er sjekket?"),
    "seriousness": N_("Hvor alvorlig er lovbruddet? Strafferammen er"),
    "certainty": N_("Hvor sikkert er det?"),
    "act": N_("Hva kan skje?"),
    "trigger": N_("Hvilken bokstav i barnevernsloven § 13-2?"),
    "patient_told": N_("Er pasienten fortalt det?"),
    "quality": N_("Hvor sikker er opplysningen?"),
    "provision": N_("Hvilken paragraf i politiregisterloven?"),
    "output": N_("Hva kommer ut?"),
}
"""The conditions that a basis demands beyond what is always recorded; a test holds the rules to them."""

CHOICES: dict[str, dict[str, str]] = {
    "group_size": {
        "UNDER_10": N_("Under 10"),
        "FROM_10_TO_50": N_("10 til 50"),
        "OVER_50": N_("Over 50"),
    },
    "sector_limits_checked": {
        "NONE_APPLY": N_("Ingen strengere regler gjelder"),
        "NAV": N_("Nav-loven"),
        "HEALTH": N_("Helselovene"),
        "CHILD_WELFARE": N_("Barnevernsloven"),
    },
    "seriousness": {
        "UP_TO_SIX_MONTHS": N_("Inntil seks måneder"),
        "OVER_SIX_MONTHS": N_("Over seks måneder"),
        "OVER_THREE_YEARS": N_("Over tre år"),
    },
    "certainty": {"CERTAIN": N_("Sikkert"), "MOST_LIKELY": N_("Mest sannsynlig")},
    "act": {
        "VIOLENCE": N_("Alvorlig vold eller drap"),
        "SEXUAL_ABUSE": N_("Seksuelle overgrep"),
        "MALTREATMENT": N_("Mishandling i nære relasjoner"),
        "TERROR": N_("Terror"),
        "OTHER_LISTED": N_("En annen handling som står i § 196"),
    },
    "trigger": {
        "A": N_("a) Mishandling, overgrep eller alvorlig omsorgssvikt"),
        "B": N_("b) Alvorlig sykdom eller skade som ikke blir behandlet"),
        "C": N_("c) Funksjonsnedsettelse eller hjelpebehov som ikke blir møtt"),
        "D": N_("d) Alvorlige eller gjentatte lovbrudd, rus eller annen markert skadelig atferd"),
        "E": N_("e) Fare for menneskehandel"),
    },
    "patient_told": {
        "BEFORE": N_("Ja, før det ble gitt"),
        "AFTER": N_("Ja, etterpå"),
        "NOT_YET": N_("Ikke ennå"),
    },
    "quality": {"CONFIRMED": N_("Bekreftet"), "HEARSAY": N_("Noe noen har sagt")},
    "provision": {"P26": "§ 26", "P27": "§ 27", "P30": "§ 30", "P31": "§ 31"},
    "output": {"AGGREGATED": N_("Bare tall, ingen personer")},
}
"""The choices of the conditions that are codes."""

BASIS_PLAIN: dict[str, str] = {
    "ANONYMISED": N_("Når ingen kan kjennes igjen, heller ikke av den som kjenner miljøet."),
    "PURPOSE_OF_COLLECTION": N_("Når opplysningen skal brukes til det samme som den ble gitt for."),
    "OWN_TASKS": N_("Når tjenesten din ikke får gjort en lovpålagt oppgave uten å si det."),
    "STATUS_AND_DECISIONS": N_(
        "Når den andre bare trenger å vite at det er en sak, eller hva som er vedtatt."
    ),
    "REPORT_OFFENCE": N_("Når et lovbrudd bør meldes, og det er i alles interesse."),
    "DANGER": N_("Når liv eller helse er i fare nå, og det ikke er nok å si det uten navn."),
    "AVERT_CRIME": N_("Når du kan hindre et svært alvorlig lovbrudd. Plikten er din egen."),
    "RESCUE": N_("Når noen kan miste livet eller bli alvorlig skadet. Plikten er din egen."),
    "WRONGFUL_CHARGE": N_("Når du vet noe som viser at en uskyldig er siktet eller dømt."),
    "CHILD_WELFARE_REPORT": N_(
        "Når du har grunn til å tro at et barn blir utsatt for noe alvorlig. Plikten er din egen."
    ),
    "CHILD_WELFARE_ORDER": N_("Når barnevernet eller nemnda har pålagt dere å gi opplysninger."),
    "HEALTH_PROVISION": N_("Når helselovene sier at helsepersonell kan eller skal si fra."),
    "POLICE_DISCLOSURE": N_("Når politiet gir opplysninger etter sine egne regler."),
    "KRL_SHARING": N_("Når konfliktrådet deler etter konfliktrådsloven. Lovteksten må kontrolleres først."),
    "COURT_OR_PROSECUTION_ORDER": N_("Når retten eller påtalemyndigheten har gitt et pålegg."),
    "STATISTICS": N_("Når bare tall går ut, og ingen kan kjennes igjen."),
}
"""When a basis fits, in a plain sentence."""

LAWS: dict[str, str] = {
    "FVL_1967": N_("forvaltningsloven"),
    "FVL_2025": N_("forvaltningsloven (2025)"),
    "STRL_2005": N_("straffeloven"),
    "BVL_2021": N_("barnevernsloven"),
    "HPL_1999": N_("helsepersonelloven"),
    "POLREG_2010": N_("politiregisterloven"),
    "KRL_2014": N_("konfliktrådsloven"),
    "PROCEDURE": N_("pålegg"),
}

WHO_DECIDES: dict[str, str] = {
    "MEMBER": N_("Du kan avgjøre det selv"),
    "LEADER": N_("Lederen i tjenesten din avgjør"),
    "ANYONE": N_("Plikten er din egen. Ingen skal godkjenne den"),
}

SEEN_BECAUSE: dict[str, str] = {
    "WITHIN_BODY": N_("de hadde skrevet det selv i sin egen tjeneste"),
    "OWN_CONTENT": N_("de hadde skrevet det selv"),
    "CASE_LEAD": N_("de leder saken din"),
    "PARTICIPATION": N_("de er med i gruppen din"),
    "CONSENT": N_("du har sagt ja til det"),
}
"""Why somebody saw something, said to the youth."""

NOT_SEEN_BECAUSE: dict[str, str] = {
    "NO_STAFF_ROLE": N_("de arbeider ikke med å følge opp ungdommer"),
    "CASE_HELD": N_("saken var stanset mens noe ble undersøkt"),
    "STOPPED": N_("tilgangen deres var stengt"),
    "CASE_CLOSED": N_("saken var avsluttet"),
    "CASE_ERASED": N_("alt var slettet"),
    "NOT_MEMBER": N_("de er ikke med i gruppen din"),
    "PROTECTED": N_("adressen din er beskyttet"),
    "OTHER_AGENCY": N_("de var logget inn for en annen tjeneste"),
    "SECRECY_NOT_DECLARED": N_("de hadde ikke bekreftet taushetsplikten"),
    "CERTIFICATE_NOT_SHOWN": N_("mentoren hadde ikke vist politiattest"),
    "YOUTH_IS_ADULT": N_("du er fylt 18 år og bestemmer selv"),
    "UNKNOWN_REFERENCE": N_("det hørte ikke til saken din"),
    "REDACTED": N_("teksten var sladdet"),
    "PRIVATE_NOTE": N_("det var et privat notat"),
    "NOT_ISSUED": N_("det var et utkast"),
    "FOR_LEAD": N_("det var til den som leder saken"),
    "CONSENT_WITHDRAWN": N_("noen hadde tatt tilbake et ja"),
    "CONSENT_WITHDRAWN_FOR_AGENCY": N_("noen hadde tatt tilbake et ja for akkurat dem"),
    "CONSENT_REFUSED": N_("noen hadde sagt nei"),
    "CONSENT_EXPIRED": N_("samtykket var gått ut"),
    "CONTRACT_ENDED": N_("kontrakten eller planen var over, og samtykket med den"),
    "CONSENT_SUPERSEDED": N_("et nyere samtykke hadde tatt over"),
    "CONSENT_LAPSED": N_("ikke alle hadde svart i tide"),
    "CONSENT_INCOMPLETE": N_("ikke alle hadde sagt ja"),
    "CONSENT_TO_BE_RENEWED": N_("du er fylt 18 år og hadde ikke sagt ja på nytt selv"),
    "CONSENT_OTHERS_DECIDE": N_("andre bestemmer for deg nå enn dem som ble spurt"),
    "GUARDIAN_RESTRICTED": N_("den foresatte holdes utenfor saken"),
    "GUARDIAN_REMOVED": N_("personen er ikke lenger din foresatte"),
    "CARE_TAKEN_OVER": N_("barnevernet har omsorgen, og foreldrene får ikke vite om saken"),
    "WITHOUT_RESPONSIBILITY": N_("forelderen har ikke foreldreansvar"),
    "CONSENT_NOT_YET_VALID": N_("samtykket hadde ikke begynt å gjelde"),
    "NO_BASIS": N_("ingen har sagt ja til å dele det"),
}
"""Why somebody did not see something, said to the youth; a test holds the gate to it."""

SHAPES = {"warning": "△", "info": "○", "success": "●", "neutral": "□", "danger": "▲"}


def filters(t: Texts) -> dict[str, Callable[..., Any]]:
    """The filters of the pages about sharing, in one language."""
    return {
        "standing_word": lambda code: t(STANDINGS[code][0]),
        "standing_colour": lambda code: STANDINGS[code][1],
        "standing_shape": lambda code: SHAPES[STANDINGS[code][1]],
        "standing_why": lambda code: t(STANDINGS[code][2]),
        "language_name": lambda code: t(LANGUAGE_NAMES.get(str(code), str(code))),
        "condition": lambda name: t(CONDITIONS.get(str(name), str(name))),
        "basis_plain": lambda code: t(BASIS_PLAIN[code]),
        "law": lambda code: t(LAWS.get(str(code), str(code))),
        "who_decides": lambda code: t(WHO_DECIDES[code]),
    }
