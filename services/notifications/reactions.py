"""What others' events mean here: mails that wait for a sender, and mails that shall not be sent after all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from backbone.work import Reaction, Work
from schemas.case import CaseClosed
from schemas.codes import EscalationLevel
from schemas.correction import CORRECTIONS
from schemas.deadline import DeadlineEscalated
from schemas.event import Event, Fact
from schemas.network_group import MemberLeft
from schemas.protection import AddressProtectionSet, ClearanceWithdrawn
from services.notifications.domain.notice import Notice
from services.notifications.folds import FOLLOWED, corrections_in
from services.notifications.repository import (
    cancel_mails,
    case_of,
    mails_wait_for,
    mark_read,
    notice_id,
    queue_mail,
    read_preferences,
)
from services.notifications.tables import EscalationRow

LONG_PAST = timedelta(days=10)
"""What the demonstration is made to have lived through longer ago than this has been read."""


def long_past(work: Work) -> bool:
    """True while the demonstration is made to live through what was long ago."""
    return work.moment.walking and work.moment.real_at - work.moment.decided_at > LONG_PAST


def on_followed(work: Work, fact: Fact) -> None:
    """Queue a mail for each notice."""
    _queue(work, fact, case_of(work, fact.envelope.case_id).notices(fact.event))


def on_corrected(work: Work, fact: Fact) -> None:
    """Queue a mail for each who is told the right thing."""
    _queue(work, fact, corrections_in(work, fact))


def _queue(work: Work, fact: Fact, notices: Iterable[Notice]) -> None:
    past, notices = long_past(work), list(notices)
    read_preferences(work, [notice.person_id for notice in notices if notice.by_mail and not past])
    for notice in notices:
        if past:
            mark_read(work, notice_id(fact.envelope.id, notice), work.moment.decided_at)
        elif notice.by_mail:
            queue_mail(work, notice, fact.envelope)


def on_member_left(work: Work, fact: Fact) -> None:
    """Who is no longer in the case gets no mail about it."""
    assert isinstance(fact.event, MemberLeft)
    cancel_mails(work, fact.envelope.case_id, person_id=fact.event.person_id, at=work.moment.real_at)


def on_protected(work: Work, fact: Fact) -> None:
    """Who is not cleared gets no mail that still waited."""
    case = case_of(work, fact.envelope.case_id)
    for person_id in mails_wait_for(work, case.case_id):
        if case.protection.closes_case(person_id):
            cancel_mails(work, case.case_id, person_id=person_id, at=work.moment.real_at)
    on_followed(work, fact)


def on_case_closed(work: Work, fact: Fact) -> None:
    """Tell the group; after a death nothing is sent, what waits neither."""
    if case_of(work, fact.envelope.case_id).silent:
        cancel_mails(work, fact.envelope.case_id, at=work.moment.real_at)
    on_followed(work, fact)


def on_escalated(work: Work, fact: Fact) -> None:
    """Let what the leader of the unit is to know wait for the directory: no event says who that is."""
    on_followed(work, fact)
    event, case = fact.event, case_of(work, fact.envelope.case_id)
    assert isinstance(event, DeadlineEscalated)
    if event.level is not EscalationLevel.UNIT_LEADER or case.silent or long_past(work):
        return
    work.put(
        EscalationRow,
        event_id=fact.envelope.id,
        case_id=case.case_id,
        deadline_id=event.deadline_id,
        deadline_kind=event.kind,
        due_on=event.due_on,
        next_try_at=work.moment.real_at,
    )


REACTIONS: dict[type[Event], Reaction] = {
    **dict.fromkeys(FOLLOWED, on_followed),
    **dict.fromkeys(CORRECTIONS, on_corrected),
    MemberLeft: on_member_left,
    AddressProtectionSet: on_protected,
    ClearanceWithdrawn: on_protected,
    CaseClosed: on_case_closed,
    DeadlineEscalated: on_escalated,
}
