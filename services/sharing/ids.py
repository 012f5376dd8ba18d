"""Ids that those who ask choose themselves: each begins one thing, once, in one case."""

from __future__ import annotations

from backbone.refusal import Conflict, Sentence
from backbone.work import Work

ID_TAKEN = Sentence(
    "Dette er alt registrert. Last siden på nytt for å se det.",
    "Dette er alt registrert. Last sida på nytt for å sjå det.",
    "This has been registered already. Reload the page to see it.",
)
TAKEN = {
    "consent_id": "SELECT 1 FROM consent WHERE consent_id = %s",
    "disclosure_id": "SELECT 1 FROM disclosure WHERE disclosure_id = %s",
    "act_id": "SELECT 1 FROM duty WHERE act_id = %s",
}


def refuse_taken(work: Work, **chosen: str) -> None:
    """Raise Conflict where something, in this case or another, has the id: to begin it again would undo what has been said of it since.

    Two who choose the same id in two cases wait for each other: the lock of a case does not keep them apart.
    """
    work.flush()
    connection = work.session.connection()
    for field, one in chosen.items():
        connection.exec_driver_sql(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{field} {one}",)
        )
        if connection.exec_driver_sql(TAKEN[field], (one,)).first() is not None:
            raise Conflict("ID_TAKEN", ID_TAKEN, field=field)
