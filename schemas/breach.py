"""What follows a breach (brudd) of a sanction: the steps that people take, and where a case can be sent. Nothing here is automatic."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency
from schemas.event import Event, event
from schemas.sanction import Safeguards
from schemas.sanction_codes import BreachOutcome, OffenceSeverity, PlanEnding


@event("oral_warning.given")
class OralWarningGiven(Event, frozen=True, kw_only=True):
    """The coordinator gave the youth an oral warning, with a written note of it in the vault."""

    plan_id: str
    deviation_id: str
    given_by: str
    given_on: date
    text_ref: str


@event("breach_conversation.held")
class BreachConversationHeld(Event, frozen=True, kw_only=True):
    """A breach conversation (bruddsamtale) was held, and what the people there decided."""

    plan_id: str
    deviation_id: str
    held_on: date
    outcome: BreachOutcome
    safeguards: Safeguards
    text_ref: str | None = None


@event("new_offence.reported")
class NewOffenceReported(Event, frozen=True, kw_only=True):
    """Somebody reported a new offence in the sanction's time; nothing follows from it by itself."""

    offence_id: str
    plan_id: str
    severity: OffenceSeverity
    reported_by: Agency
    reported_on: date
    text_ref: str | None = None


@event("case.returned_to_prosecution")
class CaseReturnedToProsecution(Event, frozen=True, kw_only=True):
    """A person decided to send an ungdomsoppfølging back to the prosecution, which decides anew; the decision in the vault."""

    plan_id: str
    reason: PlanEnding
    decision_ref: str
    returned_on: date
    safeguards: Safeguards
    deviation_id: str | None = None


@event("case.transferred_to_kriminalomsorgen")
class CaseTransferredToKriminalomsorgen(Event, frozen=True, kw_only=True):
    """A person decided to send an ungdomsstraff to kriminalomsorgen's regional level; the decision in the vault."""

    plan_id: str
    reason: PlanEnding
    decision_ref: str
    transferred_on: date
    safeguards: Safeguards
    deviation_id: str | None = None
