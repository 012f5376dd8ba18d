"""What contracts does about what others decided."""

from __future__ import annotations

from datetime import timedelta

from backbone.work import Reaction, Work
from schemas.consent import ConsentWithdrawn, EffectiveConsentChanged
from schemas.consent_loss import ConsentLossDecided
from schemas.deadline import DeadlinePassed
from schemas.event import Event, Fact
from schemas.protection import YouthAgeBandChanged
from services.contracts.domain.signing import expire, grown
from services.contracts.domain.withdrawal import follow
from services.contracts.repository import CASES, CONTRACTS, around

START_DATE = "C-START"
"""The deadline that is due the day before the start date of a signed contract, and passes when that day is
over.
"""

UNSIGNED = ("C-UNSIGNED", "C-CHANGE")
"""The deadlines for signing a registered contract, and a proposed version of one."""


def on_deadline_passed(work: Work, fact: Fact) -> None:
    """The start date has come: a signed contract starts, unless a consent was taken back meanwhile. Or the time for signing is over."""
    assert isinstance(fact.event, DeadlinePassed)
    if fact.event.kind not in (START_DATE, *UNSIGNED):
        return
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    case = CASES.find(work, case_id)
    if case is None or not case.open:
        return
    today = max(work.moment.today, fact.event.due_on + timedelta(days=1))
    for contract in CONTRACTS.of_case(work, case_id):
        events = (
            contract.start(today=today, held=bool(around(work, case_id).lost))
            if fact.event.kind == START_DATE
            else expire(contract, today=today)
        )
        work.publish(case_id, *events, caused_by=fact.envelope.id)


def on_consent_withdrawn(work: Work, fact: Fact) -> None:
    """Somebody took back their yes, and sharing says what that means: the contract ends, the case rests or winds up."""
    assert isinstance(fact.event, ConsentWithdrawn)
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    case = CASES.find(work, case_id)
    if case is None:
        return
    contracts = CONTRACTS.of_case(work, case_id)
    events = follow(fact.event.consequence, case=case, contracts=contracts, today=work.moment.today)
    work.publish(case_id, *events, caused_by=fact.envelope.id)


def on_age_band_changed(work: Work, fact: Fact) -> None:
    """The youth is in another age band from that day: fewer may have to sign what waits for signatures."""
    assert isinstance(fact.event, YouthAgeBandChanged)
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    for contract in CONTRACTS.of_case(work, case_id):
        held = bool(around(work, case_id).lost)
        events = grown(contract, fact.event.age_band, on=fact.envelope.recorded_on, held=held)
        work.publish(case_id, *events, caused_by=fact.envelope.id)


def on_consent_settled(work: Work, fact: Fact) -> None:
    """There is consent again, or the group has decided to go on: a signed contract whose start was held back starts now."""
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    case = CASES.find(work, case_id)
    if case is None or not case.open or around(work, case_id).lost:
        return
    for contract in CONTRACTS.of_case(work, case_id):
        work.publish(case_id, *contract.start(today=work.moment.today), caused_by=fact.envelope.id)


REACTIONS: dict[type[Event], Reaction] = {
    DeadlinePassed: on_deadline_passed,
    ConsentWithdrawn: on_consent_withdrawn,
    YouthAgeBandChanged: on_age_band_changed,
    EffectiveConsentChanged: on_consent_settled,
    ConsentLossDecided: on_consent_settled,
}
