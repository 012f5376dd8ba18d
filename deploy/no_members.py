"""Empties the services' consumer groups: `python -m deploy.no_members`, only when none of them runs.

It is only for speed: a member that was killed is waited for until its session is over, some ten seconds. So it
ends with 0 also when Kafka does not tell of the groups in time.
"""

import sys
import time

from backbone.log import KafkaError, LogUnfit, remove_members
from backbone.settings import SERVICES, settings

SECONDS = 4.0
PAUSE = 0.1


def main() -> int:
    """Empty the groups, as soon as Kafka has read what it knows of them."""
    until = time.monotonic() + SECONDS
    while True:
        try:
            print(f"{remove_members(settings(), SERVICES)} members that no longer run were taken out.")
            return 0
        except (KafkaError, LogUnfit) as problem:
            if time.monotonic() > until:
                print(f"The groups are left as they are: {problem}")
                return 0
            time.sleep(PAUSE)


if __name__ == "__main__":
    sys.exit(main())
