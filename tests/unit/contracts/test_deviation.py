"""What may be reported as a deviation."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from backbone.refusal import Refused
from schemas.codes import Agency, DeviationKind, Programme, SkipReason
from schemas.deviation import DeviationReported
from schemas.event import Event
from services.contracts.domain.contract import Contract
from services.contracts.domain.deviation import Deviation, DeviationStatus, Report, ladder_of, report
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


def test_when_the_last_step_is_taken_or_skipped_the_ladder_is_exhausted_and_that_is_said_once() -> None:
    (event,) = reported()
    assert isinstance(event, DeviationReported)
    *rest, last = ladder_of(Programme.FA_YOUTH_CONTRACT)
    judged = replace(
        Deviation.reported(CASE, event), status=DeviationStatus.ASSESSED, account=True, steps=tuple(rest[:-1])
    )
    second_last = judged.skip(
        rest[-1], Programme.FA_YOUTH_CONTRACT, reason=SkipReason.OTHER_STEP_FITS, today=LATER
    )
    assert [each.type for each in second_last] == ["deviation.step_skipped"]
    before = judged.after(second_last[0])
    ends = before.follow_up(last, Programme.FA_YOUTH_CONTRACT, today=LATER)
    assert [each.type for each in ends] == ["deviation.followed_up", "deviation.ladder_exhausted"]
    after = before.after(ends[0]).after(ends[1])
    assert after.version == before.version + 2
    again = after.follow_up(last, Programme.FA_YOUTH_CONTRACT, today=LATER)
    assert [each.type for each in again] == ["deviation.followed_up"]
