"""What may be reported as a deviation."""

from datetime import date, timedelta

import pytest

from backbone.refusal import Refused
from schemas.codes import Agency, DeviationKind
from schemas.deviation import DeviationReported
from schemas.event import Event
from services.contracts.domain.contract import Contract
from services.contracts.domain.deviation import Deviation, DeviationStatus, Report, report
from tests.unit.contracts.builders import CASE, CONTRACT, TEACHER, TODAY, a_contract, a_signed_contract

LATER = TODAY + timedelta(days=20)


def reported(
    *, contract: Contract | None = None, severity: int = 2, on: date = LATER, today: date = LATER
) -> list[Event]:
    asked = Report(
        deviation_id="d", kind=DeviationKind.SCHOOL_ABSENCE, severity=severity, happened_on=on, text_ref="t"
    )
    return report(
        asked,
        contract or a_signed_contract(),
        reporter_id=TEACHER,
        reporter_agency=Agency.SKOLE_GRUNN,
        today=today,
    )


def test_a_member_reports_and_the_account_stays_in_the_vault() -> None:
    (event,) = reported()
    assert isinstance(event, DeviationReported)
    assert (event.contract_id, event.reporter_id, event.text_ref) == (CONTRACT, TEACHER, "t")
    deviation = Deviation.reported(CASE, event)
    assert (deviation.status, deviation.severity, deviation.version) == (DeviationStatus.REPORTED, 2, 1)


@pytest.mark.parametrize("severity", [1, 4])
def test_the_lowest_and_the_highest_severity_are_allowed(severity: int) -> None:
    assert reported(severity=severity)


@pytest.mark.parametrize("severity", [0, 5])
def test_another_severity_is_refused(severity: int) -> None:
    with pytest.raises(Refused, match="SEVERITY_UNKNOWN"):
        reported(severity=severity)


def test_nothing_is_reported_on_a_contract_that_has_not_started() -> None:
    with pytest.raises(Refused, match="NOT_STARTED"):
        reported(contract=a_contract())


def test_nothing_is_reported_from_the_future() -> None:
    with pytest.raises(Refused, match="HAPPENED_IN_FUTURE"):
        reported(on=LATER + timedelta(days=1))


def test_nothing_is_reported_from_before_the_start_or_after_the_end() -> None:
    contract = a_signed_contract()
    for on in (TODAY - timedelta(days=1), contract.ends_on + timedelta(days=1)):
        with pytest.raises(Refused, match="HAPPENED_OUTSIDE_CONTRACT"):
            reported(contract=contract, on=on, today=date(2028, 1, 1))
