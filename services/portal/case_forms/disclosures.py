"""What is done after something was given without consent: looked at again on the day that was set."""

from __future__ import annotations

from collections.abc import Sequence

from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.sections.follow_ups import FollowUps
from services.portal.form_fields import Day, Situation
from services.portal.texts import N_
from services.portal.words import word


def to_follow_up(situation: Situation) -> Sequence[Target]:
    """What waits to be followed up by this person: everything for the lead, for others what they decided themselves."""
    t, view, me = situation.t, situation.view, situation.visitor.person_id
    return [
        Target(which, t("%(basis)s, gitt %(day)s", basis=t(word(one.basis)).lower(), day=t.day(one.given_on)))
        for which, one in view.section(FollowUps).waiting.items()
        if me in (one.decided_by, view.lead_id)
    ]


def always(_: Situation) -> bool:
    """In a closed case too: the day stands after it."""
    return True


FORMS = (
    CommandForm(
        slug="deling-fulgt-opp",
        title=N_("Før opp at delingen er fulgt opp"),
        lead=N_(
            "Da dette ble delt uten samtykke, ble det satt en dag for å følge det opp. Sjekk at det som ble avtalt, er gjort,"
            " og før opp når. Hva som kom ut av det, skal ikke inn her."
        ),
        area=Area.SHARING,
        who=Who.READER,
        service="sharing",
        path="/cases/{case_id}/disclosures/{target}/followed-up",
        offered=always,
        targets=to_follow_up,
        fields=(
            Day("followed_up_on", N_("Når ble det fulgt opp?"), proposed=lambda situation: situation.today),
        ),
        button=N_("Lagre"),
        note=N_("Det er ført opp at delingen er fulgt opp."),
    ),
)
