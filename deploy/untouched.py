"""Whether nothing was ever recorded here: `python -m deploy.untouched` ends with 0 if so, else with 3."""

import sys

from backbone.log import end_offsets, reader
from backbone.settings import settings

SOMETHING_IS_THERE = 3


def main() -> int:
    """Look at the ends of the case log's partitions."""
    ours = settings()
    consumer = reader(ours)
    try:
        return SOMETHING_IS_THERE if any(end_offsets(consumer, ours.case_topic).values()) else 0
    finally:
        consumer.close()


if __name__ == "__main__":
    sys.exit(main())
