"""The one declaration of what runs, on which ports, with which settings.

The launcher starts what is declared here; tests/architecture/test_compose.py holds docker-compose.yml to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.ports import LOOPBACK


@dataclass(frozen=True)
class Process:
    """A program of ours: `python -m module`, the port it serves, and the settings that only it gets."""

    name: str
    module: str
    port: int
    own_settings: tuple[str, ...] = field(default=())

    @property
    def url_setting(self) -> str:
        """The setting that says where it is, for itself and for those who call it."""
        return f"FELLES_{self.name.upper()}_URL"


SERVICES = (
    Process("portal", "services.portal", 8100),
    Process("contracts", "services.contracts", 8101),
    Process("network", "services.network", 8102),
    Process("sharing", "services.sharing", 8103, own_settings=("FELLES_KEY_ENCRYPTION_KEY_FILE",)),
    Process("scheduler", "services.scheduler", 8104),
    Process("notifications", "services.notifications", 8105),
    Process("audit", "services.audit", 8106),
)
MAIL_CATCHER = Process("mail-catcher", "deploy.mail_catcher", 8126, own_settings=("FELLES_MAIL_FOLDER",))
SIGNER = Process("signer", "services.signer", 8107, own_settings=("FELLES_SIGNER_FOLDER",))
"""Signs the audit service's checkpoints with a key and a memory that nobody else reads; it has no database."""
PROGRAMS = (*SERVICES, SIGNER, MAIL_CATCHER)
MAIL_SMTP_PORT = 8125
KAFKA_PORT = 8192
KAFKA_CONTROLLER_PORT = 8193

DEFAULT_PORTS: Mapping[str, int] = {
    **{service.name: service.port for service in SERVICES},
    SIGNER.name: SIGNER.port,
    "mail-smtp": MAIL_SMTP_PORT,
    "mail-page": MAIL_CATCHER.port,
    "kafka": KAFKA_PORT,
    "kafka-controller": KAFKA_CONTROLLER_PORT,
}

KEYS = {"FELLES_TOKEN_KEY_FILE": "token.key", "FELLES_KEY_ENCRYPTION_KEY_FILE": "key-encryption.key"}
HEALTH_PATH = "/health/ready"


def every_setting(
    *, ports: Mapping[str, int], kafka_bootstrap: str, database_url: str, local: Path
) -> dict[str, str]:
    """Every setting of the system on one machine, by name; the values are those of a demo on loopback."""
    return {
        "FELLES_NAMESPACE": "felles",
        "FELLES_KAFKA_BOOTSTRAP": kafka_bootstrap,
        "FELLES_DATABASE_URL": database_url,
        **{
            service.url_setting: f"http://{LOOPBACK}:{ports[service.name]}" for service in (*SERVICES, SIGNER)
        },
        "FELLES_SIGNER_FOLDER": str(local / "signer"),
        "FELLES_DEMO": "1",
        "FELLES_DEMO_CLOCK_FILE": str(local / "demo-clock"),
        **{setting: str(local / "keys" / name) for setting, name in KEYS.items()},
        "FELLES_SMTP_HOST": LOOPBACK,
        "FELLES_SMTP_PORT": str(ports["mail-smtp"]),
        "FELLES_MAIL_PAGE_URL": f"http://{LOOPBACK}:{ports['mail-page']}",
        "FELLES_MAIL_FOLDER": str(local / "mail"),
        "FELLES_LOG_FORMAT": "console",
        "FELLES_LOG_LEVEL": "INFO",
    }


def settings_of(process: Process, every: Mapping[str, str]) -> dict[str, str]:
    """What one process gets: everything that is not another's own."""
    others = {name for other in PROGRAMS for name in other.own_settings} - set(process.own_settings)
    return {name: value for name, value in every.items() if name not in others}
