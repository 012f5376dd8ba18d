"""Where the records to be verified come from: Kafka, or a file that was exported from it. Never from an audit
table.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from backbone.bulk_reading import read_bulk
from backbone.log import LogRecord, end_offsets, reader
from backbone.settings import Settings

Told = Callable[[int, int], None]
"""How far a reading has come: records done, and of how many (0 where that is not known)."""


class ExportTruncated(ValueError):
    """The file ends before its end."""


class _Line(msgspec.Struct):
    p: int = -1
    o: int = -1
    k: str | None = None
    v: str | None = None
    end: dict[str, int] | None = None
    origin: str | None = None


_line = msgspec.json.Decoder(_Line)


def from_kafka(settings: Settings, told: Told) -> Iterator[list[LogRecord]]:
    """The whole log as it stands on Kafka now."""
    consumer = reader(settings)
    try:
        ends = end_offsets(consumer, settings.case_topic)
    finally:
        consumer.close()
    done, whole = 0, sum(ends.values())
    for batch in read_bulk(settings, until=ends):
        yield batch
        done += len(batch)
        told(done, whole)


def from_export(path: Path, told: Told) -> Iterator[list[LogRecord]]:
    """The records of an exported file, in runs of one partition. Raises ExportTruncated after the last of
    them.
    """
    done, batch = 0, list[LogRecord]()
    ends: dict[str, int] | None = None
    try:
        with gzip.open(path, "rb") as file:
            for raw in file:
                line = _line.decode(raw)
                if line.origin is not None:
                    continue
                if line.end is not None:
                    ends = line.end
                    break
                record = LogRecord(line.p, line.o, _unpacked(line.k), _unpacked(line.v))
                if batch and (batch[0].partition != record.partition or len(batch) >= 2000):
                    yield batch
                    done, batch = done + len(batch), []
                    told(done, 0)
                batch.append(record)
    except (EOFError, OSError, zlib.error, msgspec.DecodeError, ValueError):
        ends = None
    if batch:
        yield batch
    if ends is None:
        raise ExportTruncated(f"{path.name} ends before its last line: it was cut, or not written to its end")


def exported_at(path: Path) -> datetime | None:
    """When an export was begun, as its first line says; None where it does not."""
    try:
        with gzip.open(path, "rb") as file:
            return msgspec.json.decode(file.readline(), type=_First).exported_at
    except (EOFError, OSError, zlib.error, msgspec.DecodeError, ValueError):
        return None


class _First(msgspec.Struct):
    exported_at: datetime


def write_export(settings: Settings, path: Path, *, exported_at: str, told: Told) -> int:
    """Write the whole log to a file that `from_export` reads; gives how many records it has."""
    ends: dict[str, int] = {}
    count = 0
    new = path.with_name(path.name + ".part")
    with gzip.open(new, "wb", compresslevel=4) as file:
        file.write(_json({"origin": settings.log_origin, "exported_at": exported_at}))
        for batch in from_kafka(settings, told):
            for record in batch:
                packed = {"k": _packed(record.key), "v": _packed(record.value)}
                file.write(_json({"p": record.partition, "o": record.offset, **packed}))
            ends[str(batch[-1].partition)] = batch[-1].offset + 1
            count += len(batch)
        file.write(_json({"end": ends}))
    new.replace(path)
    return count


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _packed(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode()


def _unpacked(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
