"""Creates the topics of the namespace that are missing: `python -m deploy.topics`."""

import sys

from backbone.log import LogUnfit, ensure_topics
from backbone.settings import settings


def main() -> int:
    """Create what is missing; refuses with a sentence where a topic is there in another shape."""
    ours = settings()
    try:
        ensure_topics(ours)
    except LogUnfit as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{ours.case_topic} and {ours.directory_topic} are there.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
