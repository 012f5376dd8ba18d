"""Handing mail to a server that wants an encrypted line and a password, on a real SMTP server with a real certificate."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.notifications.domain.delivery import Outcome
from services.notifications.smtp import Attempt, Server, hand_over
from tests.integration.mail_catchers import Catcher, caught_by

MAIL = b"Subject: Varsel\r\n\r\nDu har et nytt varsel.\r\n"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate of 127.0.0.1 that this machine trusts for the length of a test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail of a test")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, private)
    return context


def knows_felles(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"felles", b"hemmelig")
    return AuthResult(success=right, handled=right)


def handed(server: Server) -> Attempt:
    return hand_over(
        server, sender="a@felles.example", receiver="b@demo.example", mail=MAIL, about_to=lambda: True
    )


def test_mail_goes_over_an_encrypted_line_to_who_asks_for_a_password(certificate: ssl.SSLContext) -> None:
    catcher = Catcher()
    wants: dict[str, Any] = {
        "tls_context": certificate,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": knows_felles,
    }
    with caught_by(catcher, **wants) as server:
        assert handed(server).outcome is not Outcome.ACCEPTED
        assert handed(server._replace(tls=True)).outcome is not Outcome.ACCEPTED
        wrong = handed(server._replace(tls=True, user="felles", password="gal"))
        assert wrong.outcome is not Outcome.ACCEPTED
        assert (
            handed(server._replace(tls=True, user="felles", password="hemmelig")).outcome is Outcome.ACCEPTED
        )
    assert len(catcher.accepted) == 1


def test_nothing_is_handed_over_in_the_clear_where_encryption_is_required(
    certificate: ssl.SSLContext,
) -> None:
    catcher = Catcher()
    with caught_by(catcher) as server:
        assert handed(server._replace(tls=True)).outcome is Outcome.NOT_REACHED
    assert catcher.offered == []


def test_nothing_is_handed_to_a_server_whose_certificate_nobody_vouches_for(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    catcher = Catcher()
    with caught_by(catcher, tls_context=certificate) as server:
        assert handed(server._replace(tls=True)).outcome is Outcome.ACCEPTED
        monkeypatch.delenv("SSL_CERT_FILE")
        assert handed(server._replace(tls=True)).outcome is Outcome.NOT_REACHED
    assert len(catcher.accepted) == 1
