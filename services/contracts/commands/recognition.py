"""Whether a youth is known already: told within a municipality to its coordinators, and to nobody else."""

from __future__ import annotations

from backbone.web import Answer
from backbone.work import Work
from schemas.recognition import CaseRecognised
from services.contracts.domain.likeness import Alike
from services.contracts.repository import CASES, open_cases_of


def known_cases(work: Work, *, case_id: str, youth_id: str, alike: Alike) -> Answer:
    """The youth's open cases in the actor's municipalities, each with who leads it and whether it is only likely that the youth is
    the same; that it was told is recorded in each.

    A case elsewhere gives the same answer as none: the same questions have been asked for it, in the same order.
    """
    found = [case for one in (youth_id, *alike.everyone) for case in open_cases_of(work, one)]
    own = work.actor.municipality_nos
    here = [case for case in found if case.municipality_no in own and case.case_id != case_id]
    work.lock_cases(case.case_id for case in here)
    told = []
    for case in here:
        current = CASES.find(work, case.case_id) or case
        work.publish(case.case_id, CaseRecognised(asked_for_case_id=case_id))
        told.append(
            {
                "case_id": case.case_id,
                "programme": current.programme.value,
                "lead_id": current.lead_id,
                "likely": case.youth_id in alike.likely,
            }
        )
    return {"cases": told}
