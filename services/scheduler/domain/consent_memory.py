"""What a case remembers of its consents for the sake of its deadlines."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from schemas.codes import SignerRole, WithdrawalConsequence
from schemas.consent import (
    ConsentRequested,
    ConsentSignerExcused,
    ConsentSuperseded,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.consent_loss import ConsentSignerContacted
from schemas.event import Event
from services.scheduler.domain.case import CaseDeadlines, ConsentDates


def remember_consent(case: CaseDeadlines, event: Event) -> CaseDeadlines:
    """The case with what the event tells of a consent."""
    match event:
        case ConsentRequested():
            asked = ConsentDates(
                kind=event.kind,
                valid_to=event.valid_to,
                youth_ids=_asked(event, SignerRole.YOUTH),
                guardian_ids=_asked(event, SignerRole.GUARDIAN),
            )
            return replace(case, consents={**case.consents, event.consent_id: asked})
        case ConsentWithdrawn(consequence=consequence) if not _goes_on(event):
            return _with(case, event.consent_id, consequence=consequence)
        case ConsentSuperseded():
            return _with(case, event.consent_id, renewed=True)
        case EffectiveConsentChanged():
            return _with(case, event.consent_id, reached=())
        case ConsentSignerExcused(consent_id=consent_id, person_id=person_id) if consent_id in case.consents:
            guardians = case.consents[consent_id].guardian_ids
            return _with(case, consent_id, guardian_ids=tuple(g for g in guardians if g != person_id))
        case ConsentSignerContacted(consent_id=consent_id, reached=True) if consent_id in case.consents:
            reached = (*case.consents[consent_id].reached, event.person_id)
            return _with(case, consent_id, reached=tuple(dict.fromkeys(reached)))
    return case


def _goes_on(event: ConsentWithdrawn) -> bool:
    """Taken back for some receivers only: what that means is not what the consent's end would mean later."""
    return event.only_to is not None and event.consequence is WithdrawalConsequence.SHARING_NARROWED


def _asked(event: ConsentRequested, role: SignerRole) -> tuple[str, ...]:
    return tuple(signer.person_id for signer in event.signers if signer.role is role)


def _with(case: CaseDeadlines, consent_id: str, **changes: Any) -> CaseDeadlines:
    known = case.consents.get(consent_id)
    if known is None:
        return case
    return replace(case, consents={**case.consents, consent_id: replace(known, **changes)})
