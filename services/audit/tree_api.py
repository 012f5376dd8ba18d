"""The trees over HTTP, readable by anybody (there is nothing in them but hashes), in C2SP's formats."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse, Response

from backbone.note import NoteWrong, read_checkpoint, read_note, verifier_keys
from backbone.refusal import NotFound, Refused
from backbone.tiles import parse_tile_path
from backbone.web import Answer, Body, TheAsk, TheDesk
from backbone.work import Work, service_actor, work_on
from schemas.codes import Role
from schemas.event import PARTITIONS
from services.audit import trees

routes = APIRouter(prefix="/trees", tags=["trees"])
Partition = Annotated[int, Path(ge=0, lt=PARTITIONS)]
UNCHANGING = {"Cache-Control": "public, max-age=31536000, immutable"}


class Checkpointing(Body):
    """A signed note."""

    note: str


def _look(desk: TheDesk) -> Any:
    return work_on(
        desk.engine, desk.service, moment=desk.clock.moment(), actor=service_actor(desk.service.name)
    )


@routes.get("")
def heads(desk: TheDesk) -> list[dict[str, Any]]:
    """Every partition's tree as it is now; nothing is signed here."""
    with _look(desk) as work:
        found = trees.heads(work)
    return [
        {"partition": p, "origin": desk.settings.tree_origin(p), "size": size, "root": root.hex()}
        for p, size, root in found
    ]


@routes.get("/{partition}/checkpoint", response_class=PlainTextResponse)
def checkpoint(partition: Partition, desk: TheDesk) -> PlainTextResponse:
    """The newest signed checkpoint."""
    with _look(desk) as work:
        return PlainTextResponse(trees.latest_checkpoint(work, partition))


@routes.get("/{partition}/checkpoints")
def checkpoints(
    partition: Partition, desk: TheDesk, after: int = 0, limit: Annotated[int, Query(ge=1, le=1000)] = 1000
) -> list[str]:
    """Every checkpoint that was signed, by size."""
    with _look(desk) as work:
        return trees.checkpoints(work, partition, after=after, limit=limit)


@routes.get("/{partition}/tile/{path:path}", response_class=Response)
def tile(partition: Partition, path: str, desk: TheDesk) -> Response:
    """A tile: concatenated hashes."""
    try:
        wanted, width = parse_tile_path(f"tile/{path}")
    except ValueError:
        raise NotFound("NO_SUCH_TILE", trees.NO_TREE) from None
    with _look(desk) as work:
        content = trees.tile(work, partition, wanted, width)
    return Response(content, media_type="application/octet-stream", headers=UNCHANGING)


@routes.post("/{partition}/cosignatures")
def take_cosignatures(partition: Partition, body: Checkpointing, desk: TheDesk) -> Answer:
    """Show a witness's cosignature under a checkpoint from now on. Anybody may bring it: it is taken only when it is that of a
    witness whose key is known here, and it is true.
    """
    try:
        note = read_note((body.note + "\n").encode())
        found = read_checkpoint(note.text)
        keys = verifier_keys(desk.settings.witness_keys)
    except NoteWrong:
        raise Refused("NOT_A_CHECKPOINT", trees.NOT_OURS, field="note") from None
    with _look(desk) as work:
        return trees.take_cosignatures(work, partition, note, found, keys)


@routes.post("/{partition}/checkpoints")
def take_checkpoint(partition: Partition, body: Checkpointing, ask: TheAsk) -> Answer:
    """Keep a checkpoint that the signer has signed."""
    ask.require(Role.SERVICE)
    try:
        note = read_note((body.note + "\n").encode())
        found = read_checkpoint(note.text)
    except NoteWrong:
        raise Refused("NOT_A_CHECKPOINT", trees.NOT_OURS, field="note") from None
    origin = ask.desk.settings.tree_origin(partition)

    def command(work: Work) -> Answer:
        return trees.take_checkpoint(work, partition, note, found, origin=origin)

    return ask.perform(command, body)
