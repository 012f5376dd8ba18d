"""Everything that differs between one machine and production, read from the environment (FELLES_…)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL, make_url

SERVICES = ("contracts", "network", "sharing", "scheduler", "notifications", "audit", "portal")


class Settings(BaseSettings):
    """The settings of one process; see `.env.example` for each in a sentence."""

    model_config = SettingsConfigDict(env_prefix="FELLES_", extra="ignore")

    namespace: str = Field(default="felles", pattern=r"^[a-z][a-z0-9_]{0,40}$")
    kafka_bootstrap: str = "127.0.0.1:8192"
    database_url: str = "postgresql://localhost/postgres"

    contracts_url: str = "http://127.0.0.1:8101"
    network_url: str = "http://127.0.0.1:8102"
    sharing_url: str = "http://127.0.0.1:8103"
    scheduler_url: str = "http://127.0.0.1:8104"
    notifications_url: str = "http://127.0.0.1:8105"
    audit_url: str = "http://127.0.0.1:8106"
    portal_url: str = "http://127.0.0.1:8100"
    signer_url: str = "http://127.0.0.1:8107"
    listen_host: str | None = None

    demo: bool = False
    demo_clock_file: Path | None = None
    token_key_file: Path | None = None
    key_encryption_key_file: Path | None = None
    key_service_url: str | None = None
    key_service_key: str = Field(
        default="transit/felles-ansvar", pattern=r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$"
    )
    key_service_token_file: Path | None = None
    key_service_ca_file: Path | None = None
    erasure_ledger_file: Path | None = None
    signer_folder: Path | None = None
    witness_keys: str = ""
    log_origin: str = Field(default="fellesansvar.example/case-log", pattern=r"^[^\s+]+$")
    openid_issuer: str | None = None
    openid_client_id: str = ""
    openid_client_secret_file: Path | None = None
    openid_private_key_file: Path | None = None
    openid_acr: str = ""
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8125
    smtp_tls: str = Field(default="never", pattern="^(never|required)$")
    smtp_user: str | None = None
    smtp_password_file: Path | None = None
    mail_from: str = "ikke-svar@fellesansvar.example"
    mail_page_url: str | None = None
    call_first_file: Path | None = None

    log_format: str = Field(default="console", pattern="^(console|json)$")
    log_level: str = "INFO"

    @property
    def case_topic(self) -> str:
        """The topic of the case log."""
        return f"{self.namespace}.case-events"

    @property
    def directory_topic(self) -> str:
        """The compacted topic that tells who exists; no fold reads it."""
        return f"{self.namespace}.directory"

    def tree_origin(self, partition: int) -> str:
        """The name under which the checkpoints of a partition's Merkle tree are signed."""
        return f"{self.log_origin}/{partition}"

    def group(self, service: str) -> str:
        """The consumer group of a service."""
        return f"{self.namespace}.{service}"

    def database(self, service: str) -> URL:
        """Where the service's own database is."""
        url = make_url(self.database_url)
        return url.set(drivername="postgresql+psycopg", database=f"{self.namespace}_{service}")

    def maintenance_database(self) -> URL:
        """The database to connect to when creating others."""
        return make_url(self.database_url).set(drivername="postgresql+psycopg")

    def address(self, service: str) -> str:
        """The base URL of a service."""
        return str(getattr(self, f"{service}_url")).rstrip("/")

    def listen(self, service: str) -> tuple[str, int]:
        """The host and port a service listens on."""
        parts = urlsplit(self.address(service))
        return self.listen_host or parts.hostname or "127.0.0.1", parts.port or 80

    def token_key(self) -> bytes:
        """The key that signs tokens between processes. Raises RuntimeError when there is none."""
        return _secret(self.token_key_file, "FELLES_TOKEN_KEY_FILE")

    def openid_client_secret(self) -> bytes | None:
        """What we show the log-in provider, where it wants a shared secret."""
        return self.openid_client_secret_file.read_bytes().strip() if self.openid_client_secret_file else None

    def openid_private_key(self) -> bytes | None:
        """The PEM key that we sign towards the log-in provider with, where it wants that."""
        return self.openid_private_key_file.read_bytes() if self.openid_private_key_file else None

    def smtp_password(self) -> str | None:
        """The password of the mail server's user, None where it wants none."""
        return self.smtp_password_file.read_text("utf-8").strip() if self.smtp_password_file else None

    def key_encryption_key(self) -> bytes:
        """The 32-byte key that wraps the vault's data keys. Raises RuntimeError when there is none."""
        return bytes.fromhex(
            _secret(self.key_encryption_key_file, "FELLES_KEY_ENCRYPTION_KEY_FILE").decode().strip()
        )


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def _secret(path: Path | None, name: str) -> bytes:
    if path is None:
        raise RuntimeError(f"{name} is not set: it names the file that holds the secret")
    secret = path.read_bytes().strip()
    if len(secret) < 32:
        raise RuntimeError(f"the file that {name} names holds less than 32 bytes")
    return secret
