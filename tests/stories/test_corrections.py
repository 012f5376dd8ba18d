"""A story of mistakes: a wrong day, a wrong case, a text that should never have been written; each put right, and the wrong value still provable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.stories.cast import Cast, Story
from tests.system import System, eventually

SERVICES = ("contracts", "network", "sharing", "scheduler", "notifications", "portal")


def newest(story: Story, type_name: str) -> dict[str, Any]:
    """The newest event of a type in the auditor's trail, when it has come there."""

    def there() -> Any:
        return [event for event in story.trail() if event["type"] == type_name]

    return dict(eventually(there, what=f"{type_name} in the trail")[-1])


def test_what_was_registered_wrongly_is_put_right_for_everybody_and_stays_provable(system: System) -> None:
    cast = Cast(system)
    cast.moves_in()
    story = Story(cast)
    story.registers()
    story.signs()
    story.has_a_group()
    lead, case_id = cast.coordinator, story.case_id

    # the meeting was held three days ago, and today was written down
    meeting_id = story.calls_a_meeting(in_days=0)
    story.time_passes(days=3)
    story.holds(meeting_id)
    wrong_day, right_day = story.today(), story.today() - timedelta(days=3)
    (first,) = eventually(lambda: story.deadlines("D-04"), what="the next meeting's deadline")
    held = newest(story, "meeting.held")
    body = {
        "event_id": held["event_id"],
        "fields": {"held_on": right_day.isoformat()},
        "reason": "WRITTEN_WRONGLY",
    }
    story.post(lead, "network", f"/cases/{case_id}/corrections", body)
    moved = eventually(
        lambda: [d for d in story.deadlines("D-04") if d["due_on"] != first["due_on"]],
        what="the deadline counted from the right day",
    )
    assert moved[0]["deadline_id"] == first["deadline_id"]
    assert [deadline["state"] for deadline in story.deadlines("D-01")] == ["MET"], "met ones stay met"
    assert newest(story, "meeting.held")["data"]["held_on"] == wrong_day.isoformat(), "the log is not edited"
    correction = newest(story, "registration.corrected")
    (change,) = correction["data"]["changes"]
    assert (change["was"], change["now"]) == (wrong_day.isoformat(), right_day.isoformat())
    assert correction["actor"] == lead.person_id

    # a deviation was reported in the wrong case
    story.deviates()
    eventually(lambda: story.deadlines("D-14"), what="the deviation's deadline")
    assert eventually(
        lambda: [n for n in story.notices(lead) if n["kind"] == "DEVIATION_REPORTED"],
        what="the lead's notice",
    )
    reported = newest(story, "deviation.reported")
    body = {"event_id": reported["event_id"], "reason": "WRONG_CASE"}
    story.post(cast.teacher, "contracts", f"/cases/{case_id}/voidings", body)
    eventually(
        lambda: [d["state"] for d in story.deadlines("D-14")] == ["CANCELLED"], what="no deadline for it"
    )
    assert eventually(
        lambda: [n for n in story.notices(lead) if n["kind"] == "REGISTRATION_CORRECTED"],
        what="the lead is told that it was struck",
    )
    assert system.calls.get("contracts", f"/cases/{case_id}/deviations", actor=lead) == []

    # a text that should never have been written
    for member in (cast.teacher, cast.police):
        story.declares_secrecy(member)
    story.consents()
    ref = story.school_writes("Handler om en annen elev")
    eventually(
        lambda: story.opens(cast.police, ref)[ref]["outcome"] == "PERMIT", what="the police see the text"
    )
    story.post(lead, "sharing", f"/cases/{case_id}/redactions", {"ref": ref, "reason": "ABOUT_SOMEBODY_ELSE"})
    for who in (lead, cast.teacher, cast.police):
        assert story.opens(who, ref)[ref]["reason"] == "REDACTED"
    assert eventually(
        lambda: [n for n in story.notices(cast.police) if n["kind"] == "TEXT_CORRECTED"],
        what="who had read it is told",
    )

    system.quiet()
    for name in SERVICES:
        done = system.run(name, "replay")
        assert done.returncode == 0, done.stdout
