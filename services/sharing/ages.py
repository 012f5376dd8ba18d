"""The age events: who passes into another age band is told once a day, from birth dates that only the vault
holds.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from backbone.clock import Moment
from backbone.logs import logger
from backbone.work import Service, service_actor, work_on
from schemas.codes import AgeBand
from schemas.protection import YouthAgeBandChanged
from services.sharing.domain.ages import age_band
from services.sharing.keys import KeyTampered
from services.sharing.repository import CASE_FILES
from services.sharing.tables import YouthBandRow
from services.sharing.vault import NAMED, ContentTampered, Keys, Sealed, Vault, sealed_from

log = logger(__name__)
AT_ONCE = 500
IDENTITIES = f"""
SELECT DISTINCT ON (content.case_id) content.*, coalesce(youth_band.age_band, case_file.state->>'age_band') AS
known_band
FROM case_file JOIN content ON content.case_id = case_file.case_id AND content.about_id = case_file.youth_id
LEFT JOIN youth_band ON youth_band.case_id = case_file.case_id
WHERE content.kind = 'IDENTITY' AND case_file.state->>'closed_on' IS NULL AND case_file.case_id > %s
ORDER BY content.case_id, {NAMED} DESC, content.recorded_at DESC, content.ref DESC LIMIT %s
"""


def tell_ages(engine: Engine, service: Service, vault: Vault, moment: Moment) -> int:
    """Publish the new age band of each youth of an open case who is in another one than was told; gives how
    many.
    """
    told, after = 0, ""
    while rows := _identities(engine, after):
        after = rows[-1]["case_id"]
        known_bands = [row.pop("known_band") for row in rows]
        identities = [sealed_from(row) for row in rows]
        keys = _unlocked(vault, identities)
        for identity, known_band in zip(identities, known_bands, strict=True):
            band = _band(vault, identity, keys, moment)
            if band is not None and known_band is not None and band != known_band:
                told += _tell(engine, service, identity, band, moment)
    return told


def _identities(engine: Engine, after: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql(IDENTITIES, (after, AT_ONCE))]


def _unlocked(vault: Vault, identities: list[Sealed]) -> Keys | None:
    try:
        return vault.unlock(identity.scope for identity in identities)
    except KeyTampered:
        return None


def _band(vault: Vault, identity: Sealed, keys: Keys | None, moment: Moment) -> AgeBand | None:
    try:
        born = vault.birth_on(identity, keys)
    except (ContentTampered, KeyTampered):
        log.error("identity_does_not_open", case_id=identity.case_id, case_ref=identity.ref)
        return None
    return age_band(born, moment.today) if born else None


def _tell(engine: Engine, service: Service, identity: Sealed, band: AgeBand, moment: Moment) -> int:
    with work_on(engine, service, moment=moment, actor=service_actor(service.name)) as work:
        work.lock_case(identity.case_id)
        row = work.session.get(YouthBandRow, identity.case_id)
        case = CASE_FILES.find(work, identity.case_id)
        if case is None or (row is not None and row.age_band == band):
            return 0
        work.publish(identity.case_id, YouthAgeBandChanged(youth_id=identity.about_id, age_band=band))
    return 1
