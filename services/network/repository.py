"""Domain objects in and out of rows. What a decision rests on is read under the lock of its case."""

from __future__ import annotations

from backbone.rows import Shelf
from services.network.domain.case import Case
from services.network.domain.forum import Forum
from services.network.domain.group import Group
from services.network.domain.mediation import Mediation
from services.network.domain.meeting import Meeting
from services.network.domain.minutes import Minutes
from services.network.domain.task import Task
from services.network.tables import (
    CaseRow,
    ForumRow,
    GroupRow,
    MediationRow,
    MeetingRow,
    MinutesRow,
    TaskRow,
)

CASES = Shelf(CaseRow, Case, lambda c: {"case_id": c.case_id})
GROUPS = Shelf(GroupRow, Group, lambda g: {"case_id": g.case_id, "group_id": g.group_id})
MEETINGS = Shelf(
    MeetingRow,
    Meeting,
    lambda m: {
        "meeting_id": m.meeting_id,
        "case_id": m.case_id,
        "kind": m.kind.value,
        "status": m.status.value,
        "starts_at": m.starts_at,
    },
)

TASKS = Shelf(
    TaskRow,
    Task,
    lambda t: {
        "task_id": t.task_id,
        "case_id": t.case_id,
        "owner_id": t.owner_id,
        "status": t.status.value,
    },
)


MINUTES = Shelf(
    MinutesRow,
    Minutes,
    lambda m: {"meeting_id": m.meeting_id, "case_id": m.case_id, "status": m.status.value},
)
MEDIATIONS = Shelf(
    MediationRow,
    Mediation,
    lambda m: {
        "case_id": m.case_id,
        "youth_case_id": m.youth_case_id,
        "mediator_id": m.mediator_id,
    },
)
FORUMS = Shelf(ForumRow, Forum, lambda f: {"case_id": f.case_id, "kind": f.kind.value})
