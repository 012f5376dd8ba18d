"""One launcher at a time on the same data."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.ledger import Ledger
from deploy.local.refusal import CannotContinue
from deploy.local.screen import Screen

LEDGER = "processes.json"
LOCK = "launcher.lock"


@contextmanager
def alone_in(local: Path, screen: Screen) -> Iterator[None]:
    """Hold the lock of this data, and end what a killed launcher left at work on it.

    Raises CannotContinue when another launcher holds the lock.
    """
    local.mkdir(exist_ok=True)
    with (local / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotContinue(
                f"Felles ansvar runs already in this folder (process {lock.read().strip() or 'unknown'}). "
                "Stop it there with Ctrl-C first."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        stranded = Ledger(local / LEDGER).end_stranded()
        if stranded:
            screen.warn(f"Ended what an earlier start had left running: {', '.join(stranded)}.")
        yield
