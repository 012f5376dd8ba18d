"""Which of the declared services this checkout has."""

from deploy.local.paths import REPOSITORY
from deploy.local.processes import SERVICES, Process


def landed_services() -> list[Process]:
    """The services whose folder can be run."""
    return [service for service in SERVICES if _runs(service.module)]


def has_command_line() -> bool:
    """Whether `python -m services.cli` is there."""
    return _runs("services.cli")


def _runs(module: str) -> bool:
    return (REPOSITORY.joinpath(*module.split(".")) / "__main__.py").is_file()
