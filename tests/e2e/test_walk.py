"""The main job from end to end, in a real browser over the real processes: register, sign, meet, share, deviate, count down, check."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from playwright.sync_api import Browser, expect

from backbone.settings import SERVICES
from services.cli.demo.people import AUDITOR, BODO, OPERATOR, POLICE, SCHOOL
from tests.e2e.visitors import Visitor
from tests.system import System, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.integration, pytest.mark.slow]
YOUTH, GUARDIAN = "Prøve Prøvesen", "Føresett Prøvesen"
ATTENDANCE = "Har vært på skolen hver dag siden mandag."
DEADLINE = "Første nettverksmøte"


def test_a_contract_goes_from_the_form_to_the_auditor(system: System, browser: Browser) -> None:
    base = system.settings.portal_url
    oda, liv, ida = (Visitor(browser, base, person).log_in() for person in (BODO, SCHOOL, POLICE))
    today = system.clock.moment().today
    oda.shows("01-my-cases-empty")

    case = registers_a_contract(oda, today)
    registers_the_signatures(oda, case)
    calls_the_first_meeting(oda, liv, case, system, today)
    shares_only_with_consent(oda, liv, ida, case)
    reports_a_deviation(ida, oda, case)
    lets_a_deadline_pass_and_meets_it(oda, case)
    checks_the_log(browser, base, case)
    looks_after_the_services(browser, base)
    assert [line for line in (*oda.noise, *liv.noise, *ida.noise) if "Content Security Policy" in line] == []


def registers_a_contract(oda: Visitor, today: date) -> str:
    """Walk 1, with an age that is refused first; everything typed is kept."""
    oda.go("/ny-kontrakt")
    oda.fill(
        youth_name=YOUTH,
        youth_birth_on=(today - relativedelta(years=11)).isoformat(),
        guardian1_name=GUARDIAN,
        guardian1_contact="foresatt@familie.example",
        **{"own_goals-1-goal_ref": "Møte på skolen hver dag"},
        starts_on="2026-08-31",
    )
    oda.choose(municipality_no="1804", reason="VANDALISM")
    oda.tick("member", SCHOOL.person_id)
    oda.tick("member", POLICE.person_id)
    expect(oda.page.locator("#end-date")).to_contain_text("28. februar 2027")
    oda.fill(starts_on=today.isoformat())
    oda.press("Registrer kontrakten")
    oda.sees("Dette må rettes før det kan lagres")
    expect(oda.page.locator("#youth_birth_on-wrong")).to_contain_text("12")
    expect(oda.page.locator('[name="youth_name"]')).to_have_value(YOUTH)
    oda.shows("02-under-twelve-refused")

    oda.fill(youth_birth_on=(today - relativedelta(years=15, months=3)).isoformat())
    oda.shows("03-new-contract")
    sent = oda.form_as_sent()
    oda.press("Registrer kontrakten")
    oda.sees("Kontrakten er registrert")
    oda.sees(YOUTH)
    oda.sees(str((today + relativedelta(months=6)).year))
    assert YOUTH.split()[0].lower() not in oda.page.url.lower()
    expect(oda.page).to_have_title("Sak – Felles ansvar")
    case = oda.page.url.split("?")[0].removeprefix(oda.base)
    assert oda.sends_again("/ny-kontrakt", sent).split("?")[0] == case
    oda.comes_to_see(SCHOOL.name, lambda: oda.go(case))
    oda.shows("04-case-registered")
    return case


def registers_the_signatures(oda: Visitor, case: str) -> None:
    """Walk 2: the contract starts when everybody has signed, and not before."""
    oda.sees("Venter på underskrifter")
    for who in ("Ungdommen", "Foresatt"):
        oda.go(case)
        oda.follow(re.compile(f"Registrer.*underskrift fra.*{who}", re.S))
        oda.press("Registrer underskriften")
        oda.sees("Underskriften er registrert")
    oda.comes_to_see("I gang", lambda: oda.go(case))
    oda.sees_not("Venter på underskrifter")
    oda.comes_to_see(DEADLINE, lambda: oda.go(case))
    oda.shows("05-case-running")


def calls_the_first_meeting(oda: Visitor, liv: Visitor, case: str, system: System, today: date) -> None:
    """Walk 3: a notice and a neutral e-mail with an invitation."""
    oda.go(f"{case}/mote/nytt")
    oda.fill(day=(today + timedelta(days=7)).isoformat(), place="Prøveveien 1", agenda="Bli kjent")
    oda.shows("06-call-a-meeting")
    oda.press("Kall inn")
    oda.sees("Møtet er satt opp")
    liv.comes_to_see("Du er invitert til møte", lambda: liv.go("/varsler"))
    liv.shows("07-inbox")
    invitation = eventually(lambda: invitations(system, SCHOOL.email), what="an invitation to the school")[-1]
    assert "BEGIN:VEVENT" in invitation or "base64" in invitation
    assert not [word for word in (YOUTH, "Prøveveien", "Bli kjent") if word in invitation]


def invitations(system: System, address: str) -> list[str]:
    """The mails to somebody that have a calendar entry with them."""
    texts = [message.read_text("utf-8", "replace") for message in system.mail()]
    return [text for text in texts if address in text and "text/calendar" in text]


def shares_only_with_consent(oda: Visitor, liv: Visitor, ida: Visitor, case: str) -> None:
    """Walk 4: the school may tell the police one thing, until somebody says no."""
    for member in (liv, ida):
        member.go(case)
        member.sees("Bekreft taushetsplikten først")
        member.tick("lest", "ja")
        member.press("Bekreft")
        member.sees("Takk")
    liv.go(f"{case}/gjor/ny-opplysning")
    liv.choose(category="SCHOOL_ATTENDANCE")
    liv.fill(content=ATTENDANCE)
    liv.press("Legg inn")
    liv.sees("Opplysningen er lagt inn")

    opens(ida, case, "08-police-before-consent")
    ida.sees_not(ATTENDANCE)
    ida.sees("Det finnes ikke noe samtykke")

    oda.go(f"{case}/samtykke/nytt")
    oda.choose(from_agency="SKOLE_GRUNN", to_agency="POLITI_FOREBYGGENDE")
    oda.tick("category", "SCHOOL_ATTENDANCE")
    for select in oda.page.locator('select[name^="answer_"]').all():
        select.select_option("PAPER")
    oda.shows("09-consent")
    oda.press("Registrer samtykket")
    oda.sees("Samtykket er registrert")
    oda.sees("Grunnskolen kan fortelle Politiet, forebyggende om: oppmøte på skolen")

    opens(ida, case, "10-police-with-consent")
    ida.sees(ATTENDANCE)

    oda.go(case)
    oda.follow("Trekk tilbake")
    oda.page.get_by_label("Ungdommen").check()
    oda.press("Trekk samtykket tilbake")
    oda.sees("Samtykket er trukket tilbake")

    opens(ida, case, "11-police-after-withdrawal")
    ida.sees_not(ATTENDANCE)
    ida.sees("Samtykket er trukket tilbake.")
    ida.comes_to_see("Slutt å bruke det du har sett", lambda: ida.go("/varsler"))
    ida.follow(re.compile("^Svar"))
    ida.tick("answer", "NOT_USED_ANY_MORE")
    ida.press("Send svaret")
    ida.sees("Svaret ditt er registrert")


def opens(member: Visitor, case: str, shot: str) -> None:
    """Ask the gate."""
    member.comes_to_see("Åpne opplysninger", lambda: member.go(case))
    member.press("Åpne opplysninger")
    member.sees("Hentet fram nå")
    member.shows(shot)


def reports_a_deviation(ida: Visitor, oda: Visitor, case: str) -> None:
    """Walk 5: the coordinator is told."""
    ida.go(f"{case}/gjor/meld-avvik")
    ida.choose(kind="CURFEW")
    ida.tick("severity", "2")
    ida.fill(text_ref="Var ute etter avtalt tid.")
    ida.shows("12-deviation")
    ida.press("Meld avviket")
    ida.sees("Avviket er meldt")
    oda.comes_to_see("Det er meldt et avvik", lambda: oda.go("/varsler"))
    oda.shows("13-coordinator-inbox")


def lets_a_deadline_pass_and_meets_it(oda: Visitor, case: str) -> None:
    """Walk 6: time moves, the deadline comes, and goes when the meeting is held."""
    oda.go("/frister")
    oda.sees(DEADLINE)
    oda.go("/demoklokke")
    oda.press("Én uke fram")
    oda.press("Én uke fram")
    oda.press("Én dag fram")
    oda.sees("Demoklokka er stilt fram")
    oda.shows("14-demo-clock")
    oda.comes_to_see(f"Fristen er ute: {DEADLINE}", lambda: oda.go(case))
    oda.comes_to_see(f"En frist er gått ut: {DEADLINE}", lambda: oda.go("/varsler"))
    oda.go(case)
    oda.shows("15-deadline-passed")
    oda.follow("Registrer som holdt")
    oda.page.locator(f'[name="present"][value="{POLICE.person_id}"]').uncheck()
    oda.press("Registrer møtet")
    oda.sees("Møtet er registrert som holdt")
    eventually(lambda: is_met(oda, case), what="the deadline to be met")
    oda.shows("16-meeting-held")


def is_met(oda: Visitor, case: str) -> bool:
    oda.go("/frister")
    return DEADLINE not in oda.page.get_by_role("main").inner_text()


def checks_the_log(browser: Browser, base: str, case: str) -> None:
    """Walk 7: the events in order, from the audit service, without a name."""
    runa = Visitor(browser, base, AUDITOR).log_in()
    case_id = case.rsplit("/", 1)[-1]
    runa.go(f"/kontroll/{case_id}")
    runa.press("Vis hendelsene")
    runa.sees("Velg hva kontrollen gjelder")
    runa.tick("purpose", "INTERNAL_CONTROL")
    runa.press("Vis hendelsene")
    runa.sees("Saken ble opprettet")
    rows = runa.page.locator("table.audit tbody tr").all_inner_texts()
    order = [
        place
        for place, text in enumerate(rows)
        if "Kontrakten ble registrert" in text or "Kontrakten startet" in text
    ]
    assert len(order) == 2
    assert any("Noen ba om å få se opplysninger" in text and "vist: 0" in text for text in rows)
    assert any("følger av nr." in text for text in rows)
    content = runa.page.content()
    assert not [
        name for name in (YOUTH, GUARDIAN, BODO.name, ATTENDANCE) if name in content.replace(AUDITOR.name, "")
    ]
    runa.shows("17-audit")
    runa.go("/saker")
    runa.sees("Dette har du ikke tilgang til")


def looks_after_the_services(browser: Browser, base: str) -> None:
    """Operators see that every service goes, and no content."""
    nils = Visitor(browser, base, OPERATOR).log_in()
    nils.sees("Ingen hendelser er parkert")
    expect(nils.page.locator("li.health", has_text="Går")).to_have_count(len(SERVICES))
    nils.shows("18-operations")


def test_the_pages_work_without_javascript_by_keyboard_and_on_a_narrow_screen(
    system: System, browser: Browser
) -> None:
    oda = Visitor(browser, system.settings.portal_url, BODO, java_script_enabled=False).log_in()
    for path in ("/", "/saker", "/ny-kontrakt", "/frister", "/varsler", "/demoklokke", "/hjelp"):
        oda.go(path)
        oda.page.set_viewport_size({"width": 320, "height": 640})
        assert oda.page.locator("h1").count() == 1
        assert oda.width_of_content() <= 320, path
    oda.go("/saker")
    oda.page.keyboard.press("Tab")
    expect(oda.page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    oda.photograph("19-narrow-without-javascript")
    oda.go("/ny-kontrakt")
    oda.press("Registrer kontrakten")
    oda.follow("Skriv ungdommens navn.")
    assert oda.page.url.endswith("#youth_name")


def test_a_page_prints_without_the_menu(system: System, browser: Browser) -> None:
    oda = Visitor(browser, system.settings.portal_url, BODO).log_in()
    oda.page.emulate_media(media="print")
    expect(oda.page.get_by_role("navigation", name="Hovedmeny")).to_be_hidden()
    expect(oda.page.get_by_role("heading", name="Mine saker")).to_be_visible()
