"""A consultation without a name: codes only, so that there is nothing in it to know anybody by."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import Agency, Reason
from schemas.consultation import ConsultationLogged
from schemas.register_codes import Advice, ConsultationAge
from services.contracts.domain.register_refusals import refused


class Consultation(msgspec.Struct, frozen=True, kw_only=True):
    """What was talked about, and by whom it was logged."""

    consultation_id: str
    logged_by: str
    municipality_no: str
    held_on: date
    themes: tuple[Reason, ...]
    age: ConsultationAge
    agencies: tuple[Agency, ...]
    advice: tuple[Advice, ...]
    text_ref: str | None = None
    """The note, which lies in the vault under the consultation's own id, with no case and nobody."""


def log(asked: Consultation, *, today: date) -> ConsultationLogged:
    """The consultation as an event. Raises Refused."""
    if asked.held_on > today:
        raise refused("CONSULTATION_IN_FUTURE", field="held_on")
    if not asked.themes:
        raise refused("CONSULTATION_THEME_MISSING", field="themes")
    if not asked.agencies:
        raise refused("CONSULTATION_AGENCY_MISSING", field="agencies")
    if not asked.advice:
        raise refused("CONSULTATION_ADVICE_MISSING", field="advice")
    if asked.text_ref not in (None, asked.consultation_id):
        raise refused("CONSULTATION_TEXT_OF_ANOTHER", field="text_ref")
    told = msgspec.structs.asdict(asked)
    del told["logged_by"]
    return ConsultationLogged(**told)
