"""Every module that declares events; importing this one fills the registry."""

from schemas import (
    access,
    audit,
    case,
    consent,
    contract,
    deadline,
    deviation,
    disclosure,
    evaluation,
    information,
    meeting,
    network_group,
    operation,
    protection,
    receipt,
    retention,
)

__all__ = [
    "access",
    "audit",
    "case",
    "consent",
    "contract",
    "deadline",
    "deviation",
    "disclosure",
    "evaluation",
    "information",
    "meeting",
    "network_group",
    "operation",
    "protection",
    "receipt",
    "retention",
]
