"""The portal office with the contracts service in it: what a coordinator does before a case is there, over four real services."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
from fastapi.testclient import TestClient

from backbone.calls import Calls
from backbone.database import drop_database, migrate
from backbone.log import LogRecord
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import service_actor
from schemas.codes import AgeBand
from schemas.event import Event, decode
from schemas.screening import Listed
from services.contracts.ages import AgeBandOn, age_band_at_the_gate
from services.contracts.app import ROUTERS, SERVICE
from services.contracts.domain.likeness import Alike
from services.contracts.screeners import Directory, everybody_in_the_directory
from services.contracts.youths import SameYouths, same_youths_in_the_vault
from services.portal.neighbours import Neighbours
from tests.integration.portal_office import Between, PortalOffice


class FirstContractOffice(PortalOffice):
    """The office, and those who open cases in it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        migrate(settings, "contracts")
        self.contracts = Process(SERVICE, ROUTERS, with_settings=settings)
        self.contracts.inbox.positions("topic", [0], {0: 0})
        self._told, self._known = 0, 0
        services = {
            urlsplit(settings.sharing_url).port or 0: self.client,
            urlsplit(settings.network_url).port or 0: TestClient(self.network.app),
            urlsplit(settings.contracts_url).port or 0: TestClient(
                self.contracts.app, raise_server_exceptions=False
            ),
        }
        client = httpx.Client(transport=Between(services, self.carry))
        self.calls = Calls(settings, self.clock, client=client)
        self.portal.app.state.neighbours = Neighbours(self.calls)
        asks: dict[Callable[..., object], Callable[..., object]] = {
            age_band_at_the_gate: self._ages,
            same_youths_in_the_vault: self._same,
            everybody_in_the_directory: self._directory,
        }
        self.contracts.app.dependency_overrides.update(asks)

    def _ages(self) -> AgeBandOn:
        """The gate's own answer, asked for in this process."""
        us = service_actor("contracts")

        def answer(case_id: str, youth_id: str, on: object) -> AgeBand:
            body = {"youth_id": youth_id, "on": str(on)}
            found = self.calls.post("sharing", f"/cases/{case_id}/age-band", actor=us, body=body)
            return AgeBand(found["age_band"])

        return answer

    def _same(self) -> SameYouths:
        def answer(case_id: str, youth_id: str) -> Alike:
            body = {"case_id": case_id, "youth_id": youth_id}
            found = self.calls.post("sharing", "/youths/same", actor=service_actor("contracts"), body=body)
            return Alike(tuple(found["youth_ids"]), tuple(found["likely_ids"]))

        return answer

    def _directory(self) -> Directory:
        def answer() -> list[Listed]:
            found = self.calls.get("network", "/directory/people", actor=service_actor("contracts"))
            return [
                Listed(one["person_id"], one["agency"], one["roles"], one["municipality_nos"])
                for one in found
            ]

        return answer

    def carry(self) -> None:
        """Everybody reads what contracts has published since the last time; the portal what sharing has."""
        super().carry()
        with self.contracts.desk.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT id, case_id, body FROM outbox WHERE id > %s ORDER BY id", (self._told,)
            ).all()
        if not found:
            return
        self._told = found[-1][0]
        self._fold([(case_id.encode(), bytes(body)) for _, case_id, body in found])
        for _, case_id, body in found:
            record = LogRecord(0, self._offset, case_id.encode(), bytes(body))
            self._offset += 1
            self.process.inbox.take([record])

    def registered(self) -> list[Event]:
        """What contracts has published since `forget`, in order."""
        with self.contracts.desk.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT body FROM outbox ORDER BY id").scalars()
            return [decode(bytes(body)).event for body in found][self._known :]

    def forget(self) -> None:
        """Let `registered` give what comes from now on."""
        self._known = 0
        self._known = len(self.registered())

    def close(self) -> None:
        """End the contracts service; the rest is ended by who began it."""
        self.contracts.desk.engine.dispose()
        drop_database(self.settings, str(self.settings.database("contracts").database))
