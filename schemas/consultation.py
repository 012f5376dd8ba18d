"""Anonymous consultations (konsultasjonsteam): a stream of their own each, with no case, no youth and no name."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, Reason
from schemas.event import Event, event
from schemas.register_codes import Advice, ConsultationAge


@event("consultation.logged")
class ConsultationLogged(Event, frozen=True, kw_only=True):
    """Agencies talked about a concern without a name, and gave advice. About nobody: the subject of its stream is the consultation itself."""

    consultation_id: str
    municipality_no: str
    held_on: date
    themes: tuple[Reason, ...]
    age: ConsultationAge
    agencies: tuple[Agency, ...]
    advice: tuple[Advice, ...]
    text_ref: str | None = None
