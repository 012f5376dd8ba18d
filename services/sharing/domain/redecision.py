"""A recorded decision of the gate, made again from what it rested on. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from schemas.codes import Outcome
from schemas.information import OpeningDecided, ReferenceDecision
from services.sharing.domain.gate import Item, Knowledge, Question, Verdict, decide

WHOLE_CASE = "the whole case"


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """Where two answers to the same question differ: about one reference, or the whole case. Codes and references."""

    ref: str
    recorded: str
    again: str


def question_of(event: OpeningDecided, *, claimed_agency: str | None) -> Question:
    """What was asked; `claimed_agency` is the one that the log-in claimed, which the envelope names."""
    return Question(
        person_id=event.person_id,
        agency=claimed_agency,
        purpose=event.purpose,
        refs=tuple(decision.ref for decision in event.decisions),
        on=event.decided_on,
        staff=event.staff,
    )


def items_of(event: OpeningDecided) -> dict[str, Item]:
    """The content that was asked for, as the gate saw it; a reference that was not of the case is none."""
    return {decision.ref: item for decision in event.decisions if (item := _item(decision)) is not None}


def _item(decision: ReferenceDecision) -> Item | None:
    if decision.category is None or decision.from_agency is None:
        return None
    return Item(
        ref=decision.ref,
        category=decision.category,
        from_agency=decision.from_agency,
        about_id=decision.about_id or "",
        author_id=decision.author_id or "",
    )


def decide_again(event: OpeningDecided, knowledge: Knowledge, *, claimed_agency: str | None) -> list[Other]:
    """Where the gate's answer to the same question, from this knowledge, differs from the recorded one."""
    verdict = decide(question_of(event, claimed_agency=claimed_agency), knowledge)
    return list(_others(event, verdict))


def _others(event: OpeningDecided, verdict: Verdict) -> Iterator[Other]:
    if (event.reason, event.to_agency) != (verdict.reason, verdict.to_agency):
        yield Other(
            ref=WHOLE_CASE,
            recorded=f"{event.reason or 'MAY_ASK'} as {event.to_agency}",
            again=f"{verdict.reason or 'MAY_ASK'} as {verdict.to_agency}",
        )
    for recorded, again in zip(event.decisions, verdict.decisions, strict=True):
        if recorded != again:
            yield Other(ref=recorded.ref, recorded=_told(recorded), again=_told(again))


def _told(decision: ReferenceDecision) -> str:
    why = decision.basis if decision.outcome is Outcome.PERMIT else decision.reason
    resting = decision.consent_id or decision.disclosure_id
    return f"{decision.outcome} {why}" + (f" ({resting})" if resting else "")
