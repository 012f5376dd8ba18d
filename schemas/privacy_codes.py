"""The codes of data protection: breaches of security, and what people may ask for about themselves."""

from __future__ import annotations

from enum import StrEnum


class BreachKind(StrEnum):
    """What happened to personal data that should not have (GDPR art. 4 no. 12)."""

    SENT_TO_WRONG = "SENT_TO_WRONG"
    SEEN_WITHOUT_RIGHT = "SEEN_WITHOUT_RIGHT"
    LOST_OR_STOLEN = "LOST_OR_STOLEN"
    CHANGED = "CHANGED"
    NOT_AVAILABLE = "NOT_AVAILABLE"


class BreachRisk(StrEnum):
    """How great the risk to those concerned is (art. 33 and 34)."""

    UNLIKELY = "UNLIKELY"
    RISK = "RISK"
    HIGH = "HIGH"


class NotNotifiedReason(StrEnum):
    """Why a breach is not notified to the supervisory authority."""

    RISK_UNLIKELY = "RISK_UNLIKELY"
    NO_BREACH = "NO_BREACH"
    NOTIFIED_BY_ANOTHER = "NOTIFIED_BY_ANOTHER"


class SubjectRight(StrEnum):
    """What somebody asks for about themselves (art. 15 to 21)."""

    ACCESS = "ACCESS"
    RECTIFICATION = "RECTIFICATION"
    ERASURE = "ERASURE"
    RESTRICTION = "RESTRICTION"
    PORTABILITY = "PORTABILITY"
    OBJECTION = "OBJECTION"


class ExtensionReason(StrEnum):
    """Why a request needs two months more (art. 12 no. 3)."""

    COMPLEX = "COMPLEX"
    MANY_REQUESTS = "MANY_REQUESTS"


class RightOutcome(StrEnum):
    """What came of a request."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    REFUSED = "REFUSED"


class RightGround(StrEnum):
    """Why a request was not granted in full."""

    ARCHIVE_DUTY = "ARCHIVE_DUTY"
    OTHERS_RIGHTS = "OTHERS_RIGHTS"
    NOT_IDENTIFIED = "NOT_IDENTIFIED"
    PUBLIC_TASK = "PUBLIC_TASK"
    EXCESSIVE = "EXCESSIVE"
