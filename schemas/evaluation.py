"""Evaluations: midway and at the end."""

from __future__ import annotations

from datetime import date

from schemas.codes import EvaluationKind
from schemas.event import Event, event


@event("evaluation.held")
class EvaluationHeld(Event, frozen=True, kw_only=True):
    """A contract was evaluated with the youth; scores and words in the vault."""

    evaluation_id: str
    contract_id: str
    kind: EvaluationKind
    held_on: date
    text_ref: str | None = None
