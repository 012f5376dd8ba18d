"""The erasure ledger, and what a crash in the middle of a line does to it: nothing."""

from datetime import UTC, datetime
from pathlib import Path

from backbone.settings import Settings
from services.sharing.ledger import Erased, Ledger

AT = datetime(2026, 11, 2, 12, tzinfo=UTC)


def a_ledger(folder: Path) -> Ledger:
    return Ledger(Settings(key_encryption_key_file=folder / "key"))


def test_every_erasure_is_read_back_in_order(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    for case in ("a", "b"):
        ledger.write(Erased(case_id=case, erased_at=AT))
    assert [erased.case_id for erased in ledger] == ["a", "b"]


def test_a_line_that_a_crash_cut_short_spoils_no_other(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    for case in ("a", "b"):
        ledger.write(Erased(case_id=case, erased_at=AT))
    ledger.path.write_bytes(ledger.path.read_bytes()[:-7])
    assert [erased.case_id for erased in ledger] == ["a"]
    for case in ("b", "c"):
        ledger.write(Erased(case_id=case, erased_at=AT))
    assert [erased.case_id for erased in ledger] == ["a", "b", "c"]
