"""The youth sanctions: a decision is received, and a youth plan (ungdomsplan) is adopted, tightened, fulfilled or ended."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import AgeBand, LadderStep, MissingReason, Programme
from schemas.contract import Clause, PlannedMember, Signer
from schemas.event import Event, event
from schemas.sanction_codes import Counsel, ImposedBy, ParticipationBasis, PlanEnding, Suitability


class Safeguards(msgspec.Struct, frozen=True, kw_only=True):
    """What was done for the youth before a decision about a breach: heard, or why not; guardians and defence counsel told."""

    youth_missing: MissingReason | None = None
    """Why the youth was not heard; None when the youth was."""
    guardians_told: bool
    counsel: Counsel


@event("sanction.received")
class SanctionReceived(Event, frozen=True, kw_only=True):
    """A decided sanction came to the konfliktråd: by whom, when, for how long, and who is to make the plan.

    `months` and `days` are the decision's own figures and are never converted; `participation` is what the law in force at the
    decision asks for.
    """

    plan_id: str
    programme: Programme
    imposed_by: ImposedBy
    decided_on: date
    received_on: date
    offence_on: date
    months: int
    days: int
    participation: ParticipationBasis
    youth_id: str
    age_band: AgeBand
    identity_refs: tuple[str, ...]
    signers: tuple[Signer, ...]
    members: tuple[PlannedMember, ...]
    decision_ref: str | None = None
    fast_track: bool = False


@event("suitability.assessed")
class SuitabilityAssessed(Event, frozen=True, kw_only=True):
    """A person judged whether the sanction can be carried out, with the youth's own view or why it is missing."""

    plan_id: str
    result: Suitability
    assessed_by: str
    assessed_on: date
    text_ref: str | None = None
    youth_view_ref: str | None = None
    youth_view_missing: MissingReason | None = None


@event("youth_plan.adopted")
class YouthPlanAdopted(Event, frozen=True, kw_only=True):
    """The plan was adopted in the plan meeting and confirmed by the coordinator; it runs from that day through its end date."""

    plan_id: str
    programme: Programme
    plan_version: int
    adopted_on: date
    ends_on: date
    goal_refs: tuple[str, ...]
    own_goal_refs: tuple[str, ...]
    measures: tuple[Clause, ...]
    participation: ParticipationBasis
    confirmed_by: str


@event("youth_plan.tightened")
class YouthPlanTightened(Event, frozen=True, kw_only=True):
    """After a breach the plan got a new version: stricter terms, or a new plan from a new plan meeting."""

    plan_id: str
    to_version: int
    step: LadderStep
    deviation_id: str
    tightened_on: date
    ends_on: date
    measures: tuple[Clause, ...]
    safeguards: Safeguards


@event("youth_plan.fulfilled")
class YouthPlanFulfilled(Event, frozen=True, kw_only=True):
    """The plan ran to its end date."""

    plan_id: str
    fulfilled_on: date


@event("youth_plan.terminated")
class YouthPlanTerminated(Event, frozen=True, kw_only=True):
    """The plan, or the work towards one, ended before its time, and why."""

    plan_id: str
    reason: PlanEnding
    terminated_on: date


@event("prosecution_acceptance.recorded")
class ProsecutionAcceptanceRecorded(Event, frozen=True, kw_only=True):
    """The prosecution's answer to a contract as an alternative was recorded: yes or no, and a reference; nothing else."""

    accepted: bool
    answered_on: date
    answer_ref: str
