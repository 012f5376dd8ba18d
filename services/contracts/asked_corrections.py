"""Requests for correction: where they lie, what their events write, and how what others put right answers them."""

from __future__ import annotations

from backbone.refusal import found
from backbone.rows import Rows, Shelf
from backbone.work import Fold, Reaction, Work
from schemas.correction import CORRECTIONS, RegistrationRedacted
from schemas.correction_request import CorrectionCarriedOut, CorrectionRefused, CorrectionRequested
from schemas.event import Event, Fact
from services.contracts.domain.correction_request import CorrectionRequest, carried_out
from services.contracts.tables import CorrectionRequestRow

REQUESTS = Shelf(
    CorrectionRequestRow,
    CorrectionRequest,
    lambda one: {"request_id": one.request_id, "case_id": one.case_id},
)


def on_requested(rows: Rows, fact: Fact) -> None:
    """Somebody asked."""
    assert isinstance(fact.event, CorrectionRequested)
    REQUESTS.put(rows, CorrectionRequest.asked(fact.envelope.case_id, fact.event))


def on_answered(rows: Rows, fact: Fact) -> None:
    """They were answered."""
    assert isinstance(fact.event, (CorrectionCarriedOut, CorrectionRefused))
    REQUESTS.put(rows, found(REQUESTS.find(rows, fact.event.request_id)).after(fact.event))


REQUEST_FOLDS: dict[type[Event], Fold] = {
    CorrectionRequested: on_requested,
    CorrectionCarriedOut: on_answered,
    CorrectionRefused: on_answered,
}


def settle(work: Work, fact: Fact) -> None:
    """Say which requests something that was put right answers, whoever put it right."""
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    answered = carried_out(
        REQUESTS.of_case(work, case_id),
        fact.event,
        done_by=fact.envelope.id,
        today=fact.envelope.recorded_on,
    )
    work.publish(case_id, *answered, caused_by=fact.envelope.id)


REQUEST_REACTIONS: dict[type[Event], Reaction] = dict.fromkeys((*CORRECTIONS, RegistrationRedacted), settle)
