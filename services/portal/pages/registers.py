"""What stands around the cases: consultations without a name, the municipality's own offers, and who is who."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.identity_number import names_somebody
from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import COORDINATORS, STAFF, Agency, ClauseKind, Reason, Role
from schemas.municipalities import SALTEN
from schemas.register_codes import Advice, ConsultationAge, LocalFunction
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_
from services.portal.words import MUNICIPALITIES

routes = APIRouter(include_in_schema=False)


@routes.get("/konsultasjoner")
def consultations(page: ThePage) -> Response:
    """The form, and what the visitor has logged before."""
    return _consultations(page, page.form({"held_on": page.moment.today.isoformat()}))


@routes.post("/konsultasjoner")
def log_consultation(page: ThePage, fields: TheFields) -> Response:
    """Log a consultation without a name; a note goes to the vault, under nobody."""
    visitor, form = page.person(), page.form(fields)
    body: dict[str, Any] = {
        "held_on": form.day("held_on", N_("Oppgi når konsultasjonen ble holdt.")).isoformat(),
        "municipality_no": chosen_municipality(page, form),
        "themes": form.choices("themes", Reason, N_("Velg minst ett tema.")),
        "age": form.choice("age", ConsultationAge, N_("Velg alder, eller «Ikke sagt».")),
        "agencies": form.choices("agencies", Agency, N_("Velg hvilke tjenester som var med.")),
        "advice": form.choices("advice", Advice, N_("Velg hvilket råd dere ga.")),
    }
    note = form.text("note", None, longest=1000)
    if names_somebody(note):
        form.wrong("note", page.t("Ta bort nummeret. En konsultasjon er uten navn og nummer."))
    if form.ok:
        body["consultation_id"] = form.derived(visitor.person_id, "consultation")
        try:
            if note:
                told = {"consultation_id": body["consultation_id"], "text": note}
                page.neighbours.calls.post("sharing", "/consultation-notes", actor=page.actor, body=told)
                body["text_ref"] = body["consultation_id"]
            page.neighbours.calls.post(
                "contracts", "/consultations", actor=page.actor, body=body, key=form.key
            )
            return page.go("/konsultasjoner", "konsultasjon")
        except Refused as error:
            form.refused(error, {"text": "note"})
    return _consultations(page, form, status=422)


def _consultations(page: Page, form: Form, *, status: int = 200) -> Response:
    visitor = page.person()
    own, notes = [], {}
    try:
        own = page.neighbours.calls.get("contracts", "/consultations", actor=page.actor)
        ids = [one["consultation_id"] for one in own if one.get("text_ref")]
        asked = {"consultation_ids": ids[:200]}
        found = page.neighbours.calls.post(
            "sharing", "/consultation-notes/open", actor=page.actor, body=asked
        )
        notes = {one["consultation_id"]: one["text"] for one in found}
    except Refused as error:
        form.wrong(None, page.t.of(error.sentence))
    return page.show(
        "consultations.html",
        status=status,
        form=form,
        own=own,
        notes=notes,
        municipalities=MUNICIPALITIES,
        here=home_of(visitor.municipality_nos),
        themes=list(Reason),
        ages=list(ConsultationAge),
        agencies=list(Agency),
        advice=list(Advice),
    )


@routes.get("/tiltak")
def offers(page: ThePage, kommune: str = "", sok: str = "", slag: str = "") -> Response:
    """The local offers of a municipality; what has not been gone through for a year is flagged."""
    visitor = page.person(*STAFF)
    number = kommune if kommune in MUNICIPALITIES else home_of(visitor.municipality_nos)
    found = [
        one
        for one in offers_of(page, number)
        if one["status"] == "OPEN"
        and (not slag or one["kind"] == slag)
        and sok.casefold() in f"{one['title']} {one['provider']}".casefold()
    ]
    return page.show(
        "offers.html",
        found=found,
        number=number,
        sought=sok,
        kind=slag,
        kinds=list(ClauseKind),
        municipalities=MUNICIPALITIES,
        edits=visitor.coordinates and number in visitor.municipality_nos,
        form=page.form(),
    )


@routes.get("/tiltak/nytt")
def new_offer(page: ThePage) -> Response:
    """The empty form."""
    visitor = page.person(*COORDINATORS)
    proposed = {"age_from": "12", "age_to": "18", "municipality_no": home_of(visitor.municipality_nos)}
    return _offer_form(page, page.form(proposed), None)


@routes.get("/tiltak/{offer_id}")
def offer(page: ThePage, offer_id: str, kommune: str = "") -> Response:
    """The form with what stands."""
    page.person(*COORDINATORS)
    found = _offer(page, offer_id, kommune)
    values = {name: str(found[name]) for name in OFFER_FIELDS}
    return _offer_form(page, page.form({**values, "seen_version": str(found["version"])}), found)


OFFER_FIELDS = (
    "municipality_no",
    "kind",
    "title",
    "provider",
    "provider_agency",
    "age_from",
    "age_to",
    "contact",
)


@routes.post("/tiltak/nytt")
def enter_offer(page: ThePage, fields: TheFields) -> Response:
    """Enter a local offer."""
    visitor, form = page.person(*COORDINATORS), page.form(fields)
    body = _read_offer(page, form)
    body["offer_id"] = form.derived(visitor.person_id, "offer")
    return _send_offer(page, form, "/offers", body, None)


@routes.post("/tiltak/{offer_id}")
def change_offer(page: ThePage, offer_id: str, fields: TheFields) -> Response:
    """Change, say that it was gone through, or take it out."""
    page.person(*COORDINATORS)
    form = page.form(fields)
    found = _offer(page, offer_id, form.value("municipality_no"))
    seen = form.value("seen_version")
    version = {"seen_version": int(seen)} if seen.isdecimal() else {}
    if form.value("deed") in ("reviewed", "ended"):
        return _send_offer(page, form, f"/offers/{offer_id}/{form.value('deed')}", version, found)
    body = {**_read_offer(page, form), **version, "offer_id": offer_id}
    return _send_offer(page, form, f"/offers/{offer_id}", body, found)


def _read_offer(page: Page, form: Form) -> dict[str, Any]:
    return {
        "municipality_no": chosen_municipality(page, form),
        "kind": form.choice("kind", ClauseKind, N_("Velg hva slags tiltak det er.")),
        "title": form.text("title", N_("Skriv hva tiltaket heter."), longest=200),
        "provider": form.text("provider", N_("Skriv hvem som tilbyr det."), longest=200),
        "provider_agency": form.choice("provider_agency", Agency, N_("Velg hva slags tilbyder det er.")),
        "age_from": form.number("age_from", N_("Skriv den laveste alderen."), least=0, most=25),
        "age_to": form.number("age_to", N_("Skriv den høyeste alderen."), least=0, most=25),
        "contact": form.text("contact", None, longest=200),
    }


def _send_offer(
    page: Page, form: Form, path: str, body: dict[str, Any], found: dict[str, Any] | None
) -> Response:
    if form.ok:
        try:
            page.neighbours.calls.post("contracts", path, actor=page.actor, body=body, key=form.key)
            return page.go(f"/tiltak?kommune={form.value('municipality_no')}&lagret=1", None)
        except Refused as error:
            form.refused(error)
    return _offer_form(page, form, found, status=422)


def _offer(page: Page, offer_id: str, number: str) -> dict[str, Any]:
    for one in offers_of(page, number) if number in MUNICIPALITIES else []:
        if one["offer_id"] == offer_id:
            return one
    raise NotFound("NO_SUCH_OFFER", NO_SUCH_PAGE)


def _offer_form(page: Page, form: Form, found: dict[str, Any] | None, *, status: int = 200) -> Response:
    own = {
        number: MUNICIPALITIES[number]
        for number in page.person().municipality_nos
        if number in MUNICIPALITIES
    }
    return page.show(
        "offer.html",
        status=status,
        form=form,
        found=found,
        municipalities=own,
        kinds=list(ClauseKind),
        agencies=list(Agency),
    )


def offers_of(page: Page, number: str) -> list[dict[str, Any]]:
    """The local offers of a municipality."""
    return list(page.neighbours.calls.get("contracts", "/offers", actor=page.actor, municipality_no=number))


@routes.get("/hvem-er-hvem")
def who_is_who(page: ThePage, kommune: str = "") -> Response:
    """The offices behind each function of a municipality, and the people of the directory there."""
    visitor = page.person()
    number = kommune if kommune in MUNICIPALITIES else home_of(visitor.municipality_nos)
    return _who(page, number, page.form())


@routes.post("/hvem-er-hvem")
def enter_office(page: ThePage, fields: TheFields) -> Response:
    """Enter the office of a function."""
    page.person(*COORDINATORS, Role.UNIT_LEADER)
    form = page.form(fields)
    body = {
        "municipality_no": chosen_municipality(page, form),
        "function": form.choice("function", LocalFunction, N_("Velg hvilken tjeneste det gjelder.")),
        "office": form.text("office", N_("Skriv hva kontoret heter."), longest=200),
        "reached": form.text("reached", None, longest=200),
        "open_when": form.text("open_when", None, longest=200),
    }
    number = form.value("municipality_no")
    if form.ok:
        try:
            path = "/directory/functions"
            page.neighbours.calls.post("network", path, actor=page.actor, body=body, key=form.key)
            return page.go(f"/hvem-er-hvem?kommune={number}&lagret=1", None)
        except Refused as error:
            form.refused(error)
    return _who(page, number if number in MUNICIPALITIES else "1804", form, status=422)


def _who(page: Page, number: str, form: Form, *, status: int = 200) -> Response:
    visitor = page.person()
    found = page.neighbours.calls.get(
        "network", "/directory/functions", actor=page.actor, municipality_no=number
    )
    people = [
        one
        for one in page.neighbours.colleagues_if_any().values()
        if number in one.municipality_nos and one.joins_groups
    ]
    return page.show(
        "who_is_who.html",
        status=status,
        form=form,
        found=found,
        people=sorted(people, key=lambda one: (one.agency, one.name or "")),
        number=number,
        municipalities=MUNICIPALITIES,
        salten=SALTEN,
        functions=list(LocalFunction),
        edits=number in visitor.municipality_nos and bool(visitor.roles & {*COORDINATORS, Role.UNIT_LEADER}),
    )


def home_of(municipality_nos: tuple[str, ...]) -> str:
    """The municipality to begin with."""
    return next((number for number in municipality_nos if number in MUNICIPALITIES), "1804")


def chosen_municipality(page: Page, form: Form) -> str:
    """The municipality that was chosen."""
    number = form.value("municipality_no")
    if number not in MUNICIPALITIES:
        form.wrong("municipality_no", page.t("Velg kommune."))
    return number
