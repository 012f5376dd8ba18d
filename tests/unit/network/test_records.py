"""Mediations, forums, certificates, other plans and bars on contact: every rule that says yes and every rule that says no."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.identity_number import names_somebody, with_control_digits
from backbone.refusal import Refused
from schemas.codes import (
    Agency,
    ForumAdvice,
    ForumKind,
    Function,
    HasOne,
    MediationOutcome,
    MediationParty,
    Reason,
    SigningMethod,
)
from schemas.forum import ForumOpened
from schemas.mediation import MediationOpened
from services.network.domain.forum import Forum, refuse_recognisable
from services.network.domain.group import Coordination, Group
from services.network.domain.mediation import Mediation
from tests.unit.network.builders import CASE, LEAD, MOTHER, TEACHER, TODAY, a_group, after_all

TOMORROW = TODAY + timedelta(days=1)


def a_mediation(*parties: tuple[str, MediationParty]) -> Mediation:
    opened = MediationOpened(
        youth_case_id=CASE, mediator_id=LEAD, owner_agency=Agency.KONFLIKTRAAD, opened_on=TODAY
    )
    mediation = Mediation.opened("record", opened)
    for party_id, party in parties:
        mediation = grown(mediation, mediation.join(party_id, party, group=a_group(), today=TODAY))
    return mediation


def grown(state: Any, events: list[Any]) -> Any:
    for event in events:
        state = state.after(event)
    return state


def yes(mediation: Mediation, party_id: str) -> Mediation:
    said = mediation.says_yes(party_id, method=SigningMethod.PAPER, given_on=TODAY, today=TODAY)
    return grown(mediation, said)  # type: ignore[no-any-return]


VICTIMS = (("a", MediationParty.VICTIM), ("b", MediationParty.VICTIM), ("s", MediationParty.VICTIMS_SUPPORT))


def test_every_victim_says_yes_themselves_and_may_take_it_back() -> None:
    mediation = a_mediation(*VICTIMS)
    assert not mediation.victims_consent
    mediation = yes(mediation, "a")
    assert not mediation.victims_consent
    mediation = yes(mediation, "b")
    assert mediation.victims_consent
    mediation = grown(mediation, mediation.says_no("a", today=TODAY))
    assert not mediation.victims_consent
    assert yes(mediation, "a").victims_consent


def test_without_a_victim_there_is_no_consent_to_rest_on() -> None:
    assert not a_mediation().victims_consent
    assert not a_mediation(("s", MediationParty.VICTIMS_SUPPORT)).victims_consent


def test_nobody_answers_for_the_victim() -> None:
    mediation = a_mediation(*VICTIMS)
    for other in ("s", "stranger"):
        with pytest.raises(Refused, match="NOT_A_VICTIM"):
            yes(mediation, other)
    with pytest.raises(Refused, match="SAID_YES_ALREADY"):
        yes(yes(mediation, "a"), "a")
    refused = grown(mediation, mediation.says_no("a", today=TODAY))
    with pytest.raises(Refused, match="SAID_NO_ALREADY"):
        refused.says_no("a", today=TODAY)
    with pytest.raises(Refused, match="DATE_IN_FUTURE"):
        mediation.says_yes("a", method=SigningMethod.PAPER, given_on=TOMORROW, today=TODAY)


@pytest.mark.parametrize(("rule", "party"), [("PARTY_EXISTS", "a"), ("PARTY_IN_GROUP", MOTHER)])
def test_who_is_not_entered_as_a_victim(rule: str, party: str) -> None:
    with pytest.raises(Refused, match=rule):
        a_mediation(*VICTIMS).join(party, MediationParty.VICTIM, group=a_group(), today=TODAY)


def test_an_agreement_needs_the_victims_yes_and_a_closed_record_stays_as_it_is() -> None:
    mediation = a_mediation(*VICTIMS)
    with pytest.raises(Refused, match="AGREEMENT_NEEDS_CONSENT"):
        mediation.close(MediationOutcome.AGREEMENT, text_ref="t", today=TODAY)
    closed = grown(mediation, mediation.close(MediationOutcome.NOT_HELD, text_ref=None, today=TODAY))
    assert not closed.victims_consent
    late: Callable[[], object]
    for late in (
        lambda: closed.close(MediationOutcome.NOT_HELD, text_ref=None, today=TODAY),
        lambda: yes(closed, "a"),
        lambda: closed.says_no("a", today=TODAY),
        lambda: closed.join("z", MediationParty.VICTIM, group=a_group(), today=TODAY),
    ):
        with pytest.raises(Refused, match="RECORD_CLOSED"):
            late()
    agreed = yes(yes(mediation, "a"), "b").close(MediationOutcome.AGREEMENT, text_ref="t", today=TODAY)
    assert len(agreed) == 1


def a_forum() -> Forum:
    opened = ForumOpened(kind=ForumKind.KOG, lead_id=LEAD, lead_agency=Agency.KONFLIKTRAAD, opened_on=TODAY)
    forum = Forum.opened("forum", opened)
    forum = grown(forum, forum.join(TEACHER, agency=Agency.SKOLE_GRUNN, today=TODAY))
    for person in (LEAD, TEACHER):
        forum = grown(forum, forum.declare(person, text_version="1"))
    assert isinstance(forum, Forum)
    return forum


def test_a_forum_meets_with_members_who_have_declared_secrecy_there() -> None:
    forum = a_forum()
    forum = grown(forum, forum.meet("s", held_on=TODAY, present=(LEAD, TEACHER), today=TODAY))
    themes = (Reason.VIOLENCE, Reason.VIOLENCE)
    said = forum.discuss("s", "m", themes=themes, advice=ForumAdvice.OTHER_MEASURE)
    assert said[0].themes == (Reason.VIOLENCE,)
    forum = grown(forum, said)
    assert forum.sessions == {"s": ("m",)}
    with pytest.raises(Refused, match="MATTER_EXISTS"):
        forum.discuss("s", "m", themes=themes, advice=ForumAdvice.OTHER_MEASURE)
    with pytest.raises(Refused, match="THEMES_MISSING"):
        forum.discuss("s", "n", themes=(), advice=ForumAdvice.OTHER_MEASURE)
    with pytest.raises(Refused, match="NO_SUCH_SESSION"):
        forum.discuss("x", "n", themes=themes, advice=ForumAdvice.OTHER_MEASURE)
    with pytest.raises(Refused, match="SESSION_EXISTS"):
        forum.meet("s", held_on=TODAY, present=(LEAD,), today=TODAY)


@pytest.mark.parametrize(
    ("rule", "present", "held_on"),
    [
        ("HELD_IN_FUTURE", (LEAD,), TOMORROW),
        ("NOBODY_PRESENT", (), TODAY),
        ("FORUM_SECRECY_FIRST", (LEAD, "stranger"), TODAY),
        ("FORUM_SECRECY_FIRST", (LEAD, "new"), TODAY),
    ],
)
def test_a_forum_does_not_meet_like_that(rule: str, present: tuple[str, ...], held_on: date) -> None:
    forum = a_forum()
    forum = grown(forum, forum.join("new", agency=Agency.NAV, today=TODAY))
    with pytest.raises(Refused, match=rule):
        forum.meet("s", held_on=held_on, present=present, today=TODAY)


def test_who_comes_and_goes_in_a_forum() -> None:
    forum = a_forum()
    with pytest.raises(Refused, match="MEMBER_ALREADY"):
        forum.join(TEACHER, agency=Agency.SKOLE_GRUNN, today=TODAY)
    with pytest.raises(Refused, match="FORUM_LEAD_STAYS"):
        forum.leave(LEAD, today=TODAY)
    with pytest.raises(Refused, match="DECLARED_ALREADY"):
        forum.declare(TEACHER, text_version="1")
    gone = grown(forum, forum.leave(TEACHER, today=TODAY))
    assert gone.member(TEACHER) is None
    late: Callable[[], object]
    for late in (
        lambda: gone.leave(TEACHER, today=TODAY),
        lambda: gone.declare(TEACHER, text_version="1"),
    ):
        with pytest.raises(Refused, match="NOT_A_MEMBER"):
            late()


@pytest.mark.parametrize(
    "text",
    ["ring 900 00 000", "født 3.4.2010", "skriv til a@b.no", "tlf 90000000", "2010-04-03 født"],
)
def test_a_text_by_which_somebody_could_be_found_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="NAMELESS"):
        refuse_recognisable(text, lambda _: False)


@given(st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(0, 999), st.booleans())
def test_a_typed_identity_number_is_refused_however_it_is_written(
    day: int, month: int, year: int, individual: int, spaced: bool
) -> None:
    number = with_control_digits(f"{day:02}{month + 80:02}{year:02}{individual:03}")
    if number is None:
        return
    written = f"{number[:6]} {number[6:]}" if spaced else number
    with pytest.raises(Refused, match="NAMELESS"):
        refuse_recognisable(f"om {written} her", names_somebody)


@pytest.mark.parametrize("text", ["", "Vold mot medelever, to ganger i høst", "§ 22 og 6 måneder, 3 av 4"])
def test_a_text_about_nobody_is_taken(text: str) -> None:
    refuse_recognisable(text, lambda _: False)


def a_group_with_mentor() -> Group:
    group = a_group()
    joined = group.join("mentor", agency=Agency.FRIVILLIG_ORG, function=Function.MENTOR, on=TODAY)
    return after_all(group, joined)


def test_only_the_day_of_a_mentors_certificate_and_who_saw_it_are_kept() -> None:
    group = a_group_with_mentor()
    shown = group.show_certificate("mentor", shown_on=TODAY, seen_by=LEAD, today=TODAY)
    group = after_all(group, shown)
    member = group.member("mentor")
    assert member is not None
    assert member.certificate_on == TODAY
    with pytest.raises(Refused, match="CERTIFICATE_KNOWN"):
        group.show_certificate("mentor", shown_on=TODAY, seen_by=LEAD, today=TODAY)


@pytest.mark.parametrize(
    ("rule", "person", "seen_by", "shown_on"),
    [
        ("NOT_A_MENTOR", TEACHER, LEAD, TODAY),
        ("NOT_A_MENTOR", "stranger", LEAD, TODAY),
        ("OWN_CERTIFICATE", "mentor", "mentor", TODAY),
        ("CERTIFICATE_IN_FUTURE", "mentor", LEAD, TOMORROW),
    ],
)
def test_what_certificate_is_not_entered(rule: str, person: str, seen_by: str, shown_on: date) -> None:
    with pytest.raises(Refused, match=rule):
        a_group_with_mentor().show_certificate(person, shown_on=shown_on, seen_by=seen_by, today=TODAY)


def test_a_private_member_declares_on_paper_and_staff_themselves() -> None:
    group = a_group_with_mentor()
    group = after_all(group, group.declare_on_paper("mentor", text_version="1"))
    member = group.member("mentor")
    assert member is not None
    assert member.declared == "1"
    with pytest.raises(Refused, match="DECLARES_IN_PERSON"):
        group.declare_on_paper(TEACHER, text_version="1")
    with pytest.raises(Refused, match="FAMILY_DECLARES_NOT"):
        group.declare_on_paper(MOTHER, text_version="1")
    with pytest.raises(Refused, match="NOT_A_MEMBER"):
        group.declare_on_paper("stranger", text_version="1")


def said(**changes: Any) -> Coordination:
    asked: dict[str, Any] = {
        "child_coordinator": HasOne.YES,
        "individual_plan": HasOne.YES,
        "recorded_on": TODAY,
        "coordinator_id": TEACHER,
        "plan_ref": "plan",
    }
    return Coordination(**{**asked, **changes})


def test_another_plan_is_linked_and_the_child_coordinator_is_in_the_group() -> None:
    group = a_group()
    group = after_all(group, group.record_coordination(said()))
    assert group.coordination == said()
    with pytest.raises(Refused, match="NOTHING_CHANGED"):
        group.record_coordination(said(recorded_on=TOMORROW))
    asked = said(child_coordinator=HasOne.ASKED, coordinator_id=None)
    assert group.record_coordination(asked)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("LINK_WITHOUT_YES", {"child_coordinator": HasOne.NO}),
        ("LINK_WITHOUT_YES", {"individual_plan": HasOne.ASKED}),
        ("COORDINATOR_NOT_MEMBER", {"coordinator_id": "stranger"}),
    ],
)
def test_what_is_not_linked(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        a_group().record_coordination(said(**changes))


def test_a_bar_on_contact_is_set_once_and_lifted_once() -> None:
    group = a_group()
    group = after_all(group, group.bar("other", bar_id="bar", on=TODAY))
    assert group.barred == {"other": "bar"}
    with pytest.raises(Refused, match="BARRED_ALREADY"):
        group.bar("other", bar_id="bar", on=TODAY)
    with pytest.raises(Refused, match="SAME_CASE"):
        group.bar(CASE, bar_id="bar", on=TODAY)
    group = after_all(group, group.lift_bar("other", on=TODAY))
    assert group.barred == {}
    with pytest.raises(Refused, match="NOT_BARRED"):
        group.lift_bar("other", on=TODAY)
