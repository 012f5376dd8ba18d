"""Which kinds of deviations may stand in plain sight: a drug test or an offence is what the consent is about, and never a title to everybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from schemas.codes import Agency, DeviationKind
from schemas.correction import RegistrationCorrected
from schemas.deviation import GUARDED_KINDS, DeviationReported


class Reader(NamedTuple):
    """Who reads: whether they lead the case, for which agency they act, and which texts the gate has let them open now."""

    leads: bool
    agency: str | None
    opened: Collection[str] = ()

    def is_told(self, kind: DeviationKind, *, by: Agency, text_ref: str | None) -> bool:
        """True for what was agreed with the whole group, for those who lead, for the agency that reported it, and for whoever the gate has let
        open the words.
        """
        own = self.leads or self.agency == by.value
        return kind not in GUARDED_KINDS or own or (text_ref is not None and text_ref in self.opened)

    def without_kinds(self, detail: Callable[..., str]) -> Callable[..., str]:
        """The same details of a history, with nothing about a deviation whose kind this reader is not told."""

        def told(t: Any, type_name: str, said: Mapping[str, Any]) -> str:
            if type_name == DeviationReported.type:
                kind, by = DeviationKind(said["kind"]), Agency(said["reporter_agency"])
                if not self.is_told(kind, by=by, text_ref=said.get("text_ref")):
                    return ""
            if type_name == RegistrationCorrected.type and not self.leads and _names_guarded(said):
                return ""
            return detail(t, type_name, said)

        return told


def _names_guarded(said: Mapping[str, Any]) -> bool:
    """True for a correction that takes a deviation from or to a kind which is guarded. It does not say who reported it."""
    kinds = [
        value
        for change in said["changes"]
        if said["corrected_type"] == DeviationReported.type and change["field"] == "kind"
        for value in (change["was"], change["now"])
    ]
    return not GUARDED_KINDS.keys().isdisjoint(kinds)
