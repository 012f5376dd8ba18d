"""What operations do with the key-encryption key: replace it every month, and destroy the old one thirty-five
days later.

Each can be done again after a crash anywhere: `python -m services.sharing replace-key NEW_FILE` (with a key service no file is named), `…
destroy-ended-keys`.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from backbone.settings import Settings
from services.sharing.key_service import KeyService
from services.sharing.keys import REPLACED_AFTER, KeyStore
from services.sharing.wrapping import HeldKey, KeyFile, LocalKey, WrongKeyEncryptionKey


def replace_key(settings: Settings, new_file: Path | None, *, at: datetime) -> int:
    """Wrap every data key with the key in `new_file`, and put that file in the old one's place; gives how
    many were wrapped.

    The old key is kept beside it, under its fingerprint, until its days are over. A running service takes the
    new one by itself.
    """
    if settings.key_service_url:
        return _replace_in_service(settings, at=at)
    file = settings.key_encryption_key_file
    if file is None or new_file is None:
        raise RuntimeError("FELLES_KEY_ENCRYPTION_KEY_FILE is not set, or no new key is named")
    new = LocalKey(settings.model_copy(update={"key_encryption_key_file": new_file}).key_encryption_key())
    _copy(file, ended_file(file, LocalKey(settings.key_encryption_key()).fingerprint))
    store = KeyStore(settings)
    store.prepare_database()
    wrapped = 0 if store.in_use() == new.fingerprint else store.replace(new, at=at)
    store.engine.dispose()
    os.replace(new_file, file)
    return wrapped


def _replace_in_service(settings: Settings, *, at: datetime) -> int:
    """Make a new version of the service's key and wrap everything with it; what a file's key wrapped moves to the service as it is."""
    service = KeyService(settings)
    store = KeyStore(settings, source=service)
    store.prepare_database()
    in_use, new = store.in_use(), service.current()
    store.engine.dispose()
    old = service.named(in_use) if in_use is not None else new
    if old is None and settings.key_encryption_key_file is not None:
        old = KeyFile(settings).named(in_use or "")
    if old is None:
        raise WrongKeyEncryptionKey(
            "neither the key service nor the file has the key that wrapped the data keys"
        )
    if in_use == new.fingerprint:
        service.rotate()
        new = service.current()
    store = KeyStore(settings, source=HeldKey(old))
    wrapped = store.replace(new, at=at) if in_use is not None else 0
    store.engine.dispose()
    return wrapped


def destroy_ended_keys(settings: Settings, *, at: datetime) -> list[str]:
    """Delete the replaced keys whose days are over, and write that down; gives their fingerprints."""
    file = settings.key_encryption_key_file
    store = KeyStore(settings)
    store.prepare(at)
    ended = store.ended(at)
    if settings.key_service_url:
        _destroy_in_service(KeyService(settings), ended, in_use=store.fingerprint)
    for fingerprint in ended:
        if file is not None:
            _unlink(settings, file, fingerprint)
        store.mark_destroyed(fingerprint, at=at)
    store.engine.dispose()
    return ended


def _destroy_in_service(service: KeyService, ended: list[str], *, in_use: str) -> None:
    """Destroy the versions whose days are over; only from the oldest on, as the service can."""
    versions = sorted(service.versions().items())
    over = [number for number, version in versions if version.fingerprint in ended]
    kept = [number for number, version in versions if version.fingerprint == in_use]
    if over and kept and max(over) < min(kept):
        service.destroy_before(max(over) + 1)


def _unlink(settings: Settings, file: Path, fingerprint: str) -> None:
    """Delete a replaced key: the copy beside the file, and the file itself when keys have moved to a key service."""
    ended_file(file, fingerprint).unlink(missing_ok=True)
    if settings.key_service_url and file.exists() and KeyFile(settings).named(fingerprint) is not None:
        file.unlink()


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
