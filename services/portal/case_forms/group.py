"""What a group must know of its members and of other plans: who goes out, a mentor's certificate, a declaration on paper, child coordinator, a bar."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.codes import Agency, Category, Function, HasOne, LeavingReason
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.case_view import Member
from services.portal.domain.sections.coordination import Coordination
from services.portal.form_fields import Choice, Day, Person, Situation, Text, staff
from services.portal.texts import N_, SECRECY_TEXT
from services.portal.words import word

WHY_MEMBERS_GO = tuple(one for one in LeavingReason if one is not LeavingReason.NO_LONGER_GUARDIAN)
ON_PAPER = (Agency.PRIVATE_NETWORK, Agency.FRIVILLIG_ORG, Agency.MENTOR)


def mentors(situation: Situation) -> list[Member]:
    """Those who meet the youth alone."""
    return [
        one
        for one in situation.view.active_members
        if one.function is Function.MENTOR or one.agency is Agency.MENTOR
    ]


def uncertified(situation: Situation) -> Sequence[Target]:
    """Mentors who have not shown a police certificate."""
    shown = situation.view.section(Coordination).certificates
    return [
        Target(one.person_id, situation.name_of(one.person_id))
        for one in mentors(situation)
        if one.person_id not in shown
    ]


def undeclared(situation: Situation) -> Sequence[Target]:
    """Private and voluntary members who have not declared secrecy."""
    return [
        Target(one.person_id, situation.name_of(one.person_id))
        for one in situation.view.active_members
        if one.agency in ON_PAPER and not one.has_no_log_in and one.secrecy_declared_at is None
    ]


def who_may_go(situation: Situation) -> Sequence[Target]:
    """Members with a log-in, without whoever leads the case."""
    t, view = situation.t, situation.view
    return [
        Target(one.person_id, f"{situation.name_of(one.person_id)}, {t(word(one.agency))}")
        for one in view.active_members
        if one.person_id != view.lead_id and not one.has_no_log_in
    ]


def always(_: Situation) -> bool:
    """Also after the case is closed: access is ended whenever it must be."""
    return True


def target(situation: Situation) -> str | None:
    """Whom the form is about."""
    return situation.target


FORMS = (
    CommandForm(
        slug="ut-av-gruppen",
        title=N_("Ut av nettverksgruppen"),
        lead=N_("Tilgangen til saken stenges med en gang."),
        area=None,
        who=Who.LEADING,
        service="network",
        path="/cases/{case_id}/members/{target}/leave",
        offered=always,
        targets=who_may_go,
        fields=(
            Choice(
                "reason",
                N_("Hvorfor?"),
                lambda _: WHY_MEMBERS_GO,
                missing=N_("Velg hvorfor medlemmet går ut."),
            ),
        ),
        button=N_("Ta ut av gruppen"),
        note=N_("Medlemmet er ute av gruppen, og tilgangen er stengt."),
    ),
    CommandForm(
        slug="politiattest",
        title=N_("Mentoren har vist politiattest"),
        lead=N_("Bare dagen og hvem som så den, blir lagret. Attesten selv skal ikke inn her."),
        area=Area.GROUP,
        who=Who.LEAD,
        service="network",
        path="/cases/{case_id}/members/{target}/certificate",
        targets=uncertified,
        fields=(Day("shown_on", N_("Når ble den vist?"), proposed=lambda s: s.today.isoformat()),),
        button=N_("Lagre"),
        note=N_("Det er ført at attesten er vist."),
    ),
    CommandForm(
        slug="taushet-pa-papir",
        title=N_("Taushetserklæring på papir"),
        lead=N_("Private og frivillige uten innlogging skriver under på papir, og du fører det her."),
        area=Area.GROUP,
        who=Who.LEAD,
        service="network",
        path="/cases/{case_id}/secrecy-declarations",
        targets=undeclared,
        fixed={"person_id": target, "text_version": SECRECY_TEXT},
        button=N_("Erklæringen er skrevet under"),
        note=N_("Taushetserklæringen er ført."),
    ),
    CommandForm(
        slug="andre-planer",
        title=N_("Barnekoordinator og individuell plan"),
        lead=N_(
            "Har ungdommen en barnekoordinator, leder den planarbeidet. Planen kobles til, den kopieres aldri hit."
        ),
        area=Area.GROUP,
        who=Who.LEAD,
        service="network",
        path="/cases/{case_id}/coordination",
        offered=lambda situation: bool(situation.view.group_id) and situation.view.closed_on is None,
        fields=(
            Choice("child_coordinator", N_("Har ungdommen barnekoordinator?"), HasOne),
            Person(
                "coordinator_id",
                N_("Hvem er barnekoordinator?"),
                among=staff,
                optional=True,
                help=N_("Ta personen inn i gruppen først."),
            ),
            Choice("individual_plan", N_("Har ungdommen individuell plan?"), HasOne),
            Text(
                "plan_ref",
                N_("Hvor planen ligger"),
                optional=True,
                rows=1,
                longest=300,
                category=Category.CASE_STATUS,
                help=N_("For eksempel hvilket system og saksnummer der. Ikke innholdet."),
            ),
        ),
        button=N_("Lagre"),
        note=N_("Det er ført hva dere vet om andre planer."),
    ),
)
