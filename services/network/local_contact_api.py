"""The routes of who is who in a municipality."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from backbone.fields import MunicipalityNo
from backbone.web import Answer, Body, TheAsk
from schemas.codes import DECIDERS, Role
from schemas.register_codes import LocalFunction
from services.network import local_contacts

routes = APIRouter(tags=["directory"])
PEOPLE = tuple(Role)
Line = Annotated[str, Field(max_length=200, examples=["Barnevernvakta i Salten"])]


class EnterOffice(Body):
    """The office of a function, how it is reached and when."""

    municipality_no: MunicipalityNo
    function: LocalFunction
    office: Line
    reached: Line = ""
    open_when: Line = ""


@routes.get("/directory/functions")
def functions(municipality_no: Annotated[str, Query(pattern=r"^[0-9]{4}$")], ask: TheAsk) -> list[Answer]:
    """Every function of a municipality, with its office where one has been entered."""
    ask.require(*PEOPLE)
    return ask.read(lambda work: local_contacts.contacts(work, municipality_no))  # type: ignore[no-any-return]


@routes.post("/directory/functions", status_code=201)
def enter(body: EnterOffice, ask: TheAsk) -> Answer:
    """Enter the office of a function; for coordinators of the municipality."""
    ask.require(*DECIDERS)
    told = body.model_dump()
    number, function = told.pop("municipality_no"), told.pop("function")
    return ask.perform(lambda work: local_contacts.enter(work, number, LocalFunction(function), **told), body)
