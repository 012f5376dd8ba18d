"""Cases of the demonstration that do not go as most do: each comes as far as its own telling, and no further."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from schemas.codes import CaseOutcome, Category, ConsentKind, EndingReason, Programme, Purpose, SignerExcuse
from services.cli.demo import retention_story
from services.cli.demo.asking import Asked, Meant
from services.cli.demo.case_story import CaseStory, Shape
from services.cli.demo.families import Youth
from services.cli.demo.people import BODO, FAUSKE, MUNICIPAL_LEADER, POLICE, Person

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_NUMBER = 70
TEXT_VERSION = "2026-1"


class SmallStory(CaseStory):
    """A case that is told in a few steps. `began` is how many days ago its contract begins, or was to begin."""

    def __init__(
        self,
        number: int,
        began: int,
        *,
        lead: Person = BODO,
        programme: Programme = Programme.FA_YOUTH_CONTRACT,
        youth: Youth | None = None,
        today: date,
        chance: Random,
    ) -> None:
        starts_on = today - timedelta(days=began)
        born = starts_on - timedelta(days=14 * 365 + 37 * (number % 9))
        place = "1804" if lead is BODO else "1841"
        super().__init__(
            number=number,
            municipality_no=place,
            lead=lead,
            birth_on=youth.birth_on if youth else born,
            starts_on=starts_on,
            shape=Shape.SIGNED,
            today=today,
            chance=chance,
        )
        self.registered_on = starts_on - timedelta(days=5)
        self.members, self.programme = [self.school, POLICE], programme
        if youth is not None:
            self.youth = youth

    def day(self, days: int, *, hour: int = 10, minute: int = 0) -> datetime:
        """A time so many days after the start day."""
        return self.at(self.starts_on + timedelta(days=days), hour=hour, minute=minute)

    def of_case(
        self, at: datetime, service: str, what: str, *, who: Person | None = None, **body: Any
    ) -> Asked:
        """Something about the case, asked by its lead unless somebody else is named."""
        return self.ask(at, who or self.lead, service, f"/cases/{self.case_id}/{what}", **body)

    def of_contract(self, at: datetime, what: str, **body: Any) -> Asked:
        """Something about the contract."""
        return self.ask(at, self.lead, "contracts", f"/contracts/{self.contract_id}/{what}", **body)

    def lays(self, at: datetime, name: str, text: str, category: Category = Category.CASE_STATUS) -> Asked:
        """A text about the youth to the vault, under a reference by its name."""
        return self._deposit(at, self.id(name), self.youth.person_id, category, {"text": text})

    def runs(self) -> Iterator[Asked]:
        """Registered, signed by everybody, and everybody has declared secrecy."""
        yield from self._registration()
        yield from self._signatures()
        for place, member in enumerate(self.members):
            at = self.at(self.registered_on + timedelta(days=2), hour=15, minute=place)
            yield self.of_case(at, "network", "secrecy-declarations", who=member, text_version=TEXT_VERSION)

    def registered(self) -> Iterator[Asked]:
        """Registered, and signed by nobody yet."""
        yield from self._registration()


def _rejected(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """A guardian says no to signing, and the case is closed."""
    yield from case.registered()
    yield case.of_contract(case.day(2), "rejected")
    closed: dict[str, Any] = {"reason": EndingReason.BY_AGREEMENT, "outcome": CaseOutcome.OTHER_HELP}
    yield case.of_case(case.day(3), "contracts", "closed", **closed, evaluation_missing="NOT_STARTED")


def _unsigned(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """Nobody comes to sign; time does the rest."""
    yield from case.registered()


def _ended_early(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """The youth has had enough, which needs no reason; closed, and its content destroyed by two persons."""
    yield from case.runs()
    yield case.of_contract(case.day(60), "ended-early", reason=EndingReason.BY_AGREEMENT)
    closed: dict[str, Any] = {
        "reason": EndingReason.BY_AGREEMENT,
        "outcome": CaseOutcome.GOALS_PARTLY_REACHED,
    }
    yield case.of_case(case.day(68), "contracts", "closed", **closed, evaluation_missing="NOT_WANTED")
    yield from retention_story.destroyed(case, case.day(80), basis="DISCARD_RULE")


def _moved(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """The youth moves to another municipality: the case is closed here."""
    yield from case.runs()
    moved: dict[str, Any] = {"to_municipality_no": "1841", "to_agency": FAUSKE.agency}
    yield case.of_case(case.day(40), "contracts", "transferred", **moved)


def _running(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """A contract that runs, without more to tell."""
    yield from case.runs()


def _kept_apart(case: SmallStory, others: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """One of three who did something together; two of them are not to meet, and two others may again."""
    yield from case.runs()
    other = {70 + place: others[70 + place].case_id for place in (6, 8)}
    at = case.day(1, hour=13)
    yield case.of_case(at, "network", "no-contact", other_case_id=other[76])
    yield case.of_case(at + timedelta(minutes=4), "network", "no-contact", other_case_id=other[78])
    yield case.of_case(case.day(6), "network", "no-contact/lifted", other_case_id=other[78])


def _sibling(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """A younger sister has a case of her own; child welfare has the care, and one guardian is excused from a consent."""
    yield from case.runs()
    at, consent_id = case.day(1), case.id("consent")
    yield case.of_case(
        at,
        "sharing",
        "consents",
        consent_id=consent_id,
        kind=ConsentKind.SECRECY_RELEASE,
        youth_id=case.youth.person_id,
        from_agencies=[case.school.agency],
        to_agencies=[POLICE.agency],
        categories=[Category.SCHOOL_ATTENDANCE],
        purpose=Purpose.FOLLOW_UP,
        valid_from=at.date().isoformat(),
        valid_to=(at.date() + timedelta(days=120)).isoformat(),
        text_version=TEXT_VERSION,
        language="nb",
        signers=[{"person_id": person_id, "role": role} for person_id, role in case.signers()],
    )
    youth, first, *_rest = case.signers()
    for place, (person_id, role) in enumerate((youth, case.signers()[-1])):
        given_at = case.day(3, minute=place)
        given = {"person_id": person_id, "role": role, "method": "PAPER"}
        path = f"/consents/{consent_id}/given"
        yield case.ask(given_at, case.lead, "sharing", path, **given, given_on=given_at.date().isoformat())
    yield case.lays(case.day(4), "grounds", "Barnevernet har omsorgen etter vedtak.", Category.FAMILY)
    excuse = {"person_id": first[0], "why": SignerExcuse.CHILD_WELFARE_HAS_CARE}
    path = f"/consents/{consent_id}/excused"
    yield case.ask(
        case.day(4, hour=12), MUNICIPAL_LEADER, "sharing", path, **excuse, grounds_ref=case.id("grounds")
    )


def _protected(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """A strictly confidential address (code 6): nobody sees the case but those cleared by name, and it is followed up elsewhere."""
    yield from case.registered()
    at = case.at(case.registered_on, hour=14)
    yield case.of_case(at, "sharing", "protection", level="CODE_6")
    later = case.day(-2)
    for place, member in enumerate((case.lead, POLICE)):
        cleared_at = later + timedelta(minutes=place)
        yield case.of_case(
            cleared_at, "sharing", "clearances", who=MUNICIPAL_LEADER, person_id=member.person_id
        )
    path = f"clearances/{POLICE.person_id}/withdrawn"
    yield case.of_case(case.day(5), "sharing", path, who=MUNICIPAL_LEADER)
    closed: dict[str, Any] = {"reason": EndingReason.BY_AGREEMENT, "outcome": CaseOutcome.OTHER_HELP}
    yield case.of_contract(case.day(6), "rejected")
    yield case.of_case(
        case.day(6, hour=11), "contracts", "closed", **closed, evaluation_missing="NOT_STARTED"
    )


def _second_programme(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """A substance contract beside the youth contract: the youth is recognised, and the two are followed up by one."""
    asked_at = case.at(case.registered_on, hour=8, minute=30)
    youth, ref = case.youth, case.id("asked identity")
    known = {"name": youth.name, "birth_on": youth.birth_on.isoformat(), "national_id": youth.national_id}
    yield case._deposit(asked_at, ref, youth.person_id, "IDENTITY_CONTACT", known, kind="IDENTITY")
    asked = {"case_id": case.case_id, "youth_id": youth.person_id}
    yield case.ask(asked_at + timedelta(minutes=2), case.lead, "contracts", "/youths/known", **asked)
    yield from case.runs()


def _mistaken(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """Registered on the wrong youth: closed the same day, and destroyed."""
    yield from case.registered()
    at = case.at(case.registered_on, hour=13)
    yield case.of_case(at, "contracts", "closed", reason=EndingReason.REGISTERED_BY_MISTAKE)
    yield from retention_story.destroyed(case, at + timedelta(hours=1), basis="REGISTERED_BY_MISTAKE")


def _entered_later(case: SmallStory, _: Mapping[int, CaseStory]) -> Iterator[Asked]:
    """Written on paper while nothing could be entered, and entered afterwards with its own dates; a meeting that was entered as held was not."""
    case.registered_on = case.starts_on + timedelta(days=16)
    yield from case._registration()
    signed_on = case.at(case.starts_on).date()
    for place, (person_id, role) in enumerate(case.signers()):
        at = case.at(case.registered_on, hour=11, minute=place)
        body = {"person_id": person_id, "role": role, "method": "PAPER", "signed_on": signed_on.isoformat()}
        yield case.of_contract(at, "signatures", **body)
    meeting_id, called_at = case.id("meeting"), case.day(20, hour=9)
    starts = case.day(24, hour=12)
    people = [case.lead.person_id, *(member.person_id for member in case.members)]
    yield case.of_case(
        called_at,
        "network",
        "meetings",
        meeting_id=meeting_id,
        kind="NETWORK",
        mode="IN_PERSON",
        starts_local=starts.replace(tzinfo=None).isoformat(timespec="minutes"),
        minutes=60,
        invited=people,
    )
    held = {"held_on": starts.date().isoformat(), "present": people}
    yield case.ask(starts + timedelta(hours=2), case.lead, "network", f"/meetings/{meeting_id}/held", **held)
    struck = case.of_case(case.day(28), "network", "voidings", reason="DID_NOT_HAPPEN")
    yield struck._replace(meant=Meant("meeting.held", meeting_id))


def small_stories(others: Mapping[int, CaseStory], *, today: date, chance: Random) -> list[Asked]:
    """Everything that was asked in the cases that do not go as most do. `others` are the cases that do, by number."""
    told: dict[int, Any] = {}
    cases: dict[int, CaseStory] = {}

    def case(number: int, began: int, telling: Any, **more: Any) -> SmallStory:
        cases[number] = story = SmallStory(number, began, today=today, chance=chance, **more)
        told[number] = telling
        return story

    case(70, 45, _rejected)
    case(71, 52, _unsigned)
    case(72, 130, _ended_early)
    before_moving = case(73, 95, _moved)
    case(74, 8, _running, lead=FAUSKE, youth=before_moving.youth)
    older = case(75, 9, _kept_apart)
    case(76, 9, _running)
    case(78, 8, _running)
    younger = case(77, 10, _sibling)
    name = f"{younger.youth.name.split()[0]} {older.youth.name.split()[1]}"
    guardians = older.youth.guardians
    if len(guardians) < 2:
        guardians = (*guardians, younger.youth.guardians[0])
        older.youth = older.youth._replace(guardians=guardians)
    younger.youth = younger.youth._replace(name=name, guardians=guardians)
    case(79, 28, _protected)
    first = others[20]
    twice = {"lead": first.lead, "youth": first.youth, "programme": Programme.FA_SUBSTANCE_CONTRACT}
    second = case(81, 7, _second_programme, **twice)
    second.municipality_no = first.municipality_no
    case(82, 74, _mistaken)
    case(83, 66, _entered_later)
    return [each for number, story in cases.items() for each in told[number](story, cases)]
