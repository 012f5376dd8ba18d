"""What a withdrawal means for the case: the table of withdrawals, row by row. It never undoes what was lawful
before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import product
from typing import Any

from schemas.codes import (
    AgeBand,
    Agency,
    ConsentEffect,
    ConsentKind,
    Programme,
    SignerRole,
    WithdrawalConsequence,
)
from schemas.contract import Signer
from services.sharing.domain.consent import SHARING_KINDS, Consent, Flow, No, Said, Standing
from services.sharing.domain.signing import SigningRules

NOTHING = WithdrawalConsequence.NOTHING_RESTED_ON_IT
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
    deciders: Collection[Signer],
    agreed_until: date | None,
    only_to: tuple[Agency, ...] | None = None,
) -> WithdrawalConsequence:
    """What follows when `person_id` takes back their yes to `consent`, wholly or for some receivers, the others being what they are.

    The last of those who had agreed to share ends the case by leaving, though nothing has rested on the consent since the first left.
    """
    rested_on = consent.effect() is ConsentEffect.EFFECTIVE
    if programme in SANCTIONS:
        return WithdrawalConsequence.EXTRA_SHARING_STOPS if rested_on else NOTHING
    if consent.kind is ConsentKind.PARTICIPATION:
        return WithdrawalConsequence.PARTICIPATION_ENDS if rested_on else NOTHING
    others = [one for one in consents if one.consent_id != consent.consent_id and one.kind in SHARING_KINDS]
    taken_back = [consent.without_the_yes_of(person_id, only_to), *others]
    about: dict[str, Any] = {
        "band": band,
        "rules": rules,
        "municipality_no": municipality_no,
        "deciders": deciders,
        "agreed_until": agreed_until,
    }
    effective = [one for one in taken_back if one.standing(on, **about) is Standing.EFFECTIVE]
    if any(carries_something(one, taken_back) for one in effective):
        return WithdrawalConsequence.SHARING_NARROWED if rested_on else NOTHING
    if (
        only_to is None
        and consent.was_agreed_to()
        and everybody_has_left((consent, *others), leaving=person_id)
    ):
        return WithdrawalConsequence.CASE_WINDS_UP
    return WithdrawalConsequence.CONTRACT_PAUSES if rested_on else NOTHING


def carries_something(consent: Consent, consents: Iterable[Consent]) -> bool:
    """True when an effective consent still lets something through that nobody has said no to since, in any of these."""
    consents = list(consents)
    return any(not _noes_to(flow, consent, consents) for flow in _flows(consent))


def stopped_by(consent: Consent, consents: Iterable[Consent]) -> list[No]:
    """Who has said no, in another consent and since, to something that this one lets through: as far as that goes, it carries nothing."""
    consents = list(consents)
    found = [no for flow in _flows(consent) for no in _noes_to(flow, consent, consents)]
    return list({(no.consent_id, no.person_id): no for no in found}.values())


def _noes_to(flow: Flow, consent: Consent, consents: Iterable[Consent]) -> list[No]:
    return [no for other in consents for no in other.noes(**flow) if not consent.given_after(no)]


def _flows(consent: Consent) -> list[Flow]:
    """Everything that the consent lets through, one thing at a time."""
    flows: list[Flow] = [
        {
            "from_agency": giver,
            "to_agency": receiver,
            "category": category,
            "purpose": consent.purpose,
            "about_id": consent.youth_id,
        }
        for giver, receiver, category in product(
            consent.from_agencies, consent.to_agencies, consent.categories
        )
    ]
    return [flow for flow in flows if consent.covers(**flow)]


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
    signer: Signer,
    *,
    consent: Consent,
    band: AgeBand | None,
    rules: SigningRules,
    municipality_no: str | None,
    deciders: Collection[Signer],
) -> bool:
    """True when this person, in this role, decides about such a consent for a youth of that age."""
    needed = rules.requirement(band, kind=consent.kind, municipality_no=municipality_no)
    return needed.youth if signer.role is SignerRole.YOUTH else needed.guardians and signer in deciders
