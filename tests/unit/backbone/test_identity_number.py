"""Which eleven digits are a Norwegian identity number."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backbone.identity_number import (
    FROM_2032,
    NumberKind,
    accept,
    kind_of,
    names_somebody,
    with_control_digits,
)

KNOWN_SYNTHETIC = ("31881090050", "01811190019")
WRITTEN = {
    f"{born.day + day:02}{born.month + month:02}{born.year % 100:02}"
    for born in (date(1950, 1, 1) + timedelta(days=n) for n in range(36525))
    for day in (0, 40)
    for month in (0, 80)
}
"""Every way in which a day of a hundred years is written in a number."""


@st.composite
def numbers(draw: st.DrawFn, month: int = 0, day: int = 0) -> str:
    """A number with right control digits; `month` and `day` are what its series adds."""
    born = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
    number = with_control_digits(
        f"{born.day + day:02}{born.month + month:02}{born:%y}{draw(st.integers(0, 999)):03}"
    )
    assume(number is not None)
    return str(number)


def is_one(number: str) -> bool:
    """The rule written another way: the published formulas for k1 and k2, and a list of all days."""
    d = [ord(character) - 48 for character in number]
    k1 = (
        11
        - (3 * d[0] + 7 * d[1] + 6 * d[2] + d[3] + 8 * d[4] + 9 * d[5] + 4 * d[6] + 5 * d[7] + 2 * d[8]) % 11
    )
    k1 = 0 if k1 == 11 else k1
    k2 = (
        11
        - (
            5 * d[0]
            + 4 * d[1]
            + 3 * d[2]
            + 2 * d[3]
            + 7 * d[4]
            + 6 * d[5]
            + 5 * d[6]
            + 4 * d[7]
            + 3 * d[8]
            + 2 * k1
        )
        % 11
    )
    k2 = 0 if k2 == 11 else k2
    return 10 not in (k1, k2) and d[9:] == [k1, k2] and number[:6] in WRITTEN


@pytest.mark.parametrize("number", KNOWN_SYNTHETIC)
def test_a_number_of_the_synthetic_population_is_accepted_and_known_as_one(number: str) -> None:
    assert kind_of(number) is NumberKind.SYNTHETIC
    assert accept(number, synthetic_only=True)
    assert accept(number, synthetic_only=False)


@given(st.one_of(numbers(), numbers(day=40)))
def test_a_real_number_or_d_number_is_refused_only_where_synthetic_ones_alone_are_taken(number: str) -> None:
    assert kind_of(number) is NumberKind.REAL
    assert accept(number, synthetic_only=False)
    assert not accept(number, synthetic_only=True)


@given(st.one_of(numbers(month=80), numbers(month=80, day=40)))
def test_a_synthetic_number_is_accepted_whatever_its_three_middle_digits(number: str) -> None:
    assert accept(number, synthetic_only=True)


@given(st.one_of(numbers(month=40), numbers(month=65)))
def test_other_test_series_are_refused(number: str) -> None:
    assert kind_of(number) is None


@given(st.one_of(numbers(), numbers(month=80), st.from_regex(r"[0-9]{11}", fullmatch=True)))
def test_it_agrees_with_the_rule_written_another_way(number: str) -> None:
    assert (kind_of(number) is not None) == is_one(number)


@given(st.data())
def test_one_wrong_digit_is_always_seen(data: st.DataObject) -> None:
    number = data.draw(st.one_of(numbers(), numbers(month=80)))
    place, digit = data.draw(st.integers(0, 10)), data.draw(st.sampled_from("0123456789"))
    assume(number[place] != digit)
    wrong = number[:place] + digit + number[place + 1 :]
    assert kind_of(wrong) is None
    assert kind_of(wrong, remainders=FROM_2032) is None


@given(st.data())
def test_two_swapped_neighbours_are_always_seen(data: st.DataObject) -> None:
    number = data.draw(st.one_of(numbers(), numbers(month=80)))
    place = data.draw(st.integers(0, 9))
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert kind_of(swapped) is None
    assert kind_of(swapped, remainders=FROM_2032) is None


@given(numbers(month=80), st.integers(1, 3))
def test_the_rule_of_2032_lets_the_first_control_digit_leave_a_remainder_and_todays_does_not(
    number: str, more: int
) -> None:
    first = int(number[9]) + more
    assume(first <= 9)
    rest = (
        sum(
            int(digit) * weight
            for digit, weight in zip(number[:9] + str(first), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
        )
        % 11
    )
    assume(rest != 1)
    newer = number[:9] + str(first) + str(-rest % 11)
    assert kind_of(newer) is None
    assert kind_of(newer, remainders=FROM_2032) is NumberKind.SYNTHETIC


@pytest.mark.parametrize(
    "number",
    [
        "",
        "3188109005",
        "318810900500",
        "3188109005O",
        "31881 90050",
        "٣١٨٨١٠٩٠٠٥٠",
        "-1881090050",
        "00000000000",
    ],
)
def test_what_is_not_eleven_plain_digits_of_a_day_is_refused(number: str) -> None:
    assert not accept(number, synthetic_only=False)


def test_the_29th_of_february_is_a_day_in_leap_years_of_some_century_only() -> None:
    found = {
        year: any(kind_of(with_control_digits(f"2982{year:02}{n:03}") or "") for n in range(50))
        for year in range(100)
    }
    assert {year for year, is_day in found.items() if is_day} == set(range(0, 100, 4))


@pytest.mark.parametrize(
    "text",
    [
        "31881090050",
        "om 318810 90050.",
        "318810-90051",
        "31 88 10 900 50",
        "318810 90050 75 00 00 00",
        "318810 90050\n75 00 00 00",
    ],
)
def test_a_number_that_can_name_somebody_is_seen_beside_other_digits_too(text: str) -> None:
    assert names_somebody(text)


@pytest.mark.parametrize("text", ["", "75 00 00 00", "08-16, hele uka", "75 00 00 00\n900 00 000"])
def test_a_telephone_number_names_nobody(text: str) -> None:
    assert not names_somebody(text)
