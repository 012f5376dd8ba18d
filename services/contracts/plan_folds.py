"""What the events of a youth plan say in this service's replayed tables."""

from __future__ import annotations

from backbone.rows import Rows
from backbone.work import Fold
from schemas.breach import (
    BreachConversationHeld,
    CaseReturnedToProsecution,
    CaseTransferredToKriminalomsorgen,
    NewOffenceReported,
    OralWarningGiven,
)
from schemas.decision import (
    ComplaintAnswered,
    ComplaintReceived,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.event import Event, Fact
from schemas.sanction import (
    SanctionReceived,
    SuitabilityAssessed,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from services.contracts.domain.youth_plan import YouthPlan
from services.contracts.guardian_folds import on_guardians
from services.contracts.repository import CASES, PLANS


def on_received(rows: Rows, fact: Fact) -> None:
    """The plan for a received sanction begins."""
    assert isinstance(fact.event, SanctionReceived)
    PLANS.put(rows, YouthPlan.received(fact.envelope.case_id, fact.event))
    on_guardians(rows, fact)


def on_plan(rows: Rows, fact: Fact) -> None:
    """The plan that the event names goes on."""
    plan = PLANS.find(rows, fact.event.plan_id)  # type: ignore[attr-defined]
    if plan is not None:
        PLANS.put(rows, plan.after(fact.event))


def on_adopted(rows: Rows, fact: Fact) -> None:
    """The plan runs, and its case is active."""
    on_plan(rows, fact)
    case = CASES.find(rows, fact.envelope.case_id)
    if case is not None:
        CASES.put(rows, case.after(fact.event))


PLAN_FOLDS: dict[type[Event], Fold] = {
    SanctionReceived: on_received,
    YouthPlanAdopted: on_adopted,
    **dict.fromkeys(
        (
            SuitabilityAssessed,
            YouthPlanTightened,
            YouthPlanFulfilled,
            YouthPlanTerminated,
            OralWarningGiven,
            BreachConversationHeld,
            NewOffenceReported,
            CaseReturnedToProsecution,
            CaseTransferredToKriminalomsorgen,
            DecisionDelivered,
            ComplaintReceived,
            ComplaintAnswered,
            TravelLeaveAsked,
            TravelLeaveAnswered,
        ),
        on_plan,
    ),
}
