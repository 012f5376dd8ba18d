"""What this service asks others before it opens a case or hands one over: under which references the vault knows the same
youth, and what somebody may do. All is asked before our transaction, so that no lock waits for
an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple

from fastapi import Depends
from pydantic import Field

from backbone.calls import CalledRefused
from backbone.fields import Id
from backbone.web import Body, TheAsk
from backbone.work import service_actor
from schemas.codes import Agency, Role
from services.contracts.ages import calls_of
from services.contracts.domain.likeness import Alike, Likeness

SameYouths = Callable[[str, str], Alike]
"""The other references of the youth of a case, certain and likely: (case_id, youth_id). Raises Unavailable."""


class Listed(NamedTuple):
    """What the directory says of a person; nothing of somebody who does not stand there."""

    roles: frozenset[Role] = frozenset()
    agency: Agency | None = None
    municipality_nos: frozenset[str] = frozenset()


Directory = Callable[[str], Listed]
"""What the directory says of a person. Raises Unavailable."""


def same_youths_in_the_vault(ask: TheAsk) -> SameYouths:
    """Ask the vault's index, as this service: the answer is never passed on."""

    def answer(case_id: str, youth_id: str) -> Alike:
        body = {"case_id": case_id, "youth_id": youth_id}
        found = calls_of(ask.desk).post(
            "sharing", "/youths/same", actor=service_actor("contracts"), body=body
        )
        return Alike(tuple(found["youth_ids"]), tuple(found["likely_ids"]))

    return answer


def listed_in_the_directory(ask: TheAsk) -> Directory:
    """Ask the directory what somebody may do, and where."""

    def answer(person_id: str) -> Listed:
        path = f"/directory/people/{person_id}"
        try:
            listed = calls_of(ask.desk).get("network", path, actor=service_actor("contracts"))
        except CalledRefused:
            return Listed()
        return Listed(
            frozenset(map(Role, listed["roles"])),
            Agency(listed["agency"]),
            frozenset(listed["municipality_nos"]),
        )

    return answer


class SameYouthAnswered(Body):
    """A registration that may open a case: what the person answered when asked whether its youth is the one of other cases."""

    same_youth: bool | None = None
    compared_with: list[Id] = Field(default=[], max_length=20)
    """The cases that the person was asked about, as `POST /youths/known` told them."""

    def likeness(self, alike: Alike) -> Likeness:
        """What the vault tells, and what was answered."""
        return Likeness(alike, self.same_youth, tuple(self.compared_with))


TheSameYouths = Annotated[SameYouths, Depends(same_youths_in_the_vault)]
TheDirectory = Annotated[Directory, Depends(listed_in_the_directory)]
