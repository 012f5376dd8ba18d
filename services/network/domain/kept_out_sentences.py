"""Why a guardian is called to nothing, in words."""

from __future__ import annotations

from backbone.refusal import Sentence
from schemas.guardian_codes import KeptOut

KEPT_OUT_SENTENCES: dict[str, Sentence] = {
    KeptOut.GUARDIAN_RESTRICTED.value: Sentence(
        "Denne foresatte holdes utenfor saken: ingen innkalling, ikke tid og sted, ingen oppgaver og ingen referat. Snakk med den "
        "foresatte for seg selv hvis det trengs.",
        "Denne føresette blir halden utanfor saka: inga innkalling, ikkje tid og stad, ingen oppgåver og ingen referat. Snakk med den "
        "føresette for seg sjølv om det trengst.",
        "This guardian is kept out of the case: no call, no time or place, no tasks and no minutes. Talk with the guardian alone if need be.",
    ),
    KeptOut.GUARDIAN_REMOVED.value: Sentence(
        "Denne personen er ikke lenger foresatt i saken og får ikke vite noe om den.",
        "Denne personen er ikkje lenger føresett i saka og får ikkje vite noko om ho.",
        "This person is no longer a guardian in the case and is told nothing about it.",
    ),
    KeptOut.CARE_TAKEN_OVER.value: Sentence(
        "Barnevernet har omsorgen, og vedtaket lar ikke foreldrene få vite om møter, oppgaver og referat. Spør barnevernet.",
        "Barnevernet har omsorga, og vedtaket lèt ikkje foreldra få vite om møte, oppgåver og referat. Spør barnevernet.",
        "The child welfare service has care, and the decision does not let the parents know of meetings, tasks and minutes. Ask the child "
        "welfare service.",
    ),
}
"""By why somebody is kept out; said to whoever tries to call them, and to themselves."""
