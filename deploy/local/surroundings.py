"""The settings of one start, and the rest of the environment that its processes get."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from deploy.local.places import Places
from deploy.local.processes import every_setting


def settings_for(
    places: Places,
    *,
    kafka_bootstrap: str,
    database_url: str,
    local: Path,
    environment: Mapping[str, str] = os.environ,
) -> dict[str, str]:
    """The declared settings; what the environment sets wins, except over what was found out."""
    declared = every_setting(
        ports=places.ports,
        kafka_bootstrap=places.kafka_bootstrap or kafka_bootstrap,
        database_url=places.database_url or database_url,
        local=local,
    )
    if places.smtp_host:  # a server of the user's own: there is no catcher
        declared = {name: value for name, value in declared.items() if not name.startswith("FELLES_MAIL_")}
    found_out = {name for name in declared if name.endswith("_URL")} | {"FELLES_KAFKA_BOOTSTRAP"}
    given = {name: value for name, value in environment.items() if name.startswith("FELLES_") and value}
    return declared | {name: value for name, value in given.items() if name not in found_out}


def write_settings(settings: Mapping[str, str], path: Path) -> None:
    """For `make replay`, and whoever else wants to speak to the running system: a file that a shell reads."""
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in settings.items()]
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)


def surroundings() -> dict[str, str]:
    """Our environment without the settings, so that each process gets its own and no other."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FELLES_")}
    return ours | {"PYTHONUNBUFFERED": "1"}
