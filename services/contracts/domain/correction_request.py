"""Somebody says that a registration is wrong: who may say so, what answers them, and what becomes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from backbone.refusal import Conflict, Refused, Sentence, Stale
from schemas.correction import RegistrationCorrected, RegistrationRedacted, RegistrationVoided
from schemas.correction_request import (
    CorrectionCarriedOut,
    CorrectionRefusal,
    CorrectionRefused,
    CorrectionRequested,
)
from schemas.event import Event

SAYS = {
    "ASKED_BY_STRANGER": Sentence(
        "Velg ungdommen, en foresatt eller noen i gruppen. Andre kan si fra til den som leder saken.",
        "Vel ungdommen, ein føresett eller nokon i gruppa. Andre kan seie frå til den som leier saka.",
        "Choose the youth, a guardian or somebody in the group. Others can tell the one who leads the case.",
    ),
    "ASKED_IN_FUTURE": Sentence(
        "Dagen kan ikke ligge fram i tid.",
        "Dagen kan ikkje liggje fram i tid.",
        "The day cannot lie ahead.",
    ),
    "ASKED_ALREADY": Sentence(
        "Det samme er meldt fra om av den samme, og er ikke besvart ennå.",
        "Det same er meldt frå om av den same, og er ikkje svart på enno.",
        "The same person has said the same, and has not been answered yet.",
    ),
    "ANSWERED_ALREADY": Sentence(
        "Ønsket om retting er besvart.",
        "Ønsket om retting er svart på.",
        "The request has been answered.",
    ),
}


class CorrectionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request as its events tell it; `version` counts them."""

    case_id: str
    request_id: str
    registration_id: str
    asked_by: str
    asked_on: date
    vault_ids: tuple[str, ...] = ()
    answered: bool = False
    version: int = 1

    @classmethod
    def asked(cls, case_id: str, event: CorrectionRequested) -> CorrectionRequest:
        """The request that was made."""
        return cls(
            case_id=case_id,
            request_id=event.request_id,
            registration_id=event.registration_id,
            asked_by=event.asked_by,
            asked_on=event.asked_on,
            vault_ids=event.vault_ids,
        )

    def refuse(
        self, reason: CorrectionRefusal, *, text_ref: str | None, today: date, seen_version: int | None
    ) -> list[Event]:
        """The registration stays as it is. Raises Conflict and Stale."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)
        if self.answered:
            raise Conflict("ANSWERED_ALREADY", SAYS["ANSWERED_ALREADY"])
        return [
            CorrectionRefused(request_id=self.request_id, reason=reason, refused_on=today, text_ref=text_ref)
        ]

    def met_by(self, done: Event) -> bool:
        """True when this is what was asked for: its registration corrected or struck, or a text of it closed."""
        match done:
            case RegistrationCorrected(corrected_id=which):
                return not self.answered and which == self.registration_id
            case RegistrationVoided(voided_id=which, with_ids=others):
                return not self.answered and self.registration_id in (which, *others)
            case RegistrationRedacted(ref=ref):
                return not self.answered and ref in self.vault_ids
        return False

    def after(self, _: Event) -> CorrectionRequest:
        """The request after an answer."""
        return replace(self, answered=True, version=self.version + 1)


def ask(
    asked: CorrectionRequested, *, may_ask: Collection[str], others: Iterable[CorrectionRequest], today: date
) -> list[Event]:
    """Somebody says that a registration is wrong. Raises Refused and Conflict."""
    if asked.asked_by not in may_ask:
        raise Refused("ASKED_BY_STRANGER", SAYS["ASKED_BY_STRANGER"], field="asked_by")
    if asked.asked_on > today:
        raise Refused("ASKED_IN_FUTURE", SAYS["ASKED_IN_FUTURE"], field="asked_on")
    same = (asked.registration_id, asked.asked_by)
    if any((one.registration_id, one.asked_by) == same and not one.answered for one in others):
        raise Conflict("ASKED_ALREADY", SAYS["ASKED_ALREADY"], field="asked_by")
    return [asked]


def carried_out(
    requests: Iterable[CorrectionRequest], done: Event, *, done_by: str, today: date
) -> list[Event]:
    """The requests that a correction, a strike or a redaction answers; `done_by` is its id."""
    return [
        CorrectionCarriedOut(request_id=one.request_id, done_by=done_by, carried_out_on=today)
        for one in requests
        if one.met_by(done)
    ]
