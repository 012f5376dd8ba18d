"""Merkle trees against the published vectors, against another implementation, and against broken proofs."""

from __future__ import annotations

from functools import cache

import pymerkle  # type: ignore[import-untyped]
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backbone.merkle import (
    EMPTY_ROOT,
    Frontier,
    ProofWrong,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    nodes_of,
    root_of,
)
from backbone.tiles import FULL, TileId, grow, nodes_in, parse_tile_path, tile_path, widths

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Certificate Transparency's own test tree: its leaves, and the root after each."""
PATHS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
MANY = [leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)]
sizes = st.integers(0, 700)


@cache
def root(size: int) -> bytes:
    return root_of(size, nodes_of(MANY))


def test_the_roots_are_those_of_the_published_test_tree() -> None:
    tree = Frontier()
    assert tree.root() == EMPTY_ROOT == root_of(0, nodes_of([]))
    for size, expected in enumerate(ROOTS, start=1):
        tree.append(HASHES[size - 1 : size])
        assert tree.root().hex() == root_of(size, nodes_of(HASHES)).hex() == expected


@pytest.mark.parametrize(("place", "path"), PATHS.items())
def test_the_inclusion_proofs_are_the_published_ones(place: tuple[int, int], path: list[str]) -> None:
    index, size = place
    assert [step.hex() for step in inclusion_proof(index, size, nodes_of(HASHES))] == path


@given(st.integers(1, 700))
def test_another_implementation_finds_the_same_root(size: int) -> None:
    other = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(size):
        other.append_entry(number.to_bytes(4, "big"))
    assert other.get_root() == root(size)


@given(st.data(), st.integers(1, 700))
def test_every_leaf_is_proved_and_nothing_else_is(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, nodes_of(MANY))
    check_inclusion(index, size, MANY[index], proof, root(size))
    other = data.draw(st.integers(0, size - 1))
    assume(other != index)
    with pytest.raises(ProofWrong):
        check_inclusion(other, size, MANY[index], proof, root(size))
    with pytest.raises(ProofWrong):
        check_inclusion(index, size, MANY[other], proof, root(size))
    with pytest.raises(ProofWrong):
        check_inclusion(index, size, MANY[index], [*proof, MANY[0]], root(size))
    with pytest.raises(ProofWrong):
        check_inclusion(index, size, MANY[index], proof[:-1], root(size))


@given(sizes, sizes)
def test_a_grown_tree_is_proved_to_begin_with_the_old_one(one: int, other: int) -> None:
    old, new = sorted((one, other))
    proof = consistency_proof(old, new, nodes_of(MANY))
    check_consistency(old, new, root(old), root(new), proof)


@given(st.data(), st.integers(2, 700))
def test_a_tree_with_one_changed_leaf_is_never_consistent(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new))
    changed = data.draw(st.integers(0, old - 1))
    forged = [*MANY[:changed], leaf_hash(b"forged"), *MANY[changed + 1 : new]]
    proof = consistency_proof(old, new, nodes_of(forged))
    with pytest.raises(ProofWrong):
        check_consistency(old, new, root(old), root_of(new, nodes_of(forged)), proof)


@given(st.data(), st.integers(2, 700))
def test_a_proof_that_is_cut_lengthened_or_changed_fails(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new - 1))
    proof = consistency_proof(old, new, nodes_of(MANY))
    place = data.draw(st.integers(0, len(proof) - 1))
    for wrong in (proof[:-1], [*proof, MANY[0]], [*proof[:place], b"\0" * 32, *proof[place + 1 :]]):
        with pytest.raises(ProofWrong):
            check_consistency(old, new, root(old), root(new), wrong)


def test_a_shrunken_tree_and_two_trees_of_one_size_are_refused() -> None:
    with pytest.raises(ProofWrong, match="shrunk from 5 to 4"):
        check_consistency(5, 4, root(5), root(4), [])
    with pytest.raises(ProofWrong, match="two different trees of 4"):
        check_consistency(4, 4, root(4), root(5), [])


@pytest.mark.parametrize(
    ("tile", "width", "path"),
    [
        (TileId(0, 0), FULL, "tile/0/000"),
        (TileId(0, 1234067), FULL, "tile/0/x001/x234/067"),
        (TileId(1, 999), 17, "tile/1/999.p/17"),
        (TileId(2, 1000), 255, "tile/2/x001/000.p/255"),
    ],
)
def test_a_tiles_path_is_written_as_the_format_says(tile: TileId, width: int, path: str) -> None:
    assert tile_path(tile, width) == path
    assert parse_tile_path(path) == (tile, width)


@pytest.mark.parametrize(
    "path",
    [
        *("tile/0/0", "tile/0/1000", "tile/0/x000/001", "tile/64/000", "tile/0/000.p/256", "tile/0/000.p/0"),
        *("tile/00/000", "tile/0/000/", "tile/0/../000", "tile/0/000.p/01", "checkpoint", ""),
    ],
)
def test_no_other_path_is_a_tiles(path: str) -> None:
    with pytest.raises(ValueError, match="not a tile's path"):
        parse_tile_path(path)


@given(st.lists(st.integers(0, 600), max_size=6))
def test_tiles_that_grow_in_any_steps_hold_the_same_tree(steps: list[int]) -> None:
    size, tiles = 0, dict[TileId, bytes]()
    for step in steps:
        partial = {tile: tiles[tile] for tile in widths(size)}
        assert {tile: len(content) // 32 for tile, content in partial.items()} == widths(size)
        changed = grow(size, partial, MANY[size : size + step])
        assert all(content.startswith(tiles.get(tile, b"")) for tile, content in changed.items())
        tiles.update(changed)
        size += step
    assert root_of(size, nodes_in(tiles.__getitem__)) == root(size)


def test_a_tree_of_three_levels_of_tiles_is_read_back_from_them_alone() -> None:
    tiles = grow(0, {}, MANY)
    assert max(tile.level for tile in tiles) == 2
    assert root_of(len(MANY), nodes_in(tiles.__getitem__)) == root(len(MANY))
    proof = consistency_proof(65_536, len(MANY), nodes_in(tiles.__getitem__))
    check_consistency(65_536, len(MANY), root(65_536), root(len(MANY)), proof)
