"""The fields of a form that corrects a registration, made from the event's own types: asked, proposed and read."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from schemas.event import Event
from services.portal.correction_sentences import codes_of
from services.portal.correction_words import FIELDS
from services.portal.forms import Form
from services.portal.texts import N_, Texts
from services.portal.words import SEVERITY, word

LEVELS = {0: N_("0 – ikke nådd"), 1: N_("1 – litt på vei"), 2: N_("2 – nesten nådd"), 3: N_("3 – nådd")}
NUMBERS: Mapping[str, Mapping[int, str]] = {"severity": SEVERITY, "level": LEVELS}
ATTENDANCE = ("present", "absent")


class Asked(NamedTuple):
    """One field of the form: `kind` is text, day, choice, checks or people."""

    name: str
    label: str
    kind: str
    options: Sequence[tuple[str, str]] = ()
    optional: bool = False


def asked_of(
    t: Texts, event: Event, fields: Sequence[str], *, people: Mapping[str, str], own: bool
) -> list[Asked]:
    """The fields that can be corrected; a text only by the one who wrote it, since the new one is theirs too."""
    hints = typing.get_type_hints(type(event))
    asked = []
    for name in fields:
        if name == "absent" and "present" in fields:
            continue
        one = _asked(t, event, name, hints[name], people)
        if one is not None and (own or one.kind != "text"):
            asked.append(one)
    return asked


def _asked(t: Texts, event: Event, name: str, hint: Any, people: Mapping[str, str]) -> Asked | None:
    label, optional = t(FIELDS[name]), type(None) in typing.get_args(hint)
    if name.endswith("ref"):
        return Asked(name, label, "text", optional=True)
    if name.endswith("_on"):
        return Asked(name, label, "day", optional=optional)
    if name in ATTENDANCE:
        present = {*getattr(event, "present", ()), *getattr(event, "absent", ())}
        there = [(person, text) for person, text in people.items() if person in present]
        return Asked(name, label, "people", there)
    if name in NUMBERS:
        levels = [(str(level), t(text)) for level, text in NUMBERS[name].items()]
        return Asked(name, label, "choice", levels)
    codes = codes_of(hint)
    if codes is None:
        return None
    several = typing.get_origin(hint) is tuple
    return Asked(
        name,
        label,
        "checks" if several else "choice",
        [(code.value, t(word(code))) for code in codes],
        optional,
    )


def proposed(event: Event, asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """What stands now, as the form shows it when it is opened."""
    said = msgspec.to_builtins(event)
    pairs = []
    for one in asked:
        value = said.get(one.name)
        if one.kind == "text" or value is None:
            continue
        pairs += [(one.name, str(each)) for each in (value if isinstance(value, (list, tuple)) else [value])]
    return pairs


def right_values(form: Form, event: Event, asked: Sequence[Asked]) -> dict[str, Any]:
    """What the form says otherwise than the event; texts are left to the page. Notes what cannot stand so."""
    said = msgspec.to_builtins(event)
    right: dict[str, Any] = {}
    for one in asked:
        if one.kind != "text":
            value = _read(form, one)
            if value != _comparable(said.get(one.name)):
                right[one.name] = value
    if "present" in right:
        everybody = [*said.get("present", ()), *said.get("absent", ())]
        right["absent"] = [person for person in everybody if person not in right["present"]]
    return right


def _comparable(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _read(form: Form, one: Asked) -> Any:
    if one.kind in ("checks", "people"):
        known = [value for value, _ in one.options]
        return [value for value in form.values(one.name) if value in known]
    typed = form.value(one.name)
    if not typed and one.optional:
        return None
    if one.kind == "day":
        day = form.day(one.name, N_("Skriv datoen som dag, måned og år."))
        return None if day == date.min else day.isoformat()
    if typed not in {value for value, _ in one.options}:
        form.wrong(one.name, form.t("Velg ett av svarene."))
        return None
    return int(typed) if one.name in NUMBERS else typed
