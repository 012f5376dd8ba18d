"""The view of a case says what its events have said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from schemas.case import CaseClosed, CaseOpened
from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    ConsentEffect,
    ConsentKind,
    EndingReason,
    Function,
    LeavingReason,
    MeetingKind,
    MeetingMode,
    Programme,
    ProtectionLevel,
    Purpose,
    Reason,
    SignerRole,
    SigningMethod,
    WithdrawalConsequence,
)
from schemas.consent import ConsentGiven, ConsentRequested, ConsentWithdrawn, EffectiveConsentChanged
from schemas.contract import (
    ContractChangeProposed,
    ContractRegistered,
    ContractRejected,
    ContractSignatureRegistered,
    ContractSigned,
    ContractStarted,
    Signer,
)
from schemas.deadline import DeadlineMet, DeadlinePassed, DeadlineScheduled
from schemas.deviation import DeviationReported
from schemas.event import NEWEST, Envelope, Event, Fact, decode
from schemas.example import example_of
from schemas.meeting import MeetingCalled, MeetingHeld
from schemas.network_group import MemberJoined, MemberLeft
from schemas.protection import AddressProtectionSet, ClearanceGiven
from services.contracts.domain.case import Case
from services.contracts.domain.contract import Contract
from services.contracts.domain.deviation import Deviation
from services.contracts.folds import OWN as contract_folds
from services.contracts.folds import on_case, on_contract, on_contract_and_case, on_deviation
from services.portal.domain.case_view import CaseView, Status
from services.portal.domain.changes import after
from services.portal.domain.sections.lost_consents import LostConsents
from services.portal.domain.tasks import TaskKind, tasks
from services.portal.repository import Reach

EVENTS = sorted(NEWEST.values(), key=lambda event: event.type)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
START, END = date(2026, 9, 1), date(2027, 3, 1)
SIGNERS = (
    Signer(person_id="youth", role=SignerRole.YOUTH),
    Signer(person_id="guardian", role=SignerRole.GUARDIAN),
)
OPENED = CaseOpened(
    programme=Programme.FA_YOUTH_CONTRACT,
    municipality_no="1804",
    owner_agency=Agency.KOMMUNE_SLT,
    lead_id="lead",
    youth_id="youth",
)
REGISTERED = ContractRegistered(
    contract_id="contract",
    programme=Programme.FA_YOUTH_CONTRACT,
    contract_version=1,
    youth_id="youth",
    age_band=AgeBand.AGE_15,
    reason=Reason.THEFT,
    starts_on=START,
    ends_on=END,
    goal_refs=("goal",),
    identity_refs=("identity",),
    signers=SIGNERS,
    members=(),
)
SIGNED = ContractSigned(contract_id="contract", contract_version=1, signed_on=START)
STARTED = ContractStarted(contract_id="contract", started_on=START, ends_on=END)


def told(*events: Event) -> CaseView:
    view = CaseView(case_id="case")
    for number, event in enumerate(events, start=1):
        view = after(view, fact(event, number))
    return view


def fact(event: Event, number: int = 1) -> Fact:
    envelope: Envelope = decode(example_of(type(event), sequence=number)).envelope
    return Fact(envelope, event)


def signature(person_id: str, role: SignerRole) -> ContractSignatureRegistered:
    return ContractSignatureRegistered(
        contract_id="contract", person_id=person_id, role=role, method=SigningMethod.PAPER, signed_on=START
    )


def joined(person_id: str, agency: Agency = Agency.SKOLE_GRUNN) -> MemberJoined:
    return MemberJoined(person_id=person_id, agency=agency, function=Function.SUPPORT_OWNER, joined_on=START)


def test_a_case_waits_for_signatures_until_everybody_has_signed() -> None:
    view = told(OPENED, REGISTERED, signature("youth", SignerRole.YOUTH))
    assert view.status is Status.AWAITING_SIGNATURES
    assert [task.kind for task in tasks(view, now=NOON)] == [TaskKind.SIGN]
    assert tasks(view, now=NOON)[0].number == 1


def test_nobody_is_asked_to_sign_a_contract_that_came_to_nothing_or_in_a_case_that_is_closed() -> None:
    rejected = ContractRejected(contract_id="contract", rejected_on=START)
    closed = CaseClosed(reason=EndingReason.REGISTERED_BY_MISTAKE, closed_on=START)
    assert tasks(told(OPENED, REGISTERED, rejected), now=NOON) == []
    assert tasks(told(OPENED, REGISTERED, closed), now=NOON) == []


def test_whoever_leads_is_told_who_waits_for_a_clearance_and_nobody_where_the_case_is_not_closed() -> None:
    guardian = MemberJoined(
        person_id="guardian", agency=Agency.PRIVATE_NETWORK, function=Function.GUARDIAN, joined_on=START
    )
    group = [OPENED, joined("teacher"), joined("police"), guardian]
    cleared = [ClearanceGiven(person_id=one, given_by="leader") for one in ("lead", "teacher")]
    closed = [*group, AddressProtectionSet(level=ProtectionLevel.CODE_6), *cleared]
    view = told(*closed)
    assert [one.person_id for one in view.members_not_cleared] == ["police"]
    assert [(task.kind, task.number) for task in tasks(view, now=NOON)] == [(TaskKind.ASK_CLEARANCE, 1)]
    only_the_address = AddressProtectionSet(level=ProtectionLevel.CODE_7)
    for over in (
        told(*group),
        told(*group, only_the_address),
        told(*closed, ClearanceGiven(person_id="police", given_by="leader")),
        told(*closed, MemberLeft(person_id="police", left_on=START, reason=next(iter(LeavingReason)))),
    ):
        assert over.members_not_cleared == ()
        assert tasks(over, now=NOON) == []


def test_a_new_version_waits_for_those_who_must_sign_it() -> None:
    proposed = ContractChangeProposed(
        contract_id="contract",
        to_version=2,
        proposed_on=START,
        ends_on=END,
        goal_refs=("goal",),
        clauses=(),
        signers=SIGNERS,
    )
    signed = [signature(signer.person_id, signer.role) for signer in SIGNERS]
    view = told(OPENED, REGISTERED, *signed, SIGNED, STARTED, proposed)
    assert (TaskKind.SIGN, len(SIGNERS)) in [(task.kind, task.number) for task in tasks(view, now=NOON)]


def test_a_signed_contract_waits_for_its_start_and_its_first_meeting() -> None:
    view = told(OPENED, REGISTERED, *(signature(s.person_id, s.role) for s in SIGNERS), SIGNED)
    assert view.status is Status.AWAITING_START
    assert [task.kind for task in tasks(view, now=NOON)] == [TaskKind.CALL_FIRST_MEETING]


def test_the_version_of_a_contract_counts_its_events() -> None:
    view = told(OPENED, REGISTERED, *(signature(s.person_id, s.role) for s in SIGNERS), SIGNED, STARTED)
    assert view.contract is not None
    assert view.contract.version == 5


def test_a_running_contract_is_over_the_day_after_its_last() -> None:
    view = told(OPENED, REGISTERED, SIGNED, STARTED)
    assert view.status_on(END) is Status.RUNNING
    assert view.status_on(END + timedelta(days=1)) is Status.ENDED


def test_a_closed_case_is_closed_whatever_the_day() -> None:
    closed = CaseClosed(reason=EndingReason.COMPLETED, closed_on=END)
    assert told(OPENED, REGISTERED, SIGNED, STARTED, closed).status_on(START) is Status.CLOSED


def test_who_has_left_is_no_member_any_more() -> None:
    left = MemberLeft(person_id="teacher", reason=LeavingReason.JOB_CHANGED, left_on=END)
    view = told(OPENED, joined("teacher"), joined("police"), left)
    assert [member.person_id for member in view.active_members] == ["police"]
    assert view.member("teacher") is None


def test_somebody_who_comes_back_is_a_member_again() -> None:
    left = MemberLeft(person_id="teacher", reason=LeavingReason.JOB_CHANGED, left_on=END)
    assert told(OPENED, joined("teacher"), left, joined("teacher")).member("teacher") is not None


def test_a_meeting_that_is_over_is_to_be_registered_until_it_is_held() -> None:
    called = MeetingCalled(
        meeting_id="meeting",
        kind=MeetingKind.NETWORK,
        mode=MeetingMode.IN_PERSON,
        starts_at=NOON - timedelta(hours=2),
        ends_at=NOON - timedelta(hours=1),
        zone="Europe/Oslo",
        invited=("teacher",),
    )
    held = MeetingHeld(
        meeting_id="meeting", kind=MeetingKind.NETWORK, held_on=START, present=("teacher",), absent=()
    )
    assert [task.kind for task in tasks(told(OPENED, called), now=NOON)] == [TaskKind.RECORD_MEETING]
    assert tasks(told(OPENED, called, held), now=NOON) == []


def test_a_withdrawn_consent_shows_who_took_it_back_and_what_it_is_worth() -> None:
    requested = ConsentRequested(
        consent_id="consent",
        kind=ConsentKind.SECRECY_RELEASE,
        youth_id="youth",
        from_agencies=(Agency.SKOLE_GRUNN,),
        to_agencies=(Agency.POLITI_FOREBYGGENDE,),
        categories=(Category.SCHOOL_ATTENDANCE,),
        purpose=Purpose.FOLLOW_UP,
        valid_from=START,
        valid_to=END,
        text_version="1",
        language="nb",
        signers=SIGNERS,
        signing_rules="1",
        requested_on=START,
    )
    given = [
        ConsentGiven(
            consent_id="consent",
            person_id=s.person_id,
            role=s.role,
            method=SigningMethod.PAPER,
            given_on=START,
        )
        for s in SIGNERS
    ]
    effect = EffectiveConsentChanged(
        consent_id="consent", before=ConsentEffect.NONE, after=ConsentEffect.EFFECTIVE
    )
    back = ConsentWithdrawn(
        consent_id="consent",
        person_id="youth",
        role=SignerRole.YOUTH,
        consequence=WithdrawalConsequence.SHARING_NARROWED,
    )
    none = EffectiveConsentChanged(
        consent_id="consent", before=ConsentEffect.EFFECTIVE, after=ConsentEffect.NONE
    )
    asked = told(OPENED, requested)
    assert [task.kind for task in tasks(asked, now=NOON)] == [TaskKind.ASK_CONSENT]
    before, later = (
        told(OPENED, requested, *given, effect),
        told(OPENED, requested, *given, effect, back, none),
    )
    assert before.consents[0].effect is ConsentEffect.EFFECTIVE
    assert not before.consents[0].withdrawn
    assert later.consents[0].withdrawn
    assert later.consents[0].effect is ConsentEffect.NONE
    assert [answer.withdrawn_at is not None for answer in later.consents[0].answers] == [True, False]


def test_a_consent_that_was_taken_back_for_some_goes_on_for_the_others_until_nobody_is_left() -> None:
    police, nav = Agency.POLITI_FOREBYGGENDE, Agency.NAV
    asked = decode(example_of(ConsentRequested)).event
    assert isinstance(asked, ConsentRequested)
    asked = msgspec.structs.replace(asked, consent_id="c", to_agencies=(police, nav), signers=SIGNERS)
    (youth, *_), narrowed = SIGNERS, WithdrawalConsequence.SHARING_NARROWED
    yes = decode(example_of(ConsentGiven)).event
    given = msgspec.structs.replace(yes, consent_id="c", person_id=youth.person_id)
    back = [
        ConsentWithdrawn(
            consent_id="c",
            person_id=youth.person_id,
            role=youth.role,
            consequence=narrowed,
            only_to=(receiver,),
        )
        for receiver in (police, nav)
    ]
    view = told(OPENED, asked, given, back[0])
    (consent,) = view.consents
    assert (consent.receivers_left, consent.withdrawn, consent.can_be_taken_back) == ((nav,), False, True)
    assert consent.answers[0].not_to == (police,)
    assert view.section(LostConsents).lost["c"].not_to == (police,)
    assert told(OPENED, asked, given, *back).consents[0].withdrawn


def test_a_passed_deadline_waits_until_it_is_met() -> None:
    scheduled = DeadlineScheduled(
        deadline_id="deadline",
        kind="D-01",
        due_on=START,
        zone="Europe/Oslo",
        passes_at=NOON,
        owner_id="lead",
        opened_by="event",
        catalogue_version="2026-11",
    )
    passed = DeadlinePassed(deadline_id="deadline", kind="D-01", due_on=START, owner_id="lead")
    met = DeadlineMet(deadline_id="deadline", kind="D-01", met_by="event", late=True)
    assert told(OPENED, scheduled).next_due_on == START
    assert [task.kind for task in tasks(told(OPENED, scheduled, passed), now=NOON)] == [
        TaskKind.DEADLINE_PASSED
    ]
    assert told(OPENED, scheduled, passed, met).next_due_on is None


def test_deadlines_of_one_kind_that_have_passed_are_one_thing_to_do() -> None:
    happened: list[Event] = [OPENED]
    for number, day in enumerate((START + timedelta(days=9), START), start=1):
        which = {"deadline_id": f"deadline-{number}", "kind": "D-06", "due_on": day, "owner_id": "lead"}
        more = {
            "zone": "Europe/Oslo",
            "passes_at": NOON,
            "opened_by": "event",
            "catalogue_version": "2026-11",
        }
        happened += [DeadlineScheduled(**which, **more), DeadlinePassed(**which)]  # type: ignore[arg-type]
    (task,) = tasks(told(*happened), now=NOON)
    assert (task.number, task.due_on, task.about) == (2, START, "deadline-2")


@pytest.mark.parametrize("event", EVENTS, ids=[event.type for event in EVENTS])
def test_an_event_about_something_unknown_fails_nothing(event: type[Event]) -> None:
    view = after(CaseView(case_id="case"), decode(example_of(event)))
    assert view.events == 1


def test_a_coordinator_reaches_the_cases_of_their_agency_in_their_municipalities() -> None:
    view = told(OPENED, joined("police", Agency.POLITI_FOREBYGGENDE))
    assert Reach("other", Agency.KOMMUNE_SLT, ("1804",)).covers(view)
    assert not Reach("other", Agency.KOMMUNE_SLT, ("1840",)).covers(view)
    assert not Reach("other", Agency.KONFLIKTRAAD, ("1804",)).covers(view)
    assert Reach("lead", Agency.KOMMUNE_SLT, ()).covers(view)


def test_a_leader_reaches_what_the_unit_takes_part_in_and_nothing_in_another_municipality() -> None:
    view = told(OPENED, joined("teacher", Agency.SKOLE_GRUNN))
    head = Reach("head", None, ("1804",), leads_for=Agency.SKOLE_GRUNN)
    assert head.covers(view)
    assert not head._replace(municipality_nos=("1841",)).covers(view)
    assert not head._replace(leads_for=Agency.SKOLE_VGS).covers(view)


def test_a_member_reaches_only_the_cases_they_are_in_now() -> None:
    left = MemberLeft(person_id="police", reason=LeavingReason.TASK_DONE, left_on=END)
    assert Reach("police").covers(told(OPENED, joined("police")))
    assert not Reach("police").covers(told(OPENED, joined("police"), left))
    assert not Reach("somebody").covers(told(OPENED, joined("police")))


class Weather(msgspec.Struct, frozen=True, kw_only=True):
    """A section of the tests."""

    days: tuple[date, ...] = ()


def test_a_section_keeps_what_it_knows_in_the_view_and_begins_empty() -> None:
    view = CaseView(case_id="case")
    assert view.section(Weather) == Weather()
    after_rain = view.with_section(Weather(days=(START,)))
    stored = msgspec.json.decode(msgspec.json.encode(after_rain), type=CaseView)
    assert stored.section(Weather) == Weather(days=(START,))


def test_a_section_is_changed_by_the_events_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(weather: Weather, event: ContractStarted, _: Fact) -> Weather:
        return Weather(days=(*weather.days, event.started_on))

    changes: dict[Any, Any] = {ContractStarted: [(Weather, started)]}
    monkeypatch.setattr("services.portal.domain.changes.SECTION_CHANGES", changes)
    event = ContractStarted(contract_id="contract", started_on=START, ends_on=END)
    view = after(CaseView(case_id="case"), Fact(decode(example_of(ContractStarted)).envelope, event))
    assert view.section(Weather).days == (START,)


@pytest.mark.parametrize(
    "event", [e for e in EVENTS if e.type.startswith(("case.", "contract.", "deviation."))]
)
def test_the_view_counts_versions_as_the_owner_of_a_thing_does(event: type[Event]) -> None:
    facts = [
        decode(example_of(CaseOpened)),
        decode(example_of(ContractRegistered)),
        decode(example_of(DeviationReported)),
    ]
    case_id = facts[0].envelope.case_id
    last = decode(example_of(event))
    assert isinstance(facts[1].event, ContractRegistered)
    assert isinstance(facts[2].event, DeviationReported)
    own = {"contract_id": facts[1].event.contract_id, "deviation_id": facts[2].event.deviation_id}
    named = {key: value for key, value in own.items() if hasattr(last.event, key)}
    if event in (CaseOpened, ContractRegistered, DeviationReported):
        return
    facts.append(Fact(last.envelope, msgspec.structs.replace(last.event, **named)))
    view, counted = CaseView(case_id=case_id), Counted()
    for fact in facts:
        view = after(view, fact)
        counted.take(fact)
    assert (view.version, view.contracts[0].version, view.deviations[0].version) == counted.versions


class Counted:
    """The versions as the contracts service counts them, through its own folds."""

    def __init__(self) -> None:
        self.case: Case | None = None
        self.contract: Contract | None = None
        self.deviation: Deviation | None = None

    def take(self, fact: Fact) -> None:
        """What the owner's folds do with this event."""
        event, case_id = fact.event, fact.envelope.case_id
        fold = contract_folds.get(type(event))
        if isinstance(event, CaseOpened):
            self.case = Case.opened(case_id, event, on=START)
        elif isinstance(event, ContractRegistered):
            self.contract = Contract.registered(case_id, event, on=START)
        elif isinstance(event, DeviationReported):
            self.deviation = Deviation.reported(case_id, event)
        if self.case and fold in (on_case, on_contract_and_case):
            self.case = self.case.after(event)
        if self.contract and fold in (on_contract, on_contract_and_case):
            self.contract = self.contract.after(event)
        if self.deviation and fold is on_deviation:
            self.deviation = self.deviation.after(event)

    @property
    def versions(self) -> tuple[int, int, int]:
        """Of the case, the contract and the deviation."""
        assert self.case
        assert self.contract
        assert self.deviation
        return self.case.version, self.contract.version, self.deviation.version
