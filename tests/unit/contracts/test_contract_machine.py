"""Any order of commands keeps a contract's invariants, and its events alone give the same state again."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backbone.refusal import Refused
from schemas.codes import AgeBand, SignerRole, SigningMethod
from schemas.contract import ContractSigned, ContractStarted
from schemas.event import Event
from services.contracts.domain.contract import Contract, ContractStatus, first_plan, register
from tests.unit.contracts.builders import CASE, FATHER, LEAD, MOTHER, TODAY, YOUTH, after, an_application


class AContract(RuleBasedStateMachine):
    """Signs by anybody at any time, and lets time pass."""

    @initialize(
        age_band=st.sampled_from([band for band in AgeBand if band is not AgeBand.UNDER_12]),
        starts_in=st.integers(-30, 60),
    )
    def registered(self, age_band: AgeBand, starts_in: int) -> None:
        self.today = TODAY
        asked = an_application(starts_on=TODAY + timedelta(days=starts_in))
        self.event = register(asked, age_band=age_band, lead_id=LEAD, today=TODAY)
        self.plan = first_plan(asked, self.event)
        self.contract = after(Contract.registered(CASE, self.event, on=TODAY), *self.plan)
        self.history: list[Event] = []

    def happened(self, events: list[Event]) -> None:
        self.history += events
        self.contract = after(self.contract, *events)

    @rule(
        person=st.sampled_from([YOUTH, MOTHER, FATHER, "stranger"]),
        role=st.sampled_from(SignerRole),
        days_ago=st.integers(-2, 40),
    )
    def somebody_signs(self, person: str, role: SignerRole, days_ago: int) -> None:
        signed_on: date = self.today - timedelta(days=days_ago)
        before = self.contract
        try:
            events = self.contract.sign(
                person_id=person, role=role, method=SigningMethod.PAPER, signed_on=signed_on, today=self.today
            )
        except Refused:
            assert self.contract == before
            return
        assert person in {signer.person_id for signer in before.unsigned}
        self.happened(events)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule()
    def the_start_is_tried(self) -> None:
        self.happened(self.contract.start(today=self.today))

    @precondition(lambda self: self.contract.status is ContractStatus.STARTED)
    @invariant()
    def it_runs_only_when_all_have_signed_and_its_day_has_come(self) -> None:
        assert self.contract.unsigned == ()
        assert self.contract.started_on is not None
        assert self.contract.starts_on <= self.contract.started_on <= self.today

    @invariant()
    def the_youth_signs_whatever_age(self) -> None:
        assert (YOUTH, SignerRole.YOUTH) in [(s.person_id, s.role) for s in self.contract.signers]

    @invariant()
    def nobody_has_signed_twice_and_it_was_signed_and_started_at_most_once(self) -> None:
        people = [signature.person_id for signature in self.contract.signatures]
        assert len(people) == len(set(people))
        for kind in (ContractSigned, ContractStarted):
            assert sum(isinstance(event, kind) for event in self.history) <= 1

    @invariant()
    def the_events_alone_give_the_same_contract(self) -> None:
        first = Contract.registered(CASE, self.event, on=TODAY)
        assert after(first, *self.plan, *self.history) == self.contract
        assert self.contract.version == 1 + len(self.history)


AContract.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestAContract = AContract.TestCase
