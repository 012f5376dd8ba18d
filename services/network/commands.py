"""What people may ask of network, one transaction each: take the lock, load, decide, publish."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import select

from backbone.clock import derived_id
from backbone.refusal import found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import AbsenceReason, Agency, CancelReason, Function, LeavingReason, Reply, StopReason
from services.network import directory
from services.network.access import group_for_leading, group_for_member, guardians_of
from services.network.domain import interpreter
from services.network.domain import meeting as meetings
from services.network.domain.kept_out import kept_out_of, refuse_kept_out
from services.network.domain.refusals import conflict, refused
from services.network.domain.task import hand_on
from services.network.meeting_commands import lock_with_barred, surroundings
from services.network.repository import MEETINGS, TASKS
from services.network.stops import SetStop
from services.network.tables import MeetingRow


def add_member(work: Work, case_id: str, *, person_id: str, agency: Agency, function: Function) -> Answer:
    """Take somebody into the group."""
    work.lock_case(case_id)
    group = group_for_leading(work, case_id)
    directory.refuse_unlisted(work, person_id, agency=agency)
    if function is Function.GUARDIAN:
        guardians = guardians_of(work, case_id)
        refuse_kept_out(guardians, group, [person_id], field="person_id")
        if guardians.guardian(person_id) is None:
            raise refused("GUARDIAN_NOT_REGISTERED", field="person_id")
    work.publish(case_id, *group.join(person_id, agency=agency, function=function, on=work.moment.today))
    return {"case_id": case_id, "person_id": person_id}


def end_membership(
    work: Work, case_id: str, person_id: str, *, reason: LeavingReason, set_stop: SetStop
) -> Answer:
    """End a membership: one's own, or by those who lead. Open tasks go to the lead; the gate stops the access before this commits."""
    work.lock_case(case_id)
    own = person_id == work.actor.person_id
    group = group_for_member(work, case_id) if own else group_for_leading(work, case_id)
    stop_id = derived_id("stop", case_id, person_id, group.version)
    left = group.leave(person_id, reason=reason, on=work.moment.today, stop_id=stop_id)
    tasks = hand_on(TASKS.of_case(work, case_id), person_id, group.lead_id)
    set_stop(case_id, stop_id, person_id, StopReason.MEMBER_LEAVES)
    work.publish(case_id, *left, *tasks)
    return {"case_id": case_id, "person_id": person_id}


def declare_secrecy(work: Work, case_id: str, *, text_version: str, person_id: str | None = None) -> Answer:
    """The actor's own declaration of secrecy; or one on paper, of a member without a log-in, entered by whoever leads."""
    work.lock_case(case_id)
    me = work.actor.person_id
    if person_id in (None, me):
        declared = group_for_member(work, case_id).declare(me, text_version=text_version)
    else:
        declared = group_for_leading(work, case_id).declare_on_paper(person_id, text_version=text_version)
    work.publish(case_id, *declared)
    return {"case_id": case_id}


def call_meeting(
    work: Work,
    case_id: str,
    asked: meetings.Call,
    *,
    interpreted: tuple[str, ...] = (),
    language_ref: str | None = None,
) -> Answer:
    """Call a meeting of the group; `interpreted` are those who need an interpreter there."""
    lock_with_barred(work, case_id)
    group = group_for_leading(work, case_id)
    if MEETINGS.find(work, asked.meeting_id) is not None:
        raise conflict("MEETING_EXISTS", field="meeting_id")
    refuse_kept_out(guardians_of(work, case_id), group, [*asked.invited, *interpreted], field="invited")
    others = MEETINGS.of_case(work, case_id)
    around = surroundings(work, case_id, group)
    work.publish(case_id, *meetings.call(asked, group, others, now=work.moment.decided_at, around=around))
    if interpreted:
        meeting = found(MEETINGS.find(work, asked.meeting_id))
        work.publish(case_id, *interpreter.need(meeting, interpreted, language_ref=language_ref))
    return _standing(work, asked.meeting_id)


def hold_meeting(
    work: Work,
    meeting_id: str,
    *,
    held_on: date,
    present: tuple[str, ...],
    absent: tuple[str, ...],
    seen_version: int | None,
    reasons: dict[str, AbsenceReason] | None = None,
) -> Answer:
    """Enter that a meeting was held, and who was there."""
    case_id = work.lock_case_behind(MeetingRow, meeting_id)
    group = group_for_leading(work, case_id)
    meeting = found(MEETINGS.find(work, meeting_id))
    meeting.refuse_stale(seen_version)
    work.publish(
        case_id,
        *meeting.hold(
            group,
            held_on=held_on,
            present=present,
            absent=absent,
            today=work.moment.today,
            reasons=reasons,
            kept_out=kept_out_of(guardians_of(work, case_id), group, meeting.invited),
        ),
    )
    return _standing(work, meeting_id)


def move_meeting(
    work: Work,
    meeting_id: str,
    *,
    starts_local: datetime,
    minutes: int,
    reason: CancelReason,
    seen_version: int | None,
) -> Answer:
    """Give a called meeting another time."""
    case_id = work.query(select(MeetingRow.case_id).where(MeetingRow.meeting_id == meeting_id)).scalar()
    lock_with_barred(work, found(case_id))
    meeting = _meeting(work, meeting_id, seen_version)
    group = group_for_leading(work, meeting.case_id)
    moved = meeting.move(
        starts_local=starts_local,
        minutes=minutes,
        reason=reason,
        others=MEETINGS.of_case(work, meeting.case_id),
        now=work.moment.decided_at,
        around=surroundings(work, meeting.case_id, group),
    )
    work.publish(meeting.case_id, *moved)
    return _standing(work, meeting_id)


def cancel_meeting(work: Work, meeting_id: str, *, reason: CancelReason, seen_version: int | None) -> Answer:
    """Cancel a called meeting."""
    meeting = _meeting(work, meeting_id, seen_version)
    group_for_leading(work, meeting.case_id)
    work.publish(meeting.case_id, *meeting.cancel(reason))
    return _standing(work, meeting_id)


def reply(work: Work, meeting_id: str, *, person_id: str, answer: Reply) -> Answer:
    """Answer a call for oneself; those who lead enter the answer of somebody without a log-in."""
    meeting = _meeting(work, meeting_id, None)
    own = person_id == work.actor.person_id
    group = group_for_member(work, meeting.case_id) if own else group_for_leading(work, meeting.case_id)
    refuse_kept_out(guardians_of(work, meeting.case_id), group, [person_id], field="person_id")
    work.publish(meeting.case_id, *meeting.answer(person_id, answer))
    return _standing(work, meeting_id)


def _meeting(work: Work, meeting_id: str, seen_version: int | None) -> meetings.Meeting:
    work.lock_case_behind(MeetingRow, meeting_id)
    meeting = found(MEETINGS.find(work, meeting_id))
    meeting.refuse_stale(seen_version)
    return meeting


def _standing(work: Work, meeting_id: str) -> Answer:
    meeting = found(MEETINGS.find(work, meeting_id))
    return {
        "case_id": meeting.case_id,
        "meeting_id": meeting_id,
        "status": meeting.status.value,
        "version": meeting.version,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
    }
