"""The rows of the catalogue about consents that lose their effect: whom to talk with, and what the group is to decide."""

from __future__ import annotations

from backbone.refusal import Sentence
from schemas.codes import AgeBand, ConsentEffect, WithdrawalConsequence
from schemas.consent import (
    ConsentSignerExcused,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.consent_loss import ConsentLossDecided, ConsentSignerContacted
from schemas.contract import ContractCompleted, ContractEndedEarly
from schemas.event import Event
from services.scheduler.catalogue_sanctions import PLAN_ENDED
from services.scheduler.domain.case import CaseDeadlines, ConsentDates, Deadline
from services.scheduler.domain.rule import Closing, Happened, Length, Opening, Rule, Unit

CD, WD = Unit.CD, Unit.WD
ENDED = (Closing(on=ContractCompleted), Closing(on=ContractEndedEarly), *PLAN_ENDED)
LOST = {"after": ConsentEffect.NONE}
NOTHING_TO_DECIDE = (WithdrawalConsequence.PARTICIPATION_ENDS, WithdrawalConsequence.CASE_WINDS_UP)
"""Nothing of the contract is left that a group could go on with."""


def _lost(happened: Happened, case: CaseDeadlines) -> ConsentDates | None:
    """The consent that has just lost its effect, when no other had taken over from it."""
    assert isinstance(happened.event, EffectiveConsentChanged)
    known = case.consents.get(happened.event.consent_id)
    return None if known is not None and known.renewed else known


def _to_be_decided(happened: Happened, case: CaseDeadlines) -> bool:
    known = _lost(happened, case)
    return known is not None and known.consequence not in NOTHING_TO_DECIDE


def _to_be_talked_about(happened: Happened, case: CaseDeadlines) -> bool:
    """Everything that rested on it has stopped; where other sharing goes on, the group's decision is enough."""
    known = _lost(happened, case)
    return known is not None and known.consequence not in (
        *NOTHING_TO_DECIDE,
        WithdrawalConsequence.SHARING_NARROWED,
    )


def _resolves(happened: Happened, case: CaseDeadlines, deadline: Deadline) -> bool:
    """The same consent, or another of the same kind, takes effect."""
    assert isinstance(happened.event, EffectiveConsentChanged)
    new, old = case.consents.get(happened.event.consent_id), case.consents.get(deadline.about_id or "")
    return happened.event.consent_id == deadline.about_id or bool(new and old and new.kind is old.kind)


def _everybody_reached(happened: Happened, case: CaseDeadlines, deadline: Deadline) -> bool:
    """Each guardian who was asked has been talked with; from 18 years, or where none was asked, the youth."""
    assert isinstance(happened.event, ConsentSignerContacted)
    known = case.consents.get(deadline.about_id or "")
    if known is None or happened.event.consent_id != deadline.about_id:
        return False
    grown_up = case.age_band is AgeBand.ADULT or not known.guardian_ids
    wanted = known.youth_ids if grown_up else known.guardian_ids
    return bool(known.reached) and set(wanted) <= set(known.reached)


EFFECTIVE_AGAIN = Closing(
    on=EffectiveConsentChanged, where={"after": ConsentEffect.EFFECTIVE}, when=_resolves
)
CONSENT_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-11",
        name=Sentence(
            "Avklare samtykke som falt bort", "Avklare samtykke som fall bort", "Lost consent to be resolved"
        ),
        opens=(
            Opening(
                on=ConsentWithdrawn,
                where={"consequence": WithdrawalConsequence.SHARING_NARROWED},
                length=Length(7, CD),
            ),
            Opening(on=EffectiveConsentChanged, where=LOST, when=_to_be_decided),
        ),
        lengths=(Length(14, CD),),
        met_by=(EFFECTIVE_AGAIN, Closing(on=ConsentLossDecided, day="decided_on")),
        cancelled_by=ENDED,
        about="consent_id",
        source="★ the group decides whether the contract still works: within 14 days, within 7 when only some sharing stopped",
    ),
    Rule(
        kind="D-11-CONTACT",
        name=Sentence(
            "Snakke med dem som bestemmer om samtykket",
            "Snakke med dei som bestemmer om samtykket",
            "Those who decide about the consent to be talked with",
        ),
        opens=(Opening(on=EffectiveConsentChanged, where=LOST, when=_to_be_talked_about),),
        lengths=(Length(2, WD),),
        met_by=(Closing(on=ConsentSignerContacted, day="contacted_on", when=_everybody_reached),),
        cancelled_by=(EFFECTIVE_AGAIN, Closing(on=ConsentLossDecided), *ENDED),
        about="consent_id",
        source="★ first contact with everybody who decides, both guardians where there are two, within two working days",
    ),
)
CONSENTS_FOLLOWED: tuple[type[Event], ...] = (
    ConsentSignerExcused,
    ConsentSignerContacted,
    ConsentLossDecided,
)
"""The events that these rows need beside those that others follow already."""
