"""The six-month contract: registered, signed by everyone who must, started."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import (
    AgeBand,
    Agency,
    ClauseKind,
    EndingReason,
    Function,
    Programme,
    Reason,
    SignerRole,
    SigningMethod,
)
from schemas.event import Event, Sentence, event


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose signature a contract or a consent needs."""

    person_id: str
    role: SignerRole


class PlannedMember(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom the contract puts in the network group."""

    person_id: str
    agency: Agency
    function: Function


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A point of a contract, or a measure of a plan: who owes it, who controls it, who supports it; the words lie in the vault.

    `basis_ref` is the consent or decision that kinds which need a basis of their own rest on; `measure_id` is the local offer, from the
    municipality's register, that the clause makes use of.
    """

    clause_id: str
    kind: ClauseKind
    owed_by: str
    controlling_owner: str
    supporting_owner: str
    text_ref: str | None = None
    basis_ref: str | None = None
    measure_id: str | None = None


@event("contract.registered")
class ContractRegistered(Event, frozen=True, kw_only=True):
    """A contract was registered: who it is for, from when to when, its goals, who must sign and who is in the network group."""

    contract_id: str
    programme: Programme
    contract_version: int
    youth_id: str
    age_band: AgeBand
    reason: Reason
    starts_on: date
    ends_on: date
    goal_refs: tuple[str, ...]
    identity_refs: tuple[str, ...]
    signers: tuple[Signer, ...]
    members: tuple[PlannedMember, ...]
    own_goal_refs: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    sign_by: date | None = None
    """The last day on which it can be signed."""


@event(
    "contract.signers_changed",
    follows=True,
    sentence=Sentence(
        "Ungdommen har nådd alderen der de foresatte ikke lenger signerer",
        "Ungdommen har nådd alderen der dei føresette ikkje lenger signerer",
    ),
)
class ContractSignersChanged(Event, frozen=True, kw_only=True):
    """The youth has reached an age at which fewer must sign a contract, or a proposed version, that waits for signatures; who must from now on."""

    contract_id: str
    contract_version: int
    age_band: AgeBand
    signers: tuple[Signer, ...]


@event("contract.signature_registered")
class ContractSignatureRegistered(Event, frozen=True, kw_only=True):
    """One person's signature on a contract was registered."""

    contract_id: str
    person_id: str
    role: SignerRole
    method: SigningMethod
    signed_on: date
    contract_version: int = 1


@event("contract.signed")
class ContractSigned(Event, frozen=True, kw_only=True):
    """Everyone who must sign the contract has signed it."""

    contract_id: str
    contract_version: int
    signed_on: date


@event("contract.started")
class ContractStarted(Event, frozen=True, kw_only=True):
    """The contract runs, from its start date through its end date."""

    contract_id: str
    started_on: date
    ends_on: date


@event("contract.completed")
class ContractCompleted(Event, frozen=True, kw_only=True):
    """The contract ran to its end date."""

    contract_id: str
    completed_on: date


@event("contract.ended_early")
class ContractEndedEarly(Event, frozen=True, kw_only=True):
    """The contract ended before its end date, and why."""

    contract_id: str
    reason: EndingReason
    ended_on: date


@event("contract.start_corrected")
class ContractStartCorrected(Event, frozen=True, kw_only=True):
    """The start date had been written down wrongly; the end follows from the right one, and open deadlines are counted anew."""

    contract_id: str
    was_starts_on: date
    starts_on: date
    ends_on: date


@event("contract.extended")
class ContractExtended(Event, frozen=True, kw_only=True):
    """The contract runs longer than first agreed, by new signatures."""

    contract_id: str
    was_ends_on: date
    ends_on: date
    extended_on: date


@event("contract.change_proposed")
class ContractChangeProposed(Event, frozen=True, kw_only=True):
    """A new version of a running contract was drawn up; the old one stays in force until everyone has signed the new one."""

    contract_id: str
    to_version: int
    proposed_on: date
    ends_on: date
    goal_refs: tuple[str, ...]
    clauses: tuple[Clause, ...]
    signers: tuple[Signer, ...]
    sign_by: date | None = None
    """The last day on which it can be signed."""
    own_goal_refs: tuple[str, ...] = ()
    """The goals of the new version that are in the youth's own words."""


@event(
    "contract.change_expired",
    follows=True,
    sentence=Sentence(
        "En endring av kontrakten falt bort fordi den ikke ble signert i tide",
        "Ei endring av kontrakten fall bort fordi ho ikkje vart signert i tide",
    ),
)
class ContractChangeExpired(Event, frozen=True, kw_only=True):
    """A proposed version was not signed by everyone in time; the one in force goes on."""

    contract_id: str
    to_version: int
    expired_on: date


@event("contract.change_declined")
class ContractChangeDeclined(Event, frozen=True, kw_only=True):
    """A proposed version was laid aside; the one in force goes on."""

    contract_id: str
    to_version: int
    declined_on: date


@event("contract.amended")
class ContractAmended(Event, frozen=True, kw_only=True):
    """A new version of a contract took effect, signed by everyone; which clauses came, changed and went."""

    contract_id: str
    from_version: int
    to_version: int
    added_clause_ids: tuple[str, ...]
    adjusted_clause_ids: tuple[str, ...]
    closed_clause_ids: tuple[str, ...]


@event("contract.rejected")
class ContractRejected(Event, frozen=True, kw_only=True):
    """Somebody who must sign a contract said no; it never starts."""

    contract_id: str
    rejected_on: date


@event("contract.expired_unsigned")
class ContractExpiredUnsigned(Event, frozen=True, kw_only=True):
    """A contract was not signed by everyone in time; it never starts."""

    contract_id: str
    expired_on: date
