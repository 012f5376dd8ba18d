"""How a case of the demonstration is followed up: meetings called and held, deviations, a member who leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from schemas.codes import AbsenceReason, DeviationKind, LeavingReason, MeetingKind, MeetingMode
from services.cli.demo import (
    change_story,
    course_story,
    group_story,
    meeting_changes_story,
    mending_story,
    minutes_story,
    retention_story,
)
from services.cli.demo.asking import Asked
from services.cli.demo.people import POLICE, Person

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

MEETING_DAYS = (7, 20, 33, 46, 59, 86, 113, 140, 165)
"""Days after the start: within two weeks of one another in the first two months, then within four."""
ENDS = timedelta(days=180)
END_MEETING, CALLED_BEFORE = 10, 36
"""The place of the meeting in which a contract is evaluated at its end, and how many days before it is called."""
DEVIATIONS = (
    (DeviationKind.LATE, 1, "Kom et kvarter for sent til avtalt samtale."),
    (DeviationKind.MEETING_NO_SHOW, 2, "Møtte ikke til avtalt samtale og ga ikke beskjed."),
    (DeviationKind.SCHOOL_ABSENCE, 2, "Borte fra skolen to dager uten at hjemmet visste om det."),
    (DeviationKind.CURFEW, 1, "Kom hjem en time etter avtalt innetid."),
    (DeviationKind.TASK_NOT_DONE_BY_AGENCY, 2, "Avtalt plass på fritidsklubben var ikke klar i tide."),
)


def told(case: CaseStory) -> Iterator[Asked]:
    """Meetings, deviations, evaluations, the end; mistakes put right; and in one case a member who changes jobs."""
    yield from _meetings(case)
    yield from _deviations(case)
    yield from course_story.told(case)
    yield from mending_story.told(case)
    yield from change_story.told(case)
    yield from group_story.told(case)
    yield from retention_story.told(case)
    yield from retention_story.looked_at(case)
    if case.number % 9 == 4:
        yield _leaving(case, case.members[-1])


def _meetings(case: CaseStory) -> Iterator[Asked]:
    """The first within the deadline (in every fifth case none), then closely at first and more seldom later, while the contract runs."""
    first = 1 if case.number % 5 == 2 else 0
    for place, days in list(enumerate(MEETING_DAYS))[first:]:
        on = case.starts_on + timedelta(days=days)
        if on < case.starts_on + ENDS and on < case.today + timedelta(days=25):
            yield from _meeting(case, place, on)
    ends = case.starts_on + timedelta(days=course_story.END)
    if case.number != course_story.NOT_EVALUATED and ends < case.today + timedelta(days=CALLED_BEFORE):
        yield from _meeting(
            case, END_MEETING, ends, kind=MeetingKind.END_EVALUATION, called_before=CALLED_BEFORE
        )


def _meeting(
    case: CaseStory,
    place: int,
    on: date,
    *,
    kind: MeetingKind = MeetingKind.NETWORK,
    called_before: int = 6,
) -> Iterator[Asked]:
    starts = case.at(on, hour=case.chance.choice((9, 10, 12, 13)), minute=0)
    meeting_id = case.id("meeting", place)
    leaving = _leaves_on(case)
    members = [
        m for m in case.members if leaving is None or m is not case.members[-1] or starts.date() < leaving
    ]
    family = [case.youth.person_id, *(guardian.person_id for guardian in case.youth.guardians)]
    invited = [case.lead.person_id, *(member.person_id for member in members), *family]
    called_at = max(
        case.at(on - timedelta(days=called_before), hour=14),
        case.at(case.registered_on + timedelta(days=3)),
    )
    yield case.ask(
        called_at,
        case.lead,
        "network",
        f"/cases/{case.case_id}/meetings",
        meeting_id=meeting_id,
        kind=kind,
        mode=case.chance.choice((MeetingMode.IN_PERSON, MeetingMode.IN_PERSON, MeetingMode.VIDEO)),
        starts_local=meeting_changes_story.called_for(case, place, starts)
        .replace(tzinfo=None)
        .isoformat(timespec="minutes"),
        minutes=60,
        invited=invited,
        items=minutes_story.agenda(case, place),
    )
    yield from meeting_changes_story.told(case, place, meeting_id, called_at, starts, members)
    absent = invited[2:3] if case.chance.random() < 0.25 else []
    present = [person_id for person_id in invited if person_id not in absent]
    path = f"/meetings/{meeting_id}/held"
    held_at = starts + timedelta(minutes=75)
    if mending_story.is_written_wrongly(case, place):  # the day after, with that day's date
        held_at = case.at(starts.date() + timedelta(days=1), hour=9, minute=30)
    held_on = held_at.date().isoformat()
    reasons = dict.fromkeys(absent, AbsenceReason.ILL)
    yield case.ask(
        held_at, case.lead, "network", path, held_on=held_on, present=present, absent=absent, reasons=reasons
    )
    written_at = case.at(starts.date() + timedelta(days=1), hour=10, minute=5)
    group = [
        m for m in members if leaving is None or m is not case.members[-1] or written_at.date() < leaving
    ]
    yield from minutes_story.told(case, place, meeting_id, written_at, group)


def _deviations(case: CaseStory) -> Iterator[Asked]:
    count = case.chance.choice((0, 1, 1, 2, 3))
    for place, (kind, severity, account) in enumerate(case.chance.sample(DEVIATIONS, count)):
        happened_on = case.starts_on + timedelta(days=17 + 41 * place)
        # the lead judges, so it is mostly somebody else who reports
        reporter = POLICE if kind in (DeviationKind.CURFEW, DeviationKind.MEETING_NO_SHOW) else case.school
        at, ref = case.at(happened_on + timedelta(days=1), hour=8), case.id("account", place)
        common = {"case_id": case.case_id, "about_id": case.youth.person_id, "category": "CASE_STATUS"}
        yield case.ask(
            at, reporter, "sharing", "/deposits", ref=ref, **common, content={"text": account}, kind="TEXT"
        )
        yield case.ask(
            at + timedelta(minutes=2),
            reporter,
            "contracts",
            f"/cases/{case.case_id}/deviations",
            deviation_id=case.id("deviation", place),
            contract_id=case.contract_id,
            kind=kind,
            severity=severity,
            happened_on=happened_on.isoformat(),
            text_ref=ref,
        )
        yield from course_story.followed_up(case, place, severity, at.date())


def _leaves_on(case: CaseStory) -> date | None:
    return case.starts_on + timedelta(days=60) if case.number % 9 == 4 else None


def _leaving(case: CaseStory, member: Person) -> Asked:
    on = _leaves_on(case)
    assert on is not None
    path = f"/cases/{case.case_id}/members/{member.person_id}/leave"
    return case.ask(case.at(on), case.lead, "network", path, reason=LeavingReason.JOB_CHANGED)
