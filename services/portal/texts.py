"""Every text of the pages in bokmål and nynorsk: the bokmål sentence is the key, nynorsk stands in locale/nn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime, format_time
from babel.messages.pofile import read_po

from backbone.refusal import Sentence
from schemas.local_time import OSLO

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk"}
LOCALE = Path(__file__).parent / "locale"
_SPACE = "\u00a0"
SECRECY_TEXT = "2026-1"
"""The version of the declaration of secrecy, the same on the screen (secrecy.html) and on paper; a changed text gets a new one."""


def N_(text: str) -> str:
    """Mark a text that is translated later, where it is shown."""
    return text


@cache
def nynorsk() -> dict[str, str]:
    """Every bokmål text with its nynorsk."""
    with (LOCALE / "nn" / "LC_MESSAGES" / "portal.po").open("rb") as file:
        catalogue = read_po(file, locale="nn", abort_invalid=True)
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}


class Texts:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "nb"
        self._other = nynorsk() if self.language == "nn" else {}

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, its %(places)s filled."""
        found = self.gettext(text)
        return found % values if values else found

    def gettext(self, text: str) -> str:
        """The text in this language."""
        return self._other.get(text, text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The text for so many, in this language."""
        return self.gettext(one if count == 1 else many)

    def of(self, sentence: Sentence) -> str:
        """A refusal's sentence in this language."""
        return sentence.within(self.language)

    def day(self, day: date | None) -> str:
        """A date as people write it: 3. mars 2027."""
        return (
            "–" if day is None else format_date(day, "d. MMMM y", locale=self.language).replace(" ", _SPACE)
        )

    def short_day(self, day: date | None) -> str:
        """A date for tables: 03.03.2027."""
        return "–" if day is None else format_date(day, "dd.MM.y", locale=self.language)

    def moment(self, at: datetime | None) -> str:
        """An instant in local time: 3. mars 2027 kl. 14.05."""
        if at is None:
            return "–"
        return format_datetime(at, "d. MMMM y 'kl.' HH.mm", tzinfo=OSLO, locale=self.language)

    def short_moment(self, at: datetime | None) -> str:
        """An instant for tables, in local time: 03.03.2027 14.05.09."""
        return (
            "–" if at is None else format_datetime(at, "dd.MM.y HH.mm.ss", tzinfo=OSLO, locale=self.language)
        )

    def meeting_time(self, starts: datetime | None, ends: datetime | None) -> str:
        """When a meeting is: tirsdag 3. mars 2027 kl. 13.00–14.00."""
        if starts is None or ends is None:
            return "–"
        until = format_time(ends, "HH.mm", tzinfo=OSLO, locale=self.language)
        return (
            format_datetime(starts, "EEEE d. MMMM y 'kl.' HH.mm", tzinfo=OSLO, locale=self.language)
            + f"–{until}"
        )

    def when(self, day: date, today: date) -> str:
        """How far away a day is, in words."""
        match (day - today).days:
            case 0:
                return self("i dag")
            case 1:
                return self("i morgen")
            case -1:
                return self("i går")
            case days if days > 0:
                return self("om %(days)s dager", days=days)
            case days:
                return self("for %(days)s dager siden", days=-days)


def soonest(today: date) -> date:
    """The day a form proposes for something to come."""
    return today + timedelta(days=7)
