"""The demonstration's year: made by a seed, all states in it, and nobody real."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from backbone.identity_number import accept
from schemas.codes import Role
from schemas.local_time import OSLO
from schemas.register_codes import LocalFunction
from services.cli.demo.asking import Asked
from services.cli.demo.people import INNER, OUTER, SALTEN, STAFF
from services.cli.demo.stories import a_year

UNTIL = datetime(2026, 11, 20, 16, 0, tzinfo=OSLO)


@cache
def year(seed: int = 1, until: datetime = UNTIL) -> list[Asked]:
    return a_year(until, seed=seed)


def asked(what: str) -> list[dict[str, Any]]:
    return [each.body for each in year() if each.path.endswith(what) and each.body is not None]


def identities() -> list[dict[str, str]]:
    return [body["content"] for body in asked("/deposits") if "birth_on" in body["content"]]


def full_years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def test_the_same_seed_tells_the_same_year() -> None:
    assert a_year(UNTIL, seed=1) == year()
    assert a_year(UNTIL, seed=2) != year()


def test_some_fifty_cases_spread_over_all_of_salten() -> None:
    cases = asked("/contracts")
    assert 40 <= len(cases) <= 50
    assert {case["municipality_no"] for case in cases} == set(SALTEN)
    assert {*OUTER, *INNER} == set(SALTEN)
    assert len({case["case_id"] for case in cases}) == len(cases)


def test_it_takes_place_in_the_year_before_and_in_order() -> None:
    times = [each.at for each in year()]
    assert times == sorted(times)
    assert UNTIL - timedelta(days=366) < times[0]
    assert times[-1] <= UNTIL


def test_every_state_is_there() -> None:
    signed = Counter(each.path for each in year() if each.path.endswith("/signatures"))
    standing: Counter[str] = Counter()
    for case in asked("/contracts"):
        wanted, done = 1 + len(case["guardian_ids"]), signed[f"/contracts/{case['contract_id']}/signatures"]
        starts_on = date.fromisoformat(case["starts_on"])
        if done == 0:
            standing["unsigned"] += 1
        elif done < wanted:
            standing["partly signed"] += 1
        elif starts_on > UNTIL.date():
            standing["signed"] += 1
        else:
            standing["ended" if starts_on + timedelta(days=184) < UNTIL.date() else "running"] += 1
    assert standing.keys() == {"unsigned", "partly signed", "signed", "running", "ended"}
    assert min(standing.values()) >= 2


def test_sanctions_wait_are_tightened_fulfilled_and_sent_on() -> None:
    sanctions = {body["case_id"]: body for body in asked("/sanctions")}
    assert {body["programme"] for body in sanctions.values()} == {"YOUTH_FOLLOW_UP", "YOUTH_PENALTY"}
    youths = [body for body in asked("/deposits") if "birth_on" in body["content"]]
    born = {body["case_id"]: date.fromisoformat(body["content"]["birth_on"]) for body in youths}
    for case_id, body in sanctions.items():
        assert 15 <= full_years(born[case_id], date.fromisoformat(body["offence_on"])) <= 17
    what = {each.path.rsplit("/", 1)[1] for each in year() if each.path.startswith("/youth-plans/")}
    assert {"suitability", "adopted", "tightened", "fulfilled", "sent-on", "decisions", "complaints"} <= what
    plans = [each.path.split("/")[2] for each in year() if each.path.endswith("/adopted")]
    assert len(plans) == len(sanctions) - 1, "one waits for its plan"


def test_ages_run_from_twelve_to_seventeen_and_one_is_about_to_turn_eighteen() -> None:
    starts = {case["case_id"]: date.fromisoformat(case["starts_on"]) for case in asked("/contracts")}
    youths = [body for body in asked("/deposits") if "birth_on" in body["content"]]
    born = {body["case_id"]: date.fromisoformat(body["content"]["birth_on"]) for body in youths}
    assert {full_years(born[case], on) for case, on in starts.items()} == {12, 13, 14, 15, 16, 17}
    soon = UNTIL.date() + timedelta(days=30)
    assert (
        sum(full_years(one, UNTIL.date()) == 17 and full_years(one, soon) == 18 for one in born.values()) >= 1
    )


def test_every_identity_number_is_a_synthetic_one_of_that_birth_date() -> None:
    for identity in identities():
        born, number = date.fromisoformat(identity["birth_on"]), identity["national_id"]
        assert accept(number, synthetic_only=True)
        assert number[:6] == f"{born.day:02}{born.month + 80:02}{born:%y}"


def test_meetings_are_called_by_day_for_people_who_are_there_and_then_held() -> None:
    called = {body["meeting_id"]: body for body in asked("/meetings")}
    per_case = Counter(each.path for each in year() if each.path.endswith("/meetings"))
    held = [each.path.split("/")[2] for each in year() if each.path.endswith("/held")]
    assert max(per_case.values()) >= 4
    assert len(held) >= 60
    assert set(held) <= called.keys()
    assert all(8 <= datetime.fromisoformat(body["starts_local"]).hour <= 15 for body in called.values())


def asked_of_meetings(what: str) -> dict[str, Asked]:
    """What was asked of each meeting."""
    return {
        each.path.split("/")[2]: each for each in year() if re.fullmatch(f"/meetings/[^/]+/{what}", each.path)
    }


def test_every_meeting_of_a_group_has_minutes_that_were_given_out_and_confirmed() -> None:
    called = {body["meeting_id"]: body for body in asked("/meetings")}
    struck = {each.meant.named for each in year() if each.meant and each.path.endswith("/voidings")}
    issued, confirmed = asked_of_meetings("minutes/issued"), asked_of_meetings("minutes/confirmed")
    with_a_group = [
        (meeting, held)
        for meeting, held in asked_of_meetings("held").items()
        if called[meeting]["kind"] not in ("MEDIATION", "RESTORATIVE") and meeting not in struck
    ]
    assert {called[meeting]["kind"] for meeting, _ in with_a_group} >= {"NETWORK", "YOUTH_PLAN", "FOLLOW_UP"}
    without = [one for one, held in with_a_group if one not in issued and held.at < UNTIL - timedelta(days=4)]
    assert without == []
    slow = [
        one for one, held in with_a_group if one not in confirmed and held.at < UNTIL - timedelta(days=12)
    ]
    assert slow == []


def test_every_item_of_the_agendas_of_the_past_came_to_something() -> None:
    settled = {
        str(each.body["item_id"]) for each in year() if each.body and each.path.endswith("/agenda/settled")
    }
    held = asked_of_meetings("held")
    open_items = [
        item
        for body in asked("/meetings")
        if body["meeting_id"] in held and held[body["meeting_id"]].at < UNTIL - timedelta(days=40)
        for item in body.get("items", [])
        if item["item_id"] not in settled
    ]
    assert open_items == []


def test_every_municipality_has_entered_who_does_what() -> None:
    entered = Counter(body["municipality_no"] for body in asked("/directory/functions"))
    assert set(entered) == set(SALTEN)
    assert entered["1804"] == entered["1841"] == len(LocalFunction)
    assert min(entered.values()) >= 5


def test_consents_are_given_taken_back_and_opened_after() -> None:
    withdrawn = {
        each.path.split("/")[2]: each
        for each in year()
        if each.path.startswith("/consents/") and each.path.endswith("/withdrawn")
    }
    requested = {body["consent_id"]: body for body in asked("/consents")}
    assert len(withdrawn) >= 5
    given = Counter(each.path.split("/")[2] for each in year() if each.path.endswith("/given"))
    assert any(given[consent] < len(body["signers"]) for consent, body in requested.items())
    openings = defaultdict(list)
    for each in year():
        if each.path.endswith("/open"):
            openings[each.path.split("/")[2]].append(each)
    case_of = {
        body["consent_id"]: each.path.split("/")[2]
        for each in year()
        if (body := each.body) and "consent_id" in body
    }
    after = [o for consent, back in withdrawn.items() for o in openings[case_of[consent]] if o.at > back.at]
    assert len(after) >= 5


def test_there_is_a_no_something_without_consent_a_duty_a_receipt_and_a_report() -> None:
    assert asked("/refused")
    assert len({body["basis"] for body in asked("/disclosures")}) >= 3
    answered = [each for each in year() if "/duties/" in each.path and each.path.endswith("/answered")]
    assert len(asked("/duties")) > len(answered) > 0
    assert [body for body in asked("/given") if "answer" in body]
    assert {body.get("method") for body in asked("/given")} >= {"PAPER", "ORAL_IN_MEETING"}
    assert asked("/reports")


def test_deviations_are_of_several_kinds() -> None:
    assert len({body["kind"] for body in asked("/deviations")}) >= 4


def test_deviations_are_judged_by_somebody_else_than_who_reported_them_and_followed_up() -> None:
    reported = {
        str(each.body["deviation_id"]): each.who
        for each in year()
        if each.body and each.path.endswith("/deviations")
    }
    judged = {each.path.split("/")[2]: each.who for each in year() if each.path.endswith("/assessed")}
    assert len(judged) >= 20
    of_contracts = {body["contract_id"] for body in asked("/contracts")}
    ours = [body["deviation_id"] for body in asked("/deviations") if body["contract_id"] in of_contracts]
    assert all(reported[one] is not judged[one] for one in ours if one in judged)
    for what in ("/youth-account", "/steps", "/resolved", "/dismissed"):
        assert asked(what), what


def test_referrals_come_to_every_end_and_some_wait() -> None:
    referred = {body["referral_id"] for body in asked("/referrals")}
    steps = defaultdict(set)
    for each in year():
        if each.path.startswith("/referrals/"):
            steps[each.path.split("/")[2]].add(each.path.rsplit("/", 1)[1])
    ends = {"accepted", "declined", "redirected", "withdrawn"}
    assert set().union(*steps.values()) == {"acknowledged", "screened", *ends}
    assert referred - steps.keys(), "somebody waits to be screened"
    assert {one["case_id"] for one in asked("/referrals")} & {one["case_id"] for one in asked("/contracts")}


def test_there_are_consultations_without_a_name_and_local_offers() -> None:
    assert len(asked("/consultations")) >= 5
    assert len(asked("/offers")) >= 8
    assert asked("/reviewed")
    assert asked("/ended")
    for each in year():
        if each.path == "/offers":
            assert each.body is not None
            assert each.body["municipality_no"] in each.who.municipality_nos


def test_cases_whose_time_is_over_are_evaluated_and_closed_but_for_two() -> None:
    over = [
        body
        for body in asked("/contracts")
        if date.fromisoformat(body["starts_on"]) + timedelta(days=197) < UNTIL.date()
    ]
    closed = {each.path.split("/")[2] for each in year() if each.path.endswith("/closed")}
    assert len([body for body in over if body["case_id"] in closed]) == len(over) - 2 >= 8
    assert {body["kind"] for body in asked("/evaluations")} == {"MIDWAY", "END"}
    on_purpose = [body for body in asked("/closed") if body.get("reason") != "REGISTERED_BY_MISTAKE"]
    ours = [body for body in on_purpose if "reason" in body]
    assert all(body["outcome"] for body in ours)


def test_a_case_rests_one_changes_hands_and_mistakes_are_put_right() -> None:
    assert asked("/paused")
    assert asked("/resumed")
    (handed,) = asked("/lead")
    assert handed["to_id"] in {person.person_id for person in STAFF}
    meant = {each.path.rsplit("/", 1)[1]: each.meant for each in year() if each.meant}
    assert meant.keys() == {"corrections", "voidings", "correction-requests"}
    assert asked("/redactions")


@pytest.mark.parametrize("person", STAFF, ids=lambda person: person.key)
def test_nobody_on_the_staff_can_be_written_to(person: Any) -> None:
    assert person.email.endswith(".example")


def test_there_is_somebody_for_every_page() -> None:
    roles = {role for person in STAFF for role in person.roles}
    assert {
        Role.COORDINATOR,
        Role.YOUTH_COORDINATOR,
        Role.AGENCY_MEMBER,
        Role.UNIT_LEADER,
        Role.RECORDS_OWNER,
        Role.PRIVACY_OFFICER,
        Role.AUDITOR,
        Role.OPERATOR,
    } <= roles


@pytest.mark.parametrize("day", [date(2027, 1, 4), date(2028, 2, 29), date(2026, 12, 31), date(2027, 7, 18)])
def test_it_can_be_told_on_any_day(day: date) -> None:
    until = datetime(day.year, day.month, day.day, 9, tzinfo=OSLO)
    told = a_year(until, seed=1)
    assert len(told) > 700
    assert all(each.at <= until for each in told)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("days", range(0, 14))
def test_a_case_is_registered_before_anything_else_happens_in_it(days: int, seed: int) -> None:
    registered: set[str] = set()
    for each in year(seed, UNTIL + timedelta(days=days)):
        if each.path in ("/contracts", "/sanctions") and each.body is not None:
            registered |= {each.body["case_id"], each.body.get("contract_id") or each.body["plan_id"]}
        elif each.path.startswith(("/cases/", "/contracts/", "/youth-plans/")):
            assert each.path.split("/")[2] in registered, each.path


@pytest.mark.parametrize("seed", range(12))
def test_no_two_things_are_asked_with_the_same_key(seed: int) -> None:
    keys = [each.key for each in year(seed) if each.body is not None]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 22), date(2027, 1, 4), date(2028, 2, 29)])
def test_no_two_things_asked_share_an_idempotency_key(day: date) -> None:
    told = a_year(datetime(day.year, day.month, day.day, 17, tzinfo=OSLO), seed=1)
    keys = [each.key for each in told if each.body is not None]
    assert len(keys) == len(set(keys))
