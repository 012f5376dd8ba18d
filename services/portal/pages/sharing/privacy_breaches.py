"""Breaches of personal data security: recorded, judged, notified within 72 hours or not, and told to those concerned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound
from backbone.web import NO_SUCH_PAGE
from schemas.codes import Category
from schemas.privacy_codes import BreachKind, BreachRisk, NotNotifiedReason
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.sharing.asking import LONGEST_TEXT
from services.portal.pages.sharing.privacy_asking import HERE, MAY_TELL, OVERSEES, known_in, officer_of, sent
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)


@routes.get(HERE + "/brudd/nytt")
def new_breach(page: ThePage, case_id: str, avvik: str = "") -> Response:
    """The form for a breach, from a deviation when one is named."""
    view = page.case(case_id)
    page.person(*MAY_TELL)
    proposed = {"found_on": page.moment.today.isoformat(), "deviation_id": avvik}
    return _breach_form(page, view, page.form(proposed))


@routes.post(HERE + "/brudd/nytt")
def find(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Record a breach."""
    view, form = page.case(case_id), page.form(fields)
    page.person(*MAY_TELL)
    body: dict[str, Any] = {
        "breach_id": form.derived(page.person().person_id, "breach"),
        "kind": form.choice("kind", BreachKind, N_("Velg hva som skjedde.")),
        "found_local": local_time(
            form, "found_on", "found_time", N_("Oppgi når det ble oppdaget, med klokkeslett.")
        ),
        "persons": form.number("persons", N_("Skriv hvor mange det gjelder."), least=1, most=100_000),
        "categories": form.choices("categories", Category, N_("Velg hva slags opplysninger det gjelder.")),
        "officer_id": officer_of(page, view),
        "deviation_id": form.value("deviation_id") or None,
    }
    account = form.text("account", N_("Skriv kort hva som skjedde."), longest=LONGEST_TEXT)
    answered = sent(page, view, form, "privacy-breaches", body, {"text_ref": ("account", account)})
    return answered or _breach_form(page, view, form, status=422)


@routes.get(HERE + "/brudd/{breach_id}")
def breach(page: ThePage, case_id: str, breach_id: str) -> Response:
    """One breach: what has been done, and what must be done by when."""
    view = page.case(case_id)
    page.person(*MAY_TELL)
    proposed = {"notified_on": page.moment.today.isoformat(), "told_on": page.moment.today.isoformat()}
    return _breach(page, view, breach_id, page.form(proposed))


@routes.post(HERE + "/brudd/{breach_id}/{step}")
def decide(page: ThePage, case_id: str, breach_id: str, step: str, fields: TheFields) -> Response:
    """Judge it, notify it, leave it, or record that those concerned were told."""
    view, form = page.case(case_id), page.form(fields)
    page.person(*OVERSEES)
    seen = {"seen_version": int(form.value("version"))} if form.value("version").isdigit() else {}
    path, body, texts = _step(form, step)
    answered = sent(
        page,
        view,
        form,
        path,
        {**body, **seen},
        texts,
        about=f"privacy-breaches/{breach_id}",
        then=f"/brudd/{breach_id}",
    )
    return answered or _breach(page, view, breach_id, form, status=422)


def _step(form: Form, step: str) -> tuple[str, dict[str, Any], dict[str, tuple[str, str]]]:
    """The command of a step, its body, and the texts that go to the vault first."""
    match step:
        case "vurdert":
            risk = form.choice("risk", BreachRisk, N_("Velg hvor stor risikoen er."))
            grounds = form.text("grounds", N_("Skriv hva vurderingen bygger på."), longest=LONGEST_TEXT)
            return "assessed", {"risk": risk}, {"text_ref": ("grounds", grounds)}
        case "meldt":
            at = local_time(
                form, "notified_on", "notified_time", N_("Oppgi når det ble meldt, med klokkeslett.")
            )
            why_late = form.text("why_late", None, longest=LONGEST_TEXT)
            return "notified", {"notified_local": at}, {"late_ref": ("why_late", why_late)}
        case "ikke-meldt":
            reason = form.choice("reason", NotNotifiedReason, N_("Velg hvorfor det ikke meldes."))
            why = form.text("why_not", N_("Skriv begrunnelsen."), longest=LONGEST_TEXT)
            return "not-notified", {"reason": reason}, {"text_ref": ("why_not", why)}
        case "fortalt":
            day = form.day("told_on", N_("Oppgi når de fikk vite det."))
            told = form.number("told", N_("Skriv hvor mange som fikk vite det."), least=1, most=100_000)
            return "persons-told", {"told_on": day.isoformat(), "persons": told}, {}
    raise NotFound("NO_SUCH_STEP", NO_SUCH_PAGE)


def local_time(form: Form, day: str, time: str, missing: str) -> str:
    """A day and a time by the local clock, as the service reads them."""
    on, at = form.day(day, missing), form.value(time)
    try:
        hour = datetime.strptime(at, "%H:%M").time()  # noqa: DTZ007 - a time of the local clock, without a day
    except ValueError:
        form.wrong(time, form.t(missing))
        return ""
    return datetime.combine(on, hour).isoformat(timespec="minutes")


def _breach_form(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "sharing/privacy_breach_new.html",
        status=status,
        view=view,
        form=form,
        kinds=list(BreachKind),
        categories=list(Category),
    )


def _breach(page: Page, view: CaseView, breach_id: str, form: Form, *, status: int = 200) -> Response:
    known = known_in(page, view)
    return page.show(
        "sharing/privacy_breach.html",
        status=status,
        view=view,
        form=form,
        breach=known.breach(breach_id),
        decides=known.decides,
        risks=list(BreachRisk),
        reasons=list(NotNotifiedReason),
    )
