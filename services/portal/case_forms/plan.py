"""What the youth coordinator does with a youth plan: suitability, adoption, stricter terms, evaluation, the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.codes import Category, EvaluationKind, GoalAssessor, LadderStep, MissingReason
from schemas.sanction_codes import Counsel, PlanEnding, Suitability
from services.portal.case_forms.contract import around, clause_body, clause_kinds, today
from services.portal.case_forms.deviations import those
from services.portal.case_forms.looking_back import PARTS
from services.portal.clause_fields import clause_fields
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.case_view import CaseView, Deviation
from services.portal.domain.sections.plan import Plan
from services.portal.form_fields import (
    Choice,
    Confirm,
    Day,
    Level,
    NewTexts,
    Option,
    Picks,
    Record,
    Row,
    Rows,
    Situation,
    Text,
    YesNo,
    blank_rows,
)
from services.portal.texts import N_
from services.portal.words import word

GOAL_LEVELS = {
    0: N_("Ikke nådd"),
    1: N_("Litt på vei"),
    2: N_("Nesten nådd"),
    3: N_("Helt nådd"),
}
WHY_NOT_HEARD = (MissingReason.NOT_WANTED, MissingReason.NOT_REACHED)


def plan_where(so: Callable[[Plan], bool]) -> Callable[[Situation], bool]:
    """While the case is open and its youth plan is so."""

    def offered(situation: Situation) -> bool:
        return situation.view.closed_on is None and bool(situation.plan.plan_id) and so(situation.plan)

    return offered


def plan_ever(so: Callable[[Plan], bool]) -> Callable[[Situation], bool]:
    """While the youth plan is so, in a closed case too: what the youth is told in writing and may answer does not end with the case."""

    def offered(situation: Situation) -> bool:
        return bool(situation.plan.plan_id) and so(situation.plan)

    return offered


def plan_version(view: CaseView) -> int | None:
    """The version of the plan that the person sees."""
    return view.section(Plan).version or None


def plan_over(situation: Situation) -> bool:
    """When the plan has run past its end date and nobody has said so."""
    current = situation.plan.current
    return plan_where(lambda plan: plan.runs)(situation) and bool(
        current and current.ends_on < situation.today
    )


def broken(which: Callable[[Deviation], bool]) -> Callable[[Situation], Sequence[Target]]:
    """Breaches of the plan that are judged and heard, as targets; the service is told which version of the plan was seen."""

    def targets(situation: Situation) -> list[Target]:
        version = plan_version(situation.view)
        return [Target(one.id, one.label, version) for one in those(which)(situation)]

    return targets


def heard(one: Deviation) -> bool:
    """True when steps may be taken after it."""
    return one.judged and one.account


def is_target(situation: Situation) -> str | None:
    """The breach that the form is about."""
    return situation.target


def measures(situation: Situation) -> list[Option]:
    """The measures of the plan that counts, by kind and by who owes them."""
    current, t = situation.plan.current, situation.t
    return [
        (one.clause_id, f"{t(word(one.kind))} – {situation.name_of(one.owed_by)}")
        for one in (current.measures if current else ())
    ]


@dataclass(frozen=True)
class KeptMeasures(Picks):
    """The measures that are to go on standing."""

    def becomes(self, situation: Situation, chosen: str) -> dict[str, Any]:
        """The measure as it stands."""
        current = situation.plan.current
        return next(
            clause_body(one) for one in (current.measures if current else ()) if one.clause_id == chosen
        )


def new_measures(name: str, label: str, *, optional: bool) -> Rows:
    """Measures to fill in: what it is about, who owes it, who controls it and who supports it."""
    return Rows(
        name,
        label,
        clause_fields(
            about=N_("Hva gjelder tiltaket?"),
            agreed=N_("Hva er bestemt?"),
            kinds=clause_kinds,
            owners=around,
        ),
        blank_rows(3, N_("Tiltak %(number)s")),
        ids=("clause_id",),
        optional=optional,
        help=N_("La det som ikke trengs, stå tomt."),
        into="measures",
        missing=N_("Før opp minst ett tiltak."),
    )


SAFEGUARDS = (
    Choice(
        "youth_missing",
        N_("Ble ungdommen ikke hørt? Velg hvorfor"),
        lambda _: WHY_NOT_HEARD,
        optional=True,
        help=N_("La feltet stå tomt når ungdommen er hørt."),
    ),
    YesNo("guardians_told", N_("Er de foresatte informert?")),
    Choice("counsel", N_("Forsvarer"), Counsel),
)


def goal_rows(situation: Situation) -> list[Row]:
    """Each goal as the youth and as the coordinator see it."""
    t = situation.t
    whom = {GoalAssessor.YOUTH: t("ungdommen"), GoalAssessor.LEAD: t("ungdomskoordinatoren")}
    return [
        Row(
            f"{number}-{by.value}",
            t("Mål %(number)s, vurdert av %(who)s", number=number, who=who),
            {"goal_ref": ref, "by": by.value},
        )
        for number, ref in enumerate(situation.plan.goal_refs, start=1)
        for by, who in whom.items()
    ]


def _of_plan(**more: Any) -> dict[str, Any]:
    return {"area": Area.PLAN, "who": Who.LEAD, "service": "contracts", "version": plan_version, **more}


FORMS = (
    CommandForm(
        **_of_plan(path="/youth-plans/{plan_id}/suitability"),
        slug="vurder-egnethet",
        title=N_("Vurder om reaksjonen er egnet"),
        lead=N_(
            "Det er du som vurderer. Ungdommens eget syn skal være med, eller grunnen til at det mangler."
        ),
        offered=plan_where(lambda plan: plan.waits),
        fields=(
            Choice("result", N_("Vurderingen"), Suitability),
            Day("assessed_on", N_("Dato"), proposed=today),
            Text("text_ref", N_("Begrunnelsen"), optional=True, category=Category.CRIMINAL_OFFENCE),
            Text(
                "youth_view_ref",
                N_("Ungdommens eget syn"),
                optional=True,
                category=Category.CRIMINAL_OFFENCE,
            ),
            Choice(
                "youth_view_missing",
                N_("Hvorfor ungdommens syn mangler"),
                lambda _: WHY_NOT_HEARD,
                optional=True,
                help=N_("Velg bare hvis feltet over er tomt."),
            ),
        ),
        button=N_("Lagre vurderingen"),
        note=N_("Vurderingen er lagret."),
    ),
    CommandForm(
        **_of_plan(path="/youth-plans/{plan_id}/adopted"),
        slug="vedta-planen",
        title=N_("Vedta ungdomsplanen"),
        lead=N_(
            "Før opp planen slik ungdomsplanmøtet ble enige om den. Den gjelder fra datoen den ble vedtatt."
        ),
        offered=plan_where(lambda plan: plan.waits),
        fields=(
            Day("adopted_on", N_("Vedtatt"), proposed=today),
            Day(
                "ends_on",
                N_("Sluttdato"),
                optional=True,
                help=N_("Står feltet tomt, varer planen så lenge avgjørelsen sier."),
            ),
            NewTexts("own_goal_refs", N_("Mål med ungdommens egne ord")),
            NewTexts("goal_refs", N_("Andre mål"), optional=True),
            new_measures("measures", N_("Tiltak"), optional=False),
            Confirm(
                "confirm",
                N_("Jeg er ungdomskoordinator og bekrefter planen"),
                missing=N_("Planen må bekreftes av ungdomskoordinatoren."),
            ),
        ),
        fixed={"confirmed": True},
        places={"confirmed": "confirm"},
        button=N_("Vedta planen"),
        note=N_("Ungdomsplanen er vedtatt og gjelder."),
    ),
    CommandForm(
        area=Area.PLAN,
        who=Who.LEAD,
        service="contracts",
        path="/youth-plans/{plan_id}/tightened",
        slug="skjerp-planen",
        title=N_("Skjerp planen etter et brudd"),
        lead=N_(
            "Den nye utgaven gjelder med en gang, og den gamle blir stående i historikken. Gi ungdommen melding om avgjørelsen etterpå."
        ),
        targets=broken(heard),
        offered=plan_where(lambda plan: plan.runs),
        fields=(
            Choice(
                "step",
                N_("Hva er bestemt?"),
                lambda _: (LadderStep.U3_STRICTER_TERMS, LadderStep.U4_NEW_PLAN),
                help=N_("En ny ungdomsplan krever et nytt ungdomsplanmøte."),
            ),
            KeptMeasures(
                "kept_measures",
                N_("Tiltak som blir stående"),
                measures,
                proposed=lambda situation: [value for value, _ in measures(situation)],
                optional=True,
                into="measures",
            ),
            new_measures("new_measures", N_("Nye tiltak"), optional=True),
            Day("ends_on", N_("Ny sluttdato"), optional=True),
            *SAFEGUARDS,
        ),
        fixed={"deviation_id": is_target},
        button=N_("Skjerp planen"),
        note=N_("Planen er skjerpet. Husk å gi ungdommen melding om avgjørelsen og retten til å klage."),
    ),
    CommandForm(
        **_of_plan(path="/youth-plans/{plan_id}/fulfilled"),
        slug="planen-er-oppfylt",
        title=N_("Planen er oppfylt"),
        lead=N_("Tiden er ute. Nå gjenstår sluttevalueringen, etteroppfølgingen og å avslutte saken."),
        offered=plan_over,
        note=N_("Planen er ført som oppfylt."),
    ),
    CommandForm(
        **_of_plan(path="/youth-plans/{plan_id}/terminated"),
        slug="avslutt-planen",
        title=N_("Avslutt planen før tiden"),
        lead=N_(
            "Når noe annet enn et brudd gjør at planen ikke fortsetter. Ved brudd, eller når planen ikke kan gjennomføres, sendes saken over i stedet. "
            "Etter et dødsfall eller en flytting avslutter du hele saken."
        ),
        offered=plan_where(lambda plan: plan.waits or plan.runs),
        fields=(
            Choice(
                "reason",
                N_("Hvorfor avsluttes den?"),
                lambda _: (
                    PlanEnding.NEW_OFFENCE,
                    PlanEnding.DECIDED_ELSEWHERE,
                    PlanEnding.REGISTERED_BY_MISTAKE,
                ),
            ),
        ),
        button=N_("Avslutt planen"),
        note=N_("Planen er avsluttet."),
    ),
    CommandForm(
        **{**_of_plan(path="/youth-plans/{plan_id}/evaluations"), "area": Area.EVALUATION},
        slug="evaluer-planen",
        title=N_("Før opp en evaluering av planen"),
        lead=N_("Mål vurderes, aldri ungdommen. Ungdommens egen vurdering av minst ett mål må være med."),
        offered=plan_where(lambda plan: bool(plan.versions) and EvaluationKind.END not in plan.evaluated),
        fields=(
            Choice("kind", N_("Hvilken evaluering?"), EvaluationKind),
            Day("held_on", N_("Dato"), proposed=today),
            Rows(
                "goals",
                N_("Hvor langt er målene nådd?"),
                (Level("level", N_("Hvor langt?"), GOAL_LEVELS),),
                goal_rows,
                help=N_("La det som ikke ble vurdert, stå tomt."),
            ),
            Record(
                "text_ref",
                N_("Gjort, lært, lurt"),
                parts=PARTS,
                optional=True,
                category=Category.EVALUATION_SCORE,
            ),
        ),
        ids=("evaluation_id",),
        button=N_("Lagre evalueringen"),
        note=N_("Evalueringen er ført opp."),
    ),
)
