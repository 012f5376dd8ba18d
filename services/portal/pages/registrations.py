"""Put something right that was registered: look at it, say that it is wrong, correct it, strike it, redact its text."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from backbone.refusal import NotAllowed, NotFound, Refused
from backbone.rows import Rows
from backbone.web import NO_SUCH_PAGE, ROLE_MISSING
from schemas.codes import Category, CorrectionReason, RedactionReason, VoidReason
from schemas.information import InformationRecorded
from services.portal import sentences
from services.portal.command_form import Who, permitted
from services.portal.correction_fields import Asked, asked_of, proposed, right_values
from services.portal.domain.categories import of_event
from services.portal.domain.kinds_told import Reader
from services.portal.domain.sections.coordination import Coordination
from services.portal.domain.sections.corrections import RequestsForCorrection
from services.portal.form_fields import members
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.registrations import Registration, details_now, registration_of
from services.portal.sentences import plain
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
BASE = "/saker/{case_id}/registrering/{event_id}"


class Standing:
    """Somebody before a registration of a case: what they may do about it."""

    def __init__(self, page: Page, case_id: str, event_id: str) -> None:
        self.page, self.view = page, page.case(case_id)
        self.situation = page.situation(self.view)
        self.leads = permitted(Who.LEAD, self.situation)
        self.me = page.person().person_id

        def look(rows: Rows) -> Registration:
            return registration_of(rows, case_id, event_id)

        self.found: Registration = page.read(look)
        self.own = self.found.fact.envelope.actor == self.me
        if isinstance(self.found.fact.event, InformationRecorded):
            note = self.view.item(self.found.fact.event.ref)
            if note is not None and note.private_to_others_than(self.me):
                raise NotFound("NO_SUCH_REGISTRATION", NO_SUCH_PAGE)

    @property
    def _reader(self) -> Reader:
        """Whose eyes these are; who registered something knows what it was."""
        return Reader(leads=self.may, agency=self.page.person().agency)

    @property
    def may(self) -> bool:
        """True for the one who registered it, and for those who lead the case."""
        return self.own or self.leads

    @property
    def address(self) -> str:
        """Where the registration is."""
        return f"/saker/{self.view.case_id}/registrering/{self.found.event_id}"

    @property
    def asked(self) -> list[Asked]:
        """What the form of a correction asks."""
        t, people = self.page.t, {}
        for member in self.view.members:
            people[member.person_id] = self.situation.name_of(member.person_id)
        event = self.found.fact.event
        own_text = self.own or not isinstance(event, InformationRecorded)
        return asked_of(t, event, self.found.rule.fields, people=people, own=own_text)

    def show(self, template: str, form: Form | None = None, *, status: int = 200, **more: Any) -> Response:
        """A page about the registration."""
        type_name, said = details_now(self.found.fact.event)
        first_type, first_said = details_now(self.found.first)
        detail = self._reader.without_kinds(sentences.detail)
        return self.page.show(
            template,
            status=status,
            view=self.view,
            one=self.found,
            base=self.address,
            title=plain(self.page.t, type_name),
            counts=detail(self.page.t, type_name, said),
            said_first=detail(self.page.t, first_type, first_said),
            may=self.may,
            leads=self.leads,
            form=form,
            people=self.situation.people,
            plain=plain,
            detail=detail,
            details_now=details_now,
            requests=self.view.section(RequestsForCorrection).about(self.found.event_id),
            name_of=self.situation.name_of,
            **more,
        )

    def post(self, service: str, path: str, form: Form, body: dict[str, Any]) -> Any:
        """Send the command."""
        return self.page.neighbours.calls.post(
            service, f"/cases/{self.view.case_id}/{path}", actor=self.page.actor, body=body, key=form.key
        )

    def require(self, able: bool) -> None:
        """Raise NotAllowed for others, NotFound for what cannot be done."""
        if not self.may:
            raise NotAllowed("ROLE", ROLE_MISSING)
        if not able:
            raise NotFound("NOT_PUT_RIGHT_SO", NO_SUCH_PAGE)


@routes.get(BASE)
def registration(page: ThePage, case_id: str, event_id: str) -> Response:
    """What was registered, what counts, and what became of it."""
    return Standing(page, case_id, event_id).show("registration.html")


@routes.get(BASE + "/feil")
def wrong_form(page: ThePage, case_id: str, event_id: str) -> Response:
    """Say that it is wrong, for oneself or for the family."""
    before = Standing(page, case_id, event_id)
    first = {"asked_by": before.me, "asked_on": page.moment.today.isoformat()}
    return _wrong(before, page.form(FormData(first)))


@routes.post(BASE + "/feil")
def wrong(page: ThePage, case_id: str, event_id: str, fields: TheFields) -> Response:
    """Enter it; what should stand goes to the vault first, guarded as what it is about."""
    before, form = Standing(page, case_id, event_id), page.form(fields)
    body: dict[str, Any] = {
        "request_id": form.derived(before.me, "correction-request"),
        "registration_id": event_id,
        "asked_by": form.value("asked_by"),
        "asked_on": form.day("asked_on", N_("Oppgi hvilken dag det ble sagt.")).isoformat(),
        "vault_ids": list(before.found.texts),
    }
    if body["asked_by"] not in dict(_askers(before)):
        form.wrong("asked_by", page.t("Velg hvem som sier fra."))
    text = form.text("text", N_("Skriv hva som er feil."), longest=5000)
    if form.ok:
        try:
            body["text_ref"] = _deposit(before, form, "wrong", text, {})
            answer = before.post("contracts", "correction-requests", form, body)
            return page.go(before.address, "meldt-feil", answer=answer)
        except Refused as error:
            form.refused(error)
    return _wrong(before, form, status=422)


def _askers(before: Standing) -> list[tuple[str, str]]:
    """Oneself, whoever leads the case, and the group."""
    first = [person for person in (before.me, before.view.lead_id) if person]
    named = {person: before.situation.name_of(person) for person in first}
    return list({**named, **dict(members(before.situation))}.items())


def _wrong(before: Standing, form: Form, *, status: int = 200) -> Response:
    return before.show("registration_wrong.html", form, status=status, askers=_askers(before))


@routes.get(BASE + "/rett")
def correct_form(page: ThePage, case_id: str, event_id: str) -> Response:
    """The form of a correction, with what stands now."""
    before = Standing(page, case_id, event_id)
    before.require(before.found.correctable)
    asked = before.asked
    pairs: list[tuple[str, str | UploadFile]] = [*proposed(before.found.fact.event, asked)]
    form = page.form(FormData(pairs))
    return _correcting(before, form, asked)


@routes.post(BASE + "/rett")
def correct(page: ThePage, case_id: str, event_id: str, fields: TheFields) -> Response:
    """Correct it; a new text goes to the vault first."""
    before = Standing(page, case_id, event_id)
    before.require(before.found.correctable)
    asked, form = before.asked, page.form(fields)
    event = before.found.fact.event
    right = right_values(form, event, asked)
    texts = {one.name: form.text(one.name, None, longest=5000) for one in asked if one.kind == "text"}
    reason = form.choice("because", CorrectionReason, N_("Velg hvorfor det rettes."))
    if form.ok:
        try:
            for name, text in texts.items():
                if text:
                    right[name] = _deposit(before, form, name, text, right)
            if not right:
                form.wrong(None, page.t("Ingenting er endret ennå."))
                return _correcting(before, form, asked, status=422)
            body = {"event_id": event_id, "fields": right, "reason": reason}
            answer = before.post(before.found.fact.envelope.source, "corrections", form, body)
            return page.go(before.address, "rettet", answer=answer)
        except Refused as error:
            form.refused(error)
    return _correcting(before, form, asked, status=422)


def _deposit(before: Standing, form: Form, name: str, text: str, right: dict[str, Any]) -> str:
    """Lay a new text in the vault, under a reference that is the same whenever this form is sent."""
    event, view = before.found.fact.event, before.view
    category = right.get("category", of_event(view, event))
    if name == "place_ref" and view.section(Coordination).protected is not None:
        category = Category.ADDRESS
    return before.page.lay(
        form,
        "correction",
        name,
        content=text,
        case_id=view.case_id,
        about_id=getattr(event, "about_id", None) or view.youth_id,
        category=category,
    )


def _correcting(before: Standing, form: Form, asked: list[Asked], *, status: int = 200) -> Response:
    return before.show(
        "registration_correct.html", form, status=status, asked=asked, reasons=list(CorrectionReason)
    )


@routes.get(BASE + "/stryk")
def strike_form(page: ThePage, case_id: str, event_id: str) -> Response:
    """The form of a strike."""
    before = Standing(page, case_id, event_id)
    before.require(before.found.strikable)
    return before.show("registration_strike.html", page.form(), reasons=list(VoidReason))


@routes.post(BASE + "/stryk")
def strike(page: ThePage, case_id: str, event_id: str, fields: TheFields) -> Response:
    """Strike it."""
    before = Standing(page, case_id, event_id)
    before.require(before.found.strikable)
    form = page.form(fields)
    reason = form.choice("because", VoidReason, N_("Velg hvorfor det strykes."))
    if form.ok:
        try:
            body = {"event_id": event_id, "reason": reason}
            answer = before.post(before.found.fact.envelope.source, "voidings", form, body)
            return page.go(before.address, "stroket", answer=answer)
        except Refused as error:
            form.refused(error)
    return before.show("registration_strike.html", form, status=422, reasons=list(VoidReason))


@routes.get(BASE + "/sladd")
def redact_form(page: ThePage, case_id: str, event_id: str) -> Response:
    """The form of a redaction."""
    before = Standing(page, case_id, event_id)
    _refuse_redaction(before)
    return _redacting(before, page.form())


@routes.post(BASE + "/sladd")
def redact(page: ThePage, case_id: str, event_id: str, fields: TheFields) -> Response:
    """Close the texts of the registration to everybody."""
    before = Standing(page, case_id, event_id)
    _refuse_redaction(before)
    form = page.form(fields)
    reason = form.choice("because", RedactionReason, N_("Velg hvorfor teksten sladdes."))
    if form.ok:
        try:
            answer = None
            for ref in before.found.texts:
                answer = page.neighbours.calls.post(
                    "sharing",
                    f"/cases/{case_id}/redactions",
                    actor=page.actor,
                    body={"ref": ref, "reason": reason},
                    key=form.derived(before.me, "redact", ref),
                )
            return page.go(before.address, "sladdet", answer=answer)
        except Refused as error:
            form.refused(error)
    return _redacting(before, form, status=422)


def _refuse_redaction(before: Standing) -> None:
    before.require(bool(before.found.texts))
    if not before.leads:
        raise NotAllowed("ROLE", ROLE_MISSING)


def _redacting(before: Standing, form: Form, *, status: int = 200) -> Response:
    return before.show("registration_redact.html", form, status=status, reasons=list(RedactionReason))
