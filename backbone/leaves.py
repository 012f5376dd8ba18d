"""What a record of the case log is in its partition's Merkle tree: leaf number = offset, leaf = key and value as they stand. Pure.

Both are written behind their length (four bytes, big-endian; ff ff ff ff for none), so that no two records
share a leaf. An offset that holds no record is the empty leaf. Whoever can read Kafka can therefore rebuild
every root without anything of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from backbone.merkle import leaf_hash

NOTHING = b"\xff\xff\xff\xff"
NO_RECORD = leaf_hash(b"")


class Record(Protocol):
    """What of a record goes into its leaf."""

    @property
    def offset(self) -> int:
        """Its place in the partition."""
        ...

    @property
    def key(self) -> bytes | None:
        """Its key."""
        ...

    @property
    def value(self) -> bytes | None:
        """Its value."""
        ...


def leaf_of(key: bytes | None, value: bytes | None) -> bytes:
    """The leaf of a record."""
    return _written(key) + _written(value)


def _written(part: bytes | None) -> bytes:
    return NOTHING if part is None else len(part).to_bytes(4, "big") + part


def leaf_hashes(records: Iterable[Record], *, size: int) -> Iterator[bytes]:
    """The hashes that records of one partition, in order, add to its tree of `size` leaves; holes are filled."""
    for record in records:
        offset = record.offset
        if offset > size:
            yield from [NO_RECORD] * (offset - size)
        if offset >= size:
            yield leaf_hash(leaf_of(record.key, record.value))
            size = offset + 1
