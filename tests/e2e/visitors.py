"""People at their browsers, in front of the real system."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from backbone.work import Actor, service_actor
from deploy.local.browser import find_or_install, launch_arguments
from services.cli.demo.people import STAFF, Person
from tests.system import ROOT, System, eventually

SHOTS = ROOT / "test-output" / "e2e"
MILLISECONDS = 20_000


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A headless Chromium, for a machine that may be busy with seven services beside it."""
    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(), args=launch_arguments())
        try:
            yield browser
        finally:
            browser.close()


def enter_staff(system: System) -> None:
    """Enter the demo people in the directory and their names in the vault."""
    us: Actor = service_actor("tests")
    for person in STAFF:
        roles = sorted(person.roles)
        listed = {"person_id": person.person_id, "agency": person.agency, "roles": roles}
        directory = {**listed, "municipality_nos": list(person.municipality_nos)}
        system.calls.post("network", "/directory/people", actor=us, body=directory)
        contact = {"person_id": person.person_id, "name": person.name, "email": person.email}
        system.calls.post("sharing", "/people", actor=us, body=contact)


class Visitor:
    """Somebody at a browser of their own; every page they look at is photographed and checked with axe."""

    def __init__(
        self,
        browser: Browser,
        base: str,
        person: Person,
        *,
        shots: Path = SHOTS,
        java_script_enabled: bool = True,
    ) -> None:
        self.person, self.base, self._shots = person, base, shots
        context = browser.new_context(
            locale="nb-NO", timezone_id="Europe/Oslo", java_script_enabled=java_script_enabled
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(MILLISECONDS)
        self.noise: list[str] = []
        self.page.on("console", lambda message: self.noise.append(f"{message.text} ({self.page.url})"))
        shots.mkdir(parents=True, exist_ok=True)

    def log_in(self) -> Visitor:
        """Log in from the demo page."""
        self.go("/logg-inn")
        self.press(re.compile(re.escape(self.person.name)))
        expect(self.page.get_by_text(self.person.name).first).to_be_visible()
        return self

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.base + path)

    def press(self, name: str | re.Pattern[str], *, first: bool = False) -> None:
        """Press a button."""
        found = self.page.get_by_role("button", name=name)
        (found.first if first else found).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name).first.click()

    def fill(self, **fields: str) -> None:
        """Type into fields by their name on the form."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').fill(value)

    def choose(self, **fields: str) -> None:
        """Choose from lists by their name on the form."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').select_option(value)

    def tick(self, name: str, value: str) -> None:
        """Tick a box or a radio button."""
        self.page.locator(f'[name="{name}"][value="{value}"]').check()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """The page has this text."""
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def sees_not(self, text: str) -> None:
        """The page does not have this text."""
        expect(self.page.get_by_role("main")).not_to_contain_text(text)

    def comes_to_see(self, text: str, look: Callable[[], None]) -> None:
        """Look again until the page has this text: what others did travels over the log."""

        def there() -> bool:
            look()
            return text in self.page.get_by_role("main").inner_text()

        eventually(there, seconds=30, what=f"«{text}» on {self.page.url}")

    def form_as_sent(self) -> str:
        """What the page's form sends, as it stands."""
        serialised = "new URLSearchParams(new FormData(document.querySelector('main form'))).toString()"
        return str(self.page.evaluate(serialised))

    def sends_again(self, path: str, body: str) -> str:
        """Send a form once more, as an impatient click does; gives where the answer sends the browser."""
        headers = {"Origin": self.base, "Content-Type": "application/x-www-form-urlencoded"}
        answer = self.page.context.request.post(self.base + path, data=body, headers=headers, max_redirects=0)
        return str(answer.headers["location"])

    def width_of_content(self) -> int:
        """How wide the page is, in CSS pixels; wider than the screen means scrolling sideways."""
        session = self.page.context.new_cdp_session(self.page)
        return int(session.send("Page.getLayoutMetrics")["cssContentSize"]["width"])

    def photograph(self, name: str) -> None:
        """Keep a picture of the whole page."""
        self.page.screenshot(path=self._shots / f"{name}.png", full_page=True)

    def shows(self, name: str) -> None:
        """Photograph the page, and let axe find nothing wrong with it."""
        self.photograph(name)
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
