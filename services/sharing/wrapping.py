"""What wraps the data keys: the key-encryption key, wherever it lies. The key store asks for no more than this, so that a key which never
leaves a hardware module or a key service can take the file's place.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backbone.settings import Settings

NONCE_BYTES = 12
KEY_BYTES = 32


class WrongKeyEncryptionKey(RuntimeError):
    """The key-encryption key given is not the one that wrapped the data keys: nothing may be opened or
    written.
    """


class NotUnwrapped(RuntimeError):
    """What was given does not open with this key and what it is bound to."""


class WrappedKey(NamedTuple):
    """A wrapped data key, and what it is for."""

    wrapped: bytes
    bound: bytes


class KeyEncryptionKey(Protocol):
    """A key that wraps data keys. `bound` is what a wrapped key is for; unwrapped for anything else it does not open."""

    @property
    def fingerprint(self) -> str:
        """What the key is known by for ever; it says nothing of the key itself."""
        ...

    def wrap(self, key: bytes, *, bound: bytes) -> bytes:
        """The data key, to be kept where anybody may read it."""
        ...

    def unwrap(self, wrapped: bytes, *, bound: bytes) -> bytes:
        """The data key again. Raises NotUnwrapped."""
        ...

    def unwrap_many(self, wrapped: Sequence[WrappedKey]) -> list[bytes]:
        """Many data keys again, in the same order. Raises NotUnwrapped when one of them does not open."""
        ...

    def take_over(self, old: KeyEncryptionKey, wrapped: Sequence[WrappedKey]) -> list[bytes]:
        """What another key wrapped, wrapped by this one, in the same order. Raises NotUnwrapped."""
        ...


class KeySource(Protocol):
    """Where the key-encryption key lies. It may be another one the next time it is asked: keys are replaced while services run.

    A source that is away raises Unavailable.
    """

    def current(self) -> KeyEncryptionKey:
        """The key as it is now. Raises WrongKeyEncryptionKey for what is no key, RuntimeError when there is none."""
        ...

    def named(self, fingerprint: str) -> KeyEncryptionKey | None:
        """The key with this fingerprint, if the source has it."""
        ...


class LocalKey:
    """A key of 32 bytes that this process holds, as AES-256-GCM."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise WrongKeyEncryptionKey(
                f"the key-encryption key must be {KEY_BYTES} bytes, written as {2 * KEY_BYTES} hex digits"
            )
        digest = hashlib.blake2b(b"felles-ansvar key-encryption key", key=secret, digest_size=16)
        self.fingerprint, self._cipher = digest.hexdigest(), AESGCM(secret)

    def wrap(self, key: bytes, *, bound: bytes) -> bytes:
        """The data key, wrapped."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, key, bound)

    def unwrap(self, wrapped: bytes, *, bound: bytes) -> bytes:
        """The data key again. Raises NotUnwrapped."""
        try:
            return self._cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound)
        except InvalidTag:
            raise NotUnwrapped from None

    def unwrap_many(self, wrapped: Sequence[WrappedKey]) -> list[bytes]:
        """Many data keys again. Raises NotUnwrapped."""
        return [self.unwrap(one.wrapped, bound=one.bound) for one in wrapped]

    def take_over(self, old: KeyEncryptionKey, wrapped: Sequence[WrappedKey]) -> list[bytes]:
        """What another key wrapped, wrapped by this one. Raises NotUnwrapped."""
        keys = zip(old.unwrap_many(wrapped), wrapped, strict=True)
        return [self.wrap(key, bound=one.bound) for key, one in keys]


class KeyFile:
    """The file that FELLES_KEY_ENCRYPTION_KEY_FILE names, read anew each time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def current(self) -> KeyEncryptionKey:
        """The key that lies in the file now."""
        return LocalKey(self._settings.key_encryption_key())

    def named(self, fingerprint: str) -> KeyEncryptionKey | None:
        """The same, if it is the one."""
        key = self.current()
        return key if key.fingerprint == fingerprint else None


class HeldKey:
    """One key, for whoever has it in hand: a replacement, or an old key in a test."""

    def __init__(self, key: KeyEncryptionKey) -> None:
        self._key = key

    def current(self) -> KeyEncryptionKey:
        """The key."""
        return self._key

    def named(self, fingerprint: str) -> KeyEncryptionKey | None:
        """The key, if it is the one."""
        return self._key if self._key.fingerprint == fingerprint else None
