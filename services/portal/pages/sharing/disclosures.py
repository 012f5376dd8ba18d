"""What was given without consent in a case, and whether the youth has been told; deferrals are looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound
from backbone.web import NO_SUCH_PAGE
from schemas.codes import Agency, Category, DeferralGround, GuardiansNotTold, LegalBasis, Purpose
from services.portal.case_forms import BY_SLUG
from services.portal.command_form import way_to
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.sharing.asking import asked
from services.portal.pages.sharing.disclosing import the_bases
from services.portal.pages.sharing.telling import telling

routes = APIRouter(include_in_schema=False)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A disclosure as the sharing service tells it."""

    disclosure_id: str
    basis: LegalBasis
    law: str
    provision: str
    from_agency: Agency
    to_agency: Agency
    categories: tuple[Category, ...]
    purpose: Purpose
    given_on: date
    decided_by: str
    opens_until: date | None = None
    youth_told_on: date | None = None
    tell_review_on: date | None = None
    guardians_told_on: date | None = None
    guardians_not_told: GuardiansNotTold | None = None
    follow_up_on: date | None = None
    followed_up_on: date | None = None

    def telling_is_due(self, today: date) -> bool:
        """True when the day to look again has come."""
        return self.youth_told_on is None and self.tell_review_on is not None and self.tell_review_on <= today


@routes.get("/saker/{case_id}/uten-samtykke")
def given(page: ThePage, case_id: str) -> Response:
    """Every disclosure of the case, the newest first."""
    view = page.case(case_id)
    me = page.person().person_id
    situation = page.situation(view)
    return page.show(
        "sharing/disclosures.html",
        view=view,
        found=sorted(_given(page, case_id), key=lambda one: one.given_on, reverse=True),
        mine=lambda one: me in (one.decided_by, view.lead_id),
        way_to=partial(way_to, BY_SLUG, situation),
        people=situation.people,
    )


@routes.get("/saker/{case_id}/uten-samtykke/{disclosure_id}/vurder")
def reviewing(page: ThePage, case_id: str, disclosure_id: str) -> Response:
    """The form that looks again at whether the youth can be told."""
    form = page.form({"youth_told_on": page.moment.today.isoformat()})
    return _review(page, case_id, _one(page, case_id, disclosure_id), form)


@routes.post("/saker/{case_id}/uten-samtykke/{disclosure_id}/vurder")
def review(page: ThePage, case_id: str, disclosure_id: str, fields: TheFields) -> Response:
    """The youth has been told, or it is looked at again later."""
    one, form = _one(page, case_id, disclosure_id), page.form(fields)
    body = telling(form)
    if form.ok:
        path = f"/cases/{case_id}/disclosures/{disclosure_id}/reviewed"
        answered = asked(page, form, path, body, then=f"/saker/{case_id}/uten-samtykke", note="vurdert")
        if answered is not None:
            return answered
    return _review(page, case_id, one, form, status=422)


def _given(page: Page, case_id: str) -> list[Given]:
    told = page.neighbours.calls.get("sharing", f"/cases/{case_id}/disclosures", actor=page.actor)
    return msgspec.convert(told, list[Given])


def _one(page: Page, case_id: str, disclosure_id: str) -> Given:
    page.case(case_id)
    found = next((one for one in _given(page, case_id) if one.disclosure_id == disclosure_id), None)
    if found is None:
        raise NotFound("NO_SUCH_DISCLOSURE", NO_SUCH_PAGE)
    return found


def _review(page: Page, case_id: str, one: Given, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "sharing/disclosure_review.html",
        status=status,
        view=page.case(case_id),
        one=one,
        form=form,
        deferrals=list(DeferralGround),
        last_review=page.moment.today + timedelta(days=the_bases(page).longest_deferral_days),
    )
