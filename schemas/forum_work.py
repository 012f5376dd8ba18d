"""What a forum does through the year beside its meetings: calls them, keeps its agreements, turns its year wheel. No case, no name, no text."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, CancelReason
from schemas.event import Event, Sentence, event
from schemas.register_codes import YearWheelActivity


@event(
    "forum.session_planned",
    sentence=Sentence("Et forum satte dagen for et møte", "Eit forum sette dagen for eit møte"),
)
class ForumSessionPlanned(Event, frozen=True, kw_only=True):
    """A forum set the day of a meeting; agenda and invitation are to follow."""

    session_id: str
    meets_on: date


@event(
    "forum.invitations_sent",
    sentence=Sentence(
        "Innkalling og saksliste til et forum ble sendt", "Innkalling og sakliste til eit forum vart sende"
    ),
)
class ForumInvitationsSent(Event, frozen=True, kw_only=True):
    """The members of a forum got agenda and invitation to a meeting."""

    session_id: str
    sent_on: date


@event(
    "forum.session_cancelled",
    sentence=Sentence("Et møte i et forum ble avlyst", "Eit møte i eit forum vart avlyst"),
)
class ForumSessionCancelled(Event, frozen=True, kw_only=True):
    """A planned meeting of a forum is not held, and why."""

    session_id: str
    reason: CancelReason


@event("forum.closed", sentence=Sentence("Et forum ble lagt ned", "Eit forum vart lagt ned"))
class ForumClosed(Event, frozen=True, kw_only=True):
    """A forum meets no more; nothing of it is waited for."""

    closed_on: date


@event(
    "agreement.signed",
    sentence=Sentence("En samarbeidsavtale ble signert", "Ein samarbeidsavtale vart signert"),
)
class AgreementSigned(Event, frozen=True, kw_only=True):
    """The leaders signed a cooperation agreement; `revise_on` is the day it sets itself for being revised."""

    agreement_id: str
    parties: tuple[Agency, ...]
    signed_on: date
    revise_on: date | None = None


@event(
    "agreement.revised",
    sentence=Sentence("En samarbeidsavtale ble revidert", "Ein samarbeidsavtale vart revidert"),
)
class AgreementRevised(Event, frozen=True, kw_only=True):
    """The leaders went through a cooperation agreement and signed it anew, changed or not."""

    agreement_id: str
    revised_on: date
    revise_on: date | None = None


@event(
    "year_wheel_item.set",
    sentence=Sentence("En fast oppgave kom inn i årshjulet", "Ei fast oppgåve kom inn i årshjulet"),
)
class YearWheelItemSet(Event, frozen=True, kw_only=True):
    """Something comes back in a month of every year, and who does it; `next_on` is the last day of the next such month."""

    item_id: str
    activity: YearWheelActivity
    month: int
    person_id: str
    next_on: date


@event(
    "year_wheel_item.done",
    sentence=Sentence("En oppgave i årshjulet ble gjort", "Ei oppgåve i årshjulet vart gjord"),
)
class YearWheelItemDone(Event, frozen=True, kw_only=True):
    """It was done for this year; `next_on` is when it comes back, and None when it shall not."""

    item_id: str
    person_id: str
    done_on: date
    done_for: date
    next_on: date | None = None
