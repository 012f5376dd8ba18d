"""Case views in and out of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from backbone.rows import Rows, Shelf, table_of
from services.portal.domain.case_view import CaseView, Status
from services.portal.tables import CaseEventRow, CaseMemberRow, CaseViewRow

VIEWS = Shelf(
    CaseViewRow,
    CaseView,
    lambda view: {
        "case_id": view.case_id,
        "lead_id": view.lead_id,
        "owner_agency": view.owner_agency,
        "municipality_no": view.municipality_no,
        "status": view.status,
        "ends_on": view.ends_on,
        "next_due_on": view.next_due_on,
        "strictly_protected": view.protection.only_for is not None,
        "cleared": view.protection.cleared,
    },
)
_case = table_of(CaseViewRow).c
_member = table_of(CaseMemberRow).c
COLLEAGUE = "$.members[*] ? (@.agency == $agency && (!exists(@.left_on) || @.left_on == null))"
"""Somebody of the agency who is in the group now."""
OWN_DUE = '$.deadlines[*] ? (@.owner_id == $me && (@.standing == "OPEN" || @.standing == "PASSED")).due_on'
"""When somebody's own deadlines that wait are due."""


class Reach(NamedTuple):
    """Which cases somebody may see: those they are a member of; as a coordinator or a leader their agency's in their
    municipalities; as a leader also those there that somebody of their agency is a member of; as a records owner the closed ones of their
    agency there. What is strictly protected they see only when they are cleared for it by name, whoever they are.
    """

    person_id: str
    coordinates_for: str | None = None
    municipality_nos: tuple[str, ...] = ()
    leads_for: str | None = None
    archives_for: str | None = None

    def covers(self, view: CaseView) -> bool:
        """True when the person may know that the case exists."""
        if view.lead_id is None or view.protection.closes_case(self.person_id):
            return False
        member = view.member(self.person_id)
        if member is not None:
            return view.why_kept_out(member) is None
        if self.archives_for is not None and self._keeps_records_of(view):
            return True
        in_area = view.municipality_no in self.municipality_nos
        own_area = in_area and (
            view.owner_agency in {self.coordinates_for, self.leads_for}
            or any(one.agency == self.leads_for for one in view.active_members)
        )
        return own_area or (self.coordinates_for is not None and view.lead_id == self.person_id)

    def clears(self, view: CaseView) -> bool:
        """True for those who decide by name who may know of the case: the leader of the unit that owns it, who need not be cleared."""
        in_area = view.municipality_no in self.municipality_nos
        return in_area and self.leads_for is not None and view.owner_agency == self.leads_for

    def _keeps_records_of(self, view: CaseView) -> bool:
        return (
            view.closed_on is not None
            and view.owner_agency == self.archives_for
            and view.municipality_no in self.municipality_nos
        )

    def condition(self, *, declared: bool = False) -> ColumnElement[bool]:
        """The same as `covers` on the columns; `declared` leaves out the cases where they have not declared secrecy yet."""
        ways: list[ColumnElement[bool]] = [
            _case.case_id.in_(select(_member.case_id).where(_member.person_id == self.person_id))
        ]
        own = [agency for agency in (self.coordinates_for, self.leads_for) if agency is not None]
        if own:
            ways.append(and_(_case.owner_agency.in_(own), _case.municipality_no.in_(self.municipality_nos)))
        if self.archives_for is not None:
            ways.append(
                and_(
                    _case.owner_agency == self.archives_for,
                    _case.municipality_no.in_(self.municipality_nos),
                    _case.status == Status.CLOSED,
                )
            )
        if self.coordinates_for is not None:
            ways.append(_case.lead_id == self.person_id)
        if self.leads_for is not None:
            colleague = func.jsonb_path_exists(
                _case.state, cast(COLLEAGUE, JSONPATH), literal({"agency": self.leads_for}, JSONB)
            )
            ways.append(and_(colleague, _case.municipality_no.in_(self.municipality_nos)))
        open_to_them = or_(~_case.strictly_protected, _case.cleared.contains([self.person_id]))
        seen = and_(_case.lead_id.is_not(None), open_to_them, or_(*ways))
        return and_(seen, _case.case_id.not_in(self._undeclared())) if declared else seen

    def order(self) -> list[ColumnElement[Any]]:
        """The closed last; before them what must be declared first, then the first deadline that the list shows first: anybody's to those who coordinate, to others their own."""
        if self.coordinates_for is not None:
            first: ColumnElement[Any] = _case.next_due_on
        else:
            due = func.jsonb_path_query(
                _case.state, cast(OWN_DUE, JSONPATH), literal({"me": self.person_id}, JSONB)
            ).column_valued("due")
            first = (
                select(func.min(due.op("#>>")(literal_column("'{}'"))))
                .correlate(table_of(CaseViewRow))
                .scalar_subquery()
            )
        undeclared = _case.case_id.in_(self._undeclared())
        return [_case.status == Status.CLOSED, ~undeclared, first.asc().nulls_last(), _case.case_id.desc()]

    def _undeclared(self) -> Select[Any]:
        return select(_member.case_id).where(_member.person_id == self.person_id, ~_member.declared)


class Sought(NamedTuple):
    """What a list of cases is narrowed to; `declared` leaves out those whose reader has a declaration of secrecy to make first."""

    status: Status | None = None
    municipality_no: str | None = None
    declared: bool = False

    @property
    def says_more(self) -> bool:
        """True where standing in the list tells more of a case than that it is there."""
        return self.declared or self.status is not None or bool(self.municipality_no)

    def conditions(self, today: date) -> list[ColumnElement[bool]]:
        """The same on the columns; a case whose contract time is over counts as ended."""
        wanted: list[ColumnElement[bool]] = []
        over = and_(_case.status == Status.RUNNING, _case.ends_on < today)
        if self.status is Status.ENDED:
            wanted.append(or_(over, _case.status == Status.ENDED))
        elif self.status is not None:
            wanted += [_case.status == self.status, ~over]
        if self.municipality_no:
            wanted.append(_case.municipality_no == self.municipality_no)
        return wanted


def cases_within(
    rows: Rows, reach: Reach, *, sought: Sought, today: date, limit: int, skip: int = 0
) -> tuple[list[CaseView], int]:
    """Cases somebody may see, in the order of their reach, and how many there are in all."""
    conditions = [reach.condition(declared=sought.says_more), *sought.conditions(today)]
    count = rows.query(
        select(func.count()).select_from(table_of(CaseViewRow)).where(*conditions)
    ).scalar_one()
    found = rows.query(
        select(_case.case_id).where(*conditions).order_by(*reach.order()).limit(limit).offset(skip)
    ).scalars()
    ids = list(found)
    VIEWS.preload(rows, ids)
    return [view for case_id in ids if (view := VIEWS.find(rows, case_id)) is not None], int(count)


def cases_to_clear(rows: Rows, reach: Reach) -> list[CaseView]:
    """The strictly protected cases for which somebody decides who is cleared, the newest first."""
    wanted = [_case.strictly_protected, _case.owner_agency == reach.leads_for]
    found = VIEWS.where(rows, *wanted, _case.municipality_no.in_(reach.municipality_nos))
    return sorted((view for view in found if reach.clears(view)), key=lambda view: view.case_id, reverse=True)


def views_of(rows: Rows, case_ids: Iterable[str]) -> dict[str, CaseView]:
    """What is known of these cases, whoever asks; read with one question."""
    ids = list(dict.fromkeys(case_ids))
    VIEWS.preload(rows, ids)
    return {case_id: view for case_id in ids if (view := VIEWS.find(rows, case_id)) is not None}


class Happened(NamedTuple):
    """One line of a case's history."""

    place: int
    type: str
    recorded_at: Any
    actor: str
    actor_agency: str | None
    said: dict[str, Any]
    event_id: str


def history_of(rows: Rows, case_id: str, *, limit: int) -> Sequence[Happened]:
    """The newest events of a case, the newest first."""
    event = table_of(CaseEventRow).c
    found = rows.query(
        select(
            event.place,
            event.type,
            event.recorded_at,
            event.actor,
            event.actor_agency,
            event.said,
            event.event_id,
        )
        .where(event.case_id == case_id)
        .order_by(event.place.desc())
        .limit(limit)
    )
    return [Happened(*row) for row in found]
