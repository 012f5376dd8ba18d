"""What network does when contracts says that somebody is a guardian, or is not any more: they join the group, or leave it."""

from __future__ import annotations

from backbone.work import Reaction, Work
from schemas.codes import Agency, Function, LeavingReason
from schemas.event import Event, Fact
from schemas.guardian import GuardianAdded, GuardianRemoved
from schemas.network_group import MemberJoined, MemberLeft
from services.network.domain.task import hand_on
from services.network.repository import GROUPS, TASKS


def on_guardian_added(work: Work, fact: Fact) -> None:
    """A guardian joins the group, as themselves."""
    assert isinstance(fact.event, GuardianAdded)
    case_id, person = fact.envelope.case_id, fact.event.person_id
    work.lock_case(case_id)
    group = GROUPS.find(work, case_id)
    if group is None or group.member(person) is not None:
        return
    joined = MemberJoined(
        person_id=person,
        agency=Agency.PRIVATE_NETWORK,
        function=Function.GUARDIAN,
        joined_on=fact.envelope.recorded_on,
    )
    work.publish(case_id, joined, caused_by=fact.envelope.id)


def on_guardian_removed(work: Work, fact: Fact) -> None:
    """Somebody who was in the group as a guardian leaves it; what they had to do goes to the lead."""
    assert isinstance(fact.event, GuardianRemoved)
    case_id, event = fact.envelope.case_id, fact.event
    work.lock_case(case_id)
    group = GROUPS.find(work, case_id)
    member = group.member(event.person_id) if group is not None else None
    if member is None or member.function is not Function.GUARDIAN:
        return
    left = MemberLeft(
        person_id=event.person_id,
        reason=LeavingReason.NO_LONGER_GUARDIAN,
        left_on=event.removed_on,
        stop_id=event.stop_id,
    )
    assert group is not None
    tasks = hand_on(TASKS.of_case(work, case_id), event.person_id, group.lead_id)
    work.publish(case_id, left, *tasks, caused_by=fact.envelope.id)


GUARDIAN_REACTIONS: dict[type[Event], Reaction] = {
    GuardianAdded: on_guardian_added,
    GuardianRemoved: on_guardian_removed,
}
