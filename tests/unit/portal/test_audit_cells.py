"""The cells of an answer to an auditor's question: words where there are words, and what stands where there are none."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.audit_cells import cell_of
from services.portal.texts import Texts

CORRECTED: dict[str, Any] = {
    "how": "CORRECTED",
    "type": "deviation.reported",
    "field": "severity",
    "before": 2,
    "after": 3,
    "reason": "WRITTEN_WRONGLY",
}
STRUCK: dict[str, Any] = {
    "how": "VOIDED",
    "type": "deviation.reported",
    "field": None,
    "before": {"kind": "SCHOOL_ABSENCE", "severity": 2, "happened_on": "2026-09-01", "text_ref": "r-1"},
    "after": None,
    "reason": "WRONG_CASE",
}


def test_a_correction_is_read_as_what_it_said_and_what_is_right() -> None:
    t = Texts("nb")
    assert cell_of(t, "field", CORRECTED) == "Alvor"
    assert cell_of(t, "before", CORRECTED).startswith("2 ")
    assert cell_of(t, "after", CORRECTED).startswith("3 ")
    assert "WRITTEN" not in cell_of(t, "reason", CORRECTED)


def test_what_was_struck_is_told_field_by_field_without_codes() -> None:
    said = cell_of(Texts("nn"), "before", STRUCK)
    assert "SCHOOL_ABSENCE" not in said
    assert "1. september 2026" in said.replace("\u00a0", " ")
    assert "Tekst: r-1" in said
    assert cell_of(Texts("nb"), "after", STRUCK) == "–"


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("reason", {"reason": "CONSENT_WITHDRAWN"}, "Samtykket er trukket tilbake"),
        ("basis", {"basis": "OWN_CONTENT"}, "De la den inn selv"),
        ("why", {"why": "AT_NIGHT ON_A_HOLIDAY"}, "Om natten, På en helligdag"),
        ("reason", {"reason": "HANDLED_BY_HAND"}, None),
        ("service", {"service": "network"}, "Nettverk og møter"),
        ("before", {"before": "IN_THE_VAULT", "type": None, "field": None}, "Lå i det lukkede arkivet"),
        ("before", {"before": "NO_SUCH_CODE", "type": "deviation.reported", "field": "kind"}, "NO_SUCH_CODE"),
        ("ref", {"ref": "r-1"}, "r-1"),
        ("agency", {"agency": "NOBODY"}, "NOBODY"),
    ],
)
def test_a_code_is_a_word_about_somebody_else(name: str, row: dict[str, Any], said: str | None) -> None:
    told = cell_of(Texts("nb"), name, row)
    assert told == said if said is not None else told != row[name]
