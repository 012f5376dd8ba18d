"""The routes of network: read the request, call the command."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, Field

from backbone.fields import Id, MunicipalityNo, Ref, TextVersion
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import (
    STAFF,
    AbsenceReason,
    Agency,
    AgendaItemKind,
    CancelReason,
    Function,
    LeavingReason,
    MeetingKind,
    MeetingMode,
    Reply,
    Role,
)
from schemas.meeting import AgendaItem
from services.network import commands, directory
from services.network.access import group_for_reading
from services.network.domain.meeting import Call
from services.network.domain.refusals import refused
from services.network.repository import MEETINGS
from services.network.stops import TheStops

routes = APIRouter(tags=["network"])


def _to_the_minute(local: datetime) -> datetime:
    if local.tzinfo is not None or local.second or local.microsecond:
        raise ValueError("a wall time without a zone, to the minute")
    return local


WallTime = Annotated[datetime, AfterValidator(_to_the_minute)]


class AddMember(Body):
    """Somebody who is to join the group."""

    person_id: Id
    agency: Agency
    function: Function


class EndMembership(Body):
    """Why a membership ends."""

    reason: LeavingReason


class DeclareSecrecy(Body):
    """The version of the text that was declared on; whose it is, when it was on paper."""

    text_version: TextVersion
    person_id: Id | None = None


class ItemAsked(Body):
    """An item for an agenda; the words lie in the vault."""

    item_id: Id
    kind: AgendaItemKind = AgendaItemKind.OTHER
    text_ref: Ref | None = None

    @property
    def item(self) -> AgendaItem:
        """The same for the domain."""
        return AgendaItem(item_id=self.item_id, kind=self.kind, text_ref=self.text_ref)


class CallMeeting(Body):
    """A meeting to be called: its start as wall time in Norway; place and agenda lie in the vault."""

    meeting_id: Id
    kind: MeetingKind
    mode: MeetingMode
    starts_local: WallTime
    minutes: int
    invited: list[Id] = Field(max_length=40)
    place_ref: Ref | None = None
    agenda_ref: Ref | None = None
    items: list[ItemAsked] = Field(default=[], max_length=40)
    interpreted: list[Id] = Field(default=[], max_length=40)
    language_ref: Ref | None = None


class HoldMeeting(Body):
    """Who was at a meeting and who was not."""

    held_on: date
    present: list[Id] = Field(max_length=60)
    absent: list[Id] = Field(default=[], max_length=60)
    reasons: dict[Id, AbsenceReason] = Field(default={}, max_length=60)
    seen_version: int | None = None


class MoveMeeting(Body):
    """The new time of a meeting, and why it is moved."""

    starts_local: WallTime
    minutes: int
    reason: CancelReason
    seen_version: int | None = None


class CancelMeeting(Body):
    """Why a meeting is not held."""

    reason: CancelReason
    seen_version: int | None = None


class ReplyToCall(Body):
    """What somebody answers to a call."""

    person_id: Id
    answer: Reply


class RegisterPerson(Body):
    """Somebody for the directory: never a name."""

    person_id: Id
    agency: Agency
    roles: list[Role] = Field(max_length=10)
    municipality_nos: list[MunicipalityNo] = Field(max_length=60)


@routes.post("/cases/{case_id}/members", status_code=201)
def add_member(case_id: str, body: AddMember, ask: TheAsk) -> Answer:
    """Take somebody into the network group."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.add_member(work, case_id, **dict(body)), body)


@routes.post("/cases/{case_id}/members/{person_id}/leave", status_code=201)
def end_membership(case_id: str, person_id: str, body: EndMembership, ask: TheAsk, stops: TheStops) -> Answer:
    """End a membership; access ends with it, at once."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.end_membership(work, case_id, person_id, reason=body.reason, set_stop=stops),
        body,
    )


@routes.post("/cases/{case_id}/secrecy-declarations", status_code=201)
def declare_secrecy(case_id: str, body: DeclareSecrecy, ask: TheAsk) -> Answer:
    """Declare that one knows one's duty of secrecy; for oneself only."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.declare_secrecy(
            work, case_id, text_version=body.text_version, person_id=body.person_id
        ),
        body,
    )


@routes.post("/cases/{case_id}/meetings", status_code=201)
def call_meeting(case_id: str, body: CallMeeting, ask: TheAsk) -> Answer:
    """Call a meeting."""
    ask.require(*STAFF)
    own = {**dict(body), "invited": tuple(body.invited), "items": tuple(one.item for one in body.items)}
    asked = Call(**{name: own[name] for name in Call.__struct_fields__})
    interpreted, language_ref = tuple(body.interpreted), body.language_ref
    return ask.perform(
        lambda work: commands.call_meeting(
            work, case_id, asked, interpreted=interpreted, language_ref=language_ref
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/held", status_code=201)
def hold_meeting(meeting_id: str, body: HoldMeeting, ask: TheAsk) -> Answer:
    """Enter that a meeting was held."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.hold_meeting(
            work,
            meeting_id,
            held_on=body.held_on,
            present=tuple(body.present),
            absent=tuple(body.absent),
            seen_version=body.seen_version,
            reasons=dict(body.reasons),
        ),
        body,
    )


@routes.post("/meetings/{meeting_id}/moved", status_code=201)
def move_meeting(meeting_id: str, body: MoveMeeting, ask: TheAsk) -> Answer:
    """Give a called meeting another time."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.move_meeting(work, meeting_id, **dict(body)), body)


@routes.post("/meetings/{meeting_id}/cancelled", status_code=201)
def cancel_meeting(meeting_id: str, body: CancelMeeting, ask: TheAsk) -> Answer:
    """Cancel a called meeting."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.cancel_meeting(work, meeting_id, **dict(body)), body)


@routes.post("/meetings/{meeting_id}/replies", status_code=201)
def reply(meeting_id: str, body: ReplyToCall, ask: TheAsk) -> Answer:
    """Answer a call."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.reply(work, meeting_id, **dict(body)), body)


@routes.get("/cases/{case_id}/group")
def group(case_id: str, ask: TheAsk) -> Answer:
    """The network group, for those who are in it."""
    return json_ready(ask.read(lambda work: group_for_reading(work, case_id)))  # type: ignore[no-any-return]


@routes.get("/cases/{case_id}/meetings")
def meetings(case_id: str, ask: TheAsk) -> list[Answer]:
    """The meetings of a case, for those who are in its group."""

    def look(work: Work) -> list[Answer]:
        group_for_reading(work, case_id)
        return [json_ready(meeting) for meeting in MEETINGS.of_case(work, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]


@routes.post("/directory/people", status_code=201)
def register_person(body: RegisterPerson, ask: TheAsk) -> Answer:
    """Enter somebody in the directory, or change what stands there: what people may do is given by who operates the system."""
    ask.require(Role.OPERATOR, Role.SERVICE)
    if Role.SERVICE in body.roles:
        raise refused("NO_SUCH_ROLE", field="roles")
    return ask.perform(
        lambda work: directory.register_person(
            work,
            person_id=body.person_id,
            agency=body.agency,
            roles=[role.value for role in body.roles],
            municipality_nos=body.municipality_nos,
        ),
        body,
    )


@routes.get("/directory/people")
def people(ask: TheAsk) -> list[Answer]:
    """Everyone in the directory, for anybody who is logged in."""
    return ask.read(directory.people)  # type: ignore[no-any-return]


@routes.get("/directory/people/{person_id}")
def person(person_id: str, ask: TheAsk) -> Answer:
    """One person of the directory."""
    return ask.read(lambda work: directory.person(work, person_id))  # type: ignore[no-any-return]
