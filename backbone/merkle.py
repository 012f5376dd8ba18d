"""Merkle trees as in RFC 6962 and 9162 (SHA-256): roots, inclusion and consistency proofs. Pure.

A tree is seen through `Nodes`: the hash of the complete subtree of 2^level leaves that is number `index` from
the left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

Nodes = Callable[[int, int], bytes]
EMPTY_ROOT = sha256(b"").digest()


class ProofWrong(ValueError):
    """A proof does not prove what it should; the message says what."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def subtree_hash(hashes: Sequence[bytes]) -> bytes:
    """The root of a complete subtree over 1, 2, 4, 8 … hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level), 2)]
    return level[0]


def nodes_of(leaf_hashes: Sequence[bytes]) -> Nodes:
    """The nodes of a tree whose leaf hashes are all in memory."""

    def node(level: int, index: int) -> bytes:
        return subtree_hash(leaf_hashes[index << level : (index + 1) << level])

    return node


class Frontier:
    """A tree that only grows, in memory of the order of its height: the roots of its complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def append(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add leaves at the end."""
        for root in leaf_hashes:
            size = self.size
            while size & 1:
                root = sha256(b"\x01" + self._roots.pop() + root).digest()
                size >>= 1
            self._roots.append(root)
            self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self._roots:
            return EMPTY_ROOT
        root = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            root = node_hash(left, root)
        return root


def root_of(size: int, node: Nodes) -> bytes:
    """The root of the first `size` leaves."""
    return _range_hash(0, size, node) if size else EMPTY_ROOT


def _range_hash(begin: int, end: int, node: Nodes) -> bytes:
    """The hash over [begin, end) as the definition MTH cuts it; `begin` is a multiple of the first cut."""
    size = end - begin
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, begin >> level)
    cut = begin + _cut(size)
    return node_hash(_range_hash(begin, cut, node), _range_hash(cut, end, node))


def _cut(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node: Nodes) -> list[bytes]:
    """The audit path PATH(index, first `size` leaves)."""
    if not 0 <= index < size:
        raise ProofWrong(f"there is no leaf {index} in a tree of {size}")
    begin, end, path = 0, size, list[bytes]()
    while end - begin > 1:
        cut = begin + _cut(end - begin)
        if index < cut:
            path.append(_range_hash(cut, end, node))
            end = cut
        else:
            path.append(_range_hash(begin, cut, node))
            begin = cut
    return path[::-1]


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise ProofWrong unless the proof shows this leaf hash at `index` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofWrong(f"there is no leaf {index} in a tree of {size}")
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofWrong("the inclusion proof is too long")
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    if last != 0 or found != root:
        raise ProofWrong(f"leaf {index} is not under this root of {size} leaves")


def consistency_proof(old: int, new: int, node: Nodes) -> list[bytes]:
    """PROOF(old, first `new` leaves): that the first `old` leaves are a beginning of the first `new`."""
    if not 0 <= old <= new:
        raise ProofWrong(f"a tree of {new} cannot have grown from one of {old}")
    if old in (0, new):
        return []
    begin, end, whole, path = 0, new, True, list[bytes]()
    while old != end:
        cut = begin + _cut(end - begin)
        if old <= cut:
            path.append(_range_hash(cut, end, node))
            end = cut
        else:
            path.append(_range_hash(begin, cut, node))
            begin, whole = cut, False
    if not whole:
        path.append(_range_hash(begin, end, node))
    return path[::-1]


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise ProofWrong unless the tree of `new` leaves begins with the one of `old` (RFC 9162, 2.1.4.2)."""
    if old > new or old < 0:
        raise ProofWrong(f"the tree has shrunk from {old} to {new} leaves")
    if old in (0, new):
        if proof or (old == new and old_root != new_root) or (old == 0 and old_root != EMPTY_ROOT):
            raise ProofWrong(f"two different trees of {old} leaves")
        return
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise ProofWrong("the consistency proof is empty")
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofWrong("the consistency proof is too long")
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    if last != 0 or first != old_root or second != new_root:
        raise ProofWrong(f"the first {old} of {new} leaves are not those that were there")
