"""What those who lead a case do about its evaluation: plan it anew, and enter that it was held."""

from __future__ import annotations

from schemas.codes import Category, EvaluationKind, GoalAssessor
from schemas.register_codes import EvaluationMeasure
from services.portal.case_forms.looking_back import PARTS
from services.portal.command_form import Area, CommandForm, Who
from services.portal.domain.case_view import CaseView
from services.portal.domain.sections.evaluations import Evaluations
from services.portal.form_fields import Choice, Day, Level, Record, Row, Rows, Situation, Text
from services.portal.register_words import LEVELS
from services.portal.texts import N_
from services.portal.words import word


def kinds_left(situation: Situation) -> tuple[EvaluationKind, ...]:
    """The evaluations that have not been held."""
    return situation.view.section(Evaluations).left


def can_be_held(situation: Situation) -> bool:
    """From the start of the contract, until both are held."""
    contract = situation.view.contract
    begun = contract is not None and contract.started_on is not None
    return situation.view.closed_on is None and begun and bool(kinds_left(situation))


def can_be_planned(situation: Situation) -> bool:
    """While the contract has not ended."""
    contract = situation.view.contract
    return situation.view.closed_on is None and contract is not None and contract.ended_on is None


def goals(situation: Situation) -> list[Row]:
    """A row for each goal."""
    contract, t = situation.view.contract, situation.t
    refs = contract.goal_refs if contract else ()
    return [
        Row(f"m{place}", t("Mål %(number)s", number=place), {"goal_ref": ref})
        for place, ref in enumerate(refs, start=1)
    ]


def goals_by_everyone(situation: Situation) -> list[Row]:
    """A row for each goal and each of those who judge it, the youth first."""
    t = situation.t
    return [
        Row(f"{row.key}-{by.value}", f"{row.legend} – {t(word(by))}", {**row.fixed, "by": by.value})
        for row in goals(situation)
        for by in GoalAssessor
    ]


def version(view: CaseView) -> int | None:
    """The version of the contract that the person sees."""
    return view.contract.version if view.contract else None


FORMS = (
    CommandForm(
        slug="evaluer",
        title=N_("Evaluer sammen med ungdommen"),
        lead=N_("Det er målene som vurderes, ikke ungdommen. Ungdommens eget syn må være med."),
        area=Area.EVALUATION,
        who=Who.LEAD,
        service="contracts",
        path="/contracts/{contract_id}/evaluations",
        offered=can_be_held,
        version=version,
        ids=("evaluation_id",),
        fields=(
            Choice("kind", N_("Hvilken evaluering?"), kinds_left),
            Day("held_on", N_("Når ble den holdt?"), proposed=lambda situation: situation.today),
            Rows(
                "goals",
                N_("Hvor langt er dere kommet?"),
                fields=(Level("level", N_("Målet er"), LEVELS, optional=True),),
                over=goals_by_everyone,
                missing=N_("Ta med hvordan ungdommen selv ser på minst ett av målene."),
            ),
            Record(
                "text_ref",
                N_("Gjort, lært, lurt"),
                parts=PARTS,
                optional=True,
                category=Category.EVALUATION_SCORE,
            ),
            Text(
                "youth_answer_ref",
                N_("Ungdommens egne ord"),
                optional=True,
                category=Category.EVALUATION_SCORE,
            ),
            Text(
                "guardians_answer_ref",
                N_("Foresattes egne ord"),
                optional=True,
                category=Category.EVALUATION_SCORE,
            ),
        ),
        button=N_("Lagre evalueringen"),
        note=N_("Evalueringen er lagret."),
    ),
    CommandForm(
        slug="planlegg-evaluering",
        title=N_("Planlegg evalueringen"),
        lead=N_("Hvilke mål skal vurderes, hvordan, og når? Uten en plan kan kontrakten ikke signeres."),
        area=Area.EVALUATION,
        who=Who.LEAD,
        service="contracts",
        path="/contracts/{contract_id}/evaluation-plan",
        offered=can_be_planned,
        version=version,
        fields=(
            Rows(
                "measures",
                N_("Hvordan vurderes målene?"),
                fields=(Choice("measure", N_("Vurderes ved"), EvaluationMeasure, optional=True),),
                over=goals,
                missing=N_("Velg hvordan minst ett av målene skal vurderes."),
            ),
            Day(
                "midway_on",
                N_("Midtveisevaluering"),
                optional=True,
                proposed=lambda situation: situation.view.section(Evaluations).midway_on,
            ),
            Day(
                "end_on",
                N_("Sluttevaluering"),
                optional=True,
                proposed=lambda situation: situation.view.section(Evaluations).end_on,
            ),
        ),
        button=N_("Lagre planen"),
        note=N_("Evalueringen er planlagt."),
    ),
)
