"""One case of the demonstration, from registration on, as far as its shape and the day let it come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random
from typing import Any

from backbone.clock import derived_id
from schemas.codes import Agency, Function, Programme, Reason, SignerRole, SigningMethod
from schemas.local_time import OSLO
from services.cli.demo import before_story, change_story, course_story, follow_up, sharing_story
from services.cli.demo.asking import Asked
from services.cli.demo.families import Youth, a_youth
from services.cli.demo.people import BUP, CHILD_WELFARE, COLLEGE, LEISURE, POLICE, PPT, SCHOOL, Person

GOALS = (
    "Møte til første time minst fire dager i uka",
    "Holde avtalen om innetid på hverdager",
    "Delta på trening eller klubb to ganger i uka",
    "Bruke avtalt kontaktperson når noe blir vanskelig",
    "Finne sommerjobb eller praksisplass",
)
NOT_HELD = 5
"""Every fifth case has no first meeting, so that its deadline passes."""


class Shape(Enum):
    """How far a case comes."""

    UNSIGNED = 0
    PARTLY_SIGNED = 1
    SIGNED = 2
    WHOLE = 3


class CaseStory:
    """Tells one case; ids follow from its number."""

    def __init__(
        self,
        *,
        number: int,
        municipality_no: str,
        lead: Person,
        birth_on: date,
        starts_on: date,
        shape: Shape,
        today: date,
        chance: Random,
    ) -> None:
        self.number, self.municipality_no, self.lead, self.shape = number, municipality_no, lead, shape
        self.starts_on, self.today, self.chance = starts_on, today, chance
        self.youth: Youth = a_youth(number, birth_on=birth_on, chance=chance)
        self.case_id, self.contract_id = self.id("case"), self.id("contract")
        self.registered_on = starts_on - timedelta(days=chance.randrange(4, 9))
        if shape is not Shape.WHOLE:
            # early enough for the signatures the day after, whatever weekday it is
            self.registered_on = min(self.registered_on, today - timedelta(days=5))
        school = SCHOOL if starts_on.year - birth_on.year < 16 else COLLEGE
        self.members = [
            school,
            POLICE,
            *chance.sample([CHILD_WELFARE, PPT, BUP, LEISURE], chance.choice((1, 2, 2))),
        ]
        self.school = school
        drugs = number % 7 == 3
        self.programme = Programme.FA_SUBSTANCE_CONTRACT if drugs else Programme.FA_YOUTH_CONTRACT

    def id(self, *parts: object) -> str:
        """An id of something in this case."""
        return derived_id("demo", self.number, *parts)

    def told(self) -> list[Asked]:
        """Everything that is asked about the case."""
        asked = [*self._registration(), *self._signatures(), *change_story.start_put_right(self)]
        if self.number % 4 == 0:
            asked = [*before_story.before(self), *asked]
        if self.shape is Shape.WHOLE:
            asked += [*sharing_story.told(self), *follow_up.told(self)]
        return course_story.handed_over(self, asked)

    def at(self, day: date, *, hour: int = 9, minute: int | None = None) -> datetime:
        """A time of a working day: weekends are moved to the Monday after."""
        day += timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
        return datetime.combine(
            day, time(hour, self.chance.randrange(60) if minute is None else minute), OSLO
        )

    @property
    def agreed_until(self) -> date:
        """A day within the contract, however short its six months are: no consent is asked for beyond its end."""
        return self.starts_on + timedelta(days=180)

    def ask(self, at: datetime, who: Person, service: str, path: str, **body: Any) -> Asked:
        """One thing asked; dates are written as JSON has them."""
        return Asked(at, who, service, path, body)

    def _registration(self) -> Iterator[Asked]:
        at = self.at(self.registered_on)
        youth, refs = self.youth, [self.id("identity", 0)]
        whole = {"name": youth.name, "birth_on": youth.birth_on.isoformat(), "national_id": youth.national_id}
        yield self._deposit(at, refs[0], youth.person_id, "IDENTITY_CONTACT", whole, kind="IDENTITY")
        for place, guardian in enumerate(youth.guardians, start=1):
            refs.append(self.id("identity", place))
            content = {"name": guardian.name, "contact": f"foresatt{self.number}{place}@familie.example"}
            yield self._deposit(
                at, refs[-1], guardian.person_id, "IDENTITY_CONTACT", content, kind="IDENTITY"
            )
        goals = [self.id("goal", place) for place in range(2)]
        for ref, goal in zip(goals, self.chance.sample(GOALS, 2), strict=True):
            yield self._deposit(at, ref, youth.person_id, "CASE_STATUS", {"text": goal})
        drugs = self.programme is Programme.FA_SUBSTANCE_CONTRACT
        if drugs:
            tests = {"text": change_story.BASIS}
            yield self._deposit(at, self.id("basis of tests"), youth.person_id, "DRUG_TEST", tests)
        reason = Reason.SUBSTANCE_USE if drugs else self.chance.choice(list(Reason)[:4])
        yield self.ask(
            at + timedelta(minutes=5),
            self.lead,
            "contracts",
            "/contracts",
            case_id=self.case_id,
            contract_id=self.contract_id,
            programme=self.programme,
            municipality_no=self.municipality_no,
            youth_id=youth.person_id,
            guardian_ids=[guardian.person_id for guardian in youth.guardians],
            reason=reason,
            starts_on=self.starts_on.isoformat(),
            goal_refs=goals,
            identity_refs=refs,
            members=[self._planned(member) for member in self.members],
            clauses=change_story.clauses(self),
            evaluation={"measures": [{"goal_ref": goal, "measure": "YOUTHS_OWN_VIEW"} for goal in goals]},
        )

    def _planned(self, member: Person) -> dict[str, str]:
        control = member.agency is Agency.POLITI_FOREBYGGENDE
        function = Function.CONTROL_OWNER if control else Function.SUPPORT_OWNER
        return {"person_id": member.person_id, "agency": member.agency, "function": function}

    def _deposit(
        self,
        at: datetime,
        ref: str,
        about_id: str,
        category: str,
        content: dict[str, str],
        *,
        kind: str = "TEXT",
    ) -> Asked:
        named = {"case_id": self.case_id, "about_id": about_id, "category": category}
        return self.ask(at, self.lead, "sharing", "/deposits", ref=ref, **named, content=content, kind=kind)

    def signers(self) -> list[tuple[str, SignerRole]]:
        """Everyone who must sign: the youth and all guardians."""
        guardians = [(guardian.person_id, SignerRole.GUARDIAN) for guardian in self.youth.guardians]
        return [(self.youth.person_id, SignerRole.YOUTH), *guardians]

    def _signatures(self) -> Iterator[Asked]:
        signing = {Shape.UNSIGNED: 0, Shape.PARTLY_SIGNED: 1}.get(self.shape, len(self.signers()))
        # the last to sign does so on the start day, so that the contract starts then and there
        on = self.starts_on if self.shape is Shape.WHOLE else self.registered_on + timedelta(days=1)
        for place, (person_id, role) in enumerate(self.signers()[:signing]):
            # not before the registration, which a weekend may have moved to the same Monday
            at = self.at(on, hour=8 if self.shape is Shape.WHOLE else 16, minute=place)
            yield self.ask(
                at,
                self.lead,
                "contracts",
                f"/contracts/{self.contract_id}/signatures",
                person_id=person_id,
                role=role,
                method=self.chance.choice((SigningMethod.PAPER, SigningMethod.ORAL_IN_MEETING)),
                signed_on=at.date().isoformat(),
            )
