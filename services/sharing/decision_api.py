"""The routes around decisions: their grounds, and what the gate would answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import STAFF, Category, Purpose, Role
from services.sharing import grounds
from services.sharing.commands import agency_of
from services.sharing.may_open import may_open as asked_of_the_gate
from services.sharing.rim import Code, Text, TheVault, decided
from services.sharing.vault import Content, Deposit, Kind

routes = APIRouter(tags=["decisions"])


class LayingGround(Body):
    """Why something is decided, for the vault."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "ref": "0196f3a0-0000-7000-8000-000000000001",
                    "about_id": "0196f3a0-0000-7000-8000-000000000002",
                    "category": "SCHOOL_ATTENDANCE",
                    "content": {"text": "Politiet trenger å vite dette for å finne ungdommen i kveld."},
                }
            ]
        },
    )
    ref: Id
    about_id: Id
    category: Category
    content: dict[Code, Text] = Field(min_length=1, max_length=4)


@routes.post("/cases/{case_id}/grounds", status_code=201)
def lay_ground(case_id: Id, body: LayingGround, ask: TheAsk, vault: TheVault) -> Answer:
    """Lay down why something is decided; also for leaders who are not in the group."""
    ask.require(*STAFF, Role.RECORDS_OWNER, Role.PRIVACY_OFFICER)

    def command(work: Work) -> Answer:
        content: Content = dict(body.content)
        laid = Deposit(
            ref=body.ref,
            case_id=case_id,
            about_id=body.about_id,
            category=body.category,
            from_agency=agency_of(work),
            kind=Kind.TEXT,
            author_id=ask.actor.person_id,
            content=content,
        )
        return grounds.lay_ground(work, vault, deposit=laid)

    return ask.perform(command, body)


@routes.get("/cases/{case_id}/may-open")
def may_open(
    case_id: Id, ask: TheAsk, vault: TheVault, purpose: Purpose = Purpose.FOLLOW_UP
) -> list[dict[str, Any]]:
    """What the gate would answer the one who asks, text by text, without opening anything."""
    ask.require(*STAFF)
    found: list[dict[str, Any]] = json_ready(
        decided(ask, lambda work: asked_of_the_gate(work, vault, case_id=case_id, purpose=purpose))
    )
    return found
