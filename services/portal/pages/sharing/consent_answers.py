"""What somebody says to a consent: yes to all or to a part, no, the oral yes confirmed on paper, a guardian excused."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import Agency, Category, Role, SignerExcuse, SignerRole, SigningMethod
from services.portal.case_forms.contract import METHODS
from services.portal.command_form import Who
from services.portal.domain.case_view import CaseView, Consent, ConsentAnswer
from services.portal.domain.sections.lost_consents import LostConsents
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.sharing.asking import LONGEST_TEXT, asked, lay
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
ONE = "/saker/{case_id}/samtykke/{consent_id}"


@routes.get(ONE + "/svar/{person_id}")
def giving(page: ThePage, case_id: str, consent_id: str, person_id: str) -> Response:
    """The form for one person's yes."""
    view = page.case_for(Who.COORDINATOR, case_id)
    consent, answer = _found(view, consent_id, person_id)
    form = page.form(
        {
            "given_on": page.moment.today.isoformat(),
            "method": SigningMethod.PAPER,
            "interpreter": "nei",
            "explained_by": page.person().person_id,
        }
    )
    return _yes(page, view, consent, answer, form)


@routes.post(ONE + "/svar/{person_id}")
def give(page: ThePage, case_id: str, consent_id: str, person_id: str, fields: TheFields) -> Response:
    """Register one person's yes, to the whole or to a part."""
    view, form = page.case_for(Who.COORDINATOR, case_id), page.form(fields)
    consent, answer = _found(view, consent_id, person_id)
    body = {
        "person_id": person_id,
        "role": answer.role,
        "method": form.choice("method", SigningMethod, N_("Velg hvordan det ble svart.")),
        "given_on": form.day("given_on", N_("Oppgi når det ble svart.")).isoformat(),
        "explained_by": form.value("explained_by") or None,
        "interpreter_used": form.value("interpreter") == "ja",
        **_part(form, consent),
    }
    if form.ok:
        path, then = f"/consents/{consent_id}/given", f"/saker/{case_id}/samtykker"
        answered = asked(page, form, path, body, then=then, note="samtykke")
        if answered is not None:
            return answered
    return _yes(page, view, consent, answer, form, status=422)


def _part(form: Form, consent: Consent) -> dict[str, Any]:
    """What a yes is narrowed to; nothing where it is a yes to all of it."""
    if form.value("whole") != "del":
        return {}
    to = form.choices("only_to", Agency, N_("Velg hvem de sier ja til."))
    about = form.choices("only_category", Category, N_("Velg hva de sier ja til."))
    return {
        "only_to": to if set(to) != set(consent.to_agencies) else None,
        "only_categories": about if set(about) != set(consent.categories) else None,
    }


def _yes(
    page: Page, view: CaseView, consent: Consent, answer: ConsentAnswer, form: Form, *, status: int = 200
) -> Response:
    people = page.neighbours.colleagues_if_any()
    group = [people[m.person_id] for m in view.active_members if m.person_id in people]
    lead = people.get(view.lead_id or "")
    if lead is not None and lead not in group:
        group.insert(0, lead)
    return page.show(
        "sharing/consent_yes.html",
        status=status,
        view=view,
        consent=consent,
        answer=answer,
        form=form,
        methods=METHODS,
        explainers=[(one.person_id, one.name or "") for one in group if one.name],
    )


@routes.get(ONE + "/nei/{person_id}")
def refusing(page: ThePage, case_id: str, consent_id: str, person_id: str) -> Response:
    """The form for one person's no."""
    view = page.case(case_id)
    consent, answer = _found(view, consent_id, person_id)
    return page.show("sharing/consent_no.html", view=view, consent=consent, answer=answer, form=page.form())


@routes.post(ONE + "/nei/{person_id}")
def refuse(page: ThePage, case_id: str, consent_id: str, person_id: str, fields: TheFields) -> Response:
    """Register one person's no."""
    view, form = page.case(case_id), page.form(fields)
    consent, answer = _found(view, consent_id, person_id)
    body = {"person_id": person_id, "role": answer.role}
    path, then = f"/consents/{consent_id}/refused", f"/saker/{case_id}/samtykker"
    answered = asked(page, form, path, body, then=then, note="sa-nei")
    return answered or page.show(
        "sharing/consent_no.html", status=422, view=view, consent=consent, answer=answer, form=form
    )


@routes.get(ONE + "/bekreft/{person_id}")
def confirming(page: ThePage, case_id: str, consent_id: str, person_id: str) -> Response:
    """The form for the paper that confirms an oral yes."""
    view = page.case_for(Who.COORDINATOR, case_id)
    consent, answer = _found(view, consent_id, person_id)
    form = page.form({"confirmed_on": page.moment.today.isoformat()})
    return page.show("sharing/consent_confirm.html", view=view, consent=consent, answer=answer, form=form)


@routes.post(ONE + "/bekreft/{person_id}")
def confirm(page: ThePage, case_id: str, consent_id: str, person_id: str, fields: TheFields) -> Response:
    """Register the paper that confirms an oral yes."""
    view, form = page.case_for(Who.COORDINATOR, case_id), page.form(fields)
    consent, answer = _found(view, consent_id, person_id)
    day = form.day("confirmed_on", N_("Oppgi når det ble bekreftet."))
    if form.ok:
        body = {"person_id": person_id, "role": answer.role, "confirmed_on": day.isoformat()}
        path, then = f"/consents/{consent_id}/confirmed", f"/saker/{case_id}/samtykker"
        answered = asked(page, form, path, body, then=then, note="bekreftet")
        if answered is not None:
            return answered
    return page.show(
        "sharing/consent_confirm.html", status=422, view=view, consent=consent, answer=answer, form=form
    )


@routes.get(ONE + "/uten/{person_id}")
def excusing(page: ThePage, case_id: str, consent_id: str, person_id: str) -> Response:
    """The leader's form where a guardian's yes is not needed."""
    view = page.case(case_id)
    page.person(Role.UNIT_LEADER)
    return _excuse(page, view, *_guardian(view, consent_id, person_id), page.form())


@routes.post(ONE + "/uten/{person_id}")
def excuse(page: ThePage, case_id: str, consent_id: str, person_id: str, fields: TheFields) -> Response:
    """A leader confirms that a guardian's yes is not needed."""
    view, form = page.case(case_id), page.form(fields)
    page.person(Role.UNIT_LEADER)
    consent, answer = _guardian(view, consent_id, person_id)
    why = form.choice("why", SignerExcuse, N_("Velg hvorfor svaret ikke trengs."))
    grounds = form.text("grounds", N_("Skriv hva avgjørelsen bygger på."), longest=LONGEST_TEXT)
    if form.ok:
        try:
            ref = lay(page, view, form, "grounds", grounds, category=Category.FAMILY)
            path, body = f"/consents/{consent_id}/excused", {"person_id": person_id, "why": why}
            sent = page.neighbours.calls.post(
                "sharing", path, actor=page.actor, body={**body, "grounds_ref": ref}, key=form.key
            )
            return page.go(f"/saker/{case_id}", "fritatt", answer=sent)
        except Refused as error:
            form.refused(error)
    return _excuse(page, view, consent, answer, form, status=422)


def _excuse(
    page: Page, view: CaseView, consent: Consent, answer: ConsentAnswer, form: Form, *, status: int = 200
) -> Response:
    return page.show(
        "sharing/consent_excuse.html",
        status=status,
        view=view,
        consent=consent,
        answer=answer,
        form=form,
        excuses=list(SignerExcuse),
        sought=[
            one
            for one in view.section(LostConsents).sought.get(consent.consent_id, ())
            if one.person_id == answer.person_id
        ],
    )


def _found(view: CaseView, consent_id: str, person_id: str) -> tuple[Consent, ConsentAnswer]:
    """The consent and one of those who answer it. Raises NotFound."""
    consent = view.consent(consent_id)
    answers = consent.answers if consent else ()
    answer = next((one for one in answers if one.person_id == person_id), None)
    if consent is None or answer is None:
        raise NotFound("NO_SUCH_CONSENT", NO_SUCH_PAGE)
    return consent, answer


def _guardian(view: CaseView, consent_id: str, person_id: str) -> tuple[Consent, ConsentAnswer]:
    consent, answer = _found(view, consent_id, person_id)
    if answer.role is not SignerRole.GUARDIAN:
        raise NotFound("NO_SUCH_CONSENT", NO_SUCH_PAGE)
    return consent, answer
