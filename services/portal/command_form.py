"""A plain form on the case page, declared: who may fill it in, when it is offered, what it asks, and which command it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from schemas.codes import Function
from services.portal.domain.case_view import CaseView
from services.portal.form_fields import Field, Situation
from services.portal.sanction_words import in_programme
from services.portal.texts import N_


class Who(StrEnum):
    """Who may fill a form in; the service that gets the command decides again."""

    LEAD = "LEAD"
    """Who leads the case, and the deputy."""
    LEADING = "LEADING"
    """They, and the secretary of the group: what is about the group and its meetings."""
    LEADER = "LEADER"
    """They, and the leader of the unit that owns the case."""
    UNIT_LEADER = "UNIT_LEADER"
    """The leader of the unit that owns the case, who does not lead it: what a second person decides."""
    COORDINATOR = "COORDINATOR"
    """Coordinators who lead the case or are in its group: what is about consents."""
    MEMBER = "MEMBER"
    """Everybody in the network group."""
    READER = "READER"
    """Everybody who may see the case, a leader elsewhere too; the targets say whose each thing is."""


class Area(StrEnum):
    """Where on the case page a form is offered, in this order."""

    DEVIATIONS = "DEVIATIONS"
    MEETINGS = "MEETINGS"
    TASKS = "TASKS"
    CONTRACT = "CONTRACT"
    PLAN = "PLAN"
    EVALUATION = "EVALUATION"
    GUARDIANS = "GUARDIANS"
    GROUP = "GROUP"
    INFORMATION = "INFORMATION"
    SHARING = "SHARING"
    CORRECTIONS = "CORRECTIONS"
    CASE = "CASE"


AREAS: dict[Area, str] = {
    Area.DEVIATIONS: N_("Avvik"),
    Area.MEETINGS: N_("Møter og referat"),
    Area.TASKS: N_("Oppgaver"),
    Area.CONTRACT: N_("Kontrakten"),
    Area.PLAN: N_("Ungdomsplanen"),
    Area.EVALUATION: N_("Evaluering"),
    Area.GUARDIANS: N_("Foresatte og hvem som bestemmer"),
    Area.GROUP: N_("Nettverksgruppen"),
    Area.INFORMATION: N_("Opplysninger"),
    Area.SHARING: N_("Samtykke og deling"),
    Area.CORRECTIONS: N_("Rette feil"),
    Area.CASE: N_("Saken"),
}


class Target(NamedTuple):
    """A thing in the case that a form is about: its id, what it is called here, and the version that the person sees."""

    id: str
    label: str
    version: int | None = None


def still_open(situation: Situation) -> bool:
    """While the case is not closed."""
    return situation.view.closed_on is None


@dataclass(frozen=True, kw_only=True)
class CommandForm:
    """One form. Its address is /saker/<case>/gjor/<slug>, and /<target> after that when it has targets.

    `path` may name {case_id}, {contract_id}, {plan_id}, {person_id} (who fills it in) and {target}. `fixed` is what the body says beside the
    fields, as it is or told by the situation; `ids` are names that get an id made for this form.
    """

    slug: str
    title: str
    lead: str
    area: Area | None
    """None when the page has its button where the thing stands, by `way_to`."""
    who: Who
    service: str
    path: str
    note: str
    """What the page says afterwards."""
    fields: tuple[Field, ...] = ()
    offered: Callable[[Situation], bool] = still_open
    targets: Callable[[Situation], Sequence[Target]] | None = None
    version: Callable[[CaseView], int | None] | None = None
    """The version that the person saw, when there are no targets to carry it."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    """Which field a refusal belongs beside, when the service names another."""
    button: str | None = None
    preview: str | None = None
    """A part of a template that is shown above the fields; it gets `view` and `situation`."""

    def permits(self, situation: Situation) -> bool:
        """True when the person may fill this form in."""
        return permitted(self.who, situation)

    def targets_now(self, situation: Situation) -> list[Target]:
        """What the form can be about now."""
        if not self.permits(situation) or not self.offered(situation):
            return []
        return list(self.targets(situation)) if self.targets else []

    def offered_now(self, situation: Situation) -> bool:
        """True when the case page offers the form to this person now."""
        if self.targets is not None:
            return any(situation.target in (None, target.id) for target in self.targets_now(situation))
        return self.permits(situation) and self.offered(situation)

    def asked(self, situation: Situation) -> list[Field]:
        """The fields that are asked in this situation."""
        return [one for one in self.fields if one.when(situation)]

    def address(self, case_id: str, target: str | None = None) -> str:
        """Where the form is."""
        return f"/saker/{case_id}/gjor/{self.slug}" + (f"/{target}" if target else "")


def permitted(who: Who, situation: Situation) -> bool:
    """Whether somebody who may see the case is one of those."""
    if who is Who.READER:
        return True
    view, visitor = situation.view, situation.visitor
    member = view.member(visitor.person_id)
    function = member.function if member else None
    leads = view.lead_id == visitor.person_id or function in (Function.LEAD, Function.DEPUTY)
    if who is Who.LEAD:
        return leads
    leads_unit = visitor.actor("nb").leads_unit(view.owner_agency, view.municipality_no)
    if who is Who.LEADER:
        return leads or leads_unit
    if who is Who.UNIT_LEADER:
        return leads_unit and view.lead_id != visitor.person_id
    if who is Who.LEADING:
        return leads or function is Function.SECRETARY
    if who is Who.COORDINATOR:
        return visitor.coordinates and (leads or member is not None)
    return leads or member is not None


def way_to(
    forms: Mapping[str, CommandForm], situation: Situation, slug: str, target: str | None = None
) -> str | None:
    """The address of a form when it is offered to this person now, about this thing: a button is shown by this and nothing else."""
    form = forms[slug]
    offered = form.offered_now(replace(situation, target=target))
    return form.address(situation.view.case_id, target) if offered else None


class Offer(NamedTuple):
    """One thing that somebody can do now."""

    text: str
    about: str | None
    address: str
    target: str | None


MANY = 7
"""So many offers in an area fold it up, so that the page stays short."""


class OfferedArea(NamedTuple):
    """What somebody can do now in one area."""

    title: str
    offers: list[Offer]

    @property
    def plain(self) -> list[Offer]:
        """Those about the case as a whole."""
        return [offer for offer in self.offers if offer.target is None]

    @property
    def by_target(self) -> dict[str, list[Offer]]:
        """Those about one thing in it, put together by what it is called."""
        found: dict[str, list[Offer]] = {}
        for offer in self.offers:
            if offer.target is not None:
                found.setdefault(f"{offer.about}", []).append(offer)
        return found

    @property
    def folded(self) -> bool:
        """True when there is much."""
        return len(self.offers) >= MANY


def offers(forms: Sequence[CommandForm], situation: Situation) -> list[OfferedArea]:
    """What this person can do in this case now, area by area; areas with nothing are left out."""
    found: dict[Area, list[Offer]] = {area: [] for area in Area}
    case_id, t, sanction = situation.view.case_id, situation.t, situation.view.sanction
    for form in forms:
        if form.area is None:
            continue
        title = t(in_programme(form.title, sanction=sanction))
        if form.targets is None:
            if form.offered_now(situation):
                found[form.area].append(Offer(title, None, form.address(case_id), None))
            continue
        for target in form.targets_now(situation):
            if form.offered_now(replace(situation, target=target.id)):
                address = form.address(case_id, target.id)
                found[form.area].append(Offer(title, target.label, address, target.id))
    return [
        OfferedArea(t(in_programme(AREAS[area], sanction=sanction)), there)
        for area, there in found.items()
        if there
    ]
