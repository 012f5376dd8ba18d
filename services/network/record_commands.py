"""What people may ask about mediations and forums, one transaction each. Neither belongs to a case's group."""

from __future__ import annotations

from datetime import date

from backbone.identity_number import names_somebody
from backbone.refusal import found, not_found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import (
    Agency,
    CancelReason,
    ForumAdvice,
    ForumKind,
    MediationOutcome,
    MediationParty,
    Reason,
    SigningMethod,
)
from schemas.forum import ForumOpened
from schemas.mediation import MediationOpened
from services.network import directory
from services.network.access import group_for_member, refuse_closed
from services.network.domain.forum import Forum, refuse_recognisable
from services.network.domain.mediation import Mediation
from services.network.domain.meeting import OWN_RECORD, called_off
from services.network.domain.refusals import conflict, not_allowed, refused
from services.network.repository import CASES, FORUMS, GROUPS, MEDIATIONS, MEETINGS
from services.network.tables import ForumTextRow, MediationRow


def open_mediation(work: Work, case_id: str, *, mediation_id: str) -> Answer:
    """Open a record beside a case, with oneself as the mediator; under an id of its own, never under that of a case."""
    work.lock_cases([case_id, mediation_id])
    group = group_for_member(work, case_id)
    refuse_closed(work, case_id)
    if _taken(work, mediation_id):
        raise conflict("RECORD_EXISTS", field="mediation_id")
    member = found(group.member(work.actor.person_id))
    opened = MediationOpened(
        youth_case_id=case_id,
        mediator_id=work.actor.person_id,
        owner_agency=member.agency,
        opened_on=work.moment.today,
    )
    work.publish(mediation_id, opened)
    return {"mediation_id": mediation_id}


def _taken(work: Work, record_id: str) -> bool:
    """True when a case, a group or another record has this id, as far as this service has said or read."""
    return work.lock_case(record_id) > 0 or any(
        shelf.find(work, record_id) is not None for shelf in (CASES, GROUPS, MEDIATIONS, FORUMS)
    )


def join_mediation(
    work: Work, mediation_id: str, *, party_id: str, party: MediationParty, name_ref: str | None
) -> Answer:
    """Enter a victim, or somebody who comes with them."""
    mediation = mediation_for_mediator(work, mediation_id)
    group = found(GROUPS.find(work, mediation.youth_case_id))
    today = work.moment.today
    joined = mediation.join(party_id, party, group=group, today=today, name_ref=name_ref)
    work.publish(mediation_id, *joined)
    return _mediation_standing(work, mediation_id)


def answer_mediation(
    work: Work,
    mediation_id: str,
    party_id: str,
    *,
    says_yes: bool,
    method: SigningMethod,
    given_on: date,
) -> Answer:
    """What a victim says to meeting."""
    mediation = _mediation_with_its_case(work, mediation_id)
    today = work.moment.today
    if says_yes:
        answered = mediation.says_yes(party_id, method=method, given_on=given_on, today=today)
    else:
        answered = mediation.says_no(party_id, today=today)
    work.publish(mediation_id, *answered)
    _call_off_against_a_victim(work, mediation.youth_case_id)
    return _mediation_standing(work, mediation_id)


def close_mediation(
    work: Work,
    mediation_id: str,
    *,
    outcome: MediationOutcome,
    text_ref: str | None,
    seen_version: int | None,
) -> Answer:
    """The mediation is over."""
    mediation = _mediation_with_its_case(work, mediation_id)
    mediation.refuse_stale(seen_version)
    work.publish(mediation_id, *mediation.close(outcome, text_ref=text_ref, today=work.moment.today))
    _call_off_against_a_victim(work, mediation.youth_case_id)
    return _mediation_standing(work, mediation_id)


def mediation_for_mediator(work: Work, mediation_id: str) -> Mediation:
    """The mediation, for its mediator; NotFound for everybody else, the youth's whole group among them."""
    work.lock_case(mediation_id)
    mediation = found(MEDIATIONS.find(work, mediation_id))
    if mediation.mediator_id != work.actor.person_id:
        raise not_found()
    return mediation


def _mediation_with_its_case(work: Work, mediation_id: str) -> Mediation:
    """The mediation, for its mediator, with the locks of the record and of the youth's case."""
    known = found(MEDIATIONS.find(work, mediation_id))
    work.lock_cases([mediation_id, known.youth_case_id])
    work.states.clear()  # what was read before the locks may be old
    return mediation_for_mediator(work, mediation_id)


def _call_off_against_a_victim(work: Work, case_id: str) -> None:
    """No meeting with a victim stays called when not every victim wants it any more; the group is not told why."""
    mediations = MEDIATIONS.where(work, MediationRow.youth_case_id == case_id)
    if any(mediation.victims_consent for mediation in mediations):
        return
    theirs = [meeting for meeting in MEETINGS.of_case(work, case_id) if meeting.kind in OWN_RECORD]
    work.publish(case_id, *called_off(theirs, CancelReason.NOT_POSSIBLE, now=work.moment.decided_at))


def _mediation_standing(work: Work, mediation_id: str) -> Answer:
    mediation = found(MEDIATIONS.find(work, mediation_id))
    return {
        "mediation_id": mediation_id,
        "victims_consent": mediation.victims_consent,
        "version": mediation.version,
    }


def open_forum(work: Work, *, forum_id: str, kind: ForumKind) -> Answer:
    """Set a forum up, led by oneself."""
    if _taken(work, forum_id):
        raise conflict("RECORD_EXISTS", field="forum_id")
    try:
        agency = Agency(work.actor.agency or "")
    except ValueError:
        raise refused("OTHER_AGENCY") from None
    opened = ForumOpened(
        kind=kind, lead_id=work.actor.person_id, lead_agency=agency, opened_on=work.moment.today
    )
    work.publish(forum_id, opened)
    return {"forum_id": forum_id}


def join_forum(work: Work, forum_id: str, *, person_id: str, agency: Agency) -> Answer:
    """Take somebody into a forum."""
    forum = led_forum(work, forum_id)
    directory.refuse_unlisted(work, person_id, agency=agency)
    work.publish(forum_id, *forum.join(person_id, agency=agency, today=work.moment.today))
    return {"forum_id": forum_id}


def leave_forum(work: Work, forum_id: str, person_id: str) -> Answer:
    """Leave a forum oneself, or let its lead end a membership."""
    work.lock_case(forum_id)
    own = person_id == work.actor.person_id
    forum = forum_for_member(work, forum_id) if own else led_forum(work, forum_id)
    work.publish(forum_id, *forum.leave(person_id, today=work.moment.today))
    return {"forum_id": forum_id}


def declare_forum_secrecy(work: Work, forum_id: str, *, text_version: str) -> Answer:
    """The actor's own declaration for this forum."""
    work.lock_case(forum_id)
    forum = forum_for_member(work, forum_id)
    work.publish(forum_id, *forum.declare(work.actor.person_id, text_version=text_version))
    return {"forum_id": forum_id}


def hold_session(work: Work, forum_id: str, *, session_id: str, held_on: date, present: list[str]) -> Answer:
    """The forum met."""
    forum = led_forum(work, forum_id)
    met = forum.meet(session_id, held_on=held_on, present=tuple(present), today=work.moment.today)
    work.publish(forum_id, *met)
    return {"forum_id": forum_id, "session_id": session_id}


def discuss_matter(
    work: Work,
    forum_id: str,
    session_id: str,
    *,
    matter_id: str,
    themes: list[Reason],
    advice: ForumAdvice,
    text: str,
) -> Answer:
    """A matter was talked about without any name; what was written about it is checked, and is on no log."""
    forum = led_forum(work, forum_id)
    refuse_recognisable(text, names_somebody)
    said = forum.discuss(session_id, matter_id, themes=tuple(themes), advice=advice)
    work.publish(forum_id, *said)
    if text:
        work.put(
            ForumTextRow,
            matter_id=matter_id,
            forum_id=forum_id,
            text=text,
            written_at=work.moment.decided_at,
        )
    return {"forum_id": forum_id, "matter_id": matter_id}


def forum_for_member(work: Work, forum_id: str) -> Forum:
    """The forum, for its members; NotFound for everybody else."""
    forum = found(FORUMS.find(work, forum_id))
    if forum.member(work.actor.person_id) is None:
        raise not_found()
    return forum


def led_forum(work: Work, forum_id: str) -> Forum:
    """The forum, for its lead, with its stream locked. Raises NotAllowed for its other members, NotFound for everybody else."""
    work.lock_case(forum_id)
    forum = forum_for_member(work, forum_id)
    if forum.lead_id != work.actor.person_id:
        raise not_allowed("ONLY_FORUM_LEAD")
    return forum
