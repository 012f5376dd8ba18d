"""Register a consent with each one's answer, register a later answer, take one back."""

from __future__ import annotations

from typing import Any

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import Agency, Category, ConsentKind, Purpose, SigningMethod
from services.portal.case_forms.contract import METHODS
from services.portal.command_form import Who
from services.portal.domain.case_view import CaseView, Consent
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.sharing_words import LANGUAGE_NAMES
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
TEXT_VERSION = "2026-1"
"""The version of the words that the youth and the guardians see before they answer; a changed text gets a new one."""
LONGEST_MONTHS = 6
"""What the form proposes at most; the sharing service says what may be."""
PURPOSES = [Purpose.FOLLOW_UP, Purpose.MEETING, Purpose.TASK]


@routes.get("/saker/{case_id}/samtykke/nytt")
def new_consent(page: ThePage, case_id: str, fornyer: str = "") -> Response:
    """The form for a consent; `fornyer` is one that it takes over from when everybody has said yes."""
    view = page.case_for(Who.COORDINATOR, case_id)
    earlier = view.consent(fornyer)
    longest = page.moment.today + relativedelta(months=LONGEST_MONTHS)
    until = min(view.agreed_until or longest, longest)
    proposed = {
        "kind": ConsentKind.SECRECY_RELEASE,
        "purpose": Purpose.FOLLOW_UP,
        "valid_from": page.moment.today.isoformat(),
        "valid_to": until.isoformat(),
        "given_on": page.moment.today.isoformat(),
        "language": language_of_youth(view) or page.language,
    }
    if earlier is None:
        return _consent_form(page, view, page.form(proposed))
    again: list[tuple[str, str | UploadFile]] = [
        *(proposed | {"kind": earlier.kind, "purpose": earlier.purpose, "supersedes": fornyer}).items(),
        *(("from_agency", one) for one in earlier.from_agencies[:1]),
        *(("to_agency", one) for one in earlier.to_agencies[:1]),
        *(("also_to", one) for one in earlier.to_agencies[1:]),
        *(("category", one) for one in earlier.categories),
    ]
    return _consent_form(page, view, page.form(FormData(again)))


def language_of_youth(view: CaseView) -> str | None:
    """The language that the youth prefers, when a consent can be said to be explained in it."""
    preferred = view.guardians.languages.get(view.youth_id or "")
    code = preferred.value.lower() if preferred else ""
    return code if code in LANGUAGE_NAMES else None


@routes.post("/saker/{case_id}/samtykke/nytt")
def register(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Register what consent was asked for, and the answers that are there already."""
    view, form = page.case_for(Who.COORDINATOR, case_id), page.form(fields)
    body, given = _read(page, view, form), _answers(view, form)
    consent_id = None
    if form.ok:
        try:
            consent_id = _register(page, view, form, body)
        except Refused as error:
            form.refused(
                error, {"from_agencies": "from_agency", "to_agencies": "to_agency", "categories": "category"}
            )
    if consent_id is not None:
        try:
            return page.go(f"/saker/{case_id}", "samtykke", answer=_give(page, form, consent_id, given))
        except Refused:  # what was asked for stands; the answers are registered one by one from the case page
            return page.go(f"/saker/{case_id}", "svar-mangler")
    return _consent_form(page, view, form, status=422)


def _read(page: Page, view: CaseView, form: Form) -> dict[str, Any]:
    signers = view.deciding
    if not signers:
        form.wrong(
            None, page.t("Saken har ingen kontrakt eller reaksjon, så det er ingen å be om samtykke fra.")
        )
    giver = form.choice("from_agency", Agency, N_("Velg hvem som skal kunne dele opplysninger."))
    receiver = form.choice("to_agency", Agency, N_("Velg hvem som skal kunne få opplysningene."))
    also = (
        form.choices("also_to", Agency, N_("Velg hvem som skal kunne få opplysningene."))
        if form.values("also_to")
        else []
    )
    if giver in (receiver, *also) and form.ok:
        form.wrong("to_agency", page.t("Den som får opplysningene, må være en annen enn den som deler."))
    valid_from = form.day("valid_from", N_("Oppgi når samtykket begynner å gjelde."))
    valid_to = form.day(
        "valid_to", N_("Oppgi når samtykket slutter å gjelde. Et samtykke varer aldri uten en slutt.")
    )
    if valid_to < valid_from and form.problem("valid_to") is None:
        form.wrong("valid_to", page.t("Sluttdatoen må komme etter startdatoen."))
    return {
        "kind": form.choice("kind", ConsentKind, N_("Velg hva slags samtykke det er.")),
        "youth_id": view.youth_id,
        "from_agencies": [giver],
        "to_agencies": list(dict.fromkeys([receiver, *also])),
        "categories": form.choices("category", Category, N_("Velg hva opplysningene handler om.")),
        "purpose": form.choice("purpose", Purpose, N_("Velg hva opplysningene skal brukes til.")),
        "valid_from": valid_from.isoformat(),
        "valid_to": valid_to.isoformat(),
        "text_version": TEXT_VERSION,
        "language": form.value("language") if form.value("language") in LANGUAGE_NAMES else page.language,
        "supersedes": form.value("supersedes") or None,
        "signers": [{"person_id": signer.person_id, "role": signer.role} for signer in signers],
    }


def _answers(view: CaseView, form: Form) -> list[dict[str, Any]]:
    given_on = form.day("given_on", N_("Oppgi når det ble svart."))
    return [
        {
            "person_id": signer.person_id,
            "role": signer.role,
            "method": form.choice(
                f"answer_{signer.person_id}", SigningMethod, N_("Velg hvordan det ble svart.")
            ),
            "given_on": given_on.isoformat(),
        }
        for signer in view.deciding
        if form.value(f"answer_{signer.person_id}")
    ]


def _register(page: Page, view: CaseView, form: Form, body: dict[str, Any]) -> str:
    """Register what is asked for; gives the consent's id."""
    consent_id = form.derived(page.person().person_id, "consent")
    path = f"/cases/{view.case_id}/consents"
    asked = {"consent_id": consent_id, **body}
    page.neighbours.calls.post("sharing", path, actor=page.actor, body=asked, key=form.key)
    return consent_id


def _give(page: Page, form: Form, consent_id: str, given: list[dict[str, Any]]) -> Any:
    answer = None
    for one in given:
        key = f"{form.key}-{one['person_id']}"
        path = f"/consents/{consent_id}/given"
        answer = page.neighbours.calls.post("sharing", path, actor=page.actor, body=one, key=key)
    return answer


def _consent_form(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    taking_part = {member.agency for member in view.active_members}
    also = taking_part | set(form.values("also_to"))
    return page.show(
        "consent_new.html",
        status=status,
        view=view,
        contract=view.family,
        signers=view.deciding,
        form=form,
        methods=METHODS,
        agencies=[agency for agency in Agency if agency in taking_part],
        other_agencies=[agency for agency in Agency if agency not in taking_part],
        also_agencies=[agency for agency in Agency if agency in also],
        categories=list(Category),
        kinds=list(ConsentKind),
        purposes=PURPOSES,
        read_in=[(code, page.t(name)) for code, name in LANGUAGE_NAMES.items()],
    )


@routes.get("/saker/{case_id}/samtykke/{consent_id}/trekk")
def withdrawing(page: ThePage, case_id: str, consent_id: str) -> Response:
    """The form that takes a consent back."""
    view = page.case_for(Who.COORDINATOR, case_id)
    return page.show("consent_withdraw.html", view=view, consent=_consent(view, consent_id), form=page.form())


@routes.post("/saker/{case_id}/samtykke/{consent_id}/trekk")
def withdraw(page: ThePage, case_id: str, consent_id: str, fields: TheFields) -> Response:
    """Take a consent back on behalf of one of those who gave it, for all receivers or for some; from the answer on, nothing rests on it."""
    view, form = page.case_for(Who.COORDINATOR, case_id), page.form(fields)
    consent = _consent(view, consent_id)
    who = next((answer for answer in consent.answers if answer.person_id == form.value("person_id")), None)
    part = form.value("whole") == "del"
    only_to = form.choices("only_to", Agency, N_("Velg hvem det trekkes tilbake for.")) if part else None
    if who is None:
        form.wrong("person_id", page.t("Velg hvem som trekker samtykket."))
    elif form.ok:
        body = {"person_id": who.person_id, "role": who.role, "only_to": only_to}
        note = "trukket-for-noen" if part else "trukket"
        try:
            path = f"/consents/{consent_id}/withdrawn"
            answer = page.neighbours.calls.post("sharing", path, actor=page.actor, body=body, key=form.key)
            return page.go(f"/saker/{case_id}", note, answer=answer)
        except Refused as error:
            form.refused(error)
    return page.show("consent_withdraw.html", status=422, view=view, consent=consent, form=form)


def _consent(view: CaseView, consent_id: str) -> Consent:
    consent = view.consent(consent_id)
    if consent is None:
        raise NotFound("NO_SUCH_CONSENT", NO_SUCH_PAGE)
    return consent
