"""The municipality's local offers as the case forms and the case page see them; nothing of them is kept here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from backbone.refusal import Refused
from services.portal.texts import Texts

Ask = Callable[[], Iterable[Mapping[str, Any]]]


class LocalOffer(NamedTuple):
    """One offer of the register; ages in whole years, both included."""

    offer_id: str
    municipality_no: str
    title: str
    provider: str
    contact: str
    age_from: int
    age_to: int
    reviewed_on: date
    status: str
    stale: bool

    def label(self, t: Texts) -> str:
        """What an option says: what, by whom, for whom, and when somebody last went through it."""
        return t(
            "%(title)s (%(provider)s), %(youngest)s–%(oldest)s år, sist gått gjennom %(day)s",
            title=self.title,
            provider=self.provider,
            youngest=self.age_from,
            oldest=self.age_to,
            day=t.short_day(self.reviewed_on),
        )


def offer_of(told: Mapping[str, Any]) -> LocalOffer:
    """An offer as its owner tells it."""
    values = {name: told[name] for name in LocalOffer._fields}
    return LocalOffer(**{**values, "reviewed_on": date.fromisoformat(told["reviewed_on"])})


class LocalOffers:
    """Asked for only when a form or a page needs them, once each; none when nobody answers."""

    def __init__(self, fitting: Ask = tuple, known: Ask = tuple) -> None:
        self._ask_fitting, self._ask_known = fitting, known

    @cached_property
    def fitting(self) -> Sequence[LocalOffer]:
        """Those that may be chosen here now; the service has decided which."""
        return _told(self._ask_fitting)

    @cached_property
    def _known(self) -> Mapping[str, LocalOffer]:
        return {one.offer_id: one for one in _told(self._ask_known)}

    def named(self, offer_id: str) -> LocalOffer | None:
        """An offer that something points to, also when it has been taken out since."""
        return self._known.get(offer_id)


def _told(ask: Ask) -> Sequence[LocalOffer]:
    try:
        return [offer_of(one) for one in ask()]
    except Refused:
        return ()
