"""How contracts of the demonstration change while they run: a new version, more time, a change that came to nothing, a wrong start date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from schemas.codes import ClauseKind, Programme
from services.cli.demo.asking import Asked
from services.cli.demo.people import CHILD_WELFARE, LEISURE

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

CHANGED, EXTENDED, LAID_ASIDE, WAITS = (2, 12), 14, 15, 22
"""The cases with a second version, with more time, with a change that was laid aside, and with one that waits for signatures."""
WRONG_START = 26
ACCEPTED = (9, 18)
"""The cases in which the prosecution accepted the contract in place of a penalty."""
BASIS = "Rusprøver etter avtale, med samtykke fra ungdommen og foresatte (helsepersonelloven § 22)."
LONGER = 60
"""Days more, where a contract is extended."""


def clauses(case: CaseStory) -> list[dict[str, str]]:
    """What is agreed in every contract: school, an evening, and what an agency owes; in a substance contract the tests too."""
    youth, lead, school = case.youth.person_id, case.lead.person_id, case.school.person_id
    home = case.youth.guardians[0].person_id
    agreed = [
        _clause(case, ClauseKind.SCHOOL, youth, lead, school),
        _clause(case, ClauseKind.HOME_AT_FIXED_TIME, youth, home, lead),
    ]
    if LEISURE in case.members:
        agreed.append(_clause(case, ClauseKind.LEISURE, LEISURE.person_id, lead, LEISURE.person_id))
    if CHILD_WELFARE in case.members:
        owes = CHILD_WELFARE.person_id
        agreed.append(_clause(case, ClauseKind.FAMILY_SUPPORT, owes, lead, owes))
    if case.programme is Programme.FA_SUBSTANCE_CONTRACT:
        tests = _clause(case, ClauseKind.DRUG_CONTROL, youth, lead, school)
        agreed.append({**tests, "basis_ref": case.id("basis of tests")})
    return agreed


def told(case: CaseStory) -> Iterator[Asked]:
    """One change or none."""
    if case.number in CHANGED:
        yield from _changed(case, 60)
    if case.number == EXTENDED:
        until_on = case.at(case.starts_on, minute=0).date() + timedelta(days=184 + LONGER)
        yield from _changed(case, 138, ends_on=until_on.isoformat())
    if case.number == LAID_ASIDE:
        yield _proposed(case, _at(case, 70))
        yield _of_contract(case, _at(case, 82), "changes/declined")
    if case.number == WAITS:
        yield _proposed(case, _at(case, 28))
    if case.number in ACCEPTED:
        yield from _accepted(case)


def start_put_right(case: CaseStory) -> Iterator[Asked]:
    """The start date of one contract that has not begun was written down wrongly."""
    if case.number == WRONG_START:
        at = case.at(case.registered_on, hour=14)
        right = (case.starts_on + timedelta(days=1)).isoformat()
        yield _of_contract(case, at, "start-corrected", starts_on=right)


def _changed(case: CaseStory, days: int, **more: str) -> Iterator[Asked]:
    """A new version, which everybody signs two days later."""
    yield _proposed(case, _at(case, days), **more)
    for place, (person_id, role) in enumerate(case.signers()):
        at = _at(case, days + 2) + timedelta(minutes=place)
        signed = {"person_id": person_id, "role": role, "method": "PAPER"}
        yield _of_contract(case, at, "signatures", **signed, signed_on=at.date().isoformat())


def _proposed(case: CaseStory, at: datetime, **more: str) -> Asked:
    youth, lead, home = case.youth.person_id, case.lead.person_id, case.youth.guardians[0].person_id
    added = _clause(case, ClauseKind.HOMEWORK, youth, home, case.school.person_id)
    mentor = _clause(case, ClauseKind.MENTOR, lead, case.school.person_id, lead)
    goals = [case.id("goal", place) for place in range(2)]
    agreed = [*clauses(case), added, mentor]
    return _of_contract(case, at, "changes", goal_refs=goals, clauses=agreed, **more)


def _accepted(case: CaseStory) -> Iterator[Asked]:
    at, ref = _at(case, 3), case.id("answer of the prosecution")
    named = {"case_id": case.case_id, "about_id": case.youth.person_id, "category": "CRIMINAL_OFFENCE"}
    content = {"text": "Påtalemyndigheten godtar kontrakten i stedet for forelegg."}
    yield case.ask(at, case.lead, "sharing", "/deposits", ref=ref, **named, content=content, kind="TEXT")
    answer = {"accepted": True, "admitted": True, "answered_on": at.date().isoformat(), "answer_ref": ref}
    path = f"/cases/{case.case_id}/prosecution-acceptance"
    yield case.ask(at + timedelta(minutes=3), case.lead, "contracts", path, **answer)


def _clause(case: CaseStory, kind: ClauseKind, owed_by: str, controls: str, supports: str) -> dict[str, str]:
    return {
        "clause_id": case.id("clause", kind),
        "kind": kind,
        "owed_by": owed_by,
        "controlling_owner": controls,
        "supporting_owner": supports,
    }


def _of_contract(case: CaseStory, at: datetime, what: str, **body: Any) -> Asked:
    return case.ask(at, case.lead, "contracts", f"/contracts/{case.contract_id}/{what}", **body)


def _at(case: CaseStory, days: int) -> datetime:
    return case.at(case.starts_on + timedelta(days=days), hour=12, minute=10)
