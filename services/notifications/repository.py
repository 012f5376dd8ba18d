"""Cases, notices and mails in and out of rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from backbone.clock import derived_id
from backbone.rows import Rows, Shelf
from backbone.together import together
from backbone.work import Work
from schemas.event import Envelope
from schemas.local_time import OSLO
from services.notifications.domain.case import CasePeople, Invitation, Notice
from services.notifications.domain.delivery import MailState
from services.notifications.domain.preference import MailChoice, Preference
from services.notifications.tables import CaseRow, LeaderNoticeRow, NoticeRow, PreferenceRow, ReadRow

CASES = Shelf(CaseRow, CasePeople, lambda case: {"case_id": case.case_id})


class WaitingMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that this sender has claimed."""

    notice_id: str
    person_id: str
    case_id: str | None
    noticed_at: datetime
    not_before: datetime
    attempts: int
    doubts: int
    invitation: Invitation | None


def case_of(rows: Rows, case_id: str) -> CasePeople:
    """The case as it stands; an empty one when nothing is known of it yet."""
    return CASES.find(rows, case_id) or CasePeople(case_id=case_id)


def notice_id(event_id: str, notice: Notice) -> str:
    """The id of a notice: the same in every replay."""
    return derived_id("notice", event_id, notice.person_id, notice.kind.value)


def keep_notice(
    rows: Rows, notice: Notice, by: Envelope, *, row: type[NoticeRow] | type[LeaderNoticeRow] = NoticeRow
) -> None:
    """Write a notice; one for the leader of a unit lies in a table of its own."""
    rows.put(
        row,
        notice_id=notice_id(by.id, notice),
        person_id=notice.person_id,
        case_id=by.case_id,
        kind=notice.kind.value,
        event_id=by.id,
        at=by.time,
        about=notice.about,
    )


def told_of(rows: Rows, case_id: str, event_id: str) -> list[str]:
    """Who has a notice that rests on an event, or on what was done because of it being wrong before."""
    rows.flush()
    found = rows.session.connection().exec_driver_sql(
        "SELECT DISTINCT person_id FROM notice WHERE case_id = %s AND (event_id = %s OR about->>'event_id' = %s) ORDER BY 1",
        (case_id, event_id, event_id),
    )
    return list(found.scalars())


def preference_of(rows: Rows, person_id: str) -> Preference:
    """What a person has chosen, or the default; read once in a transaction."""
    read_preferences(rows, [person_id])
    return rows.states["preference", person_id]  # type: ignore[no-any-return]


def read_preferences(rows: Rows, people: Iterable[str]) -> None:
    """Read what these people have chosen with one question, those of whom it is not known yet."""
    missing = [person for person in dict.fromkeys(people) if ("preference", person) not in rows.states]
    if not missing:
        return
    (found,) = together(
        rows.session,
        [("SELECT person_id, state::text FROM preference WHERE person_id = ANY(%s)", (missing,))],
    )
    chosen: dict[str, str] = dict(found)
    for person in missing:
        state = chosen.get(person)
        rows.states["preference", person] = (
            Preference() if state is None else msgspec.json.decode(state, type=Preference)
        )


def keep_preference(work: Work, person_id: str, preference: Preference) -> None:
    """Write what a person has chosen."""
    state = msgspec.Raw(msgspec.json.encode(preference))
    work.put(PreferenceRow, person_id=person_id, state=state, chosen_at=work.moment.decided_at)


def queue_mail(work: Work, notice: Notice, by: Envelope) -> None:
    """Let a mail about a notice wait for a sender, or for the one mail of a day, as the receiver has chosen."""
    preference = preference_of(work, notice.person_id)
    invitation = notice.invitation is not None
    if not preference.wants(invitation=invitation):
        return
    not_before = preference.not_before(by.time, OSLO, invitation=invitation)
    daily = preference.mail is MailChoice.DAILY and not invitation
    work.last(
        QUEUE,
        derived_id("digest", notice.person_id, not_before.date()) if daily else notice_id(by.id, notice),
        notice.person_id,
        None if daily else by.case_id,
        by.time,
        msgspec.json.encode(notice.invitation).decode() if invitation else None,
        not_before,
    )


def has_unread(rows: Rows, person_id: str) -> bool:
    """True while a person has a notice that they have not read."""
    return unread_of(rows, person_id) > 0


def cancel_mails(work: Work, case_id: str, *, person_id: str | None = None, at: datetime) -> None:
    """Take back the mails of a case that wait, all of them or one person's."""
    work.flush()
    work.session.connection().exec_driver_sql(CANCEL, (at, case_id, person_id, person_id))


def mails_wait_for(rows: Rows, case_id: str) -> list[str]:
    """Whom mails about the case wait for."""
    rows.flush()
    found = rows.session.connection().exec_driver_sql(
        "SELECT DISTINCT person_id FROM mail WHERE case_id = %s AND state = 'WAITING' ORDER BY 1", (case_id,)
    )
    return list(found.scalars())


def closed_to(rows: Rows, person_id: str) -> list[str]:
    """The strictly protected cases that somebody has notices about and is not cleared for: of these they see none, old or new."""
    found = rows.session.connection().exec_driver_sql(PROTECTED, (person_id,))
    cases = (msgspec.json.decode(state, type=CasePeople) for (state,) in found)
    return [case.case_id for case in cases if case.protection.closes_case(person_id)]


def inbox_of(rows: Rows, person_id: str, *, limit: int) -> list[dict[str, Any]]:
    """A person's notices, the newest first."""
    values = (person_id, closed_to(rows, person_id), limit)
    found = rows.session.connection().exec_driver_sql(INBOX, values)
    return [dict(row) for row in found.mappings()]


def unread_of(rows: Rows, person_id: str) -> int:
    """How many notices of theirs a person has not read."""
    values = (person_id, closed_to(rows, person_id))
    return int(rows.session.connection().exec_driver_sql(UNREAD, values).scalar_one())


def has_notice(rows: Rows, which: str, person_id: str) -> bool:
    """True when the notice is this person's."""
    found = rows.session.connection().exec_driver_sql(
        f"SELECT 1 FROM {ALL_NOTICES} n WHERE notice_id = %s AND person_id = %s AND NOT case_id = ANY(%s)",
        (which, person_id, closed_to(rows, person_id)),
    )
    return found.first() is not None


def mark_read(rows: Rows, which: str, at: datetime) -> None:
    """Remember that a notice was read, and when it first was."""
    rows.session.connection().exec_driver_sql(
        f"INSERT INTO {ReadRow.__tablename__} (notice_id, read_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
        (which, at),
    )


def mails_by_state(rows: Rows) -> dict[str, int]:
    """How many mails stand where."""
    found = rows.session.connection().exec_driver_sql("SELECT state, count(*) FROM mail GROUP BY state")
    return {state: int(count) for state, count in found}


def claim_mails(work: Work, holder: str, *, lease: float, limit: int) -> list[WaitingMail]:
    """Take mails whose time has come for `lease` seconds; nobody else gets them meanwhile."""
    values = (work.moment.decided_at, limit, holder, lease)
    found = work.session.connection().exec_driver_sql(CLAIM, values)
    return [msgspec.convert(dict(row), WaitingMail) for row in found.mappings()]


def note_doubt(rows: Rows, which: str, holder: str, *, lease: float) -> bool:
    """Write, before the content is handed over, that from now the outcome is unknown. False when another sender has taken over."""
    found = rows.session.connection().exec_driver_sql(DOUBT, (lease, which, holder))
    return found.rowcount == 1


def settle_mail(rows: Rows, which: str, *, state: MailState, answer: str, at: datetime | None) -> None:
    """Write that it is known what became of a mail, whoever holds it."""
    rows.session.connection().exec_driver_sql(SETTLE, (state.value, answer, at, which))


def postpone_mail(
    rows: Rows, mail: WaitingMail, holder: str, *, pause: float, doubts: int, answer: str
) -> None:
    """Let a mail that this sender still has wait for another attempt."""
    rows.session.connection().exec_driver_sql(
        POSTPONE, (pause, doubts, mail.attempts, answer, mail.notice_id, holder)
    )


WAITING = "SELECT count(*) FROM mail WHERE state = 'WAITING' AND not_before <= now()"
UNADDRESSED = "SELECT count(*) FROM escalation"
UNSETTLED = "SELECT count(*) FROM mail WHERE state IN ('GAVE_UP', 'UNCERTAIN')"

QUEUE = """
INSERT INTO mail (notice_id, person_id, case_id, noticed_at, invitation, state, not_before, next_try_at, attempts, doubts)
VALUES (%s, %s, %s, %s, %s::jsonb, 'WAITING', %s, statement_timestamp(), 0, 0)
ON CONFLICT (notice_id) DO NOTHING
"""

CANCEL = """
UPDATE mail SET state = 'CANCELLED', holder = NULL, closed_at = %s
WHERE case_id = %s AND state = 'WAITING' AND (%s::text IS NULL OR person_id = %s)
"""

COLUMNS = "notice_id, person_id, case_id, kind, at, about"
ALL_NOTICES = f"(SELECT {COLUMNS} FROM notice UNION ALL SELECT {COLUMNS} FROM leader_notice)"

PROTECTED = f"""
SELECT c.state::text FROM (SELECT DISTINCT case_id FROM {ALL_NOTICES} n WHERE person_id = %s) mine
JOIN case_people c USING (case_id) WHERE c.state->'protection'->>'level' = 'CODE_6'
"""

INBOX = f"""
SELECT n.notice_id, n.kind, n.case_id, n.at, n.about, r.read_at IS NOT NULL AS read
FROM {ALL_NOTICES} n LEFT JOIN read_mark r USING (notice_id)
WHERE n.person_id = %s AND NOT n.case_id = ANY(%s) ORDER BY n.at DESC, n.notice_id LIMIT %s
"""

UNREAD = f"""
SELECT count(*) FROM {ALL_NOTICES} n
WHERE n.person_id = %s AND NOT n.case_id = ANY(%s) AND NOT EXISTS (SELECT FROM read_mark r WHERE r.notice_id = n.notice_id)
"""

CLAIM = """
WITH chosen AS (
  SELECT notice_id FROM mail WHERE state = 'WAITING' AND next_try_at <= statement_timestamp() AND not_before <= %s
  ORDER BY next_try_at LIMIT %s FOR UPDATE SKIP LOCKED)
UPDATE mail m SET holder = %s, attempts = m.attempts + 1, next_try_at = statement_timestamp() + %s * interval '1 second'
FROM chosen c WHERE m.notice_id = c.notice_id
RETURNING m.notice_id, m.person_id, m.case_id, m.noticed_at, m.not_before, m.attempts, m.doubts, m.invitation
"""

DOUBT = """
UPDATE mail SET doubts = doubts + 1, next_try_at = statement_timestamp() + %s * interval '1 second'
WHERE notice_id = %s AND holder = %s AND state = 'WAITING'
"""

SETTLE = """
UPDATE mail SET state = %s, answer = %s, closed_at = %s, holder = NULL WHERE notice_id = %s AND state = 'WAITING'
"""

POSTPONE = """
UPDATE mail SET next_try_at = statement_timestamp() + %s * interval '1 second', doubts = %s, attempts = %s, answer = %s,
  holder = NULL
WHERE notice_id = %s AND holder = %s AND state = 'WAITING'
"""
