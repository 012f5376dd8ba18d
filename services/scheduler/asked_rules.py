"""The rows of the catalogue about what somebody has asked for and waits to hear of: a longer contract, a registration put right."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Sentence
from schemas.contract import (
    ContractAmended,
    ContractChangeDeclined,
    ContractChangeProposed,
    ContractCompleted,
    ContractEndedEarly,
    ContractExtended,
    ContractStartCorrected,
)
from schemas.correction_request import CorrectionCarriedOut, CorrectionRefused, CorrectionRequested
from schemas.event import Event
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import Closing, Happened, Length, Moving, Opening, Rule, Unit

ASKED_FOLLOWED: tuple[type[Event], ...] = (
    ContractChangeProposed,
    ContractChangeDeclined,
    ContractAmended,
    CorrectionRequested,
    CorrectionCarriedOut,
    CorrectionRefused,
)
"""What these rows follow beside what others follow already."""


def _end_that_would_move(happened: Happened, case: CaseDeadlines) -> date | None:
    """The end of the contract in force, when what is proposed would move it."""
    assert isinstance(happened.event, ContractChangeProposed)
    now = case.contract
    return now.ends_on if now is not None and happened.event.ends_on > now.ends_on else None


ASKED_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-19",
        name=Sentence("Avgjøre forlengelse", "Avgjere forlenging", "Extension to be decided"),
        opens=(Opening(on=ContractChangeProposed, counted_from=_end_that_would_move),),
        lengths=(Length(-7, Unit.CD),),
        met_by=(
            Closing(on=ContractExtended, day="extended_on"),
            Closing(on=ContractAmended),
            Closing(on=ContractChangeDeclined, day="declined_on"),
        ),
        moved_by=(Moving(on=ContractStartCorrected, day="ends_on"),),
        cancelled_by=(Closing(on=ContractCompleted), Closing(on=ContractEndedEarly)),
        about="contract_id",
        source="★ everybody has signed, or it is laid aside, at least 7 days before the contract would end",
    ),
    Rule(
        kind="D-48",
        name=Sentence(
            "Svare på ønske om retting",
            "Svare på ønske om retting",
            "A request for correction to be answered",
        ),
        opens=(Opening(on=CorrectionRequested, since="asked_on"),),
        lengths=(Length(10, Unit.WD),),
        met_by=(
            Closing(on=CorrectionCarriedOut, day="carried_out_on"),
            Closing(on=CorrectionRefused, day="refused_on"),
        ),
        about="request_id",
        outlives_case=True,
        source="★ ten working days; GDPR art. 16 and 12 say without undue delay, and at the latest within a month",
    ),
)
