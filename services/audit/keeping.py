"""What the audit service does with each record of the log: it keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from backbone.inbox import read
from backbone.log import LogRecord
from backbone.rows import Rows
from schemas.event import Envelope
from services.audit import trees
from services.audit.tables import RecordRow

COLUMNS = "case_id event_id source sequence type time actor actor_agency caused_by basis"
UNREAD: dict[str, Any] = dict.fromkeys(COLUMNS.split())


def keep(rows: Rows, records: Sequence[LogRecord]) -> None:
    """Keep records of one partition as they stand, with what can be read of them in columns for questions."""
    trees.grow(rows, records)
    for record in records:
        envelope = read(record).envelope
        columns = UNREAD if envelope is None else readable(envelope)
        rows.add(
            RecordRow,
            partition=record.partition,
            offset=record.offset,
            key=record.key,
            value=record.value,
            **columns,
        )


def readable(envelope: Envelope) -> dict[str, Any]:
    """The columns that questions are asked on."""
    return {
        "case_id": envelope.case_id,
        "event_id": envelope.id,
        "source": envelope.source,
        "sequence": envelope.sequence,
        "type": envelope.type,
        "time": envelope.time,
        "actor": envelope.actor,
        "actor_agency": envelope.actor_agency,
        "caused_by": envelope.caused_by,
        "basis": basis_of(bytes(envelope.data)),
    }


class _Decision(msgspec.Struct):
    basis: str | None = None


class _Based(msgspec.Struct):
    basis: str | None = None
    decisions: list[_Decision] = []


_based = msgspec.json.Decoder(_Based)


def basis_of(payload: bytes) -> str | None:
    """The legal bases and consents that an event says it rests on, each once, or None where it names none."""
    if b'"basis"' not in payload:
        return None
    try:
        found = _based.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    named = {each for each in (found.basis, *(decision.basis for decision in found.decisions)) if each}
    return ", ".join(sorted(named)).replace("\0", "\ufffd")[:500] or None
