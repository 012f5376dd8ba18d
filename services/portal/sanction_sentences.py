"""The events of the sanctions told in a sentence, in the words of their codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schemas.breach import BreachConversationHeld, NewOffenceReported
from schemas.decision import (
    AftercareChecked,
    ComplaintAnswered,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.event import Event
from schemas.sanction import (
    ProsecutionAcceptanceRecorded,
    SanctionReceived,
    SuitabilityAssessed,
    YouthPlanAdopted,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from services.portal.texts import Texts
from services.portal.words import word


def _received(t: Texts, event: SanctionReceived) -> str:
    programme, body, day = t(word(event.programme)), t(word(event.imposed_by)), t.day(event.decided_on)
    return t("%(programme)s, %(body)s, avgjort %(day)s", programme=programme, body=body, day=day)


def _suitability(t: Texts, event: SuitabilityAssessed) -> str:
    return t(word(event.result))


def _adopted(t: Texts, event: YouthPlanAdopted) -> str:
    return t("Fra %(start)s til %(end)s", start=t.day(event.adopted_on), end=t.day(event.ends_on))


def _tightened(t: Texts, event: YouthPlanTightened) -> str:
    return t("%(step)s, versjon %(number)s", step=t(word(event.step)), number=event.to_version)


def _terminated(t: Texts, event: YouthPlanTerminated) -> str:
    return t(word(event.reason))


def _acceptance(t: Texts, event: ProsecutionAcceptanceRecorded) -> str:
    return t("Kontrakten godtas") if event.accepted else t("Kontrakten godtas ikke")


def _conversation(t: Texts, event: BreachConversationHeld) -> str:
    return t(word(event.outcome))


def _offence(t: Texts, event: NewOffenceReported) -> str:
    return t(
        "%(severity)s, meldt av %(agency)s",
        severity=t(word(event.severity)),
        agency=t(word(event.reported_by)),
    )


def _delivered(t: Texts, event: DecisionDelivered) -> str:
    return t("%(kind)s, %(day)s", kind=t(word(event.kind)), day=t.day(event.delivered_on))


def _answered(t: Texts, event: ComplaintAnswered) -> str:
    return t(word(event.outcome))


def _journey(t: Texts, event: TravelLeaveAsked) -> str:
    return t("Fra %(start)s til %(end)s", start=t.day(event.leaves_on), end=t.day(event.returns_on))


def _leave(t: Texts, event: TravelLeaveAnswered) -> str:
    return t("Innvilget") if event.reason is None else t(word(event.reason))


def _aftercare(t: Texts, event: AftercareChecked) -> str:
    return f"{t(word(event.check))}. {t(word(event.outcome))}"


SANCTION_DETAILS: dict[type[Event], Callable[[Texts, Any], str]] = {
    SanctionReceived: _received,
    SuitabilityAssessed: _suitability,
    YouthPlanAdopted: _adopted,
    YouthPlanTightened: _tightened,
    YouthPlanTerminated: _terminated,
    ProsecutionAcceptanceRecorded: _acceptance,
    BreachConversationHeld: _conversation,
    NewOffenceReported: _offence,
    DecisionDelivered: _delivered,
    ComplaintAnswered: _answered,
    TravelLeaveAsked: _journey,
    TravelLeaveAnswered: _leave,
    AftercareChecked: _aftercare,
}
