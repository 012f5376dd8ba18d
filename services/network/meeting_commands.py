"""What people may ask about agendas, interpreters and minutes, one transaction each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from backbone.refusal import found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import MinutesChange
from schemas.event import Event
from services.network.access import group_for_leading, group_for_member, guardians_of, refuse_closed
from services.network.domain import minutes as all_minutes
from services.network.domain.group import Group
from services.network.domain.kept_out import kept_out_of, refuse_kept_out
from services.network.domain.meeting import Meeting, Surroundings
from services.network.domain.minutes import Minutes, NewTask
from services.network.domain.refusals import conflict
from services.network.repository import CASES, GROUPS, MEDIATIONS, MEETINGS, MINUTES, TASKS
from services.network.tables import MediationRow, MeetingRow, MinutesRow

DecisionAboutMeeting = Callable[[Meeting, Group, date], list[Event]]


def surroundings(work: Work, case_id: str, group: Group) -> Surroundings:
    """What a meeting of the case must fit in with. The locks of the case and of those it is barred from are held."""
    case = CASES.find(work, case_id)
    mediations = MEDIATIONS.where(work, MediationRow.youth_case_id == case_id)
    barred = [
        meeting
        for other in sorted(group.barred)
        for meeting in MEETINGS.of_case(work, other)
        if set(meeting.invited) & _youths(work, other)
    ]
    return Surroundings(
        protection=case.protection if case else None,
        victims_consent=any(mediation.victims_consent for mediation in mediations),
        barred=tuple(barred),
    )


def _youths(work: Work, case_id: str) -> frozenset[str]:
    group = GROUPS.find(work, case_id)
    return group.youths if group else frozenset()


def lock_with_barred(work: Work, case_id: str) -> None:
    """Take the locks of a case and of those whose youths its youth is not to meet, in one order, so that two calls never pass each
    other.
    """
    group = GROUPS.find(work, case_id)
    work.lock_cases([case_id, *(group.barred if group else ())])
    work.states.clear()  # what was read before the locks may be old


def decide(
    work: Work,
    meeting_id: str,
    decision: DecisionAboutMeeting,
    *,
    seen_version: int | None,
    leading: bool = True,
) -> Answer:
    """Let those who lead, or any member, decide about a meeting."""
    case_id = work.lock_case_behind(MeetingRow, meeting_id)
    group = group_for_leading(work, case_id) if leading else group_for_member(work, case_id)
    refuse_closed(work, case_id)
    meeting = found(MEETINGS.find(work, meeting_id))
    meeting.refuse_stale(seen_version)
    work.publish(case_id, *decision(meeting, group, work.moment.today))
    meeting = found(MEETINGS.find(work, meeting_id))
    return {"case_id": case_id, "meeting_id": meeting_id, "version": meeting.version}


def draft_minutes(work: Work, meeting_id: str, *, text_refs: list[str], seen_version: int | None) -> Answer:
    """Write minutes of a meeting that was held, or write them anew."""
    case_id = work.lock_case_behind(MeetingRow, meeting_id)
    group_for_leading(work, case_id)
    meeting, minutes = found(MEETINGS.find(work, meeting_id)), MINUTES.find(work, meeting_id)
    if minutes is not None:
        minutes.refuse_stale(seen_version)
    work.publish(case_id, *all_minutes.draft(meeting, minutes, tuple(text_refs)))
    return standing(work, meeting_id)


def issue_minutes(
    work: Work,
    meeting_id: str,
    *,
    receivers: list[str],
    tasks: tuple[NewTask, ...],
    no_tasks: bool,
    seen_version: int | None,
) -> Answer:
    """Give the minutes to their receivers, with the tasks that came of the meeting."""
    case_id = work.lock_case_behind(MeetingRow, meeting_id)
    group = group_for_leading(work, case_id)
    meeting, minutes = found(MEETINGS.find(work, meeting_id)), MINUTES.find(work, meeting_id)
    if minutes is not None:
        minutes.refuse_stale(seen_version)
    if any(TASKS.find(work, task.task_id) is not None for task in tasks):
        raise conflict("TASK_EXISTS", field="tasks")
    guardians = guardians_of(work, case_id)
    refuse_kept_out(guardians, group, receivers, field="receivers")
    refuse_kept_out(guardians, group, [task.owner_id for task in tasks], field="tasks")
    known = [task for task in TASKS.of_case(work, case_id) if task.source_id == meeting_id]
    issued = all_minutes.issue(
        meeting,
        minutes,
        group,
        receivers=tuple(receivers),
        new_tasks=tasks,
        known_tasks=tuple(known),
        no_tasks=no_tasks,
        later=tuple(MEETINGS.of_case(work, case_id)),
        today=work.moment.today,
    )
    work.publish(case_id, *issued)
    return standing(work, meeting_id)


def comment_minutes(work: Work, meeting_id: str, *, comment_id: str, person_id: str, text_ref: str) -> Answer:
    """A receiver's comment: one's own; those who lead enter that of somebody without a log-in."""
    case_id, minutes = _minutes(work, meeting_id)
    if person_id == work.actor.person_id:
        group_for_member(work, case_id)
        refuse_closed(work, case_id)
    else:
        group_for_leading(work, case_id)
    said = minutes.comment(person_id, comment_id=comment_id, text_ref=text_ref, today=work.moment.today)
    work.publish(case_id, *said)
    return standing(work, meeting_id)


def confirm_minutes(
    work: Work, meeting_id: str, *, comments_considered: bool, seen_version: int | None
) -> Answer:
    """The minutes are right as they stand."""
    case_id, minutes = _minutes(work, meeting_id)
    group_for_leading(work, case_id)
    minutes.refuse_stale(seen_version)
    today = work.moment.today
    work.publish(case_id, *minutes.confirm(comments_considered=comments_considered, today=today))
    return standing(work, meeting_id)


def correct_minutes(
    work: Work,
    meeting_id: str,
    *,
    text_refs: list[str],
    reason: MinutesChange,
    seen_version: int | None,
) -> Answer:
    """A new version of the minutes, to the same receivers."""
    case_id, minutes = _minutes(work, meeting_id)
    group = group_for_leading(work, case_id)
    minutes.refuse_stale(seen_version)
    corrected = minutes.correct(
        tuple(text_refs),
        reason=reason,
        today=work.moment.today,
        kept_out=kept_out_of(guardians_of(work, case_id), group, minutes.receivers),
    )
    work.publish(case_id, *corrected)
    return standing(work, meeting_id)


def _minutes(work: Work, meeting_id: str) -> tuple[str, Minutes]:
    case_id = work.lock_case_behind(MinutesRow, meeting_id)
    return case_id, found(MINUTES.find(work, meeting_id))


def standing(work: Work, meeting_id: str) -> Answer:
    """How the minutes stand."""
    minutes = found(MINUTES.find(work, meeting_id))
    return {
        "case_id": minutes.case_id,
        "meeting_id": meeting_id,
        "status": minutes.status.value,
        "number": minutes.number,
        "version": minutes.version,
    }
