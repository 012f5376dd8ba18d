"""Kim's contract, from the registration to the auditor, over every service on real Kafka."""

from __future__ import annotations

from datetime import date, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from backbone.calls import CalledRefused
from tests.stories.cast import Cast, Story
from tests.system import System, eventually


def test_kims_contract_from_registration_to_the_auditor(system: System, cast: Cast) -> None:
    kim = Story(cast)
    kim.registers()
    kim.has_a_group()
    assert not [event for event in kim.trail() if event["type"] == "contract.started"]
    kim.signs()

    (first,) = eventually(lambda: kim.deadlines("D-01"), what="the deadline of the first meeting")
    assert first["due_on"] == (kim.today() + timedelta(days=10)).isoformat()  # Kim is fourteen or younger

    meeting = kim.calls_a_meeting()
    eventually(lambda: "MEETING" in str(kim.notices(cast.teacher)).upper(), what="the teacher's notice")
    mail = eventually(
        lambda: [path for path in system.mail() if b"text/calendar" in path.read_bytes()],
        what="an invitation",
    )
    assert_says_nothing(mail[0], kim)

    for member in (cast.teacher, cast.police):
        kim.declares_secrecy(member)
    ref = kim.school_writes("Til stede fire av fem dager")
    eventually(
        lambda: kim.opens(cast.teacher, ref)[ref]["outcome"] == "PERMIT", what="the school's own opening"
    )
    assert kim.opens(cast.police, ref)[ref]["outcome"] == "DENY"
    consent = kim.consents()
    opened = kim.opens(cast.police, ref)[ref]
    assert (opened["outcome"], opened["content"]["text"]) == ("PERMIT", "Til stede fire av fem dager")
    kim.withdraws(consent)
    refused = kim.opens(cast.police, ref)[ref]
    assert refused["outcome"] == "DENY"
    assert "content" not in refused or refused["content"] is None

    kim.deviates()
    eventually(
        lambda: "DEVIATION" in str(kim.notices(cast.coordinator)).upper(), what="the coordinator's notice"
    )

    kim.time_passes(days=7)
    kim.holds(meeting)
    eventually(lambda: kim.deadlines("D-01")[0]["state"] == "MET", what="the deadline met")

    types = eventually(
        lambda: (trail := [event["type"] for event in kim.trail()]) and "meeting.held" in trail and trail,
        what="the trail",
    )
    assert (
        types.index("contract.registered")
        < types.index("network_group.formed")
        < types.index("consent.given")
    )
    assert types.count("opening.decided") >= 4
    system.quiet()


def test_a_deadline_comes_when_nothing_is_held_and_time_moves(system: System, cast: Cast) -> None:
    case = Story(cast, born_on="2010-03-03")
    case.registers()
    case.has_a_group()
    case.signs()
    eventually(lambda: case.deadlines("D-01"), what="the deadline")
    case.time_passes(days=15)
    eventually(
        lambda: (
            [n for n in case.notices(cast.coordinator) if n.get("deadline_kind", n.get("deadline")) == "D-01"]
            or "D-01" in str(case.notices(cast.coordinator))
        ),
        what="the notice of the deadline",
    )
    eventually(
        lambda: "deadline.passed" in [event["type"] for event in case.trail()],
        what="the passed deadline on the log",
    )


def test_a_child_under_twelve_is_refused_with_the_reason(cast: Cast) -> None:
    child = Story(cast, born_on=(cast.system.clock.moment().today - timedelta(days=365 * 11)).isoformat())
    with pytest.raises(CalledRefused) as refused:
        child.registers()
    assert refused.value.status == 422
    assert "12 år" in refused.value.sentence.nb


def test_six_months_are_clamped_to_the_month(cast: Cast) -> None:
    assert Story(cast).registers(starts_on=date(2027, 8, 31))["ends_on"] == "2028-02-29"


def assert_says_nothing(mail: Path, story: Story) -> None:
    """A mail names nobody but its receiver, no place and no case."""
    message = BytesParser(policy=policy.default).parsebytes(mail.read_bytes())
    whole = "\n".join(
        part.get_content() for part in message.walk() if part.get_content_maintype() == "text"
    ) + str(message["Subject"])
    for secret in (
        "Kim",
        "Bo Demosen",
        "kontrakt",
        "Felles ansvar",
        "Bodø",
        story.case_id,
        story.contract_id,
        story.youth_id,
    ):
        assert secret not in whole, secret
