"""A Chromium for the browser tests: the machine's, else Playwright's, else Debian's, else a sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.refusal import CannotContinue

ON_THE_MACHINE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
SECONDS_FOR_PLAYWRIGHT = 300
SECONDS_FOR_APT = 900


def find() -> Path | None:
    """The one that is there already: `FELLES_BROWSER` if set, the machine's, or Playwright's."""
    named = os.environ.get("FELLES_BROWSER")
    if named:
        return Path(named)
    for name in ON_THE_MACHINE:
        found = shutil.which(name)
        if found:
            return Path(found)
    return ON_A_MAC if ON_A_MAC.exists() else _playwrights()


def find_or_install() -> Path:
    """The browser's program. Raises CannotContinue, with what to install, when none can be had."""
    found = find()
    if found is None and _install_playwrights():
        found = _playwrights()
    if found is None and _install_debians():
        found = find()
    if found is None:
        raise CannotContinue(
            "The browser tests need Chromium or Chrome, and none could be installed. Install one (on Debian: "
            "sudo apt-get install chromium), or say where one is with FELLES_BROWSER=/path/to/chrome."
        )
    return found


def launch_arguments() -> list[str]:
    """Chromium refuses its sandbox to root, and a container's /dev/shm is small."""
    as_root = os.geteuid() == 0
    return [*(["--no-sandbox"] if as_root else []), "--disable-dev-shm-usage"]


def _playwrights() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return program if program.exists() else None


def _install_playwrights() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return _succeeds(command, seconds=SECONDS_FOR_PLAYWRIGHT)


def _install_debians() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    return _succeeds(install, seconds=SECONDS_FOR_APT, env=env) or (
        _succeeds(["apt-get", "update"], seconds=SECONDS_FOR_APT, env=env)
        and _succeeds(install, seconds=SECONDS_FOR_APT, env=env)
    )


def _succeeds(command: list[str], *, seconds: float, env: dict[str, str] | None = None) -> bool:
    try:
        done = subprocess.run(
            command, env=env, timeout=seconds, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return False
    return done.returncode == 0
