"""What a case waits for somebody to do, as far as its events tell."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from schemas.codes import ConsentEffect, MeetingKind
from schemas.local_time import local_date
from services.portal.domain.case_view import CaseView, Consent, Standing


class TaskKind(StrEnum):
    """What kind of thing is to be done."""

    DEADLINE_PASSED = "DEADLINE_PASSED"
    ASK_CLEARANCE = "ASK_CLEARANCE"
    RECORD_MEETING = "RECORD_MEETING"
    SIGN = "SIGN"
    CALL_FIRST_MEETING = "CALL_FIRST_MEETING"
    CALL_PLAN_MEETING = "CALL_PLAN_MEETING"
    ADOPT_PLAN = "ADOPT_PLAN"
    ASK_CONSENT = "ASK_CONSENT"


class Task(NamedTuple):
    """One thing to do: `about` is the id of what it is about, `due_on` when it has a date."""

    kind: TaskKind
    about: str
    number: int = 1
    due_on: date | None = None
    deadline: str | None = None


def tasks(view: CaseView, *, now: datetime) -> list[Task]:
    """What is to be done, the most urgent first; in a closed case no more than what has its own deadline."""
    if view.closed_on is not None:
        return _passed(view)
    return [
        *_passed(view),
        *_clearances(view),
        *_meetings(view, now),
        *_signatures(view),
        *_first_meeting(view),
        *_plan(view),
        *_consents(view, local_date(now)),
    ]


def _passed(view: CaseView) -> list[Task]:
    """One for each kind of deadline that has passed, with how many of it and the day of the first."""
    passed = [deadline for deadline in view.waiting_deadlines if deadline.standing is Standing.PASSED]
    of_each = Counter(deadline.kind for deadline in passed)
    first = {deadline.kind: deadline for deadline in reversed(passed)}
    return [
        Task(
            TaskKind.DEADLINE_PASSED,
            first[kind].deadline_id,
            number=number,
            due_on=first[kind].due_on,
            deadline=kind,
        )
        for kind, number in of_each.items()
    ]


def _clearances(view: CaseView) -> list[Task]:
    """Nobody else can say so: those who are not cleared are told nothing, and the leader who clears does not see the group."""
    waiting = len(view.members_not_cleared)
    return [Task(TaskKind.ASK_CLEARANCE, view.case_id, number=waiting)] if waiting else []


def _meetings(view: CaseView, now: datetime) -> list[Task]:
    return [
        Task(TaskKind.RECORD_MEETING, meeting.meeting_id, due_on=local_date(meeting.ends_at))
        for meeting in view.meetings
        if meeting.waits and meeting.ends_at is not None and meeting.ends_at < now
    ]


def _signatures(view: CaseView) -> list[Task]:
    contract = view.contract
    if contract is None or contract.ended_on is not None:
        return []
    missing = sum(s.signed_on is None for s in (contract.change or contract).signatures)
    return [Task(TaskKind.SIGN, contract.contract_id, number=missing)] if missing else []


def _first_meeting(view: CaseView) -> list[Task]:
    contract = view.contract
    if contract is None or contract.signed_on is None or contract.ended_on is not None:
        return []
    called = any(m.kind is MeetingKind.NETWORK and m.cancelled_for is None for m in view.meetings)
    return [] if called else [Task(TaskKind.CALL_FIRST_MEETING, contract.contract_id)]


def _plan(view: CaseView) -> list[Task]:
    """A received sanction waits for its plan meeting, and then for its plan."""
    plan = view.plan
    if plan is None or plan.started_on is not None or plan.ended_on is not None:
        return []
    meetings = [meeting for meeting in view.meetings if meeting.kind is MeetingKind.YOUTH_PLAN]
    if not meetings:
        return [Task(TaskKind.CALL_PLAN_MEETING, plan.plan_id)]
    held = any(meeting.held_on is not None for meeting in meetings)
    return [Task(TaskKind.ADOPT_PLAN, plan.plan_id)] if held else []


def _consents(view: CaseView, today: date) -> list[Task]:
    return [
        Task(TaskKind.ASK_CONSENT, c.consent_id, number=n)
        for c in view.consents
        if (n := _unanswered(c, today))
    ]


def _unanswered(consent: Consent, today: date) -> int:
    if (
        consent.withdrawn
        or consent.refused
        or consent.over
        or consent.effect is ConsentEffect.EFFECTIVE
        or consent.valid_to < today
    ):
        return 0
    return sum(answer.given_on is None and not answer.excused for answer in consent.answers)
