"""What a correction does to the view of its case: it is folded anew as it should have been; the history keeps what was said first."""

from __future__ import annotations

from msgspec.structs import replace

from backbone.history import as_it_counts
from backbone.rows import Rows
from backbone.work import Service
from schemas.correction import Mark
from schemas.event import Fact
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after
from services.portal.folds import in_lists, on_event
from services.portal.repository import VIEWS


def remake(rows: Rows, service: Service, correction: Fact) -> None:
    """Add the correction to the history, and make the view anew."""
    on_event(rows, correction)
    case_id = correction.envelope.case_id
    view = CaseView(case_id=case_id)
    for fact, mark in as_it_counts(rows, case_id, own=service.name):
        view = replace(view, events=view.events + 1) if mark is Mark.VOIDED else after(view, fact)
    VIEWS.put(rows, view)
    in_lists(rows, view)
