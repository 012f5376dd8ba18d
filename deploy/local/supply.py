"""Fetches what the environment does not bring: Kafka's jars, the page assets and, for tests, a browser."""

import argparse
import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.local import assets, browser, jars
from deploy.local.refusal import CannotContinue


def main() -> int:
    """Fetch what is missing, one step after the other, each with its progress. Answers the exit code."""
    parser = argparse.ArgumentParser(description="Fetch what is missing.")
    parser.add_argument("--browser", action="store_true", help="also a browser, for the tests that drive one")
    console = Console(stderr=True, highlight=False)
    try:
        if not jars.are_there():
            _fetch_jars(console)
        if not assets.are_there():
            with console.status("The pages' stylesheets, scripts and typeface ..."):
                assets.fetch()
            console.print("[green]✓[/] The pages' stylesheets, scripts and typeface")
        if parser.parse_args().browser:
            _fetch_browser(console)
    except CannotContinue as refusal:
        console.print(f"[red]{refusal}[/]", soft_wrap=True)
        return 1
    return 0


def _fetch_jars(console: Console) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Apache Kafka's jars", total=None)
        jars.kafka_jars(advance=lambda done, of: progress.update(task, completed=done, total=of))
    console.print("[green]✓[/] Apache Kafka's jars, each with the content that the lock names")


def _fetch_browser(console: Console) -> None:
    if browser.find() is None:
        with console.status("A browser for the tests (the first time this takes a minute or two) ..."):
            browser.find_or_install()
        console.print("[green]✓[/] A browser for the tests")


if __name__ == "__main__":
    sys.exit(main())
