"""The notifications as a thing that runs."""

from __future__ import annotations

from backbone import running
from backbone.work import Service
from services.notifications.addressing import addressing
from services.notifications.api import routes
from services.notifications.folds import FOLDS
from services.notifications.reactions import REACTIONS
from services.notifications.repository import CASES, UNADDRESSED, UNSETTLED, WAITING
from services.notifications.sending import sending
from services.notifications.tables import Table

SERVICE = Service(
    name="notifications",
    metadata=Table.metadata,
    folds=FOLDS,
    reactions=REACTIONS,
    by_case=(CASES,),
    numbers={
        "felles_mail_waiting": WAITING,
        "felles_mail_unsettled": UNSETTLED,
        "felles_escalations_waiting": UNADDRESSED,
    },
)
ROUTERS = [routes]


def main() -> None:
    """`python -m services.notifications`"""
    running.main(SERVICE, ROUTERS, companions=[sending, addressing])
