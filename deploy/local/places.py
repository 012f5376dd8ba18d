"""Which ports this start uses, and which servers that exist already: found out before anything is started."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg

from deploy.local import ports
from deploy.local.processes import DEFAULT_PORTS, SERVICES, SIGNER
from deploy.local.refusal import CannotContinue


@dataclass(frozen=True)
class Places:
    """The port of each thing on this machine, and the servers that the environment names (None: our own)."""

    ports: Mapping[str, int]
    kafka_bootstrap: str | None
    database_url: str | None
    smtp_host: str | None


def find_places(warn: Callable[[str], None], environment: Mapping[str, str] = os.environ) -> Places:
    """Look at the environment and at the ports. Raises CannotContinue when a named server does not answer."""
    places = Places(
        ports=_choose_ports(_wanted_ports(environment), warn),
        kafka_bootstrap=environment.get("FELLES_KAFKA_BOOTSTRAP") or None,
        database_url=environment.get("FELLES_DATABASE_URL") or None,
        smtp_host=environment.get("FELLES_SMTP_HOST") or None,
    )
    if places.kafka_bootstrap:
        _require_kafka(places.kafka_bootstrap)
    if places.database_url:
        _require_database(places.database_url)
    return places


def _wanted_ports(environment: Mapping[str, str]) -> dict[str, int]:
    wanted = dict(DEFAULT_PORTS)
    for service in (*SERVICES, SIGNER):
        port = urlsplit(environment.get(service.url_setting, "")).port
        if port:
            wanted[service.name] = port
    return wanted


def _choose_ports(wanted: Mapping[str, int], warn: Callable[[str], None]) -> dict[str, int]:
    """Each thing's own port, or another one where that is taken, with a sentence."""
    chosen: dict[str, int] = {}
    for name, port in wanted.items():
        if ports.is_free(port):
            chosen[name] = port
        else:
            chosen[name] = ports.free_port(port + 1, taken={*wanted.values(), *chosen.values()})
            warn(f"Port {port} ({name}) is taken by another program; using {chosen[name]} instead.")
    return chosen


def _require_kafka(bootstrap: str) -> None:
    """Whether one of the named brokers takes a connection; making the topics shows the rest."""
    if not any(_connects(address.strip()) for address in bootstrap.split(",")):
        raise CannotContinue(
            f"FELLES_KAFKA_BOOTSTRAP names {bootstrap}, and nothing answers there. Start Kafka, or leave "
            "the setting out: then Kafka is started for you."
        )


def _connects(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=5):
            return True
    except (OSError, ValueError):
        return False


def _require_database(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as problem:
        raise CannotContinue(
            f"FELLES_DATABASE_URL names a PostgreSQL server that lets nobody in ({str(problem).strip()}). "
            "Start it, or leave the setting out: then PostgreSQL is started for you."
        ) from None
