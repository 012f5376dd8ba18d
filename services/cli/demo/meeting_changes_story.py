"""What becomes of a call in the demonstration before the meeting is held: answers, another time, an interpreter, and a meeting that came to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from schemas.codes import AgendaItemKind, CancelReason, Category, InterpreterRefusal, MeetingKind, Reply
from services.cli.demo.asking import Asked
from services.cli.demo.people import Person

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

MOVED, INTERPRETED, CALLED_OFF = 2, 3, 1
"""The places of the meetings that are moved, interpreted, and followed by one that is called off."""
EARLIER = timedelta(hours=1)


def called_for(case: CaseStory, place: int, starts: datetime) -> datetime:
    """The time that a meeting is called for first."""
    return starts - EARLIER if _moves(case, place) else starts


def told(
    case: CaseStory,
    place: int,
    meeting_id: str,
    called_at: datetime,
    starts: datetime,
    members: list[Person],
) -> Iterator[Asked]:
    """What is said between the call and the meeting."""
    path, soon = f"/meetings/{meeting_id}", called_at + timedelta(minutes=30)
    if _moves(case, place):
        local = starts.replace(tzinfo=None).isoformat(timespec="minutes")
        moved = {"starts_local": local, "minutes": 60, "reason": CancelReason.AGENCY_CANNOT}
        yield case.ask(soon, case.lead, "network", f"{path}/moved", **moved)
    if case.number % 6 == 1 and place == INTERPRETED:
        yield from _interpreted(case, path, soon)
    if case.number % 8 == 5 and place == CALLED_OFF:
        yield from _called_off(case, members)
    if starts.date() >= case.today:
        answers = (Reply.COMES, Reply.COMES, Reply.UNSURE, Reply.CANNOT)
        for turn, member in enumerate(members[:3]):
            body = {"person_id": member.person_id, "answer": answers[(case.number + turn) % 4]}
            at = soon + timedelta(minutes=10 + turn)
            yield case.ask(at, member, "network", f"{path}/replies", **body)
        item = {"item_id": case.id("added item", place), "kind": AgendaItemKind.TASKS}
        yield case.ask(soon + timedelta(minutes=20), case.school, "network", f"{path}/agenda", **item)


def _moves(case: CaseStory, place: int) -> bool:
    return case.number % 8 == 4 and place == MOVED


def _interpreted(case: CaseStory, path: str, at: datetime) -> Iterator[Asked]:
    """A guardian needs an interpreter: mostly one comes, and now and then none is to be had."""
    guardian, ref = case.youth.guardians[0].person_id, case.id("language")
    named = {"case_id": case.case_id, "about_id": guardian, "category": Category.LANGUAGE_ETHNICITY}
    content = {"text": "Tigrinja"}
    yield case.ask(at, case.lead, "sharing", "/deposits", ref=ref, **named, content=content, kind="TEXT")
    needed = {"person_ids": [guardian], "language_ref": ref}
    yield case.ask(at + timedelta(minutes=1), case.lead, "network", f"{path}/interpreter", **needed)
    later = at + timedelta(hours=1)
    if case.number % 12 == 1:
        yield case.ask(later, case.lead, "network", f"{path}/interpreter/booked")
    else:
        declined = {"reason": InterpreterRefusal.NONE_AVAILABLE}
        yield case.ask(later, case.lead, "network", f"{path}/interpreter/declined", **declined)


def _called_off(case: CaseStory, members: list[Person]) -> Iterator[Asked]:
    """A meeting in between that the youth could not come to."""
    starts, meeting_id = (
        case.at(case.starts_on + timedelta(days=26), hour=14, minute=0),
        case.id("called off"),
    )
    called_at = case.at(case.starts_on + timedelta(days=22), hour=10, minute=5)
    yield case.ask(
        called_at,
        case.lead,
        "network",
        f"/cases/{case.case_id}/meetings",
        meeting_id=meeting_id,
        kind=MeetingKind.NETWORK,
        mode="VIDEO",
        starts_local=starts.replace(tzinfo=None).isoformat(timespec="minutes"),
        minutes=45,
        invited=[case.lead.person_id, *(member.person_id for member in members)],
    )
    off = {"reason": CancelReason.YOUTH_CANNOT}
    yield case.ask(
        called_at + timedelta(hours=20), case.lead, "network", f"/meetings/{meeting_id}/cancelled", **off
    )
