"""The forms in which an auditor's answers leave the system."""

from __future__ import annotations

import csv
import io
import json

import pytest

from backbone.spreadsheet import as_csv, as_json
from services.cli.__main__ import main

ROW = {
    "at": "2026-09-02T10:00:00Z",
    "case_id": "a",
    "person_id": "p",
    "agency": "PPT",
    "category": "FAMILY",
    "from_agency": None,
    "outcome": "DENY",
    "basis": None,
    "reason": "NO_BASIS",
    "partition": 3,
    "offset": 7,
}


def test_a_line_of_csv_holds_the_row_and_nothing_for_what_is_missing() -> None:
    (line,) = csv.DictReader(io.StringIO(as_csv([ROW])))
    assert (line["case_id"], line["from_agency"], line["offset"]) == ("a", "", "7")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(formula: str) -> None:
    (line,) = csv.DictReader(io.StringIO(as_csv([{**ROW, "person_id": formula}]), newline=""))
    assert line["person_id"] == f"'{formula}"


def test_no_rows_are_an_empty_answer_in_every_form() -> None:
    assert (as_csv([]), json.loads(as_json([]))) == ("\r\n", [])


@pytest.mark.parametrize("purpose", [[], ["--purpose", "CURIOUS"]])
def test_a_question_is_not_asked_before_its_purpose_is_stated(
    purpose: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["ask", "OPENINGS", "--auditor", "auditor-1", *purpose])
    assert ended.value.code == 2
    assert "--purpose" in capsys.readouterr().err
