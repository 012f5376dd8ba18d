"""The routes about sanctions and their youth plans: read the request, call the command."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import Field

from backbone.fields import Id, MunicipalityNo, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import LadderStep, MissingReason, Programme, Role
from schemas.contract import PlannedMember
from schemas.sanction import Safeguards
from schemas.sanction_codes import Counsel, ImposedBy, PlanEnding, Suitability
from services.contracts.access import case_for_reading
from services.contracts.ages import TheAges
from services.contracts.api.contracts import ClauseAsked, HoldEvaluation, MemberAsked
from services.contracts.commands import youth_plans as commands
from services.contracts.domain import evaluation as evaluations
from services.contracts.domain.plan_changes import Proposal
from services.contracts.domain.sanction import Decided, assess_suitability
from services.contracts.repository import PLANS
from services.contracts.youths import SameYouthAnswered, TheSameYouths

routes = APIRouter(tags=["youth plans"])


class ReceiveSanction(SameYouthAnswered):
    """A decided sanction; names and texts lie in the vault already. `months` and `days` are the decision's own figures."""

    case_id: Id
    plan_id: Id
    programme: Programme
    municipality_no: MunicipalityNo
    youth_id: Id
    guardian_ids: list[Id] = Field(default=[], max_length=8)
    imposed_by: ImposedBy
    decided_on: date
    offence_on: date
    months: int = Field(default=0, ge=0, le=60)
    days: int = Field(default=0, ge=0, le=1500)
    decision_ref: Ref | None = None
    fast_track: bool = False
    identity_refs: list[Ref] = Field(default=[], max_length=20)
    members: list[MemberAsked] = Field(default=[], max_length=40)

    def decided(self) -> Decided:
        """The request in the domain's words."""
        return Decided(
            plan_id=self.plan_id,
            programme=self.programme,
            imposed_by=self.imposed_by,
            decided_on=self.decided_on,
            offence_on=self.offence_on,
            months=self.months,
            days=self.days,
            youth_id=self.youth_id,
            guardian_ids=tuple(self.guardian_ids),
            identity_refs=tuple(self.identity_refs),
            members=tuple(PlannedMember(**dict(member)) for member in self.members),
            decision_ref=self.decision_ref,
            fast_track=self.fast_track,
        )


class SeenPlan(Body):
    """The version of the plan that the person saw."""

    seen_version: int | None = None


class AssessSuitability(SeenPlan):
    """A person's judgement of the suitability, and the youth's own view or why it is missing; the words lie in the vault."""

    result: Suitability
    assessed_on: date
    text_ref: Ref | None = None
    youth_view_ref: Ref | None = None
    youth_view_missing: MissingReason | None = None


class AdoptPlan(SeenPlan):
    """A plan as the plan meeting made it; without `ends_on` it runs as long as the decision says.

    `own_goal_refs` are the goals in the youth's own words; `goal_refs` are every goal, or those beside the youth's own.
    """

    adopted_on: date
    ends_on: date | None = None
    goal_refs: list[Ref] = Field(default=[], max_length=20)
    own_goal_refs: list[Ref] = Field(max_length=20)
    measures: list[ClauseAsked] = Field(max_length=40)
    confirmed: bool

    def proposal(self) -> Proposal:
        """The request in the domain's words."""
        return Proposal(
            adopted_on=self.adopted_on,
            ends_on=self.ends_on,
            goal_refs=tuple(dict.fromkeys((*self.own_goal_refs, *self.goal_refs))),
            own_goal_refs=tuple(self.own_goal_refs),
            measures=tuple(measure.clause() for measure in self.measures),
            confirmed=self.confirmed,
        )


class Guarded(Body):
    """What was done for the youth before a decision about a breach."""

    youth_missing: MissingReason | None = None
    """Why the youth was not heard; nothing when the youth was."""
    guardians_told: bool
    counsel: Counsel

    def safeguards(self) -> Safeguards:
        """That part of the request in the domain's words."""
        return Safeguards(
            youth_missing=self.youth_missing, guardians_told=self.guardians_told, counsel=self.counsel
        )


class TightenPlan(SeenPlan, Guarded):
    """Stricter terms, or a new plan, after a breach."""

    step: LadderStep
    deviation_id: Id
    measures: list[ClauseAsked] = Field(max_length=40)
    ends_on: date | None = None


class TerminatePlan(SeenPlan):
    """Why the plan ends before its time, other than by a breach."""

    reason: PlanEnding


@routes.post("/sanctions", status_code=201)
def receive(
    body: ReceiveSanction,
    ask: TheAsk,
    ages: TheAges,
    same: TheSameYouths,
) -> Answer:
    """Register a sanction and open its case; the age counts on the day of the offence."""
    ask.require(Role.YOUTH_COORDINATOR)
    age_at_offence = ages(body.case_id, body.youth_id, body.offence_on)
    age_band = ages(body.case_id, body.youth_id, ask.moment.today)
    likeness = body.likeness(same(body.case_id, body.youth_id))
    return ask.perform(
        lambda work: commands.receive_sanction(
            work,
            body.decided(),
            case_id=body.case_id,
            municipality_no=body.municipality_no,
            age_at_offence=age_at_offence,
            age_band=age_band,
            likeness=likeness,
        ),
        body,
    )


@routes.post("/youth-plans/{plan_id}/suitability", status_code=201)
def assess(plan_id: str, body: AssessSuitability, ask: TheAsk) -> Answer:
    """Enter a person's judgement of whether the sanction can be carried out."""
    ask.require(Role.YOUTH_COORDINATOR)
    asked = body.model_dump(exclude={"seen_version", "result"})
    return ask.perform(
        lambda work: commands.decide(
            work,
            plan_id,
            lambda plan: assess_suitability(
                plan, body.result, by=ask.actor.person_id, today=ask.moment.today, **asked
            ),
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/youth-plans/{plan_id}/adopted", status_code=201)
def adopt(plan_id: str, body: AdoptPlan, ask: TheAsk, ages: TheAges) -> Answer:
    """Adopt the plan that the plan meeting made."""
    ask.require(Role.YOUTH_COORDINATOR)
    case_id, youth_id = ask.read(lambda work: commands.youth_of(work, plan_id))
    age_band = ages(case_id, youth_id, ask.moment.today)
    return ask.perform(
        lambda work: commands.adopt(
            work, plan_id, body.proposal(), age_band=age_band, seen_version=body.seen_version
        ),
        body,
    )


@routes.post("/youth-plans/{plan_id}/tightened", status_code=201)
def tighten(plan_id: str, body: TightenPlan, ask: TheAsk, ages: TheAges) -> Answer:
    """Make the plan stricter after a breach; the old version stays in the history."""
    ask.require(Role.YOUTH_COORDINATOR)
    case_id, youth_id = ask.read(lambda work: commands.youth_of(work, plan_id))
    age_band = ages(case_id, youth_id, ask.moment.today)
    return ask.perform(
        lambda work: commands.tighten(
            work,
            plan_id,
            step=body.step,
            deviation_id=body.deviation_id,
            measures=tuple(measure.clause() for measure in body.measures),
            ends_on=body.ends_on,
            safeguards=body.safeguards(),
            age_band=age_band,
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/youth-plans/{plan_id}/fulfilled", status_code=201)
def fulfil(plan_id: str, body: SeenPlan, ask: TheAsk) -> Answer:
    """The plan has run through its end date."""
    ask.require(Role.YOUTH_COORDINATOR)
    return ask.perform(lambda work: commands.fulfil(work, plan_id, **dict(body)), body)


@routes.post("/youth-plans/{plan_id}/terminated", status_code=201)
def terminate(plan_id: str, body: TerminatePlan, ask: TheAsk) -> Answer:
    """End the plan before its time for another reason than a breach."""
    ask.require(Role.YOUTH_COORDINATOR)
    return ask.perform(lambda work: commands.terminate(work, plan_id, **dict(body)), body)


@routes.post("/youth-plans/{plan_id}/evaluations", status_code=201)
def evaluate(plan_id: str, body: HoldEvaluation, ask: TheAsk) -> Answer:
    """Enter an evaluation of the plan, on the way or at the end."""
    ask.require(Role.YOUTH_COORDINATOR)
    goals = tuple(evaluations.GoalLevel(**dict(goal)) for goal in body.goals)
    return ask.perform(
        lambda work: commands.decide(
            work,
            plan_id,
            lambda plan: evaluations.hold(
                plan,
                evaluation_id=body.evaluation_id,
                kind=body.kind,
                held_on=body.held_on,
                goals=goals,
                text_ref=body.text_ref,
                youth_answer_ref=body.youth_answer_ref,
                guardians_answer_ref=body.guardians_answer_ref,
                today=ask.moment.today,
            ),
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.get("/cases/{case_id}/youth-plans")
def youth_plans(case_id: str, ask: TheAsk) -> list[Answer]:
    """The youth plans of a case, for its members."""

    def look(work: Work) -> list[Answer]:
        case_for_reading(work, case_id)
        return [json_ready(plan) for plan in PLANS.of_case(work, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]
