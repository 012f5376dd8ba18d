"""Deposits that no event ever named, as those of a form that was never sent: destroyed after seven days.

A deposit comes before the event that names it, and that event lies in another service's outbox before it is on
the log. So nothing is destroyed before the log has been read to its end, and every service that names deposits has been
heard on a later day than the deposit's last: what it recorded earlier has been read by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from backbone.clock import Moment
from backbone.inbox import Inbox
from backbone.logs import logger
from backbone.rows import Rows
from backbone.work import service_actor, work_on
from schemas.event import Envelope
from services.sharing import youth_index
from services.sharing.domain.archive_words import ISSUED
from services.sharing.keys import KeyStore
from services.sharing.tables import HeardRow, IssuedRow, NamedRow
from services.sharing.vault import deposits_wait

log = logger(__name__)
KEPT = timedelta(days=7)
AT_ONCE = 200
NAMING = frozenset({"contracts", "network"})
"""Services that are known to name deposits; whoever else has named one joins them."""
NO_NAMING = frozenset({"opening.decided", "receipt.requested", "case.exported_to_archive"})
"""Events about what somebody saw: that it was looked at does not make it part of a case."""

LAPSING = """
SELECT DISTINCT case_id FROM content WHERE lapses_from <= %s
AND NOT EXISTS (SELECT 1 FROM parked WHERE parked.case_id = content.case_id) LIMIT %s
"""
KEEP_NAMED = (
    "UPDATE content SET lapses_from = NULL FROM named WHERE named.ref = content.ref AND lapses_from <= %s"
)
HEARD = """
SELECT CASE WHEN bool_and(last_on IS NOT NULL) THEN min(last_on) END FROM (
    SELECT max(recorded_on) AS last_on
    FROM (SELECT source FROM named WHERE source <> 'sharing' UNION SELECT unnest(%s::text[])) AS naming
    LEFT JOIN heard USING (source) GROUP BY source
) AS every
"""
DROP = """
DELETE FROM content WHERE case_id = %s AND lapses_from <= %s
AND NOT EXISTS (SELECT 1 FROM named WHERE named.ref = content.ref) RETURNING about_id
"""


def note_names(rows: Rows, envelope: Envelope) -> None:
    """Write down which deposits an event names, whatever its type, which it makes documents of the case, and how far its service has been
    heard.
    """
    if envelope.source != "sharing":
        rows.put(
            HeardRow, source=envelope.source, recorded_on=envelope.time.astimezone(UTC).date().isoformat()
        )
    if envelope.type not in NO_NAMING:
        for ref in set(refs_in(msgspec.json.decode(envelope.data))):
            rows.put(NamedRow, ref=ref, source=envelope.source)
            if envelope.type in ISSUED:
                said = {"event_id": envelope.id, "type": envelope.type, "recorded_at": envelope.time}
                rows.put(IssuedRow, ref=ref, **said)


def refs_in(data: Any, *, named: bool = False) -> Iterator[str]:
    """Every reference in an event's data: what stands under a name that ends with `ref` or `refs`."""
    match data:
        case str() if named:
            yield data
        case dict():
            for name, value in data.items():
                yield from refs_in(value, named=named or is_reference(name))
        case list():
            for value in data:
                yield from refs_in(value, named=named)


def is_reference(name: str) -> bool:
    """True for the name of a field that holds references to deposits."""
    return name in ("ref", "refs") or name.endswith(("_ref", "_refs"))


def destroy_unnamed(
    inbox: Inbox, keys: KeyStore, *, moment: Moment, log_ends: Callable[[], Mapping[int, int]]
) -> int:
    """Destroy what has lain seven days unnamed, and keep for good what has been named; gives how many pieces
    were destroyed.
    """
    with inbox.engine.begin() as connection:
        connection.exec_driver_sql(KEEP_NAMED, (moment.decided_at - KEPT,))
        before = min(moment.decided_at, _all_heard_on(connection)) - KEPT
        cases = list(connection.exec_driver_sql(LAPSING, (before, AT_ONCE)).scalars())
    if not cases or not inbox.has_read(log_ends()):
        return 0
    return sum(_destroy(inbox, keys, case_id, before, moment) for case_id in cases)


def _all_heard_on(connection: Connection) -> datetime:
    """The beginning of the last day until which every service that names deposits has been heard; long ago when
    one never was.
    """
    found = connection.exec_driver_sql(HEARD, (list(NAMING),)).scalar_one()
    return (
        datetime.combine(date.fromisoformat(found), time(), UTC)
        if found
        else datetime.min.replace(tzinfo=UTC) + KEPT
    )


def _destroy(inbox: Inbox, keys: KeyStore, case_id: str, before: datetime, moment: Moment) -> int:
    actor = service_actor(inbox.service.name)
    with work_on(inbox.engine, inbox.service, moment=moment, actor=actor) as work:
        deposits_wait(work, case_id)
        connection = work.session.connection()
        gone = list(connection.exec_driver_sql(DROP, (case_id, before)).scalars())
        left = connection.exec_driver_sql(
            "SELECT DISTINCT about_id FROM content WHERE case_id = %s", (case_id,)
        )
        youth_index.forget_gone(work, case_id)
        for person_id in set(gone) - set(left.scalars()):
            keys.forget((case_id, person_id))
    if gone:
        log.info("unnamed_deposits_destroyed", case_id=case_id, count=len(gone))
    return len(gone)
