"""The routes about agendas, interpreters, attendance and minutes."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import Field

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import STAFF, AgendaOutcome, InterpreterRefusal, MinutesChange
from services.network import meeting_commands as commands
from services.network.access import group_for_reading
from services.network.api import ItemAsked
from services.network.domain import agenda, interpreter
from services.network.domain.attendance import count
from services.network.domain.minutes import NewTask
from services.network.repository import MEETINGS, MINUTES

routes = APIRouter(tags=["meetings"])


class AddItem(ItemAsked):
    """An item for a meeting that has been called."""

    seen_version: int | None = None


class SettleItem(Body):
    """What came of an item; the words lie in the vault."""

    item_id: Id
    outcome: AgendaOutcome
    text_ref: Ref | None = None
    seen_version: int | None = None


class NeedInterpreter(Body):
    """Who needs an interpreter; which language lies in the vault."""

    person_ids: list[Id] = Field(max_length=40)
    language_ref: Ref | None = None
    seen_version: int | None = None


class BookInterpreter(Body):
    """The interpreter who comes, when it is somebody whom the system knows."""

    interpreter_id: Id | None = None
    seen_version: int | None = None


class DeclineInterpreter(Body):
    """Why no interpreter comes."""

    reason: InterpreterRefusal
    seen_version: int | None = None


class DraftMinutes(Body):
    """The parts of the minutes, each a reference into the vault, so that the gate can decide about each."""

    text_refs: list[Ref] = Field(max_length=30)
    seen_version: int | None = None


class TaskFromMeeting(Body):
    """A task that came of the meeting."""

    task_id: Id
    owner_id: Id
    due_on: date
    text_ref: Ref | None = None


class IssueMinutes(Body):
    """Who gets the minutes, and the tasks that came of the meeting, or that there are none."""

    receivers: list[Id] = Field(max_length=60)
    tasks: list[TaskFromMeeting] = Field(default=[], max_length=40)
    no_tasks: bool = False
    seen_version: int | None = None


class CommentMinutes(Body):
    """What a receiver has to say."""

    comment_id: Id
    person_id: Id
    text_ref: Ref


class ConfirmMinutes(Body):
    """The minutes are right; comments that wait have been considered."""

    comments_considered: bool = False
    seen_version: int | None = None


class CorrectMinutes(Body):
    """The parts of the new version, and why there is one."""

    text_refs: list[Ref] = Field(max_length=30)
    reason: MinutesChange
    seen_version: int | None = None


@routes.post("/meetings/{meeting_id}/agenda", status_code=201)
def add_item(meeting_id: str, body: AddItem, ask: TheAsk) -> Answer:
    """Put an item on the agenda; any member of the group may."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            meeting_id,
            lambda meeting, _, __: agenda.add(meeting, body.item),
            seen_version=body.seen_version,
            leading=False,
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/agenda/settled", status_code=201)
def settle_item(meeting_id: str, body: SettleItem, ask: TheAsk) -> Answer:
    """Enter what came of an item."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            meeting_id,
            lambda meeting, _, today: agenda.settle(
                meeting, body.item_id, outcome=body.outcome, text_ref=body.text_ref, today=today
            ),
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/interpreter", status_code=201)
def need_interpreter(meeting_id: str, body: NeedInterpreter, ask: TheAsk) -> Answer:
    """Say who needs an interpreter."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            meeting_id,
            lambda meeting, _, __: interpreter.need(
                meeting, tuple(body.person_ids), language_ref=body.language_ref
            ),
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/interpreter/booked", status_code=201)
def book_interpreter(meeting_id: str, body: BookInterpreter, ask: TheAsk) -> Answer:
    """An interpreter comes."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            meeting_id,
            lambda meeting, group, today: interpreter.book(meeting, group, body.interpreter_id, today=today),
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/interpreter/declined", status_code=201)
def decline_interpreter(meeting_id: str, body: DeclineInterpreter, ask: TheAsk) -> Answer:
    """No interpreter comes, and why."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            meeting_id,
            lambda meeting, _, today: interpreter.decline(meeting, body.reason, today=today),
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/minutes", status_code=201)
def draft(meeting_id: str, body: DraftMinutes, ask: TheAsk) -> Answer:
    """Write the minutes, for the first time or anew."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.draft_minutes(work, meeting_id, **dict(body)), body)


@routes.post("/meetings/{meeting_id}/minutes/issued", status_code=201)
def issue(meeting_id: str, body: IssueMinutes, ask: TheAsk) -> Answer:
    """Give the minutes to their receivers."""
    ask.require(*STAFF)
    tasks = tuple(NewTask(**dict(task)) for task in body.tasks)
    return ask.perform(
        lambda work: commands.issue_minutes(
            work,
            meeting_id,
            receivers=body.receivers,
            tasks=tasks,
            no_tasks=body.no_tasks,
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/minutes/comments", status_code=201)
def comment(meeting_id: str, body: CommentMinutes, ask: TheAsk) -> Answer:
    """Say something to the minutes."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.comment_minutes(work, meeting_id, **dict(body)), body)


@routes.post("/meetings/{meeting_id}/minutes/confirmed", status_code=201)
def confirm(meeting_id: str, body: ConfirmMinutes, ask: TheAsk) -> Answer:
    """Confirm the minutes."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.confirm_minutes(work, meeting_id, **dict(body)), body)


@routes.post("/meetings/{meeting_id}/minutes/corrected", status_code=201)
def correct(meeting_id: str, body: CorrectMinutes, ask: TheAsk) -> Answer:
    """Issue a new version to the same receivers."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.correct_minutes(work, meeting_id, **dict(body)), body)


@routes.get("/cases/{case_id}/minutes")
def minutes(case_id: str, ask: TheAsk) -> list[Answer]:
    """The minutes of a case's meetings, in references; drafts are for those who lead."""

    def look(work: Work) -> list[Answer]:
        group = group_for_reading(work, case_id)
        leads = group.leads(work.actor.person_id)
        shown = [one for one in MINUTES.of_case(work, case_id) if one.issued or leads]
        return [json_ready(one) for one in shown]

    return ask.read(look)  # type: ignore[no-any-return]


@routes.get("/cases/{case_id}/attendance")
def attendance(case_id: str, ask: TheAsk) -> Answer:
    """How the meetings of a case were attended; the services' failures never count as the youth's absence."""

    def look(work: Work) -> Answer:
        group = group_for_reading(work, case_id)
        return json_ready(count(MEETINGS.of_case(work, case_id), group))  # type: ignore[no-any-return]

    return ask.read(look)  # type: ignore[no-any-return]
