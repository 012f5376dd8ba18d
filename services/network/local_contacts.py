"""Who is who in a municipality: the office behind each function and how to reach it. Offices, never people; entered by the municipality."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from backbone.identity_number import names_somebody
from backbone.rows import table_of
from backbone.web import Answer
from backbone.work import Work
from schemas.municipalities import AGENCY_OF
from schemas.register_codes import LocalFunction
from services.network.domain.refusals import not_allowed, refused
from services.network.tables import LocalContactRow


def contacts(work: Work, municipality_no: str) -> list[Answer]:
    """Every function, in one order, with what the municipality has entered, if anything."""
    table = table_of(LocalContactRow)
    rows = work.query(select(table).where(table.c.municipality_no == municipality_no))
    entered = {row.function: row for row in rows}
    return [_shown(function, entered.get(function.value)) for function in LocalFunction]


def enter(
    work: Work, municipality_no: str, function: LocalFunction, *, office: str, reached: str, open_when: str
) -> Answer:
    """Enter the office of a function, or change what stands; for coordinators of the municipality. Raises NotAllowed and Refused."""
    if municipality_no not in work.actor.municipality_nos:
        raise not_allowed("OTHER_MUNICIPALITY")
    if not office:
        raise refused("OFFICE_MISSING", field="office")
    if names_somebody("\n".join((office, reached, open_when))):
        raise refused("NUMBER_IN_DIRECTORY", field="reached")
    today: date = work.moment.today
    work.put(
        LocalContactRow,
        municipality_no=municipality_no,
        function=function.value,
        office=office,
        reached=reached,
        open_when=open_when,
        reviewed_on=today,
        changed_by=work.actor.person_id,
    )
    return {"municipality_no": municipality_no, "function": function.value}


def _shown(function: LocalFunction, row: Any) -> Answer:
    agency = AGENCY_OF[function]
    return {
        "function": function.value,
        "agency": agency.value if agency else None,
        "office": row.office if row else None,
        "reached": row.reached if row else None,
        "open_when": row.open_when if row else None,
        "reviewed_on": row.reviewed_on.isoformat() if row else None,
    }
