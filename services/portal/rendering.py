"""Templates into pages: one environment a language, everything escaped, an unknown name an error and not a blank."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.portal import sentences, words
from services.portal.domain.case_view import DeviationState, Standing, Status
from services.portal.texts import LANGUAGES, Texts

TEMPLATES = Path(__file__).parent / "templates"
COLOURS = {
    Status.OPENED: "neutral",
    Status.AWAITING_SIGNATURES: "warning",
    Status.AWAITING_START: "info",
    Status.RUNNING: "success",
    Status.ENDED: "neutral",
    Status.CLOSED: "neutral",
    DeviationState.REPORTED: "warning",
    DeviationState.ASSESSED: "info",
    DeviationState.RESOLVED: "success",
    DeviationState.DISMISSED: "neutral",
    Standing.OPEN: "info",
    Standing.PASSED: "danger",
    Standing.MET: "success",
    Standing.CANCELLED: "neutral",
}
SHAPES = {"warning": "△", "info": "○", "success": "●", "neutral": "□", "danger": "▲"}
"""A shape beside the word, so that no status rests on colour alone."""


@cache
def environment(language: str) -> Environment:
    """The templates of one language."""
    t = Texts(language)
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(t.gettext, t.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(
        word=lambda code: t(words.word(code)),
        day=t.day,
        short_day=t.short_day,
        moment=t.moment,
        short_moment=t.short_moment,
        listed=lambda codes: sentences.listed(t, codes),
        municipality=words.municipality,
        deadline=lambda kind: t(words.deadline_name(kind)),
        deadline_reason=lambda kind: t(words.deadline_reason(kind)),
        severity=lambda level: t(words.SEVERITY.get(level, str(level))),
        why=lambda reason: t(words.WHY.get(reason, words.WHY['NO_BASIS'])),
        basis=lambda basis: t(words.BASIS[basis]) if basis in words.BASIS else (basis or '–'),
        consent_words=lambda consent: sentences.consent_words(t, consent),
        event_sentence=lambda type_name: sentences.plain(t, type_name),
        colour=lambda code: COLOURS[code],
        shape=lambda code: SHAPES[COLOURS[code]],
        service_name=lambda name: t(words.SERVICES[name]) if name in words.SERVICES else name,
        short=lambda identifier: str(identifier)[-8:],
    )
    env.globals.update(t=t, languages=LANGUAGES)
    return env


def rendered(template: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page."""
    content = environment(language).get_template(template).render(language=language, **values)
    return HTMLResponse(content, status_code=status)
