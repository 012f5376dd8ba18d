"""The directory: who can stand around a youth, for which agency and where. References only; names lie in
the vault.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from backbone.refusal import not_found
from backbone.rows import table_of
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import Agency
from services.network.domain.refusals import refused
from services.network.tables import DirectoryPersonRow

UNLISTED = (Agency.PRIVATE_NETWORK, Agency.FRIVILLIG_ORG, Agency.MENTOR)
"""Those who may join a group without standing in the directory of agencies."""


def register_person(
    work: Work, *, person_id: str, agency: Agency, roles: list[str], municipality_nos: list[str]
) -> Answer:
    """Enter somebody, or change what stands about them."""
    work.put(
        DirectoryPersonRow,
        person_id=person_id,
        agency=agency.value,
        roles=sorted(set(roles)),
        municipality_nos=sorted(set(municipality_nos)),
        registered_at=work.moment.real_at,
    )
    return {"person_id": person_id}


def people(work: Work) -> list[Answer]:
    """Everyone, by agency and reference."""
    table = table_of(DirectoryPersonRow)
    return [_shown(row) for row in work.query(select(table).order_by(table.c.agency, table.c.person_id))]


def person(work: Work, person_id: str) -> Answer:
    """One person. Raises NotFound."""
    table = table_of(DirectoryPersonRow)
    row = work.query(select(table).where(table.c.person_id == person_id)).first()
    if row is None:
        raise not_found()
    return _shown(row)


def refuse_unlisted(work: Work, person_id: str, *, agency: Agency) -> None:
    """Refuse somebody who is to act for an agency and does not stand under it in the directory."""
    if agency in UNLISTED:
        return
    table = table_of(DirectoryPersonRow)
    listed = work.query(select(table.c.agency).where(table.c.person_id == person_id)).scalar()
    if listed is None:
        raise refused("NOT_IN_DIRECTORY", field="person_id")
    if listed != agency.value:
        raise refused("OTHER_AGENCY", field="agency")


def _shown(row: Any) -> Answer:
    return {
        "person_id": row.person_id,
        "agency": row.agency,
        "roles": row.roles,
        "municipality_nos": row.municipality_nos,
    }
