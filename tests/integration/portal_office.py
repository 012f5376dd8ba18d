"""The portal, the sharing service and the directory in one process on real PostgreSQL: pages asked for as a browser does.

What sharing publishes is folded into the portal's view at once, as the log would bring it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from fastapi.testclient import TestClient
from httpx import Response

from backbone.calls import Calls
from backbone.clock import new_id
from backbone.database import drop_database, migrate
from backbone.log import LogRecord
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import Actor, service_actor
from schemas.event import Event
from services.network.app import ROUTERS as NETWORK_ROUTERS
from services.network.app import SERVICE as NETWORK
from services.portal import sessions
from services.portal.app import SERVICE as PORTAL
from services.portal.app import furnish
from services.portal.neighbours import Neighbours
from services.portal.pages import ROUTERS as PAGES
from services.portal.sessions import Visitor
from tests.integration.sharing_office import Office

OURS = {"Sec-Fetch-Site": "same-origin"}


class Between(httpx.BaseTransport):
    """Carries a call from the portal to the service that its address names, without a network."""

    def __init__(self, services: dict[int, TestClient], afterwards: Any) -> None:
        self._services, self._afterwards = services, afterwards
        self.asked: list[str] = []
        """The addresses of other services that the portal has asked, in that order."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        client = self._services.get(request.url.port or 0)
        if client is None:
            raise httpx.ConnectError("nobody is there", request=request)
        self.asked.append(request.url.path)
        answer = client.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        self._afterwards()
        kept = {"content-type": answer.headers.get("content-type", "")}
        return httpx.Response(answer.status_code, headers=kept, content=answer.content, request=request)


class PortalOffice(Office):
    """The office with pages in front."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.portal = Process(PORTAL, PAGES, with_settings=settings, furnish=furnish)
        self.network = Process(NETWORK, NETWORK_ROUTERS, with_settings=settings)
        self._folded, self._place = 0, 0
        services = {
            urlsplit(settings.sharing_url).port or 0: self.client,
            urlsplit(settings.network_url).port or 0: TestClient(self.network.app),
        }
        self.between = Between(services, self.carry)
        client = httpx.Client(transport=self.between)
        self.portal.app.state.neighbours = Neighbours(Calls(settings, self.clock, client=client))
        self.portal.inbox.positions("topic", [0], {0: 0})

    def hear(self, source: str, case_id: str, *events: Event) -> None:
        """Everybody reads these events from the log."""
        records = [self.record(source, case_id, event) for event in events]
        self.process.inbox.take(records)
        self._fold([(record.key or b"", record.value or b"") for record in records])

    def carry(self) -> None:
        """The portal reads what sharing has published since the last time."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT id, case_id, body FROM outbox WHERE id > %s ORDER BY id", (self._folded,)
            ).all()
        if found:
            self._folded = found[-1][0]
            self._fold([(case_id.encode(), bytes(body)) for _, case_id, body in found])

    def _fold(self, messages: list[tuple[bytes, bytes]]) -> None:
        for key, body in messages:
            self.portal.inbox.take([LogRecord(0, self._place, key, body)])
            self._place += 1

    def enters(self, actor: Actor, name: str) -> None:
        """Somebody stands in the directory, with a name in the vault."""
        us = service_actor("tests")
        calls = self.portal.app.state.neighbours.calls
        entry = {"person_id": actor.person_id, "agency": actor.agency, "roles": sorted(actor.roles)}
        calls.post("network", "/directory/people", actor=us, body={**entry, "municipality_nos": ["1804"]})
        contact = {"person_id": actor.person_id, "name": name, "email": "noen@demo.example"}
        calls.post("sharing", "/people", actor=us, body=contact)
        self.portal.app.state.neighbours.forget()

    def browser(self, actor: Actor) -> Browser:
        """Somebody at a browser, logged in."""
        desk = self.portal.desk
        areas = tuple(actor.municipality_nos) or ("1804",)
        visitor = Visitor(actor.person_id, actor.agency, actor.roles, areas, new_id())
        secret = sessions.begin(desk.engine, visitor, real_at=desk.clock.moment().real_at)
        cookies = {sessions.cookie_name(desk.settings): secret}
        return Browser(TestClient(self.portal.app, follow_redirects=True, cookies=cookies))


class Browser:
    """Pages and forms, as a browser without JavaScript has them."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, *, status: int = 200) -> str:
        """A page."""
        answer: Response = self.client.get(path)
        assert answer.status_code == status, (answer.status_code, seen(answer.text))
        return answer.text

    def pdf(self, path: str, *, post: bool = False) -> bytes:
        """A page for paper."""
        answer = self.client.post(path, headers=OURS) if post else self.client.get(path)
        assert answer.status_code == 200, seen(answer.text)
        assert answer.headers["content-type"] == "application/pdf"
        return bytes(answer.content)

    def send(self, path: str, /, *, status: int = 200, **fields: Any) -> str:
        """Fill a form in and send it; gives the page that comes after."""
        answer: Response = self.client.post(path, data=fields, headers=OURS)
        assert answer.status_code == status, (answer.status_code, seen(answer.text))
        return answer.text

    def fill(self, path: str, /, *, status: int = 200, to: str | None = None, **fields: Any) -> str:
        """Open a form, change some fields and send it with the rest as it stood."""
        stood = standing(self.get(path))
        return self.send(to or path, status=status, **(stood | fields))


def standing(page: str) -> dict[str, Any]:
    """What the last form of the page would send as it stands."""
    form = page[page.index("<main") :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        box = attributes.get("type") in ("checkbox", "radio")
        if "name" in attributes and (not box or " checked" in tag):
            found[attributes["name"]] = html.unescape(attributes.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        if chosen:
            found[name] = chosen.group(1)
    return found


def seen(page: str) -> str:
    """What a page says, without its tags."""
    body = page[page.find("<main") :]
    text = re.sub(r"<(script|style).*?</\1>", " ", body, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace("\u00a0", " ")


def query_of(address: str) -> dict[str, str]:
    """The query of an address."""
    return dict(parse_qsl(urlsplit(address).query))


@contextmanager
def a_portal_office(settings: Settings, kind: type[PortalOffice] | None = None) -> Iterator[PortalOffice]:
    """All three in databases of their own, gone afterwards."""
    for service in ("sharing", "portal", "network"):
        migrate(settings, service)
    office = (kind or PortalOffice)(settings)
    try:
        yield office
    finally:
        office.client.close()
        for process in (office.process, office.portal, office.network):
            process.desk.engine.dispose()
        for name in ("sharing", "keys", "portal", "network"):
            drop_database(settings, str(settings.database(name).database))
