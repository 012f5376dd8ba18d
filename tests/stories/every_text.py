"""Whoever writes something in every form that the pages offer: finds them by following links, as a person does, and fills them in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z0-9]{26}|(?<=/)\d+(?=/|$)")
PAGES = 150


class PageForm(NamedTuple):
    """One form that is sent with POST: where to, what is in it already, and the names that take text."""

    action: str
    filled: list[tuple[str, str]]
    texts: list[str]


class Reader(HTMLParser):
    """What a page links to, and its forms, each filled in with the first of every choice."""

    def __init__(self, address: str, today: date) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[PageForm] = []
        self._address, self._today = address, today
        self._form: PageForm | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what is of use: links, forms, fields and choices."""
        has = {name: value or "" for name, value in attrs}
        name = has.get("name", "")
        if tag == "a" and has.get("href", "").startswith("/"):
            self.links.append(has["href"].split("#")[0])
        elif tag == "form":
            posts = has.get("method", "").lower() == "post"
            self._form = PageForm(has.get("action") or self._address, [], []) if posts else None
        elif self._form is None:
            return
        elif tag == "textarea" and name:
            self._form.texts.append(name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and has.get("value"):
            self._choose(self._select, has["value"])
        elif tag == "input" and name:
            self._take_input(has.get("type", "text"), name, has.get("value", ""))

    def _take_input(self, kind: str, name: str, value: str) -> None:
        assert self._form is not None
        if kind in ("text", "search", "email", "tel"):
            self._form.texts.append(name)
        elif kind in ("radio", "checkbox"):
            self._choose(name, value or "on")
        elif kind == "date":
            self._choose(name, value or self._today.isoformat())
        elif kind in ("time", "number"):
            self._choose(name, value or ("13:00" if kind == "time" else "1"))
        else:
            self._form.filled.append((name, value))

    def _choose(self, name: str, value: str) -> None:
        assert self._form is not None
        if name not in dict(self._form.filled):
            self._form.filled.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        """A form or a choice is over."""
        if tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None
        elif tag == "select":
            self._select = None


class Sent(NamedTuple):
    """A form that was sent: its address without ids, what was typed, and whether it was taken."""

    place: str
    typed: dict[str, str]
    taken: bool


def forms_within(
    browser: httpx.Client, starts: list[str], *, within: tuple[str, ...], today: date
) -> dict[str, PageForm]:
    """Every form with a text field on the pages that can be reached from `starts`, by its address without ids."""
    found: dict[str, PageForm] = {}
    waiting, seen = list(starts), set(starts)
    while waiting and len(seen) <= PAGES:
        address = waiting.pop(0)
        answer = browser.get(address)
        if answer.status_code != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        page = Reader(urlsplit(address).path, today)
        page.feed(answer.text)
        for form in page.forms:
            if form.texts and form.action.startswith(within):
                found.setdefault(IDS.sub("*", form.action), form)
        fresh = [link for link in page.links if link.startswith(within) and link not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return found


def writes_everywhere(
    browser: httpx.Client, forms: dict[str, PageForm], word: Callable[[str], str]
) -> Iterator[Sent]:
    """Send each form with a word of its own in every text field."""
    for place, form in forms.items():
        typed = {name: word(f"portal {place} {name}") for name in form.texts}
        given = [(name, value) for name, value in form.filled if name not in typed]
        body: dict[str, list[str]] = {}
        for name, value in [*given, *typed.items()]:
            body.setdefault(name, []).append(value)
        answer = browser.post(form.action, data=body)
        assert answer.status_code in (303, 403, 404, 409, 422), f"{place}: {answer.status_code}"
        assert not any(one in answer.headers.get("location", "") for one in typed.values()), place
        yield Sent(place, typed, answer.status_code == 303)
