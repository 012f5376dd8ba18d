"""docker-compose.yml describes the system that the launcher starts: the same services, ports and settings."""

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.jars import read_lock
from deploy.local.kafka import SINGLE_NODE
from deploy.local.paths import REPOSITORY
from deploy.local.processes import (
    DEFAULT_PORTS,
    HEALTH_PATH,
    KEYS,
    MAIL_CATCHER,
    PROGRAMS,
    SERVICES,
    Process,
    every_setting,
    settings_of,
)

Compose = dict[str, Any]
ENGINES = {"kafka", "postgres"}
ONE_SHOTS = {"keys": "deploy.keys", "migrate": "deploy.migrate", "topics": "deploy.topics"}
ONLY_IN_CONTAINERS = {"FELLES_LISTEN_HOST"}
LAUNCHERS_SETTINGS = every_setting(
    ports=DEFAULT_PORTS, kafka_bootstrap="", database_url="", local=Path(".local")
)


def differences(compose: Compose) -> list[str]:
    """What in the compose file is not as the launcher has it, a sentence each."""
    return [*_missing_or_extra(compose), *_programs(compose), *_one_shots(compose), *_kafka(compose)]


def _missing_or_extra(compose: Compose) -> Iterator[str]:
    ours = {process.name for process in PROGRAMS} | ENGINES | set(ONE_SHOTS)
    for name in sorted(ours ^ set(compose["services"])):
        yield f"{name} is in only one of the two"


def _programs(compose: Compose) -> Iterator[str]:
    for process in PROGRAMS:
        block = compose["services"].get(process.name)
        if block:
            yield from _one_program(process, block)


def _one_program(process: Process, block: Compose) -> Iterator[str]:
    if block["command"] != ["python", "-m", process.module]:
        yield f"{process.name} runs another program"
    if _container_ports(block) - {DEFAULT_PORTS["mail-smtp"]} != {process.port}:
        yield f"{process.name} has another port than {process.port}"
    if f":{process.port}{HEALTH_PATH}" not in " ".join(block["healthcheck"]["test"]):
        yield f"{process.name} is asked for its health elsewhere"
    yield from _settings(process, block["environment"])


def _container_ports(block: Compose) -> set[int]:
    published = [str(port).split(":") for port in block.get("ports", [])]
    if any(parts[0] != "127.0.0.1" or parts[1] != parts[2] for parts in published):
        return set()  # open to the world, or under another number
    return {int(parts[-1]) for parts in published} | {int(port) for port in block.get("expose", [])}


def _settings(process: Process, environment: dict[str, str]) -> Iterator[str]:
    wanted = settings_of(process, LAUNCHERS_SETTINGS)
    for name in sorted(set(wanted) ^ set(environment) - ONLY_IN_CONTAINERS):
        yield f"{process.name}: the setting {name} is in only one of the two"
    for service in SERVICES:
        if environment.get(service.url_setting) != f"http://{service.name}:{service.port}":
            yield f"{process.name} looks for {service.name} elsewhere"
    expected = {
        "FELLES_KAFKA_BOOTSTRAP": f"kafka:{DEFAULT_PORTS['kafka']}",
        "FELLES_SMTP_HOST": MAIL_CATCHER.name,
        **{name: wanted[name] for name in ("FELLES_NAMESPACE", "FELLES_SMTP_PORT", "FELLES_MAIL_PAGE_URL")},
        **{name: f"/var/lib/felles/keys/{file}" for name, file in KEYS.items() if name in wanted},
    }
    for name, value in expected.items():
        if environment.get(name) != value:
            yield f"{process.name}: {name} is not {value}"


def _one_shots(compose: Compose) -> Iterator[str]:
    for name, module in ONE_SHOTS.items():
        if compose["services"].get(name, {}).get("command", [])[:3] != ["python", "-m", module]:
            yield f"{name} does not run {module}"
    for service in SERVICES:
        awaited = set(compose["services"].get(service.name, {}).get("depends_on", {}))
        if not {"migrate", "topics"} <= awaited:
            yield f"{service.name} does not wait for its database and the topics"


def _kafka(compose: Compose) -> Iterator[str]:
    block = compose["services"]["kafka"]
    (version,) = {jar.version for jar in read_lock() if jar.artifact == "kafka_2.13"}
    if block["image"] != f"apache/kafka:{version}":
        yield f"Kafka is not {version}"
    for setting, value in SINGLE_NODE.items():
        name = "KAFKA_" + re.sub(r"\W", "_", setting).upper()
        if block["environment"].get(name) != value:
            yield f"Kafka's {setting} is not {value}"
    port, controller = DEFAULT_PORTS["kafka"], DEFAULT_PORTS["kafka-controller"]
    if block["environment"]["KAFKA_LISTENERS"] != f"PLAINTEXT://:{port},CONTROLLER://:{controller}":
        yield "Kafka listens on other ports"


@pytest.fixture(scope="module")
def compose() -> Compose:
    content: Compose = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
    return content


def test_the_compose_file_is_the_launchers_system(compose: Compose) -> None:
    assert differences(compose) == []


BREAKAGES: dict[str, tuple[Callable[[Compose], Any], str]] = {
    "a changed port": (lambda c: c["services"]["audit"].update(expose=["9106"]), "audit has another port"),
    "a port open to the world": (
        lambda c: c["services"]["portal"].update(ports=["8100:8100"]),
        "portal has another port",
    ),
    "a missing service": (lambda c: c["services"].pop("scheduler"), "scheduler is in only one"),
    "a service of its own": (lambda c: c["services"].update(extra={}), "extra is in only one"),
    "a missing setting": (
        lambda c: c["services"]["network"]["environment"].pop("FELLES_DEMO"),
        "network: the setting FELLES_DEMO",
    ),
    "the signer's folder in another's hands": (
        lambda c: c["services"]["audit"]["environment"].update(FELLES_SIGNER_FOLDER="/x"),
        "audit: the setting FELLES_SIGNER_FOLDER",
    ),
    "a key that is not its business": (
        lambda c: c["services"]["audit"]["environment"].update(FELLES_KEY_ENCRYPTION_KEY_FILE="/x"),
        "audit: the setting FELLES_KEY_ENCRYPTION_KEY_FILE",
    ),
    "a wrong address": (
        lambda c: c["services"]["portal"]["environment"].update(FELLES_AUDIT_URL="http://audit:9106"),
        "portal looks for audit elsewhere",
    ),
    "another program": (
        lambda c: c["services"]["audit"].update(command=["python", "-m", "services.portal"]),
        "audit runs another program",
    ),
    "another health check": (
        lambda c: c["services"]["audit"]["healthcheck"].update(test=["CMD", "true"]),
        "audit is asked for its health elsewhere",
    ),
    "another Kafka": (
        lambda c: c["services"]["kafka"].update(image="apache/kafka:4.3.0"),
        "Kafka is not",
    ),
    "another Kafka setting": (
        lambda c: c["services"]["kafka"]["environment"].update(KAFKA_LOG_RETENTION_MS="1000"),
        "Kafka's log.retention.ms",
    ),
    "nobody waits for the topics": (
        lambda c: c["services"]["contracts"]["depends_on"].pop("topics"),
        "contracts does not wait",
    ),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_twin_is_found(compose: Compose, breakage: str) -> None:
    break_it, expected = BREAKAGES[breakage]
    twin = copy.deepcopy(compose)
    break_it(twin)
    assert any(found.startswith(expected) for found in differences(twin))
