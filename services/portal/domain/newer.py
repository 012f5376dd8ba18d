"""What a correction does to the versions in the view of a case: the same as its maker does to its own (`backbone/versions.py`)."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from schemas.correction import newer_by
from schemas.event import Fact
from services.portal.domain.case_view import CaseView
from services.portal.domain.sections.minutes import MinutesOfCase
from services.portal.domain.sections.plan import Plan
from services.portal.domain.sections.tasks import TasksOfCase

S = TypeVar("S", bound=msgspec.Struct)
replace = msgspec.structs.replace


def newer(view: CaseView, fact: Fact) -> CaseView:
    """The view with everything that the maker of the correction owns as many versions newer."""
    by = newer_by(fact.event)
    if fact.envelope.source == "contracts":
        plan = view.section(Plan)
        view = replace(
            view,
            version=view.version + by if view.lead_id else view.version,
            contracts=_all(view.contracts, by),
            deviations=_all(view.deviations, by),
        )
        return view.with_section(_one(plan, by)) if plan.plan_id else view
    if fact.envelope.source == "network":
        tasks, minutes = view.section(TasksOfCase), view.section(MinutesOfCase)
        view = replace(view, meetings=_all(view.meetings, by))
        view = view.with_section(replace(tasks, tasks=_all(tasks.tasks, by)))
        return view.with_section(replace(minutes, minutes=_all(minutes.minutes, by)))
    return view


def _one(thing: S, by: int) -> S:
    return replace(thing, version=thing.version + by)  # type: ignore[attr-defined]


def _all(things: tuple[S, ...], by: int) -> tuple[S, ...]:
    return tuple(_one(thing, by) for thing in things)
