"""`python -m deploy.local`: start the whole system on this machine; `... clean-data` deletes its data."""

import os
import shutil
import sys

from deploy.local.alone import LOCK, alone_in
from deploy.local.launcher import Launcher
from deploy.local.paths import LOCAL
from deploy.local.places import find_places
from deploy.local.refusal import CannotContinue
from deploy.local.screen import Screen

KEPT_WITH_A_SERVER_OF_ONES_OWN = ("keys",)  # they fit the databases there, which are not ours to delete


def main(arguments: list[str]) -> int:
    """Run, or clean. Answers the exit code; every refusal is a sentence."""
    screen = Screen()
    try:
        with alone_in(LOCAL, screen):
            if arguments == ["clean-data"]:
                return _clean_data(screen)
            Launcher(screen, find_places(screen.warn)).run()
    except CannotContinue as refusal:
        screen.refuse(str(refusal))
        return 1
    return 0


def _clean_data(screen: Screen) -> int:
    """Ask, then delete what lies under `.local`."""
    external = [name for name in ("FELLES_DATABASE_URL", "FELLES_KAFKA_BOOTSTRAP") if os.environ.get(name)]
    if external:
        screen.warn(f"What lies on the server that {' and '.join(external)} names is left as it is.")
    if not _said_yes(f"Delete all data of this checkout, in {LOCAL}? [y/N] "):
        screen.say("Nothing was deleted.")
        return 1
    keep = {LOCK, *(KEPT_WITH_A_SERVER_OF_ONES_OWN if external else ())}
    for path in LOCAL.iterdir():
        if path.name not in keep:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    screen.say("The data is deleted; the next start begins anew.")
    return 0


def _said_yes(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes", "j", "ja")
    except EOFError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
