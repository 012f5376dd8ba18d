"""What the launcher adds for visitors: the demo data on an empty system, and where to go and who to be."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local import children
from deploy.local.landed import has_command_line
from deploy.local.paths import REPOSITORY
from deploy.local.screen import Screen


def wanted(settings: Mapping[str, str]) -> bool:
    """Whether this is a demonstration and the program that fills it is there."""
    return settings.get("FELLES_DEMO") == "1" and has_command_line()


def load_once(
    settings: Mapping[str, str], *, screen: Screen, local: Path, pause: Callable[[float], None]
) -> None:
    """Fill a system in which nothing was ever recorded; `pause` keeps it looked after meanwhile."""
    begun = local / f"demo-data.{settings['FELLES_NAMESPACE']}.begun"
    if begun.exists():
        screen.warn("The demo data was not filled in to its end; `make clean-data` starts over.")
        return
    if not _is_untouched(settings):
        return
    begun.touch()
    if _command("demo", settings, pause=pause) == 0:
        begun.unlink()
    else:
        screen.warn("Filling in the demo data did not succeed; the system runs all the same.")


def say_where(settings: Mapping[str, str], *, screen: Screen, local: Path) -> None:
    """The last lines: the address, the log-ins, and how to stop."""
    screen.say(f"\nFelles ansvar is ready after {screen.seconds:.0f} s:  {settings['FELLES_PORTAL_URL']}\n")
    if wanted(settings):
        _command("demo-people", settings)
    if settings.get("FELLES_MAIL_PAGE_URL"):
        screen.say(f"E-mails of the demonstration:  {settings['FELLES_MAIL_PAGE_URL']}")
    screen.say(f"Logs are in {local / 'logs'}. Ctrl-C stops everything; the data stays.")


def _is_untouched(settings: Mapping[str, str]) -> bool:
    command = [sys.executable, "-m", "deploy.untouched"]
    done = subprocess.run(
        command, env=os.environ | dict(settings), cwd=REPOSITORY, capture_output=True, check=False
    )
    return done.returncode == 0


def _command(name: str, settings: Mapping[str, str], *, pause: Callable[[float], None] | None = None) -> int:
    """Run `python -m services.cli NAME`, its output on our screen; ended when we are asked to stop."""
    process = children.start_on_screen(
        [sys.executable, "-m", "services.cli", name], env=settings, folder=REPOSITORY
    )
    try:
        while pause and process.poll() is None:
            pause(0.2)
        return process.wait(None if pause else 30)
    except subprocess.TimeoutExpired:
        return 1
    finally:
        children.stop(process)
