"""What is decided about sharing in some cases of the demonstration: a no, something given without consent, a duty, the youth's report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from schemas.codes import Category, ConsentKind, Purpose
from services.cli.demo.asking import Asked
from services.cli.demo.people import POLICE

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

TEXT_VERSION = "2026-1"
GROUNDS = {
    "grounds": "Ungdommen har sagt at noen venter utenfor skolen i dag.",
    "necessity": "Politiet må vite hvor og når for å kunne være der.",
    "less_intrusive": "Vi har vurdert å si det uten navn, men da finner de ikke riktig skole.",
    "proportionality": "Bare sted og tid ble sagt, ikke noe annet om ungdommen.",
    "what_the_danger_is_now": "En trussel om vold samme ettermiddag.",
    "why_anonymised_is_not_enough": "Politiet må kunne kjenne igjen den som er truet.",
}


def told(case: CaseStory) -> Iterator[Asked]:
    """In every fourth case or so one of these; the report in more."""
    if case.number % 5 == 3:
        yield from _a_no(case)
    if case.number % 4 == 1:
        yield from _danger(case)
    if case.number % 6 == 2:
        yield from _a_duty(case)
    if case.number % 2 == 0:
        at = case.at(case.starts_on + timedelta(days=95), hour=14)
        yield case.ask(at, case.lead, "sharing", f"/cases/{case.case_id}/reports")


def _a_no(case: CaseStory) -> Iterator[Asked]:
    """Something extra that a guardian does not want: a full answer, and nothing is shared."""
    at = case.at(case.starts_on + timedelta(days=15), hour=13)
    consent_id = case.id("consent", "extra")
    yield case.ask(
        at,
        case.lead,
        "sharing",
        f"/cases/{case.case_id}/consents",
        consent_id=consent_id,
        kind=ConsentKind.EXTRA,
        youth_id=case.youth.person_id,
        from_agencies=[case.school.agency],
        to_agencies=[POLICE.agency],
        categories=[Category.LEISURE],
        purpose=Purpose.FOLLOW_UP,
        valid_from=at.date().isoformat(),
        valid_to=min(at.date() + timedelta(days=90), case.agreed_until).isoformat(),
        text_version=TEXT_VERSION,
        language=case.lead.language,
        signers=[{"person_id": person_id, "role": role} for person_id, role in case.signers()],
    )
    person_id, role = case.signers()[-1]
    path = f"/consents/{consent_id}/refused"
    yield case.ask(at + timedelta(days=3), case.lead, "sharing", path, person_id=person_id, role=role)


def _danger(case: CaseStory) -> Iterator[Asked]:
    """The school tells the police of a danger, and the youth the same day."""
    at = case.at(case.starts_on + timedelta(days=29), hour=12, minute=5)
    about: dict[str, Any] = {"about_id": case.youth.person_id, "category": Category.SCHOOL_BEHAVIOUR}
    refs = {name: case.id("ground", name) for name in GROUNDS}
    for name, text in GROUNDS.items():
        path = f"/cases/{case.case_id}/grounds"
        yield case.ask(at, case.school, "sharing", path, ref=refs[name], **about, content={"text": text})
    always = ("grounds", "necessity", "less_intrusive", "proportionality")
    yield case.ask(
        at + timedelta(minutes=10),
        case.school,
        "sharing",
        f"/cases/{case.case_id}/disclosures",
        disclosure_id=case.id("disclosure", "danger"),
        basis="DANGER",
        about_id=case.youth.person_id,
        from_agency=case.school.agency,
        to_agency=POLICE.agency,
        categories=[Category.SCHOOL_BEHAVIOUR],
        purpose=Purpose.FOLLOW_UP,
        **{f"{name}_ref": refs[name] for name in always},
        condition_refs={name: ref for name, ref in refs.items() if name not in always},
        given_how="ORALLY",
        given_on=at.date().isoformat(),
        youth_told_on=at.date().isoformat(),
        guardians_told_on=at.date().isoformat(),
    )


def _a_duty(case: CaseStory) -> Iterator[Asked]:
    """The teacher reports to child welfare, confirms it in writing, and in every other case hears from them."""
    at = case.at(case.starts_on + timedelta(days=37), hour=11)
    act_id, base = case.id("act"), f"/cases/{case.case_id}/duties"
    what = {"duty": "CHILD_WELFARE_REPORT", "method": "TELEPHONE", "acted_on": at.date().isoformat()}
    yield case.ask(at, case.school, "sharing", base, act_id=act_id, **what)
    later = case.at(case.starts_on + timedelta(days=40), hour=9)
    yield case.ask(later, case.school, "sharing", f"{base}/{act_id}/confirmed", on=later.date().isoformat())
    if case.number != 20:
        heard = case.at(case.starts_on + timedelta(days=52), hour=9)
        yield case.ask(
            heard, case.school, "sharing", f"{base}/{act_id}/answered", on=heard.date().isoformat()
        )
