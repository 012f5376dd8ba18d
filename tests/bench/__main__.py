"""`make bench`: the ratios of docs/performance.md, each measured against its floor in the same run. `python -m tests.bench [B1 B2 …]`."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from backbone.clock import monotonic
from tests.bench import measures
from tests.engines import own_kafka, own_postgres


def main(wanted: list[str]) -> int:
    """Run the rows asked for (all otherwise) and print one line each."""
    with ExitStack() as stack:
        kafka = os.environ.get("FELLES_KAFKA_BOOTSTRAP") or stack.enter_context(own_kafka())
        database = os.environ.get("FELLES_DATABASE_URL") or stack.enter_context(own_postgres())
        print(f"{'row':<4} {'what':<64} {'ours':>12} {'floor':>12} {'ratio':>7} {'target':>8}")
        missed = 0
        for name, measure in measures.ROWS.items():
            if wanted and name not in wanted:
                continue
            began = monotonic()
            for result in measure(kafka, database):
                print(result.line(name), flush=True)
                missed += not result.met
            print(f"     ({monotonic() - began:.0f} s)", flush=True)
    print("every target is met" if not missed else f"{missed} targets are not met")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
