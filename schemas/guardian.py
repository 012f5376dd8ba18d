"""Guardians (foresatte) and who decides for a youth under 18: added, removed, kept out, and where parental responsibility lies.

Whatever adds somebody who decides, or narrows what somebody is told, counts at once. With `awaits_leader` the yes of those who would fall
away by it (whoever is kept out, removed or without responsibility, or has others in their place) stays needed until a leader who does not
lead the case has confirmed it: nobody who decides falls away on one person's word (domain C.4).
"""

from __future__ import annotations

from datetime import date

from schemas.event import Event, Sentence, event
from schemas.guardian_codes import (
    DecisionMaker,
    GuardianRemoval,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)


@event(
    "guardian.added",
    sentence=Sentence("En foresatt ble ført opp i saken", "Ein føresett vart ført opp i saka"),
)
class GuardianAdded(Event, frozen=True, kw_only=True):
    """Somebody stands beside the youth, in what capacity and shown by what; the name lies in the vault."""

    person_id: str
    decision_maker: DecisionMaker
    source: ResponsibilitySource
    from_on: date
    identity_ref: str | None = None
    awaits_leader: bool = False


@event(
    "guardian.removed",
    sentence=Sentence("En foresatt er ikke lenger ført opp", "Ein føresett er ikkje lenger ført opp"),
)
class GuardianRemoved(Event, frozen=True, kw_only=True):
    """Somebody is no longer a guardian in the case; `stop_id` is the stop that the gate has held since before this was written."""

    person_id: str
    reason: GuardianRemoval
    removed_on: date
    stop_id: str | None = None
    awaits_leader: bool = False


@event(
    "guardian.restricted",
    sentence=Sentence("En foresatt ble holdt utenfor saken", "Ein føresett vart halden utanfor saka"),
)
class GuardianRestricted(Event, frozen=True, kw_only=True):
    """A guardian is kept out: no copies, no place and no time, no signature. Why in more than a code lies in the vault."""

    person_id: str
    basis: RestrictionBasis
    from_on: date
    stop_id: str
    grounds_ref: str | None = None
    awaits_leader: bool = False


@event(
    "guardian.change_confirmed",
    sentence=Sentence(
        "En leder bekreftet en endring i hvem som bestemmer for ungdommen",
        "Ein leiar stadfesta ei endring i kven som bestemmer for ungdommen",
    ),
)
class GuardianChangeConfirmed(Event, frozen=True, kw_only=True):
    """A leader of the unit that owns the case, who does not lead it, has confirmed what was registered about this person (kept out, removed,
    without responsibility, in the parents' place): from now on the yes of whoever fell away by it is not needed. Why lies in the vault.
    """

    person_id: str
    confirmed_on: date
    grounds_ref: str


@event(
    "guardian.restriction_lifted",
    sentence=Sentence(
        "En foresatt holdes ikke lenger utenfor", "Ein føresett blir ikkje lenger halden utanfor"
    ),
)
class GuardianRestrictionLifted(Event, frozen=True, kw_only=True):
    """A guardian is no longer kept out; a leader has said so. With `awaits_leader` something else about them still waits to be confirmed."""

    person_id: str
    reason: RestrictionLifting
    lifted_on: date
    awaits_leader: bool = False


@event(
    "parental_responsibility.changed",
    sentence=Sentence(
        "Hvem som bestemmer for ungdommen, ble endret", "Kven som bestemmer for ungdommen, vart endra"
    ),
)
class ParentalResponsibilityChanged(Event, frozen=True, kw_only=True):
    """Somebody decides in another capacity than before, shown by what, from which day.

    With BARNEVERN the child welfare service decides in the parents' place, by the person named; `parents_informed` says whether the
    care decision lets the parents know and take part. `stop_ids` are the stops that the gate has held for those who are kept out by it.
    """

    person_id: str
    decision_maker: DecisionMaker
    source: ResponsibilitySource
    from_on: date
    parents_informed: bool = False
    stop_ids: tuple[str, ...] = ()
    awaits_leader: bool = False


@event(
    "guardian_situation.confirmed",
    sentence=Sentence(
        "Det ble bekreftet hvem som bestemmer for ungdommen",
        "Det vart stadfesta kven som bestemmer for ungdommen",
    ),
)
class GuardianSituationConfirmed(Event, frozen=True, kw_only=True):
    """Somebody has looked again at who the guardians are and who decides, and what stands is right."""

    confirmed_on: date


@event(
    "preferred_language.set",
    sentence=Sentence(
        "Et språk ble ført opp for en person i saken", "Eit språk vart ført opp for ein person i saka"
    ),
)
class PreferredLanguageSet(Event, frozen=True, kw_only=True):
    """The language in which somebody around the youth wants to be spoken with and written to, and why it is known."""

    person_id: str
    language: SpokenLanguage
    basis: LanguageBasis
