"""Referrals (henvendelser): registered in under two minutes, taken up by the coordinator they are assigned to, and decided."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import (
    COORDINATORS,
    STAFF,
    Agency,
    Category,
    DeclineReason,
    Programme,
    Reason,
    ReferralOrigin,
    ReportMethod,
    Role,
    Urgency,
    YouthKnows,
)
from services.portal.domain.categories import of_referral
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.same_youth import answered, ask_about
from services.portal.register_words import REFERRAL_STATUS
from services.portal.texts import N_
from services.portal.words import MUNICIPALITIES

routes = APIRouter(include_in_schema=False)
ON_A_PAGE = 25
ORIGIN_OF = {
    Agency.SKOLE_GRUNN: ReferralOrigin.SCHOOL,
    Agency.SKOLE_VGS: ReferralOrigin.SCHOOL,
    Agency.BARNEVERN: ReferralOrigin.CHILD_WELFARE,
    Agency.POLITI_FOREBYGGENDE: ReferralOrigin.POLICE,
    Agency.PATALEMYNDIGHET: ReferralOrigin.PROSECUTION,
    Agency.KONFLIKTRAAD: ReferralOrigin.MEDIATION_SERVICE,
}
FIELDS = {
    "birth_on": "birth_on",
    "content.birth_on": "birth_on",
    "content.name": "name",
    "content.national_id": "national_id",
    "youth_id": "name",
    "reasons": "reasons",
}
LEADS_IN = {
    Programme.FA_YOUTH_CONTRACT: COORDINATORS,
    Programme.FA_SUBSTANCE_CONTRACT: COORDINATORS,
    Programme.YOUTH_FOLLOW_UP: (Role.YOUTH_COORDINATOR,),
    Programme.YOUTH_PENALTY: (Role.YOUTH_COORDINATOR,),
}


@routes.get("/henvendelser")
def referrals(page: ThePage, side: Annotated[int, Query(ge=1, le=1000)] = 1) -> Response:
    """Those the visitor has received or is to screen, the newest first, a page at a time."""
    page.person(*STAFF)
    asked = _asked(page, limit=ON_A_PAGE + 1, skip=(side - 1) * ON_A_PAGE)
    found, more = _not_closed(page, asked[:ON_A_PAGE]), len(asked) > ON_A_PAGE
    mine = [one["case_id"] for one in found if one["assigned_to"] == page.person().person_id]
    names, _ = page.neighbours.names_if_any(mine, page.actor)
    people = page.neighbours.colleagues_if_any()
    return page.show(
        "referrals.html",
        found=found,
        names=names,
        people=people,
        statuses=REFERRAL_STATUS,
        side=side,
        more=more,
    )


@routes.get("/henvendelser/ny")
def new_referral(page: ThePage) -> Response:
    """The empty form, with what is known of the visitor filled in."""
    visitor = page.person(*STAFF)
    agency = Agency(visitor.agency) if visitor.agency in set(Agency) else None
    proposed: dict[str, str] = {"urgency": Urgency.ORDINARY, "youth_knows": YouthKnows.UNKNOWN}
    if agency in ORIGIN_OF:
        proposed["origin"] = ORIGIN_OF[agency]
    if visitor.coordinates:
        proposed["assigned_to"] = visitor.person_id
    return _form(page, page.form(proposed))


@routes.post("/henvendelser/ny")
def receive(page: ThePage, fields: TheFields) -> Response:
    """Register it: who it is about and what is said go to the vault first, then one command."""
    visitor, form = page.person(*STAFF), page.form(fields)
    body: dict[str, Any] = {
        "origin": form.choice("origin", ReferralOrigin, N_("Velg hvem henvendelsen kommer fra.")),
        "referrer_agency": visitor.agency,
        "reasons": form.choices("reasons", Reason, N_("Velg minst én grunn.")),
        "urgency": form.choice("urgency", Urgency, N_("Velg hvor mye det haster.")),
        "youth_knows": form.choice("youth_knows", YouthKnows, N_("Velg om ungdommen vet om henvendelsen.")),
        "municipality_no": _one_of(page, form, "municipality_no", MUNICIPALITIES, N_("Velg kommune.")),
        "assigned_to": _one_of(
            page, form, "assigned_to", coordinators(page), N_("Velg hvem som skal se på den.")
        ),
    }
    if form.value("concern_on"):
        body["concern_on"] = form.day("concern_on", N_("Skriv datoen på nytt, eller la feltet stå tomt."))
        body["concern_on"] = body["concern_on"].isoformat()
    form.text("text", None)
    identity = read_identity(form)
    if form.ok:
        try:
            answer = _receive(page, form, body, identity)
            return page.go("/henvendelser", "henvendelse", answer=answer)
        except Refused as error:
            form.refused(error, FIELDS)
    return _form(page, form, status=422)


def _receive(page: Page, form: Form, body: dict[str, Any], identity: dict[str, str]) -> Any:
    me = page.person().person_id
    ids = {name: form.derived(me, name) for name in ("case", "referral", "youth")}
    of_it = {"case_id": ids["case"], "about_id": ids["youth"]}
    if identity:
        ref = page.lay(form, "identity", content=identity, category=Category.IDENTITY_CONTACT, **of_it)
        body |= {"youth_id": ids["youth"], "identity_refs": [ref]}
    if form.value("text"):
        category = of_referral(body["origin"])
        body["text_ref"] = page.lay(form, "text", content=form.value("text"), category=category, **of_it)
    body |= {"case_id": ids["case"], "referral_id": ids["referral"]}
    return page.neighbours.calls.post("contracts", "/referrals", actor=page.actor, body=body, key=form.key)


def read_identity(form: Form) -> dict[str, str]:
    """The youth as typed; nothing for an anonymous referral. A name needs a birth date, for the age."""
    name = form.text("name", None, longest=200)
    if not name:
        return {}
    born = form.day("birth_on", N_("Oppgi ungdommens fødselsdato.")).isoformat()
    number = form.text("national_id", None, longest=11)
    return {"name": name, "birth_on": born, **({"national_id": number} if number else {})}


@routes.get("/henvendelser/{referral_id}")
def referral(page: ThePage, referral_id: str) -> Response:
    """One referral, and what can be done with it now."""
    return _page(page, one_of_mine(page, referral_id), _blank(page))


@routes.post("/henvendelser/{referral_id}/apne")
def open_referral(page: ThePage, referral_id: str) -> Response:
    """Read what lies in the vault; the asking is recorded."""
    found = one_of_mine(page, referral_id)
    form = _blank(page)
    try:
        return _page(page, found, form, opened=page.neighbours.open(found["case_id"], page.actor))
    except Refused as error:
        form.refused(error)
        return _page(page, found, form, status=error.status)


@routes.post("/henvendelser/{referral_id}/kjent")
def is_known(page: ThePage, referral_id: str, fields: TheFields) -> Response:
    """Ask whether the youth has a case in one's own municipalities; that it was told is recorded there."""
    found, form = one_of_mine(page, referral_id), page.form(fields)
    body = {"case_id": found["case_id"], "youth_id": found["youth_id"]}
    try:
        answer = page.neighbours.calls.post(
            "contracts", "/youths/known", actor=page.actor, body=body, key=form.key
        )
        return _page(page, found, form, known=answer["cases"])
    except Refused as error:
        form.refused(error)
        return _page(page, found, form, status=error.status)


@routes.post("/henvendelser/{referral_id}/{deed}")
def decide(page: ThePage, referral_id: str, deed: str, fields: TheFields) -> Response:
    """Take it up, take it on, decline it, send it on, or take it back."""
    found, form = one_of_mine(page, referral_id), page.form(fields)
    if deed not in DEEDS:
        raise NotFound("NO_SUCH_PAGE", NO_SUCH_PAGE)
    command, note = DEEDS[deed]
    try:
        body = _body(page, form, deed, found)
        if form.ok:
            path = f"/referrals/{referral_id}/{command}"
            answer = page.neighbours.calls.post("contracts", path, actor=page.actor, body=body, key=form.key)
            return page.go(_onwards(deed, form, referral_id), note, answer=answer)
    except Refused as error:
        ask_about(page, form, error, found["case_id"], found["youth_id"])
        form.refused(error, FIELDS)
    return _page(page, found, form, status=422)


DEEDS = {
    "sil": ("screened", "henvendelse-siles"),
    "ta-imot": ("accepted", "henvendelse-tatt-imot"),
    "avsla": ("declined", "henvendelse-avslatt"),
    "vis-videre": ("redirected", "henvendelse-videre"),
    "trekk": ("withdrawn", "henvendelse-trukket"),
    "bekreft": ("acknowledged", "henvendelse-bekreftet"),
    "gi-videre": ("reassigned", "henvendelse-gitt"),
}


def _body(page: Page, form: Form, deed: str, found: dict[str, Any]) -> dict[str, Any]:
    if deed == "sil":
        return _screening(page, form, found)
    if deed == "ta-imot":
        programme = form.choice("programme", Programme, N_("Velg hva saken skal være."))
        return {"programme": programme, **answered(form)}
    if deed == "trekk":
        return {}
    if deed == "gi-videre":
        missing = N_("Velg hvem som skal se på den.")
        return {"to_id": _one_of(page, form, "to_id", screeners(page, found), missing)}
    if deed == "bekreft":
        return {
            "how": form.choice("how", ReportMethod, N_("Velg hvordan du sa fra.")),
            "acknowledged_on": form.day("acknowledged_on", N_("Oppgi når du sa fra.")).isoformat(),
        }
    why = "why" if deed == "vis-videre" else "reason"
    body: dict[str, Any] = {"reason": form.choice(why, DeclineReason, N_("Velg hvorfor."))}
    if deed == "vis-videre":
        body["to"] = form.choice("to", Agency, N_("Velg hvilken tjeneste som er den rette."))
    return body


def _screening(page: Page, form: Form, found: dict[str, Any]) -> dict[str, Any]:
    identity = read_identity(form) if found["youth_id"] is None else {}
    body: dict[str, Any] = {"seen_version": found["version"]}
    if identity and form.ok:
        youth = form.derived(page.person().person_id, "youth")
        ref = page.lay(
            form,
            "identity",
            content=identity,
            case_id=found["case_id"],
            about_id=youth,
            category=Category.IDENTITY_CONTACT,
        )
        body |= {"youth_id": youth, "identity_refs": [ref]}
    return body


def _onwards(deed: str, form: Form, referral_id: str) -> str:
    if deed in ("sil", "bekreft"):
        return f"/henvendelser/{referral_id}"
    contracts = (Programme.FA_YOUTH_CONTRACT, Programme.FA_SUBSTANCE_CONTRACT)
    if deed == "ta-imot" and form.value("programme") in contracts:
        return f"/ny-kontrakt/{referral_id}"
    return "/henvendelser"


def _asked(page: Page, **sought: Any) -> list[dict[str, Any]]:
    """Those of the visitor's that are sought, the newest first."""
    found: list[dict[str, Any]] = page.neighbours.calls.get(
        "contracts", "/referrals", actor=page.actor, **sought
    )
    return found


def _not_closed(page: Page, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """None about a case that is closed to the visitor."""
    closed = page.closed_to_visitor(one["case_id"] for one in found)
    return [one for one in found if one["case_id"] not in closed]


def one_of_mine(page: Page, referral_id: str) -> dict[str, Any]:
    """A referral that the visitor has received or is to screen. Raises NotFound for any other."""
    page.person(*STAFF)
    return _the_one(page, referral_id=referral_id)


def referral_of_case(page: Page, case_id: str) -> str:
    """The referral that may become this case, for those who can look at it. Raises NotFound."""
    page.person(*STAFF)
    return str(_the_one(page, case_id=case_id)["referral_id"])


def _the_one(page: Page, **sought: str) -> dict[str, Any]:
    try:
        found = _not_closed(page, _asked(page, limit=1, **sought))
    except Refused as error:
        if error.status != 422:
            raise
        found = []  # what is typed in an address need not be an id
    if not found:
        raise NotFound("NO_SUCH_REFERRAL", NO_SUCH_PAGE)
    return found[0]


def coordinators(page: Page) -> dict[str, str]:
    """Those whom a referral can be assigned to, by name; a coordinator can always take it on, also when the directory is away."""
    people = page.neighbours.colleagues_if_any()
    found = {key: one.name or key[-8:] for key, one in people.items() if one.roles.intersection(COORDINATORS)}
    visitor = page.person()
    if visitor.coordinates:
        found.setdefault(visitor.person_id, page.t("Meg selv"))
    return found


def screeners(page: Page, one: dict[str, Any]) -> dict[str, str]:
    """The other coordinators of the referral's municipality, by name: those whom it can be given to."""
    place, people = one["municipality_no"], page.neighbours.colleagues_if_any()
    here = {key for key, person in people.items() if place in person.municipality_nos}
    return {key: name for key, name in coordinators(page).items() if key in here - {one["assigned_to"]}}


def _one_of(page: Page, form: Form, name: str, known: Any, missing: str) -> str:
    chosen = form.value(name)
    if chosen not in known:
        form.wrong(name, page.t(missing))
    return chosen


def _form(page: Page, form: Form, *, status: int = 200) -> Response:
    visitor = page.person()
    return page.show(
        "referral_new.html",
        status=status,
        form=form,
        origins=list(ReferralOrigin),
        reasons=list(Reason),
        urgencies=list(Urgency),
        knows=list(YouthKnows),
        municipalities=MUNICIPALITIES,
        own=visitor.municipality_nos[0] if len(visitor.municipality_nos) == 1 else None,
        coordinators=list(coordinators(page).items()),
    )


def _blank(page: Page) -> Form:
    return page.form({"acknowledged_on": page.moment.today.isoformat(), "how": ReportMethod.TELEPHONE})


def _page(page: Page, found: dict[str, Any], form: Form, *, status: int = 200, **more: Any) -> Response:
    visitor = page.person()
    names, _ = page.neighbours.names_if_any([found["case_id"]], page.actor)
    values = {"opened": None, "known": None, **more}
    programmes = [one for one, roles in LEADS_IN.items() if visitor.roles & set(roles)]
    return page.show(
        "referral.html",
        status=status,
        one=found,
        form=form,
        part=visitor.person_id in (found["assigned_to"], found["received_by"]),
        others=list(screeners(page, found).items()),
        screens=found["assigned_to"] == visitor.person_id and visitor.coordinates,
        name=names.get(found["case_id"]),
        statuses=REFERRAL_STATUS,
        programmes=programmes,
        declines=list(DeclineReason),
        methods=list(ReportMethod),
        agencies=list(Agency),
        people=page.neighbours.colleagues_if_any(),
        **values,
    )
