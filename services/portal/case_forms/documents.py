"""Texts as documents: laid down, and one's own work in progress made final."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from schemas.codes import Category, DocumentClass
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.form_fields import Choice, Confirm, Field, Reading, Situation
from services.portal.texts import N_
from services.portal.words import word

SORTED_BY = tuple(category for category in Category if category is not Category.IDENTITY_CONTACT)
"""What a piece of information can be about; names and contact lie there as somebody's identity."""


@dataclass(frozen=True)
class Content(Field):
    """Words that the command itself lays in the vault."""

    kind: ClassVar[str] = "text"
    longest: int = 5000
    rows: int = 6

    def read(self, reading: Reading, at: str) -> dict[str, str] | None:
        """The words as the vault takes them."""
        words = reading.form.text(at, self.missing, longest=self.longest)
        return {"text": words} if words else None


def always(_: Situation) -> bool:
    """Also after the case is closed: what came in late is written down."""
    return True


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
        slug="ny-opplysning",
        title=N_("Legg inn en opplysning"),
        lead=N_(
            "Opplysningen legges i det lukkede arkivet, merket med tjenesten din. Hvem som får se den, avgjøres av samtykkene hver gang noen spør."
        ),
        area=None,
        who=Who.MEMBER,
        service="sharing",
        path="/cases/{case_id}/information",
        offered=always,
        fields=(
            Choice(
                "category",
                N_("Hva handler den om?"),
                lambda _: SORTED_BY,
                help=N_("Velg det som passer best. En opplysning om flere ting deles opp i flere."),
                missing=N_("Velg hva opplysningen handler om."),
            ),
            Content(
                "content",
                N_("Opplysningen"),
                help=N_("Skriv bare det gruppen trenger å vite."),
                missing=N_("Skriv opplysningen."),
            ),
            Choice(
                "document_class",
                N_("Hva slags tekst er det?"),
                DocumentClass,
                missing=N_("Velg hva slags tekst det er."),
                proposed=lambda _: DocumentClass.WORKING,
            ),
        ),
        fixed={"about_id": lambda situation: situation.view.youth_id},
        ids=("ref",),
        button=N_("Legg inn"),
        note=N_("Opplysningen er lagt inn."),
    ),
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
