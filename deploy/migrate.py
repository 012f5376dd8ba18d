"""Makes each service's database and brings it up to date: `python -m deploy.migrate [service ...]`."""

import sys

from backbone.database import migrate
from backbone.settings import settings
from deploy.local.landed import landed_services


def main(names: list[str]) -> int:
    """Migrate the named services, or all."""
    for name in names or [service.name for service in landed_services()]:
        migrate(settings(), name)
        print(f"{name}: up to date", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
