"""What people may ask of the registers: log a consultation, keep local offers, make survey codes, answer the survey."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import msgspec
from sqlalchemy import delete
from sqlmodel import col, select

from backbone.clock import derived_id
from backbone.identity_number import names_somebody
from backbone.refusal import not_found
from backbone.rows import table_of
from backbone.web import Answer, json_ready
from backbone.work import Actor, Work
from services.contracts.domain import consultation as consultations
from services.contracts.domain.consultation import Consultation
from services.contracts.domain.local_offer import Offer
from services.contracts.domain.register_refusals import conflict, not_allowed, refused
from services.contracts.domain.survey import CODE_DAYS, Answers, quarter_of, summary, to_tell
from services.contracts.registers import CONSULTATIONS, TOLD, WAITING, offer, offers_of
from services.contracts.tables import (
    ConsultationRow,
    OfferRow,
    SurveyAnswerRow,
    SurveyCodeRow,
    WaitingAnswerRow,
)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What codes are made of: nothing that looks like something else."""
CODE_LENGTH = 10


def log_consultation(work: Work, asked: Consultation) -> Answer:
    """Log a consultation, on a stream of its own."""
    work.lock_case(asked.consultation_id)
    if CONSULTATIONS.find(work, asked.consultation_id) is not None:
        raise conflict("CONSULTATION_EXISTS", field="consultation_id")
    work.publish(asked.consultation_id, consultations.log(asked, today=work.moment.today))
    return {"consultation_id": asked.consultation_id}


def own_consultations(work: Work, *, limit: int) -> list[Answer]:
    """The newest of what the actor has logged, the newest first."""
    mine = col(ConsultationRow.logged_by) == work.actor.person_id
    found = CONSULTATIONS.where(work, mine, order_by=col(ConsultationRow.held_on).desc(), limit=limit)
    return [json_ready(one) for one in found]


def keep_offer(work: Work, asked: Offer, *, new: bool, seen_version: int | None) -> Answer:
    """Enter an offer, or change what stands about it."""
    _for_own_offers(work.actor, asked.municipality_no)
    if names_somebody("\n".join((asked.title, asked.provider, asked.contact))):
        raise refused("NUMBER_IN_REGISTER", field="contact")
    there = _locked_offer(work, asked.offer_id)
    if new:
        if there is not None:
            raise conflict("OFFER_EXISTS", field="offer_id")
        return _put_offer(work, asked.check())
    if there is None:
        raise not_found()
    return _put_offer(work, there.changed(asked, seen_version=seen_version))


def review_offer(work: Work, offer_id: str, *, seen_version: int | None) -> Answer:
    """Say that an offer was gone through and is right."""
    there = _own_offer(work, offer_id)
    return _put_offer(work, there.reviewed(today=work.moment.today, seen_version=seen_version))


def end_offer(work: Work, offer_id: str, *, seen_version: int | None) -> Answer:
    """Take an offer out of the register."""
    there = _own_offer(work, offer_id)
    return _put_offer(work, there.ended(seen_version=seen_version))


def offers(work: Work, municipality_no: str) -> list[Answer]:
    """The offers of a municipality; which of them nobody has gone through for a year."""
    today = work.moment.today
    return [{**json_ready(one), "stale": one.stale(today)} for one in offers_of(work, municipality_no)]


def make_codes(work: Work, count: int, *, municipality_no: str) -> list[str]:
    """New codes for the survey, kept as digests only."""
    for_own_surveys(work.actor, municipality_no)
    today = work.moment.today
    codes = ["".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)) for _ in range(count)]
    for code in codes:
        work.add(
            SurveyCodeRow,
            digest=digest_of(code),
            municipality_no=municipality_no,
            valid_to=today + timedelta(days=CODE_DAYS.on(today)),
        )
    return codes


def answer_survey(work: Work, code: str, asked: Answers) -> Answer:
    """Spend a code and keep the answers, with nothing between the two."""
    spent = work.query(
        delete(table_of(SurveyCodeRow))
        .where(col(SurveyCodeRow.digest) == digest_of(code), col(SurveyCodeRow.valid_to) >= work.moment.today)
        .returning(col(SurveyCodeRow.municipality_no))
    ).scalar()
    if spent is None:
        raise refused("SURVEY_CODE_UNKNOWN", field="code")
    quarter = quarter_of(work.moment.today)
    WAITING.put(work, msgspec.structs.replace(asked, municipality_no=str(spent), quarter=quarter).check())
    tell_finished_quarters(work, str(spent))
    return {}


def tell_finished_quarters(work: Work, municipality_no: str) -> None:
    """Tell the answers of quarters that are over, all at once."""
    stream = derived_id("survey", municipality_no)
    work.lock_case(stream)
    here = col(WaitingAnswerRow.municipality_no) == municipality_no
    told = to_tell(WAITING.where(work, here), today=work.moment.today)
    for event in told:
        work.remove(WaitingAnswerRow, event.answer_id)
    work.publish(stream, *told)


def for_own_surveys(actor: Actor, municipality_no: str) -> None:
    """Let nobody past who does not work for the municipality. Raises NotAllowed."""
    if municipality_no not in actor.municipality_nos:
        raise not_allowed("SURVEY_OTHER_MUNICIPALITY")


def survey_results(work: Work, municipality_no: str) -> list[Answer]:
    """The answers of a municipality by quarter, the newest first; nothing of fewer than five. Whoever asks is checked by
    `for_own_surveys`: the work is the service's own, so that nothing tells who looked.
    """
    tell_finished_quarters(work, municipality_no)
    found = TOLD.where(work, col(SurveyAnswerRow.municipality_no) == municipality_no)
    quarters = sorted({one.quarter for one in found}, reverse=True)
    return [{"quarter": q, **summary([one for one in found if one.quarter == q])} for q in quarters]


def digest_of(code: str) -> str:
    """What a code is known by; case and spaces do not count."""
    plain = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(b"felles-ansvar survey " + plain.encode()).hexdigest()


def _locked_offer(work: Work, offer_id: str) -> Offer | None:
    work.query(
        select(table_of(OfferRow).c.offer_id).where(col(OfferRow.offer_id) == offer_id).with_for_update()
    )
    return offer(work, offer_id)


def _own_offer(work: Work, offer_id: str) -> Offer:
    there = _locked_offer(work, offer_id)
    if there is None:
        raise not_found()
    _for_own_offers(work.actor, there.municipality_no)
    return there


def _put_offer(work: Work, new: Offer) -> Answer:
    work.put(
        OfferRow,
        offer_id=new.offer_id,
        municipality_no=new.municipality_no,
        kind=new.kind.value,
        status=new.status.value,
        state=json_ready(new),
        changed_by=work.actor.person_id,
        changed_at=work.moment.real_at,
    )
    return {"offer_id": new.offer_id, "version": new.version, "status": new.status.value}


def _for_own_offers(actor: Actor, municipality_no: str) -> None:
    if municipality_no not in actor.municipality_nos:
        raise not_allowed("OFFER_OF_OTHER_MUNICIPALITY")
