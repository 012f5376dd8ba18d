"""The routes about deviations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import (
    COORDINATORS,
    STAFF,
    DeviationKind,
    DismissalReason,
    LadderStep,
    MissingReason,
    Role,
    SkipReason,
)
from schemas.deviation import GUARDED_KINDS
from schemas.event import Event
from services.contracts.access import case_for_reading, leads
from services.contracts.commands import deviations as commands
from services.contracts.domain.case import Case
from services.contracts.domain.deviation import Deviation, Report
from services.contracts.repository import DEVIATIONS

routes = APIRouter(tags=["deviations"])
Decision = Callable[[Deviation, Case, bool], list[Event]]


class ReportDeviation(Body):
    """Something that did not go as agreed; the account lies in the vault."""

    deviation_id: Id
    contract_id: Id
    kind: DeviationKind
    severity: int
    happened_on: date
    text_ref: Ref | None = None


@routes.post("/cases/{case_id}/deviations", status_code=201)
def report(case_id: str, body: ReportDeviation, ask: TheAsk) -> Answer:
    """Report a deviation; every member of the case may."""
    ask.require(*STAFF)
    asked = Report(**body.model_dump(exclude={"contract_id"}))
    return ask.perform(
        lambda work: commands.report_deviation(work, asked, case_id=case_id, contract_id=body.contract_id),
        body,
    )


@routes.get("/cases/{case_id}/deviations")
def deviations(case_id: str, ask: TheAsk) -> list[Answer]:
    """The deviations of a case, for its members; `kind` is null where it tells what a consent is about, but to who leads or reported it."""

    def look(work: Work) -> list[Answer]:
        case = case_for_reading(work, case_id)
        me = work.actor.person_id
        sees_all = Role.SERVICE in work.actor.roles or leads(work, case)
        return [
            _told(deviation, knows=sees_all or me == deviation.reporter_id)
            for deviation in DEVIATIONS.of_case(work, case_id)
        ]

    return ask.read(look)  # type: ignore[no-any-return]


def _told(deviation: Deviation, *, knows: bool) -> Answer:
    shown: Answer = json_ready(deviation)
    return shown if knows or deviation.kind not in GUARDED_KINDS else {**shown, "kind": None}


class Seen(Body):
    """The version of the deviation that the person saw."""

    seen_version: int | None = None


class Assess(Seen):
    """How serious it is; the judgement itself lies in the vault."""

    severity: int
    text_ref: Ref | None = None


class Dismiss(Seen):
    """Why it was no deviation."""

    reason: DismissalReason


class Tell(Seen):
    """The youth's own account in the vault, or why there is none."""

    text_ref: Ref | None = None
    missing: MissingReason | None = None


class Step(Seen):
    """A step of the ladder."""

    step: LadderStep


class Skip(Step):
    """Why a step is not taken."""

    reason: SkipReason


class Escalate(Seen):
    """The decision to lift it lies in the vault."""

    decision_ref: Ref | None = None


def _decided(ask: TheAsk, deviation_id: str, body: Seen, decision: Decision) -> Answer:
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.decide(work, deviation_id, decision, seen_version=body.seen_version), body
    )


@routes.post("/deviations/{deviation_id}/assessed", status_code=201)
def assess(deviation_id: str, body: Assess, ask: TheAsk) -> Answer:
    """Assess a deviation; not by the one who reported it, unless nobody else leads the case."""

    def decision(deviation: Deviation, _: Case, alone: bool) -> list[Event]:
        return deviation.assess(
            severity=body.severity,
            assessor_id=ask.actor.person_id,
            only_one_leads=alone,
            text_ref=body.text_ref,
            today=ask.moment.today,
        )

    return _decided(ask, deviation_id, body, decision)


@routes.post("/deviations/{deviation_id}/dismissed", status_code=201)
def dismiss(deviation_id: str, body: Dismiss, ask: TheAsk) -> Answer:
    """Say that a reported deviation was none."""

    def decision(deviation: Deviation, _: Case, alone: bool) -> list[Event]:
        return deviation.dismiss(
            body.reason, by=ask.actor.person_id, only_one_leads=alone, today=ask.moment.today
        )

    return _decided(ask, deviation_id, body, decision)


@routes.post("/deviations/{deviation_id}/youth-account", status_code=201)
def tell(deviation_id: str, body: Tell, ask: TheAsk) -> Answer:
    """Enter the youth's own account, or why it is missing."""

    def decision(deviation: Deviation, _: Case, __: bool) -> list[Event]:
        return deviation.tell(text_ref=body.text_ref, missing=body.missing, today=ask.moment.today)

    return _decided(ask, deviation_id, body, decision)


@routes.post("/deviations/{deviation_id}/steps", status_code=201)
def follow_up(deviation_id: str, body: Step, ask: TheAsk) -> Answer:
    """Take a step of the ladder."""

    def decision(deviation: Deviation, case: Case, _: bool) -> list[Event]:
        return deviation.follow_up(body.step, case.programme, today=ask.moment.today)

    return _decided(ask, deviation_id, body, decision)


@routes.post("/deviations/{deviation_id}/steps/skipped", status_code=201)
def skip(deviation_id: str, body: Skip, ask: TheAsk) -> Answer:
    """Pass over a suggested step, for a reason."""

    def decision(deviation: Deviation, case: Case, _: bool) -> list[Event]:
        return deviation.skip(body.step, case.programme, reason=body.reason, today=ask.moment.today)

    return _decided(ask, deviation_id, body, decision)


@routes.post("/deviations/{deviation_id}/resolved", status_code=201)
def resolve(deviation_id: str, body: Seen, ask: TheAsk) -> Answer:
    """What was agreed was done."""
    return _decided(
        ask, deviation_id, body, lambda deviation, _, __: deviation.resolve(today=ask.moment.today)
    )


@routes.post("/deviations/{deviation_id}/escalated", status_code=201)
def escalate(deviation_id: str, body: Escalate, ask: TheAsk) -> Answer:
    """Lift a breach of a sanction to those who decide."""

    def decision(deviation: Deviation, case: Case, _: bool) -> list[Event]:
        return deviation.escalate(case.programme, decision_ref=body.decision_ref, today=ask.moment.today)

    return _decided(ask, deviation_id, body, decision)
