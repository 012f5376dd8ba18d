"""A stand-in for a key service with the Transit engine (OpenBao, Vault), over real HTTP and, when wanted, TLS: what this product asks of one, with
its answers. Its keys are real AES-GCM keys, derived by context, and never leave it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import secrets
import ssl
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID


class Failed(Exception):
    """One item that could not be done."""


class Transit:
    """The engine: one mount, named keys with versions, one token."""

    def __init__(self) -> None:
        self.token, self.url = secrets.token_urlsafe(16), ""
        self.keys: dict[str, dict[str, Any]] = {}
        self.sealed, self.asked = False, list[str]()
        self._made = 1_700_000_000

    def make(self, name: str, *, derived: bool = True) -> None:
        """Make a key, as whoever runs the service does."""
        self.keys[name] = {"derived": derived, "secrets": {}, "made": {}, "oldest": 1, "kept_from": 0}
        self._version(self.keys[name])

    def _version(self, key: dict[str, Any]) -> None:
        number = max(key["made"], default=0) + 1
        self._made += 1
        key["secrets"][number], key["made"][number] = secrets.token_bytes(32), self._made

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the answer."""
        match method, path.split("/"):
            case "GET", ["keys", name] if name in self.keys:
                key = self.keys[name]
                return 200, {
                    "data": {
                        "name": name,
                        "derived": key["derived"],
                        "keys": {str(number): at for number, at in key["made"].items()},
                        "latest_version": max(key["made"]),
                        "min_decryption_version": key["oldest"],
                        "min_available_version": key["kept_from"],
                    }
                }
            case "POST", ["keys", name, "rotate"] if name in self.keys:
                self._version(self.keys[name])
                return 204, {}
            case "POST", ["keys", name, "config"] if name in self.keys:
                self.keys[name]["oldest"] = body["min_decryption_version"]
                return 204, {}
            case "POST", ["keys", name, "trim"] if name in self.keys:
                return self._trim(self.keys[name], body["min_available_version"])
            case "POST", [("encrypt" | "decrypt" | "rewrap") as verb, name] if name in self.keys:
                return self._batch(verb, self.keys[name], body["batch_input"])
        return 404, {"errors": []}

    def _trim(self, key: dict[str, Any], version: int) -> tuple[int, dict[str, Any]]:
        if version > key["oldest"]:
            return 400, {"errors": ["cannot trim versions that may still decrypt"]}
        key["kept_from"] = version
        for number in [number for number in key["made"] if number < version]:
            del key["made"][number], key["secrets"][number]
        return 204, {}

    def _batch(
        self, verb: str, key: dict[str, Any], items: list[dict[str, Any]]
    ) -> tuple[int, dict[str, Any]]:
        results = []
        for item in items:
            try:
                results.append(self._do(verb, key, item))
            except Failed as error:
                results.append({"error": str(error)})
        return (400 if any("error" in one for one in results) else 200), {"data": {"batch_results": results}}

    def _do(self, verb: str, key: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
        context = b64decode(item["context"])
        if verb == "encrypt":
            return {"ciphertext": self._sealed(key, b64decode(item["plaintext"]), context, item)}
        plain = self._opened(key, item["ciphertext"], context)
        if verb == "decrypt":
            return {"plaintext": b64encode(plain).decode()}
        return {"ciphertext": self._sealed(key, plain, context, item)}

    def _sealed(self, key: dict[str, Any], plain: bytes, context: bytes, item: dict[str, Any]) -> str:
        number = item.get("key_version") or max(key["made"])
        nonce = secrets.token_bytes(12)
        raw = nonce + self._cipher(key, number, context).encrypt(nonce, plain, None)
        return f"vault:v{number}:{b64encode(raw).decode()}"

    def _opened(self, key: dict[str, Any], ciphertext: str, context: bytes) -> bytes:
        _, version, text = ciphertext.split(":")
        number, raw = int(version.removeprefix("v")), b64decode(text)
        if number < key["oldest"]:
            raise Failed("ciphertext or signature version is disallowed by policy (too old)")
        try:
            return self._cipher(key, number, context).decrypt(raw[:12], raw[12:], None)
        except InvalidTag:
            raise Failed("cipher: message authentication failed") from None

    def _cipher(self, key: dict[str, Any], number: int, context: bytes) -> AESGCM:
        if number not in key["secrets"]:
            raise Failed("no such key version")
        return AESGCM(hashlib.blake2b(context, key=key["secrets"][number], digest_size=32).digest())


@contextmanager
def a_key_service(folder: Path, *, tls: bool = False) -> Iterator[Transit]:
    """A running one, its token and (with TLS) its certificate in files."""
    transit = Transit()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(transit))
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(a_certificate(folder / "transit.pem"))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    transit.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    (folder / "transit-token").write_text(transit.token, encoding="utf-8")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield transit
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(transit: Transit) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._respond({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self._respond(json.loads(self.rfile.read(length) or b"{}"))

        def _respond(self, body: dict[str, Any]) -> None:
            path = self.path.removeprefix("/v1/transit/")
            transit.asked.append(f"{self.command} {path}")
            if transit.sealed:
                status, answer = 503, {"errors": ["Vault is sealed"]}
            elif self.headers.get("X-Vault-Token") != transit.token:
                status, answer = 403, {"errors": ["permission denied"]}
            else:
                status, answer = transit.answer(self.command, path, body)
            content = b"" if status == 204 else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


def a_certificate(path: Path) -> Path:
    """A certificate of its own for this machine, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a stand-in")])
    now = datetime.now(UTC)  # noqa: TID251 - a certificate must be valid today
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
