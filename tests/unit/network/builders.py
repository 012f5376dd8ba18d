"""Valid by default: a group around a youth, a meeting of it. Ids are fixed, so that failures read well."""

from datetime import UTC, date, datetime
from typing import Any

from schemas.codes import Agency, Function, MeetingKind, MeetingMode
from schemas.contract import PlannedMember
from schemas.event import Event
from schemas.meeting import MeetingCalled
from schemas.network_group import MemberJoined
from services.network.domain.group import Group, form
from services.network.domain.meeting import Call, Meeting, call

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CASE = "case"


def wall(text: str) -> datetime:
    """A wall time as people write it, without a zone."""
    return datetime.fromisoformat(text)


LEAD, YOUTH, MOTHER, TEACHER, POLICE = "lead", "youth", "mother", "teacher", "police"
PLANNED = (
    PlannedMember(person_id=LEAD, agency=Agency.FELLES_ANSVAR, function=Function.LEAD),
    PlannedMember(person_id=YOUTH, agency=Agency.PRIVATE_NETWORK, function=Function.YOUTH),
    PlannedMember(person_id=MOTHER, agency=Agency.PRIVATE_NETWORK, function=Function.GUARDIAN),
    PlannedMember(person_id=TEACHER, agency=Agency.SKOLE_GRUNN, function=Function.SUPPORT_OWNER),
    PlannedMember(person_id=POLICE, agency=Agency.POLITI_FOREBYGGENDE, function=Function.CONTROL_OWNER),
)


def a_group() -> Group:
    """The lead, the youth, a guardian, a teacher and a police officer."""
    formed = form(PLANNED, group_id="group", contract_id="contract", on=TODAY)
    return after_all(Group(case_id=CASE, group_id="group"), formed[1:])


def after_all(group: Group, events: list[Any] | list[Event] | list[MemberJoined]) -> Group:
    """The group after those events."""
    for event in events:
        group = group.after(event)
    return group


def a_call(**changes: Any) -> Call:
    """A network meeting in a week's time, to which everybody is invited."""
    asked = {
        "meeting_id": "meeting",
        "kind": MeetingKind.NETWORK,
        "mode": MeetingMode.IN_PERSON,
        "starts_local": wall("2026-12-08T13:00"),
        "minutes": 60,
        "invited": (LEAD, YOUTH, MOTHER, TEACHER, POLICE),
    }
    return Call(**{**asked, **changes})


def a_meeting(**changes: Any) -> Meeting:
    """A meeting that was called."""
    (event,) = call(a_call(**changes), a_group(), [], now=NOW)
    assert isinstance(event, MeetingCalled)
    return Meeting.called(CASE, event)
