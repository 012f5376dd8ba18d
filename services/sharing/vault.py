"""The vault: every name, birth date and free text, as AES-256-GCM ciphertext under the data key of the person
it is about, in that case.

What a deposit may be shown by (reference, case, category, from-agency, person) is bound into the ciphertext,
so that none of it can be changed afterwards.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backbone.identity_number import accept
from backbone.refusal import Conflict, Refused
from backbone.rows import Rows
from schemas.codes import Agency, Category
from services.sharing import youth_index
from services.sharing.domain import sentences
from services.sharing.keys import NONCE_BYTES, NOTES_OF, KeyDestroyed, KeyStore, Scope
from services.sharing.tables import ContactRow, ContentRow

DIRECTORY = "directory"
"""The key scope of the staff's own contact details, which belong to no case."""
Content = dict[str, str]
Keys = dict[Scope, bytes]


class ContentTampered(RuntimeError):
    """A deposit does not open under its own reference, case and category: it was changed after it was laid
    down.
    """


class Kind(StrEnum):
    """What a deposit is: who somebody is, a text, or somebody's own note."""

    IDENTITY = "IDENTITY"
    TEXT = "TEXT"
    NOTE = "NOTE"
    """A private note: sealed with a key of its own for its author, which ends with the case."""


class Deposit(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of content on its way in."""

    ref: str
    case_id: str
    about_id: str
    category: Category
    from_agency: Agency
    kind: Kind
    author_id: str
    content: Content


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A deposit as it lies in the vault."""

    ref: str
    case_id: str
    about_id: str
    category: Category
    from_agency: Agency
    kind: Kind
    author_id: str
    recorded_at: datetime
    nonce: bytes
    ciphertext: bytes

    @property
    def scope(self) -> Scope:
        """The case and person whose data key seals this."""
        return scope_of(self)


SEALED = ", ".join(f'"{name}"' for name in Sealed.__struct_fields__)


def scope_of(deposit: Deposit | Sealed) -> Scope:
    """The case and person whose data key seals a deposit; for a private note, its author in place of whom it is about."""
    if deposit.kind is Kind.NOTE:
        return scope_of_note(deposit.case_id, deposit.author_id)
    return deposit.case_id, deposit.about_id


def scope_of_note(case_id: str, author_id: str) -> Scope:
    """Whose data key seals somebody's private notes in a case."""
    return case_id, f"{NOTES_OF}{author_id}"


def bound_to(deposit: Deposit | Sealed) -> bytes:
    """What is bound into the ciphertext of a deposit."""
    parts = (
        deposit.ref,
        deposit.case_id,
        deposit.category,
        deposit.about_id,
        deposit.from_agency,
        deposit.kind,
        deposit.author_id,
    )
    return "|".join(parts).encode()


class Vault:
    """Seals and opens; who may see what is the gate's to decide, before anything is opened."""

    def __init__(self, keys: KeyStore, *, synthetic_only: bool = False) -> None:
        self.keys, self.synthetic_only = keys, synthetic_only

    def lay(self, rows: Rows, deposit: Deposit, *, at: datetime, lapses: bool = True) -> None:
        """Lay a deposit down once for its reference. Raises Conflict for other content under it, or for an
        erased case, and Refused for an identity that cannot be one.

        It is destroyed after seven days when no event names it by then, unless it is told not to lapse.
        """
        check_identity(deposit, synthetic_only=self.synthetic_only)
        deposits_wait(rows, deposit.case_id)
        if _erased(rows, deposit.case_id):
            raise Conflict("ERASED", sentences.KEY_DESTROYED)
        try:
            case_id, person_id = scope_of(deposit)
            key = self.keys.obtain(person_id=person_id, case_id=case_id, at=at)
        except KeyDestroyed:
            raise Conflict("ERASED", sentences.KEY_DESTROYED) from None
        (earlier,) = sealed(rows, [deposit.ref]) or (None,)
        if earlier is not None:
            self._check_same(earlier, deposit, key)
            rows.session.connection().exec_driver_sql(
                "UPDATE content SET lapses_from = %s WHERE ref = %s AND lapses_from IS NOT NULL",
                (at, deposit.ref),
            )
            return
        nonce = secrets.token_bytes(NONCE_BYTES)
        ciphertext = AESGCM(key).encrypt(nonce, msgspec.json.encode(deposit.content), bound_to(deposit))
        codes = {name: getattr(deposit, name) for name in deposit.__struct_fields__ if name != "content"}
        rows.add(
            ContentRow,
            **codes,
            recorded_at=at,
            nonce=nonce,
            ciphertext=ciphertext,
            lapses_from=at if lapses else None,
        )
        if deposit.kind is Kind.IDENTITY:
            who = {"case_id": deposit.case_id, "person_id": deposit.about_id}
            youth_index.keep(rows, self.keys, **who, content=deposit.content, at=at)

    def _check_same(self, earlier: Sealed, deposit: Deposit, key: bytes) -> None:
        if bound_to(earlier) != bound_to(deposit) or _open(key, earlier) != deposit.content:
            raise Conflict("REF_TAKEN", sentences.REF_TAKEN, field="ref")

    def unlock(self, scopes: Iterable[Scope]) -> Keys:
        """The data keys of these cases and persons, those that still exist. Raises KeyTampered,
        WrongKeyEncryptionKey.
        """
        return self.keys.many(scopes)

    def open(self, deposits: Sequence[Sealed], keys: Keys | None = None) -> dict[str, Content]:
        """The content of deposits, by reference; those whose key is destroyed are left out.

        Raises ContentTampered, KeyTampered, WrongKeyEncryptionKey.
        """
        if keys is None:
            keys = self.unlock(deposit.scope for deposit in deposits)
        return {found.ref: _open(keys[found.scope], found) for found in deposits if found.scope in keys}

    def birth_on(self, identity: Sealed | None, keys: Keys | None = None) -> date | None:
        """The birth date in an identity deposit; None when there is none, or its key is destroyed."""
        if identity is None:
            return None
        content = self.open([identity], keys).get(identity.ref)
        written = (content or {}).get("birth_on")
        return date.fromisoformat(written) if written else None

    def lay_contact(self, rows: Rows, *, person_id: str, contact: Content, at: datetime) -> None:
        """Keep the contact details of somebody on the staff; the newest count."""
        key = self.keys.obtain(person_id=person_id, case_id=DIRECTORY, at=at)
        nonce = secrets.token_bytes(NONCE_BYTES)
        ciphertext = AESGCM(key).encrypt(nonce, msgspec.json.encode(contact), _contact_of(person_id))
        rows.put(ContactRow, person_id=person_id, changed_at=at, nonce=nonce, ciphertext=ciphertext)

    def contacts(self, rows: Rows, person_ids: list[str]) -> dict[str, Content]:
        """The contact details of these people, those that are known. Raises ContentTampered."""
        rows.flush()
        found = rows.session.connection().exec_driver_sql(
            "SELECT person_id, nonce, ciphertext FROM contact WHERE person_id = ANY(%s)", (person_ids,)
        )
        keys = self.keys.many((DIRECTORY, person) for person in person_ids)
        return {
            person: _decrypt(keys[DIRECTORY, person], nonce, ciphertext, _contact_of(person))
            for person, nonce, ciphertext in found
            if (DIRECTORY, person) in keys
        }


def sealed(rows: Rows, refs: Iterable[str]) -> list[Sealed]:
    """The deposits with these references, unopened."""
    (found,) = rows.ask((f"SELECT {SEALED} FROM content WHERE ref = ANY(%s)", (list(refs),)))
    return [_sealed_from_row(row) for row in found]


NAMED = "coalesce(case_file.state->'identity_refs' @> to_jsonb(content.ref), FALSE)"
"""True in SQL for an identity that the event which registered the case's youth names."""


def identity_of(rows: Rows, *, case_id: str, about_id: str) -> Sealed | None:
    """Who somebody in a case is: the newest identity that an event names as theirs, and until there is one, the newest."""
    return _identity(rows, case_id, about_id, f"{NAMED} DESC, ")


def newest_identity_of(rows: Rows, *, case_id: str, about_id: str) -> Sealed | None:
    """The newest identity deposit about somebody in a case, named or not."""
    return _identity(rows, case_id, about_id, "")


def _identity(rows: Rows, case_id: str, about_id: str, first: str) -> Sealed | None:
    names = ", ".join(f'content."{name}"' for name in Sealed.__struct_fields__)
    query = (
        f"SELECT {names} FROM content LEFT JOIN case_file ON case_file.case_id = content.case_id"
        " WHERE content.case_id = %s AND about_id = %s AND kind = 'IDENTITY'"
        f" ORDER BY {first}recorded_at DESC, ref DESC LIMIT 1"
    )
    (found,) = rows.ask((query, (case_id, about_id)))
    return _sealed_from_row(found[0]) if found else None


def _sealed_from_row(row: tuple[Any, ...]) -> Sealed:
    return sealed_from(dict(zip(Sealed.__struct_fields__, row, strict=True)))


def sealed_from(row: dict[str, Any]) -> Sealed:
    """A deposit from its row."""
    return msgspec.convert(row, Sealed, strict=False)


def check_identity(deposit: Deposit, *, synthetic_only: bool) -> None:
    """An identity has a name; a birth date is a date and an identity number is one, where there are any. `synthetic_only` refuses the
    numbers of real people, for a demonstration must hold none. Raises Refused.
    """
    if deposit.kind is not Kind.IDENTITY:
        return
    if not deposit.content.get("name"):
        raise Refused("IDENTITY_INCOMPLETE", sentences.IDENTITY_INCOMPLETE, field="content.name")
    written = deposit.content.get("birth_on")
    try:
        _ = written and date.fromisoformat(written)
    except ValueError:
        raise Refused(
            "IDENTITY_INCOMPLETE", sentences.IDENTITY_INCOMPLETE, field="content.birth_on"
        ) from None
    number = "".join(deposit.content.get("national_id", "").split())
    if number and not accept(number, synthetic_only=synthetic_only):
        no = (
            sentences.SYNTHETIC_ONLY if accept(number, synthetic_only=False) else sentences.NO_IDENTITY_NUMBER
        )
        raise Refused("NO_IDENTITY_NUMBER", no, field="content.national_id")


def _erased(rows: Rows, case_id: str) -> bool:
    found = rows.session.connection().exec_driver_sql(
        "SELECT 1 FROM retention WHERE case_id = %s AND approved", (case_id,)
    )
    return found.first() is not None


def deposits_wait(rows: Rows, case_id: str) -> None:
    """Deposits of a case wait for each other and for its erasure."""
    rows.session.connection().exec_driver_sql(
        "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"vault {case_id}",)
    )


def _open(key: bytes, deposit: Sealed) -> Content:
    return _decrypt(key, deposit.nonce, deposit.ciphertext, bound_to(deposit))


def _decrypt(key: bytes, nonce: bytes, ciphertext: bytes, bound: bytes) -> Content:
    try:
        return msgspec.json.decode(AESGCM(key).decrypt(nonce, ciphertext, bound), type=Content)
    except InvalidTag:
        raise ContentTampered from None


def _contact_of(person_id: str) -> bytes:
    return f"contact|{person_id}".encode()
