"""What auditors can see over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from backbone.web import Answer, TheAsk
from schemas.codes import Agency, AuditPurpose, AuditQuestion, Role
from services.audit import commands, queries, questions
from services.audit.narrowing import Narrowed

routes = APIRouter(tags=["audit"])
Limit = Annotated[int, Query(ge=1, le=1000)]


@routes.get("/cases")
def cases(ask: TheAsk, after: str = "", limit: Limit = 500) -> list[dict[str, Any]]:
    """The pseudonyms of all cases; the next page begins `after` the last one."""
    ask.require(Role.AUDITOR)
    return ask.read(lambda work: queries.cases(work, after=after, limit=limit))  # type: ignore[no-any-return]


@routes.get("/cases/{case_id}/events")
def events(case_id: str, ask: TheAsk, purpose: AuditPurpose) -> Answer:
    """The events of one case in order: who, when, what, on what basis, caused by what.

    That somebody looked, and what for, is recorded too.
    """
    ask.require(Role.AUDITOR)
    return ask.perform(lambda work: commands.look_at_case(work, case_id=case_id, purpose=purpose))


@routes.get("/questions/{question}")
def question(
    question: AuditQuestion,
    ask: TheAsk,
    person_id: Annotated[str | None, Query(max_length=80)] = None,
    agency: Agency | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    case_id: Annotated[str | None, Query(max_length=80)] = None,
) -> Answer:
    """The answer to one of the questions across cases, in pseudonyms. That it was asked is recorded too."""
    ask.require(Role.AUDITOR)
    narrowed = Narrowed(person_id, agency, since, until, case_id)
    return ask.perform(lambda work: questions.ask(work, question, narrowed))
