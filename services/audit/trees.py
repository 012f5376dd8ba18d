"""The Merkle tree of each partition, kept as tiles beside the records, and the checkpoints that the signer
made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from backbone.leaves import leaf_hashes
from backbone.log import LogRecord
from backbone.merkle import root_of
from backbone.note import Checkpoint, Note, NoteWrong, VerifierKey, read_note
from backbone.refusal import NotFound, Refused, Sentence
from backbone.rows import Rows
from backbone.tiles import FULL, HASH, TileId, TileMissing, nodes_in, widths
from backbone.tiles import grow as grown
from backbone.work import Work
from services.audit.tables import CheckpointRow, CosignatureRow, TileRow, TreeRow

NO_TREE = Sentence(
    "Det finnes ikke noe slikt i loggens tre.",
    "Det finst ikkje noko slikt i treet til loggen.",
    "There is no such thing in the log's tree.",
)
NOT_OURS = Sentence(
    "Kontrollpunktet gjelder ikke dette treet slik det er.",
    "Kontrollpunktet gjeld ikkje dette treet slik det er.",
    "The checkpoint is not of this tree as it is.",
)
NOT_A_WITNESS = Sentence(
    "Ingen av signaturene er fra et vitne som er kjent her.",
    "Ingen av signaturane er frå eit vitne som er kjent her.",
    "None of the signatures is of a witness that is known here.",
)


class Head(NamedTuple):
    """A partition's tree as it is now."""

    partition: int
    size: int
    root: bytes


def grow(rows: Rows, records: Sequence[LogRecord]) -> None:
    """Add records of one partition to its tree."""
    partition = records[0].partition
    size = size_of(rows, partition)
    hashes = list(leaf_hashes(records, size=size))
    partial = {tile: content for tile in widths(size) if (content := tile_content(rows, partition, tile))}
    for tile, content in grown(size, partial, hashes).items():
        rows.put(TileRow, partition=partition, level=tile.level, number=tile.number, hashes=content)
    rows.put(TreeRow, partition=partition, size=size + len(hashes))


def size_of(rows: Rows, partition: int) -> int:
    """How many leaves the tree of a partition has."""
    rows.flush()
    statement = "SELECT size FROM tree WHERE partition = %s"
    return int(rows.session.connection().exec_driver_sql(statement, (partition,)).scalar() or 0)


def tile_content(rows: Rows, partition: int, tile: TileId) -> bytes:
    """The hashes of a tile, none when there is no such tile."""
    found = rows.session.connection().exec_driver_sql(
        "SELECT hashes FROM tile WHERE partition = %s AND level = %s AND number = %s",
        (partition, tile.level, tile.number),
    )
    return bytes(found.scalar() or b"")


def tiles_of(rows: Rows, partition: int) -> Callable[[TileId], bytes]:
    """The reader of a partition's tiles."""
    return lambda tile: tile_content(rows, partition, tile)


def heads(rows: Rows) -> list[Head]:
    """Every partition's tree as it is now."""
    sizes = rows.session.connection().exec_driver_sql("SELECT partition, size FROM tree ORDER BY partition")
    return [
        Head(partition, size, root_of(size, nodes_in(tiles_of(rows, partition))))
        for partition, size in sizes.all()
    ]


def tile(rows: Rows, partition: int, wanted: TileId, width: int) -> bytes:
    """The first `width` hashes of a tile. Raises NotFound when the tree is not that large."""
    content = tile_content(rows, partition, wanted)
    if width > FULL or len(content) < width * HASH:
        raise NotFound("NO_SUCH_TILE", NO_TREE)
    return content[: width * HASH]


def latest_checkpoint(rows: Rows, partition: int) -> bytes:
    """The newest signed checkpoint, with the witnesses' lines. Raises NotFound."""
    found = rows.session.connection().exec_driver_sql(
        f"{CHECKPOINTS} ORDER BY size DESC LIMIT 1", (partition, 0)
    )
    row = found.first()
    if row is None:
        raise NotFound("NO_CHECKPOINT", NO_TREE)
    return _with_lines(*row)


CHECKPOINTS = """
SELECT note, coalesce((SELECT string_agg(line || E'\n', '' ORDER BY witness) FROM cosignature
    WHERE cosignature.partition = checkpoint.partition AND cosignature.size = checkpoint.size), '')
FROM checkpoint WHERE partition = %s AND size > %s
"""


def checkpoints(rows: Rows, partition: int, *, after: int, limit: int) -> list[str]:
    """Signed checkpoints by size, those that follow `after`, with the witnesses' lines."""
    found = rows.session.connection().exec_driver_sql(
        f"{CHECKPOINTS} ORDER BY size LIMIT %s", (partition, after, limit)
    )
    return [_with_lines(*row).decode() for row in found]


def _with_lines(note: bytes, lines: str) -> bytes:
    return bytes(note) + lines.encode()


def take_checkpoint(
    work: Work, partition: int, note: Note, checkpoint: Checkpoint, *, origin: str
) -> dict[str, Any]:
    """Keep what the signer signed, once a size. Raises Refused for a checkpoint that is not of the tree as it
    is.
    """
    if checkpoint.origin != origin or not 0 < checkpoint.size <= size_of(work, partition):
        raise Refused("NOT_THIS_TREE", NOT_OURS)
    try:
        root = root_of(checkpoint.size, nodes_in(tiles_of(work, partition)))
    except TileMissing:
        raise Refused("NOT_THIS_TREE", NOT_OURS) from None
    if root != checkpoint.root:
        raise Refused("NOT_THIS_TREE", NOT_OURS)
    kept = work.session.get(CheckpointRow, (partition, checkpoint.size))
    if kept is None:
        row = {"partition": partition, "size": checkpoint.size, "note": str(note).encode()}
        work.add(CheckpointRow, **row, taken_at=work.moment.real_at)
    return {"partition": partition, "size": checkpoint.size}


def take_cosignatures(
    work: Work, partition: int, note: Note, checkpoint: Checkpoint, keys: Iterable[VerifierKey]
) -> dict[str, Any]:
    """Keep the lines of known witnesses under a checkpoint that is kept as well, the first of each witness.

    Raises Refused when the checkpoint is not ours, or when no known witness has signed it.
    """
    kept = work.session.get(CheckpointRow, (partition, checkpoint.size))
    if kept is None or read_note(kept.note).text != note.text:
        raise Refused("NOT_THIS_TREE", NOT_OURS)
    lines = {key.name: note.line_of(key) for key in keys if _signed(note, key)}
    if not lines:
        raise Refused("NOT_A_WITNESS", NOT_A_WITNESS)
    for name, line in lines.items():
        if work.session.get(CosignatureRow, (partition, checkpoint.size, name)) is None:
            row = {"partition": partition, "size": checkpoint.size, "witness": name, "line": line}
            work.add(CosignatureRow, **row, taken_at=work.moment.real_at)
    return {"partition": partition, "size": checkpoint.size, "witnesses": sorted(lines)}


def _signed(note: Note, key: VerifierKey) -> bool:
    try:
        return note.signed_by(key) is not None
    except NoteWrong:
        return False
