"""What people may ask about a group's members and their surroundings, one transaction each."""

from __future__ import annotations

from datetime import date

from backbone.clock import derived_id
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import HasOne
from services.network.access import group_for_leading
from services.network.domain.group import Coordination, Group


def show_certificate(work: Work, case_id: str, person_id: str, *, shown_on: date) -> Answer:
    """Whoever leads has seen a mentor's police certificate."""
    group = _led(work, case_id)
    seen_by = work.actor.person_id
    shown = group.show_certificate(person_id, shown_on=shown_on, seen_by=seen_by, today=work.moment.today)
    work.publish(case_id, *shown)
    return {"case_id": case_id, "person_id": person_id}


def review_access(work: Work, case_id: str, person_ids: tuple[str, ...]) -> Answer:
    """Whoever leads has gone through who has access."""
    group = _led(work, case_id)
    work.publish(case_id, *group.review_access(person_ids, on=work.moment.today))
    return {"case_id": case_id}


def record_coordination(
    work: Work,
    case_id: str,
    *,
    child_coordinator: HasOne,
    individual_plan: HasOne,
    coordinator_id: str | None,
    plan_ref: str | None,
) -> Answer:
    """What is known of a child coordinator and an individual plan."""
    group = _led(work, case_id)
    said = Coordination(
        child_coordinator=child_coordinator,
        individual_plan=individual_plan,
        recorded_on=work.moment.today,
        coordinator_id=coordinator_id,
        plan_ref=plan_ref,
    )
    work.publish(case_id, *group.record_coordination(said))
    return {"case_id": case_id}


def bar_contact(work: Work, case_id: str, *, other_case_id: str) -> Answer:
    """The youths of two cases are not to meet: both cases get the same event. Only for somebody who leads both groups."""
    mine, other = _both(work, case_id, other_case_id)
    bar_id = derived_id("no contact", *sorted((case_id, other_case_id)), mine.version, other.version)
    today = work.moment.today
    work.publish(case_id, *mine.bar(other_case_id, bar_id=bar_id, on=today))
    work.publish(other_case_id, *other.bar(case_id, bar_id=bar_id, on=today))
    return {"case_id": case_id, "bar_id": bar_id}


def lift_bar(work: Work, case_id: str, *, other_case_id: str) -> Answer:
    """The youths of two cases may meet again."""
    mine, other = _both(work, case_id, other_case_id)
    today = work.moment.today
    work.publish(case_id, *mine.lift_bar(other_case_id, on=today))
    work.publish(other_case_id, *other.lift_bar(case_id, on=today))
    return {"case_id": case_id}


def _led(work: Work, case_id: str) -> Group:
    work.lock_case(case_id)
    return group_for_leading(work, case_id)


def _both(work: Work, case_id: str, other_case_id: str) -> tuple[Group, Group]:
    work.lock_cases([case_id, other_case_id])
    mine = group_for_leading(work, case_id)
    return mine, mine if other_case_id == case_id else group_for_leading(work, other_case_id)
