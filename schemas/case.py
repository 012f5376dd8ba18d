"""The life of a case."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, EndingReason, Programme
from schemas.event import Event, event


@event("case.opened")
class CaseOpened(Event, frozen=True, kw_only=True):
    """A case was opened for a youth, with one named contact person."""

    programme: Programme
    municipality_no: str
    owner_agency: Agency
    lead_id: str
    youth_id: str


@event("case.closed")
class CaseClosed(Event, frozen=True, kw_only=True):
    """A case was closed; nothing is followed up in it any more."""

    reason: EndingReason
    closed_on: date
