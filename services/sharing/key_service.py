"""A key-encryption key that never leaves its key service: OpenBao's or Vault's Transit engine, over HTTP.

Each version of the service's key is a key-encryption key of its own here, known by a fingerprint of its name, number and the time it was made,
so that a key made anew under an old name is another key. The key must be a derived one: what a data key is bound to (person and case) is the
derivation context, so that a wrapped key that was moved does not open.

Away, sealed or refusing, the service gives nothing, and nothing is opened or written meanwhile.
"""

from __future__ import annotations

import hashlib
import ssl
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from backbone.logs import logger
from backbone.refusal import Sentence, Unavailable
from backbone.settings import Settings
from services.sharing.wrapping import (
    KeyEncryptionKey,
    KeyFile,
    KeySource,
    NotUnwrapped,
    WrappedKey,
    WrongKeyEncryptionKey,
)

log = logger(__name__)
SECONDS = 5.0
LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")
AWAY = Sentence(
    "Nøklene til opplysningene er ikke tilgjengelige akkurat nå, så ingenting kan åpnes eller lagres. Prøv igjen om litt.",
    "Nøklane til opplysningane er ikkje tilgjengelege akkurat no, så ingenting kan opnast eller lagrast. Prøv igjen om litt.",
    "The keys to the information are not available just now, so nothing can be opened or kept. Try again in a little while.",
)


class KeyServiceAway(Unavailable):
    """The key service does not answer, is sealed, or does not let us in."""

    def __init__(self) -> None:
        super().__init__("KEY_SERVICE_AWAY", AWAY)


class KeyService:
    """The engine that FELLES_KEY_SERVICE_URL and FELLES_KEY_SERVICE_KEY name (`mount/key`). The token is read from its file for each call, so
    that it can be replaced while services run. Every method raises KeyServiceAway.
    """

    def __init__(self, settings: Settings, *, client: httpx.Client | None = None) -> None:
        url = (settings.key_service_url or "").rstrip("/")
        if not url.startswith("https://") and not f"{url}/".startswith(LOOPBACK):
            raise RuntimeError("FELLES_KEY_SERVICE_URL must be https://, except on this machine itself")
        if settings.key_service_token_file is None:
            raise RuntimeError(
                "FELLES_KEY_SERVICE_TOKEN_FILE is not set: it names the file that holds the token"
            )
        self.mount, _, self.key = settings.key_service_key.rpartition("/")
        self._url, self._token_file = url, settings.key_service_token_file
        ca_file = settings.key_service_ca_file
        trusted = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
        self._client = client or httpx.Client(timeout=SECONDS, trust_env=False, verify=trusted)

    def current(self) -> KeyEncryptionKey:
        """The newest version of the key. Raises WrongKeyEncryptionKey for a key that cannot be used."""
        versions = self.versions()
        return versions[max(versions)]

    def named(self, fingerprint: str) -> KeyEncryptionKey | None:
        """The version with this fingerprint, while the service has it. Raises WrongKeyEncryptionKey."""
        found = (version for version in self.versions().values() if version.fingerprint == fingerprint)
        return next(found, None)

    def versions(self) -> dict[int, TransitKey]:
        """Every version that the service still opens with, by number. Raises WrongKeyEncryptionKey."""
        told = self.ask("GET", f"keys/{self.key}")
        if told is None:
            raise WrongKeyEncryptionKey(f"the key service has no key {self.mount}/{self.key}")
        if not told.get("derived"):
            raise WrongKeyEncryptionKey(
                "the key service's key is not derived: nothing would bind what it wraps"
            )
        oldest = max(int(told.get("min_decryption_version", 1)), int(told.get("min_available_version", 0)))
        made: Mapping[str, Any] = told["keys"]
        return {
            number: TransitKey(self, number, self._fingerprint(number, made_at))
            for number, made_at in ((int(text), at) for text, at in made.items())
            if number >= oldest
        }

    def rotate(self) -> None:
        """Make a new version of the key; the old ones still open."""
        self.ask("POST", f"keys/{self.key}/rotate", {})

    def destroy_before(self, version: int) -> None:
        """Destroy every version older than this one, for ever."""
        self.ask(
            "POST",
            f"keys/{self.key}/config",
            {"min_decryption_version": version, "min_encryption_version": version},
        )
        self.ask("POST", f"keys/{self.key}/trim", {"min_available_version": version})

    def _fingerprint(self, number: int, made_at: object) -> str:
        told = f"{self.mount}/{self.key}|{number}|{made_at}".encode()
        return hashlib.blake2b(told, digest_size=16, person=b"felles transit").hexdigest()

    def batch(self, verb: str, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Do the same to many, with one call. Raises NotUnwrapped when it cannot be done to one of them."""
        if not items:
            return []
        told = self.ask("POST", f"{verb}/{self.key}", {"batch_input": list(items)})
        if told is None:
            raise WrongKeyEncryptionKey(f"the key service has no key {self.mount}/{self.key}")
        results: list[dict[str, Any]] = told["batch_results"]
        if len(results) != len(items) or any(result.get("error") for result in results):
            raise NotUnwrapped
        return results

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        """One call; gives its `data`, None for what is not there. Raises NotUnwrapped for what does not open."""
        try:
            token = self._token_file.read_text("utf-8").strip()
            answer = self._client.request(
                method,
                f"{self._url}/v1/{self.mount}/{path}",
                json=body,
                headers={"X-Vault-Token": token, "X-Vault-Request": "true"},
            )
        except (httpx.HTTPError, OSError) as error:
            log.error("key_service_away", error=type(error).__name__)
            raise KeyServiceAway from None
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if answer.status_code == httpx.codes.BAD_REQUEST:
            return _of_failed_batch(answer)
        if not answer.is_success:
            log.error("key_service_away", status=answer.status_code)
            raise KeyServiceAway
        return dict(answer.json().get("data") or {}) if answer.content else {}


def _of_failed_batch(answer: httpx.Response) -> dict[str, Any]:
    """What a batch answers when some of it failed. Raises NotUnwrapped when the whole of it did."""
    try:
        data = answer.json().get("data") or {}
    except ValueError:
        data = {}
    if "batch_results" not in data:
        raise NotUnwrapped
    return dict(data)


class TransitKey:
    """One version of the key service's key."""

    def __init__(self, service: KeyService, version: int, fingerprint: str) -> None:
        self.service, self.version, self.fingerprint = service, version, fingerprint

    def wrap(self, key: bytes, *, bound: bytes) -> bytes:
        """The data key, wrapped."""
        return self._wrapped([(key, bound)])[0]

    def unwrap(self, wrapped: bytes, *, bound: bytes) -> bytes:
        """The data key again. Raises NotUnwrapped."""
        return self.unwrap_many([WrappedKey(wrapped, bound)])[0]

    def unwrap_many(self, wrapped: Sequence[WrappedKey]) -> list[bytes]:
        """The data keys again, with one call. Raises NotUnwrapped when one of them does not open."""
        if not all(self._made(one.wrapped) for one in wrapped):
            raise NotUnwrapped
        items = [{"ciphertext": one.wrapped.decode("ascii"), "context": _text(one.bound)} for one in wrapped]
        return [b64decode(result["plaintext"]) for result in self.service.batch("decrypt", items)]

    def take_over(self, old: KeyEncryptionKey, wrapped: Sequence[WrappedKey]) -> list[bytes]:
        """What another key wrapped, wrapped by this one. From an older version of the same key nothing is unwrapped outside the service. Raises
        NotUnwrapped.
        """
        if not isinstance(old, TransitKey) or (old.service.mount, old.service.key) != (
            self.service.mount,
            self.service.key,
        ):
            keys = old.unwrap_many(wrapped)
            return self._wrapped([(key, one.bound) for key, one in zip(keys, wrapped, strict=True)])
        items = [
            {
                "ciphertext": one.wrapped.decode("ascii"),
                "context": _text(one.bound),
                "key_version": self.version,
            }
            for one in wrapped
        ]
        return [str(result["ciphertext"]).encode() for result in self.service.batch("rewrap", items)]

    def _wrapped(self, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        items = [
            {"plaintext": _text(key), "context": _text(bound), "key_version": self.version}
            for key, bound in keys
        ]
        return [str(result["ciphertext"]).encode() for result in self.service.batch("encrypt", items)]

    def _made(self, wrapped: bytes) -> bool:
        """True for what this very version wrapped, as it says in front."""
        return wrapped.startswith(b"vault:v%d:" % self.version)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def source_of(settings: Settings) -> KeySource:
    """Where these settings say that the key-encryption key lies: a key service, else a file."""
    return KeyService(settings) if settings.key_service_url else KeyFile(settings)
