"""What is done with a case as a whole: on hold and on again, to another lead, to another municipality, closed."""

from __future__ import annotations

from datetime import timedelta

from schemas.codes import COORDINATORS, Agency, CaseOutcome, EndingReason, MissingReason, PauseReason, Role
from services.portal.command_form import Area, CommandForm, Who, still_open
from services.portal.domain.case_view import CaseView
from services.portal.domain.sections.lead import LeadKnown
from services.portal.form_fields import (
    Choice,
    Code,
    Confirm,
    Day,
    Option,
    Person,
    Pick,
    Situation,
    Text,
    staff,
)
from services.portal.texts import N_
from services.portal.words import MUNICIPALITIES

OWNERS = (Agency.KOMMUNE_SLT, Agency.FELLES_ANSVAR, Agency.KONFLIKTRAAD)
"""Agencies that lead cases."""
PROPOSED_PAUSE = timedelta(days=30)


def case_version(view: CaseView) -> int:
    """The version of the case."""
    return view.version


def on_hold(situation: Situation) -> bool:
    """While the case is on hold."""
    return still_open(situation) and situation.view.paused_until is not None


def followed_up(situation: Situation) -> bool:
    """While there is something to put on hold."""
    view = situation.view
    runs = view.contract is not None and view.contract.runs
    return still_open(situation) and view.paused_until is None and (runs or view.contract is None)


def successors(situation: Situation) -> list[Option]:
    """Those in the group who may lead such a case, and do not yet; everybody while the directory does not answer, since the service
    decides again. Before a contract has made a group: the lead's colleagues in the municipality.
    """
    view = situation.view
    others = [one for one in staff(situation) if one[0] != view.lead_id]
    may = (Role.YOUTH_COORDINATOR,) if view.sanction else COORDINATORS
    coordinators = [one for one in situation.people.values() if one.roles.intersection(may)]
    if not view.members:
        return [
            (one.person_id, situation.name_of(one.person_id))
            for one in coordinators
            if one.person_id != view.lead_id
            and one.agency is view.owner_agency
            and view.municipality_no in one.municipality_nos
        ]
    if not situation.people:
        return others
    ids = {one.person_id for one in coordinators}
    return [one for one in others if one[0] in ids]


def municipalities(situation: Situation) -> list[Option]:
    """Where the youth can move."""
    return [
        (number, name) for number, name in MUNICIPALITIES.items() if number != situation.view.municipality_no
    ]


FORMS = (
    CommandForm(
        slug="sett-pa-vent",
        title=N_("Sett saken på vent"),
        lead=N_("Oppfølgingen stopper opp en tid. Kontrakten løper videre, og fristene blir stående."),
        area=Area.CASE,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/paused",
        offered=followed_up,
        version=case_version,
        fields=(
            Choice("reason", N_("Hvorfor?"), PauseReason),
            Day(
                "until_on",
                N_("Til og med når, senest?"),
                proposed=lambda situation: (situation.today + PROPOSED_PAUSE).isoformat(),
            ),
        ),
        note=N_("Saken er satt på vent."),
    ),
    CommandForm(
        slug="ta-opp-igjen",
        title=N_("Ta saken opp igjen"),
        lead=N_("Oppfølgingen går videre fra i dag."),
        area=Area.CASE,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/resumed",
        offered=on_hold,
        version=case_version,
        note=N_("Saken er tatt opp igjen."),
    ),
    CommandForm(
        slug="bytt-leder",
        title=N_("Gi saken til en annen leder"),
        lead=N_(
            "Den nye lederen får det som er åpent nå. Du får ikke lenger åpne det som ligger i arkivet som leder."
        ),
        area=Area.CASE,
        who=Who.LEADER,
        service="contracts",
        path="/cases/{case_id}/lead",
        offered=lambda situation: still_open(situation) and bool(successors(situation)),
        version=case_version,
        preview="parts/hand_over.html",
        fields=(
            Person("to_id", N_("Hvem tar over?"), successors),
            Text("note_ref", N_("Det den nye lederen bør vite"), optional=True, rows=5),
            Confirm(
                "told",
                N_("Ungdommen har fått vite hvem som tar over, eller får vite det av meg nå"),
                missing=N_("Ungdommen skal vite hvem som leder saken. Kryss av når det er i orden."),
            ),
        ),
        button=N_("Gi saken videre"),
        note=N_("Saken har fått ny leder."),
    ),
    CommandForm(
        slug="ungdommen-vet",
        title=N_("Ungdommen vet hvem som leder saken"),
        lead=N_("Saken har fått ny leder. Før opp når ungdommen fikk vite det."),
        area=Area.CASE,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/lead-told",
        offered=lambda situation: still_open(situation) and situation.view.section(LeadKnown).untold,
        fields=(Day("told_on", N_("Når?"), proposed=lambda situation: situation.today.isoformat()),),
        note=N_("Det er ført opp at ungdommen vet hvem som leder saken."),
    ),
    CommandForm(
        slug="flytt-saken",
        title=N_("Ungdommen flytter til en annen kommune"),
        lead=N_(
            "Saken avsluttes her, og den nye kommunen oppretter sin egen. Ingen opplysninger følger med av seg selv; "
            "de må deles på nytt, med samtykke."
        ),
        area=Area.CASE,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/transferred",
        version=case_version,
        fields=(
            Pick(
                "municipality",
                N_("Hvor flytter ungdommen?"),
                municipalities,
                optional=True,
                into="to_municipality_no",
            ),
            Code(
                "to_municipality_no",
                N_("Kommunenummer, hvis kommunen ikke står i lista"),
                r"[0-9]{4}",
                optional=True,
                help=N_("Fire siffer."),
            ),
            Choice(
                "to_agency",
                N_("Hvem tar over der?"),
                lambda _: OWNERS,
                proposed=lambda _: Agency.KOMMUNE_SLT.value,
            ),
        ),
        button=N_("Avslutt her og si fra"),
        note=N_("Saken er avsluttet her, fordi ungdommen flytter."),
    ),
    CommandForm(
        slug="avslutt-saken",
        title=N_("Avslutt saken"),
        lead=N_("Etter dette kan ingen åpne opplysningene i saken. Hva som skjer med dem, avgjøres senere."),
        area=Area.CASE,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/closed",
        version=case_version,
        fields=(
            Choice("reason", N_("Hvorfor avsluttes saken?"), EndingReason),
            Choice("outcome", N_("Hvordan gikk det?"), CaseOutcome, optional=True),
            Choice(
                "evaluation_missing",
                N_("Hvis det ikke ble holdt sluttevaluering: hvorfor ikke?"),
                MissingReason,
                optional=True,
            ),
        ),
        note=N_("Saken er avsluttet."),
    ),
)
