"""The configuration of the programmes: dated, sourced, without holes."""

from datetime import date, timedelta

import msgspec
import pytest

from schemas.codes import AgeBand, Programme
from schemas.dated import Dated, Sourced
from schemas.sanction_codes import ImposedBy, ParticipationBasis
from services.contracts.domain.programmes import (
    LAW_OF_2024,
    PROGRAMMES,
    Rules,
    rules_of,
)


def dated_of(rules: Rules) -> list[Dated[object]]:
    parts = [rules, *([rules.sanction] if rules.sanction else [])]
    values = [getattr(part, field.name) for part in parts for field in msgspec.structs.fields(part)]
    return [value for value in values if isinstance(value, Dated)]


@pytest.mark.parametrize("programme", Programme)
def test_every_value_has_a_source_and_is_in_force_on_every_day_exactly_once(programme: Programme) -> None:
    for value in dated_of(PROGRAMMES[programme]):
        first, *_, last = [value.versions[0], *value.versions, value.versions[-1]]
        assert (first.from_on, last.to_on) == (date.min, date.max)
        for before, following in zip(value.versions, value.versions[1:], strict=False):
            assert following.from_on == before.to_on + timedelta(days=1)
        assert all(version.source for version in value.versions)


def test_a_version_counts_from_its_first_day_through_its_last() -> None:
    value = Dated((Sourced(1, "a", to_on=date(2024, 8, 31)), Sourced(2, "b", from_on=date(2024, 9, 1))))
    assert (value.on(date(2024, 8, 31)), value.on(date(2024, 9, 1))) == (1, 2)
    assert value.version_on(date(2024, 9, 1)).source == "b"


def test_what_the_law_asks_for_follows_the_day_of_the_decision() -> None:
    follow_up, penalty = (
        rules_of(programme).sanction for programme in (Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY)
    )
    assert follow_up is not None
    assert penalty is not None
    before = LAW_OF_2024 - timedelta(days=1)
    assert penalty.participation.on(before) is ParticipationBasis.CONSENT
    assert penalty.participation.on(LAW_OF_2024) is ParticipationBasis.SUITABILITY
    assert follow_up.participation.on(LAW_OF_2024) is ParticipationBasis.CONSENT
    assert penalty.imposed_by.on(before) == {ImposedBy.COURT}


def test_the_numbers_of_the_sources_stand_in_the_configuration() -> None:
    day = date(2026, 12, 1)
    assert rules_of(Programme.YOUTH_FOLLOW_UP).length_months.on(day)[1] == 12
    assert rules_of(Programme.YOUTH_PENALTY).length_months.on(day) == (6, 36)
    assert rules_of(Programme.FA_YOUTH_CONTRACT).length_months.on(day) == (6, 6)
    for programme in (Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY):
        sanction = rules_of(programme).sanction
        assert sanction is not None
        assert sanction.ages_at_offence.on(day) == {AgeBand.AGE_15, AgeBand.AGE_16_17}
        assert sanction.meeting_months.on(day) == 1
    assert rules_of(Programme.FA_SUBSTANCE_CONTRACT).voluntary
    assert not rules_of(Programme.YOUTH_PENALTY).voluntary
