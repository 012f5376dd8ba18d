"""What a withdrawal means for the case: the table of withdrawals, row by row. It never undoes what was lawful
before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from schemas.codes import AgeBand, ConsentEffect, ConsentKind, Programme, SignerRole, WithdrawalConsequence
from services.sharing.domain.consent import SHARING_KINDS, Consent, Said, Standing
from services.sharing.domain.signing import SigningRules

SANCTIONS = frozenset({Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY})
"""Programmes that nobody leaves by taking back a consent."""


def consequence(
    consent: Consent,
    consents: Iterable[Consent],
    *,
    person_id: str,
    programme: Programme | None,
    on: date,
    band: AgeBand | None,
    rules: SigningRules,
    municipality_no: str | None,
) -> WithdrawalConsequence:
    """What follows when `person_id` takes back their yes to `consent`, the others being what they are."""
    if consent.effect() is ConsentEffect.NONE:
        return WithdrawalConsequence.NOTHING_RESTED_ON_IT
    if programme in SANCTIONS:
        return WithdrawalConsequence.EXTRA_SHARING_STOPS
    if consent.kind is ConsentKind.PARTICIPATION:
        return WithdrawalConsequence.PARTICIPATION_ENDS
    others = [other for other in consents if other.consent_id != consent.consent_id]
    sharing = [other for other in others if other.kind in SHARING_KINDS]
    worth = {other.standing(on, band=band, rules=rules, municipality_no=municipality_no) for other in sharing}
    if Standing.EFFECTIVE in worth:
        return WithdrawalConsequence.SHARING_NARROWED
    if everybody_has_left((consent, *sharing), leaving=person_id):
        return WithdrawalConsequence.CASE_WINDS_UP
    return WithdrawalConsequence.CONTRACT_PAUSES


def everybody_has_left(consents: Iterable[Consent], *, leaving: str) -> bool:
    """True when, with this withdrawal, everyone who ever said yes to share has taken a yes back."""
    consents = list(consents)
    said_yes = {
        person
        for consent in consents
        for person, reply in consent.replies.items()
        if reply.said is not Said.NO
    }
    took_back = {
        person
        for consent in consents
        for person, reply in consent.replies.items()
        if reply.said is Said.TAKEN_BACK
    }
    return said_yes <= took_back | {leaving}


def decides(
    role: SignerRole,
    *,
    consent: Consent,
    band: AgeBand | None,
    rules: SigningRules,
    municipality_no: str | None,
) -> bool:
    """True when people in this role decide about such a consent for a youth of that age."""
    needed = rules.requirement(band, kind=consent.kind, municipality_no=municipality_no)
    return needed.youth if role is SignerRole.YOUTH else needed.guardians
