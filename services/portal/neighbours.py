"""What the pages ask of the other services, on behalf of whoever is logged in."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from backbone.calls import CalledRefused, Calls
from backbone.clock import monotonic
from backbone.refusal import Refused, Unavailable
from backbone.work import Actor, service_actor
from schemas.codes import STAFF, Agency, Category, Purpose, Role

SECONDS_KNOWN = 15.0
CONTACTS_ASKED = 500
"""As many as the sharing service answers at once."""
"""How long the directory is remembered here; staff only, never anybody whom a case is about."""


class Colleague(NamedTuple):
    """Somebody in the directory: staff of an agency, with the name the vault gives for them."""

    person_id: str
    agency: Agency
    roles: frozenset[Role]
    municipality_nos: tuple[str, ...]
    name: str | None
    language: str = "nb"

    @property
    def joins_groups(self) -> bool:
        """True for those who can sit in a network group: not for those who check and operate."""
        return bool(self.roles.intersection(STAFF))


class RefusedGroup(NamedTuple):
    """References that the gate refused for the same reason, of the same kind, from the same agency."""

    category: str | None
    from_agency: str | None
    reason: str
    number: int


class Opened(NamedTuple):
    """What the gate handed out and what it refused, for one asking; `reason` when the whole case was refused."""

    items: tuple[Mapping[str, Any], ...] = ()
    reason: str | None = None

    def content(self, ref: str | None) -> Mapping[str, str]:
        """The content behind a reference, empty when it was not shown."""
        found = next((item for item in self.items if item["ref"] == ref), None)
        return (found or {}).get("content") or {}

    def text(self, ref: str | None) -> str | None:
        """The text behind a reference, when it was shown."""
        return self.content(ref).get("text")

    def name(self, person_id: str | None) -> str | None:
        """The name of a person whom the case is about, when it was shown."""
        for item in self.items:
            if item.get("about_id") == person_id and "name" in (item.get("content") or {}):
                return str(item["content"]["name"])
        return None

    @property
    def shown(self) -> list[Mapping[str, Any]]:
        """What was handed out."""
        return [item for item in self.items if item.get("content")]

    @property
    def refused(self) -> list[RefusedGroup]:
        """What was not, put together by why."""
        counts: dict[tuple[str | None, str | None, str], int] = {}
        for item in self.items:
            if not item.get("content"):
                key = (item.get("category"), item.get("from_agency"), str(item.get("reason")))
                counts[key] = counts.get(key, 0) + 1
        return [RefusedGroup(*key, count) for key, count in counts.items()]


class Neighbours:
    """The other services, as the pages see them. Every method raises CalledRefused and Unavailable, unless it says otherwise."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self._known: dict[str, Colleague] = {}
        self._known_at = -SECONDS_KNOWN
        self._lock = threading.Lock()

    def colleagues(self) -> Mapping[str, Colleague]:
        """Everybody in the directory, by id; names are missing while the vault does not answer."""
        with self._lock:
            if monotonic() - self._known_at >= SECONDS_KNOWN:
                known, complete = self._ask_directory()
                if not complete:
                    return known
                self._known, self._known_at = known, monotonic()
            return self._known

    def colleagues_if_any(self) -> Mapping[str, Colleague]:
        """Everybody in the directory, nobody when it does not answer; raises nothing."""
        try:
            return self.colleagues()
        except Refused:
            return {}

    def forget(self) -> None:
        """Ask the directory anew the next time."""
        with self._lock:
            self._known_at = -SECONDS_KNOWN

    def _ask_directory(self) -> tuple[dict[str, Colleague], bool]:
        us = service_actor("portal")
        people = self.calls.get("network", "/directory/people", actor=us)
        contacts = self._contacts([person["person_id"] for person in people], us)
        known = {
            person["person_id"]: _colleague(person, (contacts or {}).get(person["person_id"]))
            for person in people
        }
        return known, contacts is not None and bool(known)

    def _contacts(self, person_ids: list[str], us: Actor) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        for at in range(0, len(person_ids), CONTACTS_ASKED):
            body = {"person_ids": person_ids[at : at + CONTACTS_ASKED]}
            try:
                contacts = self.calls.post("sharing", "/contacts", actor=us, body=body)
            except Refused:
                return None
            found |= {contact["person_id"]: contact for contact in contacts}
        return found

    def youth_names(self, case_ids: Iterable[str], actor: Actor) -> Mapping[str, str]:
        """What the gate lets a list show: a name per case, none for those it refuses."""
        ids = list(case_ids)
        if not ids:
            return {}
        found = self.calls.post("sharing", "/names", actor=actor, body={"case_ids": ids})
        return {row["case_id"]: row["name"] for row in found if row.get("name")}

    def names_if_any(self, case_ids: Iterable[str], actor: Actor) -> tuple[Mapping[str, str], bool]:
        """The same, and whether the gate answered; raises nothing."""
        try:
            return self.youth_names(case_ids, actor), True
        except Refused:
            return {}, False

    def open(self, case_id: str, actor: Actor, *, refs: list[str] | None = None) -> Opened:
        """Ask the gate for content; what it refuses comes back with the reason."""
        body = {"refs": refs, "purpose": Purpose.FOLLOW_UP}
        answer = self.calls.post("sharing", f"/cases/{case_id}/open", actor=actor, body=body)
        return Opened(tuple(answer["items"]), answer.get("reason"))

    def deposit(
        self,
        *,
        ref: str,
        case_id: str,
        about_id: str,
        category: str,
        content: Mapping[str, str],
        actor: Actor,
    ) -> None:
        """Lay content in the vault under a reference, names and contact as somebody's identity; the same once more changes nothing."""
        body = {
            "ref": ref,
            "case_id": case_id,
            "about_id": about_id,
            "category": category,
            "content": dict(content),
            "kind": "IDENTITY" if category == Category.IDENTITY_CONTACT else "TEXT",
        }
        self.calls.post("sharing", "/deposits", actor=actor, body=body, key=f"deposit-{ref}")

    def ground(
        self,
        *,
        ref: str,
        case_id: str,
        about_id: str | None,
        category: str,
        content: Mapping[str, str],
        actor: Actor,
    ) -> None:
        """Lay down what somebody decides on, who may be outside the case; the same once more changes nothing."""
        body = {"ref": ref, "about_id": about_id, "category": category, "content": dict(content)}
        path = f"/cases/{case_id}/grounds"
        self.calls.post("sharing", path, actor=actor, body=body, key=f"ground-{ref}")

    def unread(self, actor: Actor) -> int | None:
        """How many notices the visitor has not read; None when nobody answers."""
        try:
            return int(self.calls.get("notifications", "/inbox/unread", actor=actor)["count"])
        except (Unavailable, CalledRefused, KeyError, TypeError, ValueError):
            return None


def _colleague(person: Mapping[str, Any], contact: Mapping[str, Any] | None) -> Colleague:
    return Colleague(
        person_id=person["person_id"],
        agency=Agency(person["agency"]),
        roles=frozenset(Role(role) for role in person.get("roles", [])),
        municipality_nos=tuple(person.get("municipality_nos", [])),
        name=(contact or {}).get("name"),
        language=(contact or {}).get("language") or "nb",
    )
