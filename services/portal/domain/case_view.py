"""A case as the pages show it: what its events have said so far, in references and codes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from schemas.address_protection import AddressProtection
from schemas.codes import (
    AbsenceReason,
    AgeBand,
    Agency,
    AgendaItemKind,
    AgendaOutcome,
    CancelReason,
    CaseOutcome,
    Category,
    ConsentEffect,
    ConsentKind,
    DeviationKind,
    DocumentClass,
    EvaluationKind,
    Function,
    LadderStep,
    LeavingReason,
    MeetingKind,
    MeetingMode,
    Programme,
    Purpose,
    Reason,
    Reply,
    SignerRole,
    SigningMethod,
)
from schemas.contract import Clause, PlannedMember
from schemas.guardian_codes import KeptOut
from schemas.guardianship import role_of
from services.portal.domain.guardians_of_case import GuardiansOfCase

P = TypeVar("P", bound=msgspec.Struct)


class Status(StrEnum):
    """Where a case stands; ENDED is told by the calendar too, the others by events."""

    OPENED = "OPENED"
    AWAITING_SIGNATURES = "AWAITING_SIGNATURES"
    AWAITING_START = "AWAITING_START"
    AWAITING_PLAN = "AWAITING_PLAN"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    ENDED = "ENDED"
    CLOSED = "CLOSED"


class Standing(StrEnum):
    """Where a deadline stands."""

    OPEN = "OPEN"
    PASSED = "PASSED"
    MET = "MET"
    CANCELLED = "CANCELLED"


class DeviationState(StrEnum):
    """What has been done about a deviation."""

    REPORTED = "REPORTED"
    ASSESSED = "ASSESSED"
    FOLLOWED_UP = "FOLLOWED_UP"
    ESCALATED = "ESCALATED"
    RESOLVED = "RESOLVED"
    DISMISSED = "DISMISSED"


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who must sign, and how and when they did."""

    person_id: str
    role: SignerRole
    method: SigningMethod | None = None
    signed_on: date | None = None


class ProposedChange(msgspec.Struct, frozen=True, kw_only=True):
    """The next version of a contract, which waits for signatures while the old one stays in force."""

    version: int
    ends_on: date
    goal_refs: tuple[str, ...]
    clauses: tuple[Clause, ...]
    signatures: tuple[Signature, ...]
    proposed_on: date
    own_goal_refs: tuple[str, ...] = ()


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The contract; `version` counts the events applied to it, as its owner counts them."""

    contract_id: str
    programme: Programme
    age_band: AgeBand
    reason: Reason
    starts_on: date
    ends_on: date
    goal_refs: tuple[str, ...]
    identity_refs: tuple[str, ...]
    signatures: tuple[Signature, ...]
    planned: tuple[PlannedMember, ...]
    signed_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    own_goal_refs: tuple[str, ...] = ()
    """The goals in the youth's own words."""
    clauses: tuple[Clause, ...] = ()
    change: ProposedChange | None = None
    extended: bool = False
    evaluated: tuple[EvaluationKind, ...] = ()
    contract_version: int = 1
    """Which version of the contract is in force."""
    version: int = 1

    @property
    def runs(self) -> bool:
        """True from the start until it has ended."""
        return self.started_on is not None and self.ended_on is None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the network group, or who was."""

    person_id: str
    agency: Agency
    function: Function
    joined_on: date
    left_on: date | None = None
    reason: LeavingReason | None = None
    secrecy_declared_at: datetime | None = None

    @property
    def has_no_log_in(self) -> bool:
        """True for the youth and the guardians: they take part on paper and in person."""
        return self.function in (Function.YOUTH, Function.GUARDIAN)


class AgendaEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An item of an agenda; `outcome` once it is settled, `carried_on` when it went on to another meeting."""

    item_id: str
    kind: AgendaItemKind
    text_ref: str | None = None
    outcome: AgendaOutcome | None = None
    settled_ref: str | None = None
    carried_on: bool = False

    @property
    def open(self) -> bool:
        """True while nothing has come of it here."""
        return self.outcome is None and not self.carried_on


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that was called, and perhaps held; `version` counts its events as its owner does."""

    meeting_id: str
    kind: MeetingKind
    mode: MeetingMode | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    invited: tuple[str, ...] = ()
    place_ref: str | None = None
    agenda_ref: str | None = None
    held_on: date | None = None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    reasons: dict[str, AbsenceReason] = {}
    cancelled_for: CancelReason | None = None
    replies: dict[str, Reply] = {}
    items: tuple[AgendaEntry, ...] = ()
    interpreted: tuple[str, ...] = ()
    interpreter_comes: bool | None = None
    minutes_issued: bool = False
    looked_back_ref: str | None = None
    """Done, learnt, smart."""
    version: int = 1

    @property
    def waits(self) -> bool:
        """True while it is called and neither held nor cancelled."""
        return self.held_on is None and self.cancelled_for is None

    @property
    def open_items(self) -> tuple[AgendaEntry, ...]:
        """What waits for its outcome."""
        return tuple(item for item in self.items if item.open)


class ConsentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What one of those who must consent has said so far."""

    person_id: str
    role: SignerRole
    method: SigningMethod | None = None
    given_on: date | None = None
    withdrawn_at: datetime | None = None
    refused_at: datetime | None = None
    excused: bool = False
    not_to: tuple[Agency, ...] = ()
    """The receivers that the yes was taken back for, while it stands for the others."""

    @property
    def yes_stands(self) -> bool:
        """True for a yes that has not been taken back."""
        return self.given_on is not None and self.withdrawn_at is None


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A consent: who may tell whom what, until when, and what it is worth now."""

    consent_id: str
    kind: ConsentKind
    from_agencies: tuple[Agency, ...]
    to_agencies: tuple[Agency, ...]
    categories: tuple[Category, ...]
    purpose: Purpose
    valid_from: date
    valid_to: date
    answers: tuple[ConsentAnswer, ...]
    effect: ConsentEffect = ConsentEffect.NONE
    over: bool = False

    @property
    def given(self) -> bool:
        """True when somebody has said yes."""
        return any(answer.given_on is not None for answer in self.answers)

    @property
    def can_be_taken_back(self) -> bool:
        """True where somebody's yes still stands, though another's has been taken back."""
        return not self.over and any(answer.yes_stands for answer in self.answers)

    @property
    def refused(self) -> bool:
        """True when somebody has said no."""
        return any(answer.refused_at is not None for answer in self.answers)

    @property
    def waits(self) -> bool:
        """True while somebody has not answered, and nobody has said no."""
        missing = any(not (answer.given_on or answer.excused) for answer in self.answers)
        return missing and not (self.over or self.refused or self.withdrawn)

    @property
    def has_a_no(self) -> bool:
        """True when somebody has said no, or taken back a yes, wholly or for some receivers."""
        return self.refused or self.withdrawn or self.receivers_left != self.to_agencies

    @property
    def receivers_left(self) -> tuple[Agency, ...]:
        """The receivers that nobody has taken back their yes for."""
        gone = {agency for answer in self.answers for agency in answer.not_to}
        return tuple(agency for agency in self.to_agencies if agency not in gone)

    @property
    def withdrawn(self) -> bool:
        """True when somebody has taken it back, or no receiver is left of it."""
        return any(answer.withdrawn_at is not None for answer in self.answers) or not self.receivers_left


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """Something that did not go as agreed."""

    deviation_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    reporter_id: str
    reporter_agency: Agency
    reported_at: datetime
    text_ref: str | None = None
    state: DeviationState = DeviationState.REPORTED
    account: bool = False
    """The youth's own account stands there, or why it is missing."""
    account_ref: str | None = None
    steps: tuple[LadderStep, ...] = ()
    skipped: tuple[LadderStep, ...] = ()
    version: int = 1

    @property
    def open(self) -> bool:
        """True until somebody has resolved, escalated or dismissed it."""
        return self.judged or self.state is DeviationState.REPORTED

    @property
    def judged(self) -> bool:
        """True from the assessment until it is over: steps may be taken."""
        return self.state in (DeviationState.ASSESSED, DeviationState.FOLLOWED_UP)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of information that lies in the vault."""

    ref: str
    about_id: str
    category: Category
    from_agency: Agency
    author_id: str
    recorded_at: datetime
    document_class: DocumentClass = DocumentClass.WORKING
    redacted: bool = False
    gone: bool = False
    """A newer version has taken over, or it was destroyed."""

    def private_to_others_than(self, person_id: str) -> bool:
        """True for somebody else's private note."""
        return self.document_class is DocumentClass.PRIVATE_NOTE and self.author_id != person_id


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up deadline of the case."""

    deadline_id: str
    kind: str
    due_on: date
    passes_at: datetime
    owner_id: str
    about_id: str | None = None
    standing: Standing = Standing.OPEN
    late: bool = False

    @property
    def waits(self) -> bool:
        """True while what it waits for has not happened."""
        return self.standing in (Standing.OPEN, Standing.PASSED)


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """The youth and the guardians, as far as they must be told apart on a page."""

    signatures: tuple[Signature, ...] = ()


class PlanDates(msgspec.Struct, frozen=True, kw_only=True):
    """The newest youth plan, as far as the case's standing goes; what it says is in a section of its own."""

    plan_id: str
    family: Family
    started_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """One case. Built only by services.portal.domain.changes.after; `events` counts what it is built from."""

    case_id: str
    programme: Programme | None = None
    municipality_no: str | None = None
    owner_agency: Agency | None = None
    lead_id: str | None = None
    hand_over_ref: str | None = None
    youth_id: str | None = None
    opened_at: datetime | None = None
    closed_on: date | None = None
    paused_until: date | None = None
    wound_up_on: date | None = None
    outcome: CaseOutcome | None = None
    protection: AddressProtection = AddressProtection()
    """How strictly the case is closed, and who is cleared for it by name."""
    moved_to: str | None = None
    """The municipality that the youth has moved to."""
    group_id: str | None = None
    contracts: tuple[Contract, ...] = ()
    plan: PlanDates | None = None
    members: tuple[Member, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    consents: tuple[Consent, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    items: tuple[Item, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    sections: dict[str, Any] = {}
    """What the modules of services.portal.domain.sections know, each under its own key; read with `section`."""
    version: int = 1
    """The version of the case as its owner counts it."""
    events: int = 0

    def section(self, state: type[P]) -> P:
        """What one section knows about this case; its empty state when nothing has happened there."""
        return msgspec.convert(self.sections.get(section_key(state), {}), state)

    def with_section(self, state: msgspec.Struct) -> CaseView:
        """The view with this in the place of what the section knew."""
        known = {**self.sections, section_key(type(state)): msgspec.to_builtins(state)}
        return msgspec.structs.replace(self, sections=known)

    @property
    def contract(self) -> Contract | None:
        """The newest contract."""
        return self.contracts[-1] if self.contracts else None

    @property
    def sanction(self) -> bool:
        """True for ungdomsoppfølging and ungdomsstraff: a plan, a follow-up team, and brudd for avvik."""
        return self.programme in (Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY)

    @property
    def family(self) -> Contract | Family | None:
        """The youth and the guardians: by the contract or the sanction, and those who have come since, also when they are gone again."""
        named = self.contract or (self.plan.family if self.plan else None)
        if named is None:
            return None
        stands, known = self.guardians.stands, {one.person_id for one in named.signatures}
        since = [(one.person_id, role_of(one)) for one in stands.guardians]
        since += [(person_id, SignerRole.GUARDIAN) for person_id in stands.removed]
        more = [Signature(person_id=who, role=role) for who, role in since if who not in known]
        return Family(signatures=(*named.signatures, *more)) if more else named

    @property
    def guardians(self) -> GuardiansOfCase:
        """The guardians and who decides for the youth now."""
        return self.section(GuardiansOfCase)

    @property
    def deciding(self) -> tuple[Signature, ...]:
        """Those who must say yes to a consent: the youth, and those who decide for the youth now."""
        named = self.contract or (self.plan.family if self.plan else None)
        youth = [one for one in named.signatures if one.role is SignerRole.YOUTH] if named else []
        others = [Signature(person_id=one.person_id, role=one.role) for one in self.guardians.stands.signers]
        return (*youth, *others)

    @property
    def followed_id(self) -> str | None:
        """What deviations and evaluations are about: the contract, or the youth plan that has been adopted."""
        if self.contract is not None:
            return self.contract.contract_id
        return self.plan.plan_id if self.plan and self.plan.started_on else None

    @property
    def ends_on(self) -> date | None:
        """The last day of the contract or the plan."""
        return self.contract.ends_on if self.contract else (self.plan.ends_on if self.plan else None)

    @property
    def agreed_until(self) -> date | None:
        """The last day of the contract or the plan, as it was extended or ended: no consent outlives it."""
        named = self.contract or self.plan
        if named is None or named.ends_on is None or named.ended_on is None:
            return named.ends_on if named else None
        return min(named.ends_on, named.ended_on)

    @property
    def status(self) -> Status:
        """Where the case stands, as the events tell it."""
        followed = self.contract or self.plan
        if self.closed_on is not None:
            return Status.CLOSED
        if followed is None:
            return Status.OPENED
        if followed.ended_on is not None:
            return Status.ENDED
        if self.paused_until is not None:
            return Status.PAUSED
        if followed.started_on is not None:
            return Status.RUNNING
        if self.contract is None:
            return Status.AWAITING_PLAN
        return Status.AWAITING_SIGNATURES if self.contract.signed_on is None else Status.AWAITING_START

    def status_on(self, today: date) -> Status:
        """Where the case stands on a day."""
        over = self.status is Status.RUNNING and self.ends_on is not None and self.ends_on < today
        return Status.ENDED if over else self.status

    @property
    def active_members(self) -> tuple[Member, ...]:
        """Those who are in the network group now."""
        return tuple(member for member in self.members if member.left_on is None)

    @property
    def members_not_cleared(self) -> tuple[Member, ...]:
        """Those of them to whom a strictly protected case is not there, since nobody has cleared them by name; youths and guardians have no
        log-in to be cleared for.
        """
        return tuple(
            one
            for one in self.active_members
            if not one.has_no_log_in and self.protection.closes_case(one.person_id)
        )

    @property
    def told_members(self) -> tuple[Member, ...]:
        """Those of them who are called to meetings and given things: nobody who is kept out."""
        return tuple(one for one in self.active_members if self.why_kept_out(one) is None)

    def why_kept_out(self, member: Member) -> KeptOut | None:
        """Why somebody in the group is told nothing."""
        as_guardian = member.function is Function.GUARDIAN
        return self.guardians.stands.told_nothing(member.person_id, as_guardian=as_guardian)

    @property
    def waiting_deadlines(self) -> tuple[Deadline, ...]:
        """Deadlines that are not met, the first due first; talking about an overdue task waits until it is overdue."""
        in_time = {d.about_id for d in self.deadlines if d.kind == "D-12" and d.standing is Standing.OPEN}
        waiting = (d for d in self.deadlines if d.waits and not (d.kind == "D-13" and d.about_id in in_time))
        return tuple(sorted(waiting, key=lambda d: (d.due_on, d.kind)))

    def waiting_for(self, person_id: str) -> tuple[Deadline, ...]:
        """Those of the deadlines that are this person's to meet, the first due first."""
        return tuple(one for one in self.waiting_deadlines if one.owner_id == person_id)

    @property
    def next_due_on(self) -> date | None:
        """When the first deadline that is not met is or was due."""
        waiting = self.waiting_deadlines
        return waiting[0].due_on if waiting else None

    def member(self, person_id: str) -> Member | None:
        """This person's membership now, if any."""
        return next((member for member in self.active_members if member.person_id == person_id), None)

    def must_declare(self, person_id: str) -> bool:
        """True for a member who has not declared their duty of secrecy yet; whoever leads the case has it by their office."""
        member = self.member(person_id)
        return member is not None and person_id != self.lead_id and member.secrecy_declared_at is None

    def item(self, ref: str) -> Item | None:
        """The piece of information with this reference."""
        return next((item for item in self.items if item.ref == ref), None)

    def items_for(self, person_id: str) -> tuple[Item, ...]:
        """The information that somebody may know lies there: the newest versions, and no note of others."""
        return tuple(one for one in self.items if not one.gone and not one.private_to_others_than(person_id))

    def meeting(self, meeting_id: str | None) -> Meeting | None:
        """The meeting with this id."""
        return next((meeting for meeting in self.meetings if meeting.meeting_id == meeting_id), None)

    def consent(self, consent_id: str) -> Consent | None:
        """The consent with this id."""
        return next((consent for consent in self.consents if consent.consent_id == consent_id), None)

    def deviation(self, deviation_id: str | None) -> Deviation | None:
        """The deviation with this id."""
        return next((one for one in self.deviations if one.deviation_id == deviation_id), None)


def section_key(state: type[msgspec.Struct]) -> str:
    """Under which key a section's state is kept: the name of its class."""
    return state.__name__
