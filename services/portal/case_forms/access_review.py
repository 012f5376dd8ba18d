"""Going through who has access to a case."""

from __future__ import annotations

from services.portal.command_form import Area, CommandForm, Who
from services.portal.form_fields import Persons, Situation
from services.portal.texts import N_


def with_a_group(situation: Situation) -> bool:
    """While the case is open and has a group."""
    return bool(situation.view.group_id) and situation.view.closed_on is None


FORMS = (
    CommandForm(
        slug="ga-gjennom-tilgang",
        title=N_("Gå gjennom hvem som har tilgang"),
        lead=N_(
            "Alle i gruppen har tilgang til saken. Kryss av for dem som fortsatt skal ha det. Er det noen som ikke skal"
            " ha tilgang lenger, tar du dem ut av gruppen først."
        ),
        area=Area.GROUP,
        who=Who.LEAD,
        service="network",
        path="/cases/{case_id}/access-reviews",
        offered=with_a_group,
        fields=(
            Persons(
                "person_ids",
                N_("Hvem skal fortsatt ha tilgang?"),
                missing=N_("Kryss av for dem som skal ha tilgang."),
            ),
        ),
        button=N_("Bekreft"),
        note=N_("Det er ført at tilgangene er gått gjennom."),
    ),
)
