"""What does not go as usual, each by its number in the catalogue of edge cases: many cases in one system, on real Kafka."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from dateutil.relativedelta import relativedelta

from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import Agency, Category, Role
from tests.stories.long_story import FullCast, LongStory
from tests.system import System, eventually, staff

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def cast(system: System) -> FullCast:
    cast = FullCast(system)
    cast.moves_in()
    return cast


def turning(cast: FullCast, years: int, *, in_days: int) -> str:
    """The birth date of somebody who turns so old in so many days."""
    birthday = cast.system.clock.moment().today + timedelta(days=in_days)
    return (birthday - relativedelta(years=years)).isoformat()


ENTERED_AFTERWARDS = "Ført inn i ettertid"


def case_page(case: LongStory) -> str:
    """The page of the case as the coordinator sees it, in bokmål."""
    system = case.system
    with httpx.Client(
        base_url=system.settings.portal_url, timeout=20, trust_env=False, follow_redirects=True
    ) as browser:
        who = {"person_id": case.cast.coordinator.person_id}
        browser.post("/logg-inn", data=who, headers={"Origin": system.settings.portal_url}).raise_for_status()
        return browser.get(f"/saker/{case.case_id}").text


def shared(case: LongStory) -> tuple[str, str]:
    """The school's words about attendance that the police see on the strength of everyone's yes: reference and consent."""
    ref = case.school_writes("Til stede fire av fem dager")
    consent_id = case.consents()
    police = case.cast.police
    eventually(lambda: case.answer_for(police, ref)[0] == "PERMIT", what="the sharing on consent")
    return ref, consent_id


def test_01_six_months_from_the_31_august_end_on_the_last_day_of_february(cast: FullCast) -> None:
    case = LongStory(cast)
    assert case.registers_with(starts_on="2027-08-31")["ends_on"] == "2028-02-29"


def test_02_who_turns_16_is_in_another_age_band_and_the_lead_is_told_to_look_over_the_consents(
    cast: FullCast,
) -> None:
    case = LongStory(cast, born_on=turning(cast, 16, in_days=2)).runs()
    case.time_passes(days=3)
    case.comes_true("the birthday", "youth.age_band_changed")
    eventually(
        lambda: "OTHERS_DECIDE_NOW" in {notice["kind"] for notice in case.notices(cast.coordinator)},
        what="the lead's notice",
    )


def test_02_who_turns_18_decides_alone_from_that_day_and_what_was_agreed_to_as_a_child_waits_for_a_new_yes(
    cast: FullCast,
) -> None:
    case = LongStory(cast, born_on=turning(cast, 18, in_days=3)).runs()
    ref, _ = shared(case)
    unanswered = case.asks_consent()
    case.proposes_one_goal()
    case.one_signs(case.youth_id, "YOUTH")
    case.time_passes(days=3)
    assert case.answer_for(cast.police, ref) == ("DENY", "CONSENT_TO_BE_RENEWED"), "from 00:00 that day"
    with pytest.raises(CalledRefused):
        case.one_signs(case.guardian_ids[0], "GUARDIAN")
    (guardian,) = case.guardian_ids
    for answer in ("given", "refused"):
        with pytest.raises(CalledRefused) as refused:
            case.says(unanswered, answer, guardian)
        assert refused.value.rule == "NO_LONGER_DECIDES"
    case.comes_true("the birthday", "youth.age_band_changed", "contract.signers_changed", "contract.amended")
    eventually(
        lambda: "OTHERS_DECIDE_NOW" in {notice["kind"] for notice in case.notices(cast.coordinator)},
        what="the lead's notice",
    )
    case.guardian_ids = []
    alone = case.asks_consent()
    assert case.answer_for(cast.police, ref)[0] == "DENY"
    case.says(alone, "given", case.youth_id, "YOUTH")
    assert case.answer_for(cast.police, ref)[0] == "PERMIT", "the youth's own yes is enough now"


def test_03_guardians_who_disagree_make_no_consent(cast: FullCast) -> None:
    case = LongStory(cast, guardians=2).runs()
    ref, consent_id = case.school_writes("Borte to dager"), case.asks_consent()
    case.says(consent_id, "given", case.youth_id, "YOUTH")
    case.says(consent_id, "given", case.guardian_ids[0])
    assert case.answer_for(cast.police, ref)[0] == "DENY"
    case.says(consent_id, "refused", case.guardian_ids[1])
    assert case.answer_for(cast.police, ref) == ("DENY", "CONSENT_REFUSED")
    assert case.answer_for(cast.teacher, ref)[0] == "PERMIT", "the school goes on seeing its own"


def test_04_when_one_guardian_takes_the_consent_back_sharing_stops_at_once_and_a_deadline_runs(
    cast: FullCast,
) -> None:
    case = LongStory(cast, guardians=2).runs()
    ref, consent_id = shared(case)
    case.says(consent_id, "withdrawn", case.guardian_ids[1])
    assert case.answer_for(cast.police, ref)[0] == "DENY"
    eventually(lambda: case.deadlines("D-11"), what="the deadline for resolving it")


def asks_unless_a_leader_must_confirm(case: LongStory, **asked: Any) -> str:
    """The consent that is asked for, or nothing as long as a leader has not confirmed a change of who decides."""
    try:
        return case.asks_consent(**asked)
    except CalledRefused as error:
        if error.rule != "AWAITS_LEADER":
            raise
        return ""


def a_leader_confirms(cast: FullCast, case: LongStory, person_id: str) -> None:
    """Not whoever leads the case: a leader who does not; and the deadline for it ends."""
    eventually(lambda: case.deadlines("C4-LEADER"), what="the deadline of the leader")
    grounds = case.deposit(case.youth_id, Category.FAMILY, "TEXT", text="Leder har sett papirene.")
    path = f"/cases/{case.case_id}/guardians/{person_id}/change-confirmed"
    assert case.refused("contracts", path, {"grounds_ref": grounds}) == "ONLY_UNIT_LEADER"
    case.post(cast.leader, "contracts", path, {"grounds_ref": grounds})
    eventually(lambda: case.deadlines("C4-LEADER")[0]["state"] == "MET", what="the leader's confirmation")


def as_guardian(person_id: str) -> Actor:
    """A guardian, should they log in."""
    return staff(person_id, Agency.PRIVATE_NETWORK, Role.AGENCY_MEMBER)


def test_05_a_guardian_without_parental_responsibility_is_refused_with_the_reason_and_signs_nothing(
    cast: FullCast,
) -> None:
    case = LongStory(cast, guardians=2).runs()
    ref, _ = shared(case)
    mother, father = case.guardian_ids
    path, day = f"/cases/{case.case_id}/parental-responsibility", case.today().isoformat()
    claim = {"person_id": father, "decision_maker": "NO_RESPONSIBILITY", "from_on": day}
    assert case.refused("contracts", path, {**claim, "source": "DECLARED"}) == "SOURCE_DOES_NOT_SHOW"
    case.leads("contracts", path, {**claim, "source": "FOLKEREGISTER"})
    assert case.answer_for(as_guardian(father), ref)[0] == "DENY"
    refused = ("DENY", "WITHOUT_RESPONSIBILITY")
    eventually(lambda: case.answer_for(as_guardian(father), ref) == refused, what="the reason at the gate")
    assert not asks_unless_a_leader_must_confirm(case), "nobody's yes falls away on the lead's word alone"
    a_leader_confirms(cast, case, father)

    def told_that_he_is_not_asked() -> bool:
        try:
            return bool(asks_unless_a_leader_must_confirm(case))
        except CalledRefused as wrong:
            return wrong.rule == "SIGNERS_WRONG"

    eventually(told_that_he_is_not_asked, what="who does not decide not asked")
    assert case.answer_for(cast.police, ref)[0] == "PERMIT", "everybody who decides has said yes"
    case.guardian_ids = [mother]
    case.consents()


def test_06_when_barnevern_takes_over_care_it_decides_in_the_parents_place_and_is_asked_anew(
    cast: FullCast,
) -> None:
    case = LongStory(cast, guardians=2).runs()
    ref, _ = shared(case)
    caretaker = staff(new_id(), Agency.BARNEVERN, Role.AGENCY_MEMBER)
    entry = {"person_id": caretaker.person_id, "agency": caretaker.agency, "roles": ["AGENCY_MEMBER"]}
    entry["municipality_nos"] = ["1804"]
    cast.system.calls.post("network", "/directory/people", actor=cast.operator, body=entry)
    member = {"person_id": caretaker.person_id, "agency": caretaker.agency, "function": "SUPPORT_OWNER"}
    case.leads("network", f"/cases/{case.case_id}/members", member)
    care = {
        "person_id": caretaker.person_id,
        "decision_maker": "BARNEVERN",
        "source": "CARE_DECISION",
        "from_on": case.today().isoformat(),
    }
    path = f"/cases/{case.case_id}/parental-responsibility"
    case.leads("contracts", path, care)
    lost = ("DENY", "CONSENT_OTHERS_DECIDE")
    eventually(lambda: case.answer_for(cast.police, ref) == lost, what="the parents' yes carrying nothing")
    eventually(lambda: case.deadlines("D-11"), what="the deadline for resolving it")
    (parent, _), signs = case.guardian_ids, {"person_id": caretaker.person_id, "role": "BARNEVERN"}
    asked = [{"person_id": case.youth_id, "role": "YOUTH"}, signs]
    assert not asks_unless_a_leader_must_confirm(case, signers=asked)
    a_leader_confirms(cast, case, caretaker.person_id)
    consent_id = eventually(
        lambda: asks_unless_a_leader_must_confirm(case, signers=asked), what="barnevern asked"
    )
    case.says(consent_id, "given", case.youth_id, "YOUTH")
    assert case.answer_for(cast.police, ref)[0] == "DENY"
    case.says(consent_id, "given", caretaker.person_id, "BARNEVERN")
    assert case.answer_for(cast.police, ref)[0] == "PERMIT"
    assert case.answer_for(as_guardian(parent), ref) == ("DENY", "CARE_TAKEN_OVER")


def test_07_a_guardian_who_may_be_the_harm_is_kept_out_at_once_and_told_nothing_more(cast: FullCast) -> None:
    case = LongStory(cast, guardians=2).runs()
    ref, _ = shared(case)
    mother, father = case.guardian_ids
    meeting_id, starts = new_id(), (case.today() + timedelta(days=7)).isoformat()
    call = {
        "meeting_id": meeting_id,
        "kind": "NETWORK",
        "mode": "VIDEO",
        "starts_local": f"{starts}T13:00",
        "minutes": 60,
        "invited": [case.lead.person_id, mother, father],
    }
    case.leads("network", f"/cases/{case.case_id}/meetings", call)
    grounds = case.deposit(case.youth_id, Category.FAMILY, "TEXT", text="Ungdommen er redd hjemme.")
    restriction = {
        "basis": "DANGER_TO_YOUTH",
        "from_on": case.today().isoformat(),
        "grounds_ref": grounds,
    }
    case.leads("contracts", f"/cases/{case.case_id}/guardians/{father}/restricted", restriction)
    at_once = case.answer_for(as_guardian(father), ref)
    assert at_once in {("DENY", "STOPPED"), ("DENY", "GUARDIAN_RESTRICTED")}, "before anything is on the log"
    eventually(lambda: case.answer_for(as_guardian(father), ref)[1] == "GUARDIAN_RESTRICTED", what="the fact")

    def shut_out_of_the_group() -> bool:
        try:
            path = f"/cases/{case.case_id}/meetings"
            cast.system.calls.get("network", path, actor=as_guardian(father))
        except CalledRefused as error:
            return error.rule == "GUARDIAN_RESTRICTED"
        return False

    eventually(shut_out_of_the_group, what="the group's pages closed")
    again = {**call, "meeting_id": new_id(), "kind": "FOLLOW_UP"}
    assert case.refused("network", f"/cases/{case.case_id}/meetings", again) == "GUARDIAN_RESTRICTED"
    moved = {"starts_local": f"{starts}T15:00", "minutes": 60, "reason": "AGENCY_CANNOT"}
    case.leads("network", f"/meetings/{meeting_id}/moved", moved)

    def told_of_the_move() -> list[str]:
        told = [one for one in case.notices(cast.coordinator) if one.get("what") == "MEETING_MOVED"]
        return [person for one in told for person in one["people"]]

    eventually(lambda: mother in told_of_the_move(), what="the mother told of the new time")
    assert father not in told_of_the_move(), "nobody is asked to tell the father"
    eventually(lambda: "§ 13-2" in case_page(case), what="the hint about the duty to report")
    case.guardian_ids = [mother]
    assert not asks_unless_a_leader_must_confirm(case), "nobody's yes falls away on the lead's word alone"
    a_leader_confirms(cast, case, father)
    case.consents(eventually(lambda: asks_unless_a_leader_must_confirm(case), what="the others asked"))


def test_06_when_barnevern_has_the_care_a_leader_excuses_a_guardian_but_never_the_last_one(
    cast: FullCast,
) -> None:
    case = LongStory(cast, guardians=2).runs()
    ref, consent_id = case.school_writes("Til stede"), case.asks_consent()
    case.says(consent_id, "given", case.youth_id, "YOUTH")
    case.says(consent_id, "given", case.guardian_ids[1])
    assert case.answer_for(cast.police, ref)[0] == "DENY"
    grounds = case.deposit(case.youth_id, Category.FAMILY, "TEXT", text="Barnevernet har omsorgen.")
    path = f"/consents/{consent_id}/excused"
    excuse = {"why": "CHILD_WELFARE_HAS_CARE", "grounds_ref": grounds}
    first, last = ({**excuse, "person_id": guardian} for guardian in case.guardian_ids)
    with pytest.raises(CalledRefused) as refused:
        case.post(cast.coordinator, "sharing", path, first)
    assert refused.value.status == 403, "who asks does not confirm"
    case.post(cast.leader, "sharing", path, first)
    assert case.answer_for(cast.police, ref)[0] == "PERMIT"
    with pytest.raises(CalledRefused) as refused:
        case.post(cast.leader, "sharing", path, last)
    assert refused.value.status in (409, 422)


@pytest.mark.parametrize("level", ["CODE_7", "CODE_6"])
def test_08_09_a_protected_case_is_opened_by_those_cleared_by_name_only(cast: FullCast, level: str) -> None:
    case = LongStory(cast).runs()
    ref = case.school_writes("Til stede")
    eventually(lambda: case.answer_for(cast.teacher, ref)[0] == "PERMIT", what="the school's own words")
    case.leads("sharing", f"/cases/{case.case_id}/protection", {"level": level})
    answer = case.answer_for(cast.teacher, ref)
    if level == "CODE_6":
        assert answer == ("DENY", "PROTECTED")
        cleared = {"person_id": cast.teacher.person_id}
        case.post(cast.leader, "sharing", f"/cases/{case.case_id}/clearances", cleared)
        assert case.answer_for(cast.teacher, ref)[0] == "PERMIT"
        case.system.quiet()
        with pytest.raises(CalledRefused) as refused:
            case.deadlines("D-37")
        assert refused.value.status == 404, "the case is not there, not for whoever leads it either"
        case.lead = cast.teacher
    eventually(lambda: case.deadlines("D-37"), what="the deadline for checking the protection anew")
    mails = b"".join(path.read_bytes() for path in cast.system.mail())
    assert case.case_id.encode() not in mails


def test_10_siblings_have_cases_of_their_own_and_nothing_is_read_across(cast: FullCast) -> None:
    older, younger = LongStory(cast), LongStory(cast, born_on="2013-06-06")
    younger.guardian_id, younger.guardian_ids = older.guardian_id, older.guardian_ids
    older.runs()
    younger.runs()
    ref = older.school_writes("Til stede")
    eventually(lambda: older.answer_for(cast.teacher, ref)[0] == "PERMIT", what="the older one's words")
    assert younger.answer_for(cast.teacher, ref)[0] == "DENY", "not through the sibling's case"


def test_16_who_moves_is_closed_here_and_can_begin_anew_elsewhere_with_nothing_carried_over(
    cast: FullCast,
) -> None:
    case = LongStory(cast).runs()
    ref, _ = shared(case)
    moved = {"to_municipality_no": "1841", "to_agency": "KOMMUNE_SLT"}
    assert case.leads("contracts", f"/cases/{case.case_id}/transferred", moved)["status"] == "CLOSED"
    assert case.is_shut_for(cast.police, ref)
    case.comes_true("the move on the log", "case.transferred", "contract.ended_early", "case.closed")
    anew = LongStory(cast)
    anew.is_also(case)
    anew.runs(municipality_no="1841")
    assert anew.answer_for(cast.teacher, ref)[0] == "DENY", "content crosses as new deposits only"


def test_17_two_programmes_at_once_are_two_cases_and_a_second_case_in_the_same_is_refused(
    cast: FullCast,
) -> None:
    case = LongStory(cast).runs()
    other, same = LongStory(cast), LongStory(cast)
    other.is_also(case)
    same.is_also(case)
    other.registers_with(programme="FA_SUBSTANCE_CONTRACT")
    with pytest.raises(CalledRefused) as refused:
        same.registers_with()
    assert refused.value.rule == "ONE_CASE_PER_PROGRAMME"
    ref = case.school_writes("Til stede")
    other.has_a_group()
    assert other.answer_for(cast.teacher, ref)[0] == "DENY"


def test_18_who_changes_jobs_is_out_before_the_answer_comes(cast: FullCast) -> None:
    case = LongStory(cast).runs()
    ref, _ = shared(case)
    path = f"/cases/{case.case_id}/members/{cast.police.person_id}/leave"
    case.leads("network", path, {"reason": "JOB_CHANGED"})
    outcome, why = case.answer_for(cast.police, ref)
    assert (outcome, why) in {("DENY", "STOPPED"), ("DENY", "NOT_MEMBER")}


def test_25_after_a_death_everything_stops_in_silence(cast: FullCast) -> None:
    case = LongStory(cast).runs()
    ref, _ = shared(case)
    eventually(lambda: case.deadlines("D-01"), what="a deadline that runs")
    before = len(case.notices(cast.teacher))
    case.leads("contracts", f"/cases/{case.case_id}/closed", {"reason": "DEATH"})
    assert case.is_shut_for(cast.police, ref)
    eventually(lambda: case.deadlines("D-01")[0]["state"] == "CANCELLED", what="the deadlines fallen away")
    assert case.deadlines("D-18") == [], "no evaluation of somebody who is dead"
    case.system.quiet()
    assert len(case.notices(cast.teacher)) == before
    case.comes_true("the end on the log", "contract.ended_early", "case.closed")


def test_25_a_case_of_the_wrong_person_is_closed_from_wherever_it_stands(cast: FullCast) -> None:
    case = LongStory(cast)
    case.registers_with()
    closed = case.leads("contracts", f"/cases/{case.case_id}/closed", {"reason": "REGISTERED_BY_MISTAKE"})
    assert closed["status"] == "CLOSED"
    right = LongStory(cast)
    right.is_also(case)
    right.registers_with()


def test_27_what_was_written_on_paper_is_entered_afterwards_with_its_own_dates(cast: FullCast) -> None:
    case = LongStory(cast)
    began: date = case.today() - timedelta(days=20)
    answer = case.registers_with(starts_on=began.isoformat())
    assert answer["ends_on"] == (began + relativedelta(months=6)).isoformat()
    case.has_a_group()
    assert ENTERED_AFTERWARDS not in case_page(case), "nothing has happened that is entered late"
    case.everyone_signs(on=began)
    (contract,) = cast.system.calls.get(
        "contracts", f"/cases/{case.case_id}/contracts", actor=cast.coordinator
    )
    assert (contract["status"], contract["started_on"]) == ("STARTED", began.isoformat())
    (first,) = eventually(lambda: case.deadlines("D-01"), what="the first deadline")
    assert date.fromisoformat(first["due_on"]) < case.today(), (
        "counted from the day itself, not from the entry"
    )
    eventually(lambda: case_page(case).count(ENTERED_AFTERWARDS) >= 2, what="the mark beside both signatures")
    too_long = LongStory(cast)
    too_early = (case.today() - timedelta(days=200)).isoformat()
    with pytest.raises(CalledRefused) as refused:
        too_long.registers_with(starts_on=too_early)
    assert refused.value.rule == "START_TOO_LONG_AGO"
