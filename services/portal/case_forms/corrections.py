"""What whoever leads a case answers somebody who has said that a registration is wrong, when it is not put right."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.correction_request import CorrectionRefusal
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.sections.corrections import RequestsForCorrection
from services.portal.form_fields import Choice, Situation
from services.portal.texts import N_


def waiting(situation: Situation) -> Sequence[Target]:
    """What nobody has answered."""
    t = situation.t
    return [
        Target(
            one.request_id,
            t("%(who)s sa fra %(day)s", who=situation.name_of(one.asked_by), day=t.day(one.asked_on)),
            one.version,
        )
        for one in situation.view.section(RequestsForCorrection).waiting
    ]


FORMS = (
    CommandForm(
        slug="ikke-rett",
        title=N_("Svar at det ikke rettes"),
        lead=N_(
            "Skal det rettes, går du til registreringen og retter, stryker eller sladder den. Da er det svart på."
            " Her svarer du når det som står, blir stående. Den som sa fra, skal få vite hvorfor."
        ),
        area=Area.CORRECTIONS,
        who=Who.LEAD,
        service="contracts",
        path="/correction-requests/{target}/refused",
        offered=lambda _: True,
        targets=waiting,
        fields=(Choice("reason", N_("Hvorfor rettes det ikke?"), CorrectionRefusal),),
        button=N_("Lagre svaret"),
        note=N_("Svaret er ført opp. Husk å si det til den som sa fra."),
    ),
)
