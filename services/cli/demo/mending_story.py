"""Mistakes in the demonstration, and how they are put right: a wrong day, a deviation in the wrong case, a text that should never have been written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from schemas.codes import CorrectionReason, DeviationKind, Purpose, RedactionReason, VoidReason
from schemas.correction_request import CorrectionRefusal
from services.cli.demo.asking import Asked, Meant
from services.cli.demo.people import MUNICIPAL_LEADER, POLICE

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

WRONG_DAY, WRONG_CASE = 17, 19
"""The cases in which somebody made a mistake."""
MEETING, HELD = 5, 86
"""The meeting that was written down on a wrong day: its place, and its day after the start."""


def told(case: CaseStory) -> Iterator[Asked]:
    """One mistake in each of two cases."""
    if case.number == WRONG_DAY:
        yield from _right_day(case)
    if case.number == WRONG_CASE:
        yield from _never_here(case)


def is_written_wrongly(case: CaseStory, place: int) -> bool:
    """True for the meeting that was entered the day after, as if it had been held then."""
    return case.number == WRONG_DAY and place == MEETING


def _right_day(case: CaseStory) -> Iterator[Asked]:
    """The mother sees the wrong day in the minutes; the lead puts it right. That the meeting was held at all, she is wrong about."""
    meeting_id = case.id("meeting", MEETING)
    held_on = case.at(case.starts_on + timedelta(days=HELD), minute=0).date()
    at = case.at(case.starts_on + timedelta(days=HELD + 9), hour=15, minute=30)
    asked = case.ask(
        at,
        case.lead,
        "network",
        f"/cases/{case.case_id}/corrections",
        fields={"held_on": held_on.isoformat()},
        reason=CorrectionReason.WRITTEN_WRONGLY,
    )
    yield _said_wrong(case, at - timedelta(days=4), meeting_id)
    yield asked._replace(meant=Meant("meeting.held", meeting_id))
    again = at + timedelta(days=2)
    yield _said_wrong(case, again, meeting_id)
    path = f"/correction-requests/{_request(case, again)}/refused"
    why = {"reason": CorrectionRefusal.RIGHT_AS_IT_STANDS}
    yield case.ask(again + timedelta(days=3), case.lead, "contracts", path, **why)


def _request(case: CaseStory, at: datetime) -> str:
    return case.id("said to be wrong", at.date().isoformat())


def _said_wrong(case: CaseStory, at: datetime, meeting_id: str) -> Asked:
    """The lead enters what a guardian says about a meeting."""
    asked = case.ask(
        at,
        case.lead,
        "contracts",
        f"/cases/{case.case_id}/correction-requests",
        request_id=_request(case, at),
        asked_by=case.youth.guardians[0].person_id,
        asked_on=at.date().isoformat(),
    )
    return asked._replace(meant=Meant("meeting.held", meeting_id, "registration_id"))


def _never_here(case: CaseStory) -> Iterator[Asked]:
    """The school reports in the wrong case and strikes it; the lead closes the text, which is about somebody else."""
    at, base = case.at(case.starts_on + timedelta(days=50), hour=9, minute=20), f"/cases/{case.case_id}"
    ref, deviation_id = case.id("text in the wrong case"), case.id("deviation in the wrong case")
    named = {"case_id": case.case_id, "about_id": case.youth.person_id, "category": "CASE_STATUS"}
    content = {"text": "Gikk fra timen uten å si fra. Gjelder en annen elev enn den saken handler om."}
    yield case.ask(at, case.school, "sharing", "/deposits", ref=ref, **named, content=content, kind="TEXT")
    yield case.ask(
        at + timedelta(minutes=2),
        case.school,
        "contracts",
        f"{base}/deviations",
        deviation_id=deviation_id,
        contract_id=case.contract_id,
        kind=DeviationKind.SCHOOL_CONDUCT,
        severity=1,
        happened_on=(at.date() - timedelta(days=1)).isoformat(),
        text_ref=ref,
    )
    struck = case.ask(
        at + timedelta(hours=1), case.school, "contracts", f"{base}/voidings", reason=VoidReason.WRONG_CASE
    )
    yield struck._replace(meant=Meant("deviation.reported", deviation_id))
    seen = {"refs": [ref], "purpose": Purpose.FOLLOW_UP}
    yield case.ask(at + timedelta(minutes=50), POLICE, "sharing", f"{base}/open", **seen)
    yield case.ask(
        at + timedelta(hours=2),
        case.lead,
        "sharing",
        f"{base}/redactions",
        ref=ref,
        reason=RedactionReason.ABOUT_SOMEBODY_ELSE,
    )
    path = f"{base}/redactions/{ref}/destroyed"
    yield case.ask(at + timedelta(days=1), MUNICIPAL_LEADER, "sharing", path)
