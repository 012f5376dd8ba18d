"""What a withdrawal of consent does to the case and its contracts at once: the table of withdrawals, row by row.

What the gate closes, sharing has closed already. Nothing here is a reproach, and nothing that was lawful before is undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from schemas.codes import EndingReason, PauseReason, WithdrawalConsequence
from schemas.event import Event
from services.contracts.domain.case import Case, CaseStatus
from services.contracts.domain.changes import end_early
from services.contracts.domain.contract import Contract
from services.contracts.domain.programmes import rules_of


def follow(
    consequence: WithdrawalConsequence, *, case: Case, contracts: Iterable[Contract], today: date
) -> list[Event]:
    """What happens to the case; nothing where the table leaves it to people, or where it has happened already."""
    match consequence:
        case WithdrawalConsequence.PARTICIPATION_ENDS:
            ended = [
                event
                for contract in contracts
                if contract.live
                for event in end_early(contract, EndingReason.CONSENT_WITHDRAWN, today=today)
            ]
            return [*ended, *case.wind_up(today=today)]
        case WithdrawalConsequence.CONTRACT_PAUSES if case.status is CaseStatus.ACTIVE:
            days = rules_of(case.programme).consent_lost_days.on(today)
            return case.pause(PauseReason.CONSENT_LOST, until_on=today + timedelta(days=days), today=today)
        case WithdrawalConsequence.CASE_WINDS_UP:
            return case.wind_up(today=today, unstarted=True)
    return []
