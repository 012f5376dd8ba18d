"""Is this the same youth? Asked in a registration, when the vault finds one in the municipality that likely is, and no number tells."""

from __future__ import annotations

from typing import Any

from backbone.refusal import Refused
from services.portal.compared import Compared, compared_in, put_in
from services.portal.forms import Form
from services.portal.page import Page
from services.portal.texts import N_

QUESTION = "same_youth"
UNANSWERED = "SAME_YOUTH_UNANSWERED"
"""The refusal of contracts that asks for an answer."""
ANSWERS = {"ja": True, "nei": False}


def answered(form: Form) -> dict[str, Any]:
    """The answer for the command; nothing when nothing was asked. A missing one is noted in the form."""
    asked = compared_in(form)
    if not asked:
        return {}
    answer = ANSWERS.get(form.value(QUESTION))
    if answer is None and form.problem(QUESTION) is None:
        form.wrong(QUESTION, form.t(N_("Svar på om det er samme ungdom.")))
    return {"same_youth": answer, "compared_with": [one.case_id for one in asked]}


def ask_about(page: Page, form: Form, error: Refused, case_id: str, youth_id: str) -> None:
    """Let the form ask the question when that is why it was refused. That the coordinator is told of those cases is recorded in
    each of them. Raises Refused.
    """
    if error.rule != UNANSWERED:
        return
    body, key = {"case_id": case_id, "youth_id": youth_id}, form.derived(page.person().person_id, "known")
    told = page.neighbours.calls.post("contracts", "/youths/known", actor=page.actor, body=body, key=key)
    people = page.neighbours.colleagues_if_any()

    def name(lead_id: str) -> str:
        lead = people.get(lead_id)
        return (lead and lead.name) or lead_id[-8:]

    likely = [one for one in told["cases"] if one["likely"]]
    put_in(form, [Compared(one["case_id"], one["programme"], name(one["lead_id"])) for one in likely])
    form.put(QUESTION, "")
