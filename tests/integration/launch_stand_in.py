"""The launcher with a stand-in service: `python -m tests.integration.launch_stand_in FOLDER PORTS`."""

import json
import sys
from pathlib import Path

from deploy.local.alone import alone_in
from deploy.local.launcher import Launcher
from deploy.local.places import Places
from deploy.local.processes import Process
from deploy.local.refusal import CannotContinue
from deploy.local.screen import Screen


def main(folder: str, ports: str) -> int:
    """Run until stopped."""
    screen = Screen()
    local = Path(folder)
    places = Places(ports=json.loads(ports), kafka_bootstrap=None, database_url=None, smtp_host=None)
    stand_in = Process("portal", "tests.integration.stand_in", port=8100)
    try:
        with alone_in(local, screen):
            Launcher(screen, places, local=local, services=[stand_in]).run()
    except CannotContinue as refusal:
        screen.refuse(str(refusal))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
