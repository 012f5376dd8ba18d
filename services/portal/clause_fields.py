"""The fields of a clause or a measure: the same in a first contract, in a change of it, and in a youth plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schemas.codes import Category
from services.portal.form_fields import Choice, Codes, Field, Option, Person, Pick, Situation, Text
from services.portal.texts import N_

OWNERS = ("owed_by", "controlling_owner", "supporting_owner")


def local_offers(situation: Situation) -> list[Option]:
    """The local offers that may be chosen."""
    return [(one.offer_id, one.label(situation.t)) for one in situation.offers.fitting]


def clause_fields(
    *, about: str, agreed: str, kinds: Codes, owners: Callable[[Situation], Sequence[Option]]
) -> tuple[Field, ...]:
    """What it is about, who owes it, who controls it, who supports it, the words, a local offer, and a basis of its own."""
    return (
        Choice("kind", about, kinds),
        Person("owed_by", N_("Hvem skal gjøre det?"), owners),
        Person("controlling_owner", N_("Hvem ser til at det blir gjort?"), owners),
        Person("supporting_owner", N_("Hvem hjelper til?"), owners),
        Text("text_ref", agreed, optional=True),
        Pick(
            "measure_id",
            N_("Et tiltak fra registeret"),
            local_offers,
            optional=True,
            help=N_("Bare tiltak i kommunen som passer alderen til ungdommen."),
        ),
        Text(
            "basis_ref",
            N_("Grunnlaget, for rustesting og behandling"),
            optional=True,
            category=Category.DRUG_TEST,
            help=N_("Rustesting og behandling må ha et eget grunnlag: hvem som har sagt ja, og til hva."),
        ),
    )
