"""A drug test or an offence is never a title to the whole group."""

import pytest

from schemas.codes import Agency, DeviationKind
from services.portal.domain.kinds_told import Reader

SCHOOL = Agency.SKOLE_GRUNN
COACH = Reader(leads=False, agency="FRIVILLIG_ORG")


@pytest.mark.parametrize(
    "kind", [DeviationKind.TEST_POSITIVE, DeviationKind.TEST_REFUSED, DeviationKind.THREAT]
)
def test_who_is_told_what_a_grave_deviation_was(kind: DeviationKind) -> None:
    assert not COACH.is_told(kind, by=SCHOOL, text_ref="r")
    assert not COACH.is_told(kind, by=SCHOOL, text_ref=None)
    assert COACH._replace(opened=("r",)).is_told(kind, by=SCHOOL, text_ref="r"), "the gate has let it through"
    assert COACH._replace(leads=True).is_told(kind, by=SCHOOL, text_ref=None)
    assert COACH._replace(agency="SKOLE_GRUNN").is_told(kind, by=SCHOOL, text_ref=None)


def test_what_was_agreed_with_everybody_is_told_to_everybody() -> None:
    assert COACH.is_told(DeviationKind.LATE, by=SCHOOL, text_ref=None)


def test_the_history_says_no_more_than_the_page() -> None:
    def words(_t: object, type_name: str, said: object) -> str:
        return f"{type_name}: {said}"

    grave = {"kind": "TEST_POSITIVE", "reporter_agency": "SKOLE_GRUNN", "text_ref": "r"}
    late = {**grave, "kind": "LATE"}
    told = COACH.without_kinds(words)
    assert told(None, "deviation.reported", grave) == ""
    assert "LATE" in told(None, "deviation.reported", late)
    assert told(None, "meeting.held", {}) == "meeting.held: {}"


@pytest.mark.parametrize(("was", "now"), [("LATE", "TEST_POSITIVE"), ("TEST_POSITIVE", "LATE")])
def test_a_correction_says_no_more_than_what_it_corrects(was: str, now: str) -> None:
    def words(_t: object, type_name: str, said: object) -> str:
        return f"{type_name}: {said}"

    def said(field: str) -> dict[str, object]:
        changes = [{"field": field, "was": was, "now": now}]
        return {"corrected_type": "deviation.reported", "changes": changes}

    told = COACH.without_kinds(words)
    assert told(None, "registration.corrected", said("kind")) == ""
    assert now in told(None, "registration.corrected", said("severity"))
    assert now in COACH._replace(leads=True).without_kinds(words)(
        None, "registration.corrected", said("kind")
    )
