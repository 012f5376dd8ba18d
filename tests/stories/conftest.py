"""What every story begins with: a started system of its own, and the people of one municipality."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stories.cast import Cast
from tests.system import System, a_system


@pytest.fixture(scope="module")
def system(
    kafka_bootstrap: str, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """A system for the stories of one file: they move its clock, each in its own time, so no two files share one."""
    folder = tmp_path_factory.mktemp("system")
    namespace = f"felles_story_{folder.parent.name[-6:].replace('-', '_')}_{folder.stat().st_ino}"
    with a_system(
        kafka=kafka_bootstrap, database=database_url, namespace=namespace, folder=folder
    ) as running:
        yield running


@pytest.fixture(scope="module")
def cast(system: System) -> Cast:
    """Everybody is registered and can be asked."""
    cast = Cast(system)
    cast.moves_in()
    return cast
