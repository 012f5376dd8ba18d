"""The contracts service, put together."""

from __future__ import annotations

from backbone import running
from backbone.history import remake
from backbone.versions import newer_after_corrections
from backbone.work import Service
from services.contracts import corrections
from services.contracts.api import (
    breaches,
    cases,
    cohorts,
    contracts,
    correction_requests,
    deviations,
    guardians,
    picked_offers,
    recognition,
    referrals,
    registers,
    youth_plans,
)
from services.contracts.asked_corrections import REQUEST_FOLDS, REQUEST_REACTIONS
from services.contracts.cohorts import COHORT_FOLDS
from services.contracts.folds import FOLDS
from services.contracts.reactions import REACTIONS
from services.contracts.registers import REGISTER_FOLDS
from services.contracts.repository import CASES, CONTRACTS, DEVIATIONS, PLANS, REFERRALS
from services.contracts.tables import Table

VERSIONED = (CASES, CONTRACTS, PLANS, DEVIATIONS, REFERRALS)
SERVICE = Service(
    name="contracts",
    metadata=Table.metadata,
    folds=newer_after_corrections(
        {**FOLDS, **REGISTER_FOLDS, **COHORT_FOLDS, **REQUEST_FOLDS}, "contracts", VERSIONED
    ),
    reactions={**REACTIONS, **REQUEST_REACTIONS},
    remake=remake,
)
ROUTERS = [
    referrals.routes,
    recognition.routes,
    registers.routes,
    cohorts.routes,
    picked_offers.routes,
    cases.routes,
    guardians.routes,
    contracts.routes,
    youth_plans.routes,
    deviations.routes,
    breaches.routes,
    corrections.routes,
    correction_requests.routes,
]


def main() -> None:
    """Run it."""
    running.main(SERVICE, ROUTERS)
