"""Every code, every event and every text has words, in both languages."""

from __future__ import annotations

import inspect
import re
from enum import StrEnum

import msgspec
import pytest

from schemas import catalogue, codes, guardian_codes, register_codes, sanction_codes
from schemas.event import NEWEST, Event, decode
from schemas.example import example_of
from services.notifications.domain.case import NoticeKind
from services.portal import sentences, words
from services.portal.domain.case_view import DeviationState, Standing, Status
from services.portal.texts import LANGUAGES, Texts, nynorsk
from services.scheduler.catalogue import CATALOGUES
from services.sharing.domain.gate import Basis, Why
from tests.unit.portal.extracted import PORTAL, said_in, texts

ENUMERATIONS = [
    found
    for module in (codes, guardian_codes, register_codes, sanction_codes)
    for _, found in inspect.getmembers(module, inspect.isclass)
    if issubclass(found, StrEnum) and found is not StrEnum
]
PLACE = re.compile(r"%\((\w+)\)s")
EVENTS = sorted(NEWEST.values(), key=lambda event: event.type)


@pytest.mark.parametrize("codes_of_one", [*ENUMERATIONS, Status, Standing, DeviationState])
def test_every_code_has_a_word(codes_of_one: type[StrEnum]) -> None:
    assert set(words.WORDS[codes_of_one]) == set(codes_of_one)


def test_every_declared_event_has_a_sentence() -> None:
    assert catalogue.__all__
    own = {event for event in EVENTS if event.sentence is not None}
    assert set(sentences.PLAIN) | own == set(EVENTS)
    assert not set(sentences.PLAIN) & own, "one place for the words of an event"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_every_event_can_be_told_with_its_details(event: type[Event], language: str) -> None:
    fact = decode(example_of(event))
    said = sentences.said(Texts(language), {"type": event.type, "data": decoded(fact.envelope.data)})
    assert "%(" not in said
    assert bool(said) == (event in sentences.DETAILS)


def decoded(data: bytes) -> object:
    return msgspec.json.decode(data)


def test_every_deadline_of_the_catalogue_has_a_name_and_a_reason() -> None:
    kinds = {rule.kind for catalogue_of_one in CATALOGUES for rule in catalogue_of_one.rules}
    assert kinds <= set(words.DEADLINES)


def test_every_reason_and_basis_of_the_gate_is_explained() -> None:
    assert {why.value for why in Why} <= set(words.WHY)
    assert {basis.value for basis in Basis} <= set(words.BASIS)


def test_every_kind_of_notice_has_words() -> None:
    assert {kind.value for kind in NoticeKind} <= set(words.NOTICES)


def test_every_text_is_translated_to_nynorsk_and_nothing_else_is() -> None:
    assert texts() == set(nynorsk())


def test_every_text_that_the_code_says_is_found_by_the_extraction() -> None:
    said = {text for file in PORTAL.rglob("*.py") for text in said_in(file.read_text("utf-8"))}
    assert said - texts() == set()


def test_a_text_inside_an_f_string_is_seen_to_be_said() -> None:
    assert list(said_in("f\"{t('fra %(giver)s', giver=1)}\" + page.t('ja')")) == ["ja", "fra %(giver)s"]


def test_a_translation_keeps_the_places_of_its_text() -> None:
    changed = [
        text for text, other in nynorsk().items() if set(PLACE.findall(text)) != set(PLACE.findall(other))
    ]
    assert changed == []


def test_no_bokmaal_word_is_left_in_nynorsk() -> None:
    bokmaal = re.compile(
        r"\b(ikke|noen|hvem|hvordan|hvorfor|jeg|uten|bare|blitt|opplysninger|tjenesten?|foresatte?)\b", re.I
    )
    own = [event.sentence.nn for event in EVENTS if event.sentence is not None]
    assert [other for other in (*nynorsk().values(), *own) if bokmaal.search(other)] == []
