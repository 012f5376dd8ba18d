"""Who stands around the youth: the network group (nettverksgruppe) or follow-up team (oppfølgingsteam)."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, Function, LeavingReason
from schemas.event import Event, Sentence, event


@event("network_group.formed")
class NetworkGroupFormed(Event, frozen=True, kw_only=True):
    """A network group, or in the sanctions a follow-up team, was formed around the case; `contract_id` is the contract or the plan."""

    group_id: str
    contract_id: str


@event("member.joined")
class MemberJoined(Event, frozen=True, kw_only=True):
    """Somebody joined the network group, on behalf of an agency or as themselves."""

    person_id: str
    agency: Agency
    function: Function
    joined_on: date


@event("member.function_changed")
class MemberFunctionChanged(Event, frozen=True, kw_only=True):
    """A member got another function in the group, as when somebody takes the lead over."""

    person_id: str
    function: Function
    changed_on: date


@event("member.left")
class MemberLeft(Event, frozen=True, kw_only=True):
    """Somebody's membership of the network group ended; access ends with it.

    `stop_id` is the stop that was set at the gate before this was written; the stop holds until this event
    has been applied there.
    """

    person_id: str
    reason: LeavingReason
    left_on: date
    stop_id: str | None = None


@event("secrecy.declared")
class SecrecyDeclared(Event, frozen=True, kw_only=True):
    """A member declared that they know their duty of secrecy; nothing is read before that."""

    person_id: str
    text_version: str


@event(
    "access.reviewed",
    sentence=Sentence(
        "Noen gikk gjennom hvem som har tilgang til saken",
        "Nokon gjekk gjennom kven som har tilgang til saka",
    ),
)
class AccessReviewed(Event, frozen=True, kw_only=True):
    """Whoever leads looked through who has access to the case, and confirmed that these people, and nobody else, shall have it."""

    person_ids: tuple[str, ...]
    reviewed_on: date
