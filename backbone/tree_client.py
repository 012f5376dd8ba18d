"""Reads a log's Merkle trees over HTTP, believing nothing: whoever signs or checks computes from the tiles
themselves.
"""

from __future__ import annotations

from typing import NamedTuple

import httpx

from backbone.merkle import Nodes, ProofWrong, check_consistency, consistency_proof, root_of
from backbone.note import Checkpoint
from backbone.tiles import FULL, HASH, HEIGHT, TileId, TileMissing, nodes_in, tile_path


class TreeNotReached(RuntimeError):
    """The audit service does not answer, or not as it should."""


class Head(NamedTuple):
    """What the audit service says a partition's tree is."""

    partition: int
    checkpoint: Checkpoint


class TreeClient:
    """The trees at one address."""

    def __init__(self, address: str, *, client: httpx.Client | None = None) -> None:
        self._address = address.rstrip("/") + "/trees"
        self._client = client or httpx.Client(timeout=10.0, trust_env=False)

    def heads(self) -> list[Head]:
        """Every tree as it is said to be now. Raises TreeNotReached."""
        try:
            found = self._get("").json()
            return [
                Head(
                    int(h["partition"]),
                    Checkpoint(str(h["origin"]), int(h["size"]), bytes.fromhex(h["root"])),
                )
                for h in found
            ]
        except (ValueError, KeyError, TypeError):
            raise TreeNotReached("the trees are not told as they should be") from None

    def newest_note(self, partition: int) -> bytes | None:
        """The newest signed checkpoint, None when nothing is signed yet. Raises TreeNotReached."""
        answer = self._get(f"/{partition}/checkpoint", missing_is_fine=True)
        return None if answer.status_code == 404 else answer.content

    def notes(self, partition: int) -> list[bytes]:
        """Every signed checkpoint. Raises TreeNotReached."""
        found: list[bytes] = []
        while True:
            after = int(found[-1].split(b"\n")[1]) if found else 0
            page = self._get(f"/{partition}/checkpoints?after={after}").json()
            found += [str(note).encode() for note in page]
            if not page:
                return found

    def show_cosignature(self, partition: int, note: str) -> bool:
        """Ask that a witness's line be shown under its checkpoint; False where this log does not show it."""
        try:
            address = f"{self._address}/{partition}/cosignatures"
            return self._client.post(address, json={"note": note}).is_success
        except httpx.HTTPError:
            return False

    def nodes(self, partition: int, size: int) -> Nodes:
        """The nodes of the tree of `size` leaves, each tile fetched once."""
        tiles: dict[TileId, bytes] = {}

        def content(tile: TileId) -> bytes:
            if tile not in tiles:
                tiles[tile] = self._tile(partition, tile, size)
            return tiles[tile]

        return nodes_in(content)

    def _tile(self, partition: int, tile: TileId, size: int) -> bytes:
        width = min(FULL, (size >> (HEIGHT * tile.level)) - tile.number * FULL)
        if width <= 0:
            raise TileMissing(f"there is no tile {tile.level}/{tile.number} in a tree of {size}")
        found = self._get(f"/{partition}/{tile_path(tile, width)}").content
        if len(found) != width * HASH:
            raise TreeNotReached("a tile has another length than its path says")
        return found

    def _get(self, path: str, *, missing_is_fine: bool = False) -> httpx.Response:
        try:
            answer = self._client.get(self._address + path)
        except httpx.HTTPError as error:
            raise TreeNotReached(f"{self._address} does not answer: {type(error).__name__}") from None
        if answer.is_success or (missing_is_fine and answer.status_code == 404):
            return answer
        raise TreeNotReached(f"{self._address}{path} answers {answer.status_code}")


def check_grown(old: Checkpoint, new: Checkpoint, nodes: Nodes) -> None:
    """Raise ProofWrong unless the tree of `new`, seen through `nodes`, begins with the tree of `old`."""
    if old.origin != new.origin:
        raise ProofWrong(f"{new.origin} is not {old.origin}")
    if old.size > new.size:
        raise ProofWrong(f"the tree has shrunk from {old.size} to {new.size} leaves")
    if root_of(new.size, nodes) != new.root:
        raise ProofWrong(f"the root is not the one of the {new.size} leaves")
    check_consistency(old.size, new.size, old.root, new.root, consistency_proof(old.size, new.size, nodes))
