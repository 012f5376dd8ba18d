"""Creates the topics of the namespace that are missing: `python -m deploy.topics`."""

import sys

from backbone.log import LogUnfit, end_offsets, ensure_topics, reader
from backbone.settings import Settings, settings


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


def is_empty(ours: Settings) -> bool:
    """Whether no event was ever recorded in this namespace."""
    consumer = reader(ours)
    try:
        return not any(end_offsets(consumer, ours.case_topic).values())
    finally:
        consumer.close()


if __name__ == "__main__":
    sys.exit(main())
