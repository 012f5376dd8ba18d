"""What the network service adds to correcting and striking: who leads a group, and what right values must fit."""

from __future__ import annotations

from msgspec.structs import replace

from backbone.corrections import Corrections, correction_routes
from backbone.refusal import found
from backbone.work import Work
from schemas.codes import ProtectionLevel
from schemas.event import Event
from schemas.meeting import MeetingCalled, MeetingHeld
from schemas.task import TaskAssigned, TaskCompleted
from services.network.access import group_for_member
from services.network.domain.refusals import refused
from services.network.domain.times import day_of
from services.network.repository import CASES, GROUPS, MEETINGS, TASKS


def leads(work: Work, case_id: str) -> bool:
    """Whether the actor is lead, deputy or secretary. Raises NotFound for somebody outside the group."""
    return group_for_member(work, case_id).leads(work.actor.person_id)


def fit(work: Work, case_id: str, before: Event, right: Event) -> Event:
    """Hold the right values to the same rules as when they were first registered. Raises Refused."""
    match right:
        case MeetingHeld():
            _fit_meeting(work, case_id, before, right)
        case MeetingCalled() if right.place_ref not in (None, getattr(before, "place_ref", None)):
            case = CASES.find(work, case_id)
            if case is not None and case.protection is ProtectionLevel.CODE_6:
                raise refused("NO_PLACE_FOR_PROTECTED", field="place_ref")
        case TaskAssigned() if right.due_on < right.assigned_on:
            raise refused("DUE_IN_PAST", field="due_on")
        case TaskCompleted():
            return replace(right, late=right.done_on > found(TASKS.find(work, right.task_id)).due_on)
        case _:
            pass
    return right


def _fit_meeting(work: Work, case_id: str, before: Event, right: MeetingHeld) -> None:
    meeting = found(MEETINGS.find(work, right.meeting_id))
    if right.held_on < day_of(meeting.starts_at):
        raise refused("HELD_BEFORE_CALLED_FOR", field="held_on")
    assert isinstance(before, MeetingHeld)
    if {*right.present, *right.absent} != {*before.present, *before.absent}:
        meeting.refuse_attendance(found(GROUPS.find(work, case_id)), right.present, right.absent)
    elif not right.present:
        raise refused("NOBODY_PRESENT", field="present")
    elif set(right.present) & set(right.absent):
        raise refused("PRESENT_AND_ABSENT", field="absent")


routes = correction_routes(Corrections(leads=leads, fit=fit))
