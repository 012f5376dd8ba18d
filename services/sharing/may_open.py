"""May I see this? The gate's own decision for one person, without opening anything and so without recording it."""

from __future__ import annotations

from typing import Any

from backbone.work import Work
from schemas.codes import Purpose
from schemas.information import ReferenceDecision
from services.sharing.commands import check_part_of_case
from services.sharing.domain.gate import Knowledge, Question, decide
from services.sharing.domain.may_share import until
from services.sharing.gate import knowledge_from
from services.sharing.repository import known_of
from services.sharing.vault import Kind, Vault


def may_open(work: Work, vault: Vault, *, case_id: str, purpose: Purpose) -> list[dict[str, Any]]:
    """What the gate would answer this person now for each text of the case: codes, never content. Raises
    NotFound, NotAllowed.
    """
    check_part_of_case(work, vault, case_id)
    known = known_of(work, [case_id])[case_id]
    knowledge = knowledge_from(work, vault, known)
    texts = {item.ref: item for item in known.items if item.kind == Kind.TEXT and item.named}
    asked = Question(
        person_id=work.actor.person_id,
        agency=work.actor.agency,
        purpose=purpose,
        refs=tuple(texts),
        on=work.moment.today,
    )
    decided = decide(asked, knowledge).decisions
    return [_told(one, texts[one.ref].recorded_at, knowledge) for one in decided]


def _told(decision: ReferenceDecision, recorded_at: str, knowledge: Knowledge) -> dict[str, Any]:
    return {
        "ref": decision.ref,
        "category": decision.category,
        "from_agency": decision.from_agency,
        "recorded_at": recorded_at,
        "outcome": decision.outcome,
        "basis": decision.basis,
        "reason": decision.reason,
        "until": until(decision.basis, decision.consent_id, decision.disclosure_id, knowledge),
    }
