"""What the others' events say a text of a case is, where that narrows who sees it: an address, a draft, a word to the next lead."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from schemas.case import CaseLeadChanged
from schemas.correction import RegistrationCorrected
from schemas.event import Event
from schemas.meeting import MeetingCalled
from schemas.minutes import MinutesDrafted, MinutesIssued


class CaseTexts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Texts of a case by what they are; everything that stands in none of these is what its category says."""

    drafts: dict[str, tuple[str, ...]] = {}
    """The newest draft of the minutes of each meeting that has none issued yet."""
    laid_aside: tuple[str, ...] = ()
    """Earlier drafts, and those that were not issued."""
    for_lead: tuple[str, ...] = ()
    """What one lead has written to the next."""
    places: tuple[str, ...] = ()
    """Where meetings are, those that were corrected since among them."""

    def drafted(self, ref: str) -> bool:
        """True for a text that has been written for minutes and has been issued to nobody."""
        return ref in self.laid_aside or any(ref in refs for refs in self.drafts.values())

    def after(self, event: Event) -> CaseTexts:
        """The same after an event of another service."""
        match event:
            case MinutesDrafted():
                drafts = {**self.drafts, event.meeting_id: event.text_refs}
                return replace(self._without(event.meeting_id, event.text_refs), drafts=drafts)
            case MinutesIssued():
                return self._without(event.meeting_id, event.text_refs)
            case CaseLeadChanged() if event.hand_over.note_ref is not None:
                return replace(self, for_lead=(*self.for_lead, event.hand_over.note_ref))
            case MeetingCalled() if event.place_ref is not None:
                return replace(self, places=(*self.places, event.place_ref))
            case RegistrationCorrected() if event.corrected_type == MeetingCalled.type:
                wrong = [change.was for change in event.changes if change.field == "place_ref"]
                return replace(self, places=(*self.places, *(ref for ref in wrong if isinstance(ref, str))))
        return self

    def _without(self, meeting_id: str, kept: tuple[str, ...]) -> CaseTexts:
        """The same when these parts of a meeting's draft go on, and the rest is laid aside."""
        drafts = dict(self.drafts)
        aside = dict.fromkeys((*self.laid_aside, *drafts.pop(meeting_id, ())))
        return replace(self, drafts=drafts, laid_aside=tuple(ref for ref in aside if ref not in kept))
