"""The cases that a registration asks about: is its youth the one of theirs? They go with the form, so that the answer is about those shown."""

from __future__ import annotations

from typing import NamedTuple

from schemas.codes import Programme
from services.portal.forms import Form

COMPARED = "compared"


class Compared(NamedTuple):
    """A case that the person is asked about: what the municipality's coordinators may know of it."""

    case_id: str
    programme: str
    lead: str


def compared_in(form: Form) -> list[Compared]:
    """The cases that the form asks about; none when nothing is asked."""
    lines = [line.split(" ", 2) for line in form.value(COMPARED).split(";")]
    return [Compared(*line) for line in lines if len(line) == 3 and line[1] in Programme.__members__]


def put_in(form: Form, cases: list[Compared]) -> None:
    """Let the form ask about these cases."""
    form.put(COMPARED, ";".join(" ".join(case) for case in cases))
