"""What the statistics' cohorts, their results and their deadline are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.register_codes import CohortResult, CohortSkipped, RelapseDefinition
from services.portal.texts import N_

COHORT_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    RelapseDefinition: {
        RelapseDefinition.NEW_REPORT: N_("Ny anmeldelse"),
        RelapseDefinition.NEW_CHARGE: N_("Ny siktelse"),
        RelapseDefinition.NEW_SANCTION: N_("Ny straff eller annen reaksjon"),
    },
    CohortResult: {
        CohortResult.COUNTED: N_("Vi har fått et antall"),
        CohortResult.TOO_FEW: N_("Etaten oppgir at det er for få til å gi et tall"),
        CohortResult.SKIPPED: N_("Det blir ikke målt"),
    },
    CohortSkipped: {
        CohortSkipped.NOT_HANDED_BACK: N_("Etaten har ikke gitt noe tall"),
        CohortSkipped.NO_LEGAL_BASIS: N_("Det er ikke hjemmel for å hente tallet"),
        CohortSkipped.NOT_COMPARABLE: N_("Tallet kan ikke sammenlignes"),
    },
}
COHORT_DEADLINES: dict[str, tuple[str, str]] = {
    "D-33": (
        N_("Måle tilbakefall etter tre år"),
        N_("Det er snart tre år siden året var slutt. Be etaten om ett samlet tall."),
    ),
}
OF_A_COHORT = frozenset(COHORT_DEADLINES)
"""The deadlines that belong to a cohort and to no case."""
