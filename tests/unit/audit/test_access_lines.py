"""Access to content as lines of the Common Event Format, read back as a log collector reads them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from services.audit.domain.access_lines import access_lines
from services.audit.domain.openings import TO_ARCHIVE, Asked
from tests.unit.audit.test_openings import WEDNESDAY, an_asked

FIELD = re.compile(r"(\w+)=((?:\\.|[^\\=])*?)(?=\s\w+=|$)")


def collected(line: str) -> tuple[list[str], dict[str, str]]:
    """The head and the fields of a line, unescaped, by the rules of the format and not by our own."""
    assert "\n" not in line
    *head, extension = re.split(r"(?<!\\)\|", line, maxsplit=7)
    fields = {name: re.sub(r"\\(.)", r"\1", value) for name, value in FIELD.findall(extension)}
    return head, fields


def lines_of(*asked: Asked) -> list[tuple[list[str], dict[str, str]]]:
    return [collected(line) for line in access_lines(asked)]


def about(person: str | None, **fields: Any) -> Asked:
    return an_asked(about_id=person, opening_id="o", **fields)


def test_an_opening_is_a_line_for_each_person_it_is_about() -> None:
    youth, guardian = lines_of(
        about("youth", ref="1"),
        about("youth", ref="2", outcome="DENY", basis=None, reason="NO_BASIS", category="DRUG_TEST"),
        about("guardian", ref="3", outcome="DENY", basis=None, reason="NO_BASIS"),
    )
    head, fields = youth
    assert head == [
        *("CEF:0", "Felles ansvar", "felles-audit", "1", "audit:access"),
        *("Felles ansvar: access to content", "INFO"),
    ]
    assert {name: fields[name] for name in ("suid", "duid", "end", "flexString1Label", "flexString1")} == {
        "suid": "p",
        "duid": "youth",
        "end": str(int(WEDNESDAY.timestamp()) * 1000),
        "flexString1Label": "Decision",
        "flexString1": "Permit",
    }
    assert (fields["requestMethod"], fields["request"], fields["sproc"], fields["dproc"]) == (
        *("POST", "/cases/a/open"),
        *("o", "FOLLOW_UP"),
    )
    assert fields["msg"] == "1 of 2 opened: FAMILY"
    assert fields["cs2"] == "CONSENT"
    assert (guardian[1]["duid"], guardian[1]["flexString1"], guardian[1]["cs2"]) == (
        *("guardian", "Deny"),
        "NO_BASIS",
    )


@pytest.mark.parametrize(
    ("outcome", "protection", "severity"),
    [("PERMIT", "CODE_6", "WARN"), ("PERMIT", None, "INFO"), ("DENY", "CODE_6", "INFO")],
)
def test_only_what_was_opened_about_an_address_protected_person_warns(
    outcome: str, protection: str | None, severity: str
) -> None:
    ((head, _fields),) = lines_of(about("youth", outcome=outcome, protection=protection))
    assert head[-1] == severity


def test_a_name_in_a_list_is_no_access_and_two_openings_are_two_lines() -> None:
    assert lines_of(about("youth", purpose="CASE_LIST")) == []
    assert len(lines_of(about("youth", offset=1), about("youth", offset=2))) == 2


def test_an_opening_refused_whole_is_about_nobody_that_is_known() -> None:
    ((_head, fields),) = lines_of(
        about(None, category=None, outcome="DENY", basis=None, reason="NOT_MEMBER", ref="")
    )
    assert "duid" not in fields
    assert (fields["flexString1"], fields["cs2"], fields["msg"]) == ("Deny", "NOT_MEMBER", "0 of 1 opened")


def test_nothing_that_is_told_ends_a_field_or_a_line() -> None:
    bad = "a=b\\c\nd|e suid=somebody"
    (line,) = access_lines([about(bad, person_id="p\r\n")])
    assert line.count("\n") == 0
    _head, fields = collected(line)
    assert fields["suid"] != "somebody"
    assert r"duid=a\=b\\c\nd|e suid\=somebody" in line


def test_a_package_for_the_archive_is_a_line_that_says_how_many_documents_were_handed_out() -> None:
    ((head, fields),) = lines_of(
        about(
            "youth", purpose=TO_ARCHIVE, category=None, basis="ARCHIVE_DUTY", pieces=12, protection="CODE_6"
        )
    )
    assert head[-1] == "WARN"
    assert fields["request"] == "/cases/a/archive-packages"
    assert fields["msg"] == "12 documents handed out to the archive"
    assert (fields["duid"], fields["dproc"], fields["cs2"], fields["flexString1"]) == (
        *("youth", "TO_ARCHIVE"),
        *("ARCHIVE_DUTY", "Permit"),
    )
