"""The key store: a data key per person and case, in a database of its own with a back-up rule of its own,
wrapped by the key-encryption key.

A destroyed data key stays as a tombstone, so that nothing is ever written again under its person and case.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from backbone.database import connect, ensure_database
from backbone.settings import Settings
from services.sharing.key_service import source_of
from services.sharing.wrapping import KEY_BYTES as KEY_BYTES
from services.sharing.wrapping import NONCE_BYTES as NONCE_BYTES
from services.sharing.wrapping import HeldKey, KeyEncryptionKey, KeySource, NotUnwrapped, WrappedKey
from services.sharing.wrapping import WrongKeyEncryptionKey as WrongKeyEncryptionKey

DATABASE = "keys"
Scope = tuple[str, str]
"""A case id and a person id: what a data key is for."""
NOTES_OF = "notes of "
"""What the person of a key for private notes begins with; their author comes after."""
REPLACED_AFTER = timedelta(days=31)
"""How long a key-encryption key is in use."""
DESTROYED_AFTER = timedelta(days=35)
"""How long a replaced one is kept, for back-ups that are still within their time."""
AT_ONCE = 500
"""How many keys are wrapped or unwrapped with one question."""
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
    """
    ALTER TABLE key_encryption_key ADD COLUMN destroyed_at timestamptz;
    CREATE TABLE erased_case (case_id text PRIMARY KEY, erased_at timestamptz NOT NULL);
    """,
)
"""The migrations of the key store, in order; a step that has run anywhere is never changed."""


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


class KeyStore:
    """The data keys, wrapped by the key that `source` has (the file or the key service of the settings, unless told otherwise); one that did
    not wrap what lies here is refused.

    Whatever asks for a key raises Unavailable too, while a key service is away.
    """

    def __init__(self, settings: Settings, *, source: KeySource | None = None) -> None:
        self._settings, self._source = settings, source or source_of(settings)
        self._kek = self._source.current()
        self.engine: Engine = connect(settings.database(DATABASE), size=4)
        self._lock, self._prepared = threading.Lock(), False

    @property
    def fingerprint(self) -> str:
        """What the key-encryption key held now is known by."""
        return self._kek.fingerprint

    def prepare_database(self) -> None:
        """Make the store when it is missing, whatever its key is."""
        prepare_database(self._settings, self.engine)

    def in_use(self) -> str | None:
        """The fingerprint of the key-encryption key that wraps the data keys now."""
        with self.engine.connect() as connection:
            return _in_use(connection)

    def prepare(self, at: datetime) -> None:
        """Make the store when it is missing, and check that this is its key. Raises WrongKeyEncryptionKey."""
        with self._lock:
            if not self._prepared:
                self.prepare_database()
                if (in_use := self.in_use()) is not None:
                    self._adopt(in_use)
                with self.engine.begin() as connection:
                    self._check_key(connection, at)
                self._prepared = True

    def _check_key(self, connection: Connection, at: datetime) -> None:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('felles-keys'))")
        in_use = _in_use(connection)
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
        """The data key of a person in a case, made when there is none.

        Raises KeyDestroyed, KeyTampered, WrongKeyEncryptionKey.
        """
        try:
            return self._obtain(person_id, case_id, at)
        except WrongKeyEncryptionKey:
            if not self._adopt(self.in_use()):
                raise
            return self._obtain(person_id, case_id, at)

    def _obtain(self, person_id: str, case_id: str, at: datetime) -> bytes:
        wrapped = self._wrap(secrets.token_bytes(KEY_BYTES), person_id, case_id)
        with self.engine.begin() as connection:
            _wait_for_case(connection, case_id)
            if connection.exec_driver_sql("SELECT 1 FROM erased_case WHERE case_id = %s", (case_id,)).first():
                raise KeyDestroyed
            connection.exec_driver_sql(
                "INSERT INTO data_key (person_id, case_id, fingerprint, wrapped, made_at)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (person_id, case_id, self.fingerprint, wrapped, at),
            )
            self._check_in_use(connection)
            rows = self._rows(connection, [(case_id, person_id)])
        return self._unwrap(rows[0])

    def _check_in_use(self, connection: Connection) -> None:
        """Nothing is wrapped with a key that was replaced while this process ran. Raises
        WrongKeyEncryptionKey.
        """
        if _in_use(connection) != self.fingerprint:
            raise WrongKeyEncryptionKey("the key-encryption key has been replaced")

    def _adopt(self, wanted: str | None) -> bool:
        """Take the key that is wanted, if the source has it now."""
        key = self._source.named(wanted) if wanted is not None else None
        self._kek = key or self._kek
        return key is not None

    def check_source(self) -> None:
        """Raise Unavailable while the key-encryption key cannot be had, WrongKeyEncryptionKey when it is gone."""
        if self._source.named(self.fingerprint) is None and not self._adopt(self.in_use()):
            raise WrongKeyEncryptionKey("the key-encryption key in use is not to be had")

    def destroy(self, case_id: str, *, at: datetime) -> int:
        """Destroy every data key of a case for ever, and make none again; gives how many were still there."""
        with self.engine.begin() as connection:
            _wait_for_case(connection, case_id)
            connection.exec_driver_sql(
                "INSERT INTO erased_case (case_id, erased_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (case_id, at),
            )
            gone = connection.exec_driver_sql(
                "UPDATE data_key SET wrapped = NULL, destroyed_at = %s WHERE case_id = %s AND wrapped IS NOT NULL",
                (at, case_id),
            )
            return gone.rowcount

    def forget(self, scope: Scope) -> bool:
        """Delete the data key of a person and case under which nothing lies any more; a new one may be made.
        True when there was one.
        """
        case_id, person_id = scope
        with self.engine.begin() as connection:
            _wait_for_case(connection, case_id)
            gone = connection.exec_driver_sql(
                "DELETE FROM data_key WHERE case_id = %s AND person_id = %s AND wrapped IS NOT NULL",
                (case_id, person_id),
            )
            return bool(gone.rowcount)

    def destroy_notes(self, case_ids: list[str], *, at: datetime) -> int:
        """Destroy the keys of everybody's private notes in these cases for ever; gives how many were still there."""
        with self.engine.begin() as connection:
            gone = connection.exec_driver_sql(
                "UPDATE data_key SET wrapped = NULL, destroyed_at = %s"
                " WHERE case_id = ANY(%s) AND starts_with(person_id, %s) AND wrapped IS NOT NULL",
                (at, case_ids, NOTES_OF),
            )
            return gone.rowcount

    def begun_at(self) -> datetime:
        """When the key-encryption key in use was begun."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT begun_at FROM key_encryption_key WHERE in_use")
            begun: datetime = found.scalar_one()
        return begun

    def replace(self, new_key: KeyEncryptionKey, *, at: datetime) -> int:
        """Wrap every live data key with a new key-encryption key, in one transaction; gives how many. Give
        this store's key away afterwards.

        Raises WrongKeyEncryptionKey when this store's key is not in use, KeyTampered.
        """
        successor = KeyStore(self._settings, source=HeldKey(new_key))
        with self.engine.begin() as connection:
            self._check_key(connection, at)
            connection.exec_driver_sql("LOCK TABLE data_key IN EXCLUSIVE MODE")
            connection.exec_driver_sql(
                "UPDATE key_encryption_key SET in_use = false, ended_at = %s WHERE in_use", (at,)
            )
            successor._check_key(connection, at)
            found = connection.exec_driver_sql(
                "SELECT person_id, case_id, fingerprint, wrapped FROM data_key WHERE wrapped IS NOT NULL"
            )
            rows = [KeyRow(*row) for row in found]
            for row, again in zip(rows, self._taken_over(new_key, rows), strict=True):
                connection.exec_driver_sql(
                    "UPDATE data_key SET wrapped = %s, fingerprint = %s WHERE case_id = %s AND person_id = %s",
                    (again, successor.fingerprint, row.case_id, row.person_id),
                )
        successor.engine.dispose()
        return len(rows)

    def _taken_over(self, new_key: KeyEncryptionKey, rows: list[KeyRow]) -> Iterator[bytes]:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            try:
                yield from new_key.take_over(self._kek, [_wrapped(row) for row in some])
            except NotUnwrapped:
                keys = [self._unwrap(row) for row in some]
                bounds = [_bound_to(row.person_id, row.case_id) for row in some]
                yield from (new_key.wrap(key, bound=bound) for key, bound in zip(keys, bounds, strict=True))

    def ended(self, at: datetime) -> list[str]:
        """The key-encryption keys whose days are over and that are not marked destroyed."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT fingerprint FROM key_encryption_key WHERE ended_at <= %s AND destroyed_at IS NULL",
                (at - DESTROYED_AFTER,),
            )
            return list(found.scalars())

    def mark_destroyed(self, fingerprint: str, *, at: datetime) -> None:
        """Write down that a key-encryption key has been destroyed."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE key_encryption_key SET destroyed_at = %s WHERE fingerprint = %s", (at, fingerprint)
            )

    def many(self, scopes: Iterable[Scope]) -> dict[Scope, bytes]:
        """The data keys that still exist for these cases and persons. Raises KeyTampered,
        WrongKeyEncryptionKey.
        """
        asked = sorted(set(scopes))
        if not asked:
            return {}
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            rows = self._rows(connection, asked)
        alive = [row for row in rows if row.wrapped is not None]
        return {
            (row.case_id, row.person_id): key for row, key in zip(alive, self._unwrapped(alive), strict=True)
        }

    def _unwrapped(self, rows: list[KeyRow]) -> list[bytes]:
        """Many at a time; where one does not open, each by itself, so that it is known which and why."""
        keys: list[bytes] = []
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            try:
                keys += self._kek.unwrap_many([_wrapped(row) for row in some])
            except NotUnwrapped:
                keys += [self._unwrap(row) for row in some]
        return keys

    def _rows(self, connection: Connection, scopes: list[Scope]) -> list[KeyRow]:
        found = connection.exec_driver_sql(
            "SELECT person_id, case_id, fingerprint, wrapped FROM data_key"
            " JOIN unnest(%s::text[], %s::text[]) AS asked (case_id, person_id) USING (case_id, person_id)",
            ([case for case, _ in scopes], [person for _, person in scopes]),
        )
        return [KeyRow(*row) for row in found]

    def _wrap(self, key: bytes, person_id: str, case_id: str) -> bytes:
        return self._kek.wrap(key, bound=_bound_to(person_id, case_id))

    def _unwrap(self, row: KeyRow) -> bytes:
        if row.wrapped is None:
            raise KeyDestroyed
        try:
            return self._kek.unwrap(row.wrapped, bound=_bound_to(row.person_id, row.case_id))
        except NotUnwrapped:
            if row.fingerprint == self.fingerprint:
                raise KeyTampered from None
            if self._adopt(row.fingerprint):
                return self._unwrap(row)
            raise WrongKeyEncryptionKey("a data key is wrapped by another key-encryption key") from None


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


def _in_use(connection: Connection) -> str | None:
    found = connection.exec_driver_sql("SELECT fingerprint FROM key_encryption_key WHERE in_use")
    return found.scalar()


def _wait_for_case(connection: Connection, case_id: str) -> None:
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", (f"keys {case_id}",))


def _wrapped(row: KeyRow) -> WrappedKey:
    assert row.wrapped is not None
    return WrappedKey(bytes(row.wrapped), _bound_to(row.person_id, row.case_id))


def _bound_to(person_id: str, case_id: str) -> bytes:
    return f"{person_id}|{case_id}".encode()
