"""What every registration asks: the youth and the guardians, whose names go to the vault first, and who is to be in the group."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from backbone.refusal import Refused
from schemas.codes import Agency, Category, Function
from services.portal.forms import Form
from services.portal.page import Page
from services.portal.pages.log_in import by_agency
from services.portal.pages.members import FUNCTIONS
from services.portal.pages.referrals import one_of_mine
from services.portal.texts import N_
from services.portal.words import MUNICIPALITIES

IN_CONTROL = frozenset({Agency.POLITI_FOREBYGGENDE, Agency.PATALEMYNDIGHET, Agency.KRIMINALOMSORG})
FAMILY_FIELDS = {
    "birth_on": "youth_birth_on",
    "youth_id": "youth_birth_on",
    "national_id": "youth_national_id",
    "content.national_id": "youth_national_id",
    "content.birth_on": "youth_birth_on",
    "content.name": "youth_name",
    "guardian_ids": "guardian1_name",
    "members": "member",
}
"""Where a service's field stands on the form."""


class Person(NamedTuple):
    """A guardian, as typed."""

    place: str
    name: str
    contact: str


class Family(NamedTuple):
    """The youth and the guardians, as typed."""

    youth_name: str
    birth_on: date
    national_id: str
    guardians: list[Person]


class LaidDown(NamedTuple):
    """The ids of the case and of those it is about, when their names lie in the vault."""

    case_id: str
    youth_id: str
    guardian_ids: list[str]
    identity_refs: list[str]


def family_of(form: Form) -> Family:
    """Read the youth and the guardians; what is wrong is noted in the form."""
    return Family(
        youth_name=form.text("youth_name", N_("Skriv ungdommens navn."), longest=200),
        birth_on=form.day("youth_birth_on", N_("Oppgi ungdommens fødselsdato.")),
        national_id=form.text("youth_national_id", None, longest=11),
        guardians=_guardians(form),
    )


def _guardians(form: Form) -> list[Person]:
    found = []
    for place in ("guardian1", "guardian2"):
        name = form.text(f"{place}_name", None, longest=200)
        contact = form.text(f"{place}_contact", None, longest=200)
        if contact and not name:
            form.wrong(
                f"{place}_name", form.t("Skriv navnet til den foresatte, eller la kontaktfeltet stå tomt.")
            )
        if name:
            found.append(Person(place, name, contact))
    return found


def lay_down(page: Page, form: Form, family: Family) -> LaidDown:
    """Names and birth date go to the vault, under ids that are the same however often the form is sent; those of the referral
    that the form goes on from. Raises Refused."""
    me = page.person().person_id
    case_id, youth_id = references(page, form)
    laid = LaidDown(case_id, youth_id, [], [])
    identity = {"name": family.youth_name, "birth_on": family.birth_on.isoformat()}
    if family.national_id:
        identity["national_id"] = family.national_id
    _identity(page, form, laid, youth_id, "youth-identity", content=identity)
    for guardian in family.guardians:
        guardian_id = form.derived(me, guardian.place)
        content = {"name": guardian.name, **({"contact": guardian.contact} if guardian.contact else {})}
        _identity(page, form, laid, guardian_id, guardian.place, "identity", content=content)
        laid.guardian_ids.append(guardian_id)
    return laid


def references(page: Page, form: Form) -> tuple[str, str]:
    """The case and the youth that the form is about: those of the referral that it goes on from, else new ones. Raises Refused."""
    me = page.person().person_id
    case_id, youth_id = form.derived(me, "case"), form.derived(me, "youth")
    if form.value("referral_id"):
        found = one_of_mine(page, form.value("referral_id"))
        case_id, youth_id = found["case_id"], found["youth_id"] or youth_id
    return case_id, youth_id


def _identity(
    page: Page, form: Form, laid: LaidDown, about_id: str, *name: str, content: dict[str, str]
) -> None:
    category = Category.IDENTITY_CONTACT
    ref = page.lay(form, *name, content=content, case_id=laid.case_id, about_id=about_id, category=category)
    laid.identity_refs.append(ref)


def own_municipality(page: Page, form: Form) -> str:
    """The municipality that is to own the case, one of the person's own; anything else is noted in the form."""
    chosen = form.value("municipality_no")
    if chosen not in page.person().municipality_nos:
        form.wrong("municipality_no", page.t("Velg kommunen som eier saken."))
    return chosen


def members_of(page: Page, form: Form) -> list[dict[str, str]]:
    """Those who are to be in the group, each with what they are to do."""
    people = page.neighbours.colleagues()
    chosen = [people[person_id] for person_id in dict.fromkeys(form.values("member")) if person_id in people]
    if not chosen:
        form.wrong("member", page.t("Velg minst ett medlem til nettverksgruppen."))
    members = []
    for person in chosen:
        function = form.choice(
            f"function_{person.person_id}", Function, N_("Velg hva medlemmet skal gjøre i gruppen.")
        )
        members.append(
            {"person_id": person.person_id, "agency": str(person.agency), "function": str(function)}
        )
    return members


def offered(page: Page) -> dict[str, Any]:
    """What the form lets the person choose among: colleagues by agency, functions, own municipalities."""
    own = page.person().municipality_nos
    try:
        people, missing = page.neighbours.colleagues(), None
    except Refused as error:
        people, missing = {}, page.t.of(error.sentence)
    others = [
        person
        for person in people.values()
        if person.joins_groups and person.person_id != page.person().person_id
    ]
    return {
        "groups": by_agency(others),
        "missing": missing,
        "municipalities": {number: name for number, name in MUNICIPALITIES.items() if number in own},
        "functions": FUNCTIONS,
        "usual": usual_function,
    }


def usual_function(agency: Agency) -> Function:
    """What an agency usually does in a group: control and support are the two sides of a contract or a plan."""
    return Function.CONTROL_OWNER if agency in IN_CONTROL else Function.SUPPORT_OWNER
