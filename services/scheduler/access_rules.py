"""The rows of the catalogue about going through who has access to a case."""

from __future__ import annotations

from backbone.refusal import Sentence
from schemas.contract import ContractCompleted, ContractEndedEarly, ContractStarted
from schemas.event import Event
from schemas.network_group import AccessReviewed, MemberFunctionChanged, MemberJoined, MemberLeft
from schemas.sanction import YouthPlanAdopted
from services.scheduler.catalogue_sanctions import PLAN_ENDED
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import Closing, Happened, Length, Opening, Rule, Unit

ENDED = (Closing(on=ContractCompleted), Closing(on=ContractEndedEarly), *PLAN_ENDED)
REVIEWED = (Closing(on=AccessReviewed, day="reviewed_on"),)


def _while_it_runs(_: Happened, case: CaseDeadlines) -> bool:
    return case.under_contract


ACCESS_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-36",
        name=Sentence("Gå gjennom tilgangene", "Gå gjennom tilgangane", "Access to be gone through"),
        opens=(
            Opening(on=ContractStarted, since="started_on"),
            Opening(on=YouthPlanAdopted, since="adopted_on"),
            Opening(on=AccessReviewed, since="reviewed_on", when=_while_it_runs),
        ),
        lengths=(Length(6, Unit.M),),
        met_by=REVIEWED,
        cancelled_by=ENDED,
        source="★ every six months while the contract or the plan runs",
    ),
    Rule(
        kind="D-36-MEMBER",
        name=Sentence(
            "Gå gjennom tilgangene etter en endring i gruppen",
            "Gå gjennom tilgangane etter ei endring i gruppa",
            "Access to be gone through after a change of the group",
        ),
        opens=tuple(
            Opening(on=change, when=_while_it_runs)
            for change in (MemberJoined, MemberLeft, MemberFunctionChanged)
        ),
        lengths=(Length(14, Unit.CD),),
        met_by=REVIEWED,
        cancelled_by=ENDED,
        source="★ on every change of members while the contract or the plan runs, within 14 days of the first",
    ),
)
ACCESS_FOLLOWED: tuple[type[Event], ...] = (AccessReviewed,)
