"""Walks the demo clock through a year and asks the services, as people would, through their APIs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from backbone.calls import Calls
from backbone.clock import Clock, monotonic, pause
from backbone.log import read
from backbone.refusal import Refused
from backbone.settings import SERVICES, Settings
from schemas.event import read_envelope
from services.cli.demo.asking import Asked, Meant
from services.cli.demo.people import OPERATOR, STAFF, Person

PATIENCE = 60.0
"""Seconds that a service is asked again: a refusal may rest on what it has not read yet, or on the clock of the day before."""
FILES = "/archive-packages"
"""What is answered with a file."""
AT_REST = ("felles_outbox_unsent", "felles_records_behind")


class NotLaid(RuntimeError):
    """A service refused what the story asks; the message says which."""


class Walk:
    """One laying of demo data."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = Clock(settings.demo_clock_file)
        self._calls = Calls(settings, self._clock)
        self._codes: dict[str, list[str]] = {}

    def through(self, asked: Sequence[Asked], *, until: datetime) -> None:
        """Enter the staff, ask everything at its time, come to rest, and set the clock to now. Raises
        NotLaid.
        """
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns) as progress:
            task = progress.add_task("Demo data", total=len(asked) + len(STAFF))
            self._move_to(min([until - timedelta(days=366), asked[0].at - timedelta(days=1)]))
            for person in STAFF:
                self._enter(person)
                progress.advance(task)
            for each in asked:
                progress.update(task, description=f"Demo data {each.at:%d.%m.%Y}")
                self._move_to(each.at)
                self._ask(each)
                progress.advance(task)
            self._come_to_rest()
            self._arrive()

    def _move_to(self, at: datetime) -> None:
        # the clock runs on between two steps that are asked at the same time, and never goes back
        at = at.astimezone(UTC)
        if not self._clock_moved() or at > self._clock.moment().decided_at:
            self._clock.move_to(at, walking=True)

    def _clock_moved(self) -> bool:
        return self._settings.demo_clock_file is not None and self._settings.demo_clock_file.exists()

    def _enter(self, person: Person) -> None:
        at = self._clock.moment().decided_at
        listed = {"person_id": person.person_id, "agency": person.agency, "roles": sorted(person.roles)}
        known = {"person_id": person.person_id, "name": person.name, "email": person.email}
        municipality_nos = list(person.municipality_nos)
        directory = {**listed, "municipality_nos": municipality_nos}
        self._ask(Asked(at, OPERATOR, "network", "/directory/people", directory))
        self._ask(Asked(at, OPERATOR, "sharing", "/people", {**known, "language": person.language}))

    def _ask(self, asked: Asked) -> None:
        """Ask, and ask again for a while what cannot be answered yet."""
        until = monotonic() + PATIENCE
        body = asked.body
        if asked.meant is not None:
            body = {**(body or {}), asked.meant.field: self._registered(asked.meant, until=until)}
        if asked.kept is not None:
            body = {**(body or {}), asked.kept.field: self._codes[asked.kept.name][asked.kept.place]}
        while True:
            try:
                if body is None:
                    self._calls.get(asked.service, asked.path, actor=asked.who.actor)
                else:
                    self._command(asked, body)
                return
            except Refused as refused:
                if monotonic() > until:
                    place = f"{asked.service} {asked.path} at {asked.at:%Y-%m-%d} by {asked.who.key}"
                    raise NotLaid(f"{place}: {refused}") from None
            pause(0.1)

    def _command(self, asked: Asked, body: dict[str, Any]) -> None:
        who = asked.who.actor
        if asked.path.endswith(FILES):
            fetched = self._calls.fetch(asked.service, asked.path, actor=who, body=body)
            kept = [sha256(fetched.content).hexdigest()]
        else:
            answer = self._calls.post(asked.service, asked.path, actor=who, body=body, key=asked.key)
            kept = answer["codes"] if asked.keeps else []
        if asked.keeps is not None:
            self._codes[asked.keeps] = kept

    def _registered(self, meant: Meant, *, until: float) -> str:
        """The id of the newest event that is meant, as soon as it is on the log. Raises NotLaid."""
        while True:
            found = [
                envelope
                for batch in read(self._settings)
                for envelope in (read_envelope(record.value) for record in batch)
                if envelope.type == meant.type_name and meant.named.encode() in bytes(envelope.data)
            ]
            if found:
                return max(found, key=lambda envelope: envelope.time).id
            if monotonic() > until:
                raise NotLaid(f"{meant.type_name} of {meant.named} is not on the log")
            pause(0.2)

    def _come_to_rest(self) -> None:
        """Wait until everything published has been sent and read, so that nothing of the past is told as new.
        Raises NotLaid.
        """
        until = monotonic() + 2 * PATIENCE
        quiet = 0
        while quiet < 3:
            if monotonic() > until:
                raise NotLaid("the services have not read everything yet")
            quiet = quiet + 1 if all(self._is_at_rest(service) for service in SERVICES) else 0
            pause(0.7)

    def _is_at_rest(self, service: str) -> bool:
        try:
            answer = httpx.get(self._settings.address(service) + "/metrics", timeout=5.0, trust_env=False)
        except httpx.HTTPError:
            return True  # a service that is not running has nothing to come to rest
        numbers = {line.split("{")[0]: line.rsplit(" ", 1)[-1] for line in answer.text.splitlines()}
        return all(numbers.get(name, "0") == "0" for name in AT_REST)

    def _arrive(self) -> None:
        now = self._clock.moment()
        self._clock.move_to(max(now.real_at, now.decided_at), walking=False)
