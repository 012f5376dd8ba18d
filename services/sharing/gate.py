"""The gate: one transaction under the lock of the case decides and records; only when it has committed is
content opened and handed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from backbone.clock import new_id
from backbone.logs import logger
from backbone.refusal import NotFound
from backbone.work import Work
from schemas.codes import STAFF, AgeBand, Outcome, Purpose
from schemas.information import OpeningDecided, ReferenceDecision
from services.sharing.domain import sentences
from services.sharing.domain.ages import age_band
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.gate import Basis, Knowledge, Question, Verdict, Why, decide
from services.sharing.domain.policy import POLICY
from services.sharing.keys import KeyTampered
from services.sharing.repository import Known, StoredItem, known_of, lock_known
from services.sharing.rules import signing_rules
from services.sharing.tables import ShownNameRow
from services.sharing.vault import (
    Content,
    ContentTampered,
    Keys,
    Kind,
    Sealed,
    Vault,
    identity_of,
    scope_of_note,
    sealed,
)

log = logger(__name__)
NOT_FOR_GROUP = frozenset({"national_id"})
"""Fields of an identity that the group is not given on the strength of taking part: it does not need them."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """An opening that has been decided and recorded, before anything is opened; what it permits is at hand,
    sealed.
    """

    opening_id: str
    asked_for_all: bool
    known: Known
    verdict: Verdict
    deposits: tuple[Sealed, ...]
    keys: Keys | None


def open_case(
    work: Work,
    vault: Vault,
    *,
    case_id: str,
    opening_id: str,
    refs: Sequence[str] | None,
    purpose: Purpose,
    about_id: str | None = None,
) -> Decided:
    """Decide each reference (every one of the case when `refs` is None) and record it. Raises NotFound for an
    unknown case.
    """
    known = lock_known(work, case_id)
    keys = _unlocked(vault, known)
    knowledge = knowledge_from(work, vault, known, keys)
    everything = _everything(known, work.actor.person_id, about_id)
    question = _question(work, purpose=purpose, refs=everything if refs is None else refs)
    verdict = decide(question, knowledge)
    permitted = [one.ref for one in verdict.decisions if one.outcome is Outcome.PERMIT]
    deposits = tuple(sealed(work, permitted)) if permitted else ()
    _record(work, known, question, verdict, opening_id=opening_id, band=knowledge.band)
    return Decided(
        opening_id=opening_id,
        asked_for_all=refs is None,
        known=known,
        verdict=verdict,
        deposits=deposits,
        keys=keys,
    )


def _everything(known: Known, person_id: str, about_id: str | None) -> list[str]:
    """What somebody means by everything: not what no event has named (a form that was never sent) beside who people are, not what a newer version took over from,
    and not that others have notes, drafts and a word for the lead.
    """
    gone = {*known.superseded, *(one.ref for one in known.documents if one.replaced)}
    gone |= {one.ref for one in known.documents if one.private_to_others_than(person_id)}
    who = {item.about_id for item in known.items if item.named and item.kind == Kind.IDENTITY}
    named = [
        item
        for item in known.items
        if item.named or (item.kind == Kind.IDENTITY and item.about_id not in who)
    ]
    if known.case is not None:
        gone |= _others_texts(known.case, named, person_id)
    return [item.ref for item in named if about_id in (None, item.about_id) and item.ref not in gone]


def _others_texts(case: CaseFile, items: Sequence[StoredItem], person_id: str) -> set[str]:
    """Drafts that were laid aside, and drafts and words to the lead that are not this person's."""
    others = {item.ref for item in items if item.author_id != person_id}
    closed = set() if person_id == case.lead_id else others.intersection(case.texts.for_lead)
    if not case.leads_group(person_id):
        closed |= {ref for ref in others if case.texts.drafted(ref)}
    return closed.union(case.texts.laid_aside)


def knowledge_from(work: Work, vault: Vault, known: Known, keys: Keys | None = None) -> Knowledge:
    """What a decision about the case rests on. Raises NotFound for an unknown case."""
    if known.case is None:
        raise NotFound("NO_SUCH_CASE", sentences.NO_SUCH_CASE)
    return Knowledge(
        case=known.case,
        rules=signing_rules(),
        items={item.ref: item for item in known.items},
        consents=known.consents,
        disclosures=known.disclosures,
        stops=known.stops,
        held=known.held,
        erased=known.erased,
        protection=known.protection,
        documents={one.ref: one for one in known.documents},
        band=_band(work, vault, known.identity, keys),
    )


def band_of_youth(work: Work, vault: Vault, case: CaseFile, on: date | None = None) -> AgeBand | None:
    """The youth's age band on a day, today as rules see it when none is named; None when no birth date is known,
    and then the strictest rules hold.
    """
    identity = identity_of(work, case_id=case.case_id, about_id=case.youth_id) if case.youth_id else None
    return _band(work, vault, identity, None, on)


def _unlocked(vault: Vault, known: Known) -> Keys | None:
    """The data keys of the case, with one question; None when one of them was tampered with, and then each is
    asked for alone.
    """
    notes = {scope_of_note(known.case_id, item.author_id) for item in known.items if item.kind == Kind.NOTE}
    try:
        return vault.unlock({*((known.case_id, item.about_id) for item in known.items), *notes})
    except KeyTampered:
        return None


def _band(
    work: Work, vault: Vault, identity: Sealed | None, keys: Keys | None, on: date | None = None
) -> AgeBand | None:
    try:
        born = vault.birth_on(identity, keys)
    except (ContentTampered, KeyTampered):
        log.error("identity_does_not_open", case_ref=identity.ref if identity else None)
        return None
    return age_band(born, on or work.moment.today) if born else None


def _question(work: Work, *, purpose: Purpose, refs: Sequence[str]) -> Question:
    return Question(
        person_id=work.actor.person_id,
        agency=work.actor.agency,
        purpose=purpose,
        refs=tuple(dict.fromkeys(refs)),
        on=work.moment.today,
        staff=not work.actor.roles.isdisjoint(STAFF),
    )


def _record(
    work: Work, known: Known, question: Question, verdict: Verdict, *, opening_id: str, band: AgeBand | None
) -> None:
    event = OpeningDecided(
        opening_id=opening_id,
        person_id=question.person_id,
        to_agency=verdict.to_agency,
        purpose=question.purpose,
        policy_version=POLICY.version,
        decided_on=question.on,
        known_sequences={**known.heads, work.service.name: work.lock_case(known.case_id)},
        decisions=verdict.decisions,
        age_band=band,
        case_held=known.held,
        reason=verdict.reason,
        staff=question.staff,
    )
    work.publish(known.case_id, event)


def release(vault: Vault, decided: Decided) -> dict[str, Any]:
    """The answer to an opening whose transaction has committed, the permitted content opened.

    Somebody who may ask for nothing in the case is told why, and neither what lies there nor that anything
    does.
    """
    verdict = decided.verdict
    shown = () if verdict.reason and decided.asked_for_all else verdict.decisions
    contents = _contents(vault, decided.deposits, decided.keys) if shown else {}
    items = {item.ref: item for item in decided.known.items}
    answers = [_answer(one, items.get(one.ref), contents, whole=verdict.reason) for one in shown]
    return {"opening_id": decided.opening_id, "reason": verdict.reason, "items": answers}


def _answer(
    decision: ReferenceDecision, item: StoredItem | None, contents: dict[str, Content], *, whole: Why | None
) -> dict[str, Any]:
    answer: dict[str, Any] = {"ref": decision.ref, "outcome": decision.outcome, "reason": decision.reason}
    if whole is not None or item is None:
        return answer
    answer |= {
        name: getattr(item, name) for name in ("about_id", "category", "from_agency", "kind", "recorded_at")
    }
    answer |= {name: getattr(decision, name) for name in ("basis", "consent_id", "disclosure_id")}
    if decision.outcome is Outcome.PERMIT:
        content = contents.get(decision.ref)
        answer["reason"] = None if content is not None else "CONTENT_GONE"
        answer["content"] = _minimised(content, decision) if content is not None else None
    return answer


def _minimised(content: Content, decision: ReferenceDecision) -> Content:
    if decision.basis == Basis.PARTICIPATION:
        return {name: text for name, text in content.items() if name not in NOT_FOR_GROUP}
    return content


def _contents(vault: Vault, deposits: Sequence[Sealed], keys: Keys | None) -> dict[str, Content]:
    """The content of these deposits; what was tampered with is left out, and told."""
    try:
        return vault.open(deposits, keys)
    except (ContentTampered, KeyTampered):
        return {ref: text for deposit in deposits for ref, text in _opened_alone(vault, deposit).items()}


def _opened_alone(vault: Vault, deposit: Sealed) -> dict[str, Content]:
    try:
        return vault.open([deposit])
    except (ContentTampered, KeyTampered) as error:
        log.error(
            "deposit_does_not_open", case_id=deposit.case_id, case_ref=deposit.ref, error=type(error).__name__
        )
        return {}


class Name(NamedTuple):
    """The name of a case's youth, sealed, when it may be shown in a list."""

    case_id: str
    deposit: Sealed | None


def open_names(work: Work, case_ids: Sequence[str]) -> list[Name]:
    """Decide for each case whether its name may be shown in this person's list; the first showing in a
    session is recorded, as is a change.
    """
    existing = _with_a_name(work, case_ids)
    work.lock_cases(existing)
    known = known_of(work, existing, identities_only=True)
    shown = _shown_before(work, existing)
    return [
        _open_name(work, known[case_id], shown) if case_id in known else Name(case_id, None)
        for case_id in case_ids
    ]


def _with_a_name(work: Work, case_ids: Sequence[str]) -> list[str]:
    found = work.session.connection().exec_driver_sql(
        "SELECT case_id FROM case_file WHERE case_id = ANY(%s) AND EXISTS (SELECT 1 FROM content"
        " WHERE content.case_id = case_file.case_id AND about_id = youth_id AND kind = 'IDENTITY')",
        (list(set(case_ids)),),
    )
    return [case_id for (case_id,) in found]


def _open_name(work: Work, known: Known, shown: dict[str, str]) -> Name:
    case = known.case
    identity = known.identity
    if case is None or identity is None:
        return Name(known.case_id, None)
    items = {item.ref: item for item in known.items if item.ref == identity.ref}
    knowledge = Knowledge(
        case=case,
        rules=signing_rules(),
        items=dict(items),
        consents=known.consents,
        disclosures=known.disclosures,
        stops=known.stops,
        held=known.held,
        erased=known.erased,
        protection=known.protection,
    )
    question = _question(work, purpose=Purpose.CASE_LIST, refs=list(items))
    verdict = decide(question, knowledge)
    (decision,) = verdict.decisions
    if shown.get(known.case_id) != decision.outcome:
        _record(work, known, question, verdict, opening_id=new_id(), band=None)
        _remember_shown(work, known.case_id, decision.outcome)
    return Name(known.case_id, identity if decision.outcome is Outcome.PERMIT else None)


def _shown_before(work: Work, case_ids: list[str]) -> dict[str, str]:
    """What was recorded for this person and session; without a session everything is recorded."""
    found = work.session.connection().exec_driver_sql(
        "SELECT case_id, outcome FROM shown_name WHERE person_id = %s AND session = %s AND case_id = ANY(%s)",
        (work.actor.person_id, work.actor.session, case_ids),
    )
    return {row.case_id: row.outcome for row in found}


def _remember_shown(work: Work, case_id: str, outcome: Outcome) -> None:
    if work.actor.session is not None:
        who = {"person_id": work.actor.person_id, "session": work.actor.session, "case_id": case_id}
        work.put(ShownNameRow, **who, outcome=outcome.value, recorded_at=work.moment.real_at)


def release_names(vault: Vault, names: Sequence[Name]) -> list[dict[str, str | None]]:
    """The names of a list whose transaction has committed."""
    contents = _contents(vault, [name.deposit for name in names if name.deposit is not None], None)
    return [
        {
            "case_id": name.case_id,
            "name": contents.get(name.deposit.ref, {}).get("name") if name.deposit else None,
        }
        for name in names
    ]
