"""The rows of the catalogue about cases in which nothing happens: opened and left, on hold past its day, past the end, wound up and never closed.

Each is a reminder to a person; nothing here ends anything by itself.
"""

from __future__ import annotations

from backbone.refusal import Sentence
from schemas.case import CaseClosed, CaseOpened, CasePaused, CaseResumed, CaseWoundUp
from schemas.contract import (
    ContractCompleted,
    ContractEndedEarly,
    ContractExtended,
    ContractRegistered,
    ContractStartCorrected,
    ContractStarted,
)
from schemas.event import Event
from schemas.sanction import SanctionReceived, YouthPlanAdopted, YouthPlanTightened
from services.scheduler.catalogue_sanctions import PLAN_ENDED
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import Closing, Happened, Length, Moving, Opening, Rule, Unit

CD, WD, M = Unit.CD, Unit.WD, Unit.M
ENDED = (Closing(on=ContractCompleted), Closing(on=ContractEndedEarly), *PLAN_ENDED)


def _from_referral(happened: Happened, _: CaseDeadlines) -> bool:
    """Every other case is opened with its contract or its sanction."""
    assert isinstance(happened.event, CaseOpened)
    return happened.event.referral_id is not None


STANDING_RULES: tuple[Rule, ...] = (
    Rule(
        kind="S-BEGIN",
        name=Sentence(
            "Komme i gang med saken", "Kome i gang med saka", "The case to be begun: a contract registered"
        ),
        opens=(Opening(on=CaseOpened, when=_from_referral),),
        lengths=(Length(14, CD),),
        met_by=(Closing(on=ContractRegistered), Closing(on=SanctionReceived)),
        source="Felles ansvar: no waiting list; two weeks from an opened case to a contract that can be signed ★",
    ),
    Rule(
        kind="S-PAUSE",
        name=Sentence("Ta saken opp igjen", "Ta saka opp att", "The case to be taken up again"),
        opens=(Opening(on=CasePaused, since="until_on"),),
        lengths=(Length(0, CD),),
        met_by=(Closing(on=CaseResumed, day="resumed_on"),),
        cancelled_by=(Closing(on=CaseWoundUp),),
        source="a pause has a day of its own, on which it is over at the latest",
    ),
    Rule(
        kind="S-ENDED",
        name=Sentence(
            "Registrere at tiden er ute",
            "Registrere at tida er ute",
            "The end of the contract or the plan to be registered",
        ),
        opens=(Opening(on=ContractStarted, since="ends_on"), Opening(on=YouthPlanAdopted, since="ends_on")),
        lengths=(Length(3, WD),),
        met_by=ENDED,
        moved_by=(
            Moving(on=ContractStartCorrected, day="ends_on"),
            Moving(on=ContractExtended, day="ends_on"),
            Moving(on=YouthPlanTightened, day="ends_on"),
        ),
        about="contract_id",
        source="★ a person says that it is fulfilled or ended; evaluation, aftercare and retention are counted from that",
    ),
    Rule(
        kind="S-CLOSE",
        name=Sentence("Avslutte saken", "Avslutte saka", "The case to be closed"),
        opens=(Opening(on=CaseWoundUp, since="wound_up_on"),),
        lengths=(Length(4, M),),
        met_by=(Closing(on=CaseClosed, day="closed_on"),),
        cancelled_by=(Closing(on=ContractStarted), Closing(on=YouthPlanAdopted)),
        source="★ a month after the last contact of the aftercare; retention is counted from the closing",
    ),
)
STANDING_FOLLOWED: tuple[type[Event], ...] = (CasePaused, CaseResumed, CaseWoundUp)
"""The events that these rows need beside those that others follow already."""
