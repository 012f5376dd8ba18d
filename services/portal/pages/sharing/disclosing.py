"""Give something without consent: choose the basis first, then its own form, with every condition as a field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import (
    Agency,
    Category,
    DeferralGround,
    GivenHow,
    GuardiansNotTold,
    LegalBasis,
    Purpose,
)
from services.portal.domain.case_view import CaseView
from services.portal.domain.legal_bases import Bases, Basis
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.sharing.asking import LONGEST_TEXT, lay
from services.portal.pages.sharing.may_share import PURPOSES
from services.portal.pages.sharing.telling import telling, telling_guardians
from services.portal.sharing_words import CHOICES
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
OWN_DUTIES = frozenset({LegalBasis.CHILD_WELFARE_REPORT, LegalBasis.AVERT_CRIME, LegalBasis.RESCUE})
"""These begin with acting, not with a form: see duties.py."""
ALWAYS = {
    "grounds": N_("Skriv hva som ligger til grunn."),
    "necessity": N_("Skriv hvorfor det er nødvendig."),
    "less_intrusive": N_("Skriv hva annet dere har vurdert."),
    "proportionality": N_("Skriv hvorfor det ikke er et større inngrep enn det må være."),
}
"""What every disclosure says, and what is said when it is missing."""


@routes.get("/saker/{case_id}/uten-samtykke/ny")
def choose(page: ThePage, case_id: str) -> Response:
    """The bases that the visitor's agency may give on, each in plain words."""
    view, bases = page.case(case_id), the_bases(page)
    agency = page.person().agency
    mine = [one for one in bases.bases if one.given_by(agency)]
    return page.show(
        "sharing/basis_choose.html",
        view=view,
        own=[one for one in mine if one.code in OWN_DUTIES],
        bases=[one for one in mine if one.code not in OWN_DUTIES],
        provision=lambda one: bases.provision(one, page.moment.today),
    )


@routes.get("/saker/{case_id}/uten-samtykke/ny/{code}")
def form(page: ThePage, case_id: str, code: str) -> Response:
    """The form of one basis."""
    view = page.case(case_id)
    bases, basis = _of(page, code)
    proposed = {"given_on": page.moment.today.isoformat(), "purpose": PURPOSES[0]}
    return _form(page, view, bases, basis, page.form(proposed))


@routes.post("/saker/{case_id}/uten-samtykke/ny/{code}")
def disclose(page: ThePage, case_id: str, code: str, fields: TheFields) -> Response:
    """Record the decision, its grounds laid down first."""
    view, filled = page.case(case_id), page.form(fields)
    bases, basis = _of(page, code)
    told = _read(page, view, basis, filled)
    texts = dict(_texts(basis, filled))
    filled.problems.sort(key=lambda problem: _place(basis, problem.field))
    if filled.ok:
        try:
            refs = {
                name: lay(page, view, filled, name, text, category=told["categories"][0])
                for name, text in texts.items()
            }
            persons = told.pop("persons")
            body = {**told, **_references(basis, refs, persons)}
            path = f"/cases/{case_id}/disclosures"
            answer = page.neighbours.calls.post("sharing", path, actor=page.actor, body=body, key=filled.key)
            return page.go(f"/saker/{case_id}/uten-samtykke", "delt-uten", answer=answer)
        except Refused as error:
            filled.refused(error, FIELDS)
    return _form(page, view, bases, basis, filled, status=422)


def _place(basis: Basis, field: str | None) -> int:
    """Where a field stands on the page, so that what is wrong is told from the top."""
    page = (
        *("to_agency", "category", "purpose", "asked_by", "grounds"),
        *(*basis.texts, *basis.codes, *basis.persons),
        *("necessity", "less_intrusive", "proportionality", "despite"),
        *("given_how", "given_on", "opens_until", "told", "youth_told_on", "deferral", "tell_review_on"),
        *("guardians_told", "guardians_told_on", "guardians_not_told", "follow_up", "follow_up_on"),
    )
    return page.index(field) if field in page else len(page)


FIELDS = {
    "categories": "category",
    "grounds_ref": "grounds",
    "despite_withdrawal_ref": "despite",
    "follow_up_ref": "follow_up",
    "condition_refs": "",
    "condition_codes": "",
    "from_agency": "",
}


def the_bases(page: Page) -> Bases:
    """The rules as they stand. Raises CalledRefused, Unavailable."""
    return msgspec.convert(page.neighbours.calls.get("sharing", "/rules/bases", actor=page.actor), Bases)


def _of(page: Page, code: str) -> tuple[Bases, Basis]:
    bases = the_bases(page)
    basis = bases.basis(code)
    if basis is None or not basis.given_by(page.person().agency):
        raise NotFound("NO_SUCH_BASIS", NO_SUCH_PAGE)
    return bases, basis


def _read(page: Page, view: CaseView, basis: Basis, form: Form) -> dict[str, Any]:
    """What the form says in codes and dates; `persons` are taken out again before it is sent."""
    opens = form.value("given_how") == GivenHow.IN_THE_SYSTEM
    how = form.choice("given_how", GivenHow, N_("Velg hvordan opplysningene ble gitt."))
    given_on = form.day("given_on", N_("Oppgi når opplysningene ble gitt."))
    until = form.day("opens_until", N_("Oppgi hvor lenge det skal kunne åpnes.")) if opens else None
    return {
        "disclosure_id": form.derived(page.person().person_id, "disclosure"),
        "basis": basis.code,
        "about_id": view.youth_id,
        "from_agency": page.person().agency,
        "to_agency": form.choice("to_agency", Agency, N_("Velg hvem som får opplysningene.")),
        "categories": form.choices("category", Category, N_("Velg hva opplysningene handler om.")),
        "purpose": form.choice("purpose", Purpose, N_("Velg hva opplysningene skal brukes til.")),
        "condition_codes": {name: _code(form, name, basis) for name in basis.codes},
        "persons": {
            name: form.text(name, N_("Velg hvem som har sett over det."), longest=64)
            for name in basis.persons
        },
        "asked_by": _asked_by(basis, form),
        "given_how": how,
        "given_on": given_on.isoformat(),
        "opens_until": until.isoformat() if until else None,
        **telling(form),
        **telling_guardians(form),
        "follow_up_on": _follow_up_on(form),
    }


def _follow_up_on(form: Form) -> str | None:
    if not form.value("follow_up_on"):
        return None
    return form.day("follow_up_on", N_("Oppgi når det skal følges opp.")).isoformat()


def _code(form: Form, name: str, basis: Basis) -> str:
    chosen = form.value(name)
    if chosen not in basis.codes[name]:
        form.wrong(name, form.t("Velg ett av svarene."))
    return chosen


def _asked_by(basis: Basis, form: Form) -> str | None:
    chosen = form.value("asked_by") or None
    if basis.who == "LEADER" and chosen is None:
        form.wrong(
            "asked_by", form.t("Velg hvem som har bedt om at det deles. Den som ber, avgjør ikke selv.")
        )
    return chosen


def _texts(basis: Basis, form: Form) -> Iterator[tuple[str, str]]:
    for name, missing in ALWAYS.items():
        yield name, form.text(name, missing, longest=LONGEST_TEXT)
    for name in basis.texts:
        yield name, form.text(name, N_("Svar på dette. Grunnlaget krever det."), longest=LONGEST_TEXT)
    despite = form.text("despite", None, longest=LONGEST_TEXT)
    if despite:
        yield "despite", despite
    follow_up = form.text("follow_up", None, longest=LONGEST_TEXT)
    if follow_up:
        yield "follow_up", follow_up


def _references(basis: Basis, refs: dict[str, str], persons: dict[str, str]) -> dict[str, Any]:
    return {
        **{f"{name}_ref": refs[name] for name in ALWAYS},
        "condition_refs": {name: refs[name] for name in basis.texts} | persons,
        "despite_withdrawal_ref": refs.get("despite"),
        "follow_up_ref": refs.get("follow_up"),
    }


def _form(
    page: Page, view: CaseView, bases: Bases, basis: Basis, form: Form, *, status: int = 200
) -> Response:
    agency, today = page.person().agency, page.moment.today
    people = page.neighbours.colleagues_if_any()
    mine = [one for one in people.values() if one.agency == agency and one.name]
    said_no = [one for one in view.consents if one.has_a_no and agency in one.from_agencies]
    hows = [how for how in GivenHow if basis.opens or how is not GivenHow.IN_THE_SYSTEM]
    return page.show(
        "sharing/disclosure_new.html",
        status=status,
        view=view,
        form=form,
        basis=basis,
        provision=bases.provision(basis, today),
        agency=agency,
        receivers=[one for one in basis.receivers or Agency if one != agency],
        categories=list(basis.categories or Category),
        purposes=PURPOSES,
        choices={
            name: [(code, page.t(CHOICES[name].get(code, code))) for code in codes]
            for name, codes in basis.codes.items()
        },
        colleagues=sorted(((one.person_id, one.name or "") for one in mine), key=lambda pair: pair[1]),
        hows=hows,
        deferrals=list(DeferralGround),
        guardian_reasons=list(GuardiansNotTold),
        said_no=said_no,
        longest_days=bases.longest_days,
        last_opening=today + timedelta(days=bases.longest_days),
        last_review=today + timedelta(days=bases.longest_deferral_days),
    )
