"""What every event has in common: its class, its envelope, and how both become bytes and back.

An event on the wire is a CloudEvents 1.0 message in structured JSON. It carries references and codes: never a name, a birth date,
an address, free text, an identity number, or a hash of one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, TypeVar

import msgspec

from schemas.local_time import local_date

CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8"
PARTITIONS = 12
"""Partitions of the case log; fixed for its life, since the order of a case is the order in its partition."""
LONGEST = 200
"""Characters in an envelope's id, name or type; ours have at most 80, and an index takes a few hundred."""


class Sentence(NamedTuple):
    """What the pages say has happened, in bokmål and nynorsk."""

    nb: str
    nn: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact about one case, in the past tense. Subclasses are declared with @event and never changed once published."""

    type: ClassVar[str]
    version: ClassVar[int]
    sentence: ClassVar[Sentence | None] = None
    follows: ClassVar[bool] = False


E = TypeVar("E", bound=Event)
REGISTRY: dict[tuple[str, int], type[Event]] = {}
NEWEST: dict[str, type[Event]] = {}


def event(
    type_name: str, *, version: int = 1, sentence: Sentence | None = None, follows: bool = False
) -> Callable[[type[E]], type[E]]:
    """Declare a class as the published event `type_name` in `version`; the highest version is what the code works with.

    `sentence` is what the pages say (else the portal has the words). `follows` says that nobody registers it: it follows from other
    registrations, and is put right by putting those right.
    """

    def declare(cls: type[E]) -> type[E]:
        if (type_name, version) in REGISTRY:
            raise TypeError(f"{type_name} version {version} is declared twice")
        cls.type, cls.version, cls.sentence, cls.follows = type_name, version, sentence, follows
        REGISTRY[type_name, version] = cls
        if type_name not in NEWEST or NEWEST[type_name].version < version:
            NEWEST[type_name] = cls
        return cls

    return declare


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The CloudEvents attributes around an event.

    `time` is when it was recorded (UTC); when something happened in the world is payload. `sequence` counts the events of one source
    in one case from 1 without holes. `caused_by` is the id of the event that this one follows from.
    """

    specversion: str
    id: str
    source: str
    type: str
    version: int = msgspec.field(name="typeversion")
    time: datetime
    case_id: str = msgspec.field(name="subject")
    datacontenttype: str
    dataschema: str
    sequence: int = msgspec.field(name="casesequence")
    actor: str
    actor_agency: str | None = msgspec.field(name="actoragency", default=None)
    caused_by: str | None = msgspec.field(name="causationid", default=None)
    data: msgspec.Raw

    @property
    def recorded_on(self) -> date:
        """The date in Norway on which it was recorded."""
        return local_date(self.time)


class Fact(NamedTuple):
    """An event as it stands on the log: who, when and why around it."""

    envelope: Envelope
    event: Event


class Unreadable(ValueError):
    """These bytes cannot be understood as an event; the message says why, without quoting the payload."""


_encoder = msgspec.json.Encoder()
_envelope_decoder = msgspec.json.Decoder(Envelope)
_event_decoders: dict[tuple[str, int], msgspec.json.Decoder[Any]] = {}


def schema_address(type_name: str, version: int) -> str:
    """The `dataschema` of an event: where its JSON Schema lies in `schemas/published/`."""
    return f"schemas/published/{type_name}.v{version}.json"


def seal(event: Event) -> msgspec.Raw:
    """The event as the `data` of its envelope."""
    return msgspec.Raw(_encoder.encode(event))


def encode(envelope: Envelope) -> bytes:
    """The bytes that go on the log."""
    return _encoder.encode(envelope)


def read_envelope(raw: bytes | None) -> Envelope:
    """The envelope of a record, its data left undecoded. Raises Unreadable."""
    try:
        envelope = _envelope_decoder.decode(raw or b"")
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"not a CloudEvents envelope of ours: {type(error).__name__}") from None
    if envelope.specversion != "1.0" or envelope.time.tzinfo is None or not _storable(envelope, raw or b""):
        raise Unreadable("an envelope attribute is outside what CloudEvents 1.0 or this log allows")
    return envelope


def _storable(envelope: Envelope, raw: bytes) -> bool:
    """True when every attribute fits a database: numbers and years in range, text of some length and without NUL.

    Written out, since it is run for every event that anybody reads.
    """
    agency, cause = envelope.actor_agency, envelope.caused_by
    return (
        1 <= envelope.sequence < 2**63
        and 0 < envelope.version < 2**31
        and 1970 <= envelope.time.year < 9000
        and 0 < len(envelope.case_id) <= LONGEST
        and 0 < len(envelope.id) <= LONGEST
        and 0 < len(envelope.source) <= LONGEST
        and 0 < len(envelope.type) <= LONGEST
        and 0 < len(envelope.actor) <= LONGEST
        and (agency is None or len(agency) <= LONGEST)
        and (cause is None or len(cause) <= LONGEST)
        and (b"\\u0000" not in raw or not _has_nul(envelope))
    )


def _has_nul(envelope: Envelope) -> bool:
    texts = (envelope.case_id, envelope.id, envelope.source, envelope.type, envelope.actor)
    return any("\0" in text for text in (*texts, envelope.actor_agency or "", envelope.caused_by or ""))


def open_event(envelope: Envelope) -> Event:
    """The event inside, as the newest class of its type. Raises Unreadable for a payload or a version that nobody declared."""
    known = NEWEST.get(envelope.type)
    if known is None:
        raise Unreadable(f"no event type {envelope.type[:80]!r} is declared")
    if envelope.version == known.version:
        try:
            return _decoder(known).decode(envelope.data)  # type: ignore[no-any-return]
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _does_not_fit(envelope, error) from None
    if envelope.version > known.version or (envelope.type, envelope.version) not in REGISTRY:
        raise Unreadable(
            f"{envelope.type} version {envelope.version} is newer than this program knows, or was never published"
        )
    return _opened_as_newest(envelope, known)


def _opened_as_newest(envelope: Envelope, known: type[Event]) -> Event:
    """An event of an older version, brought up to the newest one."""
    from schemas.upcasts import upcast

    try:
        payload = msgspec.json.decode(envelope.data)
        return msgspec.convert(
            upcast(envelope.type, payload, since=envelope.version, until=known.version), known
        )
    except (
        msgspec.DecodeError,
        UnicodeDecodeError,
        RecursionError,
        KeyError,
        TypeError,
    ) as error:
        raise _does_not_fit(envelope, error) from None


def _does_not_fit(envelope: Envelope, error: Exception) -> Unreadable:
    return Unreadable(
        f"the payload of {envelope.type} version {envelope.version} does not fit: {type(error).__name__}"
    )


def decode(raw: bytes | None) -> Fact:
    """A record's bytes as a fact. Raises Unreadable."""
    envelope = read_envelope(raw)
    return Fact(envelope, open_event(envelope))


def _decoder(cls: type[Event]) -> msgspec.json.Decoder[Any]:
    key = (cls.type, cls.version)
    if key not in _event_decoders:
        _event_decoders[key] = msgspec.json.Decoder(cls)
    return _event_decoders[key]
