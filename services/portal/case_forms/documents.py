"""Texts as documents: one's own work in progress made final."""

from __future__ import annotations

from schemas.codes import DocumentClass
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.form_fields import Confirm, Situation
from services.portal.texts import N_
from services.portal.words import word


def own_work(situation: Situation) -> list[Target]:
    """The visitor's own texts that are work in progress, the newest first."""
    t, me = situation.t, situation.visitor.person_id
    return [
        Target(one.ref, f"{t(word(one.category))}, {t.moment(one.recorded_at)}")
        for one in reversed(situation.view.items_for(me))
        if one.author_id == me and one.document_class is DocumentClass.WORKING and not one.redacted
    ]


FORMS = (
    CommandForm(
        slug="gjor-endelig",
        title=N_("Gjør teksten endelig"),
        lead=N_(
            "En endelig tekst kan ikke byttes ut. Er noe feil, rettes den med en ny utgave, og den gamle blir stående."
        ),
        area=Area.INFORMATION,
        who=Who.MEMBER,
        service="sharing",
        path="/cases/{case_id}/documents/{target}/final",
        targets=own_work,
        fields=(Confirm("confirm", N_("Teksten er ferdig"), missing=N_("Bekreft at teksten er ferdig.")),),
        note=N_("Teksten er endelig."),
    ),
)
