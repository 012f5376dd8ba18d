"""What sharing adds to correcting: who leads a case, and what a right text must be."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from backbone.corrections import Corrections
from backbone.refusal import NotFound, Refused
from backbone.work import Work
from schemas.codes import SigningMethod
from schemas.consent import ConsentGiven
from schemas.disclosure import DutyActedOn
from schemas.event import Event
from schemas.information import InformationRecorded
from services.sharing.bands import band_on
from services.sharing.commands import check_part_of_case
from services.sharing.domain import document_sentences as says
from services.sharing.domain import sentences
from services.sharing.repository import CASE_FILES
from services.sharing.rim import TheVault
from services.sharing.vault import Vault, sealed


def leads(vault: Vault, work: Work, case_id: str) -> bool:
    """Whether the actor leads the case. Raises NotFound for somebody outside it, NotAllowed for somebody to whom the gate is closed."""
    case, person = CASE_FILES.find(work, case_id), work.actor.person_id
    if case is None or (person != case.lead_id and person not in case.members):
        raise NotFound("NO_SUCH_CASE", sentences.NO_SUCH_CASE)
    return check_part_of_case(work, vault, case_id).lead


def fit(vault: Vault, work: Work, case_id: str, before: Event, right: Event) -> Event:
    """A corrected text is a new deposit by the same agency, about the same person, under the category that is right; a yes of another day
    was given at the age of that day, and an oral yes is not made a written one: it is confirmed in writing. Of what somebody
    did on their own duty the youth has been told, or it is said when that is looked at again. Raises Refused.
    """
    if isinstance(right, DutyActedOn) and (right.youth_told_on, right.tell_review_on) == (None, None):
        raise Refused("YOUTH_TOLD_OR_DEFERRED", sentences.YOUTH_TOLD_OR_DEFERRED, field="tell_review_on")
    if isinstance(before, ConsentGiven) and isinstance(right, ConsentGiven):
        if before.method is SigningMethod.ORAL_IN_MEETING is not right.method:
            raise Refused("ORAL_IS_CONFIRMED", sentences.ORAL_IS_CONFIRMED, field="method")
        return replace(right, age_band=band_on(work, vault, case_id, right.given_on))
    if isinstance(before, InformationRecorded) and isinstance(right, InformationRecorded):
        new = next(iter(sealed(work, [right.ref])), None)
        fits = (
            new is not None
            and right.ref != before.ref
            and (new.case_id, new.about_id, new.from_agency, new.category)
            == (case_id, right.about_id, right.from_agency, right.category)
        )
        if not fits:
            raise Refused("NEW_TEXT_MISSING", says.NEW_TEXT_MISSING, field="ref")
    return right


def corrections(vault: TheVault) -> Corrections:
    """How sharing corrects, with the vault that knows the birth date."""
    return Corrections(leads=partial(leads, vault), fit=partial(fit, vault))
