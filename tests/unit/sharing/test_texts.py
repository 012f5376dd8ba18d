"""What a consent says can be read by a twelve-year-old, in both written languages."""

from __future__ import annotations

import re
from string import Formatter

import msgspec
import pytest

from schemas.codes import ConsentKind
from services.sharing.texts import PLACES, ConsentText, consent_texts, versions

EASY = 30.0
"""LIX, the Scandinavian readability index: below 30 is very easy, as books for children are."""


def readability(text: str) -> float:
    """LIX: words per sentence, and the share of words of more than six letters."""
    words = re.findall(r"\w+", text)
    sentences = len(re.findall(r"[.!?:](?:\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def sentences_of(text: ConsentText) -> list[str]:
    told = msgspec.to_builtins(text)
    return [*told.pop("kinds").values(), *told.values()]


@pytest.mark.parametrize("version", versions())
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_twelve_year_old_can_read_it(version: str, language: str) -> None:
    text: ConsentText = getattr(consent_texts(version), language)
    assert readability(" ".join(sentences_of(text))) < EASY


@pytest.mark.parametrize("version", versions())
def test_both_languages_say_the_same_things_in_the_same_places(version: str) -> None:
    texts = consent_texts(version)
    assert set(texts.nb.kinds) == set(texts.nn.kinds) == set(ConsentKind)
    for bokmal, nynorsk in zip(sentences_of(texts.nb), sentences_of(texts.nn), strict=True):
        places = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (bokmal, nynorsk)]
        assert places[0] == places[1]
        assert places[0] <= PLACES


def test_every_place_is_filled_somewhere() -> None:
    text = " ".join(sentences_of(consent_texts("2026-1").nb))
    assert {name for _, name, _, _ in Formatter().parse(text) if name} == PLACES


def test_a_hard_text_would_be_found_out() -> None:
    hard = "Samtykkeerklæringen omhandler taushetsbelagte personopplysninger vedrørende vedkommende ungdom."
    assert readability(hard) > EASY
