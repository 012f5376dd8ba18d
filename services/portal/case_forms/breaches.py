"""What follows a breach of a sanction, what the youth is told and may answer, and what stands beside a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from schemas.codes import Agency, Category
from schemas.sanction_codes import (
    AftercareCheck,
    AftercareOutcome,
    BreachOutcome,
    ComplaintOutcome,
    DecisionKind,
    DeliveryMethod,
    LeaveRefusal,
    OffenceSeverity,
    PlanEnding,
)
from services.portal.case_forms.contract import today
from services.portal.case_forms.deviations import those
from services.portal.case_forms.plan import SAFEGUARDS, heard, plan_ever, plan_version, plan_where
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.form_fields import Choice, Confirm, Day, Option, Pick, Situation, Text, YesNo
from services.portal.texts import N_
from services.portal.words import word

REPORTERS = (Agency.POLITI_FOREBYGGENDE, Agency.PATALEMYNDIGHET, Agency.KRIMINALOMSORG, Agency.BARNEVERN)


def receiver(situation: Situation) -> str:
    """Where a broken sanction goes: back to the prosecution, or to kriminalomsorgen."""
    back = situation.view.programme == "YOUTH_FOLLOW_UP"
    return (Agency.PATALEMYNDIGHET if back else Agency.KRIMINALOMSORG).value


def breaches(situation: Situation) -> list[Option]:
    """Breaches that are judged and heard."""
    return [(one.id, one.label) for one in those(heard)(situation)]


def decisions(situation: Situation) -> list[Option]:
    """The decisions that the youth was told of."""
    t = situation.t
    return [
        (one.decision_id, f"{t(word(one.kind))}, {t.day(one.delivered_on)}") for one in situation.plan.told
    ]


def complaints(situation: Situation) -> list[Target]:
    """Complaints that wait for an answer."""
    t, plan = situation.t, situation.plan
    return [
        Target(one.complaint_id, t("Klage, %(day)s", day=t.day(one.received_on)), plan.version)
        for one in plan.complaints
        if one.outcome is None
    ]


def journeys(situation: Situation) -> list[Target]:
    """Journeys that wait for an answer."""
    t, plan = situation.t, situation.plan
    return [
        Target(one.leave_id, f"{t.day(one.leaves_on)} – {t.day(one.returns_on)}", plan.version)
        for one in plan.leaves
        if one.granted is None
    ]


def checks_left(situation: Situation) -> Sequence[AftercareCheck]:
    """The contacts after the end that are neither made nor declined."""
    return [check for check in AftercareCheck if check not in situation.plan.aftercare]


def after_the_end(situation: Situation) -> bool:
    """While the case is being wound up and a contact is left."""
    view = situation.view
    return view.wound_up_on is not None and view.closed_on is None and bool(checks_left(situation))


def voluntary(situation: Situation) -> bool:
    """In Felles ansvar, where a contract may stand in place of a penalty."""
    return situation.view.closed_on is None and not situation.view.sanction


def in_sanction(situation: Situation) -> bool:
    """While the plan of a sanction runs."""
    return plan_where(lambda plan: plan.runs)(situation)


BY_LEAD: dict[str, Any] = {"who": Who.LEAD, "service": "contracts"}


def _of_plan(path: str, offered: Callable[[Situation], bool], **more: Any) -> dict[str, Any]:
    usual = {**BY_LEAD, "area": Area.PLAN, "version": plan_version}
    return {**usual, "path": f"/youth-plans/{{plan_id}}/{path}", "offered": offered, **more}


def _after_breach(path: str) -> dict[str, Any]:
    """About a breach that is judged and heard."""
    of_breach = {"area": Area.DEVIATIONS, "path": f"/deviations/{{target}}/{path}"}
    return {**BY_LEAD, **of_breach, "offered": in_sanction, "targets": those(heard)}


ANY = plan_ever(lambda plan: True)
LIVE = plan_where(lambda plan: plan.waits or plan.runs)
FORMS = (
    CommandForm(
        **_after_breach("oral-warning"),
        slug="muntlig-advarsel",
        title=N_("Før opp en muntlig advarsel"),
        lead=N_("Advarselen skal ha et skriftlig notat samme dag."),
        fields=(
            Day("given_on", N_("Dato"), proposed=today),
            Text("text_ref", N_("Notatet"), rows=4, category=Category.CRIMINAL_OFFENCE),
        ),
        button=N_("Lagre"),
        note=N_("Advarselen er ført opp."),
    ),
    CommandForm(
        **_after_breach("breach-conversation"),
        slug="bruddsamtale",
        title=N_("Før opp en bruddsamtale"),
        lead=N_(
            "Det dere kom fram til, føres opp her. Er det bestemt noe nytt, fører du det på sitt eget skjema etterpå."
        ),
        fields=(
            Day("held_on", N_("Dato"), proposed=today),
            Choice("outcome", N_("Hva kom dere fram til?"), BreachOutcome),
            Text(
                "text_ref",
                N_("Notat fra samtalen"),
                optional=True,
                rows=4,
                category=Category.CRIMINAL_OFFENCE,
            ),
            *SAFEGUARDS,
        ),
        button=N_("Lagre"),
        note=N_("Bruddsamtalen er ført opp."),
    ),
    CommandForm(
        **_of_plan("sent-on", LIVE, area=Area.DEVIATIONS),
        slug="send-saken-over",
        title=N_("Send saken over til dem som avgjør på nytt"),
        lead=N_(
            "Ungdomsoppfølging går tilbake til påtalemyndigheten, ungdomsstraff til kriminalomsorgen. Planen avsluttes her. Dette er en avgjørelse som et menneske tar."
        ),
        fields=(
            Choice(
                "reason",
                N_("Hvorfor?"),
                lambda situation: (
                    (PlanEnding.NOT_SUITABLE, PlanEnding.CONSENT_LACKING)
                    if situation.plan.waits
                    else (PlanEnding.BREACH,)
                ),
            ),
            Pick(
                "deviation_id",
                N_("Hvilket brudd gjelder det?"),
                breaches,
                when=lambda situation: situation.plan.runs,
            ),
            Text("decision_ref", N_("Avgjørelsen"), rows=5, category=Category.CRIMINAL_OFFENCE),
            *SAFEGUARDS,
            Confirm("confirm", N_("Saken skal sendes over, og planen avsluttes")),
        ),
        fixed={"to": receiver},
        button=N_("Send saken over"),
        note=N_("Saken er sendt over. Husk å gi ungdommen melding om avgjørelsen og retten til å klage."),
    ),
    CommandForm(
        **_of_plan("new-offences", LIVE),
        slug="nytt-lovbrudd",
        title=N_("Før opp at et nytt lovbrudd er meldt"),
        lead=N_("Ingenting følger av dette av seg selv. Påtalemyndigheten avgjør hva det betyr."),
        fields=(
            Choice("severity", N_("Hvor alvorlig er det, ifølge den som meldte?"), OffenceSeverity),
            Choice("reported_by", N_("Hvem meldte fra?"), lambda _: REPORTERS),
            Text("text_ref", N_("Kort om saken"), optional=True, category=Category.CRIMINAL_OFFENCE),
        ),
        ids=("offence_id",),
        button=N_("Lagre"),
        note=N_("Meldingen er ført opp."),
    ),
    CommandForm(
        **_of_plan("decisions", ANY),
        slug="meld-avgjorelse",
        title=N_("Før opp at ungdommen har fått melding om en avgjørelse"),
        lead=N_("Klagefristen på tre uker løper fra dagen meldingen kom fram."),
        fields=(
            Choice("kind", N_("Hva gjelder avgjørelsen?"), DecisionKind),
            Day("delivered_on", N_("Kom fram"), proposed=today),
            Choice("method", N_("Hvordan?"), DeliveryMethod),
            Text(
                "letter_ref",
                N_("Teksten i meldingen"),
                optional=True,
                rows=5,
                category=Category.CRIMINAL_OFFENCE,
            ),
            Confirm(
                "confirm",
                N_("Meldingen forteller om retten til å klage og om gratis advokathjelp"),
                missing=N_("Meldingen må fortelle om retten til å klage og om gratis advokathjelp."),
            ),
        ),
        fixed={"rights_told": True},
        ids=("decision_id",),
        places={"rights_told": "confirm"},
        button=N_("Lagre"),
        note=N_("Det er ført opp at ungdommen har fått melding."),
    ),
    CommandForm(
        **_of_plan("complaints", plan_ever(lambda plan: bool(plan.told))),
        slug="registrer-klage",
        title=N_("Før opp en klage"),
        lead=N_("Tiltakene fortsetter mens klagen behandles, hvis ingen bestemmer noe annet."),
        fields=(
            Pick("decision_id", N_("Hvilken avgjørelse gjelder klagen?"), decisions),
            Day("received_on", N_("Mottatt"), proposed=today),
            Text("text_ref", N_("Klagen"), optional=True, rows=5, category=Category.CRIMINAL_OFFENCE),
            Day(
                "pause_until",
                N_("Sett saken på vent til"),
                optional=True,
                help=N_("Bare når noen har bestemt at tiltakene skal vente."),
            ),
        ),
        ids=("complaint_id",),
        places={"until_on": "pause_until"},
        button=N_("Lagre"),
        note=N_("Klagen er ført opp."),
    ),
    CommandForm(
        **_of_plan("complaints/{target}/answered", ANY, targets=complaints),
        slug="svar-pa-klagen",
        title=N_("Svar på klagen"),
        lead=N_("Før opp hva klagen førte til."),
        fields=(
            Choice("outcome", N_("Utfall"), ComplaintOutcome),
            Text("text_ref", N_("Svaret"), optional=True, rows=4, category=Category.CRIMINAL_OFFENCE),
        ),
        button=N_("Lagre"),
        note=N_("Svaret på klagen er ført opp."),
    ),
    CommandForm(
        **_of_plan("travel-leaves", in_sanction),
        slug="sok-om-reise",
        title=N_("Før opp en søknad om å reise til utlandet"),
        lead=N_("Søknaden bør være besvart ti arbeidsdager før reisen."),
        fields=(
            Day("asked_on", N_("Søkt"), proposed=today),
            Day("leaves_on", N_("Reiser ut")),
            Day("returns_on", N_("Kommer hjem")),
            Text("text_ref", N_("Hvor og hvorfor"), optional=True),
        ),
        ids=("leave_id",),
        button=N_("Lagre"),
        note=N_("Søknaden er ført opp."),
    ),
    CommandForm(
        **_of_plan("travel-leaves/{target}/answered", in_sanction, targets=journeys),
        slug="svar-pa-reise",
        title=N_("Svar på søknaden om reise"),
        lead=N_("Et nei skal ha en grunn."),
        fields=(
            YesNo("granted", N_("Kan ungdommen reise?")),
            Choice("reason", N_("Hvorfor ikke?"), LeaveRefusal, optional=True),
        ),
        button=N_("Lagre"),
        note=N_("Svaret er ført opp."),
    ),
    CommandForm(
        slug="svar-fra-patalemyndigheten",
        title=N_("Før opp svaret fra påtalemyndigheten"),
        lead=N_(
            "Når en kontrakt kan komme i stedet for straff, må påtalemyndigheten ha sagt ja, og ungdommen ha tilstått."
        ),
        area=Area.CONTRACT,
        **BY_LEAD,
        path="/cases/{case_id}/prosecution-acceptance",
        version=lambda view: view.version,
        offered=voluntary,
        fields=(
            YesNo("accepted", N_("Godtar påtalemyndigheten kontrakten?")),
            YesNo("admitted", N_("Har ungdommen tilstått?")),
            Day("answered_on", N_("Dato"), proposed=today),
            Text("answer_ref", N_("Svaret, med referanse"), category=Category.CRIMINAL_OFFENCE),
        ),
        button=N_("Lagre"),
        note=N_("Svaret fra påtalemyndigheten er ført opp."),
    ),
    CommandForm(
        slug="etteroppfolging",
        title=N_("Før opp etteroppfølging"),
        lead=N_("En samtale om hvordan det går, etter slutten. Ungdommen kan si nei."),
        area=Area.CASE,
        **BY_LEAD,
        path="/cases/{case_id}/aftercare",
        version=lambda view: view.version,
        offered=after_the_end,
        fields=(
            Choice("check", N_("Hvilken?"), checks_left),
            Choice("outcome", N_("Hvordan gikk det?"), AftercareOutcome),
            Day("checked_on", N_("Dato"), proposed=today),
            Text("text_ref", N_("Notat"), optional=True, category=Category.CRIMINAL_OFFENCE),
        ),
        button=N_("Lagre"),
        note=N_("Etteroppfølgingen er ført opp."),
    ),
)
