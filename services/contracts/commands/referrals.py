"""What people may ask about a referral, one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col, or_

from backbone.refusal import found, not_found
from backbone.rows import table_of
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import AgeBand, Agency, DeclineReason, Programme, ReportMethod
from schemas.screening import Listed
from services.contracts.commands.opening import opened_by, refuse_other_record
from services.contracts.domain import referral as referrals
from services.contracts.domain.likeness import UNASKED, Likeness
from services.contracts.domain.referral import OPEN, Referral
from services.contracts.domain.refusals import conflict
from services.contracts.repository import CASES, REFERRALS, lock_youth, youth_of_referral
from services.contracts.screeners import answers_for
from services.contracts.tables import ReferralRow


def receive(work: Work, asked: referrals.Enquiry, *, case_id: str) -> Answer:
    """Register a referral; `case_id` is the case that it may become."""
    work.lock_case(case_id)
    refuse_other_record(work, case_id)
    taken = CASES.find(work, case_id) is not None or REFERRALS.of_case(work, case_id)
    if taken or REFERRALS.find(work, asked.referral_id) is not None:
        raise conflict("REFERRAL_EXISTS", field="referral_id")
    work.publish(case_id, *referrals.receive(asked, today=work.moment.today))
    return standing(work, asked.referral_id)


def referral_for_screening(work: Work, referral_id: str) -> Referral:
    """The referral under the lock of its case, for the one it is assigned to. Raises NotFound for everyone else."""
    work.lock_case_behind(ReferralRow, referral_id)
    referral = found(REFERRALS.find(work, referral_id))
    if work.actor.person_id != referral.assigned_to:
        raise not_found()
    return referral


def referral_for_reading(work: Work, referral_id: str) -> Referral:
    """The referral, for whoever received it and whoever it is assigned to."""
    referral = found(REFERRALS.find(work, referral_id))
    if work.actor.person_id not in (referral.assigned_to, referral.received_by):
        raise not_found()
    return referral


def screen(
    work: Work,
    referral_id: str,
    *,
    youth_id: str | None,
    identity_refs: tuple[str, ...] = (),
    seen_version: int | None,
) -> Answer:
    """Take a referral up for screening."""
    referral = referral_for_screening(work, referral_id)
    referral.refuse_stale(seen_version)
    screened = referral.screen(youth_id=youth_id, identity_refs=identity_refs, today=work.moment.today)
    work.publish(referral.case_id, *screened)
    return standing(work, referral_id)


def reassign(work: Work, referral_id: str, *, to_id: str, directory: Sequence[Listed]) -> Answer:
    """Give a referral to another coordinator of its municipality: by whoever received it, whoever is to screen it, and the leader of the
    unit that it lies with. Raises NotFound for everyone else.
    """
    work.lock_case_behind(ReferralRow, referral_id)
    referral = found(REFERRALS.find(work, referral_id))
    knows = work.actor.person_id in (referral.assigned_to, referral.received_by)
    if not knows and not answers_for(work.actor, referral, directory):
        raise not_found()
    here = {one.person_id for one in directory if one.screens_in(referral.municipality_no)}
    work.publish(referral.case_id, *referral.reassign(to_id, screeners=here, today=work.moment.today))
    return standing(work, referral_id)


def accept(
    work: Work,
    referral_id: str,
    *,
    programme: Programme,
    age_band: AgeBand,
    likeness: Likeness = UNASKED,
) -> Answer:
    """Accept a referral and open its case; the actor leads it."""
    lock_youth(work, youth_of_referral(work, referral_id), *likeness.alike.everyone)
    referral = referral_for_screening(work, referral_id)
    accepted = referral.accept(programme, age_band=age_band, today=work.moment.today)
    opened = opened_by(
        work,
        programme,
        referral.municipality_no,
        str(referral.youth_id),
        referral_id=referral_id,
        likeness=likeness,
    )
    work.publish(referral.case_id, *accepted, *opened)
    return standing(work, referral_id)


def decline(work: Work, referral_id: str, *, reason: DeclineReason) -> Answer:
    """Decline a referral."""
    referral = referral_for_screening(work, referral_id)
    work.publish(referral.case_id, *referral.decline(reason, today=work.moment.today))
    return standing(work, referral_id)


def redirect(work: Work, referral_id: str, *, reason: DeclineReason, to: Agency) -> Answer:
    """Show a referral the way to another agency."""
    referral = referral_for_screening(work, referral_id)
    work.publish(referral.case_id, *referral.redirect(reason, to, today=work.moment.today))
    return standing(work, referral_id)


def withdraw(work: Work, referral_id: str) -> Answer:
    """Take a referral back; whoever received it enters that."""
    work.lock_case_behind(ReferralRow, referral_id)
    referral = referral_for_reading(work, referral_id)
    work.publish(referral.case_id, *referral.withdraw(today=work.moment.today))
    return standing(work, referral_id)


def acknowledge(work: Work, referral_id: str, *, how: ReportMethod, acknowledged_on: date) -> Answer:
    """Enter that whoever referred was told that it has come in; by whoever received it or is to screen it."""
    work.lock_case_behind(ReferralRow, referral_id)
    referral = referral_for_reading(work, referral_id)
    work.publish(referral.case_id, *referral.acknowledge(how, on=acknowledged_on, today=work.moment.today))
    return standing(work, referral_id)


class Sought(NamedTuple):
    """Which of somebody's referrals: a page of them, the newest first, or those of one case or one id."""

    limit: int
    skip: int = 0
    case_id: str | None = None
    referral_id: str | None = None

    def conditions(self) -> list[Any]:
        """The same on the columns."""
        asked = ((ReferralRow.case_id, self.case_id), (ReferralRow.referral_id, self.referral_id))
        return [col(column) == value for column, value in asked if value is not None]


def mine(work: Work, sought: Sought, directory: Sequence[Listed]) -> list[Referral]:
    """The referrals that the actor has received or is to screen, and those that wait in the unit that they lead, the newest first."""
    person, table = work.actor.person_id, table_of(ReferralRow).c
    own = or_(table.assigned_to == person, table.received_by == person)
    seen = or_(own, table.referral_id.in_(_of_unit(work, directory))) if directory else own
    newest = (table.state["received_on"].astext.desc(), table.referral_id.desc())
    page = (
        select(table.referral_id)
        .where(seen, *sought.conditions())
        .order_by(*newest)
        .limit(sought.limit)
        .offset(sought.skip)
    )
    ids = list(work.query(page).scalars())
    REFERRALS.preload(work, ids)
    return [one for which in ids if (one := REFERRALS.find(work, which)) is not None]


def _of_unit(work: Work, directory: Sequence[Listed]) -> list[str]:
    """The undecided referrals that the actor leads the unit of: that they are there, for the contents lie in the vault."""
    undecided = col(ReferralRow.status).in_([status.value for status in OPEN])
    here = table_of(ReferralRow).c.state["municipality_no"].astext.in_(sorted(work.actor.municipality_nos))
    waiting = REFERRALS.where(work, undecided, here)
    return [one.referral_id for one in waiting if answers_for(work.actor, one, directory)]


def standing(work: Work, referral_id: str) -> Answer:
    """How the referral stands."""
    referral = found(REFERRALS.find(work, referral_id))
    return {
        "case_id": referral.case_id,
        "referral_id": referral_id,
        "status": referral.status.value,
        "version": referral.version,
    }
