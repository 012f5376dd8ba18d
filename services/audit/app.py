"""The audit service: the log as it stands, in a store of its own."""

from __future__ import annotations

from backbone import running
from backbone.work import Service
from services.audit import api, tree_api
from services.audit.keeping import keep
from services.audit.tables import Table

SERVICE = Service(name="audit", metadata=Table.metadata, folds={}, reactions={}, keep=keep)


ROUTERS = [api.routes, tree_api.routes]


def main() -> None:
    """Serve, or whatever the command line says."""
    running.main(SERVICE, ROUTERS)
