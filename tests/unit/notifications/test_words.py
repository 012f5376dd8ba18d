"""What a mail may say, and to whom."""

from __future__ import annotations

import pytest

from services.notifications.domain.words import Unfit, fit_address, letter


def test_the_mail_says_the_receivers_name_and_nothing_else() -> None:
    assert letter(name="Kari Ås", language="nb") == (
        "Du har en melding",
        "Hei Kari Ås. Du har en melding. Logg inn for å lese den.\n",
    )
    assert letter(name="Kari Ås", language="nn") == (
        "Du har ei melding",
        "Hei Kari Ås. Du har ei melding. Logg inn for å lese meldinga.\n",
    )


def test_a_language_without_a_text_gets_bokmal() -> None:
    assert letter(name="Kari", language="se").subject == "Du har en melding"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "Kari\r\nBcc: x@y.no",
        "Kari\x00",
        "Kari\u2028",
        "Kari\u202eirak",
        "=?utf-8?q?Kari?=",
        "=?utf-8?b?\nS2FyaQ==?=",
        "K" * 201,
    ],
)
def test_a_name_that_could_become_more_than_a_name_is_refused_and_not_quoted(name: str) -> None:
    with pytest.raises(Unfit) as refusal:
        letter(name=name, language="nb")
    assert "Kari" not in str(refusal.value)


@pytest.mark.parametrize("name", ["Kari", "Ášllat Sárá", "O'Neill-Ås", "李 四", "Name {name}"])
def test_names_of_all_sorts_are_kept_as_they_are(name: str) -> None:
    assert name in letter(name=name, language="nb").text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kari",
        "kari@",
        "kari@kommune",
        "a@b.no\r\nBcc: c@d.no",
        "a b@c.no",
        "<a@b.no>",
        "a@b..no",
        "å@b.no",
    ],
)
def test_an_address_that_is_no_plain_one_is_refused(address: str) -> None:
    with pytest.raises(Unfit):
        fit_address(address)


def test_a_plain_address_is_kept() -> None:
    assert fit_address("kari.as+melding@bodo.kommune.no") == "kari.as+melding@bodo.kommune.no"
