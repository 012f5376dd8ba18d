"""How a case is opened, by whatever command: one active case a youth and programme, and nothing told to strangers."""

from __future__ import annotations

from backbone.work import Work
from schemas.case import CaseOpened
from schemas.codes import CriminalTrack, Programme
from schemas.event import Event
from schemas.recognition import YouthCompared
from services.contracts.access import agency_of
from services.contracts.cohorts import COHORTS
from services.contracts.domain.likeness import UNASKED, Likeness
from services.contracts.domain.referral import ReferralStatus
from services.contracts.domain.refusals import conflict, refused
from services.contracts.registers import CONSULTATIONS
from services.contracts.repository import REFERRALS, around, open_cases_of


def opened_by(
    work: Work,
    programme: Programme,
    municipality_no: str,
    youth_id: str,
    *,
    referral_id: str | None = None,
    criminal_track: CriminalTrack = CriminalTrack.NONE,
    likeness: Likeness = UNASKED,
) -> list[Event]:
    """The opening of a case that the actor leads, and what was answered about the youth. Take the locks of the youth and of its
    other references first. Raises Conflict, and Refused for a municipality that the actor does not work for.
    """
    if municipality_no not in work.actor.municipality_nos:
        raise refused("OTHER_MUNICIPALITY", field="municipality_no")
    for reference in (youth_id, *likeness.alike.certain):
        refuse_second_case(work, reference, programme)
    compared = _compared(work, programme, likeness)
    opened = CaseOpened(
        programme=programme,
        municipality_no=municipality_no,
        owner_agency=agency_of(work.actor),
        lead_id=work.actor.person_id,
        youth_id=youth_id,
        referral_id=referral_id,
        criminal_track=criminal_track,
    )
    return [opened, *compared]


def _compared(work: Work, programme: Programme, likeness: Likeness) -> list[YouthCompared]:
    """What the actor answered about cases in their own municipalities whose youth is likely the same. Of cases elsewhere nothing is
    asked, since the question would tell of them: there the youth counts as another.
    """
    found = [case for reference in likeness.alike.likely for case in open_cases_of(work, reference)]
    here = [case for case in found if case.municipality_no in work.actor.municipality_nos]
    compared = likeness.compared({case.case_id for case in here})
    if any(one.same for one in compared):
        for case in here:
            refuse_second_case(work, case.youth_id, programme)
    return compared


def refuse_second_case(work: Work, youth_id: str, programme: Programme) -> None:
    """One open case a youth and programme. Whoever has no part in the other case is told nothing of it."""
    person = work.actor.person_id
    for case in open_cases_of(work, youth_id):
        if case.programme is programme:
            own = person == case.lead_id or person in around(work, case.case_id).functions
            raise conflict("ONE_CASE_PER_PROGRAMME" if own else "CANNOT_OPEN", field="youth_id")


def refuse_other_record(work: Work, case_id: str) -> None:
    """An id that names a mediation's record, a forum, a consultation or a cohort names no case."""
    taken = around(work, case_id).taken or CONSULTATIONS.find(work, case_id) is not None
    if taken or COHORTS.find(work, case_id) is not None:
        raise conflict("NOT_A_CASE_ID", field="case_id")


def refuse_undecided_referral(work: Work, case_id: str) -> None:
    """No case without screening, when it comes from a referral, and none in another record."""
    refuse_other_record(work, case_id)
    for referral in REFERRALS.of_case(work, case_id):
        if referral.status is not ReferralStatus.ACCEPTED:
            raise conflict("REFERRAL_OPEN", field="case_id")
