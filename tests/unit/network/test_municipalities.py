"""Nordland's municipalities and the functions looked for in each."""

from schemas.municipalities import AGENCY_OF, NORDLAND, SALTEN
from schemas.register_codes import LocalFunction


def test_nordland_has_41_municipalities_with_numbers_of_the_county_and_names_of_their_own() -> None:
    assert len(NORDLAND) == 41
    assert all(number.startswith("18") and len(number) == 4 for number in NORDLAND)
    assert len(set(NORDLAND.values())) == 41
    assert list(NORDLAND) == sorted(NORDLAND)


def test_salten_is_part_of_nordland() -> None:
    assert len(SALTEN) == 12
    assert set(NORDLAND) >= SALTEN


def test_every_function_says_which_agency_its_people_stand_under_if_any() -> None:
    assert set(AGENCY_OF) == set(LocalFunction)
