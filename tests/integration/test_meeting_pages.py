"""The pages about meetings, minutes, tasks and mediation over the real network and sharing services: what each of the group sees and does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.log import LogRecord
from schemas.case import CaseOpened
from schemas.codes import AgeBand, Agency, Function, Programme, Reason, SignerRole
from schemas.contract import ContractRegistered, ContractSigned, PlannedMember, Signer
from schemas.event import Event
from schemas.local_time import OSLO
from services.portal.languages import LANGUAGE_COOKIE
from tests.integration.portal_office import Browser, PortalOffice, a_portal_office, seen
from tests.integration.sharing_office import LEAD, POLICE, TEACHER, settings_in
from tests.unit.scheduler.story import made

pytestmark = pytest.mark.integration
SECRECY: dict[str, Any] = {"lest": "ja"}


def given(fields: dict[str, Any]) -> Any:
    """Fields whose names are no Python names."""
    return fields


class MeetingOffice(PortalOffice):
    """The office in which the network service says what it says itself."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self._told, self._heard = 0, 0
        self.network.inbox.positions("topic", [0], {0: 0})

    def hear(self, source: str, case_id: str, *events: Event) -> None:
        """Everybody reads these events from the log; network answers with its own."""
        records = [self.record(source, case_id, event) for event in events]
        self.process.inbox.take(records)
        for record in records:
            self.network.inbox.take([LogRecord(0, self._heard, record.key, record.value)])
            self._heard += 1
        self._fold([(record.key or b"", record.value or b"") for record in records])
        self.carry()

    def carry(self) -> None:
        """The others read what sharing and network have published since the last time."""
        super().carry()
        with self.network.desk.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT id, case_id, body FROM outbox WHERE id > %s ORDER BY id", (self._told,)
            ).all()
        for place, case_id, body in found:
            record = LogRecord(0, self._offset, case_id.encode(), bytes(body))
            self._told, self._offset = place, self._offset + 1
            self.process.inbox.take([record])
            self._fold([(case_id.encode(), bytes(body))])

    def a_group(self) -> dict[str, str]:
        """A signed contract with the lead, a teacher and a police officer around the youth; both have declared secrecy."""
        case, contract, youth, guardian = (new_id() for _ in range(4))
        opened = made(
            CaseOpened,
            programme=Programme.FA_YOUTH_CONTRACT,
            municipality_no="1804",
            owner_agency=Agency.KOMMUNE_SLT,
            lead_id=LEAD.person_id,
            youth_id=youth,
        )
        members = tuple(
            PlannedMember(person_id=who.person_id, agency=Agency(who.agency or ""), function=function)
            for who, function in ((TEACHER, Function.SUPPORT_OWNER), (POLICE, Function.CONTROL_OWNER))
        )
        registered = made(
            ContractRegistered,
            contract_id=contract,
            programme=Programme.FA_YOUTH_CONTRACT,
            youth_id=youth,
            age_band=AgeBand.AGE_15,
            reason=Reason.THEFT,
            starts_on=self.today,
            ends_on=self.today + timedelta(days=180),
            goal_refs=(),
            identity_refs=(),
            signers=(
                Signer(person_id=youth, role=SignerRole.YOUTH),
                Signer(person_id=guardian, role=SignerRole.GUARDIAN),
            ),
            members=members,
        )
        signed = made(ContractSigned, contract_id=contract, signed_on=self.today)
        self.hear("contracts", case, opened, registered, signed)
        for member in (TEACHER, POLICE):
            self.browser(member).send(f"/saker/{case}/taushetsplikt", **given(SECRECY))
        return {"case": case, "youth": youth, "guardian": guardian}

    def in_nynorsk(self, actor: Any) -> Browser:
        """The same browser in nynorsk."""
        browser = self.browser(actor)
        browser.client.cookies.set(LANGUAGE_COOKIE, "nn")
        return browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[MeetingOffice]:
    settings = settings_in(tmp_path_factory.mktemp("meeting-office"), database_url=database_url)
    with a_portal_office(settings, MeetingOffice) as office:
        assert isinstance(office, MeetingOffice)
        for actor, name in {
            LEAD: "Leda Prøve",
            POLICE: "Politi Prøve",
            TEACHER: "Lærar Prøve",
        }.items():
            office.enters(actor, name)
        yield office


def held_meeting(office: MeetingOffice, ids: dict[str, str]) -> str:
    """A meeting of yesterday, called and held through the pages; gives its id."""
    lead, case = office.browser(LEAD), ids["case"]
    yesterday = (office.clock.moment().decided_at.astimezone(OSLO) - timedelta(days=1)).date().isoformat()
    page = lead.fill(
        f"/saker/{case}/mote/nytt",
        day=yesterday,
        time="13:00",
        invited=[LEAD.person_id, TEACHER.person_id, POLICE.person_id, ids["youth"]],
        interpreted=[ids["guardian"]],
        items=["YOUTHS_OWN_WORDS", "TASKS"],
        place="Rådhuset",
    )
    assert "Hvem kan si hva" in seen(page)
    (meeting,) = set(re.findall(r"/mote/([0-9a-f-]{36})/holdt", page))
    page = lead.fill(
        f"/saker/{case}/mote/{meeting}/holdt",
        present=[LEAD.person_id, TEACHER.person_id, POLICE.person_id],
        **given({f"reason-{ids['youth']}": "NO_TRANSPORT"}),
    )
    assert "Tjenesten: skyssen sviktet".lower() in seen(page).lower()
    return str(meeting)


def test_a_meeting_becomes_minutes_that_the_group_reads_comments_on_and_gets_corrected(
    office: MeetingOffice,
) -> None:
    ids = office.a_group()
    case, lead = ids["case"], office.browser(LEAD)
    meeting = held_meeting(office, ids)
    minutes, forms = f"/saker/{case}/mote/{meeting}/referat", f"/saker/{case}/gjor"

    assert "Referatet er ikke sendt ut ennå" in seen(office.browser(TEACHER).get(minutes))
    written = {"part-rest": "Vi møtes oftere", f"part-{meeting}": "Alle sier fra til Leda"}
    page = lead.fill(f"{minutes}/skriv", **given(written))
    assert "Utkastet er lagret" in seen(page)
    assert "Referatet er ikke sendt ut ennå" in seen(office.browser(TEACHER).get(minutes))
    again = lead.get(f"{minutes}/skriv")
    assert "Vi møtes oftere" in again
    assert "Alle sier fra til Leda" in again

    tasks = {
        "receivers": [LEAD.person_id, TEACHER.person_id, POLICE.person_id, ids["youth"]],
        "tasks-1-text_ref": "Ringe hjemmet",
        "tasks-1-owner_id": TEACHER.person_id,
        "tasks-1-due_on": (office.today + timedelta(days=5)).isoformat(),
    }
    refused = lead.fill(f"{forms}/send-ut-referat/{meeting}", status=422, **given(tasks))
    assert "Før opp utfallet av saken «Hvem kan si hva»" in seen(refused)
    lead.fill(
        f"{forms}/utfall-av-sak/{meeting}", item_id=meeting, outcome="AGREED", text_ref="Bare skolen sier fra"
    )
    nothing = {name: value for name, value in tasks.items() if name == "receivers"}
    refused = lead.fill(f"{forms}/send-ut-referat/{meeting}", status=422, **given(nothing))
    assert "uttrykkelig at det ikke ble noen oppgaver" in seen(refused)
    lead.fill(f"{forms}/send-ut-referat/{meeting}", **given(tasks))

    police = office.browser(POLICE)
    before = seen(police.get(minutes))
    assert "Vi møtes oftere" not in before
    assert "Utgave 1" in before
    shown = seen(police.send(minutes))
    for words in ("Vi møtes oftere", "Alle sier fra til Leda", "Bare skolen sier fra", "Ringe hjemmet"):
        assert words in shown
    assert "Lærar Prøve" in shown

    police.fill(f"{forms}/merknad-til-referat/{meeting}", text_ref="Det var ikke slik")
    assert "Merknader" in seen(lead.get(minutes))
    lead.fill(f"{forms}/godkjenn-referat/{meeting}", comments_considered="ja")
    assert "Godkjent" in seen(police.get(minutes))
    fixed = lead.fill(
        f"{minutes}/skriv", **given({"part-rest": "Vi møtes hver uke", "reason": "COMMENT_TAKEN_IN"})
    )
    assert "sendt til de samme mottakerne" in seen(fixed)
    shown = seen(office.in_nynorsk(POLICE).send(minutes))
    assert "Utgåve 2" in shown
    assert "Vi møtes hver uke" in shown
    assert "Vi møtes oftere" not in shown
    assert "Godkjent" not in shown


def test_a_group_looks_back_on_a_meeting_with_done_learnt_and_smart(office: MeetingOffice) -> None:
    ids = office.a_group()
    lead, teacher, case = office.browser(LEAD), office.browser(TEACHER), ids["case"]
    meeting = held_meeting(office, ids)
    way = f"/saker/{case}/gjor/gjort-laert-lurt/{meeting}"
    assert f'href="{way}"' not in teacher.get(f"/saker/{case}"), (
        "the lead, the deputy or the secretary writes it down"
    )
    empty = lead.fill(way, status=422)
    assert "Skriv minst ett av de tre svarene" in seen(empty)
    words = given({"text_ref-gjort": "Møtt på skolen", "text_ref-lurt": "Ringe dagen før"})
    page = lead.fill(way, **words)
    assert "Gjort, lært, lurt er lagret på møtet" in seen(page)
    assert "Gjort, lært, lurt er ført opp" in seen(page)
    assert "Møtt på skolen" not in page
    assert f'href="{way}"' not in page
    lead.get(way, status=409)
    opened = seen(lead.send(f"/saker/{case}/apne"))
    assert "Gjort: Møtt på skolen" in opened
    assert "Lurt: Ringe dagen før" in opened
    assert "Lært:" not in opened
    assert opened.count("Møtt på skolen") == 1, "it stands where it belongs, and not once more below"


def test_whoever_has_a_task_sees_it_on_a_page_of_its_own_and_says_that_it_is_done(
    office: MeetingOffice,
) -> None:
    ids = office.a_group()
    lead, teacher, forms = office.browser(LEAD), office.browser(TEACHER), f"/saker/{ids['case']}/gjor"
    lead.fill(
        f"{forms}/ny-oppgave",
        text_ref="Sende timeplan",
        owner_id=TEACHER.person_id,
        due_on=office.today.isoformat(),
    )
    page = teacher.get("/oppgaver")
    assert f"/saker/{ids['case']}" in page
    task = re.findall(rf"/saker/{ids['case']}/gjor/oppgave-gjort/([0-9a-f-]{{36}})", page)[0]
    assert task not in lead.get("/oppgaver")
    teacher.fill(f"{forms}/begynn-oppgave/{task}")
    assert "I gang" in seen(teacher.get("/oppgaver"))
    police = office.browser(POLICE)
    assert task not in police.get("/oppgaver")
    assert police.client.get(f"{forms}/oppgave-gjort/{task}").status_code == 409
    teacher.fill(f"{forms}/oppgave-gjort/{task}")
    assert task not in teacher.get("/oppgaver")
    assert "1 oppgave er ferdig" in seen(lead.get(f"/saker/{ids['case']}"))


def test_a_meeting_is_answered_moved_and_cancelled_through_the_pages(office: MeetingOffice) -> None:
    ids = office.a_group()
    case, lead, forms = ids["case"], office.browser(LEAD), f"/saker/{ids['case']}/gjor"
    day = (office.today + timedelta(days=8)).isoformat()
    page = lead.fill(f"/saker/{case}/mote/nytt", day=day, invited=[TEACHER.person_id, ids["youth"]])
    (meeting,) = set(re.findall(r"/mote/([0-9a-f-]{36})/holdt", page))
    twice = lead.fill(
        f"/saker/{case}/mote/nytt", status=422, day=day, time="08:00", invited=TEACHER.person_id
    )
    assert "Det er alt kalt inn til et slikt møte" in seen(twice)
    office.browser(TEACHER).fill(f"{forms}/svar-pa-innkalling/{meeting}", answer="COMES")
    assert "(kommer)" in seen(lead.get(f"/saker/{case}"))
    lead.fill(f"{forms}/svar-for-en-annen/{meeting}", person_id=ids["youth"], answer="UNSURE")
    lead.fill(
        f"{forms}/flytt-mote/{meeting}", **given({"starts_local-time": "15:00", "reason": "AGENCY_CANNOT"})
    )
    assert "(kommer)" not in seen(lead.get(f"/saker/{case}"))
    lead.fill(f"{forms}/ny-sak-pa-sakslisten/{meeting}", kind="GOALS", text_ref="Nytt mål")
    lead.fill(f"{forms}/trenger-tolk/{meeting}", person_ids=[TEACHER.person_id])
    assert "ikke bestilt ennå" in seen(lead.get(f"/saker/{case}"))
    lead.fill(f"{forms}/tolk-bestilt/{meeting}")
    lead.fill(f"{forms}/avlys-mote/{meeting}", reason="YOUTH_CANNOT")
    page = seen(lead.get(f"/saker/{case}"))
    assert "Avlyst" in page
    assert "Ungdommen kan ikke" in page


def test_a_mediation_is_its_mediators_alone(office: MeetingOffice) -> None:
    ids = office.a_group()
    case, lead = ids["case"], office.browser(LEAD)
    page = lead.fill(f"/saker/{case}/mekling/ny")
    (record,) = set(re.findall(r"/mekling/([0-9a-f-]{36})/avslutt", page))
    page = lead.send(f"/mekling/{record}/part", key=new_id(), name="Alva Prøve", party="VICTIM")
    assert "Alva" not in page
    (party,) = set(re.findall(rf"/mekling/{record}/part/([0-9a-f-]{{36}})/svar", page))
    shown = seen(lead.send(f"/mekling/{record}/apne"))
    assert "Alva Prøve" in shown
    page = lead.send(f"/mekling/{record}/part/{party}/svar", key=new_id(), says="ja", method="PAPER")
    assert "vil møtes" in seen(page)
    for member in (TEACHER, POLICE):
        browser = office.browser(member)
        assert browser.client.get(f"/mekling/{record}").status_code in (403, 404)
        assert record not in browser.get(f"/saker/{case}")
    assert "meklingsmappe" not in seen(office.browser(TEACHER).get(f"/saker/{case}"))
    assert "Mekling" in seen(office.in_nynorsk(LEAD).get("/mekling"))


def test_what_is_known_of_other_plans_stands_on_the_case_page(office: MeetingOffice) -> None:
    ids = office.a_group()
    lead, forms = office.browser(LEAD), f"/saker/{ids['case']}/gjor"
    wrong = {"child_coordinator": "NO", "coordinator_id": TEACHER.person_id, "individual_plan": "ASKED"}
    refused = lead.fill(f"{forms}/andre-planer", status=422, **given(wrong))
    assert "Koble bare til" in seen(refused)
    lead.fill(f"{forms}/andre-planer", **given({**wrong, "child_coordinator": "YES"}))
    page = seen(office.in_nynorsk(LEAD).get(f"/saker/{ids['case']}"))
    assert "Barnekoordinator: ja" in page
    assert "Lærar Prøve" in page


def test_a_forum_talks_without_names_and_only_its_members_see_it(office: MeetingOffice) -> None:
    lead, teacher = office.browser(LEAD), office.browser(TEACHER)
    (forum,) = set(re.findall(r"/kog/([0-9a-f-]{36})/taushet", lead.send("/kog", key=new_id())))
    assert "ingenting" not in seen(teacher.get("/kog")).lower()
    assert teacher.client.get(f"/kog/{forum}").status_code in (403, 404)
    lead.send(f"/kog/{forum}/medlem", key=new_id(), person_id=TEACHER.person_id)
    teacher.send(f"/kog/{forum}/taushet", key=new_id())
    refused = lead.send(f"/kog/{forum}/medlem", status=422, key=new_id(), person_id="nobody")
    assert "Velg hvem som skal være med." in seen(refused)
    page = lead.send(f"/kog/{forum}/taushet", key=new_id())
    assert "Før et møte" in seen(page)
    people = [LEAD.person_id, TEACHER.person_id]
    page = lead.send(f"/kog/{forum}/mote", key=new_id(), held_on=office.today.isoformat(), present=people)
    (way,) = set(re.findall(rf"/kog/{forum}/mote/[0-9a-f-]{{36}}/sak", page))
    matter: dict[str, Any] = {"themes": ["VANDALISM"], "advice": "OTHER_MEASURE"}
    named = lead.send(way, status=422, key=new_id(), text="Ring 912 34 567", **matter)
    assert "912 34 567" in seen(named), "what was typed stays, to be changed"
    page = lead.send(way, key=new_id(), text="En i niende klasse, skolen følger opp", **matter)
    assert "skolen følger opp" in seen(page)
    assert "skolen følger opp" in seen(teacher.get(f"/kog/{forum}"))
    assert "KOG" in seen(office.in_nynorsk(LEAD).get("/kog"))


def test_youths_who_are_not_to_meet_are_said_so_by_who_leads_both_groups(office: MeetingOffice) -> None:
    one, other = office.a_group()["case"], office.a_group()["case"]
    lead = office.browser(LEAD)
    wrong = lead.fill(f"/saker/{one}/ikke-motes", status=422)
    assert "Velg hvilken sak det gjelder." in seen(wrong)
    page = lead.fill(f"/saker/{one}/ikke-motes", other_case_id=other, does="SET")
    assert "skal ikke møtes" in seen(page)
    again = lead.fill(f"/saker/{one}/ikke-motes", status=422, other_case_id=other, does="SET")
    assert "ikke-motes" in again
    page = lead.fill(f"/saker/{one}/ikke-motes", other_case_id=other, does="LIFT")
    assert "kan møtes" in seen(page)
    office.browser(TEACHER).get(f"/saker/{one}/ikke-motes", status=403)


def test_the_year_of_a_forum_is_entered_on_its_page(office: MeetingOffice) -> None:
    lead, today = office.browser(LEAD), office.today
    page = lead.send("/kog", key=new_id(), kind="STEERING")
    assert "Styringsgruppe" in seen(page)
    assert "Det som blir sagt her, blir her" not in seen(page), "no single cases, so no secrecy of its own"
    (forum,) = set(re.findall(r"/kog/([0-9a-f-]{36})/arshjul", page))
    base, ahead = f"/kog/{forum}", (today + timedelta(days=40)).isoformat()
    page = lead.send(f"{base}/planlagt", key=new_id(), meets_on=ahead)
    assert "Innkalling er ikke sendt" in seen(page)
    (meeting,) = set(re.findall(rf'href="({base}/planlagt/[0-9a-f-]{{36}})"', page))
    late = lead.send(f"{meeting}/innkalt", status=422, key=new_id(), sent_on=ahead)
    assert "fram i tid" in seen(late)
    page = lead.send(f"{meeting}/innkalt", key=new_id(), sent_on=today.isoformat())
    assert "Innkalling sendt" in seen(page)
    page = lead.send(f"{meeting}/holdt", key=new_id(), held_on=today.isoformat(), present=[LEAD.person_id])
    assert "Møter i år: 1. Det skal bli minst 4." in seen(page)
    alone = lead.send(
        f"{base}/avtale", status=422, key=new_id(), parties=["NAV"], signed_on=today.isoformat()
    )
    assert "minst to parter" in seen(alone)
    both = ["KOMMUNE_SLT", "POLITI_FOREBYGGENDE"]
    page = lead.send(f"{base}/avtale", key=new_id(), parties=both, signed_on=today.isoformat())
    (agreement,) = set(re.findall(rf'href="({base}/avtale/[0-9a-f-]{{36}})"', page))
    assert "Gått gjennom" in seen(lead.get(agreement))
    lead.send(agreement, key=new_id(), revised_on=today.isoformat())
    item: dict[str, Any] = {"activity": "ANNUAL_REPORT", "month": "3", "done_by": LEAD.person_id}
    missing = lead.send(f"{base}/arshjul", status=422, key=new_id(), **{**item, "done_by": ""})
    assert "Årsrapport" in seen(missing)
    page = lead.send(f"{base}/arshjul", key=new_id(), **item)
    (wheel,) = set(re.findall(rf'href="({base}/arshjul/[0-9a-f-]{{36}})"', page))
    page = lead.send(wheel, key=new_id(), done_on=today.isoformat(), again="no")
    assert "Årshjulet er tomt." in seen(page)
    assert "Årsrapport" in seen(office.in_nynorsk(LEAD).get(wheel))
    page = lead.send(f"{base}/lagt-ned", key=new_id())
    assert "Lagt ned" in seen(page)
    assert "Sett opp møtet" not in seen(page)
