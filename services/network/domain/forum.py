"""A forum (KOG): members and secrecy of its own, no case. What is talked about is told so that nobody can be recognised."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import msgspec
from msgspec.structs import replace

from schemas.codes import Agency, ForumAdvice, ForumKind, Reason
from schemas.event import Event
from schemas.forum import (
    ForumMatterDiscussed,
    ForumMemberJoined,
    ForumMemberLeft,
    ForumOpened,
    ForumSecrecyDeclared,
    ForumSessionHeld,
)
from services.network.domain.forum_work import ForumWork
from services.network.domain.refusals import conflict, refused

RECOGNISABLE = (
    re.compile(r"\d[\d .\-]{6,}\d"),
    re.compile(r"\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b"),
    re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
)
"""Telephone numbers and other long numbers, dates, e-mail addresses."""


class ForumMember(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a forum; `declared` is the text of secrecy that they declared on."""

    person_id: str
    agency: Agency
    declared: str | None = None


class Forum(msgspec.Struct, frozen=True, kw_only=True):
    """A forum as its events tell it. `case_id` is its own stream; no case is meant by it."""

    case_id: str
    kind: ForumKind
    lead_id: str
    members: tuple[ForumMember, ...] = ()
    sessions: dict[str, tuple[str, ...]] = {}
    """Session → the matters talked about there."""
    work: ForumWork = ForumWork()
    version: int = 1

    @classmethod
    def opened(cls, forum_id: str, event: ForumOpened) -> Forum:
        """The forum that the event sets up; its lead is its first member."""
        lead = ForumMember(person_id=event.lead_id, agency=event.lead_agency)
        return cls(case_id=forum_id, kind=event.kind, lead_id=event.lead_id, members=(lead,))

    @property
    def names_matters(self) -> bool:
        """True for KOG alone: the others' guides keep them free of single cases."""
        return self.kind is ForumKind.KOG

    def member(self, person_id: str) -> ForumMember | None:
        """This person in the forum, if they are."""
        return next((member for member in self.members if member.person_id == person_id), None)

    def join(self, person_id: str, *, agency: Agency, today: date) -> list[Event]:
        """Somebody joins. Raises Conflict."""
        if self.member(person_id) is not None:
            raise conflict("MEMBER_ALREADY", field="person_id")
        return [ForumMemberJoined(person_id=person_id, agency=agency, joined_on=today)]

    def leave(self, person_id: str, *, today: date) -> list[Event]:
        """Somebody leaves. Raises Refused and Conflict."""
        if self.member(person_id) is None:
            raise conflict("NOT_A_MEMBER", field="person_id")
        if person_id == self.lead_id:
            raise refused("FORUM_LEAD_STAYS", field="person_id")
        return [ForumMemberLeft(person_id=person_id, left_on=today)]

    def declare(self, person_id: str, *, text_version: str) -> list[Event]:
        """A member declares secrecy for this forum. Raises Conflict."""
        member = self.member(person_id)
        if member is None:
            raise conflict("NOT_A_MEMBER")
        if member.declared == text_version:
            raise conflict("DECLARED_ALREADY", field="text_version")
        return [ForumSecrecyDeclared(person_id=person_id, text_version=text_version)]

    def meet(self, session_id: str, *, held_on: date, present: tuple[str, ...], today: date) -> list[Event]:
        """The forum met; everybody there is a member, who in KOG has declared secrecy. Raises Refused and Conflict."""
        if session_id in self.sessions:
            raise conflict("SESSION_EXISTS", field="session_id")
        self.work.refuse_closed()
        if held_on > today:
            raise refused("HELD_IN_FUTURE", field="held_on")
        if not present:
            raise refused("NOBODY_PRESENT", field="present")
        members = [self.member(person) for person in present]
        if self.names_matters and any(member is None or member.declared is None for member in members):
            raise refused("FORUM_SECRECY_FIRST", field="present")
        if any(member is None for member in members):
            raise refused("NOT_IN_FORUM", field="present")
        return [
            ForumSessionHeld(session_id=session_id, held_on=held_on, present=tuple(dict.fromkeys(present)))
        ]

    def discuss(
        self, session_id: str, matter_id: str, *, themes: tuple[Reason, ...], advice: ForumAdvice
    ) -> list[Event]:
        """A matter was talked about in a session, without name. Raises Refused and Conflict."""
        if not self.names_matters:
            raise refused("ONLY_KOG_DISCUSSES")
        if session_id not in self.sessions:
            raise refused("NO_SUCH_SESSION", field="session_id")
        if any(matter_id in matters for matters in self.sessions.values()):
            raise conflict("MATTER_EXISTS", field="matter_id")
        if not themes:
            raise refused("THEMES_MISSING", field="themes")
        return [
            ForumMatterDiscussed(
                session_id=session_id,
                matter_id=matter_id,
                themes=tuple(dict.fromkeys(themes)),
                advice=advice,
            )
        ]

    def after(self, event: Event) -> Forum:
        """The forum after one more event of its own."""
        changed = replace(self, version=self.version + 1, work=self.work.after(event))
        match event:
            case ForumMemberJoined():
                joined = ForumMember(person_id=event.person_id, agency=event.agency)
                return replace(changed, members=(*self.members, joined))
            case ForumMemberLeft():
                rest = tuple(m for m in self.members if m.person_id != event.person_id)
                return replace(changed, members=rest)
            case ForumSecrecyDeclared():
                declared = tuple(
                    replace(m, declared=event.text_version) if m.person_id == event.person_id else m
                    for m in self.members
                )
                return replace(changed, members=declared)
            case ForumSessionHeld():
                return replace(changed, sessions={**self.sessions, event.session_id: ()})
            case ForumMatterDiscussed():
                matters = (*self.sessions.get(event.session_id, ()), event.matter_id)
                return replace(changed, sessions={**self.sessions, event.session_id: matters})
        return changed


def refuse_recognisable(text: str, names_somebody: Callable[[str], bool]) -> None:
    """Raise Refused when a text has something in it by which somebody could be found: identity numbers, other long numbers, dates,
    e-mail addresses. `names_somebody` says whether an identity number stands in it.
    """
    if names_somebody(text) or any(pattern.search(text) for pattern in RECOGNISABLE):
        raise refused("NAMELESS", field="text")
