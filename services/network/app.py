"""The network service, put together."""

from __future__ import annotations

from backbone import running
from backbone.history import remake
from backbone.versions import newer_after_corrections
from backbone.work import Service
from services.network import (
    api,
    corrections,
    forum_work_api,
    group_api,
    local_contact_api,
    looking_back_api,
    meeting_api,
    record_api,
    task_api,
)
from services.network.folds import FOLDS
from services.network.reactions import REACTIONS
from services.network.repository import GROUPS, MEETINGS, MINUTES, TASKS
from services.network.tables import Table

VERSIONED = (GROUPS, MEETINGS, TASKS, MINUTES)
SERVICE = Service(
    name="network",
    metadata=Table.metadata,
    folds=newer_after_corrections(FOLDS, "network", VERSIONED),
    reactions=REACTIONS,
    remake=remake,
)
ROUTERS = [
    api.routes,
    meeting_api.routes,
    looking_back_api.routes,
    task_api.routes,
    group_api.routes,
    record_api.routes,
    forum_work_api.routes,
    local_contact_api.routes,
    corrections.routes,
]


def main() -> None:
    """Run it."""
    running.main(SERVICE, ROUTERS)
