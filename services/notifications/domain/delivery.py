"""What becomes of a mail after an attempt. A refusal known for certain is tried again; an unknown outcome once, with the same Message-ID."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

TOO_OLD = timedelta(hours=48)
"""Of decision time since a mail was first to be sent: what it tells of is in the inbox, and it is of no use any more."""
LONGEST_PAUSE = 3600.0
REFUSALS_FOR_GOOD = 3
"""How many times a mail is offered to a server that says it never will take it."""
DOUBTS = 2
"""After so many attempts with an unknown outcome nobody tries again: the first, and one more."""


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "WAITING"
    SENT = "SENT"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"
    GAVE_UP = "GAVE_UP"
    UNCERTAIN = "UNCERTAIN"


class Outcome(StrEnum):
    """What is known of an attempt to hand a mail over."""

    ACCEPTED = "ACCEPTED"
    LATER = "LATER"
    NEVER = "NEVER"
    NOT_REACHED = "NOT_REACHED"
    UNKNOWN = "UNKNOWN"
    TAKEN_OVER = "TAKEN_OVER"


class Verdict(NamedTuple):
    """The mail's next state and, when it still waits, for how many seconds."""

    state: MailState
    pause: float = 0.0


def before_sending(*, wanted_at: datetime, decided_at: datetime, doubts: int) -> MailState:
    """Whether a claimed mail is still to be sent."""
    if doubts >= DOUBTS:
        return MailState.UNCERTAIN
    return MailState.EXPIRED if decided_at - wanted_at > TOO_OLD else MailState.WAITING


def after_attempt(outcome: Outcome, *, attempts: int, doubts: int) -> Verdict:
    """What follows from an outcome; `attempts` and `doubts` count this attempt."""
    match outcome:
        case Outcome.ACCEPTED:
            return Verdict(MailState.SENT)
        case Outcome.NEVER if attempts >= REFUSALS_FOR_GOOD:
            return Verdict(MailState.GAVE_UP)
        case Outcome.UNKNOWN if doubts >= DOUBTS:
            return Verdict(MailState.UNCERTAIN)
    return Verdict(MailState.WAITING, pause_after(attempts))


def pause_after(attempts: int) -> float:
    """Seconds until the next attempt: 5, 10, 20 … at most an hour."""
    return min(5.0 * 2.0 ** min(max(attempts - 1, 0), 20), LONGEST_PAUSE)
