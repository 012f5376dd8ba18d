"""The library of clauses: which kinds there are, and what each asks for. Agencies owe things too."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from schemas.codes import ClauseKind, Programme
from schemas.contract import Clause
from services.contracts.domain.refusals import refused


class ClauseRule(msgspec.Struct, frozen=True, kw_only=True):
    """What a kind of clause asks for; `programmes` empty means every one."""

    needs_basis: bool = False
    programmes: frozenset[Programme] = frozenset()


LIBRARY: dict[ClauseKind, ClauseRule] = {
    **{kind: ClauseRule() for kind in ClauseKind},
    ClauseKind.DRUG_CONTROL: ClauseRule(
        needs_basis=True,
        programmes=frozenset(
            {Programme.FA_SUBSTANCE_CONTRACT, Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY}
        ),
    ),
    ClauseKind.TREATMENT: ClauseRule(needs_basis=True),
    ClauseKind.REPORTING: ClauseRule(
        programmes=frozenset({Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY})
    ),
}


OWNERS = ("owed_by", "controlling_owner", "supporting_owner")


def refuse_clauses(
    clauses: Collection[Clause], *, programme: Programme, people: Collection[str], field: str = "clauses"
) -> None:
    """Refuse clauses that nobody there can own, that need a basis, or that the programme does not know. The refusal names the
    clause by its place in the request: clauses.2.basis_ref.
    """
    ids = [clause.clause_id for clause in clauses]
    if len(set(ids)) < len(ids):
        raise refused("CLAUSE_TWICE", field=field)
    for place, clause in enumerate(clauses):
        here, rule = f"{field}.{place}", LIBRARY[clause.kind]
        if rule.programmes and programme not in rule.programmes:
            raise refused("CLAUSE_NOT_IN_PROGRAMME", field=f"{here}.kind")
        for owner in OWNERS:
            if getattr(clause, owner) not in people:
                raise refused("CLAUSE_OWNER_UNKNOWN", field=f"{here}.{owner}")
        if rule.needs_basis and clause.basis_ref is None:
            raise refused("CLAUSE_NEEDS_BASIS", field=f"{here}.basis_ref")
