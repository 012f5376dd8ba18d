"""Who gets in and out of the group; each refusal by its rule."""

import pytest

from backbone.refusal import LANGUAGES, Refused, Stale
from schemas.codes import Agency, Function, LeavingReason
from schemas.contract import PlannedMember
from schemas.network_group import (
    AccessReviewed,
    MemberJoined,
    MemberLeft,
    NetworkGroupFormed,
    SecrecyDeclared,
)
from services.network.domain.group import form
from services.network.domain.refusals import SAYS
from tests.unit.network.builders import (
    LEAD,
    MOTHER,
    PLANNED,
    POLICE,
    TEACHER,
    TODAY,
    YOUTH,
    a_group,
    after_all,
)


def test_a_group_is_formed_with_everyone_once_in_the_first_function_named() -> None:
    again = PlannedMember(person_id=LEAD, agency=Agency.SKOLE_GRUNN, function=Function.ADVISER)
    formed, *joined = form((*PLANNED, again), group_id="group", contract_id="contract", on=TODAY)
    assert isinstance(formed, NetworkGroupFormed)
    functions = {j.person_id: j.function for j in joined if isinstance(j, MemberJoined)}
    assert (len(joined), functions[LEAD], functions[YOUTH]) == (5, Function.LEAD, Function.YOUTH)


def test_somebody_joins_and_leaves_and_can_come_back() -> None:
    group = a_group()
    (joined,) = group.join("nurse", agency=Agency.SKOLEHELSETJENESTE, function=Function.ADVISER, on=TODAY)
    group = group.after(joined)
    assert "nurse" in group.present
    (left,) = group.leave("nurse", reason=LeavingReason.JOB_CHANGED, on=TODAY, stop_id="s")
    assert isinstance(left, MemberLeft)
    group = group.after(left)
    assert "nurse" not in group.present
    assert group.join("nurse", agency=Agency.SKOLEHELSETJENESTE, function=Function.ADVISER, on=TODAY)


@pytest.mark.parametrize(
    ("rule", "person", "agency", "function"),
    [
        ("MEMBER_ALREADY", TEACHER, Agency.SKOLE_GRUNN, Function.ADVISER),
        ("LEAD_BY_CHANGE", "x", Agency.SKOLE_GRUNN, Function.LEAD),
        ("FAMILY_IS_PRIVATE", "x", Agency.SKOLE_GRUNN, Function.GUARDIAN),
        ("YOUTH_BY_CONTRACT", "x", Agency.PRIVATE_NETWORK, Function.YOUTH),
    ],
)
def test_who_cannot_join(rule: str, person: str, agency: Agency, function: Function) -> None:
    with pytest.raises(Refused, match=rule):
        a_group().join(person, agency=agency, function=function, on=TODAY)


@pytest.mark.parametrize(
    ("rule", "person"), [("NOT_A_MEMBER", "x"), ("LEAD_STAYS", LEAD), ("YOUTH_STAYS", YOUTH)]
)
def test_who_cannot_leave(rule: str, person: str) -> None:
    with pytest.raises(Refused, match=rule):
        a_group().leave(person, reason=LeavingReason.OWN_WISH, on=TODAY, stop_id="s")


def test_a_member_declares_once_a_text_and_again_after_coming_back() -> None:
    group = a_group()
    (declared,) = group.declare(TEACHER, text_version="2026-1")
    assert isinstance(declared, SecrecyDeclared)
    group = group.after(declared)
    member = group.member(TEACHER)
    assert member is not None
    assert member.declared == "2026-1"
    with pytest.raises(Refused, match="DECLARED_ALREADY"):
        group.declare(TEACHER, text_version="2026-1")
    assert group.declare(TEACHER, text_version="2026-2")
    group = after_all(group, group.leave(TEACHER, reason=LeavingReason.TASK_DONE, on=TODAY, stop_id="s"))
    group = after_all(
        group, group.join(TEACHER, agency=Agency.SKOLE_GRUNN, function=Function.ADVISER, on=TODAY)
    )
    assert group.declare(TEACHER, text_version="2026-1")


@pytest.mark.parametrize(
    ("rule", "person"),
    [("NOT_A_MEMBER", "x"), ("FAMILY_DECLARES_NOT", YOUTH), ("FAMILY_DECLARES_NOT", MOTHER)],
)
def test_who_does_not_declare(rule: str, person: str) -> None:
    with pytest.raises(Refused, match=rule):
        a_group().declare(person, text_version="2026-1")


def test_only_lead_deputy_and_secretary_lead() -> None:
    group = a_group()
    (joined,) = group.join("s", agency=Agency.KOMMUNE_SLT, function=Function.SECRETARY, on=TODAY)
    group = group.after(joined)
    assert group.leads(LEAD)
    assert group.leads("s")
    assert not any(group.leads(person) for person in (POLICE, YOUTH, "x"))


def test_who_saw_an_older_group_is_told_the_current_version() -> None:
    group = a_group()
    with pytest.raises(Stale) as refusal:
        group.refuse_stale(group.version - 1)
    assert refusal.value.current == group.version == 6
    group.refuse_stale(6)


@pytest.mark.parametrize("rule", sorted(SAYS))
def test_every_refusal_is_a_whole_sentence_in_three_languages(rule: str) -> None:
    for language in LANGUAGES:
        sentence = SAYS[rule].within(language)
        assert sentence.endswith((".", "?"))
        assert sentence[0].isupper()
    assert SAYS[rule].en != SAYS[rule].nb


def test_a_new_lead_leads_and_the_former_one_leaves_with_the_stop_that_was_set() -> None:
    group = a_group()
    group = after_all(group, group.hand_lead(LEAD, TEACHER, on=TODAY, stop_id="s"))
    assert group.leads(TEACHER)
    assert LEAD not in group.present


def test_handing_over_what_the_group_does_not_know_changes_nothing() -> None:
    assert a_group().hand_lead("x", "y", on=TODAY, stop_id="s") == []


def test_access_is_gone_through_when_everybody_in_the_group_and_nobody_else_is_confirmed() -> None:
    group = a_group()
    (said,) = group.review_access([POLICE, TEACHER, MOTHER, YOUTH, LEAD], on=TODAY)
    assert isinstance(said, AccessReviewed)
    assert set(said.person_ids) == group.present
    with pytest.raises(Refused, match="ACCESS_NOT_ALL"):
        group.review_access([TEACHER, MOTHER, YOUTH, LEAD], on=TODAY)
    with pytest.raises(Refused, match="ACCESS_NOT_MEMBER"):
        group.review_access([*group.present, "somebody else"], on=TODAY)
