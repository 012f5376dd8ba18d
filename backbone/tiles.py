"""A Merkle tree cut into tiles of 256 hashes, as C2SP's tlog-tiles has them: grown, named, read back. Pure.

Tile `number` of `level` holds the hashes of the complete subtrees of 256^level leaves from number 256 * index
on. A tile that is not full yet is partial; every longer version of it begins with the shorter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from backbone.merkle import Nodes, subtree_hash

HEIGHT = 8
FULL = 1 << HEIGHT
HASH = 32


class TileId(NamedTuple):
    """Which tile of a tree."""

    level: int
    number: int


class TileMissing(LookupError):
    """A tile is not there, or is shorter than the tree's size says."""


def tile_path(tile: TileId, width: int = FULL) -> str:
    """The tile's path under the tree's address; its number in threes of digits, all but the last begun by x."""
    digits = f"{tile.number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{tile.level}/{path}" + ("" if width == FULL else f".p/{width}")


_PATH = re.compile(r"tile/(0|[1-9]\d?)/((?:x\d{3}/){0,5}\d{3})(?:\.p/([1-9]\d{0,2}))?")


def parse_tile_path(path: str) -> tuple[TileId, int]:
    """The tile and the width that a path asks for. Raises ValueError for anything but a path as written
    above.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        raise ValueError("not a tile's path")
    tile = TileId(int(found[1]), int(found[2].replace("x", "").replace("/", "")))
    width = int(found[3] or FULL)
    if tile_path(tile, width) != path or (found[3] and width >= FULL) or tile.level > 63:
        raise ValueError("not a tile's path")
    return tile, width


def widths(size: int) -> dict[TileId, int]:
    """The rightmost tile of each level of a tree of `size` leaves and how many hashes it has; full ones left
    out.
    """
    found, level, count = {}, 0, size
    while count:
        if count % FULL:
            found[TileId(level, count // FULL)] = count % FULL
        level, count = level + 1, count >> HEIGHT
    return found


def grow(size: int, partial: Mapping[TileId, bytes], leaf_hashes: Sequence[bytes]) -> dict[TileId, bytes]:
    """The tiles that are new or longer when leaves are added to a tree of `size`, given its partial tiles."""
    changed: dict[TileId, bytes] = {}
    level, count, coming = 0, size, list(leaf_hashes)
    while coming:
        index, carried = count // FULL, list[bytes]()
        content = bytearray(partial.get(TileId(level, index), b""))
        if len(content) != count % FULL * HASH:
            raise TileMissing(
                f"tile {level}/{index} has {len(content) // HASH} hashes and should have {count % FULL}"
            )
        for hashed in coming:
            content += hashed
            if len(content) == FULL * HASH:
                changed[TileId(level, index)] = bytes(content)
                carried.append(tile_hash(bytes(content), HEIGHT, 0))
                content, index = bytearray(), index + 1
        if content:
            changed[TileId(level, index)] = bytes(content)
        level, count, coming = level + 1, count >> HEIGHT, carried
    return changed


def tile_hash(content: bytes, height: int, place: int) -> bytes:
    """The root of the subtree of 2^height hashes that is number `place` in a tile's content."""
    begin, end = (place << height) * HASH, ((place + 1) << height) * HASH
    if len(content) < end:
        raise TileMissing("the tile is shorter than the tree's size says")
    return subtree_hash([content[at : at + HASH] for at in range(begin, end, HASH)])


def nodes_in(tile_content: Callable[[TileId], bytes]) -> Nodes:
    """The nodes of a tree whose tiles can be read."""

    def node(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        tile_index, place = divmod(index << height, FULL)
        return tile_hash(tile_content(TileId(tile_level, tile_index)), height, place >> height)

    return node
