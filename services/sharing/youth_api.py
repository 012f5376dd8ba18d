"""What contracts asks about youths before it opens a case; and the notes of consultations, which belong to no case and nobody."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from backbone.fields import Id
from backbone.identity_number import names_somebody
from backbone.refusal import Refused
from backbone.web import Answer, Body, TheAsk
from backbone.work import Work
from schemas.codes import Category, Role
from services.sharing import youth_index
from services.sharing.commands import agency_in
from services.sharing.domain import sentences
from services.sharing.rim import TheVault, decided
from services.sharing.vault import Deposit, Kind, sealed

routes = APIRouter(tags=["youths and consultations"])
CONSULTATIONS = "consultations"
"""The key scope of consultation notes: no case; a key for each note, known by the consultation's own id."""
ANYBODY = tuple(role for role in Role if role is not Role.SERVICE)


class AskingSame(Body):
    """A youth whose identity lies in the vault, under the case it is to become."""

    case_id: Id
    youth_id: Id


class KeepingNote(Body):
    """What was talked about in a consultation, with no name and no number in it."""

    consultation_id: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class AskingNotes(Body):
    """Which of one's own notes."""

    consultation_ids: list[Id] = Field(max_length=200)


@routes.post("/youths/same")
def same(body: AskingSame, ask: TheAsk) -> Answer:
    """The other references of the same youth: those with the same identity number, and those that likely are the same. For the
    service that opens cases, which decides what is told to whom."""
    ask.require(Role.SERVICE)
    found: youth_index.Alike = ask.read(
        lambda work: youth_index.same_youths(work, case_id=body.case_id, person_id=body.youth_id)
    )
    return {"youth_ids": found.certain, "likely_ids": found.likely}


@routes.post("/consultation-notes", status_code=201)
def keep_note(body: KeepingNote, ask: TheAsk, vault: TheVault) -> Answer:
    """Lay the note of a consultation down, once. Anybody who is logged in may; a number that can name somebody is refused."""
    ask.require(*ANYBODY)
    if names_somebody(body.text):
        raise Refused("NUMBER_IN_NOTE", sentences.NUMBER_IN_NOTE, field="text")
    note = Deposit(
        ref=body.consultation_id,
        case_id=CONSULTATIONS,
        about_id=body.consultation_id,
        category=Category.CASE_STATUS,
        from_agency=agency_in(ask.actor),
        kind=Kind.TEXT,
        author_id=ask.actor.person_id,
        content={"text": body.text},
    )

    def command(work: Work) -> Answer:
        vault.lay(
            work, note, at=work.moment.decided_at, lapses=False
        )  # its event is about it, and has no field for it
        return {"ref": note.ref}

    return ask.perform(command)


@routes.post("/consultation-notes/open")
def open_notes(body: AskingNotes, ask: TheAsk, vault: TheVault) -> list[dict[str, str]]:
    """The notes that the asker wrote; others' are left out, as if they were not there."""
    ask.require(*ANYBODY)
    found = decided(ask, lambda work: sealed(work, body.consultation_ids))
    own = [n for n in found if n.case_id == CONSULTATIONS and n.author_id == ask.actor.person_id]
    return [{"consultation_id": ref, "text": content["text"]} for ref, content in vault.open(own).items()]
