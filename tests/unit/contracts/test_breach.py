"""The steps after a breach, what the youth is told and may answer, and what stands beside a case."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from backbone.refusal import NotFound, Refused
from schemas.breach import (
    BreachConversationHeld,
    CaseReturnedToProsecution,
    CaseTransferredToKriminalomsorgen,
    OralWarningGiven,
)
from schemas.case import CaseOpened
from schemas.codes import AgeBand, Agency, CriminalTrack, LadderStep, Programme
from schemas.event import Event
from schemas.sanction import Safeguards, YouthPlanTerminated
from schemas.sanction_codes import (
    AftercareCheck,
    AftercareOutcome,
    BreachOutcome,
    ComplaintOutcome,
    Counsel,
    DecisionKind,
    DeliveryMethod,
    LeaveRefusal,
    OffenceSeverity,
    PlanEnding,
)
from services.contracts.domain.breach import SendOn, converse, report_offence, send_on, warn
from services.contracts.domain.case import Case, CaseStatus
from services.contracts.domain.deviation import Deviation, DeviationStatus, suggested_step
from services.contracts.domain.papers import answer_complaint, answer_leave, ask_leave, complain, deliver
from services.contracts.domain.track import check_aftercare, record_acceptance
from services.contracts.domain.youth_plan import PlanStatus, YouthPlan
from tests.unit.contracts.builders import CASE, LEAD, TODAY
from tests.unit.contracts.plan_builders import (
    ADOPTED,
    GUARDED,
    a_breach,
    a_penalty,
    after,
    breach_after,
    found_suitable,
    received,
    running,
)

ON = ADOPTED + timedelta(days=10)
FOLLOW_UP = Programme.YOUTH_FOLLOW_UP
UNTOLD = Safeguards(guardians_told=False, counsel=Counsel.TOLD)


def a_warning(plan: YouthPlan | None = None, **changes: Any) -> list[Event]:
    usual: dict[str, Any] = {"by": LEAD, "given_on": ON, "text_ref": "note", "today": ON}
    breach = changes.pop("breach", None) or a_breach()
    return warn(plan or running(), breach, **{**usual, **changes})


def a_conversation(**changes: Any) -> list[Event]:
    usual: dict[str, Any] = {
        "held_on": ON,
        "outcome": BreachOutcome.STRICTER_TERMS,
        "safeguards": GUARDED,
        "age_band": AgeBand.AGE_16_17,
        "text_ref": "t",
        "today": ON,
    }
    breach = changes.pop("breach", None) or a_breach()
    return converse(running(), breach, **{**usual, **changes})


def sent(
    plan: YouthPlan | None = None,
    *,
    to: Agency = Agency.PATALEMYNDIGHET,
    reason: PlanEnding = PlanEnding.BREACH,
    deviation: Deviation | None = None,
    decision_ref: str | None = "decision",
    safeguards: Safeguards = GUARDED,
) -> list[Event]:
    asked = SendOn(to=to, reason=reason, decision_ref=decision_ref, safeguards=safeguards)
    return send_on(plan or running(), asked, deviation=deviation, age_band=AgeBand.AGE_16_17, today=ON)


def test_the_ladder_is_walked_step_by_step_by_people_and_the_system_only_suggests() -> None:
    breach = a_breach()
    assert suggested_step(breach, FOLLOW_UP) is LadderStep.U1_ORAL_WARNING
    warning = a_warning(breach=breach)
    assert isinstance(warning[0], OralWarningGiven)
    breach = breach_after(breach, *warning)
    assert suggested_step(breach, FOLLOW_UP) is LadderStep.U2_BREACH_TALK
    talk = a_conversation(breach=breach)
    assert isinstance(talk[0], BreachConversationHeld)
    breach = breach_after(breach, *talk)
    assert suggested_step(breach, FOLLOW_UP) is LadderStep.U3_STRICTER_TERMS
    assert breach.steps == (LadderStep.U1_ORAL_WARNING, LadderStep.U2_BREACH_TALK)
    assert after(running(), *warning).papers.warned == ("breach",)


def test_a_step_of_the_sanctions_has_its_own_form_and_is_not_merely_ticked() -> None:
    with pytest.raises(Refused, match="STEP_HAS_FORM"):
        a_breach().follow_up(LadderStep.U1_ORAL_WARNING, FOLLOW_UP, today=ON)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("WARNING_NOTE_MISSING", {"text_ref": None}),
        ("STEP_DATE", {"given_on": ON + timedelta(days=1)}),
        ("STEP_DATE", {"given_on": ADOPTED}),
        ("NOT_ASSESSED", {"breach": a_breach(judged=False)}),
        ("ACCOUNT_MISSING", {"breach": a_breach(told=False)}),
        ("DEVIATION_OF_OTHER_PLAN", {"breach": a_breach(contract_id="another")}),
    ],
)
def test_what_is_refused_in_a_warning(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        a_warning(**changes)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("GUARDIANS_NOT_TOLD", {"safeguards": UNTOLD}),
        ("STEP_DATE", {"held_on": ON + timedelta(days=1)}),
        ("NOT_ASSESSED", {"breach": a_breach(judged=False)}),
    ],
)
def test_what_is_refused_in_a_breach_conversation(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        a_conversation(**changes)
    assert a_conversation(safeguards=UNTOLD, age_band=AgeBand.ADULT)


def test_a_broken_follow_up_goes_back_to_the_prosecution_and_ends_here() -> None:
    breach = a_breach()
    events = sent(deviation=breach)
    assert isinstance(events[0], CaseReturnedToProsecution)
    assert isinstance(events[1], YouthPlanTerminated)
    over = breach_after(breach, *events)
    assert (over.status, over.steps) == (DeviationStatus.ESCALATED, (LadderStep.U5_END,))
    assert after(running(), *events).status is PlanStatus.TERMINATED


def test_a_broken_penalty_goes_to_kriminalomsorgen_and_nowhere_else() -> None:
    plan = a_running_penalty()
    with pytest.raises(Refused, match="PENALTY_GOES_TO_CORRECTIONS"):
        sent(plan, deviation=a_breach())
    with pytest.raises(Refused, match="FOLLOW_UP_GOES_BACK"):
        sent(to=Agency.KRIMINALOMSORG, deviation=a_breach())
    first = sent(plan, to=Agency.KRIMINALOMSORG, deviation=a_breach())[0]
    assert isinstance(first, CaseTransferredToKriminalomsorgen)


def a_running_penalty() -> YouthPlan:
    plan = received(a_penalty())
    return running(after(plan, *found_suitable(plan)))


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("BREACH_MISSING", {"deviation": None}),
        ("DECISION_MISSING", {"deviation": a_breach(), "decision_ref": None}),
        ("GUARDIANS_NOT_TOLD", {"deviation": a_breach(), "safeguards": UNTOLD}),
        ("NOT_ASSESSED", {"deviation": a_breach(judged=False)}),
        ("ACCOUNT_MISSING", {"deviation": a_breach(told=False)}),
        ("DEVIATION_OF_OTHER_PLAN", {"deviation": a_breach(contract_id="another")}),
        ("NOT_SENT_ON_FOR_THAT", {"reason": PlanEnding.MOVED}),
        ("PLAN_ADOPTED_ALREADY", {"reason": PlanEnding.NOT_SUITABLE}),
    ],
)
def test_what_is_refused_when_a_case_is_sent_on(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        sent(**changes)


def test_a_plan_that_cannot_begin_is_sent_back_without_a_breach_and_nothing_is_sent_twice() -> None:
    events = sent(received(), reason=PlanEnding.CONSENT_LACKING)
    over = after(received(), *events)
    assert (over.status, over.ending) == (PlanStatus.TERMINATED, PlanEnding.CONSENT_LACKING)
    with pytest.raises(Refused, match="PLAN_OVER"):
        sent(over, reason=PlanEnding.CONSENT_LACKING)
    with pytest.raises(Refused, match="PLAN_OVER"):
        a_warning(after(running(), *sent(deviation=a_breach())))


def test_a_new_offence_changes_nothing_by_itself() -> None:
    plan = running()
    asked: dict[str, Any] = {
        "severity": OffenceSeverity.SERIOUS,
        "reported_by": Agency.POLITI_FOREBYGGENDE,
        "text_ref": None,
        "today": ON,
    }
    (event,) = report_offence(plan, "o", **asked)
    later = after(plan, event)
    assert (later.status, later.versions) == (plan.status, plan.versions)
    with pytest.raises(Refused, match="OFFENCE_EXISTS"):
        report_offence(later, "o", **asked)
    with pytest.raises(Refused, match="PLAN_OVER"):
        report_offence(after(plan, *sent(deviation=a_breach())), "o", **asked)


def told(plan: YouthPlan, **changes: Any) -> list[Event]:
    usual: dict[str, Any] = {
        "kind": DecisionKind.STRICTER_TERMS,
        "delivered_on": ON,
        "method": DeliveryMethod.IN_MEETING,
        "rights_told": True,
        "letter_ref": "letter",
        "today": ON,
    }
    return deliver(plan, "decision", **{**usual, **changes})


def test_a_decision_is_told_with_the_right_to_complain_and_of_free_legal_advice() -> None:
    plan = running()
    with pytest.raises(Refused, match="RIGHTS_NOT_TOLD"):
        told(plan, rights_told=False)
    with pytest.raises(Refused, match="DELIVERED_DATE"):
        told(plan, delivered_on=ON + timedelta(days=1))
    with pytest.raises(Refused, match="DECISION_EXISTS"):
        told(after(plan, *told(plan)))


def test_a_complaint_is_about_a_decision_and_answered_once_also_after_the_end() -> None:
    plan = running()
    asked: dict[str, Any] = {"received_on": ON, "text_ref": "t", "today": ON}
    with pytest.raises(Refused, match="DECISION_UNKNOWN"):
        complain(plan, "c", decision_id="decision", **asked)
    plan = after(plan, *told(plan), *sent(deviation=a_breach()))
    plan = after(plan, *complain(plan, "c", decision_id="decision", **asked))
    with pytest.raises(Refused, match="COMPLAINT_EXISTS"):
        complain(plan, "c", decision_id="decision", **asked)
    with pytest.raises(Refused, match="HAPPENED_IN_FUTURE"):
        complain(plan, "c2", decision_id="decision", **{**asked, "received_on": ON + timedelta(days=1)})
    stands = ComplaintOutcome.DECISION_STANDS
    plan = after(plan, *answer_complaint(plan, "c", stands, text_ref=None, today=ON))
    with pytest.raises(Refused, match="COMPLAINT_ANSWERED"):
        answer_complaint(plan, "c", stands, text_ref=None, today=ON)
    with pytest.raises(NotFound):
        answer_complaint(plan, "none", stands, text_ref=None, today=ON)


def test_leave_to_travel_is_given_or_refused_with_a_reason() -> None:
    plan = running()
    days: dict[str, Any] = {
        "leaves_on": ON + timedelta(days=30),
        "returns_on": ON + timedelta(days=37),
        "asked_on": ON,
        "text_ref": None,
        "today": ON,
    }
    with pytest.raises(Refused, match="PLAN_NOT_RUNNING"):
        ask_leave(received(), "l", **days)
    with pytest.raises(Refused, match="LEAVE_DATES"):
        ask_leave(plan, "l", **{**days, "returns_on": ON})
    plan = after(plan, *ask_leave(plan, "l", **days))
    with pytest.raises(Refused, match="LEAVE_EXISTS"):
        ask_leave(plan, "l", **days)
    for granted, reason in ((False, None), (True, LeaveRefusal.ASKED_TOO_LATE)):
        with pytest.raises(Refused, match="LEAVE_REASON_MISSING"):
            answer_leave(plan, "l", granted=granted, reason=reason, today=ON)
    plan = after(plan, *answer_leave(plan, "l", granted=True, reason=None, today=ON))
    with pytest.raises(Refused, match="LEAVE_ANSWERED"):
        answer_leave(plan, "l", granted=True, reason=None, today=ON)


def a_case(programme: Programme = Programme.FA_YOUTH_CONTRACT, **changes: Any) -> Case:
    opened = CaseOpened(
        programme=programme,
        municipality_no="1804",
        owner_agency=Agency.FELLES_ANSVAR,
        lead_id=LEAD,
        youth_id="youth",
    )
    return replace(Case.opened(CASE, opened, on=TODAY), **changes)


def test_the_prosecutions_yes_needs_a_confession_and_is_for_contracts_only() -> None:
    asked: dict[str, Any] = {"answered_on": TODAY, "answer_ref": "a", "today": TODAY}
    case = a_case()
    with pytest.raises(Refused, match="ADMISSION_MISSING"):
        record_acceptance(case, accepted=True, admitted=False, **asked)
    with pytest.raises(Refused, match="SANCTION_IS_DECIDED"):
        record_acceptance(a_case(FOLLOW_UP), accepted=True, admitted=True, **asked)
    (yes,) = record_acceptance(case, accepted=True, admitted=True, **asked)
    assert case.after(yes).criminal_track is CriminalTrack.ALTERNATIVE_ACCEPTED
    (no,) = record_acceptance(case, accepted=False, admitted=False, **asked)
    assert case.after(no).criminal_track is CriminalTrack.NONE
    with pytest.raises(Refused, match="HAPPENED_IN_FUTURE"):
        record_acceptance(
            case, accepted=False, admitted=False, **{**asked, "answered_on": TODAY + timedelta(days=1)}
        )


def test_aftercare_comes_after_the_end_once_each_and_may_be_declined() -> None:
    asked: dict[str, Any] = {"checked_on": TODAY, "text_ref": None, "today": TODAY}
    month, declined = AftercareCheck.ONE_MONTH, AftercareOutcome.DECLINED
    with pytest.raises(Refused, match="AFTERCARE_BEFORE_END"):
        check_aftercare(a_case(), month, declined, **asked)
    case = a_case(status=CaseStatus.WINDING_UP)
    (event,) = check_aftercare(case, month, declined, **asked)
    with pytest.raises(Refused, match="AFTERCARE_DONE"):
        check_aftercare(case.after(event), month, declined, **asked)
    with pytest.raises(Refused, match="CASE_CLOSED"):
        check_aftercare(a_case(status=CaseStatus.CLOSED), month, declined, **asked)
