"""When somebody wants their mail: at once, once a day, or not at all; and when they want to be left in peace."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from backbone.refusal import Refused, Sentence

MORNING = time(7, 30)
"""When the mail of those who want one a day goes out, local time."""


class MailChoice(StrEnum):
    """How often. Invitations to meetings come at once to everybody, or they would come too late."""

    AT_ONCE = "AT_ONCE"
    DAILY = "DAILY"
    NONE = "NONE"


class Preference(msgspec.Struct, frozen=True, kw_only=True):
    """What one person has chosen; the default is at once, at any hour."""

    mail: MailChoice = MailChoice.AT_ONCE
    quiet_from: time | None = None
    quiet_to: time | None = None
    work_days_only: bool = False

    def checked(self) -> Preference:
        """The same, if the quiet hours have a beginning and an end. Raises Refused."""
        if (self.quiet_from is None) != (self.quiet_to is None) or (
            self.quiet_from is not None and self.quiet_from == self.quiet_to
        ):
            raise Refused("QUIET_HOURS", QUIET_HOURS, field="quiet_to")
        return self

    def wants(self, *, invitation: bool) -> bool:
        """True when a mail is to be sent at all."""
        return invitation or self.mail is not MailChoice.NONE

    def digest_day(self, at: datetime, zone: ZoneInfo) -> date:
        """The day in whose mail something that happened at `at` is told."""
        local = at.astimezone(zone)
        day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
        while not self._works(day):
            day += timedelta(days=1)
        return day

    def not_before(self, at: datetime, zone: ZoneInfo, *, invitation: bool) -> datetime:
        """The first instant at which a mail about something that happened at `at` may be sent."""
        if self.mail is MailChoice.DAILY and not invitation:
            return datetime.combine(self.digest_day(at, zone), MORNING, zone)
        local = at.astimezone(zone)
        while not self._works(local.date()):
            local = datetime.combine(local.date() + timedelta(days=1), time(), zone)
        return self._after_quiet(local, zone)

    def _works(self, day: date) -> bool:
        return not self.work_days_only or day.weekday() < 5

    def _after_quiet(self, local: datetime, zone: ZoneInfo) -> datetime:
        start, end = self.quiet_from, self.quiet_to
        if start is None or end is None:
            return local
        now = local.time()
        over_midnight = end < start
        if over_midnight and now >= start:
            return self._on_working_day(datetime.combine(local.date() + timedelta(days=1), end, zone))
        if (over_midnight and now < end) or (start <= now < end):
            return datetime.combine(local.date(), end, zone)
        return local

    def _on_working_day(self, local: datetime) -> datetime:
        """The instant, or the same hour of the next working day when it falls on a day off."""
        while not self._works(local.date()):
            local = datetime.combine(local.date() + timedelta(days=1), local.time(), local.tzinfo)
        return local


QUIET_HOURS = Sentence(
    "Oppgi både når stilletiden begynner og når den slutter, og la dem være forskjellige.",
    "Oppgi både når stilletida byrjar og når ho sluttar, og la dei vere ulike.",
    "Give both when the quiet hours begin and when they end, and let them differ.",
)
