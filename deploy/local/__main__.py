"""`python -m deploy.local`: start the whole system on this machine; `... clean-data` deletes its data."""

import os
import sys

from deploy.local.alone import alone_in
from deploy.local.cleaning import clean_data
from deploy.local.launcher import Launcher
from deploy.local.paths import LOCAL
from deploy.local.places import find_places
from deploy.local.refusal import CannotContinue
from deploy.local.screen import Screen


def main(arguments: list[str]) -> int:
    """Run, or clean. Answers the exit code; every refusal is a sentence."""
    screen = Screen()
    try:
        with alone_in(LOCAL, screen):
            if arguments == ["clean-data"]:
                return clean_data(screen, local=LOCAL, environment=os.environ)
            Launcher(screen, find_places(screen.warn)).run()
    except CannotContinue as refusal:
        screen.refuse(str(refusal))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
