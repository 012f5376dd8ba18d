"""What is done about deviations in the demonstration, and how its contracts and cases rest, are evaluated, change hands and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from schemas.codes import CaseOutcome, DismissalReason, LadderStep, MissingReason, PauseReason, SkipReason
from services.cli.demo.asking import Asked
from services.cli.demo.people import BODO, BUP, FAUSKE, Person

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

ACCOUNTS = (
    "Jeg forsov meg, og turte ikke å ringe.",
    "Bussen gikk ikke, og jeg hadde ikke penger på telefonen.",
    "Jeg orket ikke den dagen. Det går bedre nå.",
)
DONE = ("Møtt opp de fleste dagene.", "Vært på trening hver uke.", "Sagt fra når det ble vanskelig.")
LEARNT = ("Det hjelper å legge seg tidligere.", "Det går an å be om hjelp.", "Voksne holder det de lover.")
SMART = ("Fortsette med morgentelefon.", "Beholde fast kontaktperson.", "Trene sammen med noen.")
HEARD, JUDGED, TALKED, OVER = timedelta(days=1), timedelta(days=2), timedelta(days=5), timedelta(days=12)
"""After a deviation was reported: the youth is heard, it is judged, a step is taken, it is over."""
MIDWAY, END, PAST, CLOSED = 88, 172, 185, 196
"""Days after the start: both evaluations, the day after the longest six months, the case is closed."""
RESTING = (8, 14)
"""Cases on hold for two weeks, while the youth is away."""
NOT_EVALUATED, NOT_ENDED = 10, 11
"""Two cases whose lead is behind: one has no end evaluation, and one contract is past its time."""
HANDED_OVER, HANDED_ON = 16, 101
"""The case that changes hands, and how many days after its start."""
OUTCOMES = (
    CaseOutcome.GOALS_REACHED,
    CaseOutcome.GOALS_PARTLY_REACHED,
    CaseOutcome.GOALS_REACHED,
    CaseOutcome.OTHER_HELP,
    CaseOutcome.GOALS_PARTLY_REACHED,
    CaseOutcome.GOALS_NOT_REACHED,
)


def is_over(case: CaseStory) -> bool:
    """True when the time of the contract has run out."""
    return case.starts_on + timedelta(days=PAST) < case.today


def told(case: CaseStory) -> Iterator[Asked]:
    """A rest in some cases; the evaluations; the end, where the time has run out."""
    yield from _rests(case)
    if case.number % 8 != 7:
        yield from _evaluated(case, "MIDWAY", MIDWAY, 1)
    if case.number != NOT_EVALUATED:
        yield from _evaluated(case, "END", END, 2 if case.number % 2 else 3)
    if case.number != NOT_ENDED:
        yield _asks(case, _day(case, PAST), f"/contracts/{case.contract_id}/completed")
    if case.number not in (NOT_ENDED, NOT_EVALUATED):
        closed = {"reason": "COMPLETED", "outcome": OUTCOMES[case.number % len(OUTCOMES)]}
        yield _asks(case, _day(case, CLOSED), f"/cases/{case.case_id}/closed", **closed)


def followed_up(case: CaseStory, place: int, severity: int, reported_on: date) -> Iterator[Asked]:
    """The youth is heard, the lead judges, takes the first step, and ends it; every sixth was no deviation after all."""
    path = f"/deviations/{case.id('deviation', place)}"
    turn = case.number + place
    if turn % 6 == 5:
        yield _asks(case, reported_on + JUDGED, f"{path}/dismissed", reason=DismissalReason.WAS_AGREED)
        return
    heard_on = reported_on + HEARD
    if turn % 3 == 2:
        yield _asks(case, heard_on, f"{path}/youth-account", missing=MissingReason.NOT_REACHED)
    else:
        ref = case.id("youth account", place)
        yield _laid(case, heard_on, ref, text=ACCOUNTS[turn % len(ACCOUNTS)])
        yield _asks(case, heard_on, f"{path}/youth-account", text_ref=ref)
    yield _asks(case, reported_on + JUDGED, f"{path}/assessed", severity=severity)
    yield from _steps(case, path, reported_on + TALKED, turn)
    if turn % 7 != 6 or is_over(case):  # some go on being followed up
        yield _asks(case, reported_on + OVER, f"{path}/resolved")


def _steps(case: CaseStory, path: str, on: date, turn: int) -> Iterator[Asked]:
    """Mostly a talk; sometimes that was had already; and once in a while the whole ladder is gone through."""
    if turn % 7 == 3:
        step = LadderStep.F1_TALK_WITH_CONTACT
        yield _asks(case, on, f"{path}/steps/skipped", step=step, reason=SkipReason.ALREADY_DONE)
        yield _asks(case, on, f"{path}/steps", step=LadderStep.F2_COORDINATOR_TALK)
        return
    yield _asks(case, on, f"{path}/steps", step=LadderStep.F1_TALK_WITH_CONTACT)
    if turn % 7 == 5:
        after = on + timedelta(days=3)
        yield _asks(case, after, f"{path}/steps", step=LadderStep.F2_COORDINATOR_TALK)
        yield _asks(case, after, f"{path}/steps", step=LadderStep.F3_ADJUST_OR_SUPPORT)
        for step in (LadderStep.F4_EXTRA_MEETING, LadderStep.F5_PAUSE, LadderStep.F6_END_BY_AGREEMENT):
            yield _asks(case, after, f"{path}/steps/skipped", step=step, reason=SkipReason.OTHER_STEP_FITS)


def handed_over(case: CaseStory, asked: Iterable[Asked]) -> list[Asked]:
    """What is asked, with one case handed over on the way: from then on the new lead asks what the former would have."""
    if case.number != HANDED_OVER:
        return list(asked)
    old, new = case.lead, FAUSKE if case.lead is BODO else BODO
    at = case.at(_day(case, HANDED_ON), hour=8, minute=0)
    joined = {"person_id": new.person_id, "agency": new.agency, "function": "DEPUTY"}
    base = f"/cases/{case.case_id}"
    handing = [
        case.ask(at, old, "network", f"{base}/members", **joined),
        case.ask(
            at + timedelta(minutes=10), new, "network", f"{base}/secrecy-declarations", text_version="2026-1"
        ),
        case.ask(at + timedelta(minutes=20), old, "contracts", f"{base}/lead", to_id=new.person_id),
        case.ask(
            at + timedelta(minutes=50),
            new,
            "contracts",
            f"{base}/lead-told",
            told_on=at.date().isoformat(),
        ),
    ]
    return [*handing, *(_from_new_lead(each, old, new) if each.at > at else each for each in asked)]


def _from_new_lead(each: Asked, old: Person, new: Person) -> Asked:
    body = each.body
    if body is not None:
        body = {
            name: [new.person_id if one == old.person_id else one for one in value]
            if isinstance(value, list)
            else value
            for name, value in body.items()
        }
    return each._replace(who=new if each.who is old else each.who, body=body)


def _rests(case: CaseStory) -> Iterator[Asked]:
    """Away for a while; or a consent was taken back on day 45 and the case rests until it was talked about."""
    base = f"/cases/{case.case_id}"
    if case.number in RESTING:
        until_on = (_day(case, 91)).isoformat()
        yield _asks(case, _day(case, 70), f"{base}/paused", reason=PauseReason.AWAY, until_on=until_on)
        yield _asks(case, _day(case, 84), f"{base}/resumed")
    if case.number % 3 == 0 and case.number % 4 != 2 and BUP not in case.members:
        yield _asks(case, _day(case, 56), f"{base}/resumed")


def _evaluated(case: CaseStory, kind: str, days: int, level: int) -> Iterator[Asked]:
    """With the youth, who says how far each goal has come, and what was done, learnt and smart."""
    on, ref, turn = _day(case, days), case.id("evaluation words", kind), case.number + level
    words = {"gjort": DONE[turn % 3], "laert": LEARNT[turn % 3], "lurt": SMART[turn % 3]}
    yield _laid(case, on, ref, **words)
    first, second = (case.id("goal", place) for place in range(2))
    levels = [
        {"goal_ref": first, "level": level, "by": "YOUTH"},
        {"goal_ref": second, "level": max(level - 1, 0), "by": "YOUTH"},
        {"goal_ref": first, "level": level, "by": "LEAD"},
    ]
    yield _asks(
        case,
        on,
        f"/contracts/{case.contract_id}/evaluations",
        evaluation_id=case.id("evaluation", kind),
        kind=kind,
        held_on=case.at(on, minute=0).date().isoformat(),
        goals=levels,
        text_ref=ref,
    )


def _day(case: CaseStory, days: int) -> date:
    return case.starts_on + timedelta(days=days)


def _laid(case: CaseStory, on: date, ref: str, **content: str) -> Asked:
    named = {"case_id": case.case_id, "about_id": case.youth.person_id, "category": "CASE_STATUS"}
    at = case.at(on, hour=15, minute=5)
    return case.ask(at, case.lead, "sharing", "/deposits", ref=ref, **named, content=content, kind="TEXT")


def _asks(case: CaseStory, on: date, path: str, **body: Any) -> Asked:
    return case.ask(case.at(on, hour=15, minute=10), case.lead, "contracts", path, **body)
