"""A group's first meetings over every service on real Kafka: called, moved, held, written up, corrected; and a mediation beside it."""

from __future__ import annotations

from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from icalendar import Calendar

from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import Category
from tests.stories.cast import Cast, Story
from tests.system import System, eventually


class Meetings(Story):
    """A case whose meetings the story is about."""

    def asks(self, path: str, body: Any, *, who: Actor | None = None) -> dict[str, Any]:
        """Ask network for something as the coordinator, or as somebody else."""
        return dict(self.post(who or self.cast.coordinator, "network", path, body))

    def refused(self, path: str, body: Any, *, who: Actor | None = None) -> str:
        """The rule that says no."""
        with pytest.raises(CalledRefused) as refusal:
            self.asks(path, body, who=who)
        assert all(sentence.strip() for sentence in refusal.value.sentence)
        return refusal.value.rule

    def kinds(self, who: Actor) -> list[str]:
        """What somebody has been told in this case."""
        return [notice["kind"] for notice in self.notices(who)]

    def minutes_of(self, meeting_id: str, who: Actor) -> dict[str, Any]:
        """The minutes of a meeting, in references."""
        found = self.system.calls.get("network", f"/cases/{self.case_id}/minutes", actor=who)
        return next(one for one in found if one["meeting_id"] == meeting_id)


def calendars(system: System) -> list[Calendar]:
    """Every calendar entry that has been mailed."""
    found = []
    for path in system.mail():
        mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        assert isinstance(mail, EmailMessage)
        for part in mail.iter_attachments():
            if part.get_content_type() == "text/calendar":
                found.append(Calendar.from_ical(part.get_content()))
    return found


def test_from_the_call_to_corrected_minutes_and_a_task_that_is_done(system: System, cast: Cast) -> None:
    kim, teacher, police = Meetings(cast), cast.teacher, cast.police
    kim.registers()
    kim.has_a_group()
    kim.signs()
    for member in (teacher, police):
        kim.declares_secrecy(member)

    meeting, own, day = new_id(), new_id(), kim.today() + timedelta(days=7)
    call = {
        "meeting_id": meeting,
        "kind": "NETWORK",
        "mode": "IN_PERSON",
        "starts_local": f"{day.isoformat()}T13:00",
        "minutes": 60,
        "invited": [cast.coordinator.person_id, teacher.person_id, police.person_id, kim.youth_id],
        "items": [{"item_id": own, "kind": "YOUTHS_OWN_WORDS"}],
    }
    kim.asks(f"/cases/{kim.case_id}/meetings", call)
    again = {**call, "meeting_id": new_id(), "items": [], "starts_local": f"{day.isoformat()}T09:00"}
    assert kim.refused(f"/cases/{kim.case_id}/meetings", again) == "CALLED_TWICE"
    eventually(lambda: "MEETING_CALLED" in kim.kinds(teacher), what="the teacher's invitation")
    eventually(lambda: "TELL_IN_PERSON" in kim.kinds(cast.coordinator), what="whom the lead is to tell")

    kim.asks(f"/meetings/{meeting}/replies", {"person_id": teacher.person_id, "answer": "COMES"}, who=teacher)
    later = day + timedelta(days=1)
    moving = {"starts_local": f"{later.isoformat()}T13:00", "minutes": 60, "reason": "AGENCY_CANNOT"}
    kim.asks(f"/meetings/{meeting}/moved", moving)
    eventually(lambda: "MEETING_MOVED" in kim.kinds(teacher), what="the new time")
    entries = eventually(
        lambda: (
            [event for one in calendars(system) for event in one.walk("VEVENT") if event["SEQUENCE"] == 1]
        ),
        what="the moved calendar entry",
    )
    assert {str(entry["SUMMARY"]) for entry in entries} == {"Møte"}

    kim.time_passes(days=8)
    attendance = {
        "held_on": kim.today().isoformat(),
        "present": [cast.coordinator.person_id, teacher.person_id],
        "absent": [police.person_id, kim.youth_id],
        "reasons": {police.person_id: "ILL", kim.youth_id: "NO_TRANSPORT"},
    }
    kim.asks(f"/meetings/{meeting}/held", attendance)
    count = system.calls.get("network", f"/cases/{kim.case_id}/attendance", actor=cast.coordinator)
    assert count["absences"] == {"AGENCY": 1, "SERVICES": 1}
    eventually(lambda: kim.deadlines("D-06"), what="the deadline of the minutes")

    said = kim.deposit(kim.youth_id, Category.CASE_STATUS, "TEXT", text="Skolen sier fra om fravær")
    words = kim.deposit(kim.youth_id, Category.CASE_STATUS, "TEXT", text="Kim trener igjen")
    path = f"/meetings/{meeting}/minutes"
    kim.asks(path, {"text_refs": [words]})
    task = {
        "task_id": new_id(),
        "owner_id": teacher.person_id,
        "due_on": (kim.today() + timedelta(days=10)).isoformat(),
    }
    issue = {"receivers": [teacher.person_id, police.person_id, kim.youth_id], "tasks": [task]}
    assert kim.refused(f"{path}/issued", issue) == "WHO_MAY_SAY_WHAT_FIRST"
    outcome = {"item_id": meeting, "outcome": "AGREED", "text_ref": said}
    kim.asks(f"/meetings/{meeting}/agenda/settled", outcome)
    assert kim.refused(f"{path}/issued", {**issue, "tasks": []}) == "TASKS_OR_NONE"
    assert kim.refused(f"{path}/issued", {**issue, "no_tasks": True}) == "TASKS_AND_NONE"
    kim.asks(f"{path}/issued", issue)
    eventually(lambda: kim.deadlines("D-06")[0]["state"] == "MET", what="the minutes in time")
    eventually(lambda: "MINUTES_ISSUED" in kim.kinds(police), what="the minutes at the police")
    eventually(lambda: "TASK_ASSIGNED" in kim.kinds(teacher), what="the teacher's task")
    eventually(
        lambda: kim.opens(police, words)[words]["outcome"] == "PERMIT", what="the minutes through the gate"
    )

    remark = kim.deposit(kim.youth_id, Category.CASE_STATUS, "TEXT", text="Det var onsdag")
    comment = {"comment_id": new_id(), "person_id": police.person_id, "text_ref": remark}
    kim.asks(f"{path}/comments", comment, who=police)
    eventually(lambda: "MINUTES_COMMENTED" in kim.kinds(cast.coordinator), what="the comment at the lead")
    assert kim.refused(f"{path}/confirmed", {}) == "COMMENTS_WAIT"
    kim.asks(f"{path}/confirmed", {"comments_considered": True})
    right = kim.deposit(kim.youth_id, Category.CASE_STATUS, "TEXT", text="Kim trener igjen på onsdager")
    kim.asks(f"{path}/corrected", {"text_refs": [right], "reason": "COMMENT_TAKEN_IN"})
    minutes = kim.minutes_of(meeting, teacher)
    assert minutes["receivers"] == issue["receivers"]
    assert [version["text_refs"] for version in minutes["versions"]] == [[words], [right]]
    eventually(lambda: "MINUTES_CORRECTED" in kim.kinds(police), what="the correction at the police")

    eventually(
        lambda: [one for one in kim.deadlines("D-12") if one["owner_id"] == teacher.person_id],
        what="the task's deadline",
    )
    assert kim.refused(f"/tasks/{task['task_id']}/completed", {}, who=police) == "NOT_YOUR_TASK"
    kim.asks(f"/tasks/{task['task_id']}/completed", {}, who=teacher)
    eventually(lambda: kim.deadlines("D-12")[0]["state"] == "MET", what="the task done")

    following = new_id()
    soon = {**call, "meeting_id": following, "items": []}
    soon["starts_local"] = f"{(kim.today() + timedelta(days=14)).isoformat()}T13:00"
    kim.asks(f"/cases/{kim.case_id}/meetings", soon)
    meetings = system.calls.get("network", f"/cases/{kim.case_id}/meetings", actor=teacher)
    agenda = next(one for one in meetings if one["meeting_id"] == following)["items"]
    assert [item["item_id"] for item in agenda] == [own]  # what nothing came of went on by itself
    kim.asks(f"/meetings/{following}/cancelled", {"reason": "YOUTH_CANNOT"})
    eventually(lambda: "MEETING_CANCELLED" in kim.kinds(teacher), what="the cancelled meeting")
    eventually(
        lambda: [one for one in calendars(system) if one["METHOD"] == "CANCEL"],
        what="the entry taken out of the calendar",
    )
    types = [event["type"] for event in kim.trail()]
    assert types.index("agenda_item.settled") < types.index("minutes.issued")
    system.quiet()


def test_a_mediation_lies_where_the_group_cannot_open_it(system: System, cast: Cast) -> None:
    kim = Meetings(cast)
    kim.registers()
    kim.has_a_group()
    kim.signs()
    for member in (cast.teacher, cast.police):
        kim.declares_secrecy(member)
    record, victim, ref = new_id(), new_id(), new_id()
    day = kim.today() + timedelta(days=5)
    call = {
        "meeting_id": new_id(),
        "kind": "MEDIATION",
        "mode": "IN_PERSON",
        "starts_local": f"{day.isoformat()}T13:00",
        "minutes": 60,
        "invited": [cast.coordinator.person_id, kim.youth_id],
    }
    kim.asks(f"/cases/{kim.case_id}/mediations", {"mediation_id": record})
    kim.asks(f"/mediations/{record}/parties", {"party_id": victim, "party": "VICTIM"})
    deposit = {
        "ref": ref,
        "case_id": record,
        "about_id": victim,
        "category": "VICTIM_INFO",
        "kind": "TEXT",
        "content": {"name": "Alva Demosen"},
    }
    kim.post(cast.coordinator, "sharing", "/deposits", deposit)
    assert kim.refused(f"/cases/{kim.case_id}/meetings", call) == "VICTIM_HAS_NOT_SAID_YES"
    says = {"says_yes": True, "method": "ORAL_IN_MEETING", "given_on": kim.today().isoformat()}
    kim.asks(f"/mediations/{record}/parties/{victim}/answer", says)
    kim.asks(f"/cases/{kim.case_id}/meetings", call)

    body = {"refs": [ref], "purpose": "FOLLOW_UP"}

    def opened(who: Actor, stream: str) -> dict[str, Any]:
        return dict(kim.post(who, "sharing", f"/cases/{stream}/open", body))

    def by_the_mediator() -> Any:
        try:
            (item,) = opened(cast.coordinator, record)["items"]
        except CalledRefused:
            return None
        return item if item["outcome"] == "PERMIT" else None

    item = eventually(by_the_mediator, what="the mediator's own opening")
    assert item["content"]["name"] == "Alva Demosen"
    for member in (cast.teacher, cast.police):
        assert opened(member, record)["reason"] == "NOT_MEMBER"
        (asked_here,) = opened(member, kim.case_id)["items"]
        assert (asked_here["outcome"], asked_here["reason"]) == ("DENY", "UNKNOWN_REFERENCE")
        assert kim.refused(
            f"/mediations/{record}/parties", {"party_id": new_id(), "party": "VICTIM"}, who=member
        )
    about_the_youth = str(kim.trail())
    assert record not in about_the_youth
    assert victim not in about_the_youth
    assert system.calls.get("network", f"/cases/{kim.case_id}/minutes", actor=cast.teacher) == []
    system.quiet()
