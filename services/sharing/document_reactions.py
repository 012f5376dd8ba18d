"""What sharing does when others correct, strike and close: readers are told, and private notes end with the case."""

from __future__ import annotations

from backbone.work import Reaction, Work
from schemas.case import CaseClosed
from schemas.correction import RegistrationCorrected, RegistrationVoided
from schemas.document import PrivateNotesPurged
from schemas.event import Event, Fact
from services.sharing.document_folds import wrong_refs
from services.sharing.documents import private_notes, tell_readers
from services.sharing.tables import ContentRow


def on_corrected(work: Work, fact: Fact) -> None:
    """Whoever had opened a text that was corrected or struck is told."""
    refs, envelope = wrong_refs(fact.event), fact.envelope
    if refs:
        work.lock_case(envelope.case_id)
        tell_readers(work, envelope.case_id, refs, because_of=envelope.id, by=envelope.actor)


def on_closed(work: Work, fact: Fact) -> None:
    """The case is closed: everybody's private notes in it are destroyed. Their keys follow within a minute (`note_keys`)."""
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    refs = tuple(note.ref for note in private_notes(work, case_id))
    for ref in refs:
        work.remove(ContentRow, ref)
    if refs:
        purged = PrivateNotesPurged(refs=refs, purged_on=work.moment.today)
        work.publish(case_id, purged, caused_by=fact.envelope.id)


DOCUMENT_REACTIONS: dict[type[Event], Reaction] = {
    RegistrationCorrected: on_corrected,
    RegistrationVoided: on_corrected,
    CaseClosed: on_closed,
}
