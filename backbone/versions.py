"""Versions after a correction: whoever saw the case before it has seen another case, and is told so when they act on what they saw.

A version counts the events of its aggregate. Something struck would make it lower, something corrected leave it as it was: so a
correction, in its place among the events, makes everything in the case newer by as much as it can have taken away, and one more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from backbone.rows import Rows, Shelf, table_of
from backbone.work import Fold
from schemas.correction import CORRECTIONS, newer_by
from schemas.event import Event, Fact


def newer_after_corrections(
    folds: Mapping[type[Event], Fold], source: str, shelves: Sequence[Shelf[Any]]
) -> dict[type[Event], Fold]:
    """The folds, and after what they make of a correction that the service `source` has made: newer versions on its shelves (their rows
    have a `case_id`).
    """

    def fold(rows: Rows, fact: Fact) -> None:
        known = folds.get(type(fact.event))
        if known is not None:
            known(rows, fact)
        if fact.envelope.source != source:
            return
        for shelf in shelves:
            column = table_of(shelf.row).c.case_id
            for state in shelf.where(rows, column == fact.envelope.case_id):
                shelf.put(rows, replace(state, version=state.version + newer_by(fact.event)))

    return {**folds, **dict.fromkeys(CORRECTIONS, fold)}
