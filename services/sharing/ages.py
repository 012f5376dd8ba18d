"""What the youth's age brings: who passes into another age band, who soon will, and which consents a band has outgrown. Looked at once a
day, from birth dates that only the vault holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Engine

from backbone.clock import Moment
from backbone.logs import logger
from backbone.work import Service, Work, service_actor, work_on
from schemas.codes import AgeBand
from schemas.event import Event
from schemas.protection import YouthAgeBandAhead, YouthAgeBandChanged
from services.sharing.domain.ages import Ahead, age_band, band_ahead
from services.sharing.domain.consent import Consent
from services.sharing.domain.consent_answers import age_passes
from services.sharing.keys import KeyTampered
from services.sharing.repository import CASE_FILES, CONSENTS
from services.sharing.rules import signing_rules
from services.sharing.tables import BandAheadRow, ConsentRow, YouthBandRow
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
TOLD_AHEAD = "SELECT case_id, age_band, comes_on FROM band_ahead WHERE case_id = ANY(%s)"
ANSWERED = """
SELECT consent.state::text, case_file.state->>'municipality_no' FROM consent JOIN case_file USING (case_id)
WHERE consent.case_id = ANY(%s) AND NOT consent.ended AND NOT consent.unanswered
"""


def tell_ages(engine: Engine, service: Service, vault: Vault, moment: Moment) -> int:
    """Publish what is new about the youths of open cases: another age band than was told, one that is near, and what the band has made of
    their consents; gives how many events. Told once, however often this is called.
    """
    told, after = 0, ""
    while rows := _identities(engine, after):
        after = rows[-1]["case_id"]
        known_bands = [row.pop("known_band") for row in rows]
        identities = [sealed_from(row) for row in rows]
        keys = _unlocked(vault, identities)
        born = {one.case_id: _born(vault, one, keys) for one in identities}
        bands = {case_id: age_band(day, moment.today) for case_id, day in born.items() if day}
        for identity, known_band in zip(identities, known_bands, strict=True):
            band = bands.get(identity.case_id)
            if band is not None and known_band is not None and band != known_band:
                told += _tell(engine, service, identity, band, moment)
        told += _tell_ahead(engine, service, identities, born, moment)
        told += _tell_outgrown(engine, service, bands, moment)
    return told


def _identities(engine: Engine, after: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql(IDENTITIES, (after, AT_ONCE))]


def _unlocked(vault: Vault, identities: list[Sealed]) -> Keys | None:
    try:
        return vault.unlock(identity.scope for identity in identities)
    except KeyTampered:
        return None


def _born(vault: Vault, identity: Sealed, keys: Keys | None) -> date | None:
    try:
        return vault.birth_on(identity, keys)
    except (ContentTampered, KeyTampered):
        log.error("identity_does_not_open", case_id=identity.case_id, case_ref=identity.ref)
        return None


def _tell(engine: Engine, service: Service, identity: Sealed, band: AgeBand, moment: Moment) -> int:
    def event(work: Work) -> Event | None:
        row = work.session.get(YouthBandRow, identity.case_id)
        if row is not None and row.age_band == band:
            return None
        return YouthAgeBandChanged(youth_id=identity.about_id, age_band=band)

    return _say(engine, service, identity.case_id, event, moment)


def _tell_ahead(
    engine: Engine,
    service: Service,
    identities: list[Sealed],
    born: Mapping[str, date | None],
    moment: Moment,
) -> int:
    """Say which youths are soon in another band; again when the birth date was put right meanwhile."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(TOLD_AHEAD, ([one.case_id for one in identities],))
        known = {(row.case_id, row.age_band): row.comes_on for row in rows}
    told = 0
    for identity in identities:
        day = born[identity.case_id]
        ahead = band_ahead(day, moment.today) if day else None
        if ahead is not None and known.get((identity.case_id, ahead.band)) != ahead.on:
            told += _say_ahead(engine, service, identity, ahead, moment)
    return told


def _say_ahead(engine: Engine, service: Service, identity: Sealed, ahead: Ahead, moment: Moment) -> int:
    def event(work: Work) -> Event | None:
        row = work.session.get(BandAheadRow, (identity.case_id, ahead.band.value))
        if row is not None and row.comes_on == ahead.on:
            return None
        in_days = (ahead.on - moment.today).days
        return YouthAgeBandAhead(youth_id=identity.about_id, age_band=ahead.band, in_days=in_days)

    return _say(engine, service, identity.case_id, event, moment)


def _say(engine: Engine, service: Service, case_id: str, event: Any, moment: Moment) -> int:
    """Publish what `event` makes under the lock of the case, if anything."""
    with work_on(engine, service, moment=moment, actor=service_actor(service.name)) as work:
        work.lock_case(case_id)
        if CASE_FILES.find(work, case_id) is None:
            return 0
        said = event(work)
        return 0 if said is None else len(work.publish(case_id, said))


def _tell_outgrown(engine: Engine, service: Service, bands: Mapping[str, AgeBand], moment: Moment) -> int:
    """Say which consents no longer suffice at the age that their youths have now, or suffice again. The gate does not wait for this."""
    rules = signing_rules()
    with engine.connect() as connection:
        found = connection.exec_driver_sql(ANSWERED, (list(bands),)).all()
    due: dict[str, str | None] = {}
    for state, municipality_no in found:
        consent = msgspec.json.decode(state, type=Consent)
        about: dict[str, Any] = {"rules": rules, "municipality_no": municipality_no}
        if age_passes(consent, moment.today, band=bands[consent.case_id], **about):
            due[consent.case_id] = municipality_no
    told = 0
    for case_id, municipality_no in due.items():
        about = {"band": bands[case_id], "rules": rules, "municipality_no": municipality_no}
        with work_on(engine, service, moment=moment, actor=service_actor(service.name)) as work:
            work.lock_case(case_id)
            for consent in CONSENTS.where(
                work, ConsentRow.case_id == case_id, order_by=ConsentRow.consent_id
            ):
                told += len(work.publish(case_id, *age_passes(consent, moment.today, **about)))
    return told
