"""A redacted text destroyed for good, by a second person."""

from __future__ import annotations

from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.sections.redactions import Redactions
from services.portal.form_fields import Confirm, Situation
from services.portal.texts import N_
from services.portal.words import word


def that_may_go(situation: Situation) -> list[Target]:
    """The redacted texts that may be destroyed, and that somebody else than the visitor redacted."""
    t, view, me = situation.t, situation.view, situation.visitor.person_id
    found = []
    for ref, one in view.section(Redactions).texts.items():
        if one.may_be_destroyed and one.by != me:
            item = view.item(ref)
            what = t(word(item.category)) if item else t("En tekst")
            found.append(Target(ref, t("%(what)s, sladdet %(day)s", what=what, day=t.day(one.on))))
    return found


def always(_: Situation) -> bool:
    """Also after the case is closed: what should never have lain there need not wait for that."""
    return True


FORMS = (
    CommandForm(
        slug="slett-sladdet-tekst",
        title=N_("Slett en sladdet tekst for godt"),
        lead=N_(
            "Teksten er sladdet, så ingen kan lese den. Når du sletter den, blir den borte, og det kan ikke gjøres om."
            " Loggen sier fortsatt at det lå en tekst her, hvem som sladdet den, og at du slettet den."
        ),
        area=Area.CORRECTIONS,
        who=Who.UNIT_LEADER,
        service="sharing",
        path="/cases/{case_id}/redactions/{target}/destroyed",
        offered=always,
        targets=that_may_go,
        preview="parts/redacted_text.html",
        fields=(
            Confirm(
                "confirm",
                N_("Jeg vet at teksten ikke kan hentes tilbake"),
                missing=N_("Kryss av for at du vet at det ikke kan gjøres om."),
            ),
        ),
        button=N_("Slett for godt"),
        note=N_("Den sladdede teksten er slettet for godt."),
    ),
)
