"""How a case is opened, by whatever command: one active case a youth and programme, and nothing told to strangers."""

from __future__ import annotations

from collections.abc import Collection

from backbone.work import Work
from schemas.case import CaseOpened
from schemas.codes import CriminalTrack, Programme
from services.contracts.access import agency_of
from services.contracts.domain.referral import ReferralStatus
from services.contracts.domain.refusals import conflict, refused
from services.contracts.repository import REFERRALS, around, open_cases_of


def opened_by(
    work: Work,
    programme: Programme,
    municipality_no: str,
    youth_id: str,
    *,
    referral_id: str | None = None,
    criminal_track: CriminalTrack = CriminalTrack.NONE,
    same_youths: Collection[str] = (),
) -> CaseOpened:
    """The opening of a case that the actor leads. Take the locks of the youth and of `same_youths`, its other references,
    first. Raises Conflict, and Refused for a municipality that the actor does not work for.
    """
    if municipality_no not in work.actor.municipality_nos:
        raise refused("OTHER_MUNICIPALITY", field="municipality_no")
    for reference in (youth_id, *same_youths):
        refuse_second_case(work, reference, programme)
    return CaseOpened(
        programme=programme,
        municipality_no=municipality_no,
        owner_agency=agency_of(work.actor),
        lead_id=work.actor.person_id,
        youth_id=youth_id,
        referral_id=referral_id,
        criminal_track=criminal_track,
    )


def refuse_second_case(work: Work, youth_id: str, programme: Programme) -> None:
    """One open case a youth and programme. Whoever has no part in the other case is told nothing of it."""
    person = work.actor.person_id
    for case in open_cases_of(work, youth_id):
        if case.programme is programme:
            own = person == case.lead_id or person in around(work, case.case_id).functions
            raise conflict("ONE_CASE_PER_PROGRAMME" if own else "CANNOT_OPEN", field="youth_id")


def refuse_undecided_referral(work: Work, case_id: str) -> None:
    """No case without screening, when it comes from a referral."""
    for referral in REFERRALS.of_case(work, case_id):
        if referral.status is not ReferralStatus.ACCEPTED:
            raise conflict("REFERRAL_OPEN", field="case_id")
