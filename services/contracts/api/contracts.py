"""The routes about a contract: read the request, call the command."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import Field

from backbone.fields import Id, MunicipalityNo, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import (
    COORDINATORS,
    Agency,
    ClauseKind,
    EndingReason,
    EvaluationKind,
    Function,
    GoalAssessor,
    Programme,
    Reason,
    SignerRole,
    SigningMethod,
)
from schemas.contract import Clause, PlannedMember
from schemas.evaluation import PlannedMeasure
from schemas.register_codes import EvaluationMeasure
from services.contracts.access import case_for_reading
from services.contracts.ages import TheAges
from services.contracts.commands import contracts as commands
from services.contracts.domain.contract import Application
from services.contracts.domain.evaluation import GoalLevel
from services.contracts.domain.evaluation_plan import EvaluationPlan
from services.contracts.repository import CONTRACTS
from services.contracts.youths import SameYouthAnswered, TheSameYouths

routes = APIRouter(tags=["contracts"])


class MemberAsked(Body):
    """Somebody who is to be in the network group."""

    person_id: Id
    agency: Agency
    function: Function


class ClauseAsked(Body):
    """A clause: who owes it, who controls it, who supports it; its words lie in the vault."""

    clause_id: Id
    kind: ClauseKind
    owed_by: Id
    controlling_owner: Id
    supporting_owner: Id
    text_ref: Ref | None = None
    basis_ref: Ref | None = None
    measure_id: Id | None = None
    """A local offer from the municipality's register."""

    def clause(self) -> Clause:
        """The clause in the domain's words."""
        return Clause(**dict(self))


class MeasureAsked(Body):
    """A goal, and how it is to be seen whether it was reached."""

    goal_ref: Ref
    measure: EvaluationMeasure


class PlanEvaluation(Body):
    """How a contract is to be evaluated; days left out are three months after the start, and the end date."""

    measures: list[MeasureAsked] = Field(max_length=40)
    midway_on: date | None = None
    end_on: date | None = None
    seen_version: int | None = None

    def plan(self) -> EvaluationPlan:
        """The plan in the domain's words."""
        measures = tuple(PlannedMeasure(**dict(measure)) for measure in self.measures)
        return EvaluationPlan(measures=measures, midway_on=self.midway_on, end_on=self.end_on)


class RegisterContract(SameYouthAnswered):
    """A contract to be registered; names and texts lie in the vault already, under the references given."""

    case_id: Id
    contract_id: Id
    programme: Programme
    municipality_no: MunicipalityNo
    youth_id: Id
    guardian_ids: list[Id] = Field(default=[], max_length=8)
    reason: Reason
    starts_on: date
    goal_refs: list[Ref] = Field(default=[], max_length=20)
    identity_refs: list[Ref] = Field(default=[], max_length=20)
    members: list[MemberAsked] = Field(default=[], max_length=40)
    own_goal_refs: list[Ref] | None = Field(default=None, max_length=20)
    """Goals in the youth's own words; the first goal when nothing is said."""
    clauses: list[ClauseAsked] = Field(default=[], max_length=40)
    evaluation: PlanEvaluation | None = None
    """Nobody signs before the evaluation is planned, here or afterwards."""

    def application(self) -> Application:
        """The request in the domain's words."""
        return Application(
            contract_id=self.contract_id,
            programme=self.programme,
            youth_id=self.youth_id,
            guardian_ids=tuple(self.guardian_ids),
            reason=self.reason,
            starts_on=self.starts_on,
            goal_refs=tuple(self.goal_refs),
            identity_refs=tuple(self.identity_refs),
            members=tuple(PlannedMember(**dict(member)) for member in self.members),
            own_goal_refs=None if self.own_goal_refs is None else tuple(self.own_goal_refs),
            clauses=tuple(clause.clause() for clause in self.clauses),
            evaluation=self.evaluation.plan() if self.evaluation else None,
        )


class RegisterSignature(Body):
    """One person's signature."""

    person_id: Id
    role: SignerRole
    method: SigningMethod
    signed_on: date
    seen_version: int | None = None


class Seen(Body):
    """The version of the contract that the person saw."""

    seen_version: int | None = None


class ProposeChange(Seen):
    """The next version of a running contract; a later end is an extension. `own_goal_refs` are new goals in the youth's own words."""

    goal_refs: list[Ref] = Field(default=[], max_length=20)
    own_goal_refs: list[Ref] = Field(default=[], max_length=20)
    clauses: list[ClauseAsked] = Field(max_length=40)
    ends_on: date | None = None


class CorrectStart(Seen):
    """The right start date."""

    starts_on: date


class EndEarly(Seen):
    """Why the contract ends before its time."""

    reason: EndingReason


class GoalAsked(Body):
    """How far a goal was reached, 0 to 3, as one of those present sees it."""

    goal_ref: Ref
    level: int
    by: GoalAssessor


class HoldEvaluation(Seen):
    """An evaluation; the words (done, learnt, smart) lie in the vault."""

    evaluation_id: Id
    kind: EvaluationKind
    held_on: date
    goals: list[GoalAsked] = Field(max_length=60)
    text_ref: Ref | None = None
    youth_answer_ref: Ref | None = None
    guardians_answer_ref: Ref | None = None


@routes.post("/contracts", status_code=201)
def register(
    body: RegisterContract,
    ask: TheAsk,
    ages: TheAges,
    same: TheSameYouths,
) -> Answer:
    """Register a contract and open its case; whoever registers leads the case."""
    ask.require(*COORDINATORS)
    age_band = ages(body.case_id, body.youth_id, body.starts_on)
    likeness = body.likeness(same(body.case_id, body.youth_id))
    return ask.perform(
        lambda work: commands.register_contract(
            work,
            body.application(),
            case_id=body.case_id,
            municipality_no=body.municipality_no,
            age_band=age_band,
            likeness=likeness,
        ),
        body,
    )


@routes.post("/contracts/{contract_id}/signatures", status_code=201)
def sign(contract_id: str, body: RegisterSignature, ask: TheAsk, ages: TheAges) -> Answer:
    """Register a signature; with the last one the contract is signed, and starts on its start date."""
    ask.require(*COORDINATORS)
    case_id, youth_id = ask.read(lambda work: commands.youth_of(work, contract_id))
    age_band = ages(case_id, youth_id, ask.moment.today)
    return ask.perform(
        lambda work: commands.register_signature(work, contract_id, age_band=age_band, **dict(body)), body
    )


@routes.post("/contracts/{contract_id}/changes", status_code=201)
def propose_change(contract_id: str, body: ProposeChange, ask: TheAsk, ages: TheAges) -> Answer:
    """Draw up the next version of a contract; it takes effect when everyone who must at that age has signed."""
    ask.require(*COORDINATORS)
    case_id, youth_id = ask.read(lambda work: commands.youth_of(work, contract_id))
    age_band = ages(case_id, youth_id, ask.moment.today)
    return ask.perform(
        lambda work: commands.propose_change(
            work,
            contract_id,
            goal_refs=tuple(body.goal_refs),
            own_goal_refs=tuple(body.own_goal_refs),
            clauses=tuple(clause.clause() for clause in body.clauses),
            ends_on=body.ends_on,
            age_band=age_band,
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/contracts/{contract_id}/changes/declined", status_code=201)
def decline_change(contract_id: str, body: Seen, ask: TheAsk) -> Answer:
    """Lay a proposed version aside."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.decline_change(work, contract_id, **dict(body)), body)


@routes.post("/contracts/{contract_id}/start-corrected", status_code=201)
def correct_start(contract_id: str, body: CorrectStart, ask: TheAsk, ages: TheAges) -> Answer:
    """Put a wrong start date right; the end follows from it, and deadlines are counted anew."""
    ask.require(*COORDINATORS)
    case_id, youth_id = ask.read(lambda work: commands.youth_of(work, contract_id))
    age_band = ages(case_id, youth_id, body.starts_on)
    return ask.perform(
        lambda work: commands.correct_start(work, contract_id, **dict(body), age_band=age_band), body
    )


@routes.post("/contracts/{contract_id}/completed", status_code=201)
def complete(contract_id: str, body: Seen, ask: TheAsk) -> Answer:
    """The contract has run through its end date."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.complete(work, contract_id, **dict(body)), body)


@routes.post("/contracts/{contract_id}/ended-early", status_code=201)
def end_early(contract_id: str, body: EndEarly, ask: TheAsk) -> Answer:
    """End a contract before its time. Leaving is voluntary."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.end_early(work, contract_id, **dict(body)), body)


@routes.post("/contracts/{contract_id}/rejected", status_code=201)
def reject(contract_id: str, body: Seen, ask: TheAsk) -> Answer:
    """Somebody who must sign a contract said no."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.reject(work, contract_id, **dict(body)), body)


@routes.post("/contracts/{contract_id}/evaluation-plan", status_code=201)
def plan_evaluation(contract_id: str, body: PlanEvaluation, ask: TheAsk) -> Answer:
    """Decide how and when a contract is evaluated; the newest plan counts."""
    ask.require(*COORDINATORS)
    plan, seen = body.plan(), body.seen_version
    return ask.perform(
        lambda work: commands.plan_evaluation(work, contract_id, evaluation=plan, seen_version=seen), body
    )


@routes.post("/contracts/{contract_id}/evaluations", status_code=201)
def hold_evaluation(contract_id: str, body: HoldEvaluation, ask: TheAsk) -> Answer:
    """Enter an evaluation, midway or at the end."""
    ask.require(*COORDINATORS)
    goals = tuple(GoalLevel(**dict(goal)) for goal in body.goals)
    asked = {**dict(body), "goals": goals}
    return ask.perform(lambda work: commands.hold_evaluation(work, contract_id, **asked), body)


@routes.get("/cases/{case_id}/contracts")
def contracts(case_id: str, ask: TheAsk) -> list[Answer]:
    """The contracts of a case, for its members."""

    def look(work: Work) -> list[Answer]:
        case_for_reading(work, case_id)
        return [json_ready(contract) for contract in CONTRACTS.of_case(work, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]
