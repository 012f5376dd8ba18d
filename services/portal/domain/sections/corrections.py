"""What somebody in a case has said is wrong, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from schemas.correction_request import (
    CorrectionCarriedOut,
    CorrectionRefusal,
    CorrectionRefused,
    CorrectionRequested,
)
from schemas.event import Fact
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's word that a registration is wrong."""

    request_id: str
    registration_id: str
    asked_by: str
    asked_on: date
    text_ref: str | None = None
    answered_on: date | None = None
    refusal: CorrectionRefusal | None = None
    answer_ref: str | None = None
    version: int = 1

    @property
    def waits(self) -> bool:
        """True until it is answered."""
        return self.answered_on is None


class RequestsForCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """Every such word in the case, in the order in which they came."""

    requests: tuple[Wrong, ...] = ()

    @property
    def waiting(self) -> tuple[Wrong, ...]:
        """Those that nobody has answered."""
        return tuple(one for one in self.requests if one.waits)

    def about(self, registration_id: str) -> tuple[Wrong, ...]:
        """Those about one registration."""
        return tuple(one for one in self.requests if one.registration_id == registration_id)

    def answered(self, request_id: str, **answer: Any) -> RequestsForCorrection:
        """The same with one of them answered."""
        return replace(
            self,
            requests=tuple(
                replace(one, version=one.version + 1, **answer) if one.request_id == request_id else one
                for one in self.requests
            ),
        )


def requested(state: RequestsForCorrection, event: CorrectionRequested, _: Fact) -> RequestsForCorrection:
    """Somebody said that something is wrong."""
    wrong = Wrong(
        request_id=event.request_id,
        registration_id=event.registration_id,
        asked_by=event.asked_by,
        asked_on=event.asked_on,
        text_ref=event.text_ref,
    )
    return replace(state, requests=(*state.requests, wrong))


def carried_out(state: RequestsForCorrection, event: CorrectionCarriedOut, _: Fact) -> RequestsForCorrection:
    """It was put right."""
    return state.answered(event.request_id, answered_on=event.carried_out_on)


def refused(state: RequestsForCorrection, event: CorrectionRefused, _: Fact) -> RequestsForCorrection:
    """It stays as it was."""
    return state.answered(
        event.request_id,
        answered_on=event.refused_on,
        refusal=event.reason,
        answer_ref=event.text_ref,
    )


CHANGES: dict[Any, Any] = {
    CorrectionRequested: requested,
    CorrectionCarriedOut: carried_out,
    CorrectionRefused: refused,
}
SECTION = Section(RequestsForCorrection, CHANGES)
