"""What there is beside the cases of the demonstration: consultations without a name, local offers, and referrals that became no case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from backbone.clock import derived_id
from schemas.codes import (
    Agency,
    ClauseKind,
    DeclineReason,
    Reason,
    ReferralOrigin,
    ReportMethod,
    Urgency,
    YouthKnows,
)
from schemas.local_time import OSLO
from schemas.register_codes import Advice, ConsultationAge
from services.cli.demo.asking import Asked
from services.cli.demo.families import a_youth
from services.cli.demo.people import BODO, COLLEGE, FAUSKE, LEISURE, POLICE, PPT, SCHOOL, Person

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

FIRST_NUMBER = 60
"""Numbers of the youths whose referral became no case, apart from those of the cases."""


class Talk(NamedTuple):
    """A consultation: how many days ago, who asked, in which municipality, about what, and what was advised."""

    ago: int
    who: Person
    municipality_no: str
    theme: Reason
    age: ConsultationAge
    advice: tuple[Advice, ...]


TALKS = (
    Talk(251, SCHOOL, "1804", Reason.SCHOOL_ABSENCE, ConsultationAge.AGE_12_14, (Advice.TALK_WITH_YOUTH,)),
    Talk(188, PPT, "1841", Reason.OTHER_CONCERN, ConsultationAge.AGE_12_14, (Advice.CONTACT_HEALTH,)),
    Talk(
        126, LEISURE, "1804", Reason.DROP_IN_ENVIRONMENT, ConsultationAge.AGE_15_17, (Advice.CONTACT_POLICE,)
    ),
    Talk(74, SCHOOL, "1804", Reason.THREATS, ConsultationAge.AGE_12_14, (Advice.REFER_TO_FELLES_ANSVAR,)),
    Talk(33, COLLEGE, "1841", Reason.SUBSTANCE_USE, ConsultationAge.AGE_15_17, (Advice.TALK_WITH_GUARDIANS,)),
    Talk(
        *(12, SCHOOL, "1804", Reason.SCHOOL_ABSENCE, ConsultationAge.UNDER_12),
        (Advice.OWN_AGENCY_GOES_ON, Advice.NEW_CONSULTATION),
    ),
)


class Offered(NamedTuple):
    """A local offer: where, what it helps with, its words, whose it is, and for which ages."""

    municipality_no: str
    kind: ClauseKind
    title: str
    provider: str
    agency: Agency
    ages: tuple[int, int]


OFFERS = (
    Offered("1804", ClauseKind.LEISURE, "Mekkekveld", "Bodø eksempelverksted", Agency.FRITID, (13, 18)),
    Offered("1804", ClauseKind.HOMEWORK, "Leksehjelp to dager i uka", "Stormen eksempelbibliotek", Agency.FRIVILLIG_ORG, (10, 16)),
    Offered("1804", ClauseKind.ANGER_CONTROL, "Sinnemestring, åtte ganger", "Familiesenteret", Agency.KOMMUNE_SLT, (13, 18)),
    Offered("1804", ClauseKind.WORK_TRAINING, "Arbeidstrening på havna", "Bodø eksempelhavn", Agency.NAV, (15, 18)),
    Offered("1841", ClauseKind.LEISURE, "Open hall på fredagar", "Fauske eksempelhall", Agency.FRITID, (12, 18)),
    Offered("1841", ClauseKind.MENTOR, "Vaksenvenn", "Fauske frivilligsentral", Agency.FRIVILLIG_ORG, (12, 18)),
    Offered("1875", ClauseKind.LEISURE, "Båtlag", "Hamarøy eksempelkystlag", Agency.FRIVILLIG_ORG, (12, 20)),
    Offered("1837", ClauseKind.LEISURE, "Klatregruppe", "Meløy eksempelturlag", Agency.FRIVILLIG_ORG, (12, 18)),
)  # fmt: skip


class Referral(NamedTuple):
    """A referral of its own: how many days ago, from whom, to whom, and what came of it (nothing yet when empty)."""

    ago: int
    who: Person
    to: Person
    origin: ReferralOrigin
    reason: Reason
    urgency: Urgency
    named: bool
    steps: tuple[tuple[str, dict[str, str]], ...]


SCREENED: tuple[str, dict[str, str]] = ("screened", {})
ELSEWHERE = {"reason": DeclineReason.OUTSIDE_TARGET_GROUP.value, "to": Agency.BARNEVERN.value}
REFERRALS = (
    Referral(
        *(203, POLICE, BODO, ReferralOrigin.CONCERN_TALK, Reason.THEFT, Urgency.ORDINARY, True),
        (SCREENED, ("declined", {"reason": DeclineReason.HELPED_ELSEWHERE.value})),
    ),
    Referral(
        *(61, SCHOOL, FAUSKE, ReferralOrigin.GUARDIAN, Reason.OTHER_CONCERN, Urgency.SOON, True),
        (SCREENED, ("redirected", ELSEWHERE)),
    ),
    Referral(
        *(31, COLLEGE, BODO, ReferralOrigin.SCHOOL, Reason.SCHOOL_ABSENCE, Urgency.ORDINARY, True),
        (("withdrawn", {}),),
    ),
    Referral(10, POLICE, BODO, ReferralOrigin.POLICE, Reason.VANDALISM, Urgency.ORDINARY, True, (SCREENED,)),
    Referral(5, SCHOOL, FAUSKE, ReferralOrigin.SCHOOL, Reason.THREATS, Urgency.SOON, False, ()),
    Referral(3, COLLEGE, BODO, ReferralOrigin.SCHOOL, Reason.SUBSTANCE_USE, Urgency.ORDINARY, True, ()),
)


def beside_the_cases(until: datetime, *, seed: int) -> list[Asked]:
    """Everything that was asked in the year before `until` (aware) without becoming a case."""
    chance = Random(seed + FIRST_NUMBER)
    asked = [*_consultations(until), *_offers(until)]
    for number, referral in enumerate(REFERRALS, start=FIRST_NUMBER):
        asked += _referral(number, referral, until, chance)
    return asked


def before(case: CaseStory) -> Iterator[Asked]:
    """The referral from the school that a case began with: received, screened the same day, accepted."""
    school, youth, referral_id = case.school, case.youth, case.id("referral")
    at, ref = (
        case.at(case.registered_on - timedelta(days=4), hour=10, minute=15),
        case.id("referred identity"),
    )
    content = {"name": youth.name, "birth_on": youth.birth_on.isoformat(), "national_id": youth.national_id}
    yield _identity(case.ask, at, school, case.case_id, youth.person_id, ref, content)
    yield case.ask(
        at + timedelta(minutes=5),
        school,
        "contracts",
        "/referrals",
        case_id=case.case_id,
        referral_id=referral_id,
        origin=ReferralOrigin.SCHOOL,
        referrer_agency=school.agency,
        reasons=[Reason.SCHOOL_ABSENCE],
        urgency=Urgency.ORDINARY,
        youth_knows=YouthKnows.YES,
        municipality_no=case.municipality_no,
        assigned_to=case.lead.person_id,
        concern_on=(at.date() - timedelta(days=12)).isoformat(),
        youth_id=youth.person_id,
        identity_refs=[ref],
    )
    path = f"/referrals/{referral_id}"
    told = {"how": ReportMethod.TELEPHONE, "acknowledged_on": at.date().isoformat()}
    yield case.ask(at + timedelta(hours=1), case.lead, "contracts", f"{path}/acknowledged", **told)
    yield case.ask(at + timedelta(hours=3), case.lead, "contracts", f"{path}/screened")
    accepted_at = case.at(case.registered_on, hour=8, minute=40)
    yield case.ask(accepted_at, case.lead, "contracts", f"{path}/accepted", programme=case.programme)


def _consultations(until: datetime) -> Iterator[Asked]:
    for place, talk in enumerate(TALKS):
        at = _ago(until, talk.ago, hour=14)
        body: dict[str, Any] = {
            "consultation_id": derived_id("demo consultation", place),
            "municipality_no": talk.municipality_no,
            "held_on": at.date().isoformat(),
            "themes": [talk.theme],
            "age": talk.age,
            "agencies": [talk.who.agency, Agency.KOMMUNE_SLT],
            "advice": list(talk.advice),
        }
        yield Asked(at, talk.who, "contracts", "/consultations", body)


def _offers(until: datetime) -> Iterator[Asked]:
    """Entered through the year; the first is gone through again, and the last is no more."""
    for place, offered in enumerate(OFFERS):
        offer_id, lead = derived_id("demo offer", place), _coordinator(offered.municipality_no)
        body: dict[str, Any] = {
            "offer_id": offer_id,
            "municipality_no": offered.municipality_no,
            "kind": offered.kind,
            "title": offered.title,
            "provider": offered.provider,
            "provider_agency": offered.agency,
            "age_from": offered.ages[0],
            "age_to": offered.ages[1],
            "contact": "post@tilbud.example",
        }
        at = _ago(until, 340 - 30 * place, hour=13)
        yield Asked(at, lead, "contracts", "/offers", body)
        if place in (0, len(OFFERS) - 1):
            what = "ended" if place else "reviewed"
            yield Asked(_ago(until, 40, hour=13), lead, "contracts", f"/offers/{offer_id}/{what}", {})


def _referral(number: int, told: Referral, until: datetime, chance: Random) -> Iterator[Asked]:
    at, case_id = _ago(until, told.ago, hour=11), derived_id("demo", number, "case")
    youth = a_youth(
        number, birth_on=(at - timedelta(days=14 * 365 + 40 * (number % 9))).date(), chance=chance
    )
    referral_id, ref = derived_id("demo", number, "referral"), derived_id("demo", number, "identity")
    about: dict[str, Any] = {}
    if told.named:
        content = {
            "name": youth.name,
            "birth_on": youth.birth_on.isoformat(),
            "national_id": youth.national_id,
        }
        yield _identity(_ask, at, told.who, case_id, youth.person_id, ref, content)
        about = {"youth_id": youth.person_id, "identity_refs": [ref]}
    yield _ask(
        at + timedelta(minutes=5),
        told.who,
        "contracts",
        "/referrals",
        case_id=case_id,
        referral_id=referral_id,
        origin=told.origin,
        referrer_agency=told.who.agency,
        reasons=[told.reason],
        urgency=told.urgency,
        youth_knows=YouthKnows.YES if told.named else YouthKnows.NO,
        municipality_no="1841" if told.to is FAUSKE else "1804",
        assigned_to=told.to.person_id,
        concern_on=(at.date() - timedelta(days=6)).isoformat(),
        **about,
    )
    for place, (step, body) in enumerate(told.steps, start=1):
        who = told.who if step == "withdrawn" else told.to
        later = at + timedelta(hours=2 * place)
        yield _ask(later, who, "contracts", f"/referrals/{referral_id}/{step}", **body)


def _identity(
    ask: Any, at: datetime, who: Person, case_id: str, youth_id: str, ref: str, content: dict[str, str]
) -> Asked:
    named = {"case_id": case_id, "about_id": youth_id, "category": "IDENTITY_CONTACT", "kind": "IDENTITY"}
    asked: Asked = ask(at, who, "sharing", "/deposits", ref=ref, **named, content=content)
    return asked


def _ask(at: datetime, who: Person, service: str, path: str, **body: Any) -> Asked:
    return Asked(at, who, service, path, body)


def _coordinator(municipality_no: str) -> Person:
    return BODO if municipality_no in BODO.municipality_nos else FAUSKE


def _ago(until: datetime, days: int, *, hour: int) -> datetime:
    """A time of a working day so many days before; a weekend's is moved to the Friday before."""
    day = until.date() - timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, time(hour, 20), OSLO)
