"""More that is shared and decided in the demonstration: a newer consent, other bases than consent, notes and final texts, a protected address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from schemas.codes import Category, ConsentKind, DocumentClass, LegalBasis, Purpose
from services.cli.demo.asking import Asked
from services.cli.demo.people import (
    BUP,
    CHILD_WELFARE,
    HEAD_TEACHER,
    MUNICIPAL_LEADER,
    POLICE,
    SCHOOL,
    Person,
)

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

TEXT_VERSION = "2026-1"
RENEWED = (8, 14)
HIDDEN, SHOWN_AGAIN = 21, 6
"""The cases with a confidential address (code 7): one still is, and one no longer."""
ALWAYS = ("grounds", "necessity", "less_intrusive", "proportionality")
WORDS = {
    "grounds": "Vurdert i møte med leder i dag.",
    "necessity": "Mottakeren kan ikke gjøre sin del uten dette.",
    "less_intrusive": "Vi vurderte å spørre om samtykke først; det tar for lang tid nå.",
    "proportionality": "Bare det som trengs, blir sagt.",
}


def told(case: CaseStory) -> Iterator[Asked]:
    """In each case one or two of these."""
    if case.number in RENEWED:
        yield from _renewed(case)
    if case.number in (HIDDEN, SHOWN_AGAIN):
        yield from _address(case)
    if case.number % 8 == 3:
        yield from _by_police(case)
    if case.number % 8 == 6:
        yield from _averted(case)
    if case.number % 12 in (0, 1) and case.school is SCHOOL and CHILD_WELFARE in case.members:
        yield from _own_tasks(case)
    if case.number % 8 == 4:
        yield _final(case)
    if case.number % 5 == 1:
        yield _noted(case)


def _renewed(case: CaseStory) -> Iterator[Asked]:
    """A consent to more takes over from the one about attendance."""
    at, consent_id = _at(case, 60), case.id("consent", "renewed")
    yield case.ask(
        at,
        case.lead,
        "sharing",
        f"/cases/{case.case_id}/consents",
        consent_id=consent_id,
        kind=ConsentKind.SECRECY_RELEASE,
        youth_id=case.youth.person_id,
        from_agencies=[case.school.agency],
        to_agencies=[POLICE.agency],
        categories=[Category.SCHOOL_ATTENDANCE, Category.SCHOOL_BEHAVIOUR],
        purpose=Purpose.FOLLOW_UP,
        valid_from=at.date().isoformat(),
        valid_to=min(at.date() + timedelta(days=120), case.agreed_until).isoformat(),
        text_version=TEXT_VERSION,
        language=case.lead.language,
        signers=[{"person_id": person_id, "role": role} for person_id, role in case.signers()],
        supersedes=case.id("consent", "attendance"),
    )
    for place, (person_id, role) in enumerate(case.signers()):
        given_at = _at(case, 62) + timedelta(minutes=place)
        given = {"person_id": person_id, "role": role, "method": "PAPER"}
        path, on = f"/consents/{consent_id}/given", given_at.date().isoformat()
        yield case.ask(given_at, case.lead, "sharing", path, **given, given_on=on)


def _address(case: CaseStory) -> Iterator[Asked]:
    """A confidential address: it is hidden from everybody who is not cleared by name."""
    at, path = _at(case, 4), f"/cases/{case.case_id}/protection"
    named = {"case_id": case.case_id, "about_id": case.youth.person_id, "category": Category.ADDRESS}
    content = {"text": "Eksempelveien 7, 8000 Bodø"}
    ref = case.id("address")
    yield case.ask(at, case.lead, "sharing", "/deposits", ref=ref, **named, content=content, kind="TEXT")
    yield case.ask(at + timedelta(minutes=2), case.lead, "sharing", path, level="CODE_7")
    if case.number == SHOWN_AGAIN:
        yield case.ask(_at(case, 120), MUNICIPAL_LEADER, "sharing", path, level=None)


def _by_police(case: CaseStory) -> Iterator[Asked]:
    """The police tell the school what they have seen themselves."""
    texts = {"which_provision_and_why": "Forebyggende formål; gjelder trygghet på skoleveien."}
    codes = {"quality": "CONFIRMED", "provision": "P27"}
    categories = [Category.POLICE_CONCERN]
    yield from _given(
        case, 26, LegalBasis.POLICE_DISCLOSURE, POLICE, case.school, categories, texts, codes=codes
    )


def _averted(case: CaseStory) -> Iterator[Asked]:
    """The school averts something serious, and the youth is told a week later, when the danger is over."""
    texts = {"what_was_done": "Ringte politiet med sted og tidspunkt."}
    codes = {"certainty": "MOST_LIKELY", "act": "VIOLENCE"}
    at = _at(case, 27)
    deferred = {
        "youth_told_on": None,
        "tell_review_on": (at.date() + timedelta(days=7)).isoformat(),
        "deferral": "DANGER_TO_SOMEBODY",
        "guardians_told_on": None,
        "guardians_not_told": "DANGER_TO_SOMEBODY",
        "follow_up_on": (at.date() + timedelta(days=7)).isoformat(),
    }
    categories = [Category.SCHOOL_BEHAVIOUR]
    yield from _given(
        case, 27, LegalBasis.AVERT_CRIME, case.school, POLICE, categories, texts, codes=codes, **deferred
    )
    disclosure_id, told_at = case.id("disclosure", LegalBasis.AVERT_CRIME), _at(case, 34)
    path = f"/cases/{case.case_id}/disclosures/{disclosure_id}/reviewed"
    yield case.ask(told_at, case.school, "sharing", path, youth_told_on=told_at.date().isoformat())
    path, done_at = f"/cases/{case.case_id}/disclosures/{disclosure_id}/followed-up", _at(case, 34)
    done = {"followed_up_on": done_at.date().isoformat()}
    yield case.ask(done_at + timedelta(minutes=5), case.school, "sharing", path, **done)


def _own_tasks(case: CaseStory) -> Iterator[Asked]:
    """The head teacher decides that child welfare may be told what it needs for its own task; the teacher asked."""
    texts = {
        "statutory_task_of_the_giver": "Skolens plikt til å følge opp fravær (opplæringslova).",
        "near_and_factual_link": "Barnevernet undersøker nettopp fraværet.",
    }
    codes = {"sector_limits_checked": "NONE_APPLY"}
    more = {"asked_by": SCHOOL.person_id}
    categories = [Category.SCHOOL_ATTENDANCE]
    yield from _given(
        case, 31, LegalBasis.OWN_TASKS, HEAD_TEACHER, CHILD_WELFARE, categories, texts, codes=codes, **more
    )


def _given(
    case: CaseStory,
    days: int,
    basis: LegalBasis,
    giver: Person,
    receiver: Person,
    categories: list[Category],
    texts: dict[str, str],
    *,
    codes: dict[str, str],
    **more: Any,
) -> Iterator[Asked]:
    """Why, in words in the vault; and then the decision. The youth is told the same day unless `more` says otherwise."""
    at, words = _at(case, days), {**WORDS, **texts}
    about: dict[str, Any] = {"about_id": case.youth.person_id, "category": categories[0]}
    refs = {name: case.id("words", basis, name) for name in words}
    for place, (name, text) in enumerate(words.items()):
        when, path = at + timedelta(seconds=place), f"/cases/{case.case_id}/grounds"
        yield case.ask(when, giver, "sharing", path, ref=refs[name], **about, content={"text": text})
    body: dict[str, Any] = {
        "disclosure_id": case.id("disclosure", basis),
        "basis": basis,
        "about_id": case.youth.person_id,
        "from_agency": giver.agency,
        "to_agency": receiver.agency,
        "categories": categories,
        "purpose": Purpose.FOLLOW_UP,
        **{f"{name}_ref": refs[name] for name in ALWAYS},
        "condition_refs": {name: refs[name] for name in texts},
        "condition_codes": codes,
        "given_how": "ORALLY",
        "given_on": at.date().isoformat(),
        "youth_told_on": at.date().isoformat(),
        "guardians_told_on": at.date().isoformat(),
    }
    path = f"/cases/{case.case_id}/disclosures"
    yield case.ask(at + timedelta(minutes=10), giver, "sharing", path, **{**body, **more})


def _final(case: CaseStory) -> Asked:
    """The school makes its first note final."""
    ref = case.id("note", Category.SCHOOL_ATTENDANCE, 0)
    return case.ask(_at(case, 10), case.school, "sharing", f"/cases/{case.case_id}/documents/{ref}/final")


def _noted(case: CaseStory) -> Asked:
    """A private note, which nobody but its author sees, and which goes when the case is closed."""
    who = BUP if BUP in case.members else case.lead
    path = f"/cases/{case.case_id}/information"
    content = {"text": "Husk å spørre om treningen neste gang."}
    return case.ask(
        _at(case, 16),
        who,
        "sharing",
        path,
        ref=case.id("private note"),
        about_id=case.youth.person_id,
        category=Category.CASE_STATUS,
        content=content,
        document_class=DocumentClass.PRIVATE_NOTE,
    )


def _at(case: CaseStory, days: int) -> datetime:
    return case.at(case.starts_on + timedelta(days=days), hour=12, minute=40)
