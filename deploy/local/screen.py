"""What the person at the screen sees: each step with its time, and sentences in between."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape


class Screen:
    """The terminal, or a file or pipe, where the same lines come without colour."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._began = time.monotonic()

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
        """A step with a sign of life while it runs, and the seconds it took."""
        began = time.monotonic()
        if self._console.is_terminal:
            with self._console.status(escape(what)):
                yield
        else:
            yield
        self._console.print(f"[green]✓[/] {escape(what)} ({time.monotonic() - began:.1f} s)", soft_wrap=True)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._began
