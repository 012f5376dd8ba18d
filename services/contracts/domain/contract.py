"""The contract: registered, signed by everyone who must, started. Decisions give events or refuse with a
sentence.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import AgeBand, Agency, Function, Programme, Reason, SignerRole, SigningMethod
from schemas.contract import (
    ContractRegistered,
    ContractSignatureRegistered,
    ContractSigned,
    ContractStarted,
    PlannedMember,
    Signer,
)
from schemas.event import Event
from services.contracts.domain.calendar import add_months
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import refused


class ContractStatus(StrEnum):
    """Where a contract stands."""

    REGISTERED = "REGISTERED"
    PARTLY_SIGNED = "PARTLY_SIGNED"
    SIGNED = "SIGNED"
    STARTED = "STARTED"


UNSIGNED = (ContractStatus.REGISTERED, ContractStatus.PARTLY_SIGNED)


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
    if asked.starts_on < today - timedelta(days=rules.backdated_days.value):
        raise refused("START_TOO_LONG_AGO", field="starts_on", days=rules.backdated_days.value)
    if asked.starts_on > add_months(today, 12):
        raise refused("START_TOO_FAR_AHEAD", field="starts_on")
    _refuse_mixed_people(asked, lead_id)
    return ContractRegistered(
        contract_id=asked.contract_id,
        programme=asked.programme,
        contract_version=1,
        youth_id=asked.youth_id,
        age_band=age_band,
        reason=asked.reason,
        starts_on=asked.starts_on,
        ends_on=add_months(asked.starts_on, rules.length_months.value[1]),
        goal_refs=asked.goal_refs,
        identity_refs=asked.identity_refs,
        signers=required_signers(asked.youth_id, asked.guardian_ids, age_band),
        members=asked.members,
    )


def required_signers(youth_id: str, guardian_ids: tuple[str, ...], age_band: AgeBand) -> tuple[Signer, ...]:
    """Who must sign at that age: the youth always, and under 18 everyone who decides for them. Raises
    Refused when nobody does.
    """
    youth = Signer(person_id=youth_id, role=SignerRole.YOUTH)
    if age_band is AgeBand.ADULT:
        return (youth,)
    if not guardian_ids:
        raise refused("GUARDIAN_MISSING", field="guardian_ids")
    return (youth, *(Signer(person_id=guardian, role=SignerRole.GUARDIAN) for guardian in guardian_ids))


def _refuse_mixed_people(asked: Application, lead_id: str) -> None:
    family = (asked.youth_id, *asked.guardian_ids)
    if len(set(family)) < len(family) or lead_id in family:
        raise refused("SAME_PERSON_TWICE", field="guardian_ids")
    members = [member.person_id for member in asked.members]
    if len(set(members)) < len(members):
        raise refused("MEMBER_TWICE", field="members")
    if any(member.function is Function.LEAD and member.person_id != lead_id for member in asked.members):
        raise refused("LEAD_IS_WHO_REGISTERS", field="members")
    if any(
        member.agency is Agency.FELLES_ANSVAR and member.function is Function.GUARDIAN
        for member in asked.members
    ):
        raise refused("GUARDIAN_OF_AGENCY", field="members")


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
    goal_refs: tuple[str, ...] = ()
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
            goal_refs=event.goal_refs,
        )

    @property
    def unsigned(self) -> tuple[Signer, ...]:
        """Those who must sign and have not."""
        done = {signature.person_id for signature in self.signatures}
        return tuple(signer for signer in self.signers if signer.person_id not in done)

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def sign(
        self, *, person_id: str, role: SignerRole, method: SigningMethod, signed_on: date, today: date
    ) -> list[Event]:
        """One signature; with the last one the contract is signed, and started when its start date has
        come.
        """
        self._refuse_signature(person_id, role, signed_on, today)
        signature = ContractSignatureRegistered(
            contract_id=self.contract_id, person_id=person_id, role=role, method=method, signed_on=signed_on
        )
        after = self.after(signature)
        if after.unsigned:
            return [signature]
        last_on = max(each.signed_on for each in after.signatures)
        signed = ContractSigned(
            contract_id=self.contract_id, contract_version=self.contract_version, signed_on=last_on
        )
        return [signature, signed, *after.after(signed).start(today=today)]

    def _refuse_signature(self, person_id: str, role: SignerRole, signed_on: date, today: date) -> None:
        if self.status not in UNSIGNED:
            raise refused("ALREADY_SIGNED_BY_ALL")
        if Signer(person_id=person_id, role=role) not in self.signers:
            raise refused("NOT_A_SIGNER", field="person_id")
        if any(signature.person_id == person_id for signature in self.signatures):
            raise refused("SIGNED_ALREADY", field="person_id")
        if signed_on > today:
            raise refused("SIGNED_IN_FUTURE", field="signed_on")
        days = rules_of(self.programme).backdated_days.value
        if signed_on < self.registered_on - timedelta(days=days):
            raise refused("SIGNED_BEFORE_REGISTERED", field="signed_on", days=days)
        if signed_on > self.ends_on:
            raise refused("SIGNED_AFTER_END", field="signed_on")

    def start(self, *, today: date) -> list[Event]:
        """The start, when everyone has signed and the start date has come; nothing otherwise, and nothing
        the second time.
        """
        if self.status is not ContractStatus.SIGNED or self.signed_on is None or self.starts_on > today:
            return []
        started_on = max(self.starts_on, self.signed_on)
        return [ContractStarted(contract_id=self.contract_id, started_on=started_on, ends_on=self.ends_on)]

    def after(self, event: Event) -> Contract:
        """The contract after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case ContractSignatureRegistered():
                return replace(
                    changed, signatures=(*self.signatures, event), status=ContractStatus.PARTLY_SIGNED
                )
            case ContractSigned():
                return replace(changed, status=ContractStatus.SIGNED, signed_on=event.signed_on)
            case ContractStarted():
                return replace(changed, status=ContractStatus.STARTED, started_on=event.started_on)
            case _:
                return changed
