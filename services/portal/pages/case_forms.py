"""Every declared case form: shown, read, its texts laid in the vault, sent as one command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from backbone.refusal import Conflict, NotAllowed, NotFound, Refused, Sentence
from backbone.web import NO_SUCH_PAGE, ROLE_MISSING
from services.portal.case_forms import BY_SLUG
from services.portal.command_form import CommandForm, Target, Who
from services.portal.form_fields import Field, Reading, Rows, Situation
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage

routes = APIRouter(include_in_schema=False)
NOT_NOW = Sentence(
    "Dette kan ikke gjøres slik saken står nå. Gå tilbake til saken og se hva du kan gjøre.",
    "Dette kan ikkje gjerast slik saka står no. Gå tilbake til saka og sjå kva du kan gjere.",
    "This cannot be done as the case stands now. Go back to the case and see what you can do.",
)
SEEN = "seen_version"


@routes.get("/saker/{case_id}/gjor/{slug}")
@routes.get("/saker/{case_id}/gjor/{slug}/{target}")
def open_form(page: ThePage, case_id: str, slug: str, target: str | None = None) -> Response:
    """The form, with what is proposed."""
    form, situation = _form(page, case_id, slug, target)
    if not form.offered_now(situation):
        raise Conflict("NOT_NOW", NOT_NOW)
    pairs: list[tuple[str, str | UploadFile]] = [
        pair for one in form.asked(situation) for pair in one.proposes(situation, one.name)
    ]
    version = _version(form, situation)
    if version is not None:
        pairs.append((SEEN, str(version)))
    return _show(page, form, situation, page.form(FormData(pairs)))


@routes.post("/saker/{case_id}/gjor/{slug}")
@routes.post("/saker/{case_id}/gjor/{slug}/{target}")
def send_form(
    page: ThePage, case_id: str, slug: str, fields: TheFields, target: str | None = None
) -> Response:
    """Send the command; the service decides, so that a form sent twice gives the same answer twice."""
    form, situation = _form(page, case_id, slug, target)
    filled = page.form(fields)
    reading = Reading(filled, situation)
    read = [(one, one.read(reading, one.name)) for one in form.asked(situation)]
    values = merged(read)
    if filled.ok:
        try:
            answer = _send(page, form, reading, values)
            return page.go(f"/saker/{case_id}", form.slug, answer=answer)
        except Refused as error:
            _refused(page, form, reading, error, row_places(reading, read))
    return _show(page, form, situation, filled, status=422)


def merged(read: Iterable[tuple[Field, Any]]) -> dict[str, Any]:
    """The values by name; what is nothing is left out, and lists of the same name are put after each other."""
    values: dict[str, Any] = {}
    for one, value in read:
        name = one.body_name
        if isinstance(value, list):
            values[name] = [*values.get(name, []), *value]
        elif value is not None:
            values[name] = value
    return values


def row_places(reading: Reading, read: Iterable[tuple[Field, Any]]) -> dict[str, str]:
    """Where in the form each element of the body's lists was filled in: clauses.2 is the row new_clauses-1."""
    found: dict[str, str] = {}
    before: dict[str, int] = {}
    for one, value in read:
        if isinstance(value, list):
            start = before.get(one.body_name, 0)
            rows = enumerate(reading.rows.get(one.name, ()), start)
            found |= {f"{one.body_name}.{number}": row for number, row in rows}
            before[one.body_name] = start + len(value)
    return found


def beside(field: str, rows: Mapping[str, str]) -> str | None:
    """The place in the form of a field in a row, as the body names it: clauses.2.basis_ref."""
    row, _, name = field.rpartition(".")
    return f"{rows[row]}-{name}" if row in rows else None


def _form(page: Page, case_id: str, slug: str, target: str | None) -> tuple[CommandForm, Situation]:
    view = page.case(case_id)
    form = BY_SLUG.get(slug)
    if form is None or (form.targets is None) != (target is None):
        raise NotFound("NO_SUCH_FORM", NO_SUCH_PAGE)
    situation = replace(page.situation(view), target=target)
    if not form.permits(situation):
        raise NotAllowed("ROLE", ROLE_MISSING)
    return form, situation


def _target(form: CommandForm, situation: Situation) -> Target | None:
    return next((one for one in form.targets_now(situation) if one.id == situation.target), None)


def _version(form: CommandForm, situation: Situation) -> int | None:
    if form.targets is not None:
        target = _target(form, situation)
        return target.version if target else None
    return form.version(situation.view) if form.version else None


def _send(page: Page, form: CommandForm, reading: Reading, values: dict[str, Any]) -> Any:
    view, filled, me = reading.situation.view, reading.form, page.person().person_id
    lay_texts(page, reading, as_grounds=form.who is Who.UNIT_LEADER)
    body = {
        name: value(reading.situation) if callable(value) else value for name, value in form.fixed.items()
    }
    body |= {name: filled.derived(me, name) for name in form.ids}
    body |= values
    if filled.value(SEEN).isdecimal():
        body[SEEN] = int(filled.value(SEEN))
    path = form.path.format(
        case_id=view.case_id,
        contract_id=view.contract.contract_id if view.contract else "",
        plan_id=view.plan.plan_id if view.plan else "",
        person_id=me,
        target=reading.situation.target or "",
    )
    return page.neighbours.calls.post(form.service, path, actor=page.actor, body=body, key=filled.key)


def lay_texts(page: Page, reading: Reading, *, as_grounds: bool = False) -> None:
    """Lay the texts of a form in the vault; `as_grounds` of what a leader decides, who need not be in the case and reads nothing by it."""
    for one in reading.deposits:
        if as_grounds:
            page.neighbours.ground(
                ref=one.ref,
                case_id=reading.situation.view.case_id,
                about_id=one.about_id,
                category=one.category,
                content=one.content,
                actor=page.actor,
            )
            continue
        page.neighbours.deposit(
            ref=one.ref,
            case_id=reading.situation.view.case_id,
            about_id=one.about_id,
            category=one.category,
            content=one.content,
            actor=page.actor,
        )


def _refused(
    page: Page, form: CommandForm, reading: Reading, error: Refused, rows: Mapping[str, str]
) -> None:
    """Say the refusal beside its field; a form that is out of date says what to do, and takes the version that stands now."""
    known = {one.body_name: one.name for one in reversed(form.asked(reading.situation))}
    filled = reading.form
    problem = getattr(error, "problem", None) or {}
    if getattr(error, "current", None) is not None:
        filled.put(SEEN, str(error.current))  # type: ignore[attr-defined]
        filled.wrong(None, page.t("Se over det du har skrevet. Står det seg, kan du sende på nytt."))
    asked_of = error.field or ""
    name = asked_of.split(".")[0]
    place = beside(asked_of, rows) or known.get(form.places.get(name, name), "")
    filled.refused(error, {asked_of: place})
    for one in problem.get("errors", []):
        asked_of = str(one.get("field", ""))
        wrong = beside(asked_of, rows) or known.get(asked_of.split(".")[0])
        if wrong:
            filled.wrong(wrong, page.t("Se over dette feltet."))


def _show(
    page: Page, form: CommandForm, situation: Situation, filled: Form, *, status: int = 200
) -> Response:
    target = _target(form, situation)
    return page.show(
        "case_form.html",
        status=status,
        view=situation.view,
        declared=form,
        fields=form.asked(situation),
        situation=situation,
        target=target,
        form=filled,
        has_rows=any(isinstance(one, Rows) for one in form.fields),
    )
