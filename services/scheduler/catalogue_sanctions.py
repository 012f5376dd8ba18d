"""The rows of the catalogue that are about the youth sanctions, and the contacts after the end; joined to the others in `catalogue`."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Sentence
from schemas.breach import BreachConversationHeld
from schemas.codes import EvaluationKind, LadderStep, Programme
from schemas.contract import ContractCompleted, ContractEndedEarly
from schemas.decision import (
    AftercareChecked,
    ComplaintAnswered,
    ComplaintReceived,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.deviation import (
    DeviationAssessed,
    DeviationDismissed,
    DeviationEscalated,
    DeviationResolved,
    DeviationStepSkipped,
)
from schemas.evaluation import EvaluationHeld
from schemas.event import Event
from schemas.sanction import (
    SanctionReceived,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from schemas.sanction_codes import AftercareCheck
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import (
    Closing,
    Happened,
    Ladder,
    Length,
    Opening,
    Owner,
    Rule,
    Unit,
)

CD, WD, M = Unit.CD, Unit.WD, Unit.M
SANCTION_PROGRAMMES = (Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY)
PLAN_ENDED = (Closing(on=YouthPlanFulfilled), Closing(on=YouthPlanTerminated))
SANCTIONS: tuple[type[Event], ...] = (
    SanctionReceived,
    YouthPlanAdopted,
    YouthPlanTightened,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    BreachConversationHeld,
    DeviationEscalated,
    DeviationStepSkipped,
    DecisionDelivered,
    ComplaintReceived,
    ComplaintAnswered,
    TravelLeaveAsked,
    TravelLeaveAnswered,
    AftercareChecked,
)
"""What these rows follow beyond what every programme has."""


def _half_time(happened: Happened, _: CaseDeadlines) -> date | None:
    assert isinstance(happened.event, YouthPlanAdopted)
    plan = happened.event
    if plan.programme is not Programme.YOUTH_FOLLOW_UP:
        return None
    return plan.adopted_on + (plan.ends_on - plan.adopted_on) / 2


def _of_penalty(_: Happened, case: CaseDeadlines) -> bool:
    return case.programme is Programme.YOUTH_PENALTY


MIDWAY_OF_PLANS = (
    Opening(on=YouthPlanAdopted, counted_from=_half_time, length=Length(0, CD)),
    Opening(on=YouthPlanAdopted, since="adopted_on", when=_of_penalty, length=Length(6, M)),
    Opening(
        on=EvaluationHeld,
        since="held_on",
        where={"kind": EvaluationKind.MIDWAY},
        when=_of_penalty,
        length=Length(6, M),
    ),
)
"""Half-time of an ungdomsoppfølging; every six months of an ungdomsstraff."""


def _of_sanction(happened: Happened, case: CaseDeadlines) -> bool:
    """A breach that is more than a note."""
    assert isinstance(happened.event, DeviationAssessed)
    return case.programme in SANCTION_PROGRAMMES and happened.event.severity > 1


def _aftercare(kind: str, months: int, check: AftercareCheck, name: Sentence) -> Rule:
    return Rule(
        kind=kind,
        name=name,
        opens=(
            Opening(on=ContractCompleted, since="completed_on"),
            Opening(on=YouthPlanFulfilled, since="fulfilled_on"),
        ),
        lengths=(Length(months, M),),
        met_by=(Closing(on=AftercareChecked, day="checked_on", where={"check": check}),),
        cancelled_by=(Closing(on=ContractEndedEarly), Closing(on=YouthPlanTerminated)),
        owner=Owner.CONTACT_PERSON,
        source="aftercare is to be stronger after the sanctions; one and three months after the end, and for contracts too ★",
    )


SANCTION_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-02",
        name=Sentence("Ungdomsplan vedtatt", "Ungdomsplan vedteken", "Youth plan to be adopted"),
        opens=(Opening(on=SanctionReceived, since="received_on"),),
        lengths=(Length(30, CD, fast_track=True), Length(60, CD)),
        met_by=(Closing(on=YouthPlanAdopted, day="adopted_on"),),
        cancelled_by=PLAN_ENDED,
        about="plan_id",
        source="the law says at once; older practice of konfliktrådet: the team within 60 days; 30 on the fast track ★",
    ),
    _aftercare(
        "D-20",
        1,
        AftercareCheck.ONE_MONTH,
        Sentence(
            "Etteroppfølging etter én måned", "Etteroppfølging etter éin månad", "Aftercare after one month"
        ),
    ),
    _aftercare(
        "D-20-3M",
        3,
        AftercareCheck.THREE_MONTHS,
        Sentence(
            "Etteroppfølging etter tre måneder",
            "Etteroppfølging etter tre månader",
            "Aftercare after three months",
        ),
    ),
    Rule(
        kind="D-24",
        name=Sentence("Klagefristen går ut", "Klagefristen går ut", "The time for complaining ends"),
        opens=(Opening(on=DecisionDelivered, since="delivered_on"),),
        lengths=(Length(21, CD),),
        met_by=(Closing(on=ComplaintReceived, day="received_on"),),
        about="decision_id",
        ladder=Ladder.NONE,
        statutory=True,
        outlives_case=True,
        source="forvaltningsloven § 63: three weeks from when it arrived; a limit of its own in konfliktrådsloven § 22 e is to be checked",
    ),
    Rule(
        kind="D-25",
        name=Sentence("Svar på klagen", "Svar på klaga", "The complaint to be answered"),
        opens=(Opening(on=ComplaintReceived, since="received_on"),),
        lengths=(Length(1, M),),
        met_by=(Closing(on=ComplaintAnswered, day="answered_on"),),
        about="complaint_id",
        statutory=True,
        outlives_case=True,
        source="forvaltningsloven § 17: an answer, or a provisional one, within a month",
    ),
    Rule(
        kind="D-38",
        name=Sentence("Svar på søknad om reise", "Svar på søknad om reise", "Travel leave to be answered"),
        opens=(Opening(on=TravelLeaveAsked, since="leaves_on"),),
        lengths=(Length(-10, WD),),
        met_by=(Closing(on=TravelLeaveAnswered, day="answered_on"),),
        cancelled_by=PLAN_ENDED,
        about="leave_id",
        source="konfliktrådet: the youth asks early; ten working days before the journey ★",
    ),
    Rule(
        kind="D-39",
        name=Sentence("Bruddsamtale holdt", "Brotsamtale halden", "Breach conversation to be held"),
        opens=(Opening(on=DeviationAssessed, since="assessed_on", when=_of_sanction),),
        lengths=(Length(7, CD),),
        met_by=(Closing(on=BreachConversationHeld, day="held_on"),),
        cancelled_by=(
            Closing(on=DeviationResolved),
            Closing(on=DeviationDismissed),
            Closing(on=DeviationEscalated),
            Closing(on=DeviationStepSkipped, where={"step": LadderStep.U2_BREACH_TALK}),
            *PLAN_ENDED,
        ),
        about="deviation_id",
        source="★ seven days after a breach of more than a note was assessed",
    ),
)
