"""Valid by default: an application, a contract, its people. Ids are fixed, so that failures read well."""

from datetime import date
from typing import Any

from schemas.codes import AgeBand, Agency, Function, Programme, Reason, SignerRole, SigningMethod
from schemas.contract import PlannedMember
from schemas.evaluation import PlannedMeasure
from schemas.event import Event
from schemas.register_codes import EvaluationMeasure
from services.contracts.domain.contract import Application, Contract, first_plan, register
from services.contracts.domain.evaluation_plan import EvaluationPlan

TODAY = date(2026, 12, 1)
CASE, CONTRACT = "a0000000-0000-7000-8000-000000000001", "b0000000-0000-7000-8000-000000000001"
YOUTH, MOTHER, FATHER = "youth", "mother", "father"
LEAD, TEACHER = "lead", "teacher"


PLAN = EvaluationPlan(
    measures=(PlannedMeasure(goal_ref="goal-1", measure=EvaluationMeasure.YOUTHS_OWN_VIEW),)
)


def an_application(**changes: Any) -> Application:
    """A youth contract for somebody with two guardians, starting today."""
    asked = {
        "contract_id": CONTRACT,
        "programme": Programme.FA_YOUTH_CONTRACT,
        "youth_id": YOUTH,
        "guardian_ids": (MOTHER, FATHER),
        "reason": Reason.THEFT,
        "starts_on": TODAY,
        "goal_refs": ("goal-1", "goal-2"),
        "identity_refs": ("identity-1",),
        "members": (
            PlannedMember(person_id=TEACHER, agency=Agency.SKOLE_GRUNN, function=Function.SUPPORT_OWNER),
        ),
        "evaluation": PLAN,
    }
    return Application(**{**asked, **changes})


def a_contract(*, age_band: AgeBand = AgeBand.AGE_15, on: date = TODAY, **changes: Any) -> Contract:
    """A registered contract that nobody has signed."""
    asked = an_application(**changes)
    event = register(asked, age_band=age_band, lead_id=LEAD, today=on)
    return after(Contract.registered(CASE, event, on=on), *first_plan(asked, event))


def signed_by(contract: Contract, person: str, *, on: date = TODAY, today: date | None = None) -> list[Event]:
    """The events of one signature."""
    role = SignerRole.YOUTH if person == YOUTH else SignerRole.GUARDIAN
    return contract.sign(
        person_id=person, role=role, method=SigningMethod.PAPER, signed_on=on, today=today or on
    )


def after(contract: Contract, *events: Event) -> Contract:
    """The contract after those events."""
    for event in events:
        contract = contract.after(event)
    return contract


def a_signed_contract(*, on: date = TODAY, **changes: Any) -> Contract:
    """A contract that everyone has signed; it runs when its start date has come."""
    contract = a_contract(on=on, **changes)
    for signer in contract.signers:
        contract = after(contract, *signed_by(contract, signer.person_id, on=on))
    return contract
