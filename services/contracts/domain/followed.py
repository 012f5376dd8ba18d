"""What deviations and evaluations need to know of what is followed up: a contract or a youth plan, the same for both."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from schemas.codes import EvaluationKind


class Followed(Protocol):
    """A contract or a youth plan."""

    @property
    def case_id(self) -> str:
        """Its case."""

    @property
    def followed_id(self) -> str:
        """The contract's or the plan's id."""

    @property
    def started_on(self) -> date | None:
        """When it began to run."""

    @property
    def runs_until(self) -> date:
        """The end date; only of something that has started."""

    @property
    def live(self) -> bool:
        """True until it has ended in one way or another."""

    @property
    def goal_refs(self) -> tuple[str, ...]:
        """Its goals."""

    def may_be_evaluated(self, kind: EvaluationKind) -> bool:
        """True while this evaluation is still to be held."""
