"""Every setting is explained in .env.example, and the launcher's ports are the programs' own defaults."""

import re
from pathlib import Path

from backbone.settings import SERVICES as BACKBONES_SERVICES
from backbone.settings import Settings
from deploy.local.paths import REPOSITORY
from deploy.local.processes import DEFAULT_PORTS, SERVICES, every_setting

EXPLAINED = re.compile(r"^# (FELLES_[A-Z_]+)=", re.MULTILINE)


def _explained() -> set[str]:
    return set(EXPLAINED.findall((REPOSITORY / ".env.example").read_text(encoding="utf-8")))


def test_every_setting_of_the_launcher_is_explained() -> None:
    every = every_setting(ports=DEFAULT_PORTS, kafka_bootstrap="", database_url="", local=Path(".local"))
    assert set(every) - _explained() == set()


def test_every_setting_of_the_programs_is_explained() -> None:
    every = {f"FELLES_{name.upper()}" for name in Settings.model_fields}
    assert every - _explained() == set()


def test_the_launcher_starts_every_service_that_the_programs_know() -> None:
    assert {service.name for service in SERVICES} == set(BACKBONES_SERVICES)


def test_a_program_started_by_hand_listens_where_the_launcher_would_start_it() -> None:
    fields = Settings.model_fields
    ports = {name: int(str(fields[f"{name}_url"].default).rpartition(":")[2]) for name in BACKBONES_SERVICES}
    assert ports == {service.name: service.port for service in SERVICES}
