"""What requests for correction, and what else somebody waits to hear of, are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.correction_request import CorrectionRefusal
from services.portal.texts import N_

ASKED_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    CorrectionRefusal: {
        CorrectionRefusal.RIGHT_AS_IT_STANDS: N_("Det som står, er riktig"),
        CorrectionRefusal.SOMEBODYS_OWN_WORDS: N_("Det er en annens egne ord, og de blir stående"),
        CorrectionRefusal.CANNOT_BE_SETTLED: N_("Det lar seg ikke avgjøre hva som er riktig"),
        CorrectionRefusal.COMES_FROM_ELSEWHERE: N_("Det må rettes hos dem opplysningen kommer fra"),
    },
}
ASKED_DEADLINES: dict[str, tuple[str, str]] = {
    "D-19": (
        N_("Avgjøre om kontrakten forlenges"),
        N_("En lengre kontrakt er foreslått. Alle må ha svart i god tid før den gamle går ut."),
    ),
    "D-48": (
        N_("Svare på et ønske om retting"),
        N_("Noen har sagt fra om at noe er ført feil, og skal få svar."),
    ),
}
