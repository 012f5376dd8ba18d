"""The staff of the demonstration. Nobody here exists; names and addresses say so."""

from __future__ import annotations

from typing import NamedTuple

from backbone.clock import derived_id
from backbone.work import Actor
from schemas.codes import Agency, Role

SALTEN = {
    "1804": "Bodø",
    "1836": "Rødøy",
    "1837": "Meløy",
    "1838": "Gildeskål",
    "1839": "Beiarn",
    "1840": "Saltdal",
    "1841": "Fauske",
    "1845": "Sørfold",
    "1848": "Steigen",
    "1856": "Røst",
    "1857": "Værøy",
    "1875": "Hamarøy",
}
"""The municipalities of Salten that share the scheme, by number."""
OUTER = ("1804", "1836", "1837", "1838", "1848", "1856", "1857")
INNER = ("1839", "1840", "1841", "1845", "1875")


class Person(NamedTuple):
    """Somebody to log in as."""

    key: str
    name: str
    title: str
    agency: Agency
    roles: frozenset[Role]
    municipality_nos: tuple[str, ...] = tuple(SALTEN)
    language: str = "nb"

    @property
    def person_id(self) -> str:
        """The pseudonym."""
        return derived_id("demo person", self.key)

    @property
    def email(self) -> str:
        """An address that can never be delivered to."""
        return f"{self.key}@salten.example"

    @property
    def actor(self) -> Actor:
        """The person as the one who acts."""
        areas = frozenset(self.municipality_nos)
        return Actor(self.person_id, self.agency, self.roles, f"demo-{self.key}", self.language, areas)


def _member(key: str, name: str, title: str, agency: Agency, language: str = "nb") -> Person:
    return Person(key, name, title, agency, frozenset({Role.AGENCY_MEMBER}), language=language)


COORDINATOR = frozenset({Role.COORDINATOR})
BODO = Person("oda", "Oda Eksempelmo", "SLT-koordinator i Bodø", Agency.KOMMUNE_SLT, COORDINATOR, OUTER)
FAUSKE = Person(
    "tor", "Tor Prøvdal", "SLT-koordinator i Fauske", Agency.KOMMUNE_SLT, COORDINATOR, INNER, "nn"
)
YOUTH_COORDINATOR = Person(
    "signe",
    "Signe Tenkteng",
    "ungdomskoordinator i konfliktrådet",
    Agency.KONFLIKTRAAD,
    frozenset({Role.YOUTH_COORDINATOR}),
)
SCHOOL = _member("liv", "Liv Lekseth", "kontaktlærer i ungdomsskolen", Agency.SKOLE_GRUNN)
COLLEGE = _member("ola", "Ola Pulterud", "rådgiver i videregående skole", Agency.SKOLE_VGS)
POLICE = _member("ida", "Ida Lovtro", "forebygger i politiet", Agency.POLITI_FOREBYGGENDE)
CHILD_WELFARE = _member("ann", "Ann Omsorgvik", "kontaktperson i barnevernet", Agency.BARNEVERN)
PPT = _member("geir", "Geir Greiesen", "rådgivar i PPT", Agency.PPT, "nn")
BUP = _member("mona", "Mona Lyttesen", "behandler i BUP", Agency.BUP)
LEISURE = _member("jon", "Jon Fritidlund", "leder for fritidsklubben", Agency.FRITID)
MENTOR = _member("even", "Even Følgestad", "mentor fra frivilligsentralen", Agency.MENTOR)
LEADER = frozenset({Role.UNIT_LEADER})
MUNICIPAL_LEADER = Person(
    "siv", "Siv Avgjerdmo", "leder for forebygging i kommunen", Agency.KOMMUNE_SLT, LEADER
)
HEAD_TEACHER = Person("per", "Per Rektorhaug", "rektor ved ungdomsskolen", Agency.SKOLE_GRUNN, LEADER)
RECORDS_OWNER = Person(
    "eli",
    "Eli Arkivhaug",
    "arkivansvarlig i kommunen",
    Agency.KOMMUNE_SLT,
    frozenset({Role.RECORDS_OWNER}),
)
PRIVACY_OFFICER = Person(
    "vera",
    "Vera Vernelid",
    "personvernansvarlig i kommunen",
    Agency.KOMMUNE_SLT,
    frozenset({Role.PRIVACY_OFFICER}),
)
AUDITOR = Person(
    "runa",
    "Runa Kontrollnes",
    "revisor",
    Agency.FYLKESKOMMUNE,
    frozenset({Role.AUDITOR}),
    municipality_nos=(),
)
OPERATOR = Person(
    "nils",
    "Nils Driftvoll",
    "driftsansvarlig",
    Agency.FELLES_ANSVAR,
    frozenset({Role.OPERATOR}),
    municipality_nos=(),
)
STAFF = (
    *(BODO, FAUSKE, YOUTH_COORDINATOR, SCHOOL, COLLEGE, POLICE, CHILD_WELFARE),
    *(PPT, BUP, LEISURE, MENTOR, MUNICIPAL_LEADER, HEAD_TEACHER, RECORDS_OWNER, PRIVACY_OFFICER),
    *(AUDITOR, OPERATOR),
)
