"""What people may ask about guardians, one transaction each. What narrows is stopped at the gate before it commits; what widens needs a leader."""

from __future__ import annotations

from datetime import date

from backbone.clock import derived_id
from backbone.refusal import NotAllowed, found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import Function, StopReason
from schemas.guardian import ParentalResponsibilityChanged
from schemas.guardian_codes import (
    DecisionMaker,
    GuardianRemoval,
    KeptOut,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)
from services.contracts.access import case_for_lead, case_for_leader
from services.contracts.domain.case import Case
from services.contracts.domain.guardian_refusals import SAYS
from services.contracts.domain.guardians import Guardians
from services.contracts.repository import CASES, around, guardians
from services.contracts.stops import SetStop

STOPPED_FOR = {
    KeptOut.CARE_TAKEN_OVER: StopReason.CARE_TAKEN_OVER,
    KeptOut.WITHOUT_RESPONSIBILITY: StopReason.GUARDIAN_RESTRICTED,
}


def add(
    work: Work,
    case_id: str,
    *,
    person_id: str,
    decision_maker: DecisionMaker,
    source: ResponsibilitySource,
    from_on: date,
    identity_ref: str | None,
    seen_version: int | None,
) -> Answer:
    """Add a guardian."""
    case, known = _led(work, case_id, seen_version)
    here = around(work, case_id)
    staff = {p for p, function in here.functions.items() if function is not Function.GUARDIAN}
    added = known.add(
        person_id,
        decision_maker=decision_maker,
        source=source,
        from_on=from_on,
        identity_ref=identity_ref,
        others=frozenset({case.youth_id, case.lead_id, *staff}),
        by_leader=_is_another_leader(work, case),
        today=work.moment.today,
    )
    work.publish(case_id, *added)
    return standing(work, case_id)


def remove(
    work: Work,
    case_id: str,
    person_id: str,
    *,
    reason: GuardianRemoval,
    seen_version: int | None,
    set_stop: SetStop,
) -> Answer:
    """Take a guardian out; the gate stops the access first."""
    case, known = _led(work, case_id, seen_version)
    stop_id = derived_id("stop", case_id, person_id, "guardian", known.version)
    by_leader = _is_another_leader(work, case)
    removed = known.remove(
        person_id, reason=reason, stop_id=stop_id, by_leader=by_leader, today=work.moment.today
    )
    if removed[0].stop_id is not None:  # type: ignore[attr-defined]
        set_stop(case_id, stop_id, person_id, StopReason.GUARDIAN_REMOVED)
    work.publish(case_id, *removed)
    return standing(work, case_id)


def restrict(
    work: Work,
    case_id: str,
    person_id: str,
    *,
    basis: RestrictionBasis,
    from_on: date,
    grounds_ref: str,
    seen_version: int | None,
    set_stop: SetStop,
) -> Answer:
    """Keep a guardian out, by whoever leads the case or a leader of the agency; the gate stops the access first."""
    work.lock_case(case_id)
    case = case_for_leader(work, case_id)
    case.refuse_closed()
    known = guardians(work, case_id)
    known.refuse_stale(seen_version)
    stop_id = derived_id("stop", case_id, person_id, "guardian", known.version)
    restricted = known.restrict(
        person_id,
        basis=basis,
        from_on=from_on,
        grounds_ref=grounds_ref,
        stop_id=stop_id,
        by_leader=_is_another_leader(work, case),
        today=work.moment.today,
    )
    set_stop(case_id, stop_id, person_id, StopReason.GUARDIAN_RESTRICTED)
    work.publish(case_id, *restricted)
    return standing(work, case_id)


def lift(
    work: Work, case_id: str, person_id: str, *, reason: RestrictionLifting, seen_version: int | None
) -> Answer:
    """Let a guardian in again: a leader of the agency that owns the case decides it, and never who leads the case."""
    known = _for_another_leader(work, case_id, seen_version)
    work.publish(case_id, *known.lift(person_id, reason=reason, today=work.moment.today))
    return standing(work, case_id)


def confirm_change(
    work: Work, case_id: str, person_id: str, *, grounds_ref: str, seen_version: int | None
) -> Answer:
    """Confirm what takes somebody's say: a leader who does not lead the case, since nobody who decides falls away on one person's word."""
    known = _for_another_leader(work, case_id, seen_version)
    confirmed = known.confirm_change(person_id, grounds_ref=grounds_ref, today=work.moment.today)
    work.publish(case_id, *confirmed)
    return standing(work, case_id)


def change(
    work: Work,
    case_id: str,
    *,
    person_id: str,
    decision_maker: DecisionMaker,
    source: ResponsibilitySource,
    from_on: date,
    parents_informed: bool,
    seen_version: int | None,
    set_stop: SetStop,
) -> Answer:
    """Change who decides; whoever that keeps out is stopped at the gate first."""
    case, known = _led(work, case_id, seen_version)
    stop_of = {
        one.person_id: derived_id("stop", case_id, one.person_id, "guardian", known.version)
        for one in known.stands.guardians
    }
    (changed,) = known.change(
        person_id,
        decision_maker=decision_maker,
        source=source,
        from_on=from_on,
        parents_informed=parents_informed,
        around=around(work, case_id),
        stop_of=stop_of,
        by_leader=_is_another_leader(work, case),
        today=work.moment.today,
    )
    assert isinstance(changed, ParentalResponsibilityChanged)
    after = known.stands.after(changed)
    for person, stop_id in stop_of.items():
        if stop_id in changed.stop_ids:
            why = after.kept_out(person)
            set_stop(case_id, stop_id, person, STOPPED_FOR[why] if why else StopReason.CARE_TAKEN_OVER)
    work.publish(case_id, changed)
    return standing(work, case_id)


def confirm(work: Work, case_id: str, *, seen_version: int | None) -> Answer:
    """Say that what stands about guardians is right."""
    _, known = _led(work, case_id, seen_version)
    work.publish(case_id, *known.confirm(today=work.moment.today))
    return standing(work, case_id)


def prefer_language(
    work: Work, case_id: str, *, person_id: str, language: SpokenLanguage, basis: LanguageBasis
) -> Answer:
    """Write down which language somebody prefers."""
    case, known = _led(work, case_id, None)
    people = frozenset({case.youth_id, *around(work, case_id).functions})
    work.publish(case_id, *known.prefer(person_id, language=language, basis=basis, people=people))
    return standing(work, case_id)


def _is_another_leader(work: Work, case: Case) -> bool:
    """True for a leader of the unit that owns the case, who does not lead it."""
    leads_unit = work.actor.leads_unit(case.owner_agency, case.municipality_no)
    return leads_unit and work.actor.person_id != case.lead_id


def _for_another_leader(work: Work, case_id: str, seen_version: int | None) -> Guardians:
    work.lock_case(case_id)
    case = found(CASES.find(work, case_id))
    if not _is_another_leader(work, case):
        case_for_leader(work, case_id)  # somebody outside the case is told nothing
        raise NotAllowed("ONLY_UNIT_LEADER", SAYS["ONLY_UNIT_LEADER"])
    case.refuse_closed()
    known = guardians(work, case_id)
    known.refuse_stale(seen_version)
    return known


def _led(work: Work, case_id: str, seen_version: int | None) -> tuple[Case, Guardians]:
    work.lock_case(case_id)
    case = case_for_lead(work, case_id)
    case.refuse_closed()
    known = guardians(work, case_id)
    known.refuse_stale(seen_version)
    return case, known


def standing(work: Work, case_id: str) -> Answer:
    """Who decides now."""
    known = guardians(work, case_id)
    return {
        "case_id": case_id,
        "version": known.version,
        "deciders": [one.person_id for one in known.stands.deciders],
    }
