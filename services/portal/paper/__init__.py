"""Pages for paper: tagged PDF (PDF/UA-1) from templates, made in memory. What is personal never touches a disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from starlette.responses import Response

FOLDER = Path(__file__).parent


def printed(template: str, said: Mapping[str, Any], *, language: str, at: datetime) -> bytes:
    """The template with what it shall say, as a PDF that a screen reader can read. What is said is text, never markup."""
    told = json.dumps({**said, "lang": language}, ensure_ascii=False, default=str)
    pdf = typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        format="pdf",
        sys_inputs={"said": told},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def on_paper(pdf: bytes, name: str) -> Response:
    """The answer that shows a PDF for printing; its name says what it is, never about whom."""
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
