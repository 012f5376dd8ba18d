"""Forums (fora): a stream of their own with no link to a case. What is talked about is told without any name."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, ForumAdvice, ForumKind, Reason
from schemas.event import Event, event


@event("forum.opened")
class ForumOpened(Event, frozen=True, kw_only=True):
    """A forum was set up, with the one who leads it; the subject of its events is the forum."""

    kind: ForumKind
    lead_id: str
    lead_agency: Agency
    opened_on: date


@event("forum.member_joined")
class ForumMemberJoined(Event, frozen=True, kw_only=True):
    """Somebody joined a forum for their agency."""

    person_id: str
    agency: Agency
    joined_on: date


@event("forum.member_left")
class ForumMemberLeft(Event, frozen=True, kw_only=True):
    """Somebody left a forum."""

    person_id: str
    left_on: date


@event("forum.secrecy_declared")
class ForumSecrecyDeclared(Event, frozen=True, kw_only=True):
    """A member of a forum declared that they know their duty of secrecy there."""

    person_id: str
    text_version: str


@event("forum.session_held")
class ForumSessionHeld(Event, frozen=True, kw_only=True):
    """A forum met."""

    session_id: str
    held_on: date
    present: tuple[str, ...]


@event("forum.matter_discussed")
class ForumMatterDiscussed(Event, frozen=True, kw_only=True):
    """A matter was talked about without name, age or place: what it was about, and what the forum advised."""

    session_id: str
    matter_id: str
    themes: tuple[Reason, ...]
    advice: ForumAdvice
