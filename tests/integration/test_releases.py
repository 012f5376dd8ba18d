"""Each release in sharing has its leaf on the log, and each on the log its release in sharing; broken twins are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from backbone.log import LogRecord
from services.cli.findings import Finding, Kind
from services.cli.releases import Listed, NoReleases, Openings, read_list
from services.sharing.releases import lines
from tests.integration.sharing_office import LEAD, TEACHER, Office, an_office, settings_in

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        for _ in range(3):
            case = office.a_case()
            office.a_text(case)
            for actor in (LEAD, TEACHER):
                office.opening(case, actor=actor)
        yield office


def listed(office: Office) -> Listed:
    """Sharing's list as it is printed and read again."""
    return read_list(b"\n".join(msgspec.json.encode(line) for line in lines(office.settings)))


def found(
    office: Office, records: list[LogRecord], *, list_of: Listed | None = None, late: bool = True
) -> list[Finding]:
    """What is found when the log was read a good while after everything was recorded (or just then)."""
    openings = Openings()
    openings.see(records)
    read_at = office.clock.moment().real_at + (timedelta(minutes=5) if late else timedelta())
    return list(openings.against(list_of or listed(office), read_at=read_at))


def opening_places(records: list[LogRecord]) -> list[int]:
    return [
        place for place, record in enumerate(records) if b'"type":"opening.decided"' in (record.value or b"")
    ]


def test_all_releases_agree_with_the_log_both_ways(office: Office) -> None:
    assert len(listed(office).releases) == 6
    assert found(office, office.the_log()) == []


def test_a_release_without_a_leaf_is_named_unless_it_may_still_be_on_its_way(office: Office) -> None:
    records = office.the_log()
    place = opening_places(records)[2]
    gone = [*records[:place], *records[place + 1 :]]
    (finding,) = found(office, gone)
    assert finding.kind is Kind.RELEASE_NOT_ON_LOG
    assert "is in sharing and has no leaf on the log" in finding.sentence
    assert found(office, gone, late=False) == []


def test_a_leaf_without_its_release_is_named(office: Office) -> None:
    known = listed(office)
    (finding,) = found(office, office.the_log(), list_of=known._replace(releases=known.releases[1:]))
    assert finding.kind is Kind.RELEASE_NOT_IN_SHARING


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"outcome":"PERMIT"', b'"outcome":"DENY"'), (b'"purpose":"FOLLOW_UP"', b'"purpose":"MEETING"')],
)
def test_a_release_that_says_something_else_than_its_leaf_is_named(
    office: Office, old: bytes, new: bytes
) -> None:
    records = office.the_log()
    place = next(n for n in opening_places(records) if old in (records[n].value or b""))
    records[place] = records[place]._replace(value=(records[place].value or b"").replace(old, new, 1))
    (finding,) = found(office, records)
    assert finding.kind is Kind.RELEASE_DIFFERS


def test_a_row_changed_in_sharing_is_named(office: Office) -> None:
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE opening SET state = jsonb_set(state, '{event,person_id}', '\"nobody\"')"
            " WHERE opening_id = (SELECT min(opening_id) FROM opening)"
        )
    (finding,) = found(office, office.the_log())
    assert finding.kind is Kind.RELEASE_DIFFERS


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"failed":"OperationalError"}', b"\x1f\x8bnot packed"])
def test_a_list_that_is_none_is_told(raw: bytes) -> None:
    with pytest.raises(NoReleases):
        read_list(raw)
