"""What the gate answered, as an auditor reads it about somebody else: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

import re
from collections.abc import Mapping

from schemas.codes import LegalBasis
from services.portal.texts import N_, Texts
from services.portal.words import word

WHY_NOT: dict[str, str] = {
    "REDACTED": N_("teksten er sladdet"),
    "PRIVATE_NOTE": N_("et privat notat er bare for den som skrev det"),
    "NOT_ISSUED": N_("et utkast er bare for dem som skriver referatet"),
    "FOR_LEAD": N_("teksten er bare for den som leder saken"),
    "NO_STAFF_ROLE": N_("personen hadde ingen rolle som følger opp ungdommer"),
    "CASE_HELD": N_("saken var stanset mens noe ble undersøkt"),
    "STOPPED": N_("tilgangen til saken var stengt"),
    "NOT_MEMBER": N_("ikke med i nettverksgruppen"),
    "OTHER_AGENCY": N_("logget inn for en annen tjeneste enn den de er med i gruppen for"),
    "SECRECY_NOT_DECLARED": N_("taushetsplikten var ikke bekreftet"),
    "YOUTH_IS_ADULT": N_("ungdommen er fylt 18 år"),
    "UNKNOWN_REFERENCE": N_("opplysningen hører ikke til saken"),
    "CONSENT_WITHDRAWN": N_("samtykket er trukket tilbake"),
    "CONSENT_WITHDRAWN_FOR_AGENCY": N_("samtykket er trukket tilbake for denne tjenesten"),
    "CONSENT_REFUSED": N_("noen som måtte samtykke, sa nei"),
    "CONSENT_EXPIRED": N_("samtykket var gått ut"),
    "CONTRACT_ENDED": N_("kontrakten eller ungdomsplanen var over, og samtykket med den"),
    "CASE_CLOSED": N_("saken er avsluttet"),
    "CERTIFICATE_NOT_SHOWN": N_("mentoren hadde ikke vist politiattest"),
    "PROTECTED": N_("saken har adressesperre, og personen er ikke klarert"),
    "CASE_ERASED": N_("innholdet i saken er slettet"),
    "CONSENT_SUPERSEDED": N_("et nyere samtykke hadde tatt over"),
    "CONSENT_LAPSED": N_("ingen svarte i tide på samtykket"),
    "CONSENT_INCOMPLETE": N_("ikke alle som måtte samtykke, hadde sagt ja"),
    "CONSENT_TO_BE_RENEWED": N_("samtykket må gis på nytt etter fylte 18 år"),
    "CONSENT_OTHERS_DECIDE": N_("andre bestemte for ungdommen enn dem som var spurt"),
    "GUARDIAN_RESTRICTED": N_("den foresatte ble holdt utenfor saken"),
    "GUARDIAN_REMOVED": N_("personen er ikke lenger foresatt i saken"),
    "CARE_TAKEN_OVER": N_("barnevernet har omsorgen, og vedtaket gir ikke foreldrene opplysninger"),
    "WITHOUT_RESPONSIBILITY": N_("forelderen har ikke foreldreansvar"),
    "CONSENT_NOT_YET_VALID": N_("samtykket hadde ikke begynt å gjelde"),
    "NO_BASIS": N_("ingen har sagt ja til å dele det"),
}
RESTS_ON: dict[str, str] = {
    "WITHIN_BODY": N_("opplysningen er fra deres egen tjeneste"),
    "OWN_CONTENT": N_("de la den inn selv"),
    "CASE_LEAD": N_("de leder saken"),
    "PARTICIPATION": N_("de er med i nettverksgruppen"),
    "CONSENT": N_("samtykke"),
    "DISCLOSURE": N_("delt uten samtykke, med hjemmel i lov"),
}
ANSWERS: dict[str, str] = {
    "PERMIT": N_("Vist"),
    "DENY": N_("Ikke vist"),
    "MAY_ASK": N_("Fikk spørre i saken"),
    "SAME": N_("Det samme"),
    "UNREADABLE": N_("Kan ikke leses som en avgjørelse"),
    "OWN_EVENTS_MISSING": N_("Ikke tatt på nytt: delingens egne hendelser mangler i loggen før den"),
    "DECIDED_OUT_OF_TURN": N_("Ikke tatt på nytt: den ble avgjort uten å vite om det som alt sto i saken"),
    "SOURCE_MISSING": N_("Ikke tatt på nytt: en annen tjenestes hendelser mangler i loggen før den"),
    "UNKNOWN_POLICY": N_("Ikke tatt på nytt: regelverket den viser til, er ukjent"),
    "UNKNOWN_CASE": N_("Ikke tatt på nytt: loggen sier ikke noe om saken før den"),
    "NUMBER_REUSED": N_("Ikke tatt på nytt: nummeret er brukt om en annen hendelse før"),
    "NOT_FROM_THE_GATE": N_("Ikke tatt på nytt: den er ikke skrevet av delingen"),
}
_WHOLE_CASE = re.compile(r"^([A-Z_]+) as (\w+)$")


def reason_word(t: Texts, code: str) -> str:
    """Why something was shown or not; the code itself where it has no word."""
    if code in set(LegalBasis):
        return t(word(LegalBasis(code)))
    return t(WHY_NOT.get(code) or RESTS_ON.get(code) or code)


def answer_words(t: Texts, told: str) -> str:
    """An answer as it is told in codes (`PERMIT CONSENT (id)`, `NOT_MEMBER as NAV`, `SAME`), in words."""
    whole = _WHOLE_CASE.match(told)
    code, _, rest = (whole[1] if whole else told).partition(" ")
    said = t(ANSWERS[code]) if code in ANSWERS else f"{t(ANSWERS['DENY'])}: {reason_word(t, code)}"
    why = rest.split(" (")[0]
    return f"{said}: {reason_word(t, why)}" if why else said


def all_words() -> Mapping[str, str]:
    """Every word here, for the test that each has its nynorsk."""
    return {**WHY_NOT, **RESTS_ON, **ANSWERS}
