"""Norwegian identity numbers (fødselsnummer and D-nummer): whether eleven digits are one. Pure.

Sex and century are not read from the digits: numbers given out from 2032 no longer carry them. For the same
reason the three digits after the date may be anything.
"""

from __future__ import annotations

import re
from enum import StrEnum

WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
UNTIL_2032 = (0,)
"""The remainders that the first control digit may leave today: d1…d9 weighted, plus k1, is divisible by 11.
"""
FROM_2032 = (0, 1, 2, 3)
"""The remainders that it may leave in numbers given out from 2032. The second control digit's rule stays as
it is.
"""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
D_NUMBER = 40
SYNTHETIC = 80


class NumberKind(StrEnum):
    """Whose number it can be: a person's, or nobody's (Skatteetaten's synthetic population, month + 80)."""

    REAL = "REAL"
    SYNTHETIC = "SYNTHETIC"


def accept(number: str, *, synthetic_only: bool, remainders: tuple[int, ...] = UNTIL_2032) -> bool:
    """True for a real or a synthetic (month + 80) number; for a synthetic one alone when `synthetic_only`."""
    kind = kind_of(number, remainders=remainders)
    return kind is NumberKind.SYNTHETIC or (kind is NumberKind.REAL and not synthetic_only)


def kind_of(number: str, *, remainders: tuple[int, ...] = UNTIL_2032) -> NumberKind | None:
    """What kind of identity number this is, or None when it is none. Other test series (month + 40, + 65) are
    none.
    """
    if len(number) != 11 or not number.isascii() or not number.isdigit():
        return None
    digits = [int(digit) for digit in number]
    if _remainder(digits, WEIGHTS_1) not in remainders or _remainder(digits, WEIGHTS_2) != 0:
        return None
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    kind = NumberKind.SYNTHETIC if month > SYNTHETIC else NumberKind.REAL
    month -= SYNTHETIC if kind is NumberKind.SYNTHETIC else 0
    return kind if _is_date(day - D_NUMBER if day > D_NUMBER else day, month, year) else None


SPACED = re.compile(r"(?<!\d)\d(?:[ .\-\u00a0]?\d){10}(?![ .\-\u00a0]?\d)")
WRITTEN = re.compile(r"(?<!\d)\d{6}[ .\-\u00a0]?\d{5}(?!\d)")
"""As identity numbers are written, whatever digits (a telephone number, say) stand beside it."""


def names_somebody(text: str) -> bool:
    """True when eleven digits stand together in a text, however they are spaced: one digit typed wrongly still points to somebody,
    so control digits do not matter here. Fields that are judged together are to be told apart by a line's end: digits of the next must
    not make the number longer.
    """
    return SPACED.search(text) is not None or WRITTEN.search(text) is not None


def with_control_digits(nine: str) -> str | None:
    """The number that begins with these nine digits under today's rule, or None when no control digits fit
    (one in six).
    """
    digits = [int(digit) for digit in nine]
    for weights in (WEIGHTS_1, WEIGHTS_2):
        digit = -_remainder(digits, weights) % 11
        if digit == 10:
            return None
        digits.append(digit)
    return "".join(map(str, digits))


def _remainder(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _is_date(day: int, month: int, year: int) -> bool:
    """A date in some century: 29 February in every year whose two digits four divides (1900 had none, 2000
    had one).
    """
    if not 1 <= month <= 12 or not 1 <= day <= DAYS[month - 1]:
        return False
    return (day, month) != (29, 2) or year % 4 == 0
