"""The year of a forum on the pages: meetings that are planned, cooperation agreements, the year wheel, and its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import STAFF, Agency, CancelReason
from schemas.register_codes import YearWheelActivity
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.forums import around, sent
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
WHY_NOT_HELD = (
    CancelReason.AGENCY_CANNOT,
    CancelReason.NOT_NEEDED,
    CancelReason.NOT_POSSIBLE,
    CancelReason.REGISTERED_BY_MISTAKE,
)


@routes.post("/kog/{forum_id}/planlagt")
def plan(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Set the day of a meeting."""
    form = page.form(fields)
    session_id = form.derived(page.person().person_id, "planned session")
    body = {"session_id": session_id, "meets_on": form.value("meets_on") or None}
    return sent(page, forum_id, form, "sessions/planned", body)


@routes.post("/kog/{forum_id}/avtale")
def sign(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Enter an agreement that the leaders signed."""
    form = page.form(fields)
    body = {
        "agreement_id": form.derived(page.person().person_id, "agreement"),
        "parties": form.values("parties"),
        "signed_on": form.value("signed_on") or None,
        "revise_on": form.value("revise_on") or None,
    }
    return sent(page, forum_id, form, "agreements", body)


@routes.post("/kog/{forum_id}/arshjul")
def set_item(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Put something in the year wheel."""
    form = page.form(fields)
    month = form.value("month")
    body = {
        "item_id": form.derived(page.person().person_id, "year wheel"),
        "activity": form.value("activity") or None,
        "month": int(month) if month.isdecimal() else 0,
        "person_id": form.value("done_by") or None,
    }
    return sent(page, forum_id, form, "year-wheel", body, {"person_id": "done_by"})


@routes.post("/kog/{forum_id}/lagt-ned")
def close(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Close the forum."""
    return sent(page, forum_id, page.form(fields), "closed", {})


@routes.get("/kog/{forum_id}/planlagt/{session_id}")
def planned(page: ThePage, forum_id: str, session_id: str) -> Response:
    """A meeting that is planned."""
    return _one(page, forum_id, "planned", session_id, page.form(_today(page, "sent_on", "held_on")))


@routes.post("/kog/{forum_id}/planlagt/{session_id}/innkalt")
def invited(page: ThePage, forum_id: str, session_id: str, fields: TheFields) -> Response:
    """Agenda and invitation are out."""
    form = page.form(fields)
    body = {"sent_on": form.day("sent_on", N_("Oppgi hvilken dag innkallingen ble sendt.")).isoformat()}
    return _step(page, forum_id, "planned", session_id, form, f"sessions/{session_id}/invitations", body)


@routes.post("/kog/{forum_id}/planlagt/{session_id}/avlyst")
def cancelled(page: ThePage, forum_id: str, session_id: str, fields: TheFields) -> Response:
    """The meeting is not held."""
    form = page.form(fields)
    body = {"reason": form.choice("reason", CancelReason, N_("Velg hvorfor møtet avlyses."))}
    return _step(page, forum_id, "planned", session_id, form, f"sessions/{session_id}/cancelled", body)


@routes.post("/kog/{forum_id}/planlagt/{session_id}/holdt")
def held(page: ThePage, forum_id: str, session_id: str, fields: TheFields) -> Response:
    """The meeting was held."""
    form = page.form(fields)
    held_on = form.day("held_on", N_("Oppgi hvilken dag møtet var.")).isoformat()
    body = {"session_id": session_id, "held_on": held_on, "present": form.values("present")}
    return _step(page, forum_id, "planned", session_id, form, "sessions", body)


@routes.get("/kog/{forum_id}/avtale/{agreement_id}")
def agreement(page: ThePage, forum_id: str, agreement_id: str) -> Response:
    """An agreement that is in force."""
    return _one(page, forum_id, "agreements", agreement_id, page.form(_today(page, "revised_on")))


@routes.post("/kog/{forum_id}/avtale/{agreement_id}")
def revise(page: ThePage, forum_id: str, agreement_id: str, fields: TheFields) -> Response:
    """It was gone through and signed anew."""
    form = page.form(fields)
    body = {
        "revised_on": form.day(
            "revised_on", N_("Oppgi hvilken dag avtalen ble signert på nytt.")
        ).isoformat(),
        "revise_on": form.value("revise_on") or None,
    }
    way = f"agreements/{agreement_id}/revised"
    return _step(page, forum_id, "agreements", agreement_id, form, way, body)


@routes.get("/kog/{forum_id}/arshjul/{item_id}")
def wheel_item(page: ThePage, forum_id: str, item_id: str) -> Response:
    """Something in the year wheel."""
    form = page.form({**_today(page, "done_on"), "again": "yes"})
    return _one(page, forum_id, "wheel", item_id, form)


@routes.post("/kog/{forum_id}/arshjul/{item_id}")
def do_item(page: ThePage, forum_id: str, item_id: str, fields: TheFields) -> Response:
    """It was done for this year."""
    form = page.form(fields)
    body = {
        "done_on": form.day("done_on", N_("Oppgi hvilken dag det ble gjort.")).isoformat(),
        "again": form.value("again") != "no",
    }
    return _step(page, forum_id, "wheel", item_id, form, f"year-wheel/{item_id}/done", body)


def _today(page: Page, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, page.moment.today.isoformat())


def _step(
    page: Page, forum_id: str, part: str, which: str, form: Form, way: str, body: dict[str, Any]
) -> Response:
    """Send one step about one thing, and go back to the forum; the same page with what is wrong when it was refused."""
    page.person(*STAFF)
    if form.ok:
        try:
            page.neighbours.calls.post(
                "network", f"/forums/{forum_id}/{way}", actor=page.actor, body=body, key=form.key
            )
            return page.go(f"/kog/{forum_id}", "kog")
        except Refused as error:
            form.refused(error)
    return _one(page, forum_id, part, which, form, status=422)


def _one(page: Page, forum_id: str, part: str, which: str, form: Form, *, status: int = 200) -> Response:
    """The page of one planned meeting, one agreement, or one item of the year wheel. Raises NotFound."""
    page.person(*STAFF)
    found = page.neighbours.calls.get("network", f"/forums/{forum_id}", actor=page.actor)
    one = found["work"][part].get(which)
    if one is None:
        raise NotFound("NO_SUCH_PART_OF_FORUM", NO_SUCH_PAGE)
    people = page.neighbours.colleagues_if_any()
    return page.show(
        "forum_step.html",
        status=status,
        forum=found,
        part=part,
        one=one,
        base=f"/kog/{forum_id}/{ADDRESSES[part]}/{which}",
        form=form,
        people=people,
        reasons=list(WHY_NOT_HELD),
        day_of=lambda text: page.t.day(date.fromisoformat(text)),
        activity=YearWheelActivity(one["activity"]) if part == "wheel" else None,
        parties=[Agency(each) for each in one["parties"]] if part == "agreements" else [],
        **around(page, found, people),
    )


ADDRESSES = {"planned": "planlagt", "agreements": "avtale", "wheel": "arshjul"}
