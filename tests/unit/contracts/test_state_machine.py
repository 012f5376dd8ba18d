"""Random commands over a case of each programme: what the domain decides keeps its invariants, and its events alone give the same state.

Whatever is asked in whatever order, a command either is refused and changes nothing, or gives events after which there is one current version,
history has not moved, everything has an owner, and folding all events from nothing gives exactly the state that stands.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from backbone.refusal import Refused
from schemas.case import CaseOpened
from schemas.codes import (
    AgeBand,
    Agency,
    CaseOutcome,
    ClauseKind,
    ConsentKind,
    DeviationKind,
    DismissalReason,
    EndingReason,
    EvaluationKind,
    GoalAssessor,
    LadderStep,
    MeetingKind,
    MissingReason,
    PauseReason,
    Programme,
    SignerRole,
    SigningMethod,
    SkipReason,
)
from schemas.contract import Clause, ContractRegistered
from schemas.deviation import DeviationReported
from schemas.event import Event
from schemas.meeting import MeetingHeld
from schemas.sanction import Safeguards, SanctionReceived
from schemas.sanction_codes import (
    BreachOutcome,
    ComplaintOutcome,
    Counsel,
    DecisionKind,
    DeliveryMethod,
    LeaveRefusal,
    OffenceSeverity,
    PlanEnding,
    Suitability,
)
from services.contracts.domain import breach as breaches
from services.contracts.domain import changes, papers, plan_changes
from services.contracts.domain.case import AT_ANY_TIME, Case, CaseStatus, Remains
from services.contracts.domain.contract import Contract, first_plan, register
from services.contracts.domain.deviation import ACUTE, Deviation, Report, report
from services.contracts.domain.evaluation import GoalLevel, hold
from services.contracts.domain.followed import Followed
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.sanction import assess_suitability, receive
from services.contracts.domain.signing import expire, grown
from services.contracts.domain.surroundings import Surroundings
from services.contracts.domain.youth_plan import PlanStatus, YouthPlan
from tests.unit.contracts.builders import CASE, LEAD, MOTHER, TEACHER, TODAY, YOUTH, an_application
from tests.unit.contracts.plan_builders import POLICE, a_penalty, decided

PEOPLE = frozenset({YOUTH, MOTHER, LEAD, TEACHER, POLICE})
SOMEBODY = st.sampled_from([*sorted(PEOPLE), "stranger"])
STEPS = (
    LadderStep.U3_STRICTER_TERMS,
    LadderStep.U3_STRICTER_TERMS,
    LadderStep.U4_NEW_PLAN,
    LadderStep.U1_ORAL_WARNING,
)
ENDINGS = (EndingReason.BY_AGREEMENT, EndingReason.DEATH, EndingReason.REGISTERED_BY_MISTAKE)


class State:
    """A case with what belongs to it, made of events and of nothing else."""

    def __init__(self) -> None:
        self.case: Case | None = None
        self.contract: Contract | None = None
        self.plan: YouthPlan | None = None
        self.breaches: dict[str, Deviation] = {}
        self.around = Surroundings(case_id=CASE)

    def fold(self, event: Event, on: date) -> None:
        """One more event, as the service's own folds apply it."""
        match event:
            case CaseOpened():
                self.case = Case.opened(CASE, event, on=on)
            case ContractRegistered():
                self.contract = Contract.registered(CASE, event, on=on)
            case SanctionReceived():
                self.plan = YouthPlan.received(CASE, event)
            case DeviationReported():
                self.breaches[event.deviation_id] = Deviation.reported(CASE, event)
            case MeetingHeld():
                self.around = self.around.after(event)
            case _:
                self._go_on(event)

    def _go_on(self, event: Event) -> None:
        kind = event.type
        if kind.startswith(("deviation.", "youth_account.")):
            which: str = event.deviation_id  # type: ignore[attr-defined]
            self.breaches[which] = self.breaches[which].after(event)
        elif self.contract is not None and getattr(event, "contract_id", "") == self.contract.contract_id:
            self.contract = self.contract.after(event)
        elif self.plan is not None and self.plan.plan_id in (
            getattr(event, "plan_id", ""),
            getattr(event, "contract_id", ""),
        ):
            self.plan = self.plan.after(event)
        if self.case is not None and (
            kind.startswith("case.") or kind in ("contract.started", "youth_plan.adopted")
        ):
            self.case = (
                self.case
                if kind in ("case.returned_to_prosecution", "case.transferred_to_kriminalomsorgen")
                else self.case.after(event)
            )

    def seen(self) -> tuple[object, ...]:
        """Everything there is, to be compared."""
        return self.case, self.contract, self.plan, dict(self.breaches), self.around

    @property
    def followed(self) -> Followed | None:
        """The contract or the plan."""
        return self.contract or self.plan


class ACase(RuleBasedStateMachine):
    """Anybody asks anything at any time; time passes."""

    programme: ClassVar[Programme]

    def __init__(self) -> None:
        super().__init__()
        self.today, self.made = TODAY, 0
        self.state = State()
        self.history: list[tuple[Event, date]] = []
        self.frozen: list[object] = []
        opened = CaseOpened(
            programme=self.programme,
            municipality_no="1804",
            owner_agency=Agency.KONFLIKTRAAD,
            lead_id=LEAD,
            youth_id=YOUTH,
        )
        self.happened([opened, *self.beginning()])

    def beginning(self) -> list[Event]:
        """A registered contract with its evaluation planned, or a received sanction."""
        if rules_of(self.programme).voluntary:
            asked = an_application(programme=self.programme, guardian_ids=(MOTHER,), starts_on=TODAY)
            event = register(asked, age_band=AgeBand.AGE_16_17, lead_id=LEAD, today=TODAY)
            return [event, *first_plan(asked, event)]
        asked_for = decided() if self.programme is Programme.YOUTH_FOLLOW_UP else a_penalty(months=12)
        bands = {"age_at_offence": AgeBand.AGE_15, "age_band": AgeBand.AGE_16_17}
        return [receive(asked_for, **bands, lead_id=LEAD, today=TODAY)]

    def happened(self, events: list[Event]) -> None:
        """Events were published."""
        for event in events:
            self.history.append((event, self.today))
            self.state.fold(event, self.today)

    def asked(self, decide: Callable[[], list[Event]]) -> None:
        """Somebody asked; a refusal says why, in three languages, and changes nothing."""
        before = self.state.seen()
        try:
            events = decide()
        except Refused as refused:
            sentence = refused.sentence
        else:
            self.happened(events)
            return
        assert all(sentence)
        assert self.state.seen() == before

    def new_id(self) -> str:
        """An id that nothing else has."""
        self.made += 1
        return f"id-{self.made}"

    @property
    def case(self) -> Case:
        assert self.state.case is not None
        return self.state.case

    def one_breach(self, number: int) -> Deviation | None:
        """Some breach, if there is any."""
        known = list(self.state.breaches.values())
        return known[number % len(known)] if known else None

    # time, and what happens in other services

    @rule(days=st.sampled_from([1, 3, 14, 45, 200]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(kind=st.sampled_from([MeetingKind.YOUTH_PLAN, MeetingKind.FOLLOW_UP]))
    def a_meeting_is_held(self, kind: MeetingKind) -> None:
        held = MeetingHeld(meeting_id=self.new_id(), kind=kind, held_on=self.today, present=(), absent=())
        self.happened([held])

    @rule(there=st.booleans())
    def consent_to_taking_part_comes_or_goes(self, there: bool) -> None:
        effective = {"consent": ConsentKind.PARTICIPATION} if there else {}
        self.state.around = replace(self.state.around, effective=effective)

    # the usual ways, so that random walks get far

    @rule()
    def it_begins_as_it_mostly_does(self) -> None:
        if self.state.contract is not None:
            self.somebody_signs(YOUTH, SignerRole.YOUTH, 0)
            self.somebody_signs(MOTHER, SignerRole.GUARDIAN, 0)
            return
        self.a_meeting_is_held(MeetingKind.YOUTH_PLAN)
        self.consent_to_taking_part_comes_or_goes(True)
        self.suitability_is_judged(Suitability.SUITABLE, "view")
        self.a_plan_is_adopted(ClauseKind.SCHOOL, POLICE, True)

    @rule(severity=st.integers(1, 4))
    def something_goes_wrong_and_is_heard(self, severity: int) -> None:
        known = len(self.state.breaches)
        self.something_goes_wrong(severity, 0, TEACHER)
        if len(self.state.breaches) > known:
            self.a_deviation_goes_on(known, "assess", LadderStep.U1_ORAL_WARNING, LEAD)
            self.a_deviation_goes_on(known, "tell", LadderStep.U1_ORAL_WARNING, LEAD)

    # the contract

    @rule(person=SOMEBODY, role=st.sampled_from(SignerRole), days_ago=st.integers(-1, 3))
    def somebody_signs(self, person: str, role: SignerRole, days_ago: int) -> None:
        contract = self.state.contract
        if contract is not None:
            on = self.today - timedelta(days=days_ago)
            self.asked(
                lambda: contract.sign(
                    person_id=person, role=role, method=SigningMethod.PAPER, signed_on=on, today=self.today
                )
            )

    @rule(kind=st.sampled_from(ClauseKind), owner=SOMEBODY, days=st.sampled_from([0, 30, 400]))
    def a_change_is_proposed(self, kind: ClauseKind, owner: str, days: int) -> None:
        contract = self.state.contract
        if contract is not None:
            self.asked(
                lambda: changes.propose(
                    contract,
                    goal_refs=contract.goal_refs,
                    clauses=(*contract.clauses, self.a_clause(kind, owner)),
                    ends_on=contract.ends_on + timedelta(days=days),
                    age_band=AgeBand.AGE_16_17,
                    people=PEOPLE,
                    deciding=contract.signers[1:],
                    today=self.today,
                )
            )

    @rule(how=st.sampled_from(["decline", "complete", "end", "reject", "expire", "start", "grow"]))
    def the_contract_goes_on(self, how: str) -> None:
        contract = self.state.contract
        if contract is None:
            return
        ways: dict[str, Callable[[], list[Event]]] = {
            "decline": lambda: changes.decline(contract, today=self.today),
            "complete": lambda: changes.complete(contract, today=self.today),
            "end": lambda: changes.end_early(contract, EndingReason.BY_AGREEMENT, today=self.today),
            "reject": lambda: changes.reject(contract, today=self.today),
            "expire": lambda: expire(contract, today=self.today),
            "grow": lambda: grown(contract, AgeBand.ADULT, on=self.today),
            "start": lambda: contract.start(today=self.today),
        }
        self.asked(ways[how])

    def a_clause(self, kind: ClauseKind, owner: str) -> Clause:
        """A clause or a measure that somebody owes."""
        basis = "basis" if kind in (ClauseKind.DRUG_CONTROL, ClauseKind.TREATMENT) else None
        return Clause(
            clause_id=self.new_id(),
            kind=kind,
            owed_by=YOUTH,
            controlling_owner=owner,
            supporting_owner=MOTHER,
            basis_ref=basis,
        )

    # the youth plan

    @rule(result=st.sampled_from(Suitability), view=st.sampled_from(["view", None]))
    def suitability_is_judged(self, result: Suitability, view: str | None) -> None:
        plan = self.state.plan
        if plan is not None:
            self.asked(
                lambda: assess_suitability(
                    plan,
                    result,
                    by=LEAD,
                    text_ref="t",
                    youth_view_ref=view,
                    youth_view_missing=None,
                    assessed_on=self.today,
                    today=self.today,
                )
            )

    @rule(kind=st.sampled_from(ClauseKind), owner=SOMEBODY, confirmed=st.booleans())
    def a_plan_is_adopted(self, kind: ClauseKind, owner: str, confirmed: bool) -> None:
        plan = self.state.plan
        if plan is not None:
            proposal = plan_changes.Proposal(
                adopted_on=self.today,
                ends_on=None,
                goal_refs=("goal-1",),
                own_goal_refs=("goal-1",),
                measures=(self.a_clause(kind, owner),),
                confirmed=confirmed,
            )
            self.asked(
                lambda: plan_changes.adopt(
                    plan, proposal, around=self.state.around, people=PEOPLE, by=LEAD, today=self.today
                )
            )

    @rule(
        number=st.integers(0, 5),
        step=st.sampled_from(STEPS),
        kind=st.sampled_from(ClauseKind),
        owner=SOMEBODY,
        guarded=st.booleans(),
    )
    def a_plan_is_tightened(
        self, number: int, step: LadderStep, kind: ClauseKind, owner: str, guarded: bool
    ) -> None:
        plan, breach = self.state.plan, self.one_breach(number)
        if plan is not None and breach is not None:
            before = plan.versions[-1].measures if plan.versions else ()
            self.asked(
                lambda: plan_changes.tighten(
                    plan,
                    step,
                    deviation=breach,
                    measures=(*before, self.a_clause(kind, owner)),
                    ends_on=None,
                    safeguards=guarded_by(guarded),
                    age_band=AgeBand.AGE_16_17,
                    around=self.state.around,
                    people=PEOPLE,
                    today=self.today,
                )
            )

    @rule(reason=st.sampled_from([None, *PlanEnding]))
    def the_plan_ends(self, reason: PlanEnding | None) -> None:
        plan = self.state.plan
        if plan is not None:
            self.asked(
                lambda: [
                    *(
                        plan_changes.fulfil(plan, today=self.today)
                        if reason is None
                        else plan_changes.terminate(plan, reason, today=self.today)
                    ),
                    *self.case.wind_up(today=self.today),
                ]
            )

    @rule(
        number=st.integers(0, 5),
        to=st.sampled_from([Agency.PATALEMYNDIGHET, Agency.KRIMINALOMSORG]),
        reason=st.sampled_from([PlanEnding.BREACH, PlanEnding.CONSENT_LACKING, PlanEnding.MOVED]),
        guarded=st.booleans(),
    )
    def the_case_is_sent_on(self, number: int, to: Agency, reason: PlanEnding, guarded: bool) -> None:
        plan, breach = self.state.plan, self.one_breach(number)
        if plan is not None:
            asked = breaches.SendOn(
                to=to, reason=reason, decision_ref="decision", safeguards=guarded_by(guarded)
            )
            self.asked(
                lambda: [
                    *breaches.send_on(
                        plan, asked, deviation=breach, age_band=AgeBand.AGE_16_17, today=self.today
                    ),
                    *self.case.wind_up(today=self.today),
                ]
            )

    @rule(what=st.sampled_from(["tell", "complain", "answer", "ask", "leave", "offence"]), yes=st.booleans())
    def papers_come_and_go(self, what: str, yes: bool) -> None:
        plan = self.state.plan
        if plan is None:
            return
        open_leaves = [key for key, done in plan.papers.leaves.items() if not done] or ["none"]
        open_complaints = [key for key, done in plan.papers.complaints.items() if not done] or ["none"]
        told = (*plan.papers.decisions, "none")[0]
        day, today = self.today, self.today
        ways: dict[str, Callable[[], list[Event]]] = {
            "tell": lambda: papers.deliver(
                plan,
                self.new_id(),
                kind=DecisionKind.PLAN,
                delivered_on=day,
                method=DeliveryMethod.ON_PAPER,
                rights_told=yes,
                letter_ref=None,
                today=today,
            ),
            "complain": lambda: papers.complain(
                plan, self.new_id(), decision_id=told, received_on=day, text_ref=None, today=today
            ),
            "answer": lambda: papers.answer_complaint(
                plan, open_complaints[0], ComplaintOutcome.DECISION_STANDS, text_ref=None, today=today
            ),
            "ask": lambda: papers.ask_leave(
                plan,
                self.new_id(),
                leaves_on=day + timedelta(days=20),
                returns_on=day + timedelta(days=25),
                asked_on=day,
                text_ref=None,
                today=today,
            ),
            "leave": lambda: papers.answer_leave(
                plan,
                open_leaves[0],
                granted=yes,
                reason=None if yes else LeaveRefusal.ASKED_TOO_LATE,
                today=today,
            ),
            "offence": lambda: breaches.report_offence(
                plan,
                self.new_id(),
                severity=OffenceSeverity.SERIOUS,
                reported_by=Agency.POLITI_FOREBYGGENDE,
                text_ref=None,
                today=today,
            ),
        }
        self.asked(ways[what])

    # deviations, evaluations and the case itself

    @rule(severity=st.integers(0, 5), days_ago=st.integers(-1, 5), by=st.sampled_from([LEAD, TEACHER]))
    def something_goes_wrong(self, severity: int, days_ago: int, by: str) -> None:
        followed = self.state.followed
        if followed is not None:
            asked = Report(
                deviation_id=self.new_id(),
                kind=DeviationKind.LATE,
                severity=severity,
                happened_on=self.today - timedelta(days=days_ago),
            )
            self.asked(
                lambda: report(
                    asked, followed, reporter_id=by, reporter_agency=Agency.SKOLE_VGS, today=self.today
                )
            )

    @rule(
        number=st.integers(0, 5),
        what=st.sampled_from(["assess", "tell", "missing", "step", "skip", "resolve", "dismiss", "escalate"]),
        step=st.sampled_from(LadderStep),
        by=st.sampled_from([LEAD, TEACHER]),
    )
    def a_deviation_goes_on(self, number: int, what: str, step: LadderStep, by: str) -> None:
        one, today = self.one_breach(number), self.today
        if one is None:
            return
        ways: dict[str, Callable[[], list[Event]]] = {
            "assess": lambda: one.assess(
                severity=3, assessor_id=by, only_one_leads=False, text_ref=None, today=today
            ),
            "tell": lambda: one.tell(text_ref="own", missing=None, today=today),
            "missing": lambda: one.tell(text_ref=None, missing=MissingReason.NOT_WANTED, today=today),
            "step": lambda: one.follow_up(step, self.programme, today=today),
            "skip": lambda: one.skip(step, self.programme, reason=SkipReason.NOT_SERIOUS, today=today),
            "resolve": lambda: one.resolve(today=today),
            "dismiss": lambda: one.dismiss(
                DismissalReason.WAS_AGREED, by=by, only_one_leads=False, today=today
            ),
            "escalate": lambda: one.escalate(self.programme, decision_ref="d", today=today),
        }
        self.asked(ways[what])

    @rule(number=st.integers(0, 5), talk=st.booleans(), guarded=st.booleans())
    def a_step_of_the_sanctions_is_taken(self, number: int, talk: bool, guarded: bool) -> None:
        plan, breach = self.state.plan, self.one_breach(number)
        if plan is None or breach is None:
            return
        self.asked(
            lambda: (
                breaches.converse(
                    plan,
                    breach,
                    held_on=self.today,
                    outcome=BreachOutcome.CONTINUES,
                    safeguards=guarded_by(guarded),
                    age_band=AgeBand.AGE_16_17,
                    text_ref=None,
                    today=self.today,
                )
                if talk
                else breaches.warn(
                    plan, breach, by=LEAD, given_on=self.today, text_ref="note", today=self.today
                )
            )
        )

    @rule(kind=st.sampled_from(EvaluationKind), by=st.sampled_from(GoalAssessor))
    def it_is_evaluated(self, kind: EvaluationKind, by: GoalAssessor) -> None:
        followed = self.state.followed
        if followed is not None:
            goals = (GoalLevel(goal_ref="goal-1", level=2, by=by),)
            self.asked(
                lambda: hold(
                    followed,
                    evaluation_id=self.new_id(),
                    kind=kind,
                    held_on=self.today,
                    goals=goals,
                    text_ref=None,
                    today=self.today,
                )
            )

    @rule(days=st.integers(0, 40), how=st.sampled_from(["pause", "resume", "wind up"]))
    def the_case_waits_or_goes_on(self, days: int, how: str) -> None:
        ways: dict[str, Callable[[], list[Event]]] = {
            "pause": lambda: self.case.pause(
                PauseReason.ILLNESS, until_on=self.today + timedelta(days=days), today=self.today
            ),
            "resume": lambda: self.case.resume(today=self.today),
            "wind up": lambda: [] if self.remains().runs else self.case.wind_up(today=self.today),
        }
        self.asked(ways[how])

    def remains(self) -> Remains:
        """What the closing looks at."""
        contract, plan = self.state.contract, self.state.plan
        followed = [one for one in (contract, plan) if one is not None]
        return Remains(
            open_tasks=False,
            acute_deviation_open=any(
                one.open and one.severity >= ACUTE for one in self.state.breaches.values()
            ),
            end_evaluated=any(one.end_evaluated for one in followed),
            runs=(contract is not None and contract.live) or (plan is not None and plan.live),
            has_run=any(one.started_on is not None for one in followed),
        )

    @rule(reason=st.sampled_from(ENDINGS), why=st.sampled_from([None, MissingReason.NOT_WANTED]))
    def the_case_is_closed(self, reason: EndingReason, why: MissingReason | None) -> None:
        def decide() -> list[Event]:
            closed = self.case.close(
                reason,
                self.remains(),
                outcome=CaseOutcome.NOT_ASSESSED,
                evaluation_missing=why,
                stop_id="stop",
                today=self.today,
            )
            return [*(self._ended(reason) if reason in AT_ANY_TIME else []), *closed]

        self.asked(decide)

    def _ended(self, reason: EndingReason) -> list[Event]:
        contract, plan = self.state.contract, self.state.plan
        if contract is not None and contract.live:
            return changes.end_early(contract, reason, today=self.today, with_case=True)
        if plan is not None and plan.live:
            ending = plan_changes.BY_CASE[reason]
            return plan_changes.terminate(plan, ending, today=self.today, with_case=True)
        return []

    # what always holds

    @invariant()
    def folding_the_recorded_events_from_nothing_gives_the_same_state(self) -> None:
        again = State()
        for event, on in self.history:
            again.fold(event, on)
        assert again.seen()[:4] == self.state.seen()[:4]

    @invariant()
    def there_is_one_current_version_and_history_does_not_move(self) -> None:
        plan, contract = self.state.plan, self.state.contract
        if plan is not None:
            numbers = [version.number for version in plan.versions]
            assert numbers == list(range(1, len(numbers) + 1))
            assert list(plan.versions[: len(self.frozen)]) == self.frozen
            self.frozen = list(plan.versions)
            assert bool(plan.versions) >= plan.runs
        if contract is not None:
            assert contract.contract_version >= 1
            assert contract.change is None or contract.change.version == contract.contract_version + 1

    @invariant()
    def every_clause_and_measure_has_owners_who_are_there(self) -> None:
        plan, contract = self.state.plan, self.state.contract
        standing = [*(contract.clauses if contract else ())]
        standing += [measure for version in (plan.versions if plan else ()) for measure in version.measures]
        for one in standing:
            assert {one.owed_by, one.controlling_owner, one.supporting_owner} <= PEOPLE

    @invariant()
    def nothing_runs_in_a_closed_case_and_an_active_case_has_something_that_has_run(self) -> None:
        contract, plan = self.state.contract, self.state.plan
        if self.case.status is CaseStatus.CLOSED:
            assert not (contract and contract.live)
            assert not (plan and plan.live)
        if self.case.status in (CaseStatus.ACTIVE, CaseStatus.PAUSED):
            assert any(one.started_on is not None for one in (contract, plan) if one is not None)

    @invariant()
    def a_plan_stays_within_the_decision_and_a_voluntary_case_within_its_own_ladder(self) -> None:
        plan = self.state.plan
        if plan is not None and plan.status is not PlanStatus.RECEIVED and plan.versions:
            longest = plan.versions[0].since + timedelta(days=31 * plan.months + plan.days)
            assert plan.runs_until <= longest
        letter = "F" if rules_of(self.programme).voluntary else "U"
        for one in self.state.breaches.values():
            assert all(step.name.startswith(letter) for step in (*one.steps, *one.skipped))
            assert one.account or not one.steps


def guarded_by(told: bool) -> Safeguards:
    """The youth was heard; the guardians were told or not."""
    return Safeguards(guardians_told=told, counsel=Counsel.TOLD)


MANY = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


CAUGHT = settings(
    MANY, max_examples=600, derandomize=True, database=None, phases=[Phase.generate], print_blob=False
)
"""Long enough to meet what is broken, the same every time; nothing is made smaller once it is met."""


def of(programme: Programme, machine: type[ACase] = ACase) -> type[ACase]:
    """The machine for one programme."""
    return type(f"A{programme.value}", (machine,), {"programme": programme})


@pytest.mark.parametrize("programme", Programme)
def test_any_order_of_commands_keeps_what_must_hold(programme: Programme) -> None:
    run_state_machine_as_test(of(programme), settings=MANY)


class Forgetful(ACase):
    """A twin whose fold drops the history when a plan is tightened."""

    def happened(self, events: list[Event]) -> None:
        super().happened(events)
        plan: Any = self.state.plan
        if plan is not None and len(plan.versions) > 1:
            self.state.plan = replace(plan, versions=plan.versions[-1:])


class Unrecorded(ACase):
    """A twin that decides without recording: the youth's account is folded and never published."""

    def happened(self, events: list[Event]) -> None:
        super().happened(events)
        self.history = [one for one in self.history if one[0].type != "youth_account.recorded"]


class Permissive(ACase):
    """A twin that takes a refusal for a yes: it closes a case in which a plan still lives."""

    def remains(self) -> Remains:
        return Remains(
            open_tasks=False, acute_deviation_open=False, end_evaluated=True, runs=False, has_run=False
        )


@pytest.mark.parametrize(
    ("broken", "programme"),
    [
        (Permissive, Programme.YOUTH_FOLLOW_UP),
        (Permissive, Programme.FA_YOUTH_CONTRACT),
        (Unrecorded, Programme.YOUTH_PENALTY),
    ],
)
def test_a_twin_that_is_broken_is_caught(broken: type[ACase], programme: Programme) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(of(programme, broken), settings=CAUGHT)


def test_a_twin_that_forgets_history_is_caught() -> None:
    """Walked there by hand: few random walks tighten a plan."""
    machine = of(Programme.YOUTH_PENALTY, Forgetful)()
    machine.it_begins_as_it_mostly_does()
    machine.there_is_one_current_version_and_history_does_not_move()
    machine.something_goes_wrong_and_is_heard(3)
    machine.a_plan_is_tightened(0, LadderStep.U3_STRICTER_TERMS, ClauseKind.LEISURE, POLICE, True)
    with pytest.raises(AssertionError):
        machine.there_is_one_current_version_and_history_does_not_move()
