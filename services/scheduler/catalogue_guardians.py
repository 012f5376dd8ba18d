"""The rows about who decides for the youth: looked at again once a year and when the case gets a new lead; whose say falls away, confirmed."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Sentence
from schemas.case import CaseLeadChanged
from schemas.codes import AgeBand
from schemas.contract import ContractCompleted, ContractEndedEarly, ContractExtended, ContractStarted
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    GuardianSituationConfirmed,
    ParentalResponsibilityChanged,
)
from schemas.protection import YouthAgeBandChanged
from schemas.sanction import YouthPlanAdopted
from services.scheduler.catalogue_sanctions import PLAN_ENDED
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import Closing, Happened, Ladder, Length, Moving, Opening, Rule, Unit

NEW_LEAD = Length(14, Unit.CD)


def _under_18(_: Happened, case: CaseDeadlines) -> bool:
    return case.age_band is not AgeBand.ADULT


def _last_seen(_: Happened, case: CaseDeadlines) -> date | None:
    """When who decides was last confirmed, else the contract's start: an extension can make it run past a year from that."""
    return case.who_decides_seen_on or (case.contract.starts_on if case.contract else None)


GUARDIANS_FOLLOWED = (
    GuardianAdded,
    GuardianRestricted,
    GuardianRemoved,
    GuardianChangeConfirmed,
    GuardianRestrictionLifted,
    ParentalResponsibilityChanged,
    GuardianSituationConfirmed,
)
AWAITS_LEADER, AWAITS_NOBODY = {"awaits_leader": True}, {"awaits_leader": False}
GUARDIAN_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-29",
        name=Sentence(
            "Bekrefte hvem som bestemmer for ungdommen",
            "Stadfeste kven som bestemmer for ungdommen",
            "Who decides for the youth to be confirmed",
        ),
        opens=(
            Opening(on=ContractStarted, since="started_on", when=_under_18),
            Opening(on=YouthPlanAdopted, since="adopted_on", when=_under_18),
            Opening(on=GuardianAdded, when=_under_18),
            Opening(on=ParentalResponsibilityChanged, when=_under_18),
            Opening(on=GuardianSituationConfirmed, since="confirmed_on", when=_under_18),
            Opening(on=ContractExtended, counted_from=_last_seen, when=_under_18),
            Opening(on=CaseLeadChanged, since="changed_on", length=NEW_LEAD, when=_under_18),
        ),
        lengths=(Length(12, Unit.M),),
        met_by=(Closing(on=GuardianSituationConfirmed, day="confirmed_on"),),
        moved_by=(Moving(on=CaseLeadChanged, day="changed_on", length=NEW_LEAD),),
        cancelled_by=(
            Closing(on=YouthAgeBandChanged, where={"age_band": AgeBand.ADULT}),
            Closing(on=ContractCompleted),
            Closing(on=ContractEndedEarly),
            *PLAN_ENDED,
        ),
        within_contract=True,
        source="★ parental responsibility changes without anybody telling us: once a year, and 14 days after a new lead",
    ),
    Rule(
        kind="C4-LEADER",
        name=Sentence(
            "En leder bekrefter en endring i hvem som bestemmer",
            "Ein leiar stadfestar ei endring i kven som bestemmer",
            "A leader to confirm a change of who decides",
        ),
        opens=(
            Opening(on=GuardianRestricted, where=AWAITS_LEADER, when=_under_18),
            Opening(on=GuardianRemoved, where=AWAITS_LEADER, when=_under_18),
            Opening(on=GuardianAdded, where=AWAITS_LEADER, when=_under_18),
            Opening(on=ParentalResponsibilityChanged, where=AWAITS_LEADER, when=_under_18),
        ),
        lengths=(Length(3, Unit.WD),),
        met_by=(Closing(on=GuardianChangeConfirmed, day="confirmed_on"),),
        cancelled_by=(
            Closing(on=GuardianRestrictionLifted, where=AWAITS_NOBODY),
            Closing(on=GuardianRemoved, where=AWAITS_NOBODY),
            Closing(on=GuardianAdded, where=AWAITS_NOBODY),
            Closing(on=ParentalResponsibilityChanged, where=AWAITS_NOBODY),
            Closing(on=YouthAgeBandChanged, where={"age_band": AgeBand.ADULT}),
        ),
        about="person_id",
        ladder=Ladder.LEADER,
        source="★ nobody's yes falls away on one person's word (C.4), and nothing new can be agreed to until a leader has looked",
    ),
)
