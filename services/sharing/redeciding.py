"""Recorded decisions of the gate, made again from the log as it stands, never from a table.

Of each case the folds of this service are run in memory, and before every recorded decision exactly as far as it says that it knew:
our own events up to its own number, each other source's up to `known_sequences`. The command line and the auditor's page both come here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from backbone.inbox import read
from backbone.log import LogRecord
from backbone.memory_rows import MemoryRows
from schemas.correction import CORRECTIONS, Mark, resolved
from schemas.event import Envelope, Fact, Unreadable, open_event
from schemas.information import OpeningDecided
from schemas.local_time import local_date
from schemas.operation import ParkedEventDiscarded
from services.sharing.domain.gate import Knowledge
from services.sharing.domain.policy import POLICY, Policy
from services.sharing.domain.redecision import WHOLE_CASE, Other, decide_again, items_of
from services.sharing.domain.signing import SigningRules
from services.sharing.folds import FOLDS
from services.sharing.repository import (
    CASE_FILES,
    CONSENTS,
    DISCLOSURES,
    DOCUMENTS,
    PROTECTIONS,
    RETENTIONS,
    STOPS,
)
from services.sharing.rules import POLICIES, rules_of

US = "sharing"
SAME = "SAME"


class WhatIf(NamedTuple):
    """A policy that somebody is thinking about."""

    policy: Policy
    rules: SigningRules


class Ungrounded(StrEnum):
    """Why a decision cannot be made again: each means that the log, or the gate that wrote it, was not what it should be."""

    OWN_EVENTS_MISSING = "OWN_EVENTS_MISSING"
    DECIDED_OUT_OF_TURN = "DECIDED_OUT_OF_TURN"
    SOURCE_MISSING = "SOURCE_MISSING"
    UNKNOWN_POLICY = "UNKNOWN_POLICY"
    UNKNOWN_CASE = "UNKNOWN_CASE"
    UNREADABLE = "UNREADABLE"
    NUMBER_REUSED = "NUMBER_REUSED"
    NOT_FROM_THE_GATE = "NOT_FROM_THE_GATE"


class NotMade(NamedTuple):
    """Why one decision was not made again, as a code and as a sentence for the report."""

    why: Ungrounded
    sentence: str


class Answer(NamedTuple):
    """What came of one recorded decision: where it now differs, why it could not be made again, and what another policy would say.

    `event` is None where the record cannot be read as a decision; `opening_id` is then the id of the event.
    """

    case_id: str
    opening_id: str
    decided_on: date
    event: OpeningDecided | None
    others: list[Other] = []  # noqa: RUF012  (never changed)
    not_made: NotMade | None = None
    what_if: list[Other] = []  # noqa: RUF012  (never changed)

    @property
    def same(self) -> bool:
        """True when it came out as it was recorded."""
        return not self.others and self.not_made is None


class CaseAgain:
    """One case as the gate knew it, folded in memory as far as a decision knew."""

    def __init__(self, case_id: str) -> None:
        self.case_id, self.rows = case_id, MemoryRows()
        self.own, self.hole = 0, False
        self.seen: set[str] = set()
        self._waiting: list[tuple[int, Envelope]] = []
        self._told: list[Fact] = []
        self._on_log: dict[str, int] = {}

    def hear(self, offset: int, envelope: Envelope) -> None:
        """Another service's event: it waits until a decision says that it was known."""
        if envelope.sequence == self._on_log.get(envelope.source, 0) + 1:
            self._on_log[envelope.source] = envelope.sequence
            self._waiting.append((offset, envelope))

    def own_event(self, envelope: Envelope, fact: Fact | None) -> None:
        """Our own event, after whatever was decided before it."""
        self.hole = self.hole or envelope.sequence != self.own + 1
        self.own = envelope.sequence
        self.seen.add(envelope.id)
        if fact is None or self.hole:
            return  # nothing can be said of a case whose own events are not all there
        if isinstance(fact.event, ParkedEventDiscarded) and fact.event.service == US:
            gone = fact.event.offset
            self._waiting = [one for one in self._waiting if one[0] != gone]
        self._fold(fact)

    def know(self, known: Mapping[str, int]) -> NotMade | None:
        """Apply what these sequence numbers say was known; gives what is missing, if anything is."""
        mine = known.get(US, 0)
        if self.hole or mine > self.own:
            return NotMade(
                Ungrounded.OWN_EVENTS_MISSING, f"the log does not have every event of {US} before it"
            )
        if mine < self.own:
            said = (
                f"it was decided on number {mine} of {US}, and number {self.own} had been recorded before it"
            )
            return NotMade(Ungrounded.DECIDED_OUT_OF_TURN, said)
        for source, number in sorted(known.items()):
            if source != US and number > self._on_log.get(source, 0):
                said = f"it knew number {number} of {source}, and the log does not have that before it"
                return NotMade(Ungrounded.SOURCE_MISSING, said)
        rest = []
        for offset, envelope in self._waiting:
            if envelope.sequence <= known.get(envelope.source, 0):
                fact = _opened(envelope)
                if fact is not None:
                    self._fold(fact)
            else:
                rest.append((offset, envelope))
        self._waiting = rest
        return None

    def _fold(self, fact: Fact) -> None:
        self._told.append(fact)
        if not isinstance(fact.event, CORRECTIONS):
            self._write(fact)
            return
        self.rows = MemoryRows()
        for told, mark in resolved(self._told):
            if mark is not Mark.VOIDED:
                self._write(told)

    def _write(self, fact: Fact) -> None:
        fold = FOLDS.get(type(fact.event))
        if fold is not None:
            fold(self.rows, fact)

    def knowledge(self, event: OpeningDecided, policy: Policy, rules: SigningRules) -> Knowledge | None:
        """What the decision rested on; None when the log does not tell of the case at all."""
        rows, case_id = self.rows, self.case_id
        case, retention = CASE_FILES.find(rows, case_id), RETENTIONS.find(rows, case_id)
        if case is None:
            return None
        return Knowledge(
            case=case,
            rules=rules,
            items=items_of(event),
            consents=tuple(rows.shelf(CONSENTS.name)),
            disclosures=tuple(rows.shelf(DISCLOSURES.name)),
            stops=tuple(rows.shelf(STOPS.name)),
            held=event.case_held,
            erased=retention is not None and retention.approved_by is not None,
            protection=PROTECTIONS.find(rows, case_id),
            documents={one.ref: one for one in rows.shelf(DOCUMENTS.name)},
            band=event.age_band,
            policy=policy,
        )


Chosen = Callable[[Envelope, OpeningDecided | None], bool]


class Redeciding:
    """Walks the log and makes the chosen decisions again; each of them gets an answer."""

    def __init__(self, chosen: Chosen, what_if: WhatIf | None = None) -> None:
        self._chosen, self._what_if = chosen, what_if
        self._cases: dict[str, CaseAgain] = {}

    def see(self, records: Iterable[LogRecord]) -> list[Answer]:
        """Take in records of one partition, in order; gives an answer for each chosen decision among them."""
        return [answer for record in records if (answer := self._see(record)) is not None]

    def _see(self, record: LogRecord) -> Answer | None:
        envelope = read(record).envelope
        if envelope is None:
            return None
        case = self._cases.setdefault(envelope.case_id, CaseAgain(envelope.case_id))
        fact = _opened(envelope)
        event = fact.event if fact is not None and isinstance(fact.event, OpeningDecided) else None
        chosen = envelope.type == OpeningDecided.type and self._chosen(envelope, event)
        if envelope.source != US:
            case.hear(record.offset, envelope)
            said = f"{envelope.source} says that it was decided, and only {US} decides"
            return _not_made(envelope, event, Ungrounded.NOT_FROM_THE_GATE, said) if chosen else None
        if envelope.sequence <= case.own:
            said = f"number {envelope.sequence} of {US} was another event before it"
            again = chosen and envelope.id not in case.seen
            return _not_made(envelope, event, Ungrounded.NUMBER_REUSED, said) if again else None
        missing = case.know(event.known_sequences) if event is not None else None
        answer = self._again(case, envelope, event, missing) if chosen else None
        case.own_event(envelope, fact)
        return answer

    def _again(
        self, case: CaseAgain, envelope: Envelope, event: OpeningDecided | None, missing: NotMade | None
    ) -> Answer:
        if event is None:
            return _not_made(envelope, None, Ungrounded.UNREADABLE, "it cannot be read as a decision")
        if missing is not None:
            return _not_made(envelope, event, *missing)
        policy = POLICIES.get(event.policy_version)
        if policy is None:
            said = f"policy {event.policy_version} is not known here"
            return _not_made(envelope, event, Ungrounded.UNKNOWN_POLICY, said)
        knowledge = case.knowledge(event, policy, rules_of(policy))
        if knowledge is None:
            said = "the log does not tell of the case before it"
            return _not_made(envelope, event, Ungrounded.UNKNOWN_CASE, said)
        return Answer(
            case.case_id,
            event.opening_id,
            event.decided_on,
            event,
            others=decide_again(event, knowledge, claimed_agency=envelope.actor_agency),
            what_if=self._otherwise(envelope, event, knowledge),
        )

    def _otherwise(self, envelope: Envelope, event: OpeningDecided, knowledge: Knowledge) -> list[Other]:
        if self._what_if is None:
            return []
        policy, rules = self._what_if
        changed = msgspec.structs.replace(knowledge, policy=policy, rules=rules)
        return decide_again(event, changed, claimed_agency=envelope.actor_agency)


def _not_made(envelope: Envelope, event: OpeningDecided | None, why: Ungrounded, sentence: str) -> Answer:
    opening_id = event.opening_id if event is not None else envelope.id
    decided_on = event.decided_on if event is not None else local_date(envelope.time)
    return Answer(envelope.case_id, opening_id, decided_on, event, not_made=NotMade(why, sentence))


def _opened(envelope: Envelope) -> Fact | None:
    try:
        return Fact(envelope, open_event(envelope))
    except Unreadable:
        return None


def what_if(told: Mapping[str, Any], *, base: Policy = POLICY) -> WhatIf:
    """A policy from what differs from `base`, the one in force when none is named; `signing` changes the rules on who must sign.

    Raises msgspec.ValidationError for what no policy has.
    """
    differs = dict(told)
    signing = dict(differs.pop("signing", {}))
    policy = msgspec.convert({**msgspec.to_builtins(base), "version": "what if", **differs}, Policy)
    rules = msgspec.to_builtins(rules_of(policy))
    bands = {**rules["bands"], **signing.pop("bands", {})}
    return WhatIf(policy, msgspec.convert({**rules, **signing, "bands": bands}, SigningRules))


def what_if_file(text: str) -> WhatIf:
    """The same from TOML. Raises tomllib.TOMLDecodeError too."""
    return what_if(tomllib.loads(text))


def lines(answers: Iterable[Answer]) -> Iterator[dict[str, Any]]:
    """A line for each reference of each decision: what was recorded, what it is made again, and what another policy would say."""
    for answer in answers:
        again = {other.ref: other.again for other in answer.others}
        otherwise = {other.ref: other.again for other in answer.what_if}
        whole, told = _recorded(answer.event)
        for ref in dict.fromkeys((*told, *again, *otherwise)):
            yield {
                "case_id": answer.case_id,
                "opening_id": answer.opening_id,
                "decided_on": answer.decided_on.isoformat(),
                "policy": answer.event.policy_version if answer.event else None,
                "person_id": answer.event.person_id if answer.event else None,
                "ref": ref,
                "recorded": told.get(ref, whole),
                "again": answer.not_made.why.value if answer.not_made else again.get(ref, SAME),
                "what_if": otherwise.get(ref, SAME),
            }


def _recorded(event: OpeningDecided | None) -> tuple[str, dict[str, str]]:
    """The answer for the case, and for each reference; the case stands for itself where none was asked for."""
    if event is None:
        return "UNREADABLE", {WHOLE_CASE: "UNREADABLE"}
    whole = event.reason or "MAY_ASK"
    told = {one.ref: f"{one.outcome} {one.basis or one.reason}" for one in event.decisions}
    return whole, told or {WHOLE_CASE: whole}
