"""The rows of the catalogue about forums: how often they meet, when invitations are out, agreements and the year wheel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from backbone.refusal import Sentence
from schemas.codes import ForumKind
from schemas.event import Event
from schemas.forum import ForumOpened, ForumSessionHeld
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
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import Closing, Happened, Length, Opening, Owner, Rule, Unit

FORUMS_FOLLOWED: tuple[type[Event], ...] = (
    ForumOpened,
    ForumSessionPlanned,
    ForumInvitationsSent,
    ForumSessionCancelled,
    ForumSessionHeld,
    ForumClosed,
    AgreementSigned,
    AgreementRevised,
    YearWheelItemSet,
    YearWheelItemDone,
)
"""What these rows follow."""
CLOSED = (Closing(on=ForumClosed),)


def _of(kind: ForumKind) -> Callable[[Happened, CaseDeadlines], bool]:
    return lambda _, forum: forum.forum is kind


def _meets(kind: str, forum: ForumKind, length: Length, name: Sentence, source: str) -> Rule:
    """A forum meets again so long after it was opened or last met, backwards entries counted by their own day."""
    of_kind = _of(forum)
    return Rule(
        kind=kind,
        name=name,
        opens=(
            Opening(on=ForumOpened, since="opened_on", when=of_kind),
            Opening(on=ForumSessionHeld, since="held_on", when=of_kind),
        ),
        lengths=(length,),
        met_by=(Closing(on=ForumSessionHeld, day="held_on"),),
        cancelled_by=CLOSED,
        source=source,
    )


def _set_day(happened: Happened, _: CaseDeadlines) -> date | None:
    """The day that an agreement sets for its own revision."""
    assert isinstance(happened.event, (AgreementSigned, AgreementRevised))
    return happened.event.revise_on


def _comes_back(happened: Happened, _: CaseDeadlines) -> date | None:
    assert isinstance(happened.event, YearWheelItemDone)
    return happened.event.next_on


THAT_DAY = Length(0, Unit.CD)
FORUM_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-03-FORUM",
        name=Sentence(
            "Innkalling til forumet", "Innkalling til forumet", "Invitation to the forum to be sent out"
        ),
        opens=(Opening(on=ForumSessionPlanned, since="meets_on"),),
        lengths=(Length(-14, Unit.CD),),
        met_by=(Closing(on=ForumInvitationsSent, day="sent_on"),),
        cancelled_by=(Closing(on=ForumSessionCancelled), Closing(on=ForumSessionHeld), *CLOSED),
        about="session_id",
        source="the guide says in good time; 14 days before a forum meets ★",
    ),
    _meets(
        "D-40",
        ForumKind.STEERING,
        Length(100, Unit.CD),
        Sentence("Møte i styringsgruppen", "Møte i styringsgruppa", "Steering group to meet"),
        "the SLT handbook: at least four meetings a year; never more than 100 days apart ★",
    ),
    _meets(
        "D-41",
        ForumKind.COORDINATION,
        Length(1, Unit.M),
        Sentence("Møte i koordineringsgruppen", "Møte i koordineringsgruppa", "Coordination group to meet"),
        "the SLT handbook: monthly",
    ),
    _meets(
        "D-42",
        ForumKind.POLICE_COUNCIL,
        Length(170, Unit.CD),
        Sentence("Møte i politirådet", "Møte i politirådet", "Police council to meet"),
        "the guide on cooperation between municipality and police: at least two a year; 170 days leave time to call one ★",
    ),
    Rule(
        kind="D-43",
        name=Sentence(
            "Revidere samarbeidsavtalen", "Revidere samarbeidsavtalen", "Cooperation agreement to be revised"
        ),
        opens=(
            Opening(on=AgreementSigned, counted_from=_set_day, length=THAT_DAY),
            Opening(on=AgreementSigned, since="signed_on"),
            Opening(on=AgreementRevised, counted_from=_set_day, length=THAT_DAY),
            Opening(on=AgreementRevised, since="revised_on"),
        ),
        lengths=(Length(24, Unit.M),),
        met_by=(Closing(on=AgreementRevised, day="revised_on"),),
        cancelled_by=CLOSED,
        about="agreement_id",
        source="the guide: the agreement says when it is revised; otherwise two years ★",
    ),
    _meets(
        "D-44",
        ForumKind.GATHERING,
        Length(12, Unit.M),
        Sentence("Årlig samling", "Årleg samling", "Yearly gathering"),
        "the SLT handbook: all levels come together once a year",
    ),
    Rule(
        kind="D-45",
        name=Sentence("Oppgave i årshjulet", "Oppgåve i årshjulet", "Item of the year wheel"),
        opens=(
            Opening(on=YearWheelItemSet, since="next_on"),
            Opening(on=YearWheelItemDone, counted_from=_comes_back),
        ),
        lengths=(THAT_DAY,),
        met_by=(Closing(on=YearWheelItemDone, day="done_on"),),
        cancelled_by=CLOSED,
        owner=Owner.REPORTER,
        about="item_id",
        source="the SLT handbook: an item of the year wheel belongs to a month, and is due with its last day",
    ),
)
