"""How the log becomes the portal's view: one fold for every event that is about a case."""

from __future__ import annotations

from backbone.rows import Rows
from backbone.work import Fold
from schemas import catalogue  # noqa: F401  (declares every event)
from schemas.audit import LogQuestioned
from schemas.case import CaseLeadChanged, CaseOpened
from schemas.event import NEWEST, Event, Fact
from schemas.guardianship import GUARDIAN_EVENTS
from schemas.network_group import MemberJoined, MemberLeft, SecrecyDeclared
from schemas.operation import ParkedEventDiscarded
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after
from services.portal.repository import VIEWS
from services.portal.tables import CaseEventRow, CaseMemberRow


def on_event(rows: Rows, fact: Fact) -> None:
    """Take the event into the view of its case, and add it to the case's history."""
    envelope = fact.envelope
    view = VIEWS.find(rows, envelope.case_id) or CaseView(case_id=envelope.case_id)
    view = VIEWS.put(rows, after(view, fact))
    rows.add(
        CaseEventRow,
        case_id=envelope.case_id,
        place=view.events,
        event_id=envelope.id,
        type=envelope.type,
        recorded_at=envelope.time,
        actor=envelope.actor,
        actor_agency=envelope.actor_agency,
        said=fact.event,
    )
    if isinstance(fact.event, WHO_IS_IN):
        in_lists(rows, view)
    elif isinstance(fact.event, MemberLeft):
        rows.remove(CaseMemberRow, envelope.case_id, fact.event.person_id)


def in_lists(rows: Rows, view: CaseView) -> None:
    """Members have the case in their list, but not a guardian who is kept out."""
    for member in view.active_members:
        if view.why_kept_out(member) is None:
            declared = not view.must_declare(member.person_id)
            rows.put(CaseMemberRow, case_id=view.case_id, person_id=member.person_id, declared=declared)
        else:
            rows.remove(CaseMemberRow, view.case_id, member.person_id)


WHO_IS_IN: tuple[type[Event], ...] = (
    MemberJoined,
    SecrecyDeclared,
    CaseOpened,
    CaseLeadChanged,
    *GUARDIAN_EVENTS,
)
"""Events after which the members' lists are looked over."""


NOT_ABOUT_A_CASE = frozenset({ParkedEventDiscarded, LogQuestioned})
"""What operators do with parked events (we publish that ourselves), and questions to the whole log."""
OTHER_STREAMS = (
    "mediation.",
    "forum.",
    "agreement.",
    "year_wheel_item.",
    "consultation.",
    "survey.",
    "cohort.",
)
"""Events whose subject is no case: what stands there is never shown as part of one."""
FOLDS: dict[type[Event], Fold] = {
    event: on_event
    for event in NEWEST.values()
    if event not in NOT_ABOUT_A_CASE and not event.type.startswith(OTHER_STREAMS)
}
"""Every other declared event."""
