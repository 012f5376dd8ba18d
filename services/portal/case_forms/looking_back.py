"""Done, learnt, smart (gjort, lært, lurt), after a meeting that was held and at an evaluation."""

from __future__ import annotations

from schemas.codes import MeetingKind
from services.portal.case_forms.meetings import label
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.form_fields import Record, Situation
from services.portal.texts import N_

OWN_RECORD = (MeetingKind.RESTORATIVE, MeetingKind.MEDIATION)
PARTS = {
    "gjort": N_("Gjort: hva har dere gjort?"),
    "laert": N_("Lært: hva har dere lært?"),
    "lurt": N_("Lurt: hva er lurt å gjøre videre?"),
}


def last_held(situation: Situation) -> list[Target]:
    """The meeting that was held last, until somebody has looked back on it; older ones would only fill the page."""
    held = [one for one in situation.view.meetings if one.held_on is not None and one.kind not in OWN_RECORD]
    newest = max(held, key=lambda one: str(one.held_on), default=None)
    if newest is None or newest.looked_back_ref is not None:
        return []
    return [Target(newest.meeting_id, label(situation, newest), newest.version)]


FORMS = (
    CommandForm(
        slug="gjort-laert-lurt",
        title=N_("Gjort, lært, lurt"),
        lead=N_("Tre korte svar etter møtet, skrevet sammen. La det dere ikke snakket om, stå tomt."),
        area=Area.MEETINGS,
        who=Who.LEADING,
        service="network",
        path="/meetings/{target}/looked-back-on",
        targets=last_held,
        fields=(
            Record(
                "text_ref",
                N_("Gjort, lært, lurt"),
                parts=PARTS,
                missing=N_("Skriv minst ett av de tre svarene."),
            ),
        ),
        button=N_("Lagre"),
        note=N_("Gjort, lært, lurt er lagret på møtet."),
    ),
)
