"""What newer deadlines, and the codes of what meets them, are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.consent_loss import LossDecision
from services.portal.texts import N_

DEADLINE_CODES: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    LossDecision: {
        LossDecision.GOES_ON_WITHOUT: N_("Vi fortsetter uten"),
        LossDecision.ASK_ANEW: N_("Vi ber om samtykke på nytt"),
        LossDecision.CHANGE_THE_CONTRACT: N_("Vi endrer kontrakten"),
        LossDecision.END_IT: N_("Vi avslutter"),
    },
}

DISCLOSURE_DEADLINES: dict[str, tuple[str, str]] = {
    "C5-TELL": (N_("Fortelle ungdommen om delingen"), N_("Ungdommen er ikke fortalt om en deling ennå.")),
    "C5-FOLLOW": (
        N_("Følge opp en deling uten samtykke"),
        N_("Da noe ble delt uten samtykke, ble denne dagen satt for å følge det opp."),
    ),
}

STANDING_DEADLINES: dict[str, tuple[str, str]] = {
    "S-BEGIN": (
        N_("Komme i gang med saken"),
        N_("Saken er opprettet av en henvendelse, og ingenting er avtalt med ungdommen ennå."),
    ),
    "S-PAUSE": (N_("Ta saken opp igjen"), N_("Saken er satt på vent til denne dagen, senest.")),
    "S-ENDED": (
        N_("Registrere at tiden er ute"),
        N_(
            "Sluttdatoen kommer. Evaluering, etteroppfølging og oppbevaring regnes fra at noen registrerer det."
        ),
    ),
    "S-CLOSE": (N_("Avslutte saken"), N_("Kontrakten eller planen er over, og saken står åpen.")),
}
