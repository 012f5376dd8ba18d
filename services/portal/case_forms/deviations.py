"""What those who lead a case do about a deviation: hear the youth, judge, take or skip a step, end it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from schemas.codes import (
    Category,
    DeviationKind,
    DismissalReason,
    LadderStep,
    MissingReason,
    Programme,
    SkipReason,
)
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.case_view import Deviation, DeviationState
from services.portal.domain.categories import of_deviation
from services.portal.form_fields import Choice, Day, Level, Reading, Situation, Text
from services.portal.texts import N_
from services.portal.words import SEVERITY, word

VOLUNTARY = (Programme.FA_YOUTH_CONTRACT, Programme.FA_SUBSTANCE_CONTRACT)
WHY_NO_ACCOUNT = (MissingReason.NOT_WANTED, MissingReason.NOT_REACHED, MissingReason.NOT_ASKED_YET)


def those(which: Callable[[Deviation], bool]) -> Callable[[Situation], Sequence[Target]]:
    """The deviations of the case that are so, the newest first, as targets."""

    def targets(situation: Situation) -> list[Target]:
        t = situation.t
        return [
            Target(one.deviation_id, f"{t(word(one.kind))}, {t.day(one.happened_on)}", one.version)
            for one in reversed(situation.view.deviations)
            if which(one)
        ]

    return targets


def ladder(situation: Situation) -> list[StrEnum]:
    """The steps of the programme's ladder that are neither taken nor skipped; the first is the one suggested."""
    letter = "F" if situation.view.programme in VOLUNTARY else "U"
    one = situation.view.deviation(situation.target)
    done = {*one.steps, *one.skipped} if one else set()
    return [step for step in LadderStep if step.name.startswith(letter) and step not in done]


def suggested(situation: Situation) -> str | None:
    """The next step of the ladder."""
    steps = ladder(situation)
    return steps[0].value if steps else None


def severity_now(situation: Situation) -> str | None:
    """How serious the one who reported it said it was."""
    one = situation.view.deviation(situation.target)
    return str(one.severity) if one else None


def about_it(reading: Reading) -> Category:
    """What words about the deviation are about."""
    one = reading.situation.view.deviation(reading.situation.target)
    return of_deviation(one.kind) if one else Category.CASE_STATUS


def about_what_happened(reading: Reading) -> Category:
    """What an account of a deviation that is being reported is about."""
    kind = reading.form.value("kind")
    return of_deviation(DeviationKind(kind)) if kind in set(DeviationKind) else Category.CASE_STATUS


def followed(situation: Situation) -> bool:
    """While the case is open and has a contract or a plan that something can differ from."""
    return situation.view.followed_id is not None and situation.view.closed_on is None


def voluntary(situation: Situation) -> bool:
    """True in Felles ansvar, while the case is open; the steps of a sanction each have a form of their own."""
    return not situation.view.sanction and situation.view.closed_on is None


FORMS = (
    CommandForm(
        slug="meld-avvik",
        title=N_("Meld avvik"),
        lead=N_(
            "Et avvik er noe som ikke gikk som avtalt. Den som leder saken, får et varsel og vurderer hva som bør skje."
        ),
        area=None,
        who=Who.MEMBER,
        service="contracts",
        path="/cases/{case_id}/deviations",
        offered=followed,
        fields=(
            Choice("kind", N_("Hva skjedde?"), DeviationKind, missing=N_("Velg hva som skjedde.")),
            Level(
                "severity", N_("Hvor alvorlig er det?"), SEVERITY, missing=N_("Velg hvor alvorlig det er.")
            ),
            Day(
                "happened_on",
                N_("Når skjedde det?"),
                missing=N_("Oppgi hvilken dag det skjedde."),
                proposed=lambda situation: situation.today,
            ),
            Text(
                "text_ref",
                N_("Fortell kort"),
                optional=True,
                help=N_("Teksten legges i det lukkede arkivet. Skriv det du selv har sett eller hørt."),
                category=about_what_happened,
            ),
        ),
        fixed={"contract_id": lambda situation: situation.view.followed_id},
        ids=("deviation_id",),
        button=N_("Meld avviket"),
        note=N_("Avviket er meldt."),
    ),
    CommandForm(
        slug="ungdommens-forklaring",
        title=N_("Skriv ned ungdommens egen forklaring"),
        lead=N_(
            "Ungdommen skal få si sitt før dere bestemmer noe. Er det ikke mulig nå, skriver du hvorfor."
        ),
        area=Area.DEVIATIONS,
        who=Who.LEAD,
        service="contracts",
        path="/deviations/{target}/youth-account",
        targets=those(lambda one: one.open and not one.account),
        fields=(
            Text("text_ref", N_("Ungdommens egne ord"), optional=True, rows=5, category=about_it),
            Choice(
                "missing",
                N_("Hvorfor det ikke er noen forklaring"),
                lambda _: WHY_NO_ACCOUNT,
                optional=True,
                help=N_("Velg bare hvis feltet over er tomt."),
            ),
        ),
        button=N_("Lagre"),
        note=N_("Ungdommens forklaring er ført opp."),
    ),
    CommandForm(
        slug="vurder-avvik",
        title=N_("Vurder avviket"),
        lead=N_("Den som har meldt avviket, vurderer det ikke selv, med mindre ingen andre leder saken."),
        area=Area.DEVIATIONS,
        who=Who.LEAD,
        service="contracts",
        path="/deviations/{target}/assessed",
        targets=those(lambda one: one.state is DeviationState.REPORTED),
        fields=(
            Level("severity", N_("Hvor alvorlig er det?"), SEVERITY, proposed=severity_now),
            Text("text_ref", N_("Vurderingen"), optional=True, category=about_it),
        ),
        button=N_("Lagre vurderingen"),
        note=N_("Avviket er vurdert."),
    ),
    CommandForm(
        slug="ta-et-trinn",
        title=N_("Følg opp med et trinn"),
        lead=N_("Trinnene er forslag, og det øverste er det neste. Det er du som velger."),
        area=Area.DEVIATIONS,
        who=Who.LEAD,
        service="contracts",
        path="/deviations/{target}/steps",
        offered=voluntary,
        targets=those(lambda one: one.judged and one.account),
        fields=(Choice("step", N_("Hva har dere gjort?"), ladder, proposed=suggested),),
        button=N_("Lagre"),
        note=N_("Trinnet er ført opp."),
    ),
    CommandForm(
        slug="hopp-over-trinn",
        title=N_("Hopp over et trinn"),
        lead=N_("Passer ikke det neste trinnet, kan du hoppe over det. Grunnen blir stående."),
        area=Area.DEVIATIONS,
        who=Who.LEAD,
        service="contracts",
        path="/deviations/{target}/steps/skipped",
        targets=those(lambda one: one.judged and one.account),
        fields=(
            Choice("step", N_("Hvilket trinn?"), ladder, proposed=suggested),
            Choice("reason", N_("Hvorfor passer det ikke?"), SkipReason),
        ),
        button=N_("Lagre"),
        note=N_("Trinnet er hoppet over."),
    ),
    CommandForm(
        slug="avvik-fulgt-opp",
        title=N_("Avviket er fulgt opp"),
        lead=N_("Det dere ble enige om etter avviket, er gjort. Da er dere ferdige med det."),
        area=Area.DEVIATIONS,
        who=Who.LEAD,
        service="contracts",
        path="/deviations/{target}/resolved",
        targets=those(lambda one: one.judged and one.account),
        button=N_("Ferdig med avviket"),
        note=N_("Avviket er fulgt opp."),
    ),
    CommandForm(
        slug="ikke-et-avvik",
        title=N_("Det var ikke et avvik"),
        lead=N_("Meldingen blir stående, med grunnen til at den ikke regnes som et avvik."),
        area=Area.DEVIATIONS,
        who=Who.LEAD,
        service="contracts",
        path="/deviations/{target}/dismissed",
        targets=those(lambda one: one.state is DeviationState.REPORTED),
        fields=(Choice("reason", N_("Hvorfor var det ikke et avvik?"), DismissalReason),),
        button=N_("Lagre"),
        note=N_("Det er ført opp at det ikke var et avvik."),
    ),
)
