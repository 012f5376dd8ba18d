"""What an auditor does from end to end, in a browser and at a command line: pseudonyms, a purpose, a case as it stood, questions, files, deciding again, proof."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from services.cli.demo.people import AUDITOR
from tests.e2e.visitors import SHOTS, Visitor
from tests.stories.cast import Cast, Story
from tests.system import ROOT, System, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.integration, pytest.mark.slow]
TEXT = "Til stede fire av fem dager"
YOUTH = "Kim Demosen"


@pytest.fixture(scope="module")
def system(system: System) -> System:
    """The started system, and the signer too."""
    system.start_signer()
    return system


@pytest.fixture(scope="module")
def kim(system: System) -> Story:
    """A case in which a consent came and went."""
    cast = Cast(system)
    cast.moves_in()
    story = Story(cast)
    story.registers()
    story.has_a_group()
    story.signs()
    story.calls_a_meeting()
    for member in (cast.teacher, cast.police):
        story.declares_secrecy(member)
    system.quiet()
    ref = story.school_writes(TEXT)
    eventually(
        lambda: story.opens(cast.teacher, ref)[ref]["outcome"] == "PERMIT", what="the school's own opening"
    )
    consent = story.consents()
    assert story.opens(cast.police, ref)[ref]["outcome"] == "PERMIT"
    story.withdraws(consent)
    assert story.opens(cast.police, ref)[ref]["outcome"] == "DENY"
    story.deviates()
    system.quiet()
    return story


def test_an_auditor_walks_through_a_case_asks_the_log_and_proves_it(
    system: System, kim: Story, browser: Browser, tmp_path: Path
) -> None:
    runa = Visitor(browser, system.settings.portal_url, AUDITOR).log_in()
    sees_pseudonyms_and_states_a_purpose(runa, kim)
    walks_with_the_slider(runa)
    asks_the_log(runa, kim, tmp_path)
    has_decisions_made_again(runa, kim, tmp_path)
    decides_again(system, kim)
    verifies(system, tmp_path)
    assert sorted({line for line in runa.noise if "Content Security Policy" in line}) == []


def sees_pseudonyms_and_states_a_purpose(runa: Visitor, kim: Story) -> None:
    runa.go("/kontroll")
    runa.sees(kim.case_id)
    runa.sees_not(YOUTH)
    runa.shows("30-audit-cases")
    runa.follow(kim.case_id)
    runa.tick("purpose", "COMPLAINT")
    runa.press("Vis hendelsene")
    runa.sees("Saken ble opprettet")
    runa.shows("31-audit-events")
    runa.follow("Se saken slik den sto, hendelse for hendelse")


def walks_with_the_slider(runa: Visitor) -> None:
    """From event to event, by buttons, by the slider and by the clock; the page is the one that the others see."""
    page, status = runa.page, runa.page.locator("#gang-na")
    count = int(page.locator("#gang-nr").get_attribute("max") or 0)
    assert count > 15
    expect(status).to_contain_text(f"Nr. {count} av {count}")
    runa.sees("Det som har skjedd")
    runa.shows("32-as-it-stands")
    page.locator("#gang-nr").fill("1")
    expect(status).to_contain_text(f"Nr. 1 av {count}: Saken ble opprettet.")
    runa.sees_not("Underskrifter")
    runa.shows("33-as-it-stood-first")
    runa.follow("Neste hendelse")
    expect(status).to_contain_text(f"Nr. 2 av {count}")
    expect(page.get_by_role("link", name="Neste hendelse")).to_be_focused()
    for number in range(3, count + 1):
        page.locator("#gang-nr").fill(str(number))
        expect(status).to_contain_text(f"Nr. {number} av {count}")
        if "Et samtykke ble gitt" in status.inner_text():
            break
    expect(page.locator("#gang-endret")).to_contain_text("Samtykker: 1 endret")
    assert "samtykker" in (page.locator("#sto").get_attribute("data-changed") or "")
    runa.sees_not("Trukket tilbake")
    assert page.locator('a[href^="/saker"], form[action^="/saker"]').count() == 0
    runa.shows("34-as-it-stood-consent")
    page.locator("#gang-nr").focus()
    page.keyboard.press("End")
    expect(status).to_contain_text(f"Nr. {count} av {count}")
    runa.sees("Trukket tilbake")
    for key, number in (("ArrowLeft", count - 1), ("Home", 1), ("ArrowRight", 2), ("End", count)):
        page.locator("#gang-nr").press(key)
        expect(status).to_contain_text(f"Nr. {number} av {count}")
        expect(page.locator("#gang-nr")).to_have_attribute("aria-valuetext", re.compile(rf"^{number}\. "))
        expect(page.locator("#gang-nr")).to_be_focused()
    page.reload()
    expect(status).to_contain_text(f"Nr. {count} av")
    runa.fill(tid="2020-01-01T12:00")
    runa.press("Vis tidspunktet")
    expect(status).to_contain_text("Nr. 1 av")


def asks_the_log(runa: Visitor, kim: Story, tmp_path: Path) -> None:
    runa.go("/kontroll")
    runa.follow("Still et spørsmål til hele loggen")
    runa.choose(sporsmal="DENIED")
    runa.press("Spør")
    runa.sees("Velg hva kontrollen gjelder.")
    runa.shows("35-questions")
    runa.choose(formal="COMPLAINT")
    runa.fill(sak=kim.case_id)
    runa.press("Spør")
    runa.sees("Samtykket er trukket tilbake")
    runa.sees_not(YOUTH)
    runa.shows("36-denied")
    with runa.page.expect_download() as download:
        runa.follow("Last ned som regneark (CSV)")
    download.value.save_as(tmp_path / "denied.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "denied.csv").read_text(encoding="utf-8"))))
    assert {line["reason"] for line in lines} >= {"CONSENT_WITHDRAWN"}
    assert {line["case_id"] for line in lines} == {kim.case_id}
    with runa.page.expect_download() as access:
        runa.follow("Last ned tilgangslinjer (CEF)")
    access.value.save_as(tmp_path / "denied.cef")
    said = (tmp_path / "denied.cef").read_text(encoding="utf-8").splitlines()
    assert said
    assert all(line.startswith("CEF:0|Felles ansvar|felles-audit|1|audit:access|") for line in said)
    assert all("flexString1=Deny" in line and kim.case_id in line for line in said)


def has_decisions_made_again(runa: Visitor, kim: Story, tmp_path: Path) -> None:
    """On a page, for a purpose: the case's own decisions, and what they would have been had the group seen nothing."""
    runa.go("/kontroll")
    runa.follow("Ta avgjørelser på nytt")
    runa.press("Ta avgjørelsene på nytt")
    runa.sees("Velg hva kontrollen gjelder.")
    runa.shows("40-redecide-form")
    runa.choose(formal="COMPLAINT")
    runa.fill(sak=kim.case_id)
    runa.press("Ta avgjørelsene på nytt")
    runa.sees("0 ble noe annet, og 0 kunne ikke tas på nytt")
    runa.sees("Vist: samtykke")
    runa.sees("Ikke vist: samtykket er trukket tilbake")
    runa.sees_not(YOUTH)
    runa.shows("41-redecided")
    runa.page.get_by_text("Hva om reglene var andre?").click()
    runa.tick("gruppen", "SCHOOL_ATTENDANCE")
    runa.press("Ta avgjørelsene på nytt")
    runa.sees("Med de andre reglene ville")
    runa.sees("Vist: de er med i nettverksgruppen")
    runa.shows("42-redecided-otherwise")
    with runa.page.expect_download() as download:
        runa.follow("Last ned som regneark (CSV)")
    download.value.save_as(tmp_path / "redecided.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "redecided.csv").read_text(encoding="utf-8"))))
    assert {"PERMIT CONSENT", "DENY CONSENT_WITHDRAWN"} <= {line["recorded"] for line in lines}
    assert {line["again"] for line in lines} == {"SAME"}
    assert "PERMIT PARTICIPATION" in {line["what_if"] for line in lines}


def decides_again(system: System, kim: Story) -> None:
    """Every decision of the year, and what another policy would have said."""
    again = system.cli("redecide", "--year", str(kim.today().year))
    assert again.returncode == 0, again.stdout + again.stderr
    assert "0 otherwise, 0 could not be made" in again.stdout
    one = system.cli("redecide", "--case", kim.case_id, "--as", "json")
    assert {"PERMIT CONSENT", "DENY CONSENT_WITHDRAWN"} <= {row["recorded"] for row in json.loads(one.stdout)}


def verifies(system: System, tmp_path: Path) -> None:
    """From an export, its checkpoints and the signer's own key, on another machine: nothing is set there, and nothing is asked."""
    eventually(lambda: signed_everything(system), what="a signed checkpoint of every tree")
    folder = system.settings.signer_folder
    assert folder is not None
    log, releases, report = tmp_path / "log.gz", tmp_path / "releases.gz", tmp_path / "report.txt"
    handed = ("--releases", str(releases), "--checkpoints", str(tmp_path / "checkpoints"))
    exported = system.cli("export", str(log), *handed)
    assert exported.returncode == 0, exported.stdout
    elsewhere = subprocess.run(
        [
            *(sys.executable, "-m", "services.cli", "verify", "--offline", "--export", str(log), *handed),
            *(
                "--report",
                str(report),
                "--key",
                str(folder / "verifier-key"),
                "--seen",
                str(tmp_path / "seen"),
            ),
        ],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert elsewhere.returncode == 0, elsewhere.stdout + elsewhere.stderr
    said = report.read_text(encoding="utf-8")
    assert "Nothing was changed, removed, inserted or moved" in said
    assert "in sharing, both ways." in said
    (SHOTS / "37-verification.txt").write_text(said, encoding="utf-8")


def signed_everything(system: System) -> bool:
    heads = system.calls.get("audit", "/trees", actor=Cast(system).auditor)
    return bool(heads) and all(signed_size(system, head["partition"]) == head["size"] for head in heads)


def signed_size(system: System, partition: int) -> int:
    answer = httpx.get(f"{system.address('audit')}/trees/{partition}/checkpoint", trust_env=False)
    return int(answer.text.split("\n")[1]) if answer.is_success else -1


def test_one_case_is_replayed_up_to_now_and_up_to_its_consent(system: System, kim: Story) -> None:
    whole = system.cli("replay", "--case", kim.case_id)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    given = next(event["event_id"] for event in kim.trail() if event["type"] == "consent.given")
    then = system.cli("replay", "sharing", "--case", kim.case_id, "--until", given, "--show")
    assert then.returncode == 0, then.stdout + then.stderr
    (consent,) = [row for row in rows_of(then.stdout) if row["table"] == "consent"]
    assert len(consent["state"]["replies"]) == 1, "one of two had said yes, and nobody had taken it back"
    assert "sharing: has changed since: table consent" in then.stdout


def rows_of(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_walk_needs_no_javascript_no_mouse_and_no_wide_screen(
    system: System, kim: Story, browser: Browser, language: str
) -> None:
    runa = Visitor(browser, system.settings.portal_url, AUDITOR, java_script_enabled=False).log_in()
    if language == "nn":
        runa.press("Nynorsk")
    runa.page.set_viewport_size({"width": 320, "height": 640})
    runa.go(f"/kontroll/{kim.case_id}/slik-den-sto?formal=SUPERVISION&nr=2")
    assert runa.width_of_content() <= 320
    expect(runa.page.locator("#gang-glider")).to_be_hidden()
    runa.follow("Neste hendelse" if language == "nb" else "Neste hending")
    expect(runa.page.locator("#gang-na")).to_contain_text("Nr. 3 av")
    runa.choose(nr="5")
    runa.press("Vis hendelsen" if language == "nb" else "Vis hendinga")
    expect(runa.page.locator("#gang-na")).to_contain_text("Nr. 5 av")
    runa.photograph(f"38-narrow-{language}")
    runa.go("/kontroll/sporsmal?formal=SUPERVISION&sporsmal=OPENINGS")
    assert runa.width_of_content() <= 320
    runa.photograph(f"39-questions-narrow-{language}")
    runa.go(f"/kontroll/avgjorelser?formal=SUPERVISION&sak={kim.case_id}&ingenting=1")
    expect(runa.page.get_by_role("heading", name="Svar")).to_be_visible()
    assert runa.width_of_content() <= 320
    runa.photograph(f"43-redecided-narrow-{language}")
