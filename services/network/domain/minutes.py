"""Minutes (referat) of a meeting: drafted, issued with attendance and tasks, commented, confirmed, corrected by a new version."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import MinutesChange
from schemas.event import Event
from schemas.minutes import (
    MinutesCommented,
    MinutesConfirmed,
    MinutesCorrected,
    MinutesDrafted,
    MinutesIssued,
    NoTasksDeclared,
)
from services.network.domain import agenda
from services.network.domain import task as tasks
from services.network.domain.group import Group
from services.network.domain.meeting import OWN_RECORD, Meeting
from services.network.domain.refusals import conflict, refused
from services.network.domain.task import Task


class MinutesStatus(StrEnum):
    """Where minutes stand."""

    DRAFTED = "DRAFTED"
    ISSUED = "ISSUED"
    CONFIRMED = "CONFIRMED"


class NewTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task that came of the meeting: one owner, one due date; the words lie in the vault."""

    task_id: str
    owner_id: str
    due_on: date
    text_ref: str | None = None


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the minutes as it was issued; it never changes."""

    number: int
    text_refs: tuple[str, ...]
    issued_on: date
    reason: MinutesChange | None = None


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """What a receiver had to say to a version."""

    comment_id: str
    number: int
    person_id: str
    text_ref: str
    commented_on: date


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """The minutes of one meeting as their events tell them; `version` counts the events, `number` the issued versions."""

    case_id: str
    meeting_id: str
    draft_refs: tuple[str, ...]
    status: MinutesStatus = MinutesStatus.DRAFTED
    versions: tuple[Version, ...] = ()
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
        """True from the moment they were given to somebody."""
        return self.status is not MinutesStatus.DRAFTED

    @property
    def number(self) -> int:
        """The version that counts; 0 while nothing is issued."""
        return self.versions[-1].number if self.versions else 0

    @property
    def waiting_comments(self) -> tuple[Comment, ...]:
        """What has been said about the version that counts."""
        return tuple(comment for comment in self.comments if comment.number == self.number)

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def comment(self, person_id: str, *, comment_id: str, text_ref: str, today: date) -> list[Event]:
        """A receiver has something to say. Raises Refused and Conflict."""
        if not self.issued:
            raise conflict("MINUTES_NOT_ISSUED")
        if self.status is MinutesStatus.CONFIRMED:
            raise conflict("MINUTES_CONFIRMED_ALREADY")
        if person_id not in self.receivers:
            raise refused("NOT_A_RECEIVER", field="person_id")
        if any(known.comment_id == comment_id for known in self.comments):
            raise conflict("COMMENT_EXISTS", field="comment_id")
        return [
            MinutesCommented(
                meeting_id=self.meeting_id,
                comment_id=comment_id,
                number=self.number,
                person_id=person_id,
                text_ref=text_ref,
                commented_on=today,
            )
        ]

    def confirm(self, *, comments_considered: bool, today: date) -> list[Event]:
        """The version that counts is right. Raises Refused and Conflict."""
        if not self.issued:
            raise conflict("MINUTES_NOT_ISSUED")
        if self.status is MinutesStatus.CONFIRMED:
            raise conflict("MINUTES_CONFIRMED_ALREADY")
        if self.waiting_comments and not comments_considered:
            raise refused("COMMENTS_WAIT", field="comments_considered")
        return [MinutesConfirmed(meeting_id=self.meeting_id, number=self.number, confirmed_on=today)]

    def correct(
        self,
        text_refs: tuple[str, ...],
        *,
        reason: MinutesChange,
        today: date,
        kept_out: Collection[str] = (),
    ) -> list[Event]:
        """A new version to the same receivers, to be confirmed anew; those who are kept out since get none. Raises Refused and Conflict."""
        if not self.issued:
            raise conflict("MINUTES_NOT_ISSUED")
        _refuse_empty(text_refs)
        if text_refs == self.versions[-1].text_refs:
            raise refused("NOTHING_CHANGED", field="text_refs")
        return [
            MinutesCorrected(
                meeting_id=self.meeting_id,
                number=self.number + 1,
                text_refs=text_refs,
                receivers=tuple(one for one in self.receivers if one not in kept_out),
                reason=reason,
                corrected_on=today,
            )
        ]

    def after(self, event: Event) -> Minutes:
        """The minutes after one more event of their own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case MinutesDrafted():
                return replace(changed, draft_refs=event.text_refs)
            case MinutesIssued():
                issued = Version(number=event.number, text_refs=event.text_refs, issued_on=event.issued_on)
                return replace(
                    changed,
                    status=MinutesStatus.ISSUED,
                    versions=(issued,),
                    present=event.present,
                    absent=event.absent,
                    task_ids=event.task_ids,
                    receivers=event.receivers,
                )
            case NoTasksDeclared():
                return replace(changed, no_tasks=True)
            case MinutesCommented():
                comment = Comment(
                    comment_id=event.comment_id,
                    number=event.number,
                    person_id=event.person_id,
                    text_ref=event.text_ref,
                    commented_on=event.commented_on,
                )
                return replace(changed, comments=(*self.comments, comment))
            case MinutesConfirmed():
                return replace(changed, status=MinutesStatus.CONFIRMED, confirmed_on=event.confirmed_on)
            case MinutesCorrected():
                corrected = Version(
                    number=event.number,
                    text_refs=event.text_refs,
                    issued_on=event.corrected_on,
                    reason=event.reason,
                )
                versions = (*self.versions, corrected)
                return replace(changed, status=MinutesStatus.ISSUED, versions=versions, confirmed_on=None)
        return changed


def begun(case_id: str, event: MinutesDrafted) -> Minutes:
    """The minutes that the first draft begins."""
    return Minutes(case_id=case_id, meeting_id=event.meeting_id, draft_refs=event.text_refs)


def draft(meeting: Meeting, minutes: Minutes | None, text_refs: tuple[str, ...]) -> list[Event]:
    """Minutes are written, for the first time or anew, and given to nobody yet. Raises Refused and Conflict."""
    if meeting.kind in OWN_RECORD:
        raise refused("MINUTES_IN_OWN_RECORD")
    if not meeting.held:
        raise conflict("NOT_HELD_YET")
    if minutes is not None and minutes.issued:
        raise conflict("MINUTES_ALREADY_ISSUED")
    _refuse_empty(text_refs)
    return [MinutesDrafted(meeting_id=meeting.meeting_id, text_refs=text_refs)]


def issue(
    meeting: Meeting,
    minutes: Minutes | None,
    group: Group,
    *,
    receivers: tuple[str, ...],
    new_tasks: tuple[NewTask, ...],
    known_tasks: tuple[Task, ...],
    no_tasks: bool,
    later: tuple[Meeting, ...],
    today: date,
) -> list[Event]:
    """The draft is given to its receivers, with the tasks that came of the meeting or the word that there are none.

    `known_tasks` are those of the meeting that were assigned before; `later` the meetings that are called: the next of the same kind
    takes over what nothing has come of. Raises Refused and Conflict.
    """
    if minutes is None:
        raise conflict("MINUTES_NOT_DRAFTED")
    if minutes.issued:
        raise conflict("MINUTES_ALREADY_ISSUED")
    agenda.refuse_unsaid(meeting)
    wanted = tuple(dict.fromkeys(receivers))
    if not wanted:
        raise refused("NO_RECEIVERS", field="receivers")
    if set(wanted) - group.present:
        raise refused("RECEIVER_NOT_MEMBER", field="receivers")
    _refuse_tasks(new_tasks, known_tasks, no_tasks=no_tasks)
    assigned = [event for task in new_tasks for event in _assigned(task, group, meeting, today)]
    task_ids = (*(task.task_id for task in known_tasks), *(task.task_id for task in new_tasks))
    out = MinutesIssued(
        meeting_id=meeting.meeting_id,
        kind=meeting.kind,
        number=1,
        text_refs=minutes.draft_refs,
        present=meeting.present,
        absent=meeting.absent,
        task_ids=task_ids,
        receivers=wanted,
        issued_on=today,
    )
    none = [NoTasksDeclared(meeting_id=meeting.meeting_id, declared_on=today)] if no_tasks else []
    waiting = sorted((m for m in later if m.waits and m.kind is meeting.kind), key=lambda m: m.starts_at)
    carried = agenda.carry(meeting, waiting[0].meeting_id, meeting.kind) if waiting else []
    return [*assigned, *none, out, *carried]


def _assigned(task: NewTask, group: Group, meeting: Meeting, today: date) -> list[Event]:
    return tasks.assign(
        group,
        task_id=task.task_id,
        owner_id=task.owner_id,
        due_on=task.due_on,
        source_id=meeting.meeting_id,
        text_ref=task.text_ref,
        today=today,
    )


def _refuse_tasks(new: tuple[NewTask, ...], known: tuple[Task, ...], *, no_tasks: bool) -> None:
    ids = [task.task_id for task in new] + [task.task_id for task in known]
    if len(set(ids)) < len(ids):
        raise refused("TASK_TWICE", field="tasks")
    if not ids and not no_tasks:
        raise refused("TASKS_OR_NONE", field="tasks")
    if ids and no_tasks:
        raise refused("TASKS_AND_NONE", field="no_tasks")


def _refuse_empty(text_refs: tuple[str, ...]) -> None:
    if not text_refs:
        raise refused("MINUTES_EMPTY", field="text_refs")
