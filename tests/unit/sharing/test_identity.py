"""What an identity must be before it is sealed."""

import pytest

from backbone.refusal import Refused
from schemas.codes import Agency, Category
from services.sharing.vault import Deposit, Kind, check_identity

SYNTHETIC = "05851200071"
REAL = "05054560100"
"""Of the real series, and nobody's: in 1945 these serial numbers were not given out."""


def an_identity(**content: str) -> Deposit:
    return Deposit(
        ref="ref",
        case_id="case",
        about_id="youth",
        category=Category.IDENTITY_CONTACT,
        from_agency=Agency.KOMMUNE_SLT,
        kind=Kind.IDENTITY,
        author_id="author",
        content={"name": "Kim Eksempel", **content},
    )


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"birth_on": "2012-05-05"},
        {"national_id": SYNTHETIC},
        {"national_id": f" {SYNTHETIC[:6]} {SYNTHETIC[6:]}"},
    ],
)
def test_what_an_identity_can_be(content: dict[str, str]) -> None:
    check_identity(an_identity(**content), synthetic_only=True)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"name": ""}, "content.name"),
        ({"birth_on": "5.5.2012"}, "content.birth_on"),
        ({"national_id": SYNTHETIC[:-1] + "5"}, "content.national_id"),
        ({"national_id": SYNTHETIC[:-1]}, "content.national_id"),
        ({"national_id": "et nummer"}, "content.national_id"),
    ],
)
def test_what_it_cannot_be(content: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_identity(an_identity(**content), synthetic_only=False)
    assert refused.value.field == field


def test_a_real_persons_number_is_refused_where_only_invented_people_belong() -> None:
    check_identity(an_identity(national_id=REAL), synthetic_only=False)
    with pytest.raises(Refused, match="NO_IDENTITY_NUMBER"):
        check_identity(an_identity(national_id=REAL), synthetic_only=True)
