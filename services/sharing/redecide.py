"""`python -m services.sharing redecide` (`felles redecide`): recorded decisions of the gate, made again from the log.

Reads Kafka or an export, never a table. Of each case the folds of this service are run in memory, and before every recorded decision
exactly as far as it says that it knew: our own events up to its own number, each other source's up to `known_sequences`.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from backbone.inbox import read
from backbone.log import LogRecord
from backbone.log_file import ExportTruncated, from_export, from_kafka
from backbone.memory_rows import MemoryRows
from backbone.replay import Progress
from backbone.settings import Settings
from backbone.spreadsheet import as_csv, as_json
from schemas.correction import CORRECTIONS, Mark, resolved
from schemas.event import Envelope, Fact, Unreadable, open_event
from schemas.information import OpeningDecided
from schemas.operation import ParkedEventDiscarded
from services.sharing.domain.gate import Knowledge
from services.sharing.domain.policy import Policy
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
SHOWN = 50


class WhatIf(NamedTuple):
    """A policy that somebody is thinking about."""

    policy: Policy
    rules: SigningRules


class Answer(NamedTuple):
    """What came of one recorded decision: where it now differs, why it could not be made again, and what another policy would say."""

    case_id: str
    event: OpeningDecided
    others: list[Other]
    not_made: str | None = None
    what_if: list[Other] = []  # noqa: RUF012  (never changed)


class CaseAgain:
    """One case as the gate knew it, folded in memory as far as a decision knew."""

    def __init__(self, case_id: str) -> None:
        self.case_id, self.rows = case_id, MemoryRows()
        self.own, self.hole = 0, False
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
        if fact is None or self.hole:
            return  # nothing can be said of a case whose own events are not all there
        if isinstance(fact.event, ParkedEventDiscarded) and fact.event.service == US:
            gone = fact.event.offset
            self._waiting = [one for one in self._waiting if one[0] != gone]
        self._fold(fact)

    def know(self, known: dict[str, int]) -> str | None:
        """Apply what these sequence numbers say was known; gives what is missing, if anything is."""
        if self.hole or known.get(US, 0) != self.own:
            return f"the log does not have every event of {US} before it"
        for source, number in sorted(known.items()):
            if source != US and number > self._on_log.get(source, 0):
                return f"it knew number {number} of {source}, and the log does not have that before it"
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


class Redeciding:
    """Walks the log and makes the chosen decisions again."""

    def __init__(
        self, chosen: Callable[[Envelope, OpeningDecided], bool], what_if: WhatIf | None = None
    ) -> None:
        self._chosen, self._what_if = chosen, what_if
        self._cases: dict[str, CaseAgain] = {}

    def see(self, records: Iterable[LogRecord]) -> list[Answer]:
        """Take in records of one partition, in order; gives an answer for each chosen decision among them."""
        return [answer for record in records for answer in self._see(record)]

    def _see(self, record: LogRecord) -> list[Answer]:
        envelope = read(record).envelope
        if envelope is None:
            return []
        case = self._cases.setdefault(envelope.case_id, CaseAgain(envelope.case_id))
        if envelope.source != US:
            case.hear(record.offset, envelope)
            return []
        if envelope.sequence <= case.own:
            return []
        fact = _opened(envelope)
        event = fact.event if fact is not None else None
        answers = []
        if isinstance(event, OpeningDecided):
            missing = case.know(event.known_sequences)
            if self._chosen(envelope, event):
                answers.append(self._again(case, envelope, event, missing))
        case.own_event(envelope, fact)
        return answers

    def _again(
        self, case: CaseAgain, envelope: Envelope, event: OpeningDecided, missing: str | None
    ) -> Answer:
        policy = POLICIES.get(event.policy_version)
        if missing is None and policy is None:
            missing = f"policy {event.policy_version} is not known here"
        knowledge = case.knowledge(event, policy, rules_of(policy)) if policy else None
        if missing is None and knowledge is None:
            missing = "the log does not tell of the case before it"
        if missing is not None or knowledge is None:
            return Answer(case.case_id, event, [], missing)
        others = decide_again(event, knowledge, claimed_agency=envelope.actor_agency)
        return Answer(case.case_id, event, others, None, self._otherwise(envelope, event, knowledge))

    def _otherwise(self, envelope: Envelope, event: OpeningDecided, knowledge: Knowledge) -> list[Other]:
        if self._what_if is None:
            return []
        policy, rules = self._what_if
        changed = msgspec.structs.replace(knowledge, policy=policy, rules=rules)
        return decide_again(event, changed, claimed_agency=envelope.actor_agency)


def _opened(envelope: Envelope) -> Fact | None:
    try:
        return Fact(envelope, open_event(envelope))
    except Unreadable:
        return None


def what_if(text: str) -> WhatIf:
    """A policy from TOML: what it leaves out is as in force; `[signing]` changes the rules on who must sign.

    Raises msgspec.ValidationError for what no policy has.
    """
    told: dict[str, Any] = tomllib.loads(text)
    signing = told.pop("signing", {})
    policy = msgspec.convert({"version": "what if", **told}, Policy)
    rules = msgspec.to_builtins(rules_of(policy))
    bands = {**rules["bands"], **signing.pop("bands", {})}
    rules = {**rules, **signing, "bands": bands}
    return WhatIf(policy, msgspec.convert(rules, SigningRules))


def run(settings: Settings, arguments: Sequence[str]) -> int:
    """Make decisions again and print what came of it: 0 when all are the same, 1 when one is not, 2 when there was none."""
    asked = _parser().parse_args(arguments)
    try:
        changed = what_if(asked.what_if.read_text(encoding="utf-8")) if asked.what_if else None
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, OSError) as error:
        print(f"{asked.what_if} is no policy: {error}")
        return 2
    answers, cut = _made(
        settings, asked, Redeciding(lambda e, opening: _is_chosen(asked, e, opening), changed)
    )
    if asked.form == "text":
        _tell(answers, changed)
    else:
        print(FORMS[asked.form](list(_lines(answers))), end="")
    if cut:
        print(f"EXPORT_TRUNCATED: {cut}.", file=sys.stderr)
    if cut or any(answer.others or answer.not_made for answer in answers):
        return 1
    return 0 if answers else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="felles redecide", description="make recorded decisions of the gate again"
    )
    parser.add_argument("--year", type=int, help="only decisions of this year")
    parser.add_argument("--case", help="only this case, by its pseudonym")
    parser.add_argument("--opening", help="only this decision, by the id of its event or of the opening")
    parser.add_argument(
        "--what-if", type=Path, metavar="POLICY.toml", help="show beside it what this policy would say"
    )
    parser.add_argument("--export", type=Path, metavar="FILE", help="read this export; Kafka otherwise")
    parser.add_argument("--as", dest="form", choices=["text", *FORMS], default="text")
    return parser


def _is_chosen(asked: argparse.Namespace, envelope: Envelope, event: OpeningDecided) -> bool:
    return (
        asked.year in (None, event.decided_on.year)
        and asked.case in (None, envelope.case_id)
        and asked.opening in (None, envelope.id, event.opening_id)
    )


def _made(
    settings: Settings, asked: argparse.Namespace, again: Redeciding
) -> tuple[list[Answer], ExportTruncated | None]:
    progress, answers = Progress("redecide"), list[Answer]()

    def told(done: int, whole: int) -> None:
        progress.reach(done, whole)

    try:
        for batch in from_export(asked.export, told) if asked.export else from_kafka(settings, told):
            answers += again.see(batch)
    except ExportTruncated as error:
        return answers, error
    finally:
        progress.end()
    return answers, None


def _tell(answers: list[Answer], changed: WhatIf | None) -> None:
    differ = [answer for answer in answers if answer.others]
    for answer in differ[:SHOWN]:
        for other in answer.others:
            print(
                f"DECISION_DIFFERS: {_place(answer, other)}: recorded {other.recorded}; made again it is {other.again}."
            )
    not_made = [answer for answer in answers if answer.not_made]
    for answer in not_made[:SHOWN]:
        print(
            f"NOT_MADE_AGAIN: Opening {answer.event.opening_id} of case {answer.case_id}: {answer.not_made}."
        )
    if changed is not None:
        _tell_what_if(answers, changed)
    same = len(answers) - len(differ) - len(not_made)
    refs = sum(len(answer.event.decisions) for answer in answers)
    print(
        f"{len(answers)} decisions about {refs} references were made again: {same} came out the same, {len(differ)} otherwise, {len(not_made)} could not be made."
    )


def _tell_what_if(answers: list[Answer], changed: WhatIf) -> None:
    otherwise = [answer for answer in answers if answer.what_if]
    counted = Counter(
        (_kind(other.recorded), _kind(other.again)) for one in otherwise for other in one.what_if
    )
    for (recorded, again), number in counted.most_common():
        print(f"WHAT_IF: {number} times {again} in place of {recorded}")
    for answer in otherwise[:SHOWN]:
        for other in answer.what_if:
            print(f"WHAT_IF: {_place(answer, other)}: was {other.recorded}; would be {other.again}.")
    print(
        f"Under policy «{changed.policy.version}» {len(otherwise)} of {len(answers)} decisions would have come out otherwise."
    )


def _kind(told: str) -> str:
    return told.split(" (", 1)[0]


def _place(answer: Answer, other: Other) -> str:
    what = "" if other.ref == WHOLE_CASE else f", reference {other.ref}"
    return f"Case {answer.case_id}, opening {answer.event.opening_id} of {answer.event.decided_on}{what}"


def _lines(answers: Iterable[Answer]) -> Iterable[dict[str, Any]]:
    for answer in answers:
        again = {other.ref: other.again for other in answer.others}
        otherwise = {other.ref: other.again for other in answer.what_if}
        whole = answer.event.reason or "MAY_ASK"
        told = {WHOLE_CASE: whole} if not answer.event.decisions else {}
        told |= {one.ref: f"{one.outcome} {one.basis or one.reason}" for one in answer.event.decisions}
        for ref in dict.fromkeys((*told, *again, *otherwise)):
            yield {
                "case_id": answer.case_id,
                "opening_id": answer.event.opening_id,
                "decided_on": answer.event.decided_on.isoformat(),
                "policy": answer.event.policy_version,
                "person_id": answer.event.person_id,
                "ref": ref,
                "recorded": told.get(ref, whole),
                "again": answer.not_made or again.get(ref, "the same"),
                "what_if": otherwise.get(ref, "the same"),
            }


FORMS = {"csv": as_csv, "json": as_json}
