"""A filled-in form: what was typed, kept as it is, and what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from starlette.datastructures import FormData

from backbone.clock import derived_id, new_id
from backbone.refusal import Refused
from services.portal.texts import Texts

C = TypeVar("C", bound=StrEnum)
T = TypeVar("T")
KEY_FIELD = "key"


class Problem(NamedTuple):
    """Something that is wrong: the field (None: the form as a whole), and a sentence for whoever filled it in."""

    field: str | None
    sentence: str


class Form:
    """One form. Reading a field notes what is wrong with it; `ok` tells whether anything was."""

    def __init__(self, t: Texts, values: FormData | Mapping[str, str] | None = None) -> None:
        self.t = t
        self._values = values if isinstance(values, FormData) else FormData(values or {})
        self.problems: list[Problem] = []
        self.key = self._key()

    def _key(self) -> str:
        key = self.value(KEY_FIELD)
        return key if key and len(key) <= 64 else new_id()

    @property
    def ok(self) -> bool:
        """True while nothing is wrong."""
        return not self.problems

    def value(self, name: str) -> str:
        """What was typed."""
        return str(self._values.get(name, "")).strip()

    def values(self, name: str) -> list[str]:
        """What was ticked."""
        return [str(value) for value in self._values.getlist(name)]

    def touched(self, start: str) -> bool:
        """True when anything stands in a field whose name begins so, or is wrong with it."""
        wrong = any(problem.field and problem.field.startswith(start) for problem in self.problems)
        filled = (name.startswith(start) and str(value).strip() for name, value in self._values.multi_items())
        return wrong or any(filled)

    def put(self, name: str, value: str) -> None:
        """Let a field have this value instead of what was sent."""
        kept = [pair for pair in self._values.multi_items() if pair[0] != name]
        self._values = FormData([*kept, (name, value)])

    def problem(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((problem.sentence for problem in self.problems if problem.field == name), None)

    def wrong(self, field: str | None, sentence: str) -> None:
        """Note that something is wrong."""
        self.problems.append(Problem(field, sentence))

    def derived(self, person_id: str, *parts: str) -> str:
        """An id that is the same whenever this very form is sent by this person."""
        return derived_id("portal-form", person_id, self.key, *parts)

    def refused(self, error: Refused, fields: Mapping[str, str] | None = None) -> None:
        """Note a service's refusal, beside its field when it names one.

        Nothing was registered then, so the form gets a new key: what is changed and sent again is another request. Where the
        service did not answer, nobody knows, and the key stays.
        """
        place = (fields or {}).get(error.field or "", error.field)
        self.wrong(place or None, self.t.of(error.sentence))
        if error.status < 500:
            self.key = new_id()

    def text(self, name: str, missing: str | None, *, longest: int = 2000) -> str:
        """A text; `missing` is the sentence when it is required and empty."""
        typed = self.value(name)
        if not typed and missing:
            self.wrong(name, self.t(missing))
        if len(typed) > longest:
            self.wrong(name, self.t("Teksten er for lang. Den kan ha høyst %(count)s tegn.", count=longest))
        return typed

    def day(self, name: str, missing: str) -> date:
        """A date; when it is missing or no date, date.min and a problem."""
        return self._read(name, missing, date.fromisoformat, date.min)

    def number(self, name: str, missing: str, *, least: int, most: int) -> int:
        """A whole number between two limits."""

        def read(typed: str) -> int:
            number = int(typed)
            if not least <= number <= most:
                raise ValueError
            return number

        return self._read(name, missing, read, least)

    def choice(self, name: str, codes: type[C], missing: str) -> C:
        """One code of an enumeration."""
        return self._read(name, missing, codes, next(iter(codes)))

    def choices(self, name: str, codes: type[C], missing: str) -> list[C]:
        """One code or more."""
        try:
            chosen = [codes(value) for value in self.values(name)]
        except ValueError:
            chosen = []
        if not chosen:
            self.wrong(name, self.t(missing))
        return chosen

    def _read(self, name: str, missing: str, read: Callable[[str], T], otherwise: T) -> T:
        try:
            return read(self.value(name))
        except ValueError:
            self.wrong(name, self.t(missing))
            return otherwise
