"""What the events of agendas, minutes, mediations and forums say in this service's replayed tables."""

from __future__ import annotations

from backbone.rows import Rows
from backbone.work import Fold
from schemas.agenda import (
    AgendaItemAdded,
    AgendaItemCarriedOver,
    AgendaItemSettled,
    InterpreterBooked,
    InterpreterDeclined,
    InterpreterNeeded,
)
from schemas.event import Event, Fact
from schemas.forum import (
    ForumMatterDiscussed,
    ForumMemberJoined,
    ForumMemberLeft,
    ForumOpened,
    ForumSecrecyDeclared,
    ForumSessionHeld,
)
from schemas.forum_work import (
    AgreementRevised,
    AgreementSigned,
    ForumClosed,
    ForumInvitationsSent,
    ForumSessionCancelled,
    ForumSessionPlanned,
    YearWheelItemDone,
    YearWheelItemSet,
)
from schemas.mediation import (
    MediationClosed,
    MediationConsentGiven,
    MediationConsentWithdrawn,
    MediationOpened,
    MediationPartyJoined,
)
from schemas.minutes import (
    MinutesCommented,
    MinutesConfirmed,
    MinutesCorrected,
    MinutesDrafted,
    MinutesIssued,
    NoTasksDeclared,
)
from services.network.domain.forum import Forum
from services.network.domain.mediation import Mediation
from services.network.domain.minutes import begun
from services.network.repository import FORUMS, MEDIATIONS, MEETINGS, MINUTES


def on_agenda(rows: Rows, fact: Fact) -> None:
    """The agenda, or the interpreter, of the meeting that the event names."""
    _meeting(rows, fact, fact.event.meeting_id)  # type: ignore[attr-defined]


def on_carried_over(rows: Rows, fact: Fact) -> None:
    """An item leaves one meeting and stands in another."""
    assert isinstance(fact.event, AgendaItemCarriedOver)
    _meeting(rows, fact, fact.event.from_meeting_id)
    _meeting(rows, fact, fact.event.to_meeting_id)


def _meeting(rows: Rows, fact: Fact, meeting_id: str) -> None:
    meeting = MEETINGS.find(rows, meeting_id)
    if meeting is not None:
        MEETINGS.put(rows, meeting.after(fact.event))


def on_drafted(rows: Rows, fact: Fact) -> None:
    """Minutes begin, or are written anew."""
    assert isinstance(fact.event, MinutesDrafted)
    minutes = MINUTES.find(rows, fact.event.meeting_id)
    if minutes is None:
        MINUTES.put(rows, begun(fact.envelope.case_id, fact.event))
    else:
        MINUTES.put(rows, minutes.after(fact.event))


def on_minutes(rows: Rows, fact: Fact) -> None:
    """The minutes go on."""
    minutes = MINUTES.find(rows, fact.event.meeting_id)  # type: ignore[attr-defined]
    if minutes is not None:
        MINUTES.put(rows, minutes.after(fact.event))


def on_minutes_issued(rows: Rows, fact: Fact) -> None:
    """The minutes are out, and the meeting's agenda is done with."""
    on_minutes(rows, fact)
    on_agenda(rows, fact)


def on_mediation_opened(rows: Rows, fact: Fact) -> None:
    """A mediation begins."""
    assert isinstance(fact.event, MediationOpened)
    MEDIATIONS.put(rows, Mediation.opened(fact.envelope.case_id, fact.event))


def on_mediation(rows: Rows, fact: Fact) -> None:
    """A mediation goes on."""
    mediation = MEDIATIONS.find(rows, fact.envelope.case_id)
    if mediation is not None:
        MEDIATIONS.put(rows, mediation.after(fact.event))


def on_forum_opened(rows: Rows, fact: Fact) -> None:
    """A forum begins."""
    assert isinstance(fact.event, ForumOpened)
    FORUMS.put(rows, Forum.opened(fact.envelope.case_id, fact.event))


def on_forum(rows: Rows, fact: Fact) -> None:
    """A forum goes on."""
    forum = FORUMS.find(rows, fact.envelope.case_id)
    if forum is not None:
        FORUMS.put(rows, forum.after(fact.event))


FORUM_WORK: tuple[type[Event], ...] = (
    ForumSessionPlanned,
    ForumInvitationsSent,
    ForumSessionCancelled,
    ForumClosed,
    AgreementSigned,
    AgreementRevised,
    YearWheelItemSet,
    YearWheelItemDone,
)
RECORD_FOLDS: dict[type[Event], Fold] = {
    AgendaItemAdded: on_agenda,
    AgendaItemSettled: on_agenda,
    AgendaItemCarriedOver: on_carried_over,
    InterpreterNeeded: on_agenda,
    InterpreterBooked: on_agenda,
    InterpreterDeclined: on_agenda,
    MinutesDrafted: on_drafted,
    MinutesIssued: on_minutes_issued,
    NoTasksDeclared: on_minutes,
    MinutesCommented: on_minutes,
    MinutesConfirmed: on_minutes,
    MinutesCorrected: on_minutes,
    MediationOpened: on_mediation_opened,
    MediationPartyJoined: on_mediation,
    MediationConsentGiven: on_mediation,
    MediationConsentWithdrawn: on_mediation,
    MediationClosed: on_mediation,
    ForumOpened: on_forum_opened,
    ForumMemberJoined: on_forum,
    ForumMemberLeft: on_forum,
    ForumSecrecyDeclared: on_forum,
    ForumSessionHeld: on_forum,
    ForumMatterDiscussed: on_forum,
    **dict.fromkeys(FORUM_WORK, on_forum),
}
