"""The youths of the demonstration and their guardians: invented names, and identity numbers of nobody."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import NamedTuple

from backbone.clock import derived_id
from backbone.identity_number import SYNTHETIC, with_control_digits

FIRST = ("Modig", "Stille", "Rask", "Lur", "Blid", "Kvikk", "Snill", "Tøff", "Varm", "Lett", "Klok", "Sprek")
LAST = (
    *("Bringebær", "Lavvo", "Nordlys", "Fjellrev", "Multe", "Røyskatt", "Havørn", "Lundefugl", "Tyttebær"),
    *("Rype", "Steinbit", "Lomvi", "Ærfugl", "Oter", "Alke", "Reinlav", "Skjerv", "Malstrøm"),
)
ELDERS = ("Rolig", "Trygg", "Munter", "Bestemt", "Sindig", "Raus")


class Relative(NamedTuple):
    """A guardian."""

    person_id: str
    name: str


class Youth(NamedTuple):
    """The one a case is about."""

    person_id: str
    name: str
    birth_on: date
    national_id: str
    guardians: tuple[Relative, ...]


def a_youth(number: int, *, birth_on: date, chance: Random) -> Youth:
    """Youth `number` with one or two guardians; the name is an adjective and a thing, so that it is nobody's."""
    last = LAST[number % len(LAST)]
    first = FIRST[(number * 5 + number // len(LAST)) % len(FIRST)]
    elders = chance.sample(ELDERS, chance.choice((1, 2, 2)))
    guardians = tuple(
        Relative(derived_id("demo guardian", number, n), f"{e} {last}") for n, e in enumerate(elders)
    )
    person_id = derived_id("demo youth", number)
    return Youth(person_id, f"{first} {last}", birth_on, synthetic_number(birth_on, chance), guardians)


def synthetic_number(birth_on: date, chance: Random) -> str:
    """An identity number of Skatteetaten's synthetic kind (month + 80) for this birth date."""
    day = f"{birth_on.day:02}{birth_on.month + SYNTHETIC:02}{birth_on:%y}"
    while True:
        number = with_control_digits(f"{day}{chance.randrange(1000):03}")
        if number is not None:
            return number
