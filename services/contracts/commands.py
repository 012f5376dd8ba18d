"""What people may ask of contracts, one transaction each: take the lock, load, decide, publish."""

from __future__ import annotations

from datetime import date

from backbone.web import Answer
from backbone.work import Work
from schemas.case import CaseOpened
from schemas.codes import AgeBand, SignerRole, SigningMethod
from services.contracts.access import agency_of, case_for_lead, case_for_member
from services.contracts.domain import contract as contracts
from services.contracts.domain import deviation as deviations
from services.contracts.domain.refusals import conflict, not_found
from services.contracts.repository import (
    CASES,
    CONTRACTS,
    DEVIATIONS,
    found,
    lock_case_of,
    lock_youth,
    open_cases_of,
)
from services.contracts.tables import ContractRow


def register_contract(
    work: Work, asked: contracts.Application, *, case_id: str, municipality_no: str, age_band: AgeBand
) -> Answer:
    """Open a case and register its contract; the actor leads it."""
    lock_youth(work, asked.youth_id)
    work.lock_case(case_id)
    if CASES.find(work, case_id) is not None:
        raise conflict("CASE_EXISTS", field="case_id")
    if CONTRACTS.find(work, asked.contract_id) is not None:
        raise conflict("CONTRACT_EXISTS", field="contract_id")
    if any(case.programme is asked.programme for case in open_cases_of(work, asked.youth_id)):
        raise conflict("ONE_CASE_PER_PROGRAMME", field="youth_id")
    registered = contracts.register(
        asked, age_band=age_band, lead_id=work.actor.person_id, today=work.moment.today
    )
    opened = CaseOpened(
        programme=asked.programme,
        municipality_no=municipality_no,
        owner_agency=agency_of(work.actor),
        lead_id=work.actor.person_id,
        youth_id=asked.youth_id,
    )
    work.publish(case_id, opened, registered)
    return {"case_id": case_id, "contract_id": asked.contract_id, "ends_on": registered.ends_on.isoformat()}


def register_signature(
    work: Work,
    contract_id: str,
    *,
    person_id: str,
    role: SignerRole,
    method: SigningMethod,
    signed_on: date,
    seen_version: int | None,
) -> Answer:
    """Register one signature on a contract."""
    case_id = lock_case_of(work, ContractRow, contract_id)
    case_for_lead(work, case_id)
    contract = found(CONTRACTS.find(work, contract_id))
    contract.refuse_stale(seen_version)
    work.publish(
        case_id,
        *contract.sign(
            person_id=person_id, role=role, method=method, signed_on=signed_on, today=work.moment.today
        ),
    )
    return _standing(work, contract_id)


def report_deviation(work: Work, asked: deviations.Report, *, case_id: str, contract_id: str) -> Answer:
    """Report that something did not go as agreed; every member may."""
    work.lock_case(case_id)
    case_for_member(work, case_id)
    contract = found(CONTRACTS.find(work, contract_id))
    if contract.case_id != case_id:
        raise not_found()
    if DEVIATIONS.find(work, asked.deviation_id) is not None:
        raise conflict("DEVIATION_EXISTS", field="deviation_id")
    reported = deviations.report(
        asked,
        contract,
        reporter_id=work.actor.person_id,
        reporter_agency=agency_of(work.actor),
        today=work.moment.today,
    )
    work.publish(case_id, *reported)
    return {"case_id": case_id, "deviation_id": asked.deviation_id}


def _standing(work: Work, contract_id: str) -> Answer:
    contract = found(CONTRACTS.find(work, contract_id))
    return {
        "case_id": contract.case_id,
        "contract_id": contract_id,
        "status": contract.status.value,
        "version": contract.version,
        "missing": [signer.person_id for signer in contract.unsigned],
    }
