"""What each event changes in the view of its case. Total: an event about something unknown fails nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec

from schemas.address_protection import PROTECTION_EVENTS
from schemas.case import (
    CaseClosed,
    CaseLeadChanged,
    CaseOpened,
    CasePaused,
    CaseResumed,
    CaseTransferred,
    CaseWoundUp,
)
from schemas.codes import Agency, DocumentClass
from schemas.consent import (
    ConsentExpired,
    ConsentGiven,
    ConsentLapsed,
    ConsentRefused,
    ConsentRequested,
    ConsentSignerExcused,
    ConsentSuperseded,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.contract import ContractRegistered, ContractStarted
from schemas.correction import CORRECTIONS, RegistrationRedacted
from schemas.deadline import (
    DeadlineCancelled,
    DeadlineMet,
    DeadlineMoved,
    DeadlinePassed,
    DeadlineReopened,
    DeadlineScheduled,
)
from schemas.decision import AftercareChecked
from schemas.deviation import (
    DeviationAssessed,
    DeviationDismissed,
    DeviationEscalated,
    DeviationFollowedUp,
    DeviationReported,
    DeviationResolved,
    DeviationStepSkipped,
    YouthAccountRecorded,
)
from schemas.document import DocumentFinalised, PrivateNotesPurged
from schemas.evaluation import EvaluationHeld
from schemas.event import Event, Fact
from schemas.information import InformationRecorded
from schemas.network_group import (
    MemberFunctionChanged,
    MemberJoined,
    MemberLeft,
    NetworkGroupFormed,
    SecrecyDeclared,
)
from schemas.sanction import ProsecutionAcceptanceRecorded, YouthPlanAdopted
from services.portal.domain.case_view import (
    CaseView,
    Consent,
    ConsentAnswer,
    Deadline,
    Deviation,
    DeviationState,
    Item,
    Member,
    Standing,
)
from services.portal.domain.contract_changes import CONTRACT_CHANGES
from services.portal.domain.keeping import change_one, put
from services.portal.domain.meeting_changes import MEETING_CHANGES
from services.portal.domain.newer import newer
from services.portal.domain.plan_changes import PLAN_CHANGES
from services.portal.domain.sections import SECTION_CHANGES

S = TypeVar("S", bound=msgspec.Struct)
replace = msgspec.structs.replace
Change = Callable[[CaseView, Any, Fact], CaseView]


def after(view: CaseView, fact: Fact) -> CaseView:
    """The view when this event has happened too."""
    kind = type(fact.event)
    change = CHANGES.get(kind)
    changed = view if change is None else change(view, fact.event, fact)
    for section, change_section in SECTION_CHANGES.get(kind, ()):
        known = changed.section(section)
        state = change_section(known, fact.event, fact)
        if state != known:
            changed = changed.with_section(state)
    if kind in CORRECTIONS:
        changed = newer(changed, fact)
    counts = _counts(kind)
    if counts.parts is not None:
        changed = _counted(changed, fact.event, *counts.parts)
    return replace(changed, events=view.events + 1, version=changed.version + counts.case)


class Counts(NamedTuple):
    """Whose version an event makes one higher: the case's, by this much, and that of one of its parts, by where they lie and their key."""

    case: int
    parts: tuple[str, str] | None = None


@cache
def _counts(kind: type[Event]) -> Counts:
    case = int(issubclass(kind, CASE_VERSION))
    if kind is EvaluationHeld or (kind.type.startswith("contract.") and kind is not ContractRegistered):
        return Counts(case, ("contracts", "contract_id"))
    if kind.type.startswith(OF_DEVIATIONS) and kind is not DeviationReported:
        return Counts(case, ("deviations", "deviation_id"))
    return Counts(case)


def _counted(view: CaseView, event: Event, where: str, key: str) -> CaseView:
    """Versions go up as the owners count them."""
    parts = change_one(getattr(view, where), key, getattr(event, key, ""), _one_higher)
    return replace(view, **{where: parts})


def _one_higher(one: S) -> S:
    return replace(one, version=one.version + 1)  # type: ignore[attr-defined]


def _opened(view: CaseView, event: CaseOpened, fact: Fact) -> CaseView:
    return replace(
        view,
        programme=event.programme,
        municipality_no=event.municipality_no,
        owner_agency=event.owner_agency,
        lead_id=event.lead_id,
        youth_id=event.youth_id,
        opened_at=fact.envelope.time,
    )


def _closed(view: CaseView, event: CaseClosed, _: Fact) -> CaseView:
    return replace(view, closed_on=event.closed_on, outcome=event.outcome)


def _wound_up(view: CaseView, event: CaseWoundUp, _: Fact) -> CaseView:
    return replace(view, wound_up_on=event.wound_up_on, paused_until=None)


def _transferred(view: CaseView, event: CaseTransferred, _: Fact) -> CaseView:
    return replace(view, moved_to=event.to_municipality_no)


def _lead_changed(view: CaseView, event: CaseLeadChanged, _: Fact) -> CaseView:
    note = event.hand_over.note_ref
    return replace(view, lead_id=event.to_id, owner_agency=event.to_agency, hand_over_ref=note)


def _paused(view: CaseView, event: CasePaused, _: Fact) -> CaseView:
    return replace(view, paused_until=event.until_on)


def _resumed(view: CaseView, _event: CaseResumed, _: Fact) -> CaseView:
    return replace(view, paused_until=None)


def _formed(view: CaseView, event: NetworkGroupFormed, _: Fact) -> CaseView:
    return replace(view, group_id=event.group_id)


def _joined(view: CaseView, event: MemberJoined, _: Fact) -> CaseView:
    member = Member(
        person_id=event.person_id, agency=event.agency, function=event.function, joined_on=event.joined_on
    )
    return replace(view, members=put(view.members, "person_id", member))


def _function_changed(view: CaseView, event: MemberFunctionChanged, _: Fact) -> CaseView:
    def change(member: Member) -> Member:
        return replace(member, function=event.function)

    return replace(view, members=change_one(view.members, "person_id", event.person_id, change))


def _left(view: CaseView, event: MemberLeft, _: Fact) -> CaseView:
    def leave(member: Member) -> Member:
        return replace(member, left_on=event.left_on, reason=event.reason)

    return replace(view, members=change_one(view.members, "person_id", event.person_id, leave))


def _declared(view: CaseView, event: SecrecyDeclared, fact: Fact) -> CaseView:
    def declare(member: Member) -> Member:
        return replace(member, secrecy_declared_at=fact.envelope.time)

    return replace(view, members=change_one(view.members, "person_id", event.person_id, declare))


def _protected(view: CaseView, event: Event, _: Fact) -> CaseView:
    return replace(view, protection=view.protection.after(event))


def _requested(view: CaseView, event: ConsentRequested, _: Fact) -> CaseView:
    consent = Consent(
        consent_id=event.consent_id,
        kind=event.kind,
        from_agencies=event.from_agencies,
        to_agencies=event.to_agencies,
        categories=event.categories,
        purpose=event.purpose,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        answers=tuple(
            ConsentAnswer(person_id=signer.person_id, role=signer.role) for signer in event.signers
        ),
    )
    return replace(view, consents=put(view.consents, "consent_id", consent))


def _given(view: CaseView, event: ConsentGiven, _: Fact) -> CaseView:
    answer = ConsentAnswer(
        person_id=event.person_id, role=event.role, method=event.method, given_on=event.given_on
    )
    return _answered(view, event.consent_id, answer)


def _withdrawn(view: CaseView, event: ConsentWithdrawn, fact: Fact) -> CaseView:
    if event.only_to is not None:
        return _taken_out(view, event, event.only_to)
    answer = ConsentAnswer(person_id=event.person_id, role=event.role, withdrawn_at=fact.envelope.time)
    return _answered(view, event.consent_id, answer)


def _taken_out(view: CaseView, event: ConsentWithdrawn, receivers: tuple[Agency, ...]) -> CaseView:
    def take_answer(answer: ConsentAnswer) -> ConsentAnswer:
        return replace(answer, not_to=(*answer.not_to, *receivers))

    def take(consent: Consent) -> Consent:
        return replace(
            consent, answers=change_one(consent.answers, "person_id", event.person_id, take_answer)
        )

    return replace(view, consents=change_one(view.consents, "consent_id", event.consent_id, take))


def _refused(view: CaseView, event: ConsentRefused, fact: Fact) -> CaseView:
    answer = ConsentAnswer(person_id=event.person_id, role=event.role, refused_at=fact.envelope.time)
    return _answered(view, event.consent_id, answer)


def _excused(view: CaseView, event: ConsentSignerExcused, _: Fact) -> CaseView:
    def take(consent: Consent) -> Consent:
        answers = (replace(a, excused=True) if a.person_id == event.person_id else a for a in consent.answers)
        return replace(consent, answers=tuple(answers))

    return replace(view, consents=change_one(view.consents, "consent_id", event.consent_id, take))


def _over(view: CaseView, event: ConsentExpired | ConsentLapsed | ConsentSuperseded, _: Fact) -> CaseView:
    def take(consent: Consent) -> Consent:
        return replace(consent, over=True)

    return replace(view, consents=change_one(view.consents, "consent_id", event.consent_id, take))


def _answered(view: CaseView, consent_id: str, answer: ConsentAnswer) -> CaseView:
    def take(consent: Consent) -> Consent:
        answers = tuple(answer if a.person_id == answer.person_id else a for a in consent.answers)
        return replace(consent, answers=answers)

    return replace(view, consents=change_one(view.consents, "consent_id", consent_id, take))


def _effect(view: CaseView, event: EffectiveConsentChanged, _: Fact) -> CaseView:
    def take(consent: Consent) -> Consent:
        return replace(consent, effect=event.after)

    return replace(view, consents=change_one(view.consents, "consent_id", event.consent_id, take))


def _deviation(view: CaseView, event: DeviationReported, fact: Fact) -> CaseView:
    deviation = Deviation(
        deviation_id=event.deviation_id,
        kind=event.kind,
        severity=event.severity,
        happened_on=event.happened_on,
        reporter_id=event.reporter_id,
        reporter_agency=event.reporter_agency,
        reported_at=fact.envelope.time,
        text_ref=event.text_ref,
    )
    return replace(view, deviations=put(view.deviations, "deviation_id", deviation))


def _assessed(view: CaseView, event: DeviationAssessed, _: Fact) -> CaseView:
    return _judged(view, event.deviation_id, state=DeviationState.ASSESSED, severity=event.severity)


def _resolved(view: CaseView, event: DeviationResolved, _: Fact) -> CaseView:
    return _judged(view, event.deviation_id, state=DeviationState.RESOLVED)


def _followed_up(view: CaseView, event: DeviationFollowedUp, _: Fact) -> CaseView:
    known = view.deviation(event.deviation_id)
    steps = (*(known.steps if known else ()), event.step)
    return _judged(view, event.deviation_id, state=DeviationState.FOLLOWED_UP, steps=steps)


def _skipped(view: CaseView, event: DeviationStepSkipped, _: Fact) -> CaseView:
    known = view.deviation(event.deviation_id)
    return _judged(view, event.deviation_id, skipped=(*(known.skipped if known else ()), event.step))


def _told(view: CaseView, event: YouthAccountRecorded, _: Fact) -> CaseView:
    return _judged(view, event.deviation_id, account=True, account_ref=event.text_ref)


def _escalated(view: CaseView, event: DeviationEscalated, _: Fact) -> CaseView:
    return _judged(view, event.deviation_id, state=DeviationState.ESCALATED)


def _dismissed(view: CaseView, event: DeviationDismissed, _: Fact) -> CaseView:
    return _judged(view, event.deviation_id, state=DeviationState.DISMISSED)


def _judged(view: CaseView, deviation_id: str, **changes: Any) -> CaseView:
    def take(deviation: Deviation) -> Deviation:
        return replace(deviation, **changes)

    return replace(view, deviations=change_one(view.deviations, "deviation_id", deviation_id, take))


def _recorded(view: CaseView, event: InformationRecorded, fact: Fact) -> CaseView:
    item = Item(
        ref=event.ref,
        about_id=event.about_id,
        category=event.category,
        from_agency=event.from_agency,
        author_id=event.author_id,
        recorded_at=fact.envelope.time,
        document_class=event.document_class,
    )
    if event.replaces is not None:
        view = _item(view, event.replaces, gone=True)
    return replace(view, items=put(view.items, "ref", item))


def _finalised(view: CaseView, event: DocumentFinalised, _: Fact) -> CaseView:
    return _item(view, event.ref, document_class=DocumentClass.FINAL)


def _redacted(view: CaseView, event: RegistrationRedacted, _: Fact) -> CaseView:
    return _item(view, event.ref, redacted=True)


def _purged(view: CaseView, event: PrivateNotesPurged, _: Fact) -> CaseView:
    for ref in event.refs:
        view = _item(view, ref, gone=True)
    return view


def _item(view: CaseView, ref: str, **changes: Any) -> CaseView:
    def take(item: Item) -> Item:
        return replace(item, **changes)

    return replace(view, items=change_one(view.items, "ref", ref, take))


def _reopened(view: CaseView, event: DeadlineReopened, _: Fact) -> CaseView:
    changes = {"due_on": event.due_on, "passes_at": event.passes_at, "owner_id": event.owner_id}
    return _deadline(view, event.deadline_id, standing=Standing.OPEN, **changes)


def _scheduled(view: CaseView, event: DeadlineScheduled, _: Fact) -> CaseView:
    deadline = Deadline(
        deadline_id=event.deadline_id,
        kind=event.kind,
        due_on=event.due_on,
        passes_at=event.passes_at,
        owner_id=event.owner_id,
        about_id=event.about_id,
    )
    return replace(view, deadlines=put(view.deadlines, "deadline_id", deadline))


def _passed(view: CaseView, event: DeadlinePassed, _: Fact) -> CaseView:
    return _deadline(view, event.deadline_id, standing=Standing.PASSED)


def _met(view: CaseView, event: DeadlineMet, _: Fact) -> CaseView:
    return _deadline(view, event.deadline_id, standing=Standing.MET, late=event.late)


def _cancelled(view: CaseView, event: DeadlineCancelled, _: Fact) -> CaseView:
    return _deadline(view, event.deadline_id, standing=Standing.CANCELLED)


def _moved(view: CaseView, event: DeadlineMoved, _: Fact) -> CaseView:
    changes = {"due_on": event.due_on, "passes_at": event.passes_at, "owner_id": event.owner_id}
    return _deadline(view, event.deadline_id, standing=Standing.OPEN, **changes)


def _deadline(view: CaseView, deadline_id: str, **changes: Any) -> CaseView:
    def take(deadline: Deadline) -> Deadline:
        return replace(deadline, **changes)

    return replace(view, deadlines=change_one(view.deadlines, "deadline_id", deadline_id, take))


OF_DEVIATIONS = ("deviation.", "youth_account.")
CASE_VERSION = (
    ContractStarted,
    YouthPlanAdopted,
    ProsecutionAcceptanceRecorded,
    AftercareChecked,
    CasePaused,
    CaseResumed,
    CaseWoundUp,
    CaseLeadChanged,
    CaseTransferred,
    CaseClosed,
)
"""What makes the case's own version one higher."""
CHANGES: dict[type[Event], Change] = {
    **CONTRACT_CHANGES,
    **PLAN_CHANGES,
    CaseOpened: _opened,
    CaseClosed: _closed,
    CaseLeadChanged: _lead_changed,
    CasePaused: _paused,
    CaseResumed: _resumed,
    CaseWoundUp: _wound_up,
    CaseTransferred: _transferred,
    NetworkGroupFormed: _formed,
    MemberJoined: _joined,
    MemberLeft: _left,
    MemberFunctionChanged: _function_changed,
    SecrecyDeclared: _declared,
    **dict.fromkeys(PROTECTION_EVENTS, _protected),
    **MEETING_CHANGES,
    ConsentRequested: _requested,
    ConsentGiven: _given,
    ConsentWithdrawn: _withdrawn,
    ConsentRefused: _refused,
    ConsentSignerExcused: _excused,
    ConsentExpired: _over,
    ConsentLapsed: _over,
    ConsentSuperseded: _over,
    EffectiveConsentChanged: _effect,
    DeviationReported: _deviation,
    DeviationAssessed: _assessed,
    DeviationResolved: _resolved,
    DeviationDismissed: _dismissed,
    DeviationFollowedUp: _followed_up,
    DeviationStepSkipped: _skipped,
    YouthAccountRecorded: _told,
    DeviationEscalated: _escalated,
    InformationRecorded: _recorded,
    DeadlineScheduled: _scheduled,
    DeadlineMoved: _moved,
    DeadlineReopened: _reopened,
    DocumentFinalised: _finalised,
    RegistrationRedacted: _redacted,
    PrivateNotesPurged: _purged,
    DeadlinePassed: _passed,
    DeadlineMet: _met,
    DeadlineCancelled: _cancelled,
}
"""What changes a case; all other events only make its history longer."""
