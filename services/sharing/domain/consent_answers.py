"""What can be answered to a consent, and what time does to it: each a decision that gives events or refuses
with a sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from backbone.refusal import Conflict, Refused, Stale
from schemas.codes import (
    AgeBand,
    Agency,
    ConsentEffect,
    EffectReason,
    SignerExcuse,
    SignerRole,
    SigningMethod,
    WithdrawalConsequence,
)
from schemas.consent import (
    ConsentConfirmed,
    ConsentExpired,
    ConsentGiven,
    ConsentLapsed,
    ConsentRefused,
    ConsentSignerExcused,
    ConsentSuperseded,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.contract import Signer
from schemas.event import Event
from services.sharing.domain import sentences
from services.sharing.domain.consent import SHARING_KINDS, Consent, Said, Standing
from services.sharing.domain.signing import SigningRules


def give(
    consent: Consent,
    answer: ConsentGiven,
    *,
    today: date,
    rules: SigningRules,
    seen: int | None,
    earlier: Consent | None,
    decides_today: bool,
) -> list[Event]:
    """One signer says yes; the last one makes the consent take over from the `earlier` one it renews. Raises
    Refused, Stale.
    """
    if seen is not None and seen != consent.version:
        raise Stale(current=consent.version)
    _check_open(consent, answer.person_id, answer.role)
    _check_decides(decides_today)
    if answer.given_on > today:
        raise Refused("CONSENT_IN_FUTURE", sentences.CONSENT_IN_FUTURE, field="given_on")
    if today > consent.valid_to:
        raise Refused("CONSENT_EXPIRED", sentences.CONSENT_IS_EXPIRED)
    if consent.lapses(today, rules):
        raise Refused("CONSENT_LAPSED", sentences.CONSENT_LAPSED)
    _check_narrowing(consent, answer)
    return _and_renewal(consent, _with_effect(consent, answer), today, earlier)


def refuse(consent: Consent, *, person_id: str, role: SignerRole, decides_today: bool) -> list[Event]:
    """One signer says no. Raises Refused."""
    _check_open(consent, person_id, role)
    _check_decides(decides_today)
    return _with_effect(
        consent, ConsentRefused(consent_id=consent.consent_id, person_id=person_id, role=role)
    )


def withdraw(
    consent: Consent,
    *,
    person_id: str,
    role: SignerRole,
    decides_today: bool,
    consequence: WithdrawalConsequence,
    only_to: tuple[Agency, ...] | None = None,
) -> list[Event]:
    """One signer takes back their yes, wholly or for some receivers (as `taken_out` gives them); never refused for being late or stale.
    Raises Refused, Conflict.
    """
    _check_signer(consent, person_id, role)
    reply = consent.replies.get(person_id)
    if reply is None or reply.said is Said.NO:
        raise Refused("CONSENT_NOT_GIVEN", sentences.CONSENT_NOT_GIVEN, field="person_id")
    if reply.said is Said.TAKEN_BACK:
        raise Conflict("CONSENT_ALREADY_WITHDRAWN", sentences.ALREADY_WITHDRAWN)
    _check_decides(decides_today)
    withdrawn = ConsentWithdrawn(
        consent_id=consent.consent_id,
        person_id=person_id,
        role=role,
        consequence=consequence,
        only_to=only_to,
    )
    return _with_effect(consent, withdrawn)


def taken_out(
    consent: Consent, person_id: str, only_to: Collection[Agency] | None
) -> tuple[Agency, ...] | None:
    """The receivers that this person's no is for; None where it is for all that their yes still reaches. Raises Refused, Conflict."""
    reply = consent.replies.get(person_id)
    if not only_to or reply is None or reply.said is not Said.YES:
        return None
    if consent.kind not in SHARING_KINDS or not set(only_to) <= set(reply.only_to or consent.to_agencies):
        raise Refused("NOT_SHARED_WITH", sentences.NOT_SHARED_WITH, field="only_to")
    left = [agency for agency in consent.to_agencies if reply.leaves_in(agency)]
    named = tuple(agency for agency in left if agency in only_to)
    if not named:
        raise Conflict("CONSENT_ALREADY_WITHDRAWN", sentences.ALREADY_WITHDRAWN)
    return None if len(named) == len(left) else named


def confirm(
    consent: Consent,
    *,
    person_id: str,
    role: SignerRole,
    confirmed_on: date,
    today: date,
    evidence_ref: str | None,
) -> list[Event]:
    """Somebody who said yes orally confirms it in writing. Raises Refused, Conflict."""
    _check_signer(consent, person_id, role)
    reply = consent.replies.get(person_id)
    if reply is None or reply.said is not Said.YES or reply.method is not SigningMethod.ORAL_IN_MEETING:
        raise Refused("NOTHING_ORAL", sentences.NOTHING_ORAL, field="person_id")
    if reply.confirmed_on is not None:
        raise Conflict("ALREADY_CONFIRMED", sentences.ALREADY_CONFIRMED)
    if confirmed_on > today:
        raise Refused("CONSENT_IN_FUTURE", sentences.CONSENT_IN_FUTURE, field="confirmed_on")
    return [
        ConsentConfirmed(
            consent_id=consent.consent_id,
            person_id=person_id,
            role=role,
            confirmed_on=confirmed_on,
            evidence_ref=evidence_ref,
        )
    ]


def excuse(
    consent: Consent,
    *,
    person_id: str,
    why: SignerExcuse,
    grounds_ref: str,
    today: date,
    rules: SigningRules,
    earlier: Consent | None,
) -> list[Event]:
    """A leader confirms that one guardian's yes is not needed; the youth, and the last guardian, are never excused, and nobody is
    unreachable who was not sought (domain C.4). Raises Refused.
    """
    _check_open(consent, person_id, SignerRole.GUARDIAN)
    others = [
        signer
        for signer in consent.signers
        if signer.role is SignerRole.GUARDIAN and signer.person_id not in (person_id, *consent.excused)
    ]
    if not others:
        raise Refused("LAST_GUARDIAN", sentences.LAST_GUARDIAN, field="person_id")
    if why is SignerExcuse.UNREACHABLE and not _was_sought(consent, person_id, rules):
        raise Refused("NOT_SOUGHT", sentences.NOT_SOUGHT, field="why")
    excused = ConsentSignerExcused(
        consent_id=consent.consent_id, person_id=person_id, excuse=why, grounds_ref=grounds_ref
    )
    return _and_renewal(consent, _with_effect(consent, excused), today, earlier)


def _was_sought(consent: Consent, person_id: str, rules: SigningRules) -> bool:
    days = consent.sought_in_vain.get(person_id, ())
    over = timedelta(days=rules.unreachable_within_days)
    return len(days) >= rules.unreachable_attempts and max(days) - min(days) >= over


def time_passes(consent: Consent, today: date, rules: SigningRules) -> list[Event]:
    """What the calendar has made of the consent and nobody has told yet."""
    if consent.ended():
        return []
    if today > consent.valid_to:
        return _with_effect(consent, ConsentExpired(consent_id=consent.consent_id))
    if consent.lapses(today, rules):
        return _with_effect(consent, ConsentLapsed(consent_id=consent.consent_id))
    return []


def others_decide(consent: Consent, *, deciders: Collection[Signer], guardians_needed: bool) -> list[Event]:
    """A consent that carried something carries nothing any more, since others decide now; they are asked anew."""
    if not guardians_needed or consent.effect() is ConsentEffect.NONE or not consent.misses(deciders):
        return []
    return [
        EffectiveConsentChanged(
            consent_id=consent.consent_id,
            before=ConsentEffect.EFFECTIVE,
            after=ConsentEffect.NONE,
            because=EffectReason.OTHERS_DECIDE,
        )
    ]


def age_passes(
    consent: Consent, today: date, *, band: AgeBand, rules: SigningRules, municipality_no: str | None
) -> list[Event]:
    """What the youth's age has made of a consent that everybody who was asked has said yes to, when nobody has told it yet."""
    over = consent.ended() or consent.others_decide or consent.superseded_from is not None
    if over or not consent.all_yes():
        return []
    asked = consent.signers  # who decides is told by others_decide: this is about age alone
    standing = consent.standing(
        today,
        band=band,
        rules=rules,
        municipality_no=municipality_no,
        deciders=asked,
        agreed_until=None,
    )
    outgrown = standing in (Standing.INCOMPLETE, Standing.TO_BE_RENEWED)
    if outgrown is consent.outgrown:
        return []
    after = ConsentEffect.NONE if outgrown else ConsentEffect.EFFECTIVE
    return [EffectiveConsentChanged(consent_id=consent.consent_id, before=consent.effect(), after=after)]


def unconfirmed(consent: Consent, today: date, rules: SigningRules) -> list[str]:
    """The people whose oral yes should have been confirmed in writing by now."""
    return [person for person, by in confirm_by(consent, rules).items() if today > by]


def confirm_by(consent: Consent, rules: SigningRules) -> dict[str, date]:
    """Whose oral yes waits for a written confirmation, and until which day they have been asked to give it."""
    limit = timedelta(days=rules.confirm_oral_within_days)
    return {
        person: reply.given_on + limit
        for person, reply in consent.replies.items()
        if reply.said is Said.YES
        and reply.method is SigningMethod.ORAL_IN_MEETING
        and reply.confirmed_on is None
        and reply.given_on is not None
    }


def after_all(consent: Consent, events: Iterable[Event]) -> Consent:
    """The consent after several events; those about other consents change nothing."""
    for event in events:
        if getattr(event, "consent_id", None) == consent.consent_id:
            consent = consent.after(event)
    return consent


def _with_effect(consent: Consent, event: Event) -> list[Event]:
    before, after = consent.effect(), consent.after(event).effect()
    if before is after:
        return [event]
    return [event, EffectiveConsentChanged(consent_id=consent.consent_id, before=before, after=after)]


def _and_renewal(consent: Consent, events: list[Event], today: date, earlier: Consent | None) -> list[Event]:
    now_effective = after_all(consent, events).effect() is ConsentEffect.EFFECTIVE
    if earlier is None or not now_effective or consent.effect() is ConsentEffect.EFFECTIVE or earlier.ended():
        return events
    superseded = ConsentSuperseded(
        consent_id=earlier.consent_id,
        by_consent_id=consent.consent_id,
        from_on=max(today, consent.valid_from),
    )
    return [*events, superseded]


def _check_signer(consent: Consent, person_id: str, role: SignerRole) -> None:
    if Signer(person_id=person_id, role=role) not in consent.signers:
        raise Refused("NOT_A_SIGNER", sentences.NOT_A_SIGNER, field="person_id")


def _check_decides(decides_today: bool) -> None:
    if not decides_today:
        raise Refused("NO_LONGER_DECIDES", sentences.NO_LONGER_DECIDES, field="person_id")


def _check_open(consent: Consent, person_id: str, role: SignerRole) -> None:
    _check_signer(consent, person_id, role)
    if consent.ended():
        raise Conflict("CONSENT_ENDED", sentences.CONSENT_ENDED)
    if person_id in consent.replies or person_id in consent.excused:
        raise Conflict("CONSENT_ALREADY_GIVEN", sentences.ALREADY_GIVEN)


def _check_narrowing(consent: Consent, answer: ConsentGiven) -> None:
    outside = set(answer.only_to or ()) - set(consent.to_agencies) or set(answer.only_categories or ()) - set(
        consent.categories
    )
    if outside:
        raise Refused("WIDER_THAN_ASKED", sentences.WIDER_THAN_ASKED, field="only_categories")
