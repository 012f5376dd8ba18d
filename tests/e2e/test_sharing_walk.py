"""Everything about sharing in a real browser over the real processes: every page in both languages, each looked at by axe."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from backbone.clock import new_id
from services.cli.demo.people import BODO, HEAD_TEACHER, MUNICIPAL_LEADER, POLICE, SCHOOL, Person
from tests.e2e.visitors import SHOTS, Visitor
from tests.system import System, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.integration, pytest.mark.slow]
ATTENDANCE = "Har vært på skolen hver dag siden mandag."
BOTH = {"nb": "Bokmål", "nn": "Nynorsk"}


class Kim:
    """A case as the other walk leaves it: signed, two guardians, a school and a police officer who may write."""

    def __init__(self, system: System) -> None:
        self.system, self.case_id, self.contract_id = system, new_id(), new_id()
        self.youth_id, self.first, self.second = new_id(), new_id(), new_id()
        self.today = system.clock.moment().today

    @property
    def path(self) -> str:
        return f"/saker/{self.case_id}"

    def post(self, who: Person, service: str, path: str, body: Any = None) -> Any:
        """Ask a service, and again for a while until it has heard what it must know."""

        def asked() -> Any:
            try:
                return self.system.calls.post(service, path, actor=who.actor, body=body, key=new_id()) or True
            except Exception as error:
                refused.append(repr(error))
                return None

        refused: list[str] = []
        return eventually(asked, what=f"{path} ({refused[-1:]})")

    def deposit(self, about: str, category: str, kind: str, **content: str) -> str:
        ref = new_id()
        laid = {"ref": ref, "case_id": self.case_id, "about_id": about, "category": category, "kind": kind}
        self.post(BODO, "sharing", "/deposits", {**laid, "content": content})
        return ref

    def comes_about(self) -> None:
        born = self.today.replace(year=self.today.year - 15, day=1).isoformat()
        refs = [
            self.deposit(self.youth_id, "IDENTITY_CONTACT", "IDENTITY", name="Kim Prøvesen", birth_on=born),
            self.deposit(self.first, "IDENTITY_CONTACT", "IDENTITY", name="Mor Prøvesen"),
            self.deposit(self.second, "IDENTITY_CONTACT", "IDENTITY", name="Far Prøvesen"),
        ]
        goals = [
            self.deposit(self.youth_id, "CASE_STATUS", "TEXT", text=text) for text in ("Skole", "Fotball")
        ]
        members = [
            {"person_id": SCHOOL.person_id, "agency": SCHOOL.agency, "function": "SUPPORT_OWNER"},
            {"person_id": POLICE.person_id, "agency": POLICE.agency, "function": "CONTROL_OWNER"},
        ]
        body = {
            "case_id": self.case_id,
            "contract_id": self.contract_id,
            "programme": "FA_YOUTH_CONTRACT",
            "municipality_no": "1804",
            "youth_id": self.youth_id,
            "guardian_ids": [self.first, self.second],
            "reason": "VANDALISM",
            "starts_on": self.today.isoformat(),
            "goal_refs": goals,
            "identity_refs": refs,
            "members": members,
            "evaluation": {"measures": [{"goal_ref": goals[0], "measure": "YOUTHS_OWN_VIEW"}]},
        }
        self.post(BODO, "contracts", "/contracts", body)
        for person_id, role in (
            (self.youth_id, "YOUTH"),
            (self.first, "GUARDIAN"),
            (self.second, "GUARDIAN"),
        ):
            signed = {
                "person_id": person_id,
                "role": role,
                "method": "PAPER",
                "signed_on": self.today.isoformat(),
            }
            self.post(BODO, "contracts", f"/contracts/{self.contract_id}/signatures", signed)
        for member in (SCHOOL, POLICE):
            self.post(
                member, "network", f"/cases/{self.case_id}/secrecy-declarations", {"text_version": "2026-1"}
            )
        written = {"ref": new_id(), "about_id": self.youth_id, "category": "SCHOOL_ATTENDANCE"}
        path = f"/cases/{self.case_id}/information"
        self.post(SCHOOL, "sharing", path, {**written, "content": {"text": ATTENDANCE}})


def in_both(who: Visitor, path: str, shot: str) -> None:
    """The page in each language: photographed, and nothing wrong with it for axe."""
    for code, name in BOTH.items():
        who.go(path)
        who.press(name)
        expect(who.page.locator("html")).to_have_attribute("lang", code)
        who.shows(f"sharing-{shot}-{code}")
    who.press(BOTH["nb"])


def is_a_pdf(who: Visitor, path: str, *, post: bool = False) -> None:
    """The paper comes; kept beside the pictures for who wants to look."""
    headers = {"Origin": who.base}
    request = who.page.context.request
    answer = request.post(who.base + path, headers=headers) if post else request.get(who.base + path)
    assert answer.ok, answer.status
    assert answer.body().startswith(b"%PDF-1.7")
    (SHOTS / f"sharing-{path.rsplit('/', 1)[-1]}").write_bytes(answer.body())


def test_a_consent_is_asked_answered_read_aloud_printed_taken_back_and_told_to_the_youth(
    system: System, browser: Browser
) -> None:
    kim = Kim(system)
    kim.comes_about()
    base = system.settings.portal_url
    oda, liv, ida, per, siv = (
        Visitor(browser, base, person).log_in()
        for person in (BODO, SCHOOL, POLICE, HEAD_TEACHER, MUNICIPAL_LEADER)
    )
    oda.comes_to_see("Taushetsplikt bekreftet", lambda: oda.go(kim.path))
    consent = asks_for_a_consent(oda, kim)
    answers_differ(oda, kim, consent)
    asks_whether_sharing_is_allowed(ida, kim)
    takes_it_back_and_follows_the_receipts(oda, ida, kim)
    gives_without_consent(per, oda, kim)
    acts_on_a_duty(liv, kim)
    gives_the_youth_the_report(oda, kim)
    protects_the_address(oda, siv, kim)
    ends_the_content(oda, siv, kim)
    noise = [line for who in (oda, liv, ida, per, siv) for line in who.noise]
    assert [line for line in noise if "Content Security Policy" in line] == []


def asks_for_a_consent(oda: Visitor, kim: Kim) -> str:
    oda.go(f"{kim.path}/samtykke/nytt")
    oda.choose(from_agency="SKOLE_GRUNN", to_agency="POLITI_FOREBYGGENDE", language="smj")
    oda.tick("category", "SCHOOL_ATTENDANCE")
    oda.tick("category", "SCHOOL_BEHAVIOUR")
    oda.shows("sharing-01-ask-for-consent")
    oda.press("Registrer samtykket")
    oda.comes_to_see("Venter på svar", lambda: oda.go(f"{kim.path}/samtykker"))
    in_both(oda, f"{kim.path}/samtykker", "02-consents-waiting")
    oda.follow("Les opp teksten")
    oda.sees("Du kan si nei. Ingen blir sure")
    oda.shows("sharing-03-read-aloud-nb")
    oda.follow("Nynorsk")
    oda.sees("Du kan seie nei. Ingen blir sure")
    consent = oda.page.url.split("/samtykke/")[1].split("/")[0]
    for code in BOTH:
        is_a_pdf(oda, f"{kim.path}/samtykke/{consent}/skjema-{code}.pdf")
    return consent


def answers_differ(oda: Visitor, kim: Kim, consent: str) -> None:
    """The youth and one guardian say yes, orally and on paper; the other guardian to a part only."""
    path = f"{kim.path}/samtykke/{consent}/svar"
    oda.go(f"{path}/{kim.youth_id}")
    oda.tick("method", "ORAL_IN_MEETING")
    oda.tick("interpreter", "ja")
    in_both(oda, f"{path}/{kim.youth_id}", "04-a-yes")
    oda.go(f"{path}/{kim.youth_id}")
    oda.tick("method", "ORAL_IN_MEETING")
    oda.press("Registrer svaret")
    oda.go(f"{path}/{kim.first}")
    oda.press("Registrer svaret")
    oda.go(f"{path}/{kim.second}")
    oda.tick("whole", "del")
    oda.press("Registrer svaret")
    oda.sees("Dette må rettes før det kan lagres")
    oda.shows("sharing-05-a-part-of-nothing")
    oda.tick("only_to", "POLITI_FOREBYGGENDE")
    oda.tick("only_category", "SCHOOL_ATTENDANCE")
    oda.press("Registrer svaret")
    oda.go(f"{kim.path}/samtykker")
    oda.sees("Politiet, forebyggende kan få vite om oppmøte på skolen.")
    oda.sees("Be om skriftlig bekreftelse innen")
    in_both(oda, f"{kim.path}/samtykker", "06-consents-in-force")
    oda.follow(re.compile("Registrer bekreftelsen"))
    oda.shows("sharing-07-confirm")
    oda.press("Registrer bekreftelsen")
    oda.sees("Bekreftet skriftlig")


def asks_whether_sharing_is_allowed(ida: Visitor, kim: Kim) -> None:
    ida.go(f"{kim.path}/kan-jeg-dele?fra=SKOLE_GRUNN")
    ida.sees("Samtykke, til og med")
    ida.sees_not(ATTENDANCE)
    in_both(ida, f"{kim.path}/kan-jeg-dele?fra=SKOLE_GRUNN", "08-may-i")
    ida.go(kim.path)
    ida.press("Åpne opplysninger")
    ida.sees(ATTENDANCE)


def takes_it_back_and_follows_the_receipts(oda: Visitor, ida: Visitor, kim: Kim) -> None:
    oda.go(f"{kim.path}/samtykker")
    oda.follow(re.compile("^Trekk tilbake"))
    oda.page.get_by_label("Foresatt 2").check()
    oda.press("Trekk samtykket tilbake")
    oda.comes_to_see("har ombestemt seg", lambda: oda.go(f"{kim.path}/samtykker"))
    oda.shows("sharing-09-taken-back")
    oda.go(f"{kim.path}/kvitteringer")
    oda.sees("Har ikke svart")
    in_both(oda, f"{kim.path}/kvitteringer", "10-receipts-waiting")
    ida.go(kim.path)
    ida.press("Åpne opplysninger")
    ida.sees_not(ATTENDANCE)
    ida.comes_to_see("Slutt å bruke det du har sett", lambda: ida.go("/varsler"))
    ida.follow(re.compile("^Svar"))
    ida.tick("answer", "COPIES_DESTROYED")
    ida.press("Send svaret")
    oda.comes_to_see("Kopier er makulert", lambda: oda.go(f"{kim.path}/kvitteringer"))


def gives_without_consent(per: Visitor, oda: Visitor, kim: Kim) -> None:
    """The head teacher decides, since a leader of the agency that gives must, and the no is not gone around in silence."""
    in_both(per, f"{kim.path}/uten-samtykke/ny", "11-choose-a-basis")
    per.go(f"{kim.path}/uten-samtykke/ny")
    per.follow("Tjenestens egne oppgaver")
    per.press("Registrer")
    per.sees("Dette må rettes før det kan lagres")
    per.shows("sharing-12-conditions-missing")
    today = kim.today
    per.choose(to_agency="POLITI_FOREBYGGENDE", asked_by=SCHOOL.person_id, deferral="INVESTIGATION")
    per.choose(guardians_not_told="INVESTIGATION")
    per.tick("category", "SCHOOL_ATTENDANCE")
    per.fill(
        grounds="Politiet leter etter Kim i kveld.",
        statutory_task_of_the_giver="Skolens omsorgsplikt.",
        near_and_factual_link="Kim ble sist sett på skolen.",
        necessity="Politiet må vite når.",
        less_intrusive="Uten navn hjelper ikke.",
        proportionality="Én opplysning, tre dager.",
        despite="Ett nei kan ikke stå i veien når det haster.",
        opens_until=(today + timedelta(days=3)).isoformat(),
        tell_review_on=(today + timedelta(days=14)).isoformat(),
    )
    per.tick("sector_limits_checked", "NONE_APPLY")
    per.tick("given_how", "IN_THE_SYSTEM")
    per.tick("told", "senere")
    per.tick("guardians_told", "nei")
    per.shows("sharing-13-a-basis-filled-in")
    per.press("Registrer")
    per.sees("Det er registrert")
    in_both(oda, f"{kim.path}/uten-samtykke", "14-given-without-consent")
    oda.follow(re.compile("Vurder på nytt"))
    oda.shows("sharing-15-look-again")


def acts_on_a_duty(liv: Visitor, kim: Kim) -> None:
    """One click from any page; the numbers first."""
    liv.go("/varsler")
    liv.follow("Jeg må handle nå")
    expect(liv.page.locator("main a").first).to_have_text("112")
    in_both(liv, "/handle-na", "16-act-now")
    liv.go(f"{kim.path}/handle-na")
    liv.tick("duty", "CHILD_WELFARE_REPORT")
    liv.shows("sharing-17-note")
    liv.press("Noter")
    liv.comes_to_see("Jeg har sendt det skriftlig", lambda: liv.go("/handle-na"))
    liv.follow(re.compile("Jeg har sendt det skriftlig"))
    liv.shows("sharing-18-confirm-the-report")
    liv.press("Registrer")
    liv.sees("Barnevernet har svart")


def gives_the_youth_the_report(oda: Visitor, kim: Kim) -> None:
    for code, name in BOTH.items():
        oda.go(f"{kim.path}/innsyn")
        oda.press(name)
        oda.shows(f"sharing-19-before-the-report-{code}")
        oda.page.locator("main form button").first.click()
        oda.sees("Politiet, førebyggjande" if code == "nn" else "Politiet, forebyggende")
        oda.sees_not(ATTENDANCE)
        oda.sees(
            "Ingenting som du kan få vite om no" if code == "nn" else "Ingenting som du kan få vite om nå"
        )
        oda.shows(f"sharing-20-the-youths-report-{code}")
        is_a_pdf(oda, f"{kim.path}/innsyn.pdf", post=True)
    oda.go("/saker")
    oda.press(BOTH["nb"])


def protects_the_address(oda: Visitor, siv: Visitor, kim: Kim) -> None:
    oda.go(f"{kim.path}/adressesperre")
    oda.tick("level", "CODE_7")
    oda.press("Lagre")
    oda.sees("Adressesperren er endret")
    siv.go(f"{kim.path}/adressesperre")
    siv.choose(person_id=POLICE.person_id)
    siv.press("Klarer")
    siv.sees("Personen er klarert")
    in_both(siv, f"{kim.path}/adressesperre", "21-address-protection")


def ends_the_content(oda: Visitor, siv: Visitor, kim: Kim) -> None:
    closes(kim)
    oda.comes_to_see("Saken er avsluttet", lambda: oda.go(f"{kim.path}/oppbevaring"))
    in_both(oda, f"{kim.path}/oppbevaring", "22-retention")
    oda.tick("outcome", "DESTROY")
    oda.choose(basis="NO_DUTY_TO_KEEP")
    oda.press("Registrer vurderingen")
    oda.press("Foreslå å slette innholdet")
    oda.sees("Sletting er foreslått")
    siv.comes_to_see("Foreslått av", lambda: siv.go("/slettinger"))
    siv.shows("sharing-23-waits-for-a-leader")
    siv.page.locator(f'main a[href="{kim.path}/oppbevaring"]').click()
    siv.tick("sure", "ja")
    siv.shows("sharing-24-approve")
    siv.press("Slett innholdet for godt")
    siv.sees("Innholdet er slettet for godt")
    siv.comes_to_see("Slettebevis", lambda: siv.go("/slettinger"))
    in_both(siv, "/slettinger", "25-ledger")
    in_both(siv, f"{kim.path}/slettebevis", "26-certificate")
    is_a_pdf(siv, f"{kim.path}/slettebevis.pdf")
    oda.go(kim.path)
    oda.press("Åpne opplysninger")
    oda.sees_not(ATTENDANCE)


def closes(kim: Kim) -> None:
    """The contract ends by agreement, and the case is closed with it."""
    kim.post(BODO, "contracts", f"/contracts/{kim.contract_id}/ended-early", {"reason": "BY_AGREEMENT"})
    body = {"reason": "BY_AGREEMENT", "outcome": "GOALS_PARTLY_REACHED", "evaluation_missing": "NOT_WANTED"}
    kim.post(BODO, "contracts", f"/cases/{kim.case_id}/closed", body)
