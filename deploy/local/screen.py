"""What the person at the screen sees: each step with its time, and sentences in between."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner


class Screen:
    """The terminal, or a file or pipe, where the same lines come without colour."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._began = time.monotonic()
        self._live: Live | None = None  # drawn by this thread only: the launcher forks

    def say(self, sentence: str) -> None:
        """A line of its own."""
        self._console.print(escape(sentence), soft_wrap=True)

    def warn(self, sentence: str) -> None:
        """A line that should be noticed."""
        self._console.print(f"[yellow]{escape(sentence)}[/]", soft_wrap=True)

    def refuse(self, sentence: str) -> None:
        """Why nothing goes on."""
        self._console.print(f"[red]{escape(sentence)}[/]", soft_wrap=True)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """A step, and the seconds it took. While it runs, `sign_of_life` keeps it moving."""
        began = time.monotonic()
        spinner = Spinner("dots", escape(what))
        with Live(spinner, console=self._console, auto_refresh=False, transient=True) as self._live:
            try:
                yield
            finally:
                self._live = None
        self._console.print(f"[green]✓[/] {escape(what)} ({time.monotonic() - began:.1f} s)", soft_wrap=True)

    def sign_of_life(self) -> None:
        """Turn the wheel a little; on a terminal only."""
        if self._live and self._console.is_terminal:
            self._live.refresh()

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._began
