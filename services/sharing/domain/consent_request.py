"""Asking for a consent: the case's own youth, everyone who must sign, a bounded time, health apart."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Refused, Sentence
from schemas.codes import AgeBand, ConsentKind
from schemas.consent import ConsentRequested
from schemas.event import Event
from services.sharing.domain import sentences
from services.sharing.domain.ages import months_after
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.consent import Consent
from services.sharing.domain.signing import HEALTH_CATEGORIES, SigningRules, required_signers


def request(
    event: ConsentRequested,
    *,
    case: CaseFile,
    band: AgeBand | None,
    rules: SigningRules,
    earlier: Consent | None = None,
) -> list[Event]:
    """Ask for a consent; `earlier` is the one it takes over from. Raises Refused."""
    if event.youth_id != case.youth_id:
        _refuse("OTHER_YOUTH", sentences.OTHER_YOUTH, "youth_id")
    if not (event.from_agencies and event.to_agencies and event.categories):
        _refuse("SCOPE_EMPTY", sentences.SCOPE_EMPTY, "categories")
    if event.supersedes is not None and (earlier is None or earlier.case_id != case.case_id):
        _refuse("NOTHING_TO_RENEW", sentences.NOTHING_TO_RENEW, "supersedes")
    _check_kind(event)
    _check_validity(event, rules, case.agreed_until)
    _check_signers(event, case, band, rules)
    return [event]


def _check_kind(event: ConsentRequested) -> None:
    health = HEALTH_CATEGORIES & set(event.categories)
    if health and event.kind is not ConsentKind.HEALTH:
        _refuse("HEALTH_APART", sentences.HEALTH_APART, "categories")
    if event.kind is ConsentKind.HEALTH and health != set(event.categories):
        _refuse("HEALTH_ALONE", sentences.HEALTH_APART, "categories")


def _check_validity(event: ConsentRequested, rules: SigningRules, agreed_until: date | None) -> None:
    longest = months_after(event.valid_from, rules.longest_validity_months)
    if event.valid_to < event.valid_from:
        _refuse("VALIDITY_BACKWARDS", sentences.VALIDITY_BACKWARDS, "valid_to")
    if event.valid_to > longest:
        _refuse("VALIDITY_TOO_LONG", sentences.VALIDITY_TOO_LONG, "valid_to")
    if agreed_until is not None and event.valid_to > agreed_until:
        _refuse("BEYOND_CONTRACT", sentences.beyond_contract(agreed_until), "valid_to")
    if event.valid_to < event.requested_on:
        _refuse("VALIDITY_OVER", sentences.CONSENT_IS_EXPIRED, "valid_to")


def _check_signers(
    event: ConsentRequested, case: CaseFile, band: AgeBand | None, rules: SigningRules
) -> None:
    needed = rules.requirement(band, kind=event.kind, municipality_no=case.municipality_no)
    deciders = case.guardians.signers
    required = required_signers(needed, youth_id=event.youth_id, deciders=deciders)
    if needed.guardians and not deciders:
        _refuse("GUARDIAN_UNKNOWN", sentences.GUARDIAN_UNKNOWN, "signers")
    if needed.guardians and case.guardians.still_needed:
        _refuse("AWAITS_LEADER", sentences.AWAITS_LEADER, "signers")
    if frozenset(event.signers) != required or len(set(event.signers)) != len(event.signers):
        _refuse("SIGNERS_WRONG", sentences.SIGNERS_WRONG, "signers")


def _refuse(rule: str, sentence: Sentence, field: str) -> None:
    raise Refused(rule, sentence, field=field)
