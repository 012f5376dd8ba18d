"""The routes of the registers: consultations without a name, local offers, and the short survey."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query
from pydantic import Field

from backbone.fields import Id, MunicipalityNo, Ref
from backbone.refusal import Unavailable
from backbone.web import LOG_AHEAD, Answer, Ask, Body, TheAsk
from backbone.work import Work, service_actor, work_on
from schemas.codes import COORDINATORS, STAFF, Agency, ClauseKind, Reason, Role
from schemas.register_codes import Advice, ConsultationAge, Respondent
from services.contracts.commands import registers as commands
from services.contracts.domain.consultation import Consultation
from services.contracts.domain.local_offer import OLDEST, Offer
from services.contracts.domain.survey import BEST, CODES_AT_ONCE, Answers

routes = APIRouter(tags=["registers"])
ANYBODY = tuple(role for role in Role if role is not Role.SERVICE)
Line = Annotated[str, Field(max_length=200, examples=["Mekkekveld på ungdomshuset"])]
Age = Annotated[int, Field(ge=0, le=OLDEST)]
T = TypeVar("T")
Level = Annotated[int | None, Field(ge=1, le=BEST)]


class LogConsultation(Body):
    """A consultation without a name. Codes only; a note, if any, lies in the vault under the consultation's own id."""

    consultation_id: Id
    municipality_no: MunicipalityNo
    held_on: date
    themes: list[Reason] = Field(max_length=9)
    age: ConsultationAge
    agencies: list[Agency] = Field(max_length=25)
    advice: list[Advice] = Field(max_length=8)
    text_ref: Ref | None = None


class KeepOffer(Body):
    """A local offer. `contact` is the provider's own, not a person's."""

    offer_id: Id
    municipality_no: MunicipalityNo
    kind: ClauseKind
    title: Line
    provider: Line
    provider_agency: Agency
    age_from: Age
    age_to: Age
    contact: Line = ""
    seen_version: int | None = None

    def offer(self, *, today: date) -> Offer:
        """The offer in the domain's words; whoever enters it has gone through it."""
        told = self.model_dump(exclude={"seen_version"})
        return Offer(**told, reviewed_on=today)


class Seen(Body):
    """The version that the person saw."""

    seen_version: int | None = None


class MakeCodes(Body):
    """How many codes, for which municipality."""

    municipality_no: MunicipalityNo
    count: Annotated[int, Field(ge=1, le=CODES_AT_ONCE)]


class AnswerSurvey(Body):
    """A code, and what somebody answers: 1 (not at all) to 4 (very much)."""

    code: Annotated[str, Field(max_length=40, examples=["ABCDE23456"])]
    respondent: Respondent
    was_heard: Level = None
    was_useful: Level = None
    was_clear: Level = None
    would_advise_others: Level = None


def unsigned(ask: Ask, command: Callable[[Work], T]) -> T:
    """Run a command as the service itself, and keep no answer of it: nothing tells who answered or looked. Raises Unavailable."""
    if ask.desk.inbox.ghosts:
        raise Unavailable("LOG_AHEAD", LOG_AHEAD)
    service = ask.desk.service
    with work_on(ask.desk.engine, service, moment=ask.moment, actor=service_actor(service.name)) as work:
        return command(work)


@routes.post("/consultations", status_code=201)
def log_consultation(body: LogConsultation, ask: TheAsk) -> Answer:
    """Log a consultation without a name. Anybody who is logged in may."""
    ask.require(*ANYBODY)
    told = body.model_dump() | {name: tuple(getattr(body, name)) for name in ("themes", "agencies", "advice")}
    asked = Consultation(**told, logged_by=ask.actor.person_id)
    return ask.perform(lambda work: commands.log_consultation(work, asked), body)


@routes.get("/consultations")
def own_consultations(ask: TheAsk, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> list[Answer]:
    """The consultations that the asker has logged, the newest first."""
    ask.require(*ANYBODY)
    return ask.read(lambda work: commands.own_consultations(work, limit=limit))  # type: ignore[no-any-return]


@routes.get("/offers")
def offers(municipality_no: Annotated[str, Query(pattern=r"^[0-9]{4}$")], ask: TheAsk) -> list[Answer]:
    """The local offers of a municipality, to everybody who follows youths up."""
    ask.require(*STAFF, Role.SERVICE)
    return ask.read(lambda work: commands.offers(work, municipality_no))  # type: ignore[no-any-return]


@routes.post("/offers", status_code=201)
def enter_offer(body: KeepOffer, ask: TheAsk) -> Answer:
    """Enter a local offer; for coordinators of the municipality."""
    ask.require(*COORDINATORS)
    asked = body.offer(today=ask.moment.today)
    return ask.perform(
        lambda work: commands.keep_offer(work, asked, new=True, seen_version=None),
        body,
    )


@routes.post("/offers/{offer_id}", status_code=201)
def change_offer(offer_id: Id, body: KeepOffer, ask: TheAsk) -> Answer:
    """Change what stands about a local offer."""
    ask.require(*COORDINATORS)
    asked = body.model_copy(update={"offer_id": offer_id}).offer(today=ask.moment.today)
    seen = body.seen_version
    return ask.perform(
        lambda work: commands.keep_offer(work, asked, new=False, seen_version=seen),
        body,
    )


@routes.post("/offers/{offer_id}/reviewed", status_code=201)
def review_offer(offer_id: Id, body: Seen, ask: TheAsk) -> Answer:
    """Say that a local offer was gone through and is right."""
    ask.require(*COORDINATORS)
    seen = body.seen_version
    return ask.perform(lambda work: commands.review_offer(work, offer_id, seen_version=seen), body)


@routes.post("/offers/{offer_id}/ended", status_code=201)
def end_offer(offer_id: Id, body: Seen, ask: TheAsk) -> Answer:
    """Take a local offer out of the register."""
    ask.require(*COORDINATORS)
    seen = body.seen_version
    return ask.perform(lambda work: commands.end_offer(work, offer_id, seen_version=seen), body)


@routes.post("/surveys/codes", status_code=201)
def make_codes(body: MakeCodes, ask: TheAsk) -> Answer:
    """A sheet of codes for the survey. They are shown once, and never kept with the answer to this request."""
    ask.require(*COORDINATORS)
    codes: list[str] = ask.read(
        lambda work: commands.make_codes(work, body.count, municipality_no=body.municipality_no)
    )
    return {"codes": codes}


@routes.post("/surveys/answers", status_code=201)
def answer_survey(body: AnswerSurvey, ask: TheAsk) -> Answer:
    """Answer the survey with a code; asked by the portal, which does not know who answers."""
    ask.require(Role.SERVICE)
    told = body.model_dump(exclude={"code"})
    asked = Answers(answer_id=secrets.token_hex(16), municipality_no="", quarter="", **told)
    unsigned(ask, lambda work: commands.answer_survey(work, body.code, asked))
    return {"thanks": True}


@routes.get("/surveys/results")
def survey_results(
    municipality_no: Annotated[str, Query(pattern=r"^[0-9]{4}$")],
    ask: TheAsk,
) -> list[Answer]:
    """What was answered, by quarter; nothing of fewer than five. For coordinators of the municipality."""
    ask.require(*COORDINATORS)
    commands.for_own_surveys(ask.actor, municipality_no)
    return unsigned(ask, lambda work: commands.survey_results(work, municipality_no))
