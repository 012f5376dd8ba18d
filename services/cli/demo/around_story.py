"""What the municipality has beside its cases in the demonstration: who does what, KOG, the forums' year, a survey that points to nobody, and a cohort."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from backbone.clock import derived_id
from schemas.codes import Agency, CancelReason, ForumAdvice, ForumKind, Programme, Reason, Role
from schemas.local_time import OSLO
from schemas.register_codes import YearWheelActivity
from services.cli.demo.asking import Asked, Kept
from services.cli.demo.offices import offices
from services.cli.demo.people import (
    BODO,
    CHILD_WELFARE,
    FAUSKE,
    LEISURE,
    POLICE,
    SCHOOL,
    YOUTH_COORDINATOR,
    Person,
)

PORTAL = Person("portal", "portalen", "sidene", Agency.FELLES_ANSVAR, frozenset({Role.SERVICE}))
"""Asks for whoever answers the survey: nobody knows who that is."""
FORUM = derived_id("demo forum")
TEXT_VERSION = "2026-1"


class Matter(NamedTuple):
    """What KOG talked about in a session, told so that nobody can be recognised."""

    themes: tuple[Reason, ...]
    advice: ForumAdvice
    text: str


SESSIONS = (
    (280, Matter((Reason.VIOLENCE,), ForumAdvice.SUITABLE_FOR_FOLLOW_UP, "Ungdom med vilje til endring og støtte hjemme.")),
    (196, Matter((Reason.THEFT, Reason.DROP_IN_ENVIRONMENT), ForumAdvice.MORE_FACTS_NEEDED, "Flere saker på kort tid; skolen vet lite.")),
    (112, Matter((Reason.SUBSTANCE_USE,), ForumAdvice.OTHER_MEASURE, "Ruskontrakt med kommunen ser ut til å passe bedre.")),
    (28, Matter((Reason.THREATS, Reason.DIGITAL_ABUSE), ForumAdvice.REPORT_CONCERN, "Bekymring for omsorgen hjemme.")),
)  # fmt: skip
MEMBERS = (POLICE, CHILD_WELFARE, SCHOOL, LEISURE)
YEAR_WHEEL = (
    (2, YearWheelActivity.ANNUAL_REPORT),
    (6, YearWheelActivity.HOLIDAYS_AND_EVENTS),
    (10, YearWheelActivity.PARENTS),
)
SHEETS = (("1804", BODO, 210, 7), ("1841", FAUSKE, 190, 5))
"""Survey sheets: municipality, who made it, how many days ago, how many answered."""


def around(until: datetime) -> list[Asked]:
    """Everything that was asked in the year before `until` (aware) about no case at all."""
    return [
        *_offices(until),
        *_forum(until),
        *_steering(until),
        *_gathering(until),
        *_surveys(until),
        *_cohorts(until),
    ]


def _offices(until: datetime) -> Iterator[Asked]:
    at = _ago(until, 358)
    for office in offices():
        who = BODO if office.municipality_no in BODO.municipality_nos else FAUSKE
        yield Asked(at, who, "network", "/directory/functions", dict(office._asdict()))


def _forum(until: datetime) -> Iterator[Asked]:
    """KOG: members with a secrecy of their own, a session a quarter, and one who leaves."""
    chair, base, at = YOUTH_COORDINATOR, f"/forums/{FORUM}", _ago(until, 300)
    yield Asked(at, chair, "network", "/forums", {"forum_id": FORUM})
    for place, member in enumerate(MEMBERS):
        joins = {"person_id": member.person_id, "agency": member.agency}
        yield Asked(at + timedelta(minutes=2 + place), chair, "network", f"{base}/members", joins)
    for place, member in enumerate((chair, *MEMBERS)):
        declared = {"text_version": TEXT_VERSION}
        when = at + timedelta(hours=2, minutes=place)
        yield Asked(when, member, "network", f"{base}/secrecy-declarations", declared)
    for place, (ago, matter) in enumerate(SESSIONS):
        yield from _session(_ago(until, ago), base, place, matter)
    left = _ago(until, 150)
    yield Asked(left, chair, "network", f"{base}/members/{LEISURE.person_id}/leave", {})


def _steering(until: datetime) -> Iterator[Asked]:
    """The steering group: four meetings, one called off, an agreement that was revised, and a year wheel."""
    forum, chair = derived_id("demo steering group"), BODO
    base, at = f"/forums/{forum}", _ago(until, 330)

    def asks(when: datetime, way: str, **body: Any) -> Asked:
        return Asked(when, chair, "network", f"{base}/{way}", body)

    def a_day(days: int) -> str:
        return _ago(until, days).date().isoformat()

    yield Asked(at, chair, "network", "/forums", {"forum_id": forum, "kind": ForumKind.STEERING})
    for place, member in enumerate((POLICE, CHILD_WELFARE, SCHOOL)):
        joins = {"person_id": member.person_id, "agency": member.agency}
        yield asks(at + timedelta(minutes=2 + place), "members", **joins)
    agreement = derived_id("demo agreement")
    parties = [Agency.KOMMUNE_SLT, Agency.POLITI_FOREBYGGENDE]
    yield asks(
        at + timedelta(hours=1),
        "agreements",
        agreement_id=agreement,
        parties=parties,
        signed_on=at.date().isoformat(),
        revise_on=a_day(60),
    )
    for place, (month, activity) in enumerate(YEAR_WHEEL):
        item = {"item_id": derived_id("demo year wheel", place), "activity": activity, "month": month}
        when = at + timedelta(hours=2, minutes=place)
        yield asks(when, "year-wheel", **item, person_id=(chair, POLICE, SCHOOL)[place].person_id)
    for place, ago in enumerate((300, 210, 120, 40)):
        session = derived_id("demo steering meeting", place)
        yield asks(_ago(until, ago + 25), "sessions/planned", session_id=session, meets_on=a_day(ago))
        yield asks(_ago(until, ago + 18), f"sessions/{session}/invitations", sent_on=a_day(ago + 18))
        there = [chair.person_id, POLICE.person_id, SCHOOL.person_id]
        yield asks(_ago(until, ago), "sessions", session_id=session, held_on=a_day(ago), present=there)
    extra = derived_id("demo steering meeting", "extra")
    yield asks(_ago(until, 90), "sessions/planned", session_id=extra, meets_on=a_day(70))
    yield asks(_ago(until, 75), f"sessions/{extra}/cancelled", reason=CancelReason.NOT_NEEDED)
    yield asks(_ago(until, 58), f"agreements/{agreement}/revised", revised_on=a_day(58))
    done = derived_id("demo year wheel", 0)
    yield asks(_ago(until, 50), f"year-wheel/{done}/done", done_on=a_day(50))


def _gathering(until: datetime) -> Iterator[Asked]:
    """A yearly gathering that was set up twice by mistake, and is closed the next day."""
    forum, at = derived_id("demo gathering"), _ago(until, 320)
    yield Asked(at, FAUSKE, "network", "/forums", {"forum_id": forum, "kind": ForumKind.GATHERING})
    yield Asked(_ago(until, 316), FAUSKE, "network", f"/forums/{forum}/closed", {})


def _session(at: datetime, base: str, place: int, matter: Matter) -> Iterator[Asked]:
    chair, session_id = YOUTH_COORDINATOR, derived_id("demo forum session", place)
    there = [chair, *MEMBERS[: 3 if place > 1 else 4]]
    held: dict[str, Any] = {
        "session_id": session_id,
        "held_on": at.date().isoformat(),
        "present": [person.person_id for person in there],
    }
    yield Asked(at, chair, "network", f"{base}/sessions", held)
    said: dict[str, Any] = {
        "matter_id": derived_id("demo forum matter", place),
        "themes": list(matter.themes),
        "advice": matter.advice,
        "text": matter.text,
    }
    yield Asked(at + timedelta(minutes=7), chair, "network", f"{base}/sessions/{session_id}/matters", said)


def _surveys(until: datetime) -> Iterator[Asked]:
    """A sheet of codes in two municipalities; enough answer for the sums to be shown when the quarter is over."""
    for municipality_no, lead, ago, answered in SHEETS:
        sheet = f"sheet {municipality_no}"
        asked: dict[str, Any] = {"municipality_no": municipality_no, "count": 10}
        made = _ago(until, ago, hour=9)
        yield Asked(made, lead, "contracts", "/surveys/codes", asked, keeps=sheet)
        for place in range(answered):
            respondent = ("YOUTH", "GUARDIAN", "YOUTH", "GROUP_MEMBER")[place % 4]
            levels = {"was_heard": 3 + place % 2, "was_useful": 2 + place % 3, "was_clear": 4 - place % 2}
            answer: dict[str, Any] = {"respondent": respondent, **levels, "would_advise_others": 3}
            at = made + timedelta(days=3 + 2 * place, hours=2)
            kept = Kept("code", sheet, place)
            yield Asked(at, PORTAL, "contracts", "/surveys/answers", answer, kept=kept)
        path = f"/surveys/results?municipality_no={municipality_no}"
        yield Asked(_ago(until, ago - 110), lead, "contracts", path)


def _cohorts(until: datetime) -> Iterator[Asked]:
    """The year before, closed in both municipalities; its three years are longer than the demonstration."""
    for place, (municipality_no, lead, _, _) in enumerate(SHEETS):
        at = _ago(until, 20, hour=10, minute=5 * place)
        asked: dict[str, Any] = {
            "municipality_no": municipality_no,
            "programme": Programme.FA_YOUTH_CONTRACT,
            "period_key": str(at.year - 1),
        }
        yield Asked(at, lead, "contracts", "/cohorts", asked)


def _ago(until: datetime, days: int, *, hour: int = 12, minute: int = 15) -> datetime:
    """A time of a working day so many days before; a weekend's is moved to the Friday before."""
    day = until.date() - timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, time(hour, minute), OSLO)
