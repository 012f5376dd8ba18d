"""Starting over: deletes the data of this checkout, after asking."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local.alone import LOCK
from deploy.local.screen import Screen

SERVERS = ("FELLES_DATABASE_URL", "FELLES_KAFKA_BOOTSTRAP")
# kept with a server of the user's own: they fit what lies there, which we do not delete
KEYS_FOLDER = "keys"


def clean_data(
    screen: Screen, *, local: Path, environment: Mapping[str, str], ask: Callable[[str], str] = input
) -> int:
    """Ask, then delete what lies in `local`; a no is no failure. Answers the exit code."""
    external = [name for name in SERVERS if environment.get(name)]
    if external:
        screen.warn(f"What lies on the server that {' and '.join(external)} names is left as it is.")
    if not _says_yes(ask, f"Delete all data of this checkout, in {local}? [y/N] "):
        screen.say("Nothing was deleted.")
        return 0
    keep = {LOCK, *([KEYS_FOLDER] if external else [])}
    for path in local.iterdir():
        if path.name not in keep:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    screen.say("The data is deleted; the next start begins anew.")
    return 0


def _says_yes(ask: Callable[[str], str], question: str) -> bool:
    try:
        return ask(question).strip().lower() in ("y", "yes", "j", "ja")
    except EOFError:
        return False
