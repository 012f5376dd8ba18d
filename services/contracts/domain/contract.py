"""The contract: registered, signed by everyone who must, started. Decisions give events or refuse with a
sentence.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import (
    AgeBand,
    Agency,
    EvaluationKind,
    Function,
    Programme,
    Reason,
    SignerRole,
    SigningMethod,
)
from schemas.contract import (
    Clause,
    ContractAmended,
    ContractChangeDeclined,
    ContractChangeExpired,
    ContractChangeProposed,
    ContractCompleted,
    ContractEndedEarly,
    ContractExpiredUnsigned,
    ContractExtended,
    ContractRegistered,
    ContractRejected,
    ContractSignatureRegistered,
    ContractSigned,
    ContractSignersChanged,
    ContractStartCorrected,
    ContractStarted,
    PlannedMember,
    Signer,
)
from schemas.evaluation import EvaluationHeld, EvaluationPlanned
from schemas.event import Event
from services.contracts.domain.calendar import add_months
from services.contracts.domain.clauses import refuse_clauses
from services.contracts.domain.evaluation_plan import EvaluationPlan, plan
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import conflict, refused
from services.contracts.domain.register_refusals import refused as refused_evaluation


class ContractStatus(StrEnum):
    """Where a contract stands."""

    REGISTERED = "REGISTERED"
    PARTLY_SIGNED = "PARTLY_SIGNED"
    SIGNED = "SIGNED"
    STARTED = "STARTED"
    COMPLETED = "COMPLETED"
    ENDED_EARLY = "ENDED_EARLY"
    REJECTED = "REJECTED"
    EXPIRED_UNSIGNED = "EXPIRED_UNSIGNED"


FAMILY = (Function.YOUTH, Function.GUARDIAN)
AHEAD_MONTHS = 12
"""How far ahead a contract can start."""
UNSIGNED = (ContractStatus.REGISTERED, ContractStatus.PARTLY_SIGNED)
LIVE = (*UNSIGNED, ContractStatus.SIGNED, ContractStatus.STARTED)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A new version that waits for signatures while the old one stays in force."""

    version: int
    ends_on: date
    goal_refs: tuple[str, ...]
    clauses: tuple[Clause, ...]
    signers: tuple[Signer, ...]
    proposed_on: date
    sign_by: date | None = None
    own_goal_refs: tuple[str, ...] = ()
    signatures: tuple[ContractSignatureRegistered, ...] = ()


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """What a coordinator asks to have registered; `guardian_ids` are those who decide for the youth
    together.
    """

    contract_id: str
    programme: Programme
    youth_id: str
    guardian_ids: tuple[str, ...]
    reason: Reason
    starts_on: date
    goal_refs: tuple[str, ...]
    identity_refs: tuple[str, ...]
    members: tuple[PlannedMember, ...]
    own_goal_refs: tuple[str, ...] | None = None
    """The goals in the youth's own words; the first goal when nothing is said."""
    clauses: tuple[Clause, ...] = ()
    evaluation: EvaluationPlan | None = None
    """How it is to be evaluated; may be planned later, but nobody signs before it is."""


def register(asked: Application, *, age_band: AgeBand, lead_id: str, today: date) -> ContractRegistered:
    """The registration of a contract of the voluntary programmes. `age_band` is that of the start date.

    Raises Refused: see `refusals` for each rule in words.
    """
    rules = rules_of(asked.programme)
    if not rules.voluntary:
        raise refused("PROGRAMME_HAS_PLAN", field="programme")
    if age_band is AgeBand.UNDER_12:
        raise refused("AGE_UNDER_12", field="birth_on")
    if not asked.goal_refs:
        raise refused("GOAL_MISSING", field="goal_refs")
    if asked.starts_on < today - timedelta(days=rules.backdated_days.on(today)):
        raise refused("START_TOO_LONG_AGO", field="starts_on", days=rules.backdated_days.on(today))
    if asked.starts_on > add_months(today, AHEAD_MONTHS):
        raise refused("START_TOO_FAR_AHEAD", field="starts_on")
    own = asked.goal_refs[:1] if asked.own_goal_refs is None else asked.own_goal_refs
    if not own or set(own) - set(asked.goal_refs):
        raise refused("OWN_GOAL_MISSING", field="own_goal_refs")
    refuse_mixed_people(asked.youth_id, asked.guardian_ids, asked.members, lead_id=lead_id)
    around = {asked.youth_id, *asked.guardian_ids, lead_id, *(member.person_id for member in asked.members)}
    refuse_clauses(asked.clauses, programme=asked.programme, people=around)
    return ContractRegistered(
        contract_id=asked.contract_id,
        programme=asked.programme,
        contract_version=1,
        youth_id=asked.youth_id,
        age_band=age_band,
        reason=asked.reason,
        starts_on=asked.starts_on,
        ends_on=add_months(asked.starts_on, rules.length_months.on(asked.starts_on)[1]),
        goal_refs=asked.goal_refs,
        identity_refs=asked.identity_refs,
        signers=required_signers(
            asked.youth_id, asked.guardian_ids, age_band, guardians_sign=rules.guardians_sign.on(today)
        ),
        members=asked.members,
        own_goal_refs=own,
        clauses=asked.clauses,
        sign_by=today + timedelta(days=rules.unsigned_days.on(today)),
    )


def first_plan(asked: Application, registered: ContractRegistered) -> list[Event]:
    """The evaluation plan that came with the registration. Raises Refused."""
    if asked.evaluation is None:
        return []
    planned = plan(
        asked.evaluation,
        contract_id=asked.contract_id,
        goal_refs=asked.goal_refs,
        starts_on=registered.starts_on,
        ends_on=registered.ends_on,
    )
    return [planned]


def required_signers(
    youth_id: str, guardian_ids: tuple[str, ...], age_band: AgeBand, *, guardians_sign: Container[AgeBand]
) -> tuple[Signer, ...]:
    """Who must sign when these guardians are named. Raises Refused when there are none and must be."""
    named = [Signer(person_id=guardian, role=SignerRole.GUARDIAN) for guardian in guardian_ids]
    return signers_with(named, youth_id=youth_id, age_band=age_band, guardians_sign=guardians_sign)


def signers_with(
    deciding: Iterable[Signer], *, youth_id: str, age_band: AgeBand, guardians_sign: Container[AgeBand]
) -> tuple[Signer, ...]:
    """Who must sign at that age: the youth always, and at the ages that the rules name everyone who decides for them. Raises
    Refused when nobody does.
    """
    youth, deciding = Signer(person_id=youth_id, role=SignerRole.YOUTH), tuple(deciding)
    if age_band not in guardians_sign:
        return (youth,)
    if not deciding:
        raise refused("GUARDIAN_MISSING", field="guardian_ids")
    return (youth, *deciding)


def refuse_mixed_people(
    youth_id: str, guardian_ids: tuple[str, ...], members: tuple[PlannedMember, ...], *, lead_id: str
) -> None:
    """Refuse somebody in two roles, and members who cannot be what they are said to be."""
    family = (youth_id, *guardian_ids)
    if len(set(family)) < len(family) or lead_id in family:
        raise refused("SAME_PERSON_TWICE", field="guardian_ids")
    people = [member.person_id for member in members]
    if len(set(people)) < len(people):
        raise refused("MEMBER_TWICE", field="members")
    if any(member.function is Function.LEAD and member.person_id != lead_id for member in members):
        raise refused("LEAD_IS_WHO_REGISTERS", field="members")
    if any(
        member.agency is not Agency.PRIVATE_NETWORK and member.function is Function.GUARDIAN
        for member in members
    ):
        raise refused("GUARDIAN_OF_AGENCY", field="members")
    if any(member.function in FAMILY and member.person_id not in family for member in members):
        raise refused("FAMILY_IS_NAMED_APART", field="members")


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """A contract as its events tell it; `version` counts them and is what a page has seen."""

    case_id: str
    contract_id: str
    programme: Programme
    contract_version: int
    youth_id: str
    starts_on: date
    ends_on: date
    registered_on: date
    signers: tuple[Signer, ...]
    sign_by: date | None = None
    goal_refs: tuple[str, ...] = ()
    own_goal_refs: tuple[str, ...] = ()
    """The goals in the youth's own words."""
    clauses: tuple[Clause, ...] = ()
    change: Change | None = None
    extended: bool = False
    ended_on: date | None = None
    evaluation: EvaluationPlanned | None = None
    evaluated: tuple[EvaluationKind, ...] = ()
    signatures: tuple[ContractSignatureRegistered, ...] = ()
    status: ContractStatus = ContractStatus.REGISTERED
    signed_on: date | None = None
    started_on: date | None = None
    version: int = 1

    @classmethod
    def registered(cls, case_id: str, event: ContractRegistered, *, on: date) -> Contract:
        """The contract that was registered on the local date `on`."""
        return cls(
            case_id=case_id,
            contract_id=event.contract_id,
            programme=event.programme,
            contract_version=event.contract_version,
            youth_id=event.youth_id,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            registered_on=on,
            signers=event.signers,
            sign_by=event.sign_by,
            goal_refs=event.goal_refs,
            own_goal_refs=event.own_goal_refs or event.goal_refs[:1],
            clauses=event.clauses,
        )

    @property
    def live(self) -> bool:
        """True until the contract has ended in one way or another."""
        return self.status in LIVE

    @property
    def runs(self) -> bool:
        """True from the start to the end."""
        return self.status is ContractStatus.STARTED

    @property
    def followed_id(self) -> str:
        """The contract's id, as deviations and evaluations name what they are about."""
        return self.contract_id

    @property
    def runs_until(self) -> date:
        """The end date."""
        return self.ends_on

    def may_be_evaluated(self, kind: EvaluationKind) -> bool:
        """True while this evaluation is still to be held: each kind once."""
        return kind not in self.evaluated

    @property
    def end_evaluated(self) -> bool:
        """True when the end evaluation was held."""
        return EvaluationKind.END in self.evaluated

    @property
    def unsigned(self) -> tuple[Signer, ...]:
        """Those who must sign, the change when one waits, and have not."""
        waiting = self.change or self
        done = {signature.person_id for signature in waiting.signatures}
        return tuple(signer for signer in waiting.signers if signer.person_id not in done)

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def sign(
        self,
        *,
        person_id: str,
        role: SignerRole,
        method: SigningMethod,
        signed_on: date,
        today: date,
        held: bool = False,
    ) -> list[Event]:
        """One signature; with the last one the contract is signed, and started when its start date has come, unless its start is `held`
        back because a consent was taken back.
        """
        self._refuse_signature(person_id, role, signed_on, today)
        version = self.change.version if self.change else self.contract_version
        signature = ContractSignatureRegistered(
            contract_id=self.contract_id,
            person_id=person_id,
            role=role,
            method=method,
            signed_on=signed_on,
            contract_version=version,
        )
        after = self.after(signature)
        if after.unsigned:
            return [signature]
        last_on = max(each.signed_on for each in (after.change or after).signatures)
        return [signature, *after.signed_by_all(last_on, today=today, held=held)]

    def signed_by_all(self, signed_on: date, *, today: date, held: bool = False) -> list[Event]:
        """What follows when nobody's signature is missing any more."""
        version = self.change.version if self.change else self.contract_version
        signed = ContractSigned(contract_id=self.contract_id, contract_version=version, signed_on=signed_on)
        if self.change is not None:
            return [signed, *self._amended(self.change, signed_on)]
        return [signed, *self.after(signed).start(today=today, held=held)]

    def _amended(self, change: Change, signed_on: date) -> list[Event]:
        """What a change does when everyone has signed it."""
        old, new = {c.clause_id: c for c in self.clauses}, {c.clause_id: c for c in change.clauses}
        amended = ContractAmended(
            contract_id=self.contract_id,
            from_version=self.contract_version,
            to_version=change.version,
            added_clause_ids=tuple(new.keys() - old.keys()),
            adjusted_clause_ids=tuple(key for key in old.keys() & new.keys() if old[key] != new[key]),
            closed_clause_ids=tuple(old.keys() - new.keys()),
        )
        if change.ends_on <= self.ends_on:
            return [amended]
        extended = ContractExtended(
            contract_id=self.contract_id,
            was_ends_on=self.ends_on,
            ends_on=change.ends_on,
            extended_on=signed_on,
        )
        return [amended, extended]

    def _refuse_signature(self, person_id: str, role: SignerRole, signed_on: date, today: date) -> None:
        if not self.live:
            raise conflict("CONTRACT_OVER")
        if self.evaluation is None:
            raise refused_evaluation("EVALUATION_PLAN_MISSING", field="evaluation")
        if self.status not in UNSIGNED and self.change is None:
            raise refused("ALREADY_SIGNED_BY_ALL")
        waiting = self.change or self
        if waiting.sign_by is not None and today > waiting.sign_by:
            raise conflict("SIGNING_TIME_OVER", field="signed_on")
        if Signer(person_id=person_id, role=role) not in waiting.signers:
            alone = role is not SignerRole.YOUTH and all(
                one.person_id == self.youth_id for one in waiting.signers
            )
            raise refused("YOUTH_SIGNS_ALONE" if alone else "NOT_A_SIGNER", field="person_id")
        if any(signature.person_id == person_id for signature in waiting.signatures):
            raise refused("SIGNED_ALREADY", field="person_id")
        if signed_on > today:
            raise refused("SIGNED_IN_FUTURE", field="signed_on")
        days = rules_of(self.programme).backdated_days.on(self.registered_on)
        written_on = self.change.proposed_on if self.change else self.registered_on
        if signed_on < written_on - timedelta(days=days):
            raise refused("SIGNED_BEFORE_REGISTERED", field="signed_on", days=days)
        if signed_on > self.ends_on:
            raise refused("SIGNED_AFTER_END", field="signed_on")

    def start(self, *, today: date, held: bool = False) -> list[Event]:
        """The start, when everyone has signed, the evaluation is planned and the start date has come; nothing
        otherwise, nothing while it is `held` back because a consent was taken back, and nothing the second time.
        """
        if self.evaluation is None or held:
            return []
        if self.status is not ContractStatus.SIGNED or self.signed_on is None or self.starts_on > today:
            return []
        started_on = max(self.starts_on, self.signed_on)
        return [ContractStarted(contract_id=self.contract_id, started_on=started_on, ends_on=self.ends_on)]

    def after(self, event: Event) -> Contract:
        """The contract after one more event of its own. A plan for its evaluation leaves the version as it is."""
        if isinstance(event, EvaluationPlanned):
            return replace(self, evaluation=event)
        changed = replace(self, version=self.version + 1)
        match event:
            case ContractSignatureRegistered() if self.change is not None:
                return replace(
                    changed, change=replace(self.change, signatures=(*self.change.signatures, event))
                )
            case ContractSignatureRegistered():
                return replace(
                    changed, signatures=(*self.signatures, event), status=ContractStatus.PARTLY_SIGNED
                )
            case ContractSignersChanged() if self.change is not None:
                return replace(changed, change=replace(self.change, signers=event.signers))
            case ContractSignersChanged():
                return replace(changed, signers=event.signers)
            case ContractSigned() if self.change is not None:
                return changed
            case ContractSigned():
                return replace(changed, status=ContractStatus.SIGNED, signed_on=event.signed_on)
            case ContractStarted():
                return replace(changed, status=ContractStatus.STARTED, started_on=event.started_on)
            case ContractChangeProposed():
                return replace(changed, change=waiting_change(event))
            case ContractChangeDeclined() | ContractChangeExpired():
                return replace(changed, change=None)
            case ContractAmended() if self.change is not None:
                new = self.change
                return replace(
                    changed,
                    contract_version=event.to_version,
                    goal_refs=new.goal_refs,
                    own_goal_refs=new.own_goal_refs,
                    clauses=new.clauses,
                    signers=new.signers,
                    signatures=new.signatures,
                    change=None,
                )
            case ContractExtended():
                return replace(changed, ends_on=event.ends_on, extended=True)
            case ContractStartCorrected():
                started_on = self.started_on and max(event.starts_on, self.signed_on or event.starts_on)
                return replace(
                    changed, starts_on=event.starts_on, ends_on=event.ends_on, started_on=started_on
                )
            case EvaluationHeld():
                return replace(changed, evaluated=(*self.evaluated, event.kind))
            case ContractCompleted():
                return changed._ended(ContractStatus.COMPLETED, event.completed_on)
            case ContractEndedEarly():
                return changed._ended(ContractStatus.ENDED_EARLY, event.ended_on)
            case ContractRejected():
                return changed._ended(ContractStatus.REJECTED, event.rejected_on)
            case ContractExpiredUnsigned():
                return changed._ended(ContractStatus.EXPIRED_UNSIGNED, event.expired_on)
            case _:
                return changed

    def _ended(self, status: ContractStatus, on: date) -> Contract:
        return replace(self, status=status, ended_on=on, change=None)


def waiting_change(event: ContractChangeProposed) -> Change:
    """The change that was proposed."""
    return Change(
        version=event.to_version,
        ends_on=event.ends_on,
        goal_refs=event.goal_refs,
        clauses=event.clauses,
        signers=event.signers,
        proposed_on=event.proposed_on,
        sign_by=event.sign_by,
        own_goal_refs=event.own_goal_refs,
    )
