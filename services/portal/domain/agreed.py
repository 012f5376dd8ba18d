"""A consent as the sharing service tells it now: who said what, and what they agreed to together."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import Agency, Category, ConsentKind, Purpose, SignerRole, SigningMethod

KINDS = (
    ConsentKind.PARTICIPATION,
    ConsentKind.SECRECY_RELEASE,
    ConsentKind.HEALTH,
    ConsentKind.EXTRA,
)
"""The four kinds in the order of the page; never bundled."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose yes was asked for."""

    person_id: str
    role: SignerRole


class PartTakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """Receivers that a yes was taken back for, while it stands for the others."""

    to_agencies: tuple[Agency, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What one of them has answered; `only_to` and `only_categories` narrow a yes."""

    said: str
    method: SigningMethod | None = None
    given_on: date | None = None
    confirmed_on: date | None = None
    only_to: tuple[Agency, ...] | None = None
    only_categories: tuple[Category, ...] | None = None
    explained_by: str | None = None
    interpreter_used: bool = False
    taken_back: tuple[PartTakenBack, ...] = ()

    @property
    def not_to(self) -> tuple[Agency, ...]:
        """The receivers that the yes was taken back for."""
        return tuple(agency for part in self.taken_back for agency in part.to_agencies)


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's no in another consent, said since, to something that this one lets through."""

    consent_id: str
    person_id: str
    said: str


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """One consent; `standing` is what it is worth today, `confirm_by` whose oral yes waits for paper."""

    consent_id: str
    kind: ConsentKind
    from_agencies: tuple[Agency, ...]
    to_agencies: tuple[Agency, ...]
    categories: tuple[Category, ...]
    purpose: Purpose
    valid_from: date
    valid_to: date
    text_version: str
    language: str
    signers: tuple[Asked, ...]
    requested_on: date
    standing: str
    supersedes: str | None = None
    replies: dict[str, Said] = {}
    excused: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    confirm_by: dict[str, date] = {}
    stopped_by: tuple[Stopped, ...] = ()
    carries_something: bool = True

    def answer(self, person_id: str) -> str:
        """What one of them has said: YES, NO, TAKEN_BACK, EXCUSED or NONE."""
        if person_id in self.excused:
            return "EXCUSED"
        return self.replies[person_id].said if person_id in self.replies else "NONE"

    @property
    def stopped(self) -> tuple[Stopped, ...]:
        """The newer noes, where the consent would count but for them."""
        return self.stopped_by if self.standing in ("EFFECTIVE", "NOT_YET_VALID") else ()

    @property
    def takes_answers(self) -> bool:
        """True while somebody who has not answered still may."""
        return self.standing == "INCOMPLETE" and bool(self.waiting)

    @property
    def waiting(self) -> tuple[Asked, ...]:
        """Those who have not answered."""
        return tuple(one for one in self.signers if self.answer(one.person_id) == "NONE")

    @property
    def can_be_renewed(self) -> bool:
        """True where a new one can be asked for in its place."""
        return self.standing not in ("SUPERSEDED", "INCOMPLETE")

    @property
    def can_be_taken_back(self) -> bool:
        """True where somebody's yes still stands, though another's has been taken back: the last one's ends the case."""
        said_yes = any(reply.said == "YES" for reply in self.replies.values())
        return said_yes and self.standing in ("EFFECTIVE", "NOT_YET_VALID", "INCOMPLETE", "WITHDRAWN")

    @property
    def receivers(self) -> tuple[Agency, ...]:
        """Who may be told, when everybody's limits are put together."""
        limits = [set(one.only_to) for one in self._narrowed if one.only_to is not None]
        gone = self.no_longer_to
        return tuple(
            agency
            for agency in self.to_agencies
            if agency not in gone and all(agency in limit for limit in limits)
        )

    @property
    def no_longer_to(self) -> tuple[Agency, ...]:
        """The receivers that somebody has taken back their yes for."""
        gone = {agency for one in self.replies.values() for agency in one.not_to}
        return tuple(agency for agency in self.to_agencies if agency in gone)

    @property
    def about(self) -> tuple[Category, ...]:
        """What they may be told, when everybody's limits are put together."""
        limits = [set(one.only_categories) for one in self._narrowed if one.only_categories is not None]
        return tuple(what for what in self.categories if all(what in limit for limit in limits))

    @property
    def narrowed_by(self) -> tuple[str, ...]:
        """Who said yes to a part only."""
        return tuple(
            person
            for person, one in self.replies.items()
            if one.said == "YES" and (one.only_to is not None or one.only_categories is not None)
        )

    @property
    def _narrowed(self) -> list[Said]:
        return [self.replies[person] for person in self.narrowed_by]


def agreed_from(told: object) -> list[Agreed]:
    """The consents of a case in another service's answer, the newest first."""
    found = msgspec.convert(told, list[Agreed])
    return sorted(found, key=lambda one: (one.requested_on, one.consent_id), reverse=True)
