"""Canaries: made-up words that stand for personal data, and a search for them wherever a system leaves bytes."""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import psycopg
from fastapi import FastAPI
from kafka import KafkaConsumer, TopicPartition

from backbone.database import plain_url
from backbone.settings import Settings
from tests.system import System

BOUNDED = ("enum", "pattern", "format", "const")
OVERLAP = 4096


def a_canary(name: str) -> str:
    """A word that occurs nowhere else, long enough to be found whole and letters only, so that forms take it."""
    letters = secrets.token_hex(8).translate(str.maketrans("0123456789", "ghijklmnop"))
    kind = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())[:10]
    return f"Kanari{kind}{letters}"


def free_text_fields(app: FastAPI) -> Iterator[str]:
    """Every field of every request body into which anything at all can be written, as its API's own document says."""
    document = app.openapi()
    schemas = document.get("components", {}).get("schemas", {})
    for path, operations in document["paths"].items():
        for operation in operations.values():
            body = (
                operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            )
            for place in _free(schemas, body or {}, ()):
                yield f"{path} {place}"


def _free(schemas: Mapping[str, Any], schema: Mapping[str, Any], seen: tuple[str, ...]) -> Iterator[str]:
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[-1]
        if name not in seen:
            yield from _free(schemas, schemas[name], (*seen, name))
        return
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _free(schemas, choice, seen)
    for name, inner in schema.get("properties", {}).items():
        yield from (f"{name}{rest}" for rest in _free(schemas, inner, seen))
    others = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
    for inner in others:
        if isinstance(inner, dict):
            yield from (f".*{rest}" for rest in _free(schemas, inner, seen))
    if schema.get("type") == "array":
        yield from (f"[]{rest}" for rest in _free(schemas, schema.get("items", {}), seen))
    if schema.get("type") == "string" and not any(bound in schema for bound in BOUNDED):
        yield ""


def forms_of(canary: str) -> list[bytes]:
    """The canary as it may stand somewhere: plain, in hex, in base64 at each alignment, in two bytes a letter."""
    plain = canary.encode()
    in_base64 = [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return [plain, plain.hex().encode(), plain.upper(), plain.lower(), canary.encode("utf-16-le"), *in_base64]


class Search:
    """Looks for canaries in everything that a system has written. Gives (place, canary), each place once."""

    def __init__(self, system: System, canaries: Iterable[str]) -> None:
        self._system, self._settings = system, system.settings
        self._forms = [(form, canary) for canary in canaries for form in forms_of(canary)]
        written = zip(*(forms_of(canary) for canary in {canary for _, canary in self._forms}), strict=True)
        self._beginnings = {os.path.commonprefix(forms) for forms in written}  # noqa: RUF071 - of bytes, no paths

    def everywhere(self, *temporary: Path) -> set[tuple[str, str]]:
        """Tables, topics, e-mails, logs and all other files of the processes, the server's own files, and dumps."""
        found: set[tuple[str, str]] = set()
        for place, content in (
            *self._tables(),
            *self._topics(),
            *self._mails(),
            *self._files(self._system.folder, *temporary),
            *self._server_files(),
            *self._dumps(),
        ):
            found |= {(place, canary) for canary in self.in_bytes(content)}
        return found

    def in_bytes(self, content: bytes) -> set[str]:
        """The canaries that stand in these bytes."""
        if not any(
            beginning in content for beginning in self._beginnings
        ):  # by far most content, found out cheaply
            return set()
        return {canary for form, canary in self._forms if form in content}

    def databases(self) -> list[str]:
        """Every database of the system, the key store too."""
        return [str(self._settings.database(name).database) for name in (*self._system.services, "keys")]

    def _tables(self) -> Iterator[tuple[str, bytes]]:
        for name in (*self._system.services, "keys"):
            with psycopg.connect(plain_url(self._settings.database(name))) as connection:
                tables = connection.execute(
                    "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'"
                ).fetchall()
                for (table,) in tables:
                    for row in connection.execute(f"SELECT * FROM {table}".encode()):
                        yield f"table {name}.{table}", b"\0".join(map(_bytes, row))

    def _topics(self) -> Iterator[tuple[str, bytes]]:
        for topic in (self._settings.case_topic, self._settings.directory_topic):
            consumer = KafkaConsumer(
                bootstrap_servers=self._settings.kafka_bootstrap, enable_auto_commit=False, group_id=None
            )
            try:
                parts = [
                    TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()
                ]
                ends = consumer.end_offsets(parts)
                consumer.assign(parts)
                consumer.seek_to_beginning(*parts)
                while any(consumer.position(part) < ends[part] for part in parts):
                    for records in consumer.poll(timeout_ms=500).values():
                        for record in records:
                            yield (
                                f"topic {topic}",
                                repr((record.headers,)).encode()
                                + b"\0".join(part for part in (record.key, record.value) if part is not None),
                            )
            finally:
                consumer.close()

    def _mails(self) -> Iterator[tuple[str, bytes]]:
        for path in self._system.mail():
            message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
            headers = "\n".join(f"{name}: {value}" for name, value in message.items())
            bodies = [part.get_payload(decode=True) or b"" for part in message.walk()]
            yield "an e-mail", headers.encode() + b"\0".join(map(_bytes, bodies))

    def _files(self, *folders: Path) -> Iterator[tuple[str, bytes]]:
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    yield from ((f"file {path.relative_to(folder)}", part) for part in _parts(path))

    def _server_files(self) -> Iterator[tuple[str, bytes]]:
        """The files of our databases, dead rows and all, and the write-ahead log, as they lie on the disk."""
        with psycopg.connect(plain_url(self._settings.maintenance_database()), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
            numbers = connection.execute(
                "SELECT oid, datname FROM pg_database WHERE datname = ANY(%s)", (self.databases(),)
            ).fetchall()
        assert len(numbers) == len(self.databases())
        for number, name in numbers:
            for path in sorted((Path(folder) / "base" / str(number)).glob("*")):
                yield from ((f"data file of {name}", part) for part in _parts(path))
        for path in sorted((Path(folder) / "pg_wal").glob("0*")):
            yield from (("the write-ahead log", part) for part in _parts(path))

    def _dumps(self) -> Iterator[tuple[str, bytes]]:
        for name in (*self._system.services, "keys"):
            yield f"dump of {name}", dump(self._settings, name)


def dump(settings: Settings, name: str, *options: str) -> bytes:
    """A back-up of one database by PostgreSQL's own program."""
    from deploy.local.postgres import program

    command = [program("pg_dump"), *options, "--dbname", plain_url(settings.database(name))]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def restore_dump(settings: Settings, name: str, content: bytes) -> None:
    """Bring a dump made with --clean back into its database."""
    from deploy.local.postgres import program

    command = [
        program("psql"),
        "--quiet",
        "--set",
        "ON_ERROR_STOP=1",
        "--dbname",
        plain_url(settings.database(name)),
    ]
    subprocess.run(command, check=True, capture_output=True, input=content, timeout=120)


def _parts(path: Path) -> Iterator[bytes]:
    """A file in parts that overlap by more than any canary is long."""
    try:
        with path.open("rb") as file:
            tail = b""
            while part := file.read(8 * 1024 * 1024):
                yield tail + part
                tail = part[-OVERLAP:]
    except FileNotFoundError:  # the server has taken it away meanwhile
        return


def _bytes(value: Any) -> bytes:
    if isinstance(value, memoryview | bytearray):
        return bytes(value)
    return value if isinstance(value, bytes) else str(value).encode()
