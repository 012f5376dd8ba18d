"""The minutes of a case's meetings: versions, who got them, what was said to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from schemas.event import Fact
from schemas.minutes import (
    MinutesCommented,
    MinutesConfirmed,
    MinutesCorrected,
    MinutesDrafted,
    MinutesIssued,
    NoTasksDeclared,
)
from services.portal.domain.keeping import change_one
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class IssuedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version as it was issued."""

    number: int
    text_refs: tuple[str, ...]
    issued_on: date


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """What a receiver said to a version."""

    comment_id: str
    number: int
    person_id: str
    text_ref: str


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """The minutes of one meeting; `version` counts their events as their owner does."""

    meeting_id: str
    draft_refs: tuple[str, ...]
    versions: tuple[IssuedVersion, ...] = ()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    task_ids: tuple[str, ...] = ()
    no_tasks: bool = False
    receivers: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    confirmed_on: date | None = None
    version: int = 1

    @property
    def issued(self) -> bool:
        """True when somebody has got them."""
        return bool(self.versions)

    @property
    def number(self) -> int:
        """The version that counts; 0 while nothing is issued."""
        return self.versions[-1].number if self.versions else 0

    @property
    def text_refs(self) -> tuple[str, ...]:
        """The parts of the version that counts, or of the draft."""
        return self.versions[-1].text_refs if self.versions else self.draft_refs

    @property
    def waiting_comments(self) -> tuple[Comment, ...]:
        """What was said to the version that counts."""
        return tuple(comment for comment in self.comments if comment.number == self.number)


class MinutesOfCase(msgspec.Struct, frozen=True, kw_only=True):
    """Every meeting's minutes, the oldest first."""

    minutes: tuple[Minutes, ...] = ()

    def of(self, meeting_id: str | None) -> Minutes | None:
        """Those of one meeting."""
        return next((one for one in self.minutes if one.meeting_id == meeting_id), None)


def drafted(state: MinutesOfCase, event: MinutesDrafted, _: Fact) -> MinutesOfCase:
    """The first draft begins them; a later one takes its place."""
    if state.of(event.meeting_id) is None:
        begun = Minutes(meeting_id=event.meeting_id, draft_refs=event.text_refs)
        return replace(state, minutes=(*state.minutes, begun))
    return _change(state, event.meeting_id, lambda one: replace(one, draft_refs=event.text_refs))


def issued(state: MinutesOfCase, event: MinutesIssued, _: Fact) -> MinutesOfCase:
    """They were given to their receivers."""
    version = IssuedVersion(number=event.number, text_refs=event.text_refs, issued_on=event.issued_on)

    def take(one: Minutes) -> Minutes:
        return replace(
            one,
            versions=(version,),
            present=event.present,
            absent=event.absent,
            task_ids=event.task_ids,
            receivers=event.receivers,
        )

    return _change(state, event.meeting_id, take)


def no_tasks(state: MinutesOfCase, event: NoTasksDeclared, _: Fact) -> MinutesOfCase:
    """No tasks came of the meeting."""
    return _change(state, event.meeting_id, lambda one: replace(one, no_tasks=True))


def commented(state: MinutesOfCase, event: MinutesCommented, _: Fact) -> MinutesOfCase:
    """A receiver had something to say."""
    comment = Comment(
        comment_id=event.comment_id,
        number=event.number,
        person_id=event.person_id,
        text_ref=event.text_ref,
    )
    return _change(state, event.meeting_id, lambda one: replace(one, comments=(*one.comments, comment)))


def confirmed(state: MinutesOfCase, event: MinutesConfirmed, _: Fact) -> MinutesOfCase:
    """They are right."""
    return _change(state, event.meeting_id, lambda one: replace(one, confirmed_on=event.confirmed_on))


def corrected(state: MinutesOfCase, event: MinutesCorrected, _: Fact) -> MinutesOfCase:
    """A new version, to be confirmed anew."""
    version = IssuedVersion(number=event.number, text_refs=event.text_refs, issued_on=event.corrected_on)

    def take(one: Minutes) -> Minutes:
        return replace(one, versions=(*one.versions, version), confirmed_on=None)

    return _change(state, event.meeting_id, take)


def _change(state: MinutesOfCase, meeting_id: str, change: Callable[[Minutes], Minutes]) -> MinutesOfCase:
    def take(one: Minutes) -> Minutes:
        return replace(change(one), version=one.version + 1)

    return replace(state, minutes=change_one(state.minutes, "meeting_id", meeting_id, take))


CHANGES: dict[Any, Any] = {
    MinutesDrafted: drafted,
    MinutesIssued: issued,
    NoTasksDeclared: no_tasks,
    MinutesCommented: commented,
    MinutesConfirmed: confirmed,
    MinutesCorrected: corrected,
}
SECTION = Section(MinutesOfCase, CHANGES)
