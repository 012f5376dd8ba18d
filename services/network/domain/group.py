"""The network group (nettverksgruppe) or follow-up team: who stands around the youth, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import Agency, Function, HasOne, LeavingReason
from schemas.contract import PlannedMember
from schemas.coordination import CertificateShown, CoordinationRecorded, NoContactLifted, NoContactSet
from schemas.event import Event
from schemas.network_group import (
    AccessReviewed,
    MemberFunctionChanged,
    MemberJoined,
    MemberLeft,
    NetworkGroupFormed,
    SecrecyDeclared,
)
from services.network.domain.refusals import conflict, refused

FAMILY = (Function.YOUTH, Function.GUARDIAN)
LEADING = (Function.LEAD, Function.DEPUTY, Function.SECRETARY)
ON_PAPER = (Agency.PRIVATE_NETWORK, Agency.FRIVILLIG_ORG, Agency.MENTOR)
"""Those for whom a declaration of secrecy on paper is entered by whoever leads: they may have no log-in."""


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """One person's time in the group; `declared` is the version of the secrecy text that they declared on."""

    person_id: str
    agency: Agency
    function: Function
    joined_on: date
    left_on: date | None = None
    declared: str | None = None
    certificate_on: date | None = None
    """When a mentor showed a police certificate; nothing else about it is kept."""


class Coordination(msgspec.Struct, frozen=True, kw_only=True):
    """Whether others coordinate around the youth too: a child coordinator, an individual plan. Linked, never copied."""

    child_coordinator: HasOne
    individual_plan: HasOne
    recorded_on: date
    coordinator_id: str | None = None
    plan_ref: str | None = None


def form(
    planned: Iterable[PlannedMember], *, group_id: str, contract_id: str, on: date
) -> list[NetworkGroupFormed | MemberJoined]:
    """The group around a case: each planned person joins once, in the first function named."""
    return [NetworkGroupFormed(group_id=group_id, contract_id=contract_id), *joining(planned, on=on)]


def joining(planned: Iterable[PlannedMember], *, on: date) -> list[MemberJoined]:
    """Each planned person joins once, in the first function named."""
    first: dict[str, PlannedMember] = {}
    for member in planned:
        first.setdefault(member.person_id, member)
    return [
        MemberJoined(person_id=m.person_id, agency=m.agency, function=m.function, joined_on=on)
        for m in first.values()
    ]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group as its events tell it; `version` counts them."""

    case_id: str
    group_id: str
    memberships: tuple[Membership, ...] = ()
    coordination: Coordination | None = None
    barred: dict[str, str] = {}
    """Another case whose youth this one is not to meet → the id of the bar."""
    version: int = 1

    def member(self, person_id: str) -> Membership | None:
        """The present membership of somebody, if they are in the group."""
        found = [m for m in self.memberships if m.person_id == person_id and m.left_on is None]
        return found[0] if found else None

    @property
    def present(self) -> frozenset[str]:
        """Those who are in the group now."""
        return frozenset(m.person_id for m in self.memberships if m.left_on is None)

    @property
    def lead_id(self) -> str:
        """Who leads; whoever is in the lead's place when nobody does."""
        now = [m for m in self.memberships if m.left_on is None and m.function in LEADING]
        return min(now, key=lambda m: LEADING.index(m.function)).person_id if now else ""

    def leads(self, person_id: str) -> bool:
        """True for the lead, the deputy and the secretary."""
        member = self.member(person_id)
        return member is not None and member.function in LEADING

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def take_in(self, planned: Iterable[PlannedMember], *, on: date) -> list[MemberJoined]:
        """Those of the planned people who are not in the group yet; it keeps the lead it has."""
        return [
            joined
            for joined in joining(planned, on=on)
            if self.member(joined.person_id) is None and joined.function is not Function.LEAD
        ]

    def join(self, person_id: str, *, agency: Agency, function: Function, on: date) -> list[Event]:
        """Somebody joins. Raises Refused and Conflict."""
        if self.member(person_id) is not None:
            raise conflict("MEMBER_ALREADY", field="person_id")
        if function is Function.LEAD:
            raise refused("LEAD_BY_CHANGE", field="function")
        if function is Function.YOUTH:
            raise refused("YOUTH_BY_CONTRACT", field="function")
        if function in FAMILY and agency is not Agency.PRIVATE_NETWORK:
            raise refused("FAMILY_IS_PRIVATE", field="agency")
        return [MemberJoined(person_id=person_id, agency=agency, function=function, joined_on=on)]

    def leave(self, person_id: str, *, reason: LeavingReason, on: date, stop_id: str) -> list[Event]:
        """Somebody's membership ends, and with it their access, by the stop `stop_id`. Raises Refused."""
        member = self.member(person_id)
        if member is None:
            raise conflict("NOT_A_MEMBER", field="person_id")
        if member.function is Function.LEAD:
            raise refused("LEAD_STAYS", field="person_id")
        if member.function is Function.YOUTH:
            raise refused("YOUTH_STAYS", field="person_id")
        return [MemberLeft(person_id=person_id, reason=reason, left_on=on, stop_id=stop_id)]

    def hand_lead(self, from_id: str, to_id: str, *, on: date, stop_id: str | None) -> list[Event]:
        """Another member leads, and the former lead leaves; what does not fit the group is left out."""
        events: list[Event] = []
        if self.member(to_id) is not None:
            events.append(MemberFunctionChanged(person_id=to_id, function=Function.LEAD, changed_on=on))
        if self.member(from_id) is not None:
            reason = LeavingReason.JOB_CHANGED
            events.append(MemberLeft(person_id=from_id, reason=reason, left_on=on, stop_id=stop_id))
        return events

    def declare(self, person_id: str, *, text_version: str) -> list[Event]:
        """A member declares that they know their duty of secrecy. Raises Refused and Conflict."""
        member = self.member(person_id)
        if member is None:
            raise conflict("NOT_A_MEMBER")
        if member.function in FAMILY:
            raise refused("FAMILY_DECLARES_NOT")
        if member.declared == text_version:
            raise conflict("DECLARED_ALREADY", field="text_version")
        return [SecrecyDeclared(person_id=person_id, text_version=text_version)]

    def declare_on_paper(self, person_id: str, *, text_version: str) -> list[Event]:
        """Whoever leads enters the declaration of a member who may have no log-in. Raises Refused and Conflict."""
        member = self.member(person_id)
        if member is not None and member.agency not in ON_PAPER:
            raise refused("DECLARES_IN_PERSON", field="person_id")
        return self.declare(person_id, text_version=text_version)

    def show_certificate(self, person_id: str, *, shown_on: date, seen_by: str, today: date) -> list[Event]:
        """A mentor showed a police certificate to somebody else. Raises Refused and Conflict."""
        member = self.member(person_id)
        if member is None or not is_mentor(member.agency, member.function):
            raise refused("NOT_A_MENTOR", field="person_id")
        if person_id == seen_by:
            raise refused("OWN_CERTIFICATE", field="person_id")
        if shown_on > today:
            raise refused("CERTIFICATE_IN_FUTURE", field="shown_on")
        if member.certificate_on == shown_on:
            raise conflict("CERTIFICATE_KNOWN", field="shown_on")
        return [CertificateShown(person_id=person_id, shown_on=shown_on, seen_by=seen_by)]

    def review_access(self, person_ids: Iterable[str], *, on: date) -> list[Event]:
        """Everybody who is in the group was gone through, and shall still have access. Raises Refused."""
        confirmed = frozenset(person_ids)
        if confirmed - self.present:
            raise refused("ACCESS_NOT_MEMBER", field="person_ids")
        if confirmed != self.present:
            raise refused("ACCESS_NOT_ALL", field="person_ids")
        return [AccessReviewed(person_ids=tuple(sorted(confirmed)), reviewed_on=on)]

    def record_coordination(self, said: Coordination) -> list[Event]:
        """What is known of a child coordinator and an individual plan. Raises Refused and Conflict."""
        if said.coordinator_id is not None and said.child_coordinator is not HasOne.YES:
            raise refused("LINK_WITHOUT_YES", field="coordinator_id")
        if said.plan_ref is not None and said.individual_plan is not HasOne.YES:
            raise refused("LINK_WITHOUT_YES", field="plan_ref")
        if said.coordinator_id is not None and self.member(said.coordinator_id) is None:
            raise refused("COORDINATOR_NOT_MEMBER", field="coordinator_id")
        if self.coordination is not None and replace(said, recorded_on=self.coordination.recorded_on) == (
            self.coordination
        ):
            raise conflict("NOTHING_CHANGED")
        told = {name: getattr(said, name) for name in said.__struct_fields__}
        return [CoordinationRecorded(**told)]

    def bar(self, other_case_id: str, *, bar_id: str, on: date) -> list[Event]:
        """The youth is not to meet the youth of another case. Raises Refused and Conflict."""
        if other_case_id == self.case_id:
            raise refused("SAME_CASE", field="other_case_id")
        if other_case_id in self.barred:
            raise conflict("BARRED_ALREADY", field="other_case_id")
        return [NoContactSet(bar_id=bar_id, other_case_id=other_case_id, set_on=on)]

    def lift_bar(self, other_case_id: str, *, on: date) -> list[Event]:
        """They may meet again. Raises Conflict."""
        bar_id = self.barred.get(other_case_id)
        if bar_id is None:
            raise conflict("NOT_BARRED", field="other_case_id")
        return [NoContactLifted(bar_id=bar_id, other_case_id=other_case_id, lifted_on=on)]

    @property
    def youths(self) -> frozenset[str]:
        """The youth of the case, as a member of their own group."""
        return frozenset(m.person_id for m in self.memberships if m.function is Function.YOUTH)

    def after(self, event: Event) -> Group:
        """The group after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case MemberJoined():
                joined = Membership(
                    person_id=event.person_id,
                    agency=event.agency,
                    function=event.function,
                    joined_on=event.joined_on,
                )
                return replace(changed, memberships=(*self.memberships, joined))
            case MemberFunctionChanged():
                return changed._with(event.person_id, function=event.function)
            case MemberLeft():
                return changed._with(event.person_id, left_on=event.left_on)
            case SecrecyDeclared():
                return changed._with(event.person_id, declared=event.text_version)
            case CertificateShown():
                return changed._with(event.person_id, certificate_on=event.shown_on)
            case CoordinationRecorded():
                said = {name: getattr(event, name) for name in event.__struct_fields__}
                return replace(changed, coordination=Coordination(**said))
            case NoContactSet():
                return replace(changed, barred={**self.barred, event.other_case_id: event.bar_id})
            case NoContactLifted():
                rest = {case: bar for case, bar in self.barred.items() if case != event.other_case_id}
                return replace(changed, barred=rest)
            case _:
                return changed

    def _with(self, person_id: str, **changes: object) -> Group:
        """The group with the present membership of one person changed."""
        return replace(
            self,
            memberships=tuple(
                replace(m, **changes) if m.person_id == person_id and m.left_on is None else m
                for m in self.memberships
            ),
        )


def is_mentor(agency: Agency, function: Function) -> bool:
    """True for those who meet the youth alone and must show a police certificate first (politiregisterforskriften § 34-15)."""
    return agency is Agency.MENTOR or function is Function.MENTOR
