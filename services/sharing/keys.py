"""The key store: a data key per person and case, in a database of its own with a back-up rule of its own,
wrapped by the key-encryption key.

A destroyed data key stays as a tombstone, so that nothing is ever written again under its person and case.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine

from backbone.database import connect, ensure_database
from backbone.settings import Settings

DATABASE = "keys"
Scope = tuple[str, str]
"""A case id and a person id: what a data key is for."""
NONCE_BYTES = 12
KEY_BYTES = 32
STEPS = (
    """
    CREATE TABLE key_encryption_key (
        fingerprint text PRIMARY KEY, in_use boolean NOT NULL, begun_at timestamptz NOT NULL, ended_at
        timestamptz
    );
    CREATE UNIQUE INDEX one_in_use ON key_encryption_key (in_use) WHERE in_use;
    CREATE TABLE data_key (
        person_id text, case_id text, fingerprint text REFERENCES key_encryption_key, wrapped bytea,
        made_at timestamptz NOT NULL, destroyed_at timestamptz, PRIMARY KEY (case_id, person_id),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
    );
    """,
)
"""The migrations of the key store, in order; a step that has run anywhere is never changed."""


class WrongKeyEncryptionKey(RuntimeError):
    """The key-encryption key given is not the one that wrapped the data keys: nothing may be opened or
    written.
    """


class KeyTampered(RuntimeError):
    """A wrapped data key does not open under its person and case: it was moved or changed."""


class KeyDestroyed(RuntimeError):
    """The data key of this person and case has been destroyed; its content is gone for ever."""


class KeyRow(NamedTuple):
    """A data key as it lies in the store."""

    person_id: str
    case_id: str
    fingerprint: str
    wrapped: bytes | None


def fingerprint(key_encryption_key: bytes) -> str:
    """What a key-encryption key is known by; says nothing of the key itself."""
    return hashlib.blake2b(
        b"felles-ansvar key-encryption key", key=key_encryption_key, digest_size=16
    ).hexdigest()


class KeyStore:
    """The data keys. Give it the key-encryption key; one that did not wrap what lies here is refused."""

    def __init__(self, settings: Settings, *, key_encryption_key: bytes | None = None) -> None:
        self._kek = key_encryption_key or settings.key_encryption_key()
        if len(self._kek) != KEY_BYTES:
            raise WrongKeyEncryptionKey(
                f"the key-encryption key must be {KEY_BYTES} bytes, written as {2 * KEY_BYTES} hex digits"
            )
        self._settings = settings
        self.fingerprint = fingerprint(self._kek)
        self.engine: Engine = connect(settings.database(DATABASE), size=4)
        self._lock, self._prepared = threading.Lock(), False

    def prepare(self, at: datetime) -> None:
        """Make the store when it is missing, and check that this is its key. Raises WrongKeyEncryptionKey."""
        with self._lock:
            if not self._prepared:
                prepare_database(self._settings, self.engine)
                with self.engine.begin() as connection:
                    self._check_key(connection, at)
                self._prepared = True

    def _check_key(self, connection: Connection, at: datetime) -> None:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('felles-keys'))")
        in_use = connection.exec_driver_sql(
            "SELECT fingerprint FROM key_encryption_key WHERE in_use"
        ).scalar()
        if in_use is None:
            connection.exec_driver_sql(
                "INSERT INTO key_encryption_key (fingerprint, in_use, begun_at) VALUES (%s, true, %s)",
                (self.fingerprint, at),
            )
        elif in_use != self.fingerprint:
            raise WrongKeyEncryptionKey(
                "the key-encryption key is not the one that wrapped the vault's data keys;"
                " give back the right one; nothing was opened"
            )

    def obtain(self, *, person_id: str, case_id: str, at: datetime) -> bytes:
        """The data key of a person in a case, made when there is none. Raises KeyDestroyed, KeyTampered."""
        wrapped = self._wrap(secrets.token_bytes(KEY_BYTES), person_id, case_id)
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO data_key (person_id, case_id, fingerprint, wrapped, made_at)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (person_id, case_id, self.fingerprint, wrapped, at),
            )
            rows = self._rows(connection, [(case_id, person_id)])
        return self._unwrap(rows[0])

    def many(self, scopes: Iterable[Scope]) -> dict[Scope, bytes]:
        """The data keys that still exist for these cases and persons. Raises KeyTampered,
        WrongKeyEncryptionKey.
        """
        asked = sorted(set(scopes))
        if not asked:
            return {}
        with self.engine.connect() as connection:
            rows = self._rows(connection, asked)
        return {(row.case_id, row.person_id): self._unwrap(row) for row in rows if row.wrapped is not None}

    def _rows(self, connection: Connection, scopes: list[Scope]) -> list[KeyRow]:
        found = connection.exec_driver_sql(
            "SELECT person_id, case_id, fingerprint, wrapped FROM data_key"
            " JOIN unnest(%s::text[], %s::text[]) AS asked (case_id, person_id) USING (case_id, person_id)",
            ([case for case, _ in scopes], [person for _, person in scopes]),
        )
        return [KeyRow(*row) for row in found]

    def _wrap(self, key: bytes, person_id: str, case_id: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._kek).encrypt(nonce, key, _bound_to(person_id, case_id))

    def _unwrap(self, row: KeyRow) -> bytes:
        if row.wrapped is None:
            raise KeyDestroyed
        nonce, wrapped = row.wrapped[:NONCE_BYTES], row.wrapped[NONCE_BYTES:]
        try:
            return AESGCM(self._kek).decrypt(nonce, wrapped, _bound_to(row.person_id, row.case_id))
        except InvalidTag:
            if row.fingerprint != self.fingerprint:
                raise WrongKeyEncryptionKey("a data key is wrapped by another key-encryption key") from None
            raise KeyTampered from None


def prepare_database(settings: Settings, engine: Engine) -> None:
    """Make the key store's database and bring it to the newest step."""
    ensure_database(settings, str(settings.database(DATABASE).database))
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('felles-keys'))")
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS step (number integer PRIMARY KEY)")
        done = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM step").scalar_one()
        for number, statements in enumerate(STEPS[done:], start=done + 1):
            for statement in filter(str.strip, statements.split(";\n")):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("INSERT INTO step VALUES (%s)", (number,))


def _bound_to(person_id: str, case_id: str) -> bytes:
    return f"{person_id}|{case_id}".encode()
