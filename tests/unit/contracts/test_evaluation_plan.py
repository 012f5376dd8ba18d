"""An evaluation is planned before anybody signs: which goal, how it is measured, which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from backbone.refusal import Refused
from schemas.evaluation import EvaluationPlanned, PlannedMeasure
from schemas.register_codes import EvaluationMeasure
from services.contracts.domain.contract import ContractStatus
from services.contracts.domain.evaluation_plan import EvaluationPlan, plan
from services.contracts.domain.register_refusals import SAYS
from tests.unit.contracts.builders import (
    CONTRACT,
    PLAN,
    TODAY,
    YOUTH,
    a_contract,
    a_signed_contract,
    signed_by,
)

ENDS = date(2027, 6, 1)


def planned(**changes: Any) -> EvaluationPlanned:
    asked = EvaluationPlan(**{"measures": PLAN.measures, **changes})
    return plan(asked, contract_id=CONTRACT, goal_refs=("goal-1",), starts_on=TODAY, ends_on=ENDS)


def test_days_that_nobody_chose_are_three_months_after_the_start_and_the_end_date() -> None:
    assert (planned().midway_on, planned().end_on) == (date(2027, 3, 1), ENDS)


def test_days_that_somebody_chose_stand() -> None:
    chosen = planned(midway_on=date(2027, 2, 1), end_on=ENDS + timedelta(days=14))
    assert (chosen.midway_on, chosen.end_on) == (date(2027, 2, 1), date(2027, 6, 15))


STRANGE = PlannedMeasure(goal_ref="goal-9", measure=EvaluationMeasure.ATTENDANCE)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("EVALUATION_MEASURE_MISSING", {"measures": ()}),
        ("EVALUATION_GOAL_UNKNOWN", {"measures": (STRANGE,)}),
        ("EVALUATION_MIDWAY_OUTSIDE", {"midway_on": TODAY - timedelta(days=1)}),
        ("EVALUATION_MIDWAY_OUTSIDE", {"midway_on": ENDS + timedelta(days=1)}),
        ("EVALUATION_END_OUTSIDE", {"end_on": ENDS - timedelta(days=15)}),
        ("EVALUATION_END_OUTSIDE", {"end_on": ENDS + timedelta(days=15)}),
        ("EVALUATION_END_OUTSIDE", {"midway_on": ENDS, "end_on": ENDS - timedelta(days=1)}),
    ],
)
def test_what_is_refused_in_a_plan(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        planned(**changes)


def test_nobody_signs_a_contract_whose_evaluation_is_not_planned_and_it_never_starts() -> None:
    unplanned = a_contract(evaluation=None)
    with pytest.raises(Refused, match="EVALUATION_PLAN_MISSING"):
        signed_by(unplanned, YOUTH)
    signed = replace(unplanned, status=ContractStatus.SIGNED, signed_on=TODAY)
    assert signed.start(today=TODAY) == []
    assert signed.after(planned()).start(today=TODAY) != []


def test_the_newest_plan_counts_and_leaves_what_a_page_has_seen_as_it_is() -> None:
    contract = a_signed_contract()
    again = planned(midway_on=date(2027, 1, 15))
    assert contract.after(again).evaluation == again
    assert contract.after(again).version == contract.version


def test_a_contract_that_is_over_is_not_planned_anew() -> None:
    with pytest.raises(Refused, match="EVALUATION_OF_ENDED"):
        plan(PLAN, contract_id=CONTRACT, goal_refs=("goal-1",), starts_on=TODAY, ends_on=ENDS, live=False)


def test_every_rule_speaks_three_languages() -> None:
    assert all(len({sentence.nb, sentence.en}) == 2 and sentence.nn for sentence in SAYS.values())
