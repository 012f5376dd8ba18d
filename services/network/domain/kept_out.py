"""Guardians who are kept out of a case: they are called to nothing, given nothing and told nothing, and others' lists stay right."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.codes import Function
from schemas.guardian_codes import KeptOut
from schemas.guardianship import Guardianship
from services.network.domain.group import Group
from services.network.domain.refusals import refused


def why_kept_out(stands: Guardianship, group: Group, person_id: str) -> KeptOut | None:
    """Why somebody is told nothing; a former guardian who is in the group as something else is told what that gives."""
    member = group.member(person_id)
    return stands.told_nothing(person_id, as_guardian=member is None or member.function is Function.GUARDIAN)


def kept_out_of(stands: Guardianship, group: Group, people: Iterable[str]) -> dict[str, KeptOut]:
    """Those of these people who are told nothing, and why."""
    found = {person: why_kept_out(stands, group, person) for person in people}
    return {person: why for person, why in found.items() if why is not None}


def refuse_kept_out(stands: Guardianship, group: Group, people: Iterable[str], *, field: str) -> None:
    """Raise Refused, by the rule that keeps the first of them out, when somebody among these people is told nothing."""
    for why in kept_out_of(stands, group, people).values():
        raise refused(why.value, field=field)
