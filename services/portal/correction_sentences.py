"""Corrections told in a sentence: what it said, what is right, and why."""

from __future__ import annotations

import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from schemas.correction import ChangedField, RegistrationCorrected, RegistrationRedacted, RegistrationVoided
from schemas.deadline import DeadlineReopened
from schemas.event import NEWEST, Event
from services.portal.correction_words import FIELDS
from services.portal.texts import Texts
from services.portal.words import SEVERITY, deadline_name, word


def corrected(t: Texts, event: RegistrationCorrected) -> str:
    """Each field: what it said and what is right; then why."""
    changes = [changed(t, event.corrected_type, change) for change in event.changes]
    return f"{'; '.join(changes)}. {_word(t, event.reason)}"


def changed(t: Texts, type_name: str, change: ChangedField) -> str:
    """One field: what it said and what is right. A text is not repeated."""
    name = t(FIELDS.get(change.field, change.field))
    if change.field.endswith("ref"):
        return t("%(field)s: ny versjon", field=name)
    was, now = (shown(t, type_name, change.field, value) for value in (change.was, change.now))
    return t("%(field)s: fra «%(was)s» til «%(now)s»", field=name, was=was, now=now)


def shown(t: Texts, type_name: str, field: str, value: Any) -> str:
    """A value of a field in words: codes by their word, dates as days, people by number only."""
    if value is None or value == () or value == []:
        return t("ikke oppgitt")
    if isinstance(value, (list, tuple)):
        codes = _codes(type_name, field)
        if codes is None:
            return str(len(value))
        return ", ".join(_word(t, codes(each)) for each in value)
    if isinstance(value, bool):
        return t("ja") if value else t("nei")
    if isinstance(value, date) and not isinstance(value, datetime):
        return t.day(value)
    if isinstance(value, str) and field.endswith("_on"):
        return t.day(date.fromisoformat(value))
    codes = _codes(type_name, field)
    if codes is not None:
        return _word(t, codes(value))
    return _severity(t, value) if field == "severity" else str(value)


def _codes(type_name: str, field: str) -> type[StrEnum] | None:
    event = NEWEST.get(type_name)
    return None if event is None else codes_of(typing.get_type_hints(event).get(field))


def codes_of(hint: Any) -> type[StrEnum] | None:
    """The enumeration in a field's type, if there is one."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return next((found for part in typing.get_args(hint) if (found := codes_of(part))), None)


def _word(t: Texts, code: StrEnum) -> str:
    return t(word(code))


def _severity(t: Texts, level: Any) -> str:
    return t(SEVERITY.get(level, str(level)))


def _voided(t: Texts, event: RegistrationVoided) -> str:
    return _word(t, event.reason)


def _redacted(t: Texts, event: RegistrationRedacted) -> str:
    return _word(t, event.reason)


def _reopened(t: Texts, event: DeadlineReopened) -> str:
    return t("%(deadline)s, frist %(due)s", deadline=t(deadline_name(event.kind)), due=t.day(event.due_on))


CORRECTION_DETAILS: dict[type[Event], Callable[[Texts, Any], str]] = {
    RegistrationCorrected: corrected,
    RegistrationVoided: _voided,
    RegistrationRedacted: _redacted,
    DeadlineReopened: _reopened,
}
