"""B9: an opening of 30 references at the gate, against the same reads and writes by bare psycopg with no
decision, no decoding and no decryption.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from backbone.clock import monotonic, new_id, pause
from backbone.database import plain_url
from backbone.running import settle
from backbone.work import work_on
from schemas.codes import Purpose
from services.sharing import gate
from services.sharing.app import SERVICE
from services.sharing.repository import KNOWN
from services.sharing.vault import Vault
from tests.integration.sharing_office import POLICE, TEACHER, TEXT, Case, Office, an_office, settings_in

REFERENCES, ROUNDS, WARM = 30, 300, 20
PER_SECOND, SECONDS = 50, 10


@contextmanager
def a_full_case(database: str) -> Iterator[tuple[Office, Case]]:
    """A case with thirty pieces of content by the school, which the police may see on a consent."""
    with (
        tempfile.TemporaryDirectory() as folder,
        an_office(settings_in(Path(folder), database_url=database)) as office,
    ):
        case = office.a_case()
        office.a_consent(case)
        about = {"about_id": case.youth_id, "category": "SCHOOL_ATTENDANCE", "content": {"text": TEXT * 5}}
        for _ in range(REFERENCES):
            office.post(f"/cases/{case.case_id}/information", {"ref": new_id(), **about}, actor=TEACHER)
        yield office, case


def ours(office: Office, vault: Vault, case: Case) -> float:
    """Seconds from the question to the content."""
    began = monotonic()
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=POLICE) as work:
        told: dict[str, Any] = {"refs": None, "purpose": Purpose.FOLLOW_UP, "about_id": None}
        decided = gate.open_case(work, vault, case_id=case.case_id, opening_id=new_id(), **told)
    items = gate.release(vault, decided)["items"]
    took = monotonic() - began
    assert sum("content" in item for item in items) == REFERENCES + 1
    return took


class Floor:
    """The same statements on connections that stay open, with the bytes of a real opening."""

    def __init__(self, office: Office, case: Case) -> None:
        self.case_id = case.case_id
        self.own = psycopg.connect(plain_url(office.settings.database("sharing")))
        self.keys = psycopg.connect(plain_url(office.settings.database("keys")), autocommit=True)
        found = self.own.execute(
            "SELECT body, state::text FROM outbox JOIN opening USING (case_id)"
            " WHERE outbox.case_id = %s AND type = 'opening.decided' ORDER BY outbox.id DESC LIMIT 1",
            (case.case_id,),
        ).fetchone()
        assert found is not None
        self.body, self.state = found
        self.refs = [
            ref for (ref,) in self.own.execute("SELECT ref FROM content WHERE case_id = %s", (case.case_id,))
        ]
        self.scope, self.at = ([case.case_id], [case.youth_id]), office.clock.moment().real_at
        self.own.commit()

    def close(self) -> None:
        self.own.close()
        self.keys.close()

    def opening(self) -> float:
        began, case_id = monotonic(), self.case_id
        (sequence,) = self._one(
            "INSERT INTO case_head (case_id, sequence) VALUES (%s, 0)"
            " ON CONFLICT (case_id) DO UPDATE SET case_id = excluded.case_id RETURNING sequence",
            (case_id,),
        )
        self._one(KNOWN, (False, [case_id]))
        self._keys()
        self.own.execute("SELECT * FROM content WHERE ref = ANY(%s)", (self.refs,)).fetchall()
        self.own.execute("UPDATE case_head SET sequence = %s WHERE case_id = %s", (sequence + 1, case_id))
        self.own.execute(
            "INSERT INTO opening (opening_id, case_id, sequence, decided_at, state) VALUES (%s, %s, %s, %s, %s)",
            (new_id(), case_id, sequence + 1, self.at, self.state),
        )
        self.own.execute(
            "INSERT INTO history (case_id, source, sequence, event_id, said) VALUES (%s, %s, %s, %s, %s::jsonb)",
            (case_id, "sharing", sequence + 1, new_id(), self.body.decode()),
        )
        self.own.execute(
            "INSERT INTO outbox (event_id, case_id, sequence, type, body, recorded_at) VALUES (%s, %s, %s, %s, %s, %s)",
            (new_id(), case_id, sequence + 1, "opening.decided", self.body, self.at),
        )
        self.own.execute("NOTIFY felles_outbox")
        self.own.commit()
        return monotonic() - began

    def _one(self, statement: str, values: Any) -> Any:
        return self.own.execute(statement.encode(), values).fetchone()

    def _keys(self) -> None:
        self.keys.execute(
            "SELECT * FROM data_key JOIN unnest(%s::text[], %s::text[]) AS asked (case_id, person_id)"
            " USING (case_id, person_id)",
            self.scope,
        ).fetchall()


def measure(database: str) -> tuple[list[tuple[float, float]], float]:
    """(ours, floor) in milliseconds for each of alternating rounds, and the 99th percentile in milliseconds
    at 50 openings/s.
    """
    with a_full_case(database) as (office, case):
        vault = office.vault
        settle()  # as a service has when it begins to serve
        ours(office, vault, case)
        floor = Floor(office, case)
        pairs = [(1e3 * ours(office, vault, case), 1e3 * floor.opening()) for _ in range(WARM + ROUNDS)][
            WARM:
        ]
        floor.close()
        return pairs, p99(office, vault, case)


def p99(office: Office, vault: Vault, case: Case) -> float:
    """Milliseconds from when each opening was due, so that a queue is counted."""
    begun, waits = monotonic(), []
    for number in range(PER_SECOND * SECONDS):
        due = begun + number / PER_SECOND
        pause(max(0.0, due - monotonic()))
        ours(office, vault, case)
        waits.append(1e3 * (monotonic() - due))
    return sorted(waits)[int(len(waits) * 0.99)]


def medians(pairs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The medians of blocks of rounds, so that one slow round moves nothing."""
    blocks = [pairs[place : place + 30] for place in range(0, len(pairs), 30)]
    return [(median(one for one, _ in block), median(other for _, other in block)) for block in blocks]
