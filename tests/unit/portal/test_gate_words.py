"""What the gate answered, in words about somebody else: every code has them, in both languages."""

from __future__ import annotations

import pytest

from services.portal.gate_words import ANSWERS, RESTS_ON, WHY_NOT, answer_words
from services.portal.texts import Texts, nynorsk
from services.portal.words import BASIS, WHY
from services.sharing.domain.gate import Basis, Why
from services.sharing.redeciding import Ungrounded


def test_every_code_of_the_gate_has_a_word_and_nobody_who_reads_it_is_called_you() -> None:
    assert set(Why) <= set(WHY_NOT)
    assert set(Basis) <= set(RESTS_ON)
    assert set(Ungrounded) <= set(ANSWERS)
    assert set(WHY) - {"CONTENT_GONE"} == set(WHY_NOT)
    assert set(BASIS) == set(RESTS_ON)
    every = [*WHY_NOT.values(), *RESTS_ON.values(), *ANSWERS.values()]
    assert not {"du", "deg", "din"} & {word.strip(".,:").lower() for text in every for word in text.split()}
    assert [text for text in every if text not in nynorsk()] == []


@pytest.mark.parametrize(
    ("told", "nb", "nn"),
    [
        ("PERMIT CONSENT (0196f3a0)", "Vist: samtykke", "Vist: samtykke"),
        (
            "DENY NO_BASIS",
            "Ikke vist: ingen har sagt ja til å dele det",
            "Ikkje vist: ingen har sagt ja til å dele det",
        ),
        ("MAY_ASK as None", "Fikk spørre i saken", "Fekk spørje i saka"),
        (
            "NOT_MEMBER as NAV",
            "Ikke vist: ikke med i nettverksgruppen",
            "Ikkje vist: ikkje med i nettverksgruppa",
        ),
        ("STOPPED", "Ikke vist: tilgangen til saken var stengt", "Ikkje vist: tilgangen til saka var stengd"),
        ("SAME", "Det samme", "Det same"),
        ("PERMIT DANGER", "Vist: ", "Vist: "),
    ],
)
def test_an_answer_in_codes_is_read_in_words(told: str, nb: str, nn: str) -> None:
    assert answer_words(Texts("nb"), told).startswith(nb)
    assert answer_words(Texts("nn"), told).startswith(nn)
    assert not any(code in answer_words(Texts("nb"), told) for code in ("CONSENT", "BASIS", "DANGER", "NAV"))
