"""Local offers that clauses and measures make use of: which fit a case now, and the refusal of those that do not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from backbone.web import Answer, json_ready
from backbone.work import Work
from schemas.codes import AgeBand
from schemas.contract import Clause
from schemas.register_codes import OfferStatus
from services.contracts.access import case_for_lead
from services.contracts.domain.register_refusals import refused
from services.contracts.registers import offer, offers_of


def refuse_unfit_offers(
    work: Work,
    clauses: Sequence[Clause],
    *,
    municipality_no: str,
    age_band: AgeBand,
    standing: Collection[Clause] = (),
    field: str = "clauses",
) -> None:
    """Refuse a clause that makes use of an offer of another municipality, for another age, or that is no more. What stands
    unchanged goes on standing, whatever the register says since. Raises Refused.
    """
    for place, clause in enumerate(clauses):
        if clause.measure_id is None or clause in standing:
            continue
        here, there = f"{field}.{place}.measure_id", offer(work, clause.measure_id)
        if there is None:
            raise refused("OFFER_UNKNOWN", field=here)
        there.refuse_unfit(municipality_no, age_band, field=here)


def youth_of(work: Work, case_id: str) -> str:
    """The youth of a case, for those who lead it: what the age question needs. Raises NotFound and NotAllowed."""
    return case_for_lead(work, case_id).youth_id


def fitting_offers(work: Work, case_id: str, *, age_band: AgeBand) -> list[Answer]:
    """The offers of the case's municipality that are open to somebody of that age."""
    here = offers_of(work, case_for_lead(work, case_id).municipality_no)
    today = work.moment.today
    return [
        {**json_ready(one), "stale": one.stale(today)}
        for one in here
        if one.status is OfferStatus.OPEN and one.fits(age_band)
    ]
