"""Every form that the case page offers, in a real browser: nothing for axe to find, nothing to scroll sideways for, also when something is wrong."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from backbone.clock import monotonic, new_id, pause
from schemas.codes import Agency, Function
from schemas.network_group import MemberJoined
from services.portal import sessions
from tests.e2e.visitors import SHOTS
from tests.integration.test_case_forms import Desk, a_case_with_a_deviation, desk, say

pytestmark = [pytest.mark.e2e, pytest.mark.integration, pytest.mark.slow]
NARROW, WIDE = 320, 1280
__all__ = ["desk"]


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """The portal on a port of its own; the services that it asks are those of the desk."""
    config = uvicorn.Config(
        desk.portal.process.app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = monotonic() + 30
    while not server.started and monotonic() < until:
        pause(0.05)
    (port,) = {socket.getsockname()[1] for one in server.servers for socket in one.sockets}
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def a_busy_case(desk: Desk) -> str:
    """A case with a deputy, a deviation that was judged, and one that was not."""
    case, _ = a_case_with_a_deviation(desk)
    today = desk.contracts.process.desk.clock.moment().today
    say(
        desk,
        case,
        MemberJoined(
            person_id=desk.reporter.person_id,
            agency=Agency.KOMMUNE_SLT,
            function=Function.DEPUTY,
            joined_on=today,
        ),
    )
    actor, deviation = desk.lead.actor("nb"), new_id()
    found = desk.contracts.get(f"/cases/{case}/contracts", actor).body
    reported = {"deviation_id": deviation, "kind": "CURFEW", "severity": 3, "happened_on": today.isoformat()}
    contract = {"contract_id": found[0]["contract_id"]}
    assert desk.contracts.post(f"/cases/{case}/deviations", actor, {**reported, **contract}).status == 201
    heard = {"missing": "NOT_WANTED"}
    assert desk.contracts.post(f"/deviations/{deviation}/youth-account", actor, heard).status == 201
    assert desk.contracts.post(f"/deviations/{deviation}/assessed", actor, {"severity": 3}).status == 201
    desk.told()
    return case


def visiting(browser: Browser, desk: Desk, base: str, *, width: int, language: str) -> BrowserContext:
    inside = desk.portal.process.desk
    secret = sessions.begin(inside.engine, desk.lead, real_at=inside.clock.moment().real_at)
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=True)
    context.add_cookies(
        [
            {"name": sessions.cookie_name(inside.settings), "value": secret, "url": base},
            {"name": "sprak", "value": language, "url": base},
        ]
    )
    return context


def is_well_made(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    metrics = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
    assert metrics["cssContentSize"]["width"] <= width, f"{page.url} scrolls sideways"


@pytest.mark.parametrize(("language", "width"), [("nb", NARROW), ("nn", WIDE)])
def test_every_form_that_is_offered_can_be_read_filled_in_and_put_right(
    browser: Browser,
    desk: Desk,
    address: str,
    language: str,
    width: int,
) -> None:
    case = a_busy_case(desk)
    context = visiting(browser, desk, address, width=width, language=language)
    page = context.new_page()
    page.goto(f"{address}/saker/{case}")
    is_well_made(page, width)
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"case-{language}-{width}.png", full_page=True)
    offered = sorted(set(re.findall(rf'href="(/saker/{case}/gjor/[^"]+)"', page.content())))
    assert len(offered) >= 10
    wrong = 0
    for path in offered:
        page.goto(address + path)
        is_well_made(page, width)
        assert page.locator("h1").count() == 1
        if page.locator("main form .ds-input:not([type=hidden])").count():
            wrong += stays_well_made_when_it_is_wrong(page, width)
    assert wrong >= 5
    context.close()


def stays_well_made_when_it_is_wrong(page: Page, width: int) -> bool:
    """Send the form emptied: each problem has a link to a field that is there. False when nothing was asked for."""
    page.evaluate("document.querySelectorAll('main form input[type=date]').forEach(one => one.value = '')")
    page.evaluate(
        "document.querySelectorAll('main form input[type=radio], main form input[type=checkbox]')"
        ".forEach(one => one.checked = false)"
    )
    required = page.locator("main form input[type=date], main form input[type=radio]").count()
    if not required:
        return False
    page.locator("main form button[type=submit]").last.click()
    if not page.locator("#feil").count():
        return False
    is_well_made(page, width)
    for link in page.locator("#feil a").all():
        place = str(link.get_attribute("href"))
        assert page.locator(f'[id="{place[1:]}"]').count() == 1, f"{page.url}: nothing at {place}"
    return True
