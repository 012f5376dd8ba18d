"""Recorded decisions made again for an auditor: the audit service gives the log as it stands and records who asked and what for."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from backbone.calls import Calls
from backbone.fields import MunicipalityNo
from backbone.log import LogRecord
from backbone.refusal import Refused, Sentence
from backbone.web import Answer, Desk, TheAsk
from schemas.codes import AgeBand, AuditPurpose, Category, Role
from schemas.event import Envelope
from schemas.information import OpeningDecided
from services.sharing import redeciding
from services.sharing.domain.policy import POLICY
from services.sharing.redeciding import Redeciding, WhatIf
from services.sharing.rules import POLICIES

routes = APIRouter(tags=["decisions"])
MOST_LINES = 5_000
"""Lines in one answer, those that differ first; the counts are of all."""
NO_SUCH_POLICY = Sentence(
    "Dette regelverket finnes ikke. Velg et fra listen.",
    "Dette regelverket finst ikkje. Vel eit frå lista.",
    "There is no such policy. Choose one from the list.",
)


class Changed(BaseModel):
    """What an auditor wonders about: an earlier policy, or the one in force with something else in it."""

    policy: Annotated[str | None, Field(pattern=r"^[0-9]{4}\.[0-9]{1,2}$")] = None
    group_sees_days_after_end: Annotated[int | None, Field(ge=0, le=365)] = None
    group_categories: list[Category] = []
    group_sees_nothing: bool = False
    alone: list[AgeBand] = []
    health_alone_municipalities: list[MunicipalityNo] = []

    def what_if(self) -> WhatIf | None:
        """The policy that this describes; None when nothing is changed. Raises Refused for a policy that never was."""
        if self.policy is not None and self.policy not in POLICIES:
            raise Refused("NO_SUCH_POLICY", NO_SUCH_POLICY, field="policy")
        told = self._told()
        if not told and self.policy is None:
            return None
        base = POLICIES[self.policy] if self.policy is not None else POLICY
        return redeciding.what_if(told, base=base)

    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if self.group_sees_days_after_end is not None:
            told["group_sees_days_after_end"] = self.group_sees_days_after_end
        if self.group_categories or self.group_sees_nothing:
            told["group_categories"] = [] if self.group_sees_nothing else self.group_categories
        alone = {"youth": True, "guardians": False, "source": "what if"}
        signing: dict[str, Any] = {"bands": dict.fromkeys(self.alone, alone)} if self.alone else {}
        if self.health_alone_municipalities:
            signing["health_alone_municipalities"] = self.health_alone_municipalities
        return {**told, **({"signing": signing} if signing else {})}


class Asked(Changed):
    """Which decisions, what for, and what is wondered about; `after` goes on with the cases that follow."""

    model_config = ConfigDict(extra="forbid")
    purpose: AuditPurpose
    case_id: Annotated[str | None, Field(max_length=80)] = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    after: Annotated[str | None, Field(max_length=80)] = None

    def narrowed(self) -> dict[str, str]:
        """What the audit service is asked with."""
        told = {
            "case_id": self.case_id,
            "after": self.after,
            "since": _iso(self.since),
            "until": _iso(self.until),
        }
        return {name: value for name, value in told.items() if value}

    def chooses(self, envelope: Envelope, _event: OpeningDecided | None) -> bool:
        """True for a decision that was recorded within the time."""
        after_start = self.since is None or envelope.time >= self.since
        return after_start and (self.until is None or envelope.time < self.until)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


@lru_cache(maxsize=8)
def calls_of(desk: Desk) -> Calls:
    """The calls of this process, connections kept open."""
    return Calls(desk.settings, desk.clock)


LogAsked = Callable[..., Any]
"""What the audit service answers about decisions, narrowed by keywords; it records who asked. Raises Refused and Unavailable."""


def log_at_the_audit_service(ask: TheAsk) -> LogAsked:
    """Ask on behalf of the auditor who asks us, before any transaction of ours."""

    def answer(**narrowed: str) -> Any:
        return calls_of(ask.desk).get("audit", "/decision-records", actor=ask.actor, **narrowed)

    return answer


TheLog = Annotated[LogAsked, Depends(log_at_the_audit_service)]


@routes.get("/redecisions")
def redecisions(ask: TheAsk, log: TheLog, asked: Annotated[Asked, Query()]) -> Answer:
    """Every recorded decision of a case, or of a time a step of cases at a time, made again from what it rested on.

    Counts of all of them, and a line for each reference: what was recorded, what it is made again, what the changed policy would say.
    """
    ask.require(Role.AUDITOR)
    changed = asked.what_if()
    given = log(purpose=asked.purpose.value, **asked.narrowed())
    answers = Redeciding(asked.chooses, changed).see(map(_record, given.pop("records")))
    answers.sort(key=lambda one: (one.same, not one.what_if))
    found = list(redeciding.lines(answers))
    return {
        **{name: given[name] for name in ("cases", "before", "of", "next")},
        "decisions": len(answers),
        "same": sum(one.same for one in answers),
        "otherwise": sum(bool(one.others) for one in answers),
        "not_made": sum(one.not_made is not None for one in answers),
        "what_if": None if changed is None else sum(bool(one.what_if) for one in answers),
        "policy": None if changed is None else msgspec.to_builtins(changed.policy),
        "more": len(found) > MOST_LINES,
        "rows": found[:MOST_LINES],
    }


def _record(row: list[Any]) -> LogRecord:
    partition, offset, key, value = row
    return LogRecord(partition, offset, *(None if one is None else b64decode(one) for one in (key, value)))
