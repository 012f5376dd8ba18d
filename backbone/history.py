"""What a service has folded about each case, and the making anew of its rows when something in it is corrected or struck.

A correction is a replay of one case: the rows of the case are dropped, and its events are folded again with the right values in the place
of the wrong ones and without what was struck. So a replay of the whole log, which meets the same events in the same order, gives the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Table

from backbone.rows import Rows
from backbone.tables import HistoryRow
from schemas.correction import Mark, RegistrationCorrected, RegistrationVoided, Resolved, resolved
from schemas.event import Fact, decode, encode

if TYPE_CHECKING:
    from backbone.work import Service


def keep(rows: Rows, fact: Fact) -> None:
    """Remember a fact as it was said."""
    envelope = fact.envelope
    rows.put(
        HistoryRow,
        case_id=envelope.case_id,
        source=envelope.source,
        sequence=envelope.sequence,
        event_id=envelope.id,
        said=msgspec.Raw(encode(envelope)),
    )


def concerns(rows: Rows, correction: Fact) -> bool:
    """True when what is corrected or struck has been folded here."""
    event = correction.event
    assert isinstance(event, (RegistrationCorrected, RegistrationVoided))
    meant = (
        [event.corrected_id]
        if isinstance(event, RegistrationCorrected)
        else [event.voided_id, *event.with_ids]
    )
    rows.flush()
    found = rows.session.connection().exec_driver_sql(
        "SELECT 1 FROM history WHERE case_id = %s AND event_id = ANY(%s) LIMIT 1",
        (correction.envelope.case_id, meant),
    )
    return found.first() is not None


def told(rows: Rows, case_id: str, *, own: str) -> list[Fact]:
    """What has been folded about a case, as it was said: the service's own events first, then the others', each in their order.

    A table is written by own events or by others', so they may be folded one after the other, as a replay does.
    """
    rows.flush()
    found = rows.session.connection().exec_driver_sql(
        "SELECT said::text FROM history WHERE case_id = %s ORDER BY source <> %s, place", (case_id, own)
    )
    return [decode(said.encode()) for (said,) in found]


def as_it_counts(rows: Rows, case_id: str, *, own: str) -> list[Resolved]:
    """The same, as it counts now."""
    return list(resolved(told(rows, case_id, own=own)))


def remake(rows: Rows, service: Service, correction: Fact) -> None:
    """Make every replayed row of the case anew from its history."""
    case_id = correction.envelope.case_id
    wait_for_case(rows, case_id)
    history = as_it_counts(rows, case_id, own=service.name)
    drop_rows(rows, service, case_id)
    for fact, mark in history:
        fold = service.folds.get(type(fact.event))
        if fold is not None and mark is not Mark.VOIDED:
            fold(rows, fact)


def wait_for_case(rows: Rows, case_id: str) -> None:
    """Take the case lock, as a command does: nobody may add to the history of the case while its rows are made anew from it."""
    rows.flush()
    rows.session.connection().exec_driver_sql(
        "INSERT INTO case_head (case_id, sequence) VALUES (%s, 0)"
        " ON CONFLICT (case_id) DO UPDATE SET case_id = excluded.case_id",
        (case_id,),
    )


def drop_rows(rows: Rows, service: Service, case_id: str) -> None:
    """Forget what the case's events had written, in memory too."""
    rows.flush()
    for table in remade_tables(service):
        rows.session.connection().exec_driver_sql(
            f'DELETE FROM "{table.name}" WHERE case_id = %s', (case_id,)
        )
    rows.states.clear()


def remade_tables(service: Service) -> list[Table]:
    """The service's own replayed tables of cases; a fold writes no other (a test holds them to it)."""
    return [
        table
        for table in service.metadata.sorted_tables
        if table.info.get("replayed") and "case_id" in table.columns
    ]
