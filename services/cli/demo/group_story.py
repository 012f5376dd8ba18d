"""What happens around a youth of the demonstration beside the meetings: a mentor, other plans, and a mediation whose record the group cannot open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from schemas.codes import HasOne, MediationOutcome, MediationParty, MeetingKind
from services.cli.demo.asking import Asked
from services.cli.demo.people import MENTOR

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

MENTORED, COORDINATED, AGREED, DECLINED = (12, 20), (14, 7), 13, 19
"""The cases with a mentor, with other plans, with a mediation that came about, and with one that did not."""
TEXT_VERSION = "2026-1"
VICTIMS = {AGREED: "Grei Strandlilje", DECLINED: "Rolig Hestehov"}
FOR_NOBODY = "Grei Blåklokke"


def told(case: CaseStory) -> Iterator[Asked]:
    """What is beside the meetings."""
    if case.number in MENTORED:
        yield from _mentored(case)
    if case.number in COORDINATED:
        yield _coordinated(case)
    if case.number == AGREED:
        yield from mediated(case, 24, kind=MeetingKind.MEDIATION)
    if case.number == DECLINED:
        yield from _declined(case)


def mediated(case: CaseStory, days: int, *, kind: MeetingKind) -> Iterator[Asked]:
    """The victim says yes, they meet, and agree."""
    record, victim, at = case.id("mediation"), case.id("victim"), _at(case, days)
    yield from _asked(case, record, victim, at)
    starts, meeting_id = _at(case, days + 9, hour=14), case.id("mediation meeting")
    people = [case.lead.person_id, case.youth.person_id]
    yield _network(
        case,
        _at(case, days + 3),
        f"/cases/{case.case_id}/meetings",
        meeting_id=meeting_id,
        kind=kind,
        mode="IN_PERSON",
        starts_local=starts.replace(tzinfo=None).isoformat(timespec="minutes"),
        minutes=90,
        invited=people,
    )
    over = starts + timedelta(minutes=95)
    held = {"held_on": starts.date().isoformat(), "present": people}
    yield _network(case, over, f"/meetings/{meeting_id}/held", **held)
    ref = case.id("agreement")
    yield _laid(
        case, over, record, victim, ref, text="Hærverket er gjort opp med tre lørdager på verkstedet."
    )
    closed = {"outcome": MediationOutcome.AGREEMENT, "text_ref": ref}
    yield _network(case, over + timedelta(minutes=5), f"/mediations/{record}/closed", **closed)


def _declined(case: CaseStory) -> Iterator[Asked]:
    """The victim said yes, thinks it over, and does not want to after all."""
    record, victim, at = case.id("mediation"), case.id("victim"), _at(case, 22)
    yield from _asked(case, record, victim, at)
    later = _at(case, 27)
    answer = {"says_yes": False, "method": "PAPER", "given_on": later.date().isoformat()}
    yield _network(case, later, f"/mediations/{record}/parties/{victim}/answer", **answer)
    closed = {"outcome": MediationOutcome.VICTIM_DECLINED}
    yield _network(case, later + timedelta(minutes=9), f"/mediations/{record}/closed", **closed)


def _asked(case: CaseStory, record: str, victim: str, at: datetime) -> Iterator[Asked]:
    """A record of its own is opened, and the victim says yes."""
    yield _network(case, at, f"/cases/{case.case_id}/mediations", mediation_id=record)
    party = {"party_id": victim, "party": MediationParty.VICTIM}
    yield _network(case, at + timedelta(minutes=2), f"/mediations/{record}/parties", **party)
    name = VICTIMS.get(case.number, FOR_NOBODY)
    yield _laid(case, at + timedelta(minutes=3), record, victim, case.id("victim name"), name=name)
    answered = at + timedelta(minutes=40)
    answer = {"says_yes": True, "method": "ORAL_IN_MEETING", "given_on": at.date().isoformat()}
    yield _network(case, answered, f"/mediations/{record}/parties/{victim}/answer", **answer)


def _mentored(case: CaseStory) -> Iterator[Asked]:
    """A mentor joins, shows a police certificate, and declares secrecy on paper."""
    at, base = _at(case, 26), f"/cases/{case.case_id}"
    joins = {"person_id": MENTOR.person_id, "agency": MENTOR.agency, "function": "MENTOR"}
    yield _network(case, at, f"{base}/members", **joins)
    shown = {"shown_on": at.date().isoformat()}
    yield _network(case, at + timedelta(minutes=5), f"{base}/members/{MENTOR.person_id}/certificate", **shown)
    declared = {"text_version": TEXT_VERSION, "person_id": MENTOR.person_id}
    yield _network(case, at + timedelta(minutes=6), f"{base}/secrecy-declarations", **declared)


def _coordinated(case: CaseStory) -> Asked:
    """Whether others coordinate around the youth too."""
    said: dict[str, Any] = {"child_coordinator": HasOne.NO, "individual_plan": HasOne.NO}
    if case.number == COORDINATED[0]:
        said = {
            "child_coordinator": HasOne.YES,
            "individual_plan": HasOne.ASKED,
            "coordinator_id": case.members[-1].person_id,
        }
    return _network(case, _at(case, 18), f"/cases/{case.case_id}/coordination", **said)


def _laid(case: CaseStory, at: datetime, record: str, about: str, ref: str, **content: str) -> Asked:
    """Something in the mediation's own part of the vault."""
    named = {"case_id": record, "about_id": about, "category": "VICTIM_INFO"}
    return case.ask(at, case.lead, "sharing", "/deposits", ref=ref, **named, content=content, kind="TEXT")


def _network(case: CaseStory, at: datetime, path: str, **body: Any) -> Asked:
    return case.ask(at, case.lead, "network", path, **body)


def _at(case: CaseStory, days: int, *, hour: int = 11) -> datetime:
    return case.at(case.starts_on + timedelta(days=days), hour=hour, minute=20)
