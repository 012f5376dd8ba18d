"""Whether an address answers 200, for a container's health check: `python -m deploy.healthy URL`."""

import sys
import urllib.error
import urllib.request

SECONDS = 2.0


def main(url: str) -> int:
    """0 when it answers 200, else 1."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=SECONDS) as answer:
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
