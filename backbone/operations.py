"""What operators need of every service: health, numbers, and the events that could not be understood. No content passes here."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlmodel import col, select

from backbone.refusal import NotFound, Sentence
from backbone.tables import ParkedRow
from backbone.web import Answer, Body, TheAsk, TheDesk, problem
from backbone.work import Work
from schemas.codes import DiscardReason, Role
from schemas.operation import ParkedEventDiscarded

routes = APIRouter(tags=["operations"])
NOTHING_PARKED = Sentence(
    "Hendelsen er ikke parkert lenger.", "Hendinga er ikkje parkert lenger.", "The event is no longer parked."
)


class Discarding(Body):
    """Why a parked event is laid aside for good."""

    reason: DiscardReason


@routes.get("/health/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@routes.get("/health/ready")
def ready(desk: TheDesk) -> Response:
    """The database answers, the log is being read, nothing has stopped the reading, and what else the service needs is there."""
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    missing = next((why for need in desk.needs if (why := need()) is not None), None)
    if missing is not None:
        return problem(503, "NOT_READY", missing)
    if not desk.reading():
        return problem(503, "NOT_READY", "the case log is not being read yet")
    return JSONResponse({"status": "ready"})


@routes.get("/metrics", response_class=PlainTextResponse)
def metrics(desk: TheDesk) -> PlainTextResponse:
    """Numbers in Prometheus' text format: what waits to be sent, what is parked, how far behind the reading is."""
    with desk.engine.connect() as connection:
        unsent = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL").scalar_one()
        parked = connection.exec_driver_sql("SELECT count(*), count(DISTINCT case_id) FROM parked").one()
        own = {
            key: connection.exec_driver_sql(query).scalar_one() for key, query in desk.service.numbers.items()
        }
    numbers = {
        "felles_outbox_unsent": unsent,
        "felles_parked_events": parked[0],
        "felles_held_cases": parked[1],
        "felles_records_behind": desk.behind(),
        "felles_log_ahead_of_outbox": len(desk.inbox.ghosts),
        **own,
    }
    name = desk.service.name
    return PlainTextResponse(
        "".join(f'# TYPE {key} gauge\n{key}{{service="{name}"}} {value}\n' for key, value in numbers.items())
    )


@routes.get("/operations/parked")
def parked(ask: TheAsk) -> list[dict[str, Any]]:
    """Every parked event, without its content."""
    ask.require(Role.OPERATOR)
    shown = (
        "partition",
        "offset",
        "case_id",
        "source",
        "sequence",
        "event_id",
        "type",
        "kind",
        "error",
        "parked_at",
    )
    statement = select(ParkedRow).order_by(col(ParkedRow.partition), col(ParkedRow.offset))
    rows = ask.read(lambda work: work.session.exec(statement).all())
    return [{name: getattr(row, name) for name in shown} for row in rows]


@routes.post("/operations/parked/{partition}/{offset}/retry")
def retry(partition: int, offset: int, ask: TheAsk) -> Answer:
    """Try a parked event again, after a fix, and what waits behind it."""
    ask.require(Role.OPERATOR)
    if not ask.desk.inbox.retry(partition, offset):
        raise NotFound("NOT_PARKED", NOTHING_PARKED)
    return {}


@routes.post("/operations/parked/{partition}/{offset}/discard")
def discard(partition: int, offset: int, body: Discarding, ask: TheAsk) -> Answer:
    """Lay a parked event aside for good; that is an event of its own."""
    ask.require(Role.OPERATOR)

    def command(work: Work) -> None:
        row = ask.desk.inbox.discard(work, partition, offset)
        if row is None:
            raise NotFound("NOT_PARKED", NOTHING_PARKED)
        event = ParkedEventDiscarded(
            service=ask.desk.service.name,
            partition=partition,
            offset=offset,
            reason=body.reason,
            event_id=row.event_id,
        )
        work.publish(row.case_id or f"unreadable-{partition}", event)

    return ask.perform(command, body)
