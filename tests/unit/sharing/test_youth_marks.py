"""How names are compared in the youth index, and what a number in a note is."""

import pytest

from backbone.identity_number import names_somebody
from services.sharing.youth_index import normalised


@pytest.mark.parametrize("name", ["Kim Demosen", "  kim   DEMOSEN ", "Demosen, Kim", "Demosen Kim."])
def test_a_name_is_the_same_whatever_its_case_order_and_punctuation(name: str) -> None:
    assert normalised(name) == "demosen kim"


def test_siblings_are_not_the_same() -> None:
    assert normalised("Kim Demosen") != normalised("Bo Demosen")


@pytest.mark.parametrize(
    "text", ["31881090050", "nr. 318810 90050 sier mor", "31.88.10-90050", "ett siffer feil: 31881090051"]
)
def test_eleven_digits_name_somebody_even_with_one_digit_typed_wrongly(text: str) -> None:
    assert names_somebody(text)


@pytest.mark.parametrize(
    "text", ["ring 75 00 00 00", "2026-11-22", "kl. 13.00 den 1.12", "konto 1234 5678 9012 3456"]
)
def test_telephones_and_dates_do_not(text: str) -> None:
    assert not names_somebody(text)
