"""What a first contract asks beside the family and the group: goals with how each is measured, clauses, and who owes them.

Nobody has an id yet when the form is filled in, so the family stand there as what they are: the youth, the first and the second guardian.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from schemas.codes import ClauseKind
from schemas.register_codes import EvaluationMeasure
from services.portal.case_forms.contract import IN_SANCTIONS
from services.portal.clause_fields import OWNERS, clause_fields
from services.portal.form_fields import (
    Choice,
    Field,
    Option,
    Reading,
    Row,
    Rows,
    Situation,
    Text,
    blank_rows,
)
from services.portal.texts import N_
from services.portal.words import word

YOUTH, GUARDIANS = "youth", ("guardian1", "guardian2")
GOAL = (
    Text("goal_ref", N_("Målet"), rows=2, missing=N_("Skriv målet.")),
    Choice("measure", N_("Hvordan skal dere se om målet er nådd?"), EvaluationMeasure),
)


def goal_rows(number: int, legend: str) -> Callable[[Situation], list[Row]]:
    """So many rows; the first proposes that the youth's own view tells whether the goal is reached."""

    def rows(situation: Situation) -> list[Row]:
        first, *rest = blank_rows(number, legend)(situation)
        return [first._replace(proposed={"measure": EvaluationMeasure.YOUTHS_OWN_VIEW}), *rest]

    return rows


def folded_rows(number: int, legend: str) -> Callable[[Situation], list[Row]]:
    """So many rows, every one folded up until somebody needs it."""
    return lambda situation: [row._replace(folded=True) for row in blank_rows(number, legend)(situation)]


def owners(situation: Situation) -> list[Option]:
    """Everybody who can owe something: the family by what they are, oneself, and the colleagues who can join a group."""
    t, me = situation.t, situation.visitor.person_id
    guardians = [
        (place, t("Foresatt %(number)s", number=number)) for number, place in enumerate(GUARDIANS, start=1)
    ]
    others = [
        (one.person_id, f"{situation.name_of(one.person_id)}, {t(word(one.agency))}")
        for one in situation.people.values()
        if one.joins_groups and one.person_id != me
    ]
    return [(YOUTH, t("Ungdommen")), *guardians, (me, t("Meg selv")), *sorted(others, key=lambda one: one[1])]


OWN_GOALS = Rows(
    "own_goals",
    N_("Mål med ungdommens egne ord"),
    GOAL,
    goal_rows(2, N_("Ungdommens mål %(number)s")),
    missing=N_("Skriv minst ett mål med ungdommens egne ord."),
)
OTHER_GOALS = Rows(
    "other_goals", N_("Andre mål"), GOAL, folded_rows(3, N_("Annet mål %(number)s")), optional=True
)
CLAUSES = Rows(
    "clauses",
    N_("Hva hver av dere skal gjøre"),
    clause_fields(
        about=N_("Hva gjelder punktet?"),
        agreed=N_("Hva er avtalt?"),
        kinds=lambda _: [kind for kind in ClauseKind if kind not in IN_SANCTIONS],
        owners=owners,
    ),
    folded_rows(6, N_("Punkt %(number)s")),
    ids=("clause_id",),
    optional=True,
    help=N_("Åpne så mange punkter som dere trenger. Også tjenestene kan skylde noe."),
)
FIELDS: tuple[Field, ...] = (OWN_GOALS, OTHER_GOALS, CLAUSES)


class Agreed(NamedTuple):
    """What was filled in. Owners stand as on the form until the family has ids."""

    own_goals: list[dict[str, Any]]
    other_goals: list[dict[str, Any]]
    clauses: list[dict[str, Any]]

    @property
    def goals(self) -> list[dict[str, Any]]:
        """Every goal, those in the youth's own words first."""
        return [*self.own_goals, *self.other_goals]

    def body(self, family: Mapping[str, str]) -> dict[str, Any]:
        """This part of the command; `family` gives the ids of the youth and the guardians."""
        return {
            "goal_refs": [goal["goal_ref"] for goal in self.goals],
            "own_goal_refs": [goal["goal_ref"] for goal in self.own_goals],
            "clauses": [
                {**clause, **{name: family.get(clause[name], clause[name]) for name in OWNERS}}
                for clause in self.clauses
            ],
        }


def agreed_in(reading: Reading, *, guardians: Collection[str], members: Sequence[str]) -> Agreed:
    """Read goals and clauses; what is wrong is noted in the form, also an owner who is not among those filled in."""
    own, other, clauses = (one.read(reading, one.name) for one in (OWN_GOALS, OTHER_GOALS, CLAUSES))
    there = {YOUTH, reading.situation.visitor.person_id, *guardians, *members}
    for row, clause in zip(reading.rows[CLAUSES.name], clauses, strict=True):
        for name in OWNERS:
            owner = clause.get(name)
            if owner is not None and owner not in there:
                absent = (
                    N_("Skriv navnet til den foresatte lenger oppe, eller velg noen andre.")
                    if owner in GUARDIANS
                    else N_("Kryss av for personen i nettverksgruppen, eller velg noen andre.")
                )
                reading.form.wrong(f"{row}-{name}", reading.form.t(absent))
    return Agreed(own, other, clauses)
