"""`python -m services.sharing releases`: every opening in this service's own table, a line each, to be held against the log.

The first line says when the list was made. Ids and a digest: nothing that was decided is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import psycopg

from backbone.clock import Clock
from backbone.database import plain_url
from backbone.settings import Settings
from schemas.information import opening_digest
from services.sharing.repository import Opening

QUERY = """
SELECT opening.case_id, opening.sequence, opening.opening_id, opening.state::text, outbox.recorded_at
FROM opening LEFT JOIN outbox USING (case_id, sequence)
"""
_opening = msgspec.json.Decoder(Opening)


def lines(settings: Settings) -> Iterator[dict[str, Any]]:
    """The lines, from one snapshot of the table. Raises psycopg.OperationalError when the database does not answer."""
    yield {"listed_at": Clock().moment().real_at.isoformat()}
    url = plain_url(settings.database("sharing"))
    with psycopg.connect(url) as connection, connection.cursor(name="releases") as cursor:
        cursor.itersize = 2000
        cursor.execute(QUERY.encode())
        for case_id, sequence, opening_id, state, recorded_at in cursor:
            yield {
                "case_id": case_id,
                "sequence": sequence,
                "opening_id": opening_id,
                "digest": opening_digest(_opening.decode(state).event),
                "recorded_at": recorded_at.isoformat() if recorded_at else None,
            }


def write(settings: Settings) -> int:
    """Print the list; 2 when it cannot be had."""
    try:
        for line in lines(settings):
            print(msgspec.json.encode(line).decode())
    except psycopg.OperationalError as error:
        print(msgspec.json.encode({"failed": type(error).__name__}).decode())
        return 2
    return 0
