"""Data protection in a case: breaches of security, and what the youth or a guardian asks for about themselves. Accounts and grounds lie in the
vault; nothing of them is told here.
"""

from __future__ import annotations

from datetime import date, datetime

from schemas.codes import Category, SignerRole
from schemas.event import Event, Sentence, event
from schemas.privacy_codes import (
    BreachKind,
    BreachRisk,
    ExtensionReason,
    NotNotifiedReason,
    RightGround,
    RightOutcome,
    SubjectRight,
)


@event(
    "personal_data_breach.found",
    sentence=Sentence(
        "Et brudd på personopplysningssikkerheten ble oppdaget",
        "Eit brot på personopplysningstryggleiken blei oppdaga",
    ),
)
class PersonalDataBreachFound(Event, frozen=True, kw_only=True):
    """Somebody found that personal data had come astray; `notify_by_at` is 72 hours after that (GDPR art. 33), `person_id` who answers for it."""

    breach_id: str
    kind: BreachKind
    found_at: datetime
    found_on: date
    notify_by_at: datetime
    persons: int
    categories: tuple[Category, ...]
    person_id: str
    deviation_id: str | None = None
    text_ref: str | None = None


@event(
    "personal_data_breach.assessed",
    sentence=Sentence(
        "Risikoen ved bruddet på personopplysningssikkerheten ble vurdert",
        "Risikoen ved brotet på personopplysningstryggleiken blei vurdert",
    ),
)
class PersonalDataBreachAssessed(Event, frozen=True, kw_only=True):
    """Somebody judged the risk that a breach is to those concerned; the newest judgement counts."""

    breach_id: str
    risk: BreachRisk
    assessed_on: date
    text_ref: str


@event(
    "personal_data_breach.notified",
    sentence=Sentence("Bruddet ble meldt til Datatilsynet", "Brotet blei meldt til Datatilsynet"),
)
class PersonalDataBreachNotified(Event, frozen=True, kw_only=True):
    """The breach was notified to Datatilsynet; `late_ref` says why, when it was after the 72 hours."""

    breach_id: str
    notified_at: datetime
    notified_on: date
    late: bool = False
    late_ref: str | None = None


@event(
    "personal_data_breach.not_notified",
    sentence=Sentence(
        "Det ble avgjort at bruddet ikke meldes til Datatilsynet",
        "Det blei avgjort at brotet ikkje blir meldt til Datatilsynet",
    ),
)
class PersonalDataBreachNotNotified(Event, frozen=True, kw_only=True):
    """It was decided, with grounds that are kept, that a breach is not notified."""

    breach_id: str
    reason: NotNotifiedReason
    decided_on: date
    text_ref: str


@event(
    "personal_data_breach.persons_told",
    sentence=Sentence("De som bruddet gjelder, fikk vite om det", "Dei som brotet gjeld, fekk vite om det"),
)
class PersonalDataBreachPersonsTold(Event, frozen=True, kw_only=True):
    """Those concerned were told of a breach (GDPR art. 34): how many, and when."""

    breach_id: str
    told_on: date
    persons: int


@event(
    "data_subject_request.received",
    sentence=Sentence("Et krav om egne opplysninger kom inn", "Eit krav om eigne opplysningar kom inn"),
)
class DataSubjectRequestReceived(Event, frozen=True, kw_only=True):
    """The youth or a guardian asks for something about themselves; `answer_by` is a month later (GDPR art. 12 no. 3), `person_id` who answers."""

    request_id: str
    right: SubjectRight
    asker: SignerRole
    received_on: date
    answer_by: date
    person_id: str
    text_ref: str | None = None


@event(
    "data_subject_request.extended",
    sentence=Sentence(
        "Fristen for å svare på et krav om egne opplysninger ble forlenget",
        "Fristen for å svare på eit krav om eigne opplysningar blei lengd",
    ),
)
class DataSubjectRequestExtended(Event, frozen=True, kw_only=True):
    """A request needs two months more, and whoever asked was told why within the first."""

    request_id: str
    reason: ExtensionReason
    extended_on: date
    answer_by: date


@event(
    "data_subject_request.answered",
    sentence=Sentence("Et krav om egne opplysninger ble besvart", "Eit krav om eigne opplysningar fekk svar"),
)
class DataSubjectRequestAnswered(Event, frozen=True, kw_only=True):
    """A request was answered; what was not granted in full has a ground, and the answer itself lies in the vault."""

    request_id: str
    outcome: RightOutcome
    answered_on: date
    ground: RightGround | None = None
    text_ref: str | None = None
