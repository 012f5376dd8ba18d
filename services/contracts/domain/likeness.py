"""Whether a youth is the one of another case: what the vault can tell, and what whoever opens a case answers.

The same identity number is certain. The same name and birth date, where one of the two has no number, is only likely: there may be
two with one name. A person answers then, and only about cases that they may know of.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from schemas.recognition import YouthCompared
from services.contracts.domain.refusals import conflict


class Alike(NamedTuple):
    """The other references under which the vault knows a youth."""

    certain: tuple[str, ...] = ()
    """With the same identity number."""
    likely: tuple[str, ...] = ()
    """With the same name and birth date, where one of them has no number."""

    @property
    def everyone(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.certain, *self.likely)


NOBODY = Alike()


class Likeness(NamedTuple):
    """What is asked about a youth before a case is opened, and the answer."""

    alike: Alike = NOBODY
    same: bool | None = None
    """The person's answer; None when none was given."""
    answered_for: tuple[str, ...] = ()
    """The cases that the person was asked about."""

    def compared(self, case_ids: Collection[str]) -> list[YouthCompared]:
        """The answer about those of the likely youth's open cases that the person may know of, as it is recorded. Raises Conflict
        while it is missing, or was given about other cases.
        """
        if not case_ids:
            return []
        if self.same is None or not set(case_ids).issubset(self.answered_for):
            raise conflict("SAME_YOUTH_UNANSWERED", field="same_youth")
        return [YouthCompared(with_case_ids=tuple(sorted(case_ids)), same=self.same)]


UNASKED = Likeness()
