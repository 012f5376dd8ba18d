"""What people may ask of consents, one transaction each: take the lock of the case, load, decide, publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from backbone.refusal import Conflict, NotAllowed, NotFound
from backbone.web import Answer, json_ready
from backbone.work import Work
from schemas.codes import AgeBand, Agency, SignerExcuse, SignerRole
from schemas.consent import ConsentGiven, ConsentRequested
from schemas.contract import Signer
from schemas.event import Event
from services.sharing.commands import check_part_of_case, check_registers_consents, refuse_closed_to
from services.sharing.domain import consent_answers as answers
from services.sharing.domain import sentences, withdrawal
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.consent import Consent, Standing
from services.sharing.domain.consent_request import request
from services.sharing.gate import band_of_youth
from services.sharing.grounds import check_sees_decisions, check_texts
from services.sharing.ids import refuse_taken
from services.sharing.receipts import ask_for_receipts
from services.sharing.repository import CONSENTS, PROTECTIONS, case_file, consent_of
from services.sharing.rules import signing_rules
from services.sharing.tables import ConsentRow
from services.sharing.vault import Vault


def request_consent(work: Work, vault: Vault, *, case_id: str, asked: ConsentRequested) -> Answer:
    """Ask for a consent. Raises Refused, NotAllowed, NotFound, and Conflict for an id that is taken."""
    work.lock_case(case_id)
    check_registers_consents(work, vault, case_id)
    refuse_taken(work, consent_id=asked.consent_id)
    case, rules = case_file(work, case_id), signing_rules()
    event = msgspec.structs.replace(asked, requested_on=work.moment.today, signing_rules=rules.version)
    events = request(
        event,
        case=case,
        band=band_of_youth(work, vault, case),
        rules=rules,
        earlier=CONSENTS.find(work, asked.supersedes) if asked.supersedes else None,
    )
    work.publish(case_id, *events)
    return _answer(work, asked.consent_id)


def give_consent(work: Work, vault: Vault, *, answer: ConsentGiven, seen_version: int | None) -> Answer:
    """Register one signer's yes. Raises Refused, Stale, NotAllowed, NotFound."""
    consent = locked(work, answer.consent_id)
    check_registers_consents(work, vault, consent.case_id)
    _refuse_asked_of_others(work, vault, consent)
    case = case_file(work, consent.case_id)
    given_at = band_of_youth(work, vault, case, answer.given_on)
    check_texts(work, consent.case_id, (answer.evidence_ref,), field="evidence_ref")
    events = answers.give(
        consent,
        msgspec.structs.replace(answer, age_band=given_at),
        today=work.moment.today,
        rules=signing_rules(),
        seen=seen_version,
        earlier=_earlier(work, consent),
        decides_today=_decides(work, vault, consent, answer.person_id, answer.role),
    )
    return _publish(work, consent, events)


def refuse_consent(work: Work, vault: Vault, *, consent_id: str, person_id: str, role: SignerRole) -> Answer:
    """Register one signer's no. Raises Refused, NotAllowed, NotFound."""
    consent = locked(work, consent_id)
    check_part_of_case(work, vault, consent.case_id)
    decides = _decides(work, vault, consent, person_id, role)
    events = answers.refuse(consent, person_id=person_id, role=role, decides_today=decides)
    return _publish(work, consent, events)


def withdraw_consent(
    work: Work,
    vault: Vault,
    *,
    consent_id: str,
    person_id: str,
    role: SignerRole,
    only_to: Sequence[Agency] | None = None,
) -> Answer:
    """Register that a signer takes back their yes, wholly or for some receivers: under the lock of the case, so
    that every opening from now on knows.

    Raises Refused, NotAllowed, NotFound.
    """
    consent = locked(work, consent_id)
    check_part_of_case(work, vault, consent.case_id)
    case = case_file(work, consent.case_id)
    part = answers.taken_out(consent, person_id, only_to)
    about = _about(work, vault, case)
    consequence = withdrawal.consequence(
        consent,
        of_case(work, case.case_id),
        person_id=person_id,
        programme=case.programme,
        on=work.moment.today,
        agreed_until=case.agreed_until,
        only_to=part,
        **about,
    )
    events = answers.withdraw(
        consent,
        person_id=person_id,
        role=role,
        decides_today=withdrawal.decides(Signer(person_id=person_id, role=role), consent=consent, **about),
        consequence=consequence,
        only_to=part,
    )
    answer = _publish(work, consent, events)
    asked = ask_for_receipts(work, consent, no_of=person_id, only_to=part)
    return {**answer, "consequence": consequence, "receipts": asked}


def confirm_consent(
    work: Work,
    vault: Vault,
    *,
    consent_id: str,
    person_id: str,
    role: SignerRole,
    confirmed_on: date,
    evidence_ref: str | None,
) -> Answer:
    """Register that an oral yes was confirmed in writing. Raises Refused, NotAllowed, NotFound."""
    consent = locked(work, consent_id)
    check_registers_consents(work, vault, consent.case_id)
    check_texts(work, consent.case_id, (evidence_ref,), field="evidence_ref")
    events = answers.confirm(
        consent,
        person_id=person_id,
        role=role,
        confirmed_on=confirmed_on,
        today=work.moment.today,
        evidence_ref=evidence_ref,
    )
    return _publish(work, consent, events)


def excuse_signer(
    work: Work, vault: Vault, *, consent_id: str, person_id: str, why: SignerExcuse, grounds_ref: str
) -> Answer:
    """A leader of the agency that owns the case confirms that a guardian's yes is not needed; of a strictly protected case, one who is
    cleared for it. Raises Refused, NotAllowed, NotFound.
    """
    consent = locked(work, consent_id)
    refuse_closed_to(work, PROTECTIONS.find(work, consent.case_id))
    check_leader(work, case_file(work, consent.case_id))
    _refuse_asked_of_others(work, vault, consent)
    check_texts(work, consent.case_id, (grounds_ref,))
    events = answers.excuse(
        consent,
        person_id=person_id,
        why=why,
        grounds_ref=grounds_ref,
        today=work.moment.today,
        rules=signing_rules(),
        earlier=_earlier(work, consent),
    )
    return _publish(work, consent, events)


def check_leader(work: Work, case: CaseFile) -> None:
    """The leader of the unit that owns the case, and not the lead: who asks does not approve. Raises NotAllowed."""
    actor = work.actor
    if not actor.leads_unit(case.owner_agency, case.municipality_no) or actor.person_id == case.lead_id:
        raise NotAllowed("NOT_LEADER", sentences.NOT_LEADER)


def consents_seen(work: Work, vault: Vault, case_id: str) -> list[dict[str, Any]]:
    """The consents of a case as those in it, and leaders who decide in it, may see them: their codes, and what they are worth today.
    Raises NotAllowed, NotFound.
    """
    case = case_file(work, case_id)
    check_sees_decisions(work, vault, case)
    about, today = _about(work, vault, case), work.moment.today
    found = of_case(work, case_id)
    return [
        {
            **json_ready(consent),
            "standing": consent.standing(today, agreed_until=case.agreed_until, **about),
            "unconfirmed": answers.unconfirmed(consent, today, about["rules"]),
            "confirm_by": json_ready(answers.confirm_by(consent, about["rules"])),
            "stopped_by": [
                {"consent_id": no.consent_id, "person_id": no.person_id, "said": no.said}
                for no in withdrawal.stopped_by(consent, found)
            ],
            "carries_something": withdrawal.carries_something(consent, found),
        }
        for consent in found
    ]


def of_case(work: Work, case_id: str) -> list[Consent]:
    """Every consent of the case, oldest first."""
    return CONSENTS.where(work, ConsentRow.case_id == case_id, order_by=ConsentRow.consent_id)


def _about(work: Work, vault: Vault, case: CaseFile) -> dict[str, Any]:
    """What decides whose word counts today."""
    band: AgeBand | None = band_of_youth(work, vault, case)
    return {
        "band": band,
        "rules": signing_rules(),
        "municipality_no": case.municipality_no,
        "deciders": case.guardians.whose_yes,
    }


def _decides(work: Work, vault: Vault, consent: Consent, person_id: str, role: SignerRole) -> bool:
    about = _about(work, vault, case_file(work, consent.case_id))
    return withdrawal.decides(Signer(person_id=person_id, role=role), consent=consent, **about)


def _refuse_asked_of_others(work: Work, vault: Vault, consent: Consent) -> None:
    """Nobody answers a consent that was asked of others than those who decide now. Raises Conflict."""
    case = case_file(work, consent.case_id)
    about = _about(work, vault, case)
    standing = consent.standing(work.moment.today, agreed_until=case.agreed_until, **about)
    if standing is Standing.OTHERS_DECIDE:
        raise Conflict("OTHERS_DECIDE", sentences.OTHERS_DECIDE)


def locked(work: Work, consent_id: str) -> Consent:
    """Take the lock of the consent's case, and load the consent as it stands under it. Raises NotFound."""
    found = work.session.connection().exec_driver_sql(
        "SELECT case_id FROM consent WHERE consent_id = %s", (consent_id,)
    )
    case_id = found.scalar()
    if case_id is None:
        raise NotFound("NO_SUCH_CONSENT", sentences.NO_SUCH_CONSENT)
    work.lock_case(case_id)
    return consent_of(work, consent_id)


def _earlier(work: Work, consent: Consent) -> Consent | None:
    return CONSENTS.find(work, consent.supersedes) if consent.supersedes else None


def _publish(work: Work, consent: Consent, events: Sequence[Event]) -> Answer:
    work.publish(consent.case_id, *events)
    return _answer(work, consent.consent_id)


def _answer(work: Work, consent_id: str) -> Answer:
    after = consent_of(work, consent_id)
    return {
        "case_id": after.case_id,
        "consent_id": after.consent_id,
        "effect": after.effect(),
        "version": after.version,
    }
