"""What was laid down and never named by any event is destroyed after seven days; what was named never is,
however late the log tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.inbox import Inbox
from backbone.rows import Rows
from schemas.catalogue import __all__ as modules
from schemas.codes import Agency, DeviationKind
from schemas.deviation import DeviationReported
from schemas.event import REGISTRY
from services.sharing import unnamed
from services.sharing.unnamed import destroy_unnamed, is_reference, refs_in
from services.sharing.vault import Deposit, Vault
from tests.integration.sharing_office import (
    LEAD,
    POLICE,
    TEXT,
    Case,
    Office,
    an_office,
    forward,
    joined,
    settings_in,
)

pytestmark = pytest.mark.integration


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path, database_url=database_url)) as office:
        yield office


def a_deposit(office: Office, case: Case, *, about_id: str | None = None, ref: str | None = None) -> str:
    """A text that somebody lays down for a form."""
    ref = ref or new_id()
    body = {
        "ref": ref,
        "case_id": case.case_id,
        "about_id": about_id or case.youth_id,
        "category": "FAMILY",
        "content": {"text": TEXT},
    }
    office.post("/deposits", body)
    return ref


def heard_today(office: Office) -> None:
    """Both services that name deposits record something today, about another case."""
    office.a_case()


def look(office: Office, *, ends: Mapping[int, int] | None = None) -> int:
    """Look for what is to be destroyed, with the log's end where it stands unless said otherwise."""
    told: dict[str, Any] = {"moment": office.clock.moment(), "log_ends": lambda: ends or {0: office._offset}}
    return destroy_unnamed(office.process.inbox, office.vault.keys, **told)


def lies(office: Office, *refs: str) -> set[str]:
    with office.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT ref FROM content WHERE ref = ANY(%s)", (list(refs),))
        return set(found.scalars())


def keys_of(office: Office, case: Case) -> set[str]:
    with office.vault.keys.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT person_id FROM data_key WHERE case_id = %s", (case.case_id,)
        )
        return set(found.scalars())


def test_what_no_event_names_in_seven_days_is_destroyed_with_its_key_and_what_is_named_stays(
    office: Office,
) -> None:
    case, somebody = office.a_case(), new_id()
    forgotten, alone = a_deposit(office, case), a_deposit(office, case, about_id=somebody)
    named = a_deposit(office, case)
    office.hear("contracts", case.case_id, a_deviation(case, named))
    forward(office, days=8)
    heard_today(office)
    assert look(office) == 2
    assert lies(office, forgotten, alone, named, case.name_ref) == {case.name_ref, named}
    assert keys_of(office, case) == {case.youth_id}
    assert office.opening(case, named, actor=LEAD)["items"][0]["outcome"] == "PERMIT"


def test_it_is_kept_for_seven_whole_days(office: Office) -> None:
    case = office.a_case()
    ref = a_deposit(office, case)
    forward(office, days=6, hours=23)
    heard_today(office)
    assert look(office) == 0
    assert lies(office, ref) == {ref}


def a_note(office: Office) -> str:
    """The note of a consultation, which no event has a field for."""
    consultation = new_id()
    answer = office.post("/consultation-notes", {"consultation_id": consultation, "text": TEXT})
    assert answer["ref"] == consultation
    return consultation


def test_the_note_of_a_consultation_is_kept_though_no_event_names_it(office: Office) -> None:
    note = a_note(office)
    forward(office, days=40)
    heard_today(office)
    assert look(office) == 0
    assert lies(office, note) == {note}
    own = office.post("/consultation-notes/open", {"consultation_ids": [note]})
    assert own == [{"consultation_id": note, "text": TEXT}]


def test_a_twin_that_lets_it_lapse_loses_the_note(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    lay = Vault.lay

    def forgetful(vault: Vault, rows: Rows, deposit: Deposit, *, at: datetime, lapses: bool = True) -> None:
        lay(vault, rows, deposit, at=at, lapses=True)

    monkeypatch.setattr(Vault, "lay", forgetful)
    note = a_note(office)
    forward(office, days=8)
    heard_today(office)
    assert look(office) == 1
    assert lies(office, note) == set()


def test_laid_down_again_it_has_seven_days_again(office: Office) -> None:
    case = office.a_case()
    ref = a_deposit(office, case)
    forward(office, days=5)
    a_deposit(office, case, ref=ref)
    forward(office, days=5)
    heard_today(office)
    assert look(office) == 0
    assert lies(office, ref) == {ref}


def test_somebody_who_opens_it_does_not_name_it(office: Office) -> None:
    case = office.a_case()
    ref = a_deposit(office, case)
    assert office.opening(case, ref, actor=LEAD)["items"][0]["outcome"] == "PERMIT"
    forward(office, days=8)
    heard_today(office)
    assert look(office) == 1


def test_a_case_that_was_never_registered_can_be_begun_again_under_the_same_id(office: Office) -> None:
    case = Case()
    ref = a_deposit(office, case)
    forward(office, days=8)
    heard_today(office)
    assert look(office) == 1
    assert keys_of(office, case) == set()
    a_deposit(office, case, ref=ref)
    assert lies(office, ref) == {ref}


def named_but_unread(office: Office) -> tuple[str, dict[int, int]]:
    """A deposit that an event on another partition has named, which has not been read; gives the log's ends."""
    case = office.a_case()
    ref = a_deposit(office, case)
    office.record("contracts", case.case_id, a_deviation(case, ref))
    office._offset -= 1
    forward(office, days=8)
    heard_today(office)
    return ref, {0: office._offset, 1: 1}


def test_nothing_is_destroyed_before_the_log_has_been_read_to_its_end(office: Office) -> None:
    ref, ends = named_but_unread(office)
    assert look(office, ends=ends) == 0
    assert lies(office, ref) == {ref}


def test_without_that_check_something_named_would_be_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, ends = named_but_unread(office)
    monkeypatch.setattr(Inbox, "has_read", lambda _inbox, _ends: True)
    assert look(office, ends=ends) == 1
    assert lies(office, ref) == set()


def named_but_unsent(office: Office) -> str:
    """A deposit that `contracts` has named in its outbox, whose relay stands still; the others go on."""
    case = office.a_case()
    ref = a_deposit(office, case)
    forward(office, days=8)
    newcomer = POLICE._replace(person_id=new_id())
    office.hear("network", case.case_id, joined(newcomer, office.today))
    return ref


def test_nothing_is_destroyed_before_every_service_that_names_deposits_has_been_heard_again(
    office: Office,
) -> None:
    ref = named_but_unsent(office)
    assert look(office) == 0
    assert lies(office, ref) == {ref}


def test_without_waiting_for_them_something_named_would_be_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = named_but_unsent(office)
    monkeypatch.setattr(unnamed, "_all_heard_on", lambda _connection: office.clock.moment().decided_at)
    assert look(office) == 1
    assert lies(office, ref) == set()


def test_an_event_of_a_type_that_this_version_does_not_know_names_deposits_too(office: Office) -> None:
    case = office.a_case()
    ref = a_deposit(office, case)
    record = office.record("contracts", case.case_id, a_deviation(case, ref))
    assert record.value is not None
    newer = record._replace(value=record.value.replace(b"deviation.reported", b"deviation.something"))
    office.process.inbox.take([newer])
    forward(office, days=8)
    heard_today(office)
    assert look(office) == 0
    assert lies(office, ref) == {ref}


def test_every_reference_in_every_event_is_found_by_its_name() -> None:
    data = {
        "ref": "a",
        "goal_refs": ["b"],
        "condition_refs": {"why": "c"},
        "clauses": [{"text_ref": "d", "kind": "no"}],
        "person_id": "no",
        "referral_id": "no",
    }
    assert sorted(refs_in(data)) == ["a", "b", "c", "d"]
    assert modules
    odd = {
        f"{cls.type}.{field}"
        for cls in REGISTRY.values()
        for field in cls.__struct_fields__
        if "ref" in field.split("_") or "refs" in field.split("_")
        if not is_reference(field)
    }
    assert odd == set(), "a field of references must end with ref or refs, or what it names is destroyed"


def a_deviation(case: Case, ref: str) -> DeviationReported:
    return DeviationReported(
        deviation_id=new_id(),
        contract_id=case.contract_id,
        kind=DeviationKind.SCHOOL_ABSENCE,
        severity=1,
        happened_on=date(2026, 11, 2),
        reporter_id=LEAD.person_id,
        reporter_agency=Agency.KOMMUNE_SLT,
        text_ref=ref,
    )
