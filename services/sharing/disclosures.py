"""Giving information without consent, and the duties that are a person's own: one transaction each."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone.history import as_it_counts
from backbone.refusal import NotAllowed, NotFound
from backbone.web import Answer, json_ready
from backbone.work import Work
from schemas.correction import Mark
from schemas.disclosure import (
    DisclosureDeferralReviewed,
    DutyActedOn,
    DutyConfirmed,
    DutyFeedbackReceived,
    InformationDisclosed,
)
from services.sharing.commands import agency_of, check_part_of_case, refuse_closed_to
from services.sharing.consents import of_case as consents_of_case
from services.sharing.domain import sentences
from services.sharing.domain.disclosure import Decider, Disclosure, disclose, review_deferral
from services.sharing.domain.disclosure import act as acted
from services.sharing.domain.disclosure_follow_up import follow_up
from services.sharing.grounds import check_sees_decisions, check_texts
from services.sharing.ids import refuse_taken
from services.sharing.repository import DISCLOSURES, PROTECTIONS, case_file
from services.sharing.rules import legal_bases
from services.sharing.tables import DisclosureRow
from services.sharing.vault import Vault


def give_without_consent(work: Work, vault: Vault, *, case_id: str, asked: InformationDisclosed) -> Answer:
    """Decide and record that information is given on another basis than consent. Raises Refused, NotAllowed,
    NotFound, and Conflict for an id that is taken.
    """
    work.lock_case(case_id)
    case = case_file(work, case_id)
    refuse_taken(work, disclosure_id=asked.disclosure_id)
    texts = (asked.grounds_ref, asked.necessity_ref, asked.less_intrusive_ref, asked.proportionality_ref)
    named = legal_bases().rule(asked.basis).texts
    conditions = (ref for name, ref in asked.condition_refs.items() if name in named)
    check_texts(work, case_id, (*texts, *conditions, asked.despite_withdrawal_ref, asked.follow_up_ref))
    decider = Decider(
        person_id=work.actor.person_id,
        agency=agency_of(work),
        in_case=_in_case(work, vault, case_id),
        leader=work.actor.leads_unit(work.actor.agency, case.municipality_no),
    )
    events = disclose(
        asked,
        decider=decider,
        youth_id=case.youth_id,
        bases=legal_bases(),
        consents=consents_of_case(work, case_id),
        today=work.moment.today,
    )
    work.publish(case_id, *events)
    return {"case_id": case_id, "disclosure_id": asked.disclosure_id}


def review(work: Work, vault: Vault, *, case_id: str, asked: DisclosureDeferralReviewed) -> Answer:
    """Look again at whether the youth can be told: by the lead, or by whoever decided. Raises Refused,
    NotAllowed, NotFound.
    """
    disclosure = _theirs_to_follow(work, case_id, asked.disclosure_id)
    work.publish(case_id, *review_deferral(disclosure, asked, bases=legal_bases(), today=work.moment.today))
    return {"case_id": case_id, "disclosure_id": asked.disclosure_id}


def followed_up(work: Work, *, case_id: str, disclosure_id: str, on: date) -> Answer:
    """Record that what was to be done after a disclosure has been looked at: by the lead, or by whoever decided. Raises Refused, Conflict,
    NotAllowed, NotFound.
    """
    disclosure = _theirs_to_follow(work, case_id, disclosure_id)
    work.publish(case_id, *follow_up(disclosure, on=on, today=work.moment.today))
    return {"case_id": case_id, "disclosure_id": disclosure_id}


def _theirs_to_follow(work: Work, case_id: str, disclosure_id: str) -> Disclosure:
    """Take the lock of the case, and load a disclosure for whoever decided it or leads the case. A strictly protected case is not there
    for them either, unless they are cleared. Raises NotFound, NotAllowed.
    """
    work.lock_case(case_id)
    refuse_closed_to(work, PROTECTIONS.find(work, case_id))
    disclosure = DISCLOSURES.find(work, disclosure_id)
    if disclosure is None or disclosure.case_id != case_id:
        raise NotFound("NO_SUCH_DISCLOSURE", sentences.NO_SUCH_DISCLOSURE)
    if work.actor.person_id not in (disclosure.decided_by, case_file(work, case_id).lead_id):
        raise NotAllowed("NOT_IN_CASE", sentences.NOT_IN_CASE)
    return disclosure


def disclosures_seen(work: Work, vault: Vault, case_id: str) -> list[dict[str, Any]]:
    """The disclosures of a case as those in it and leaders of its agencies may see them: codes, dates and
    references.
    """
    check_sees_decisions(work, vault, case_file(work, case_id))
    return [json_ready(disclosure) for disclosure in of_case(work, case_id)]


def of_case(work: Work, case_id: str) -> list[Disclosure]:
    """Every disclosure of the case, oldest first."""
    return DISCLOSURES.where(work, DisclosureRow.case_id == case_id, order_by=DisclosureRow.disclosure_id)


def act_on_duty(work: Work, *, case_id: str, act: DutyActedOn) -> Answer:
    """Record that somebody acted on a duty that is their own: nobody approves it, nothing of it is content.
    Raises Refused, NotFound, and Conflict for an id that is taken.
    """
    work.lock_case(case_id)
    case_file(work, case_id)
    refuse_taken(work, act_id=act.act_id)
    work.publish(case_id, *acted(act, bases=legal_bases(), today=work.moment.today))
    return {"case_id": case_id, "act_id": act.act_id}


def acts_of_case(work: Work, case_id: str) -> list[DutyActedOn]:
    """What was done in the case on a person's own duty, oldest first, as it counts now."""
    history = as_it_counts(work, case_id, own=work.service.name)
    found = (one.fact.event for one in history if one.mark is not Mark.VOIDED)
    return [event for event in found if isinstance(event, DutyActedOn)]


def follow_up_duty(work: Work, *, case_id: str, event: DutyConfirmed | DutyFeedbackReceived) -> Answer:
    """Record the written confirmation, or the answer from child welfare, by the one who acted. Raises
    NotFound, NotAllowed.
    """
    work.lock_case(case_id)
    actor = _who_acted(work, case_id, event.act_id)
    if actor is None:
        raise NotFound("NO_SUCH_ACT", sentences.NO_SUCH_ACT)
    if actor != work.actor.person_id:
        raise NotAllowed("NOT_YOURS", sentences.NO_SUCH_ACT)
    work.publish(case_id, event)
    return {"case_id": case_id, "act_id": event.act_id}


def _in_case(work: Work, vault: Vault, case_id: str) -> bool:
    try:
        check_part_of_case(work, vault, case_id)
    except NotAllowed:
        return False
    return True


def _who_acted(work: Work, case_id: str, act_id: str) -> str | None:
    work.flush()
    found = work.session.connection().exec_driver_sql(
        "SELECT person_id FROM duty WHERE act_id = %s AND case_id = %s", (act_id, case_id)
    )
    return found.scalar()
