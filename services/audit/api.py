"""What auditors can see over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from backbone.web import Answer, TheAsk
from schemas.codes import Agency, AuditQuestion, Role
from services.audit import commands, queries, questions
from services.audit import decision_records as decision_records_of
from services.audit.narrowing import Narrowed
from services.audit.stated import ThePurpose

routes = APIRouter(tags=["audit"])
Pseudonym = Annotated[str | None, Query(max_length=80)]
Limit = Annotated[int, Query(ge=1, le=1000)]


@routes.get("/cases")
def cases(ask: TheAsk, after: str = "", limit: Limit = 500) -> list[dict[str, Any]]:
    """The pseudonyms of all cases; the next page begins `after` the last one."""
    ask.require(Role.AUDITOR)
    return ask.read(lambda work: queries.cases(work, after=after, limit=limit))  # type: ignore[no-any-return]


@routes.get("/cases/{case_id}/events")
def events(case_id: str, ask: TheAsk, purpose: ThePurpose) -> Answer:
    """The events of one case in order: who, when, what, on what basis, caused by what.

    That somebody looked, and what for, is recorded too.
    """
    return ask.perform(lambda work: commands.look_at_case(work, case_id=case_id, purpose=purpose))


def narrowed_by(
    person_id: Pseudonym = None,
    agency: Agency | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    case_id: Pseudonym = None,
    about_id: Pseudonym = None,
) -> Narrowed:
    """Whom and what a question is narrowed to, as the request says it."""
    return Narrowed(person_id, agency, since, until, case_id, about_id)


TheNarrowed = Annotated[Narrowed, Depends(narrowed_by)]


@routes.get("/questions/{question}")
def question(question: AuditQuestion, ask: TheAsk, narrowed: TheNarrowed, purpose: ThePurpose) -> Answer:
    """The answer to one of the questions across cases, in pseudonyms. That it was asked, and what for, is recorded too."""
    return ask.perform(lambda work: questions.ask(work, question, narrowed, purpose=purpose))


@routes.get("/questions/{question}/access-lines")
def access_lines(question: AuditQuestion, ask: TheAsk, narrowed: TheNarrowed, purpose: ThePurpose) -> Answer:
    """The answer to a question about openings as lines of the Common Event Format, a line for each person asked about. That it was
    asked, and what for, is recorded too.
    """
    return ask.perform(lambda work: questions.access_lines(work, question, narrowed, purpose=purpose))


@routes.get("/decision-records")
def decision_records(
    ask: TheAsk,
    purpose: ThePurpose,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    case_id: Pseudonym = None,
    after: Annotated[str, Query(max_length=80)] = "",
) -> Answer:
    """The records of cases with decisions of the gate in them, a step of cases at a time, for whoever makes the decisions again.

    That somebody asked, and what for, is recorded first.
    """
    narrowed = Narrowed(since=since, until=until, case_id=case_id)
    return ask.perform(lambda work: decision_records_of.records(work, narrowed, purpose=purpose, after=after))
