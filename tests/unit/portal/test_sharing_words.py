"""Everything about sharing that has a code has words: the rules' conditions, the gate's reasons, what a consent is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.codes import LegalBasis
from services.portal import sharing_words as words
from services.portal.call_first import numbers
from services.sharing.domain.bases import Who
from services.sharing.domain.consent import Standing
from services.sharing.domain.gate import Basis, Why
from services.sharing.rules import legal_bases


def test_every_condition_of_every_basis_has_a_question() -> None:
    rules = legal_bases().bases
    named = {name for rule in rules for name in (*rule.texts, *rule.persons, *rule.codes)}
    assert named == set(words.CONDITIONS)


def test_every_choice_of_every_condition_has_a_word() -> None:
    demanded = {name: set(choices) for rule in legal_bases().bases for name, choices in rule.codes.items()}
    assert demanded == {name: set(choices) for name, choices in words.CHOICES.items()}


def test_every_basis_is_explained_and_every_law_has_a_name() -> None:
    assert set(words.BASIS_PLAIN) == {basis.value for basis in LegalBasis}
    assert set(words.LAWS) == set(legal_bases().laws)
    assert set(words.WHO_DECIDES) == {who.value for who in Who}


def test_every_answer_of_the_gate_can_be_told_to_the_youth() -> None:
    assert set(words.NOT_SEEN_BECAUSE) == {why.value for why in Why}
    assert set(words.SEEN_BECAUSE) == {basis.value for basis in Basis}


def test_every_standing_of_a_consent_is_explained() -> None:
    assert set(words.STANDINGS) == {standing.value for standing in Standing}


def test_the_numbers_to_call_begin_with_the_police_and_name_their_source() -> None:
    ours = numbers(None)
    assert [one.dialled for one in ours[:3]] == ["112", "113", "116111"]
    assert all(one.source and one.checked for one in ours)


def test_an_installation_has_numbers_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    row = 'number = "75 55 00 00"\nnb = "Barnevernvakta i Salten"\nnn = "Barnevernsvakta"\nsource = "x"\nchecked = "y"'
    file.write_text(f"[[numbers]]\n{row}\n", encoding="utf-8")
    (one,) = numbers(file)
    assert (one.dialled, one.who("nn")) == ("75550000", "Barnevernsvakta")
    broken = tmp_path / "broken.toml"
    broken.write_text('[[numbers]]\nnumber = "112"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="nb"):
        numbers(broken)
