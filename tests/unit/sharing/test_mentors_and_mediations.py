"""Mentors and private people see only what consent opens; a mediation's record opens to its mediator alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schemas.case import CaseOpened
from schemas.codes import Agency, Category, Function, Outcome, Programme, Purpose
from schemas.coordination import CertificateShown
from schemas.mediation import MediationOpened
from schemas.network_group import MemberJoined, SecrecyDeclared
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.gate import Item, Knowledge, Question, Why, decide
from services.sharing.domain.may_share import may_share
from services.sharing.rules import signing_rules
from tests.unit.sharing.builders import (
    LEAD,
    POLICE,
    TEACHER,
    TODAY,
    YOUTH,
    a_case,
    a_question,
    an_item,
    knowledge,
)

MENTOR = "mentor"


def case_with(function: Function, agency: Agency, *, certified: bool, declared: bool = True) -> CaseFile:
    """A signed case with one more member."""
    case = a_case().after(
        MemberJoined(person_id=MENTOR, agency=agency, function=function, joined_on=date(2026, 9, 1))
    )
    if declared:
        case = case.after(SecrecyDeclared(person_id=MENTOR, text_version="1"))
    if certified:
        case = case.after(CertificateShown(person_id=MENTOR, shown_on=date(2026, 9, 2), seen_by=LEAD))
    return case


def asked(case: CaseFile, agency: Agency, category: Category) -> tuple[Any, Any]:
    item = an_item(ref="r", category=category, from_agency=Agency.FELLES_ANSVAR, author_id=LEAD)
    verdict = decide(
        a_question(person_id=MENTOR, agency=agency, refs=("r",)), knowledge(case=case, items={"r": item})
    )
    return verdict.reason, verdict.decisions[0].outcome


def test_nobody_is_told_that_a_mentor_may_be_told_what_the_gate_keeps_from_them() -> None:
    case = case_with(Function.MENTOR, Agency.MENTOR, certified=True)
    flows = may_share(knowledge(case=case), purpose=Purpose.FOLLOW_UP, on=TODAY)
    may_be_told = {one.to_agency for one in flows if one.outcome is Outcome.PERMIT}
    assert Agency.POLITI_FOREBYGGENDE in may_be_told
    assert Agency.MENTOR not in may_be_told


@pytest.mark.parametrize(
    ("function", "agency"),
    [(Function.MENTOR, Agency.FRIVILLIG_ORG), (Function.SUPPORT_OWNER, Agency.MENTOR)],
)
def test_a_mentor_sees_nothing_before_a_police_certificate_was_shown(
    function: Function, agency: Agency
) -> None:
    case = case_with(function, agency, certified=False)
    assert asked(case, agency, Category.CASE_STATUS) == (Why.CERTIFICATE_NOT_SHOWN, Outcome.DENY)


@pytest.mark.parametrize(
    ("function", "agency"),
    [
        (Function.MENTOR, Agency.FRIVILLIG_ORG),
        (Function.SUPPORT_OWNER, Agency.MENTOR),
        (Function.SUPPORT_OWNER, Agency.PRIVATE_NETWORK),
    ],
)
def test_taking_part_opens_nothing_to_mentors_and_private_people(function: Function, agency: Agency) -> None:
    case = case_with(function, agency, certified=True)
    assert asked(case, agency, Category.CASE_STATUS) == (None, Outcome.DENY)


def test_it_does_to_a_volunteer_of_an_organisation() -> None:
    case = case_with(Function.ADVISER, Agency.FRIVILLIG_ORG, certified=False)
    assert asked(case, Agency.FRIVILLIG_ORG, Category.CASE_STATUS) == (None, Outcome.PERMIT)


TAKEN_OVER = MediationOpened(
    youth_case_id="another", mediator_id="stranger", owner_agency=Agency.KONFLIKTRAAD, opened_on=TODAY
)


def test_a_mediation_under_the_id_of_a_case_or_a_referral_takes_nothing_over() -> None:
    case = a_case()
    assert case.after(TAKEN_OVER) == case
    referred = CaseFile(case_id="case", lead_id=LEAD, youth_id=YOUTH)
    assert referred.after(TAKEN_OVER) == referred


def test_a_case_under_the_id_of_a_mediation_takes_nothing_over() -> None:
    record = CaseFile(case_id="record").after(TAKEN_OVER)
    opened = CaseOpened(
        programme=Programme.FA_YOUTH_CONTRACT,
        municipality_no="1804",
        owner_agency=Agency.KOMMUNE_SLT,
        lead_id=LEAD,
        youth_id=YOUTH,
    )
    assert record.after(opened) == record


def a_record() -> Knowledge:
    opened = MediationOpened(
        youth_case_id="case", mediator_id=LEAD, owner_agency=Agency.KONFLIKTRAAD, opened_on=TODAY
    )
    item = Item(
        ref="v",
        category=Category.VICTIM_INFO,
        from_agency=Agency.KONFLIKTRAAD,
        about_id="victim",
        author_id=LEAD,
    )
    case = CaseFile(case_id="record").after(opened)
    return Knowledge(case=case, rules=signing_rules(), items={"v": item})


def a_look(person_id: str, agency: Agency) -> Question:
    return a_question(person_id=person_id, agency=agency, refs=("v",))


def test_a_mediators_record_opens_to_the_mediator() -> None:
    (decision,) = decide(a_look(LEAD, Agency.KONFLIKTRAAD), a_record()).decisions
    assert decision.outcome is Outcome.PERMIT


@pytest.mark.parametrize(
    ("person", "agency"),
    [
        (TEACHER, Agency.SKOLE_GRUNN),
        (POLICE, Agency.POLITI_FOREBYGGENDE),
        ("colleague", Agency.KONFLIKTRAAD),
    ],
)
def test_and_to_nobody_of_the_youths_group_nor_of_the_mediators_own_office(
    person: str, agency: Agency
) -> None:
    verdict = decide(a_look(person, agency), a_record())
    assert (verdict.reason, verdict.decisions[0].outcome) == (Why.NOT_MEMBER, Outcome.DENY)
