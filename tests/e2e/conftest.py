"""What every walk begins with: a browser, and a started system that knows the demo people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.visitors import a_browser, enter_staff
from tests.system import System, a_system


@pytest.fixture(scope="module")
def system(
    kafka_bootstrap: str, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """A system for the walks of one file."""
    folder = tmp_path_factory.mktemp("walk")
    namespace = f"felles_walk_{folder.parent.name[-6:].replace('-', '_')}_{folder.stat().st_ino}"
    with a_system(
        kafka=kafka_bootstrap, database=database_url, namespace=namespace, folder=folder
    ) as running:
        enter_staff(running)
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium; each visitor has a context of their own in it."""
    with a_browser() as chromium:
        yield chromium
