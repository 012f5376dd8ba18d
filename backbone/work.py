"""One transaction: one moment, one actor, the case lock, and what is published.

A command takes the lock of the case, loads the state, decides, and publishes; publishing folds each event into this service's own rows and puts it
in the outbox, so that the state is always what the events say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import Engine, MetaData
from sqlmodel import Session, SQLModel, select

from backbone.clock import Moment, new_id
from backbone.history import concerns, keep
from backbone.refusal import found
from backbone.rows import Rows, Shelf, array_of, table_of
from backbone.tables import CaseHeadRow, OutboxRow
from backbone.together import Answered, Statement, together
from schemas.codes import Role
from schemas.correction import CORRECTIONS
from schemas.event import Envelope, Event, Fact, encode, schema_address, seal

if TYPE_CHECKING:
    from backbone.log import LogRecord

OUTBOX_CHANNEL = "felles_outbox"
LOCK_CASE = (
    "INSERT INTO case_head (case_id, sequence) VALUES (%s, 0)"
    " ON CONFLICT (case_id) DO UPDATE SET case_id = excluded.case_id RETURNING sequence"
)


class Actor(NamedTuple):
    """Who acts: a person's or a service's pseudonymous id, for which agency, in which roles, in which log-in session, and in which
    municipalities they answer for that agency.
    """

    person_id: str
    agency: str | None = None
    roles: frozenset[Role] = frozenset()
    session: str | None = None
    language: str = "nb"
    municipality_nos: frozenset[str] = frozenset()

    def has_office(self, role: Role, agency: str | None, municipality_no: str | None) -> bool:
        """True for somebody with the role in the agency's unit in the municipality: agencies are kinds, and every municipality has its own
        school.
        """
        return role in self.roles and self.agency == agency and municipality_no in self.municipality_nos

    def leads_unit(self, agency: str | None, municipality_no: str | None) -> bool:
        """True for the leader of the agency's unit in the municipality."""
        return self.has_office(Role.UNIT_LEADER, agency, municipality_no)


class Work(Rows):
    """The transaction of one command, or of one run of events."""

    def __init__(self, session: Session, *, service: Service, moment: Moment, actor: Actor) -> None:
        super().__init__(session)
        self.service, self.moment, self.actor = service, moment, actor
        self.published: list[Fact] = []
        self._sequences: dict[str, int] = {}

    def lock_case(self, case_id: str) -> int:
        """Wait for the lock of the case and hold it until the transaction ends; gives the last sequence number."""
        if case_id not in self._sequences:
            self._lock_and_ask(case_id)
        return self._sequences[case_id]

    def lock_case_and_ask(self, case_id: str, *questions: Statement) -> list[Answered]:
        """Take the lock of the case, and then ask, in one round trip: each question is answered as things are once the lock is held."""
        if case_id in self._sequences:
            return self.ask(*questions)
        waiting = self._waiting()
        return self._lock_and_ask(case_id, *waiting, *questions)[len(waiting) :]

    def _lock_and_ask(self, case_id: str, *statements: Statement) -> list[Answered]:
        locked, *answers = together(self.session, [(LOCK_CASE, (case_id,)), *statements])
        self._sequences[case_id] = int(locked[0][0])
        return answers

    def lock_free_cases(self, case_ids: Iterable[str]) -> set[str]:
        """Take the locks of those of the cases that nobody holds now, without waiting; gives the cases that are locked by this transaction.

        A case that this service has never published about has no lock yet, and is not among them.
        """
        wanted = sorted(set(case_ids) - set(self._sequences))
        found = self.session.connection().exec_driver_sql(
            "SELECT case_id, sequence FROM case_head WHERE case_id = ANY(%s::text[]) FOR UPDATE SKIP LOCKED",
            (array_of(wanted),),
        )
        self._sequences.update({case_id: int(sequence) for case_id, sequence in found})
        return set(self._sequences)

    def lock_cases(self, case_ids: Iterable[str]) -> None:
        """Wait for the locks of several cases, taken in one order by everybody, so that nobody waits in a
        ring.
        """
        wanted = sorted(set(case_ids) - self._sequences.keys())
        if wanted:
            found = self.session.connection().exec_driver_sql(
                "INSERT INTO case_head (case_id, sequence)"
                " SELECT case_id, 0 FROM unnest(%s::text[]) WITH ORDINALITY AS w (case_id, place) ORDER BY place"
                " ON CONFLICT (case_id) DO UPDATE SET case_id = excluded.case_id RETURNING case_id, sequence",
                (wanted,),
            )
            self._sequences.update({case_id: int(sequence) for case_id, sequence in found})

    def lock_case_behind(self, row: type[SQLModel], key: str) -> str:
        """Take the lock of the case that the row with this key belongs to (its column `case_id`), and give the case. Raises NotFound.

        The state itself must be read after this, so that nobody has changed it in between.
        """
        table = table_of(row)
        (primary,) = table.primary_key
        case_id: str = found(self.query(select(table.c.case_id).where(primary == key)).scalar())
        self.lock_case(case_id)
        return case_id

    def publish(
        self, case_id: str, *events: Event, caused_by: str | None = None, event_id: str | None = None
    ) -> list[Fact]:
        """Publish events about a case, in order: each is folded into the rows at once and sent when the transaction has committed."""
        return [self._publish(case_id, event, caused_by, event_id) for event in events]

    def _publish(self, case_id: str, event: Event, caused_by: str | None, event_id: str | None) -> Fact:
        sequence = self.lock_case(case_id) + 1
        envelope = Envelope(
            specversion="1.0",
            id=event_id or new_id(),
            source=self.service.name,
            type=event.type,
            version=event.version,
            time=self.moment.decided_at,
            case_id=case_id,
            datacontenttype="application/json",
            dataschema=schema_address(event.type, event.version),
            sequence=sequence,
            actor=self.actor.person_id,
            actor_agency=self.actor.agency,
            caused_by=caused_by,
            data=seal(event),
        )
        fact = Fact(envelope, event)
        self._sequences[case_id] = sequence
        self._keep(envelope)
        self.service.fold(self, fact)
        self.service.hear(self, envelope)
        self.published.append(fact)
        return fact

    def _keep(self, envelope: Envelope) -> None:
        self.put(CaseHeadRow, case_id=envelope.case_id, sequence=envelope.sequence)
        self.add(
            OutboxRow,
            event_id=envelope.id,
            case_id=envelope.case_id,
            sequence=envelope.sequence,
            type=envelope.type,
            body=encode(envelope),
            recorded_at=self.moment.real_at,
        )

    def publish_again(self, envelope: Envelope, event: Event) -> None:
        """Fold an own event that was published once and that only the log still has, and put it back into the outbox under its old number."""
        self._sequences[envelope.case_id] = envelope.sequence
        self._keep(envelope)
        self.service.fold(self, Fact(envelope, event))
        self.service.hear(self, envelope)

    def sequences(self) -> dict[str, int]:
        """The last sequence number this transaction made, per case."""
        return {fact.envelope.case_id: fact.envelope.sequence for fact in self.published}

    def finish(self) -> None:
        """Write what waits, and wake the relay when the transaction commits."""
        if self.published:
            self.last(f"NOTIFY {OUTBOX_CHANNEL}")
        self.flush()


Fold = Callable[[Rows, Fact], None]
Reaction = Callable[[Work, Fact], None]
Keep = Callable[[Rows, "Sequence[LogRecord]"], None]
Remake = Callable[[Rows, "Service", Fact], None]
Hear = Callable[[Rows, Envelope], None]


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """What a service is, seen from the backbone.

    `folds` writes what an event says into replayed tables, its own events' and others'; a table is written either by own events or by others',
    never by both, so that a replay meets the same order. `reactions` are what the service then does about others' events: publish, or
    queue work. A replay has folds only. `by_case` names the shelves whose key is the case id: they are read ahead for a whole run of events.

    `keep` is for a service that keeps the log as it stands: it is given every record, malformed and repeated ones too, in place
    of folds and reactions; nothing is parked, no case is held.

    `remake` is how the rows of a case come to be what they would have been, had a registration been right from the first (`backbone.history.remake`
    does it for a service whose rows are nothing but the fold of its events). With it the service keeps what it has folded.

    `hears` writes into replayed tables what any event says, of a type that is known here or not, own or others'; a table that it writes must come
    out the same whatever the order (a set that only grows).

    `numbers` are the service's own gauges: a name, and the query that gives its value.
    """

    name: str
    metadata: MetaData
    folds: Mapping[type[Event], Fold]
    reactions: Mapping[type[Event], Reaction]
    by_case: tuple[Shelf[Any], ...] = ()
    keep: Keep | None = None
    remake: Remake | None = None
    hears: Hear | None = None
    numbers: Mapping[str, str] = {}

    def fold(self, rows: Rows, fact: Fact) -> None:
        """Write what the event says into the replayed tables, if it says anything here."""
        fold = self.folds.get(type(fact.event))
        if self.remake is not None and (fold is not None or isinstance(fact.event, CORRECTIONS)):
            keep(rows, fact)
            if isinstance(fact.event, CORRECTIONS) and concerns(rows, fact):
                self.remake(rows, self, fact)
                return
        if fold is not None:
            fold(rows, fact)

    def hear(self, rows: Rows, envelope: Envelope) -> None:
        """Note what the envelope says, if this service notes that of every event."""
        if self.hears is not None:
            self.hears(rows, envelope)

    def knows(self, event_type: type[Event] | None) -> bool:
        """True when the event means anything to this service."""
        corrects = self.remake is not None and event_type in CORRECTIONS
        return corrects or event_type in self.folds or event_type in self.reactions


@contextmanager
def work_on(engine: Engine, service: Service, *, moment: Moment, actor: Actor) -> Iterator[Work]:
    """A transaction that commits when the block ends well, and leaves nothing behind when it does not."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        work = Work(session, service=service, moment=moment, actor=actor)
        yield work
        work.finish()


def service_actor(name: str) -> Actor:
    """The service itself as the one who acts."""
    return Actor(person_id=f"service:{name}", roles=frozenset({Role.SERVICE}))
