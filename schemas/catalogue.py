"""Every module that declares events; importing this one fills the registry."""

from schemas import (
    audit,
    case,
    consent,
    contract,
    deadline,
    deviation,
    evaluation,
    information,
    meeting,
    network_group,
    operation,
)

__all__ = [
    "audit",
    "case",
    "consent",
    "contract",
    "deadline",
    "deviation",
    "evaluation",
    "information",
    "meeting",
    "network_group",
    "operation",
]
