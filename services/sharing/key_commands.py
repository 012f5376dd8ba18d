"""What operations do with the key-encryption key: replace it every month, and destroy the old one thirty-five
days later.

Each can be done again after a crash anywhere: `python -m services.sharing replace-key NEW_FILE`, `…
destroy-ended-keys`.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from backbone.settings import Settings
from services.sharing.keys import REPLACED_AFTER, KeyStore
from services.sharing.wrapping import LocalKey


def replace_key(settings: Settings, new_file: Path, *, at: datetime) -> int:
    """Wrap every data key with the key in `new_file`, and put that file in the old one's place; gives how
    many were wrapped.

    The old key is kept beside it, under its fingerprint, until its days are over. A running service takes the
    new one by itself.
    """
    file = settings.key_encryption_key_file
    if file is None:
        raise RuntimeError("FELLES_KEY_ENCRYPTION_KEY_FILE is not set")
    new = LocalKey(settings.model_copy(update={"key_encryption_key_file": new_file}).key_encryption_key())
    _copy(file, ended_file(file, LocalKey(settings.key_encryption_key()).fingerprint))
    store = KeyStore(settings)
    store.prepare_database()
    wrapped = 0 if store.in_use() == new.fingerprint else store.replace(new, at=at)
    store.engine.dispose()
    os.replace(new_file, file)
    return wrapped


def destroy_ended_keys(settings: Settings, *, at: datetime) -> list[str]:
    """Delete the replaced keys whose days are over, and write that down; gives their fingerprints."""
    file = settings.key_encryption_key_file
    if file is None:
        raise RuntimeError("FELLES_KEY_ENCRYPTION_KEY_FILE is not set")
    store = KeyStore(settings)
    store.prepare(at)
    ended = store.ended(at)
    for fingerprint in ended:
        ended_file(file, fingerprint).unlink(missing_ok=True)
        store.mark_destroyed(fingerprint, at=at)
    store.engine.dispose()
    return ended


def overdue(keys: KeyStore, at: datetime) -> list[str]:
    """What operations should have done with the keys by now, as the names of alarms."""
    alarms = []
    if at > keys.begun_at() + REPLACED_AFTER:
        alarms.append("key_encryption_key_not_replaced")
    if keys.ended(at):
        alarms.append("replaced_key_not_destroyed")
    return alarms


def ended_file(file: Path, fingerprint: str) -> Path:
    """Where a replaced key lies until it is destroyed."""
    return file.with_name(f"{file.name}.ended-{fingerprint}")


def _copy(source: Path, target: Path) -> None:
    with open(target, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
