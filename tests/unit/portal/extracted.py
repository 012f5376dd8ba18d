"""Every text that the portal's code and templates ask a translation for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

PORTAL = Path(__file__).parents[3] / "services" / "portal"
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "N_": None, "t": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}


def texts() -> set[str]:
    """The texts, singular and plural forms each by themselves."""
    found: set[str] = set()
    for _file, _line, message, _comments, _context in extract_from_dir(
        PORTAL, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
    ):
        found |= {message} if isinstance(message, str) else set(message)
    return {text for text in found if text}


def said_in(source: str) -> Iterator[str]:
    """The texts that Python code says through `t`, also inside f-strings, where the extraction does not look."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Name(id="t") | ast.Attribute(attr="t"),
                args=[ast.Constant(value=str(text)), *_],
            ):
                yield text
