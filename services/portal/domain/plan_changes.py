"""What a sanction and its youth plan change in where the case stands; what the plan says is the section `plan`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from schemas.event import Event, Fact
from schemas.sanction import (
    SanctionReceived,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from services.portal.domain.case_view import CaseView, Family, PlanDates, Signature

replace = msgspec.structs.replace


def _received(view: CaseView, event: SanctionReceived, _: Fact) -> CaseView:
    signatures = tuple(Signature(person_id=one.person_id, role=one.role) for one in event.signers)
    plan = PlanDates(plan_id=event.plan_id, family=Family(signatures=signatures))
    return replace(view, plan=plan)


def _adopted(view: CaseView, event: YouthPlanAdopted, _: Fact) -> CaseView:
    return _dated(view, started_on=event.adopted_on, ends_on=event.ends_on)


def _tightened(view: CaseView, event: YouthPlanTightened, _: Fact) -> CaseView:
    return _dated(view, ends_on=event.ends_on)


def _fulfilled(view: CaseView, event: YouthPlanFulfilled, _: Fact) -> CaseView:
    return _dated(view, ended_on=event.fulfilled_on)


def _terminated(view: CaseView, event: YouthPlanTerminated, _: Fact) -> CaseView:
    return _dated(view, ended_on=event.terminated_on)


def _dated(view: CaseView, **dates: date) -> CaseView:
    return view if view.plan is None else replace(view, plan=replace(view.plan, **dates))


PLAN_CHANGES: dict[type[Event], Callable[[CaseView, Any, Fact], CaseView]] = {
    SanctionReceived: _received,
    YouthPlanAdopted: _adopted,
    YouthPlanTightened: _tightened,
    YouthPlanFulfilled: _fulfilled,
    YouthPlanTerminated: _terminated,
}
