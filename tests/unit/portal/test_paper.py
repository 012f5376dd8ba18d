"""Paper: what is said is text and never markup, and every letter of the region is there."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pypdf

from services.portal.paper import printed

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAID: dict[str, Any] = {
    "title": "Dette er delt om deg",
    "lead": "Čáhppes guolli, dåhkke, ájtte, ŋ đ ŧ ž š – blåbærsyltetøy.",
    "foot": "Laget i dag",
    "parts": [
        {
            "title": "En tabell",
            "intro": "#panic(1) *ikke fet* $x$ @her <div>",
            "columns": ["Hvem", "Hva"],
            "rows": [['#image("/etc/passwd")', "b"]],
            "nothing": "",
        },
        {"title": "Ingenting", "intro": None, "columns": ["a"], "rows": [], "nothing": "Ingen."},
    ],
}


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_what_is_said_is_printed_as_it_stands() -> None:
    text = text_of(printed("report.typ", SAID, language="nn", at=AT))
    for kept in ("Čáhppes", "dåhkke", "ŋ đ ŧ ž š", "#panic(1) *ikke fet* $x$ @her <div>", "#image", "Ingen."):
        assert kept in text


def test_the_tags_name_headings_and_the_cells_of_tables() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(printed("report.typ", SAID, language="nb", at=AT)))
    kinds: set[str] = set()

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                kinds.add(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])  # type: ignore[index]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/P"} <= kinds


def test_the_same_said_at_the_same_time_is_the_same_paper() -> None:
    once, again = (printed("report.typ", SAID, language="nb", at=AT) for _ in range(2))
    assert once == again
