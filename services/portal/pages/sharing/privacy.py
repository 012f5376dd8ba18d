"""Data protection: what is open in every case within reach, and what stands in one."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from backbone.rows import Rows
from schemas.codes import DeviationKind
from schemas.privacy import (
    DataSubjectRequestAnswered,
    DataSubjectRequestReceived,
    PersonalDataBreachFound,
    PersonalDataBreachNotified,
    PersonalDataBreachNotNotified,
)
from services.portal.page import ThePage
from services.portal.pages.sharing.privacy_asking import HERE, MAY_TELL, OVERSEES, known_in
from services.portal.told import Told, told_within

routes = APIRouter(include_in_schema=False)
ENDS_BREACH = (PersonalDataBreachNotified.type, PersonalDataBreachNotNotified.type)


@routes.get("/personvern")
def overview(page: ThePage) -> Response:
    """What is open in every case within reach: breaches first, by the hour they must be notified."""
    reach = page.person(*OVERSEES).reach

    def look(rows: Rows) -> list[Told]:
        return told_within(
            rows,
            reach,
            PersonalDataBreachFound,
            PersonalDataBreachNotified,
            PersonalDataBreachNotNotified,
            DataSubjectRequestReceived,
            DataSubjectRequestAnswered,
        )

    told = page.read(look)
    over = {one.said["breach_id"] for one in told if one.type in ENDS_BREACH}
    answered = {one.said["request_id"] for one in told if one.type == DataSubjectRequestAnswered.type}
    breaches = [
        (one.case_id, msgspec.convert(one.said, PersonalDataBreachFound, strict=False))
        for one in told
        if one.type == PersonalDataBreachFound.type and one.said["breach_id"] not in over
    ]
    requests = [
        (one.case_id, msgspec.convert(one.said, DataSubjectRequestReceived, strict=False))
        for one in told
        if one.type == DataSubjectRequestReceived.type and one.said["request_id"] not in answered
    ]
    return page.show(
        "sharing/privacy_overview.html",
        breaches=sorted(breaches, key=lambda one: one[1].notify_by_at),
        requests=sorted(requests, key=lambda one: one[1].answer_by),
    )


@routes.get(HERE)
def in_case(page: ThePage, case_id: str) -> Response:
    """What stands in the case, and what a deviation suggests."""
    view = page.case(case_id)
    page.person(*MAY_TELL)
    known = known_in(page, view)
    looked_at = {one.deviation_id for one in known.breaches}
    suggested = [
        one
        for one in view.deviations
        if one.kind is DeviationKind.INFO_SHARED_OUTSIDE_SCOPE and one.deviation_id not in looked_at
    ]
    return page.show("sharing/privacy.html", view=view, known=known, suggested=suggested)
