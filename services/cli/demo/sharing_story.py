"""What is shared in a case of the demonstration: secrecy declared, consents, information, openings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from backbone.clock import derived_id
from schemas.codes import Agency, Category, ConsentKind, Purpose, SigningMethod
from schemas.consent_loss import LossDecision
from services.cli.demo import more_sharing_story, sharing_decisions
from services.cli.demo.asking import Asked
from services.cli.demo.people import BUP, CHILD_WELFARE, POLICE, Person

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

TEXT_VERSION = "2026-1"
UNANSWERED = 18
"""The case in which nobody has said yet what became of what they had seen."""
SCHOOL_NOTES = (
    "Har vært til stede fire av fem dager siste to uker.",
    "Kommer oftere for sent på mandager; avtalt morgentelefon.",
    "Godt samarbeid i matematikk, strever i storgruppe.",
)
FAMILY_NOTES = (
    "Hjemmet ønsker faste ukentlige samtaler.",
    "Foresatte er enige om innetid og følger den opp.",
)
HEALTH_NOTES = ("Har fått time til samtale annenhver uke.",)


def told(case: CaseStory) -> Iterator[Asked]:
    """Everything about sharing in the case."""
    declared_on = case.registered_on + timedelta(days=2)
    for place, member in enumerate(case.members):
        at = case.at(declared_on, hour=15, minute=place)
        yield case.ask(at, member, "network", _of(case, "secrecy-declarations"), text_version=TEXT_VERSION)
        yield Asked(at + timedelta(minutes=5), member, "sharing", _of(case, "consents"))
    yield from _attendance_to_police(case, case.starts_on + timedelta(days=1))
    if CHILD_WELFARE in case.members:
        yield from _recorded(case, CHILD_WELFARE, Category.FAMILY, FAMILY_NOTES, after=9)
    if BUP in case.members:
        yield from _recorded(case, BUP, Category.HEALTH_GENERAL, HEALTH_NOTES, after=11)
        categories, kind = [Category.HEALTH_GENERAL], ConsentKind.HEALTH
        yield from _consent(
            case, "health", kind, BUP, case.school, categories, case.starts_on + timedelta(days=12)
        )
    yield from sharing_decisions.told(case)
    yield from more_sharing_story.told(case)
    for days in (40, 75, 130):
        yield _opening(case, case.chance.choice(case.members), case.starts_on + timedelta(days=days))


def _attendance_to_police(case: CaseStory, asked_on: date) -> Iterator[Asked]:
    """The school may tell the police about attendance; in every third case that is taken back."""
    categories = [Category.SCHOOL_ATTENDANCE]
    release = ConsentKind.SECRECY_RELEASE
    yield from _consent(case, "attendance", release, case.school, POLICE, categories, asked_on)
    yield from _recorded(case, case.school, Category.SCHOOL_ATTENDANCE, SCHOOL_NOTES, after=6)
    yield _opening(case, POLICE, case.starts_on + timedelta(days=20))
    if case.number % 3 == 0:
        withdrawn_on = case.starts_on + timedelta(days=45)
        person_id, role = case.signers()[0]
        path = f"/consents/{case.id('consent', 'attendance')}/withdrawn"
        yield case.ask(case.at(withdrawn_on), case.lead, "sharing", path, person_id=person_id, role=role)
        yield _opening(case, POLICE, withdrawn_on + timedelta(days=2))
        yield from _talked_about(case, person_id, withdrawn_on)
        if case.number % 10 != 7 and case.number != UNANSWERED:
            yield _receipt(case, case.id("consent", "attendance"), POLICE, withdrawn_on + timedelta(days=3))


def _talked_about(case: CaseStory, person_id: str, withdrawn_on: date) -> Iterator[Asked]:
    """The youth is sought out about what was taken back, and the group decides what it means."""
    path, at = (
        f"/consents/{case.id('consent', 'attendance')}",
        case.at(withdrawn_on + timedelta(days=2), hour=12),
    )
    sought = {"person_id": person_id, "contacted_on": at.date().isoformat(), "reached": True}
    yield case.ask(at, case.lead, "sharing", f"{path}/contacts", **sought)
    met = case.at(withdrawn_on + timedelta(days=8), hour=12)
    decision = LossDecision.GOES_ON_WITHOUT if case.number % 2 else LossDecision.CHANGE_THE_CONTRACT
    decided = {"decision": decision, "decided_on": met.date().isoformat()}
    yield case.ask(met, case.lead, "sharing", f"{path}/decision", **decided)


def _consent(
    case: CaseStory,
    name: str,
    kind: ConsentKind,
    giver: Person,
    receiver: Person,
    categories: list[Category],
    asked_on: date,
) -> Iterator[Asked]:
    """A consent that is asked for and given by everyone; in every tenth case one of them is still missing."""
    at = case.at(asked_on, hour=13)
    consent_id = case.id("consent", name)
    agencies: tuple[Agency, Agency] = (giver.agency, receiver.agency)
    yield case.ask(
        at,
        case.lead,
        "sharing",
        _of(case, "consents"),
        consent_id=consent_id,
        kind=kind,
        youth_id=case.youth.person_id,
        from_agencies=[agencies[0]],
        to_agencies=[agencies[1]],
        categories=categories,
        purpose=Purpose.FOLLOW_UP,
        valid_from=at.date().isoformat(),
        valid_to=min(at.date() + timedelta(days=150), case.agreed_until).isoformat(),
        text_version=TEXT_VERSION,
        language=case.lead.language,
        signers=[{"person_id": person_id, "role": role} for person_id, role in case.signers()],
    )
    giving = case.signers()[: 1 if case.number % 10 == 7 else None]
    for place, (person_id, role) in enumerate(giving):
        given_at = case.at(asked_on + timedelta(days=2), hour=14, minute=place)
        oral = place == 0 and case.number % 4 == 2
        method = SigningMethod.ORAL_IN_MEETING if oral else SigningMethod.PAPER
        told_of = {
            "person_id": person_id,
            "role": role,
            "method": method,
            "given_on": given_at.date().isoformat(),
        }
        yield case.ask(given_at, case.lead, "sharing", f"/consents/{consent_id}/given", **told_of)
        if oral and case.number % 8 == 2:
            written_at = case.at(asked_on + timedelta(days=9), hour=10)
            path, on = f"/consents/{consent_id}/confirmed", written_at.date().isoformat()
            who = {"person_id": person_id, "role": role}
            yield case.ask(written_at, case.lead, "sharing", path, **who, confirmed_on=on)


def _receipt(case: CaseStory, consent_id: str, who: Person, on: date) -> Asked:
    """Somebody who had seen something says what they did with it; the receipt's id follows from what it is about."""
    receipt_id = derived_id("receipt", consent_id, who.person_id, who.agency)
    return case.ask(case.at(on), who, "sharing", f"/receipts/{receipt_id}/given", answer="COPIES_DESTROYED")


def _recorded(
    case: CaseStory, who: Person, category: Category, notes: tuple[str, ...], *, after: int
) -> Iterator[Asked]:
    for place, note in enumerate(notes):
        at: datetime = case.at(case.starts_on + timedelta(days=after + 35 * place), hour=11)
        ref, about = case.id("note", category, place), case.youth.person_id
        content = {"text": note}
        path = _of(case, "information")
        yield case.ask(at, who, "sharing", path, ref=ref, about_id=about, category=category, content=content)


def _opening(case: CaseStory, who: Person, on: date) -> Asked:
    path = _of(case, "open")
    return case.ask(case.at(on, hour=15), who, "sharing", path, refs=None, purpose=Purpose.FOLLOW_UP)


def _of(case: CaseStory, what: str) -> str:
    return f"/cases/{case.case_id}/{what}"
