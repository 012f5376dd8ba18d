"""The pages about sharing, over the real sharing service: what a coordinator, a member and a leader see and do."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pypdf
import pytest

from backbone.clock import new_id
from backbone.work import Actor
from schemas.case import CaseClosed
from schemas.codes import Agency, CaseOutcome, EndingReason, Purpose, Role
from schemas.correction import RedactedContentDestroyed
from schemas.deadline import DeadlineScheduled
from schemas.document import DocumentFinalised
from schemas.information import OpeningDecided
from tests.integration.portal_office import PortalOffice, a_portal_office, seen
from tests.integration.sharing_office import (
    LEAD,
    LEADER,
    NAME,
    POLICE,
    TEACHER,
    TEXT,
    Case,
    forward,
    settings_in,
)
from tests.unit.scheduler.story import made

pytestmark = pytest.mark.integration
RECORDS = Actor(
    new_id(), Agency.KOMMUNE_SLT, frozenset({Role.RECORDS_OWNER}), "records owner", "nb", frozenset({"1804"})
)
OURS = {"Sec-Fetch-Site": "same-origin"}
HEAD_TEACHER = Actor(
    new_id(), Agency.SKOLE_GRUNN, frozenset({Role.UNIT_LEADER}), "head teacher", "nb", frozenset({"1804"})
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[PortalOffice]:
    settings = settings_in(tmp_path_factory.mktemp("portal-office"), database_url=database_url)
    with a_portal_office(settings) as office:
        for actor, name in {
            LEAD: "Leda Prøve",
            POLICE: "Politi Prøve",
            TEACHER: "Lærar Prøve",
            LEADER: "Leiar Prøve",
            HEAD_TEACHER: "Rektor Prøve",
            RECORDS: "Arkivar Prøve",
        }.items():
            office.enters(actor, name)
        yield office


def a_shared_case(office: PortalOffice, *, guardians: int = 1) -> Case:
    """A case in which the school may tell the police about attendance, and has something to tell."""
    case = office.a_case(guardians=guardians)
    office.a_text(case)
    office.a_consent(case)
    office.carry()
    return case


def test_the_consents_stand_in_their_four_kinds_and_say_why_they_are_in_force(office: PortalOffice) -> None:
    case = a_shared_case(office)
    page = seen(office.browser(LEAD).get(f"/saker/{case.case_id}/samtykker"))
    order = ["Samtykke til å delta", "Samtykke til å dele opplysninger", "helseopplysninger", "noe mer"]
    assert sorted(order, key=page.index) == order
    assert "Alle som må, har sagt ja" in page
    assert page.count("Det er ikke spurt om noe slikt.") == 3


def test_whoever_wrote_a_text_makes_it_final_and_nobody_else_does(office: PortalOffice) -> None:
    case = a_shared_case(office)
    page, way = f"/saker/{case.case_id}", f"/saker/{case.case_id}/gjor/gjor-endelig/{case.text_ref}"
    teacher = office.browser(TEACHER)
    assert f'href="{way}"' in teacher.get(page)
    assert f'href="{way}"' not in office.browser(LEAD).get(page)
    office.browser(LEAD).get(way, status=409)
    assert "Bekreft at teksten er ferdig" in seen(teacher.fill(way, status=422))
    done = teacher.fill(way, confirm="ja")
    assert "Teksten er endelig." in seen(done)
    assert f'href="{way}"' not in done
    (told,) = [
        one.event for one in office.published(case.case_id) if isinstance(one.event, DocumentFinalised)
    ]
    assert (told.ref, told.finalised_by) == (case.text_ref, TEACHER.person_id)


def test_a_leader_who_does_not_lead_the_case_destroys_a_redacted_text_for_good(office: PortalOffice) -> None:
    case = office.a_case()
    wrong, kept = office.a_text(case), new_id()
    named = {"ref": kept, "about_id": case.youth_id, "category": "SCHOOL_ATTENDANCE"}
    body = {**named, "content": {"text": TEXT}}
    office.post(f"/cases/{case.case_id}/information", body, actor=TEACHER)
    for ref, reason in ((wrong, "WRONG_CASE"), (kept, "MORE_THAN_NEEDED")):
        office.post(f"/cases/{case.case_id}/redactions", {"ref": ref, "reason": reason})
    office.carry()
    form = f"/saker/{case.case_id}/gjor/slett-sladdet-tekst"
    for actor in (LEAD, HEAD_TEACHER):
        browser = office.browser(actor)
        assert form not in browser.get(f"/saker/{case.case_id}")
        browser.get(f"{form}/{wrong}", status=403)
    leader = office.browser(LEADER)
    waiting = leader.get("/slettinger")
    assert f"{form}/{wrong}" in waiting
    assert f"{form}/{kept}" not in waiting, "what was only too much is kept"
    leader.get(f"{form}/{kept}", status=409)
    asked = seen(leader.get(f"{form}/{wrong}"))
    assert "kan ikke gjøres om" in asked
    assert "Sladdet av Leda Prøve" in asked
    assert "Kryss av for at du vet" in seen(leader.fill(f"{form}/{wrong}", status=422)), (
        "nothing goes without the tick"
    )
    done = seen(leader.fill(f"{form}/{wrong}", confirm="ja"))
    assert "Den sladdede teksten er slettet for godt." in done
    assert "Slettet for godt" in done
    assert f"{form}/{wrong}" not in leader.get("/slettinger")
    destroyed = RedactedContentDestroyed(ref=wrong, proposed_by=LEAD.person_id, approved_by=LEADER.person_id)
    assert destroyed in [fact.event for fact in office.published(case.case_id)]


def test_a_no_stops_the_consent_whatever_the_others_say(office: PortalOffice) -> None:
    case = office.a_case()
    office.ask_consent(case)
    office.say(case.consent_id, "given", case.signers[0], method="PAPER", given_on=office.today)
    office.carry()
    page = office.browser(TEACHER).fill(
        f"/saker/{case.case_id}/samtykke/{case.consent_id}/nei/{case.guardian_id}"
    )
    assert "Svaret er registrert. Ingenting blir delt." in seen(page)
    assert "Én av dem som måtte si ja, har sagt nei" in seen(page)


def test_an_older_consent_that_a_newer_no_stops_says_so_and_by_whom(office: PortalOffice) -> None:
    case = a_shared_case(office)
    lead = office.browser(LEAD)
    assert "Stoppet av et nyere nei" not in seen(lead.get(f"/saker/{case.case_id}/samtykker"))
    newer = office.a_consent(case, consent_id=new_id())
    office.say(newer, "withdrawn", case.signers[1])
    office.carry()
    in_case = seen(lead.get(f"/saker/{case.case_id}"))
    assert in_case.count("Stoppet av et nyere nei") == 1, "the page of the case says it by the same rule"
    page = seen(lead.get(f"/saker/{case.case_id}/samtykker"))
    assert page.count("Stoppet av et nyere nei") == 1
    assert "Ingenting av dette deles lenger" in page
    assert "Foresatt har tatt tilbake sitt ja." in page
    assert office.open(case, case.text_ref)["reason"] == "CONSENT_WITHDRAWN"


def test_two_yeses_to_different_parts_are_shown_as_what_they_have_in_common(office: PortalOffice) -> None:
    case = office.a_case(guardians=2)
    both = {"categories": ["SCHOOL_ATTENDANCE", "SCHOOL_BEHAVIOUR"]}
    office.ask_consent(case, **both)
    office.say(case.consent_id, "given", case.signers[0], method="PAPER", given_on=office.today)
    office.say(case.consent_id, "given", case.signers[1], method="PAPER", given_on=office.today)
    office.carry()
    lead, second = office.browser(LEAD), case.signers[2].person_id
    page = lead.fill(
        f"/saker/{case.case_id}/samtykke/{case.consent_id}/svar/{second}",
        whole="del",
        only_to="POLITI_FOREBYGGENDE",
        only_category="SCHOOL_ATTENDANCE",
        interpreter="ja",
    )
    page = seen(lead.get(f"/saker/{case.case_id}/samtykker"))
    assert "Politiet, forebyggende kan få vite om oppmøte på skolen." in page
    assert "Foresatt 2 sa ja til bare en del." in page
    assert "Forklart av Leda Prøve, med tolk" in page


def test_an_oral_yes_is_asked_for_on_paper_and_confirmed(office: PortalOffice) -> None:
    case = office.a_case()
    office.ask_consent(case)
    office.carry()
    lead, path = office.browser(LEAD), f"/saker/{case.case_id}/samtykke/{case.consent_id}"
    lead.fill(f"{path}/svar/{case.youth_id}", method="ORAL_IN_MEETING")
    page = lead.get(f"/saker/{case.case_id}/samtykker")
    assert "Be om skriftlig bekreftelse innen" in seen(page)
    lead.fill(f"{path}/bekreft/{case.youth_id}")
    page = seen(lead.get(f"/saker/{case.case_id}/samtykker"))
    assert "Bekreftet skriftlig" in page
    assert "Be om skriftlig bekreftelse" not in page


def test_a_leader_excuses_a_guardian_and_nobody_else_may(office: PortalOffice) -> None:
    case = office.a_case(guardians=2)
    office.ask_consent(case)
    office.carry()
    path = f"/saker/{case.case_id}/samtykke/{case.consent_id}/uten/{case.signers[2].person_id}"
    office.browser(LEAD).get(path, status=403)
    leader = office.browser(LEADER)
    assert "Skriv hva avgjørelsen bygger på" in seen(leader.fill(path, status=422, why="UNREACHABLE"))
    assert "Ingen forsøk er ført opp" in seen(leader.get(path))
    refused = leader.fill(path, status=422, why="UNREACHABLE", grounds="Ringte tre ganger uten svar.")
    assert "forsøkt nådd tre ganger over minst 14 dager" in seen(refused)
    lead, sought = office.browser(LEAD), f"/saker/{case.case_id}/gjor/kontakt-om-samtykke/{case.consent_id}"
    asked_on = office.today
    for days in (0, 7, 7):
        forward(office, hours=24 * days)
        tried: dict[str, Any] = {"person_id": case.signers[2].person_id, "reached": "nei"}
        lead.fill(sought, contacted_on=office.today.isoformat(), **tried)
    assert seen(leader.get(path)).count("fikk ikke kontakt") == 3
    assert office.today == asked_on + timedelta(days=14)
    leader.fill(path, why="UNREACHABLE", grounds="Ringte tre ganger uten svar.")
    page = seen(office.browser(LEAD).get(f"/saker/{case.case_id}/samtykker"))
    assert "trenger ikke svare; en leder har avgjort det" in page
    last = f"/saker/{case.case_id}/samtykke/{case.consent_id}/uten/{case.guardian_id}"
    leader.fill(last, status=422, why="RISK_TO_YOUTH", grounds="Ringte.")


def test_a_yes_is_taken_back_for_one_receiver_in_the_form_and_every_page_says_for_whom(
    office: PortalOffice,
) -> None:
    case = office.a_case()
    office.a_consent(case, to_agencies=["POLITI_FOREBYGGENDE", "BARNEVERN"])
    office.carry()
    lead, base = office.browser(LEAD), f"/saker/{case.case_id}"
    form = f"{base}/samtykke/{case.consent_id}/trekk"
    who: dict[str, Any] = {"person_id": case.youth_id, "whole": "del"}
    assert "Velg hvem det trekkes tilbake for." in seen(lead.fill(form, status=422, **who))
    page = seen(lead.fill(form, **who, only_to="POLITI_FOREBYGGENDE"))
    assert "Samtykket er trukket tilbake for dem du krysset av." in page
    office.carry()
    page = seen(lead.get(base))
    assert "men har tatt det tilbake for Politiet, forebyggende" in page
    assert "Tatt tilbake bare for Politiet, forebyggende. Resten gjelder." in page
    page = seen(lead.get(f"{base}/samtykker"))
    assert "Trukket tilbake for noen Politiet, forebyggende får ikke mer." in page
    assert "Har tatt det tilbake for Politiet, forebyggende" in page
    report = seen(lead.send(f"{base}/innsyn"))
    assert "ja, men ikke lenger til Politiet, forebyggende" in report
    assert "Alle som får noe" not in seen(lead.get(form)), "one receiver is left: nothing to choose"
    matrix = seen(lead.get(f"{base}/kan-jeg-dele?fra=SKOLE_GRUNN"))
    assert "Samtykket er trukket tilbake for denne tjenesten." in matrix


def test_a_consent_can_be_asked_for_several_receivers_at_once(office: PortalOffice) -> None:
    case = a_shared_case(office)
    lead, path = office.browser(LEAD), f"/saker/{case.case_id}/samtykke/nytt"
    told: dict[str, Any] = {
        "from_agency": "BARNEVERN",
        "to_agency": "POLITI_FOREBYGGENDE",
        "category": "FAMILY",
    }
    page = seen(lead.fill(path, **told, also_to="SKOLE_GRUNN"))
    office.carry()
    page = seen(lead.get(f"/saker/{case.case_id}"))
    assert "Barneverntjenesten kan fortelle Politiet, forebyggende og Grunnskolen om: familie" in page


def test_a_consent_is_renewed_and_the_old_one_says_so(office: PortalOffice) -> None:
    case = a_shared_case(office)
    lead = office.browser(LEAD)
    path = f"/saker/{case.case_id}/samtykke/nytt"
    form = lead.get(f"{path}?fornyer={case.consent_id}")
    assert "Dette fornyer et samtykke som finnes" in seen(form)
    assert f'name="supersedes" value="{case.consent_id}"' in form
    answers: dict[str, Any] = {f"answer_{one.person_id}": "PAPER" for one in case.signers}
    lead.fill(f"{path}?fornyer={case.consent_id}", to=path, language="smj", **answers)
    page = seen(lead.get(f"/saker/{case.case_id}/samtykker"))
    assert "Et nyere samtykke har tatt over" in page
    assert "Forklart på: lulesamisk." in page


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_consent_prints_as_a_tagged_form_that_names_nobody(office: PortalOffice, language: str) -> None:
    case = a_shared_case(office)
    lead = office.browser(LEAD)
    pdf = lead.pdf(f"/saker/{case.case_id}/samtykke/{case.consent_id}/skjema-{language}.pdf")
    said = tagged(pdf, language=f"{language}-NO", title="Samtykke til å dele")
    assert ("Du kan si nei" if language == "nb" else "Du kan seie nei") in said
    assert "Underskrift" in said
    assert case.youth_id not in said
    read = seen(lead.get(f"/saker/{case.case_id}/samtykke/{case.consent_id}/les/{language}"))
    assert "taushetsplikt" in read if language == "nb" else "teieplikt" in read


def tagged(pdf: bytes, *, language: str, title: str) -> str:
    """The text of a PDF that a screen reader can read: tags, language and title are there."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"].get_object()
    assert bool(root["/MarkInfo"]["/Marked"])  # type: ignore[index]
    assert root["/Lang"] == language  # type: ignore[index]
    assert root["/StructTreeRoot"]["/K"]  # type: ignore[index]
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == title
    metadata = root["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert b"pdfuaid:part" in metadata
    return " ".join(page.extract_text() for page in reader.pages)


def test_may_i_share_says_yes_until_when_and_no_for_the_rest_and_opens_nothing(office: PortalOffice) -> None:
    case = a_shared_case(office)
    before = len(office.published(case.case_id))
    page = seen(office.browser(POLICE).get(f"/saker/{case.case_id}/kan-jeg-dele?fra=SKOLE_GRUNN"))
    assert "Ja Samtykke, til og med" in page
    assert "Alt som ikke står i tabellen, er nei" in page
    assert TEXT not in page
    office.say(case.consent_id, "withdrawn", case.signers[0])
    page = seen(office.browser(POLICE).get(f"/saker/{case.case_id}/kan-jeg-dele?fra=SKOLE_GRUNN"))
    assert "Nei Fra Grunnskolen" in page
    assert "Samtykket er trukket tilbake." in page
    lists = [fact for fact in office.published(case.case_id)[before:] if fact.event.type == "opening.decided"]
    assert not lists


def a_disclosure(office: PortalOffice, case: Case, **changes: str) -> str:
    """The head teacher gives the police something, since somebody is in danger; gives the page that comes after."""
    said: dict[str, Any] = {
        "to_agency": "POLITI_FOREBYGGENDE",
        "category": "SCHOOL_ATTENDANCE",
        "asked_by": TEACHER.person_id,
        "grounds": "Politiet leter etter ungdommen.",
        "statutory_task_of_the_giver": "Skolens omsorgsplikt.",
        "near_and_factual_link": "Sist sett på skolen.",
        "sector_limits_checked": "NONE_APPLY",
        "necessity": "De må vite når hun sist var der.",
        "less_intrusive": "Uten navn hjelper ikke.",
        "proportionality": "Bare én opplysning.",
        "given_how": "IN_THE_SYSTEM",
        "opens_until": (office.today + timedelta(days=3)).isoformat(),
        "told": "senere",
        "deferral": "INVESTIGATION",
        "tell_review_on": (office.today + timedelta(days=20)).isoformat(),
        "guardians_told": "nei",
        "guardians_not_told": "INVESTIGATION",
        "follow_up": "Skolen ringer politiet om en uke.",
        "follow_up_on": (office.today + timedelta(days=7)).isoformat(),
    }
    path = f"/saker/{case.case_id}/uten-samtykke/ny/OWN_TASKS"
    return office.browser(HEAD_TEACHER).fill(path, **(said | changes))


def test_a_leader_gives_on_a_basis_with_all_its_conditions_and_the_youth_is_told_later(
    office: PortalOffice,
) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    page = seen(a_disclosure(office, case))
    assert "Det er registrert" in page
    assert "Grunnskolen til Politiet, forebyggende" in page
    assert "Avgjort av Rektor Prøve" in page
    assert "De foresatte har ikke fått vite det: politiet etterforsker" in page
    assert "Følges opp" in page
    assert office.open(case, ref)["content"] == {"text": TEXT}
    lead = office.browser(LEAD)
    report = seen(lead.send(f"/saker/{case.case_id}/innsyn"))
    assert "Ingenting som du kan få vite om nå" in report
    forward(office, days=20)
    listed = lead.get(f"/saker/{case.case_id}/uten-samtykke")
    assert "Må vurderes nå" in seen(listed)
    report = seen(lead.send(f"/saker/{case.case_id}/innsyn"))
    assert "Tjenestens egne oppgaver" in report
    assert "forvaltningsloven § 13 b nr. 5" in report
    assert "De foresatte har ikke fått vite det: politiet etterforsker. Følges opp" in report
    (given,) = office.call("GET", f"/cases/{case.case_id}/disclosures").json()
    lead.fill(f"/saker/{case.case_id}/uten-samtykke/{given['disclosure_id']}/vurder", told="ja")
    assert "Har fått vite det" in seen(lead.get(f"/saker/{case.case_id}/uten-samtykke"))


def test_what_was_set_to_be_followed_up_is_entered_as_done_by_those_whose_it_is(office: PortalOffice) -> None:
    case = office.a_case()
    a_disclosure(office, case)
    (given,) = office.call("GET", f"/cases/{case.case_id}/disclosures").json()
    way = f"/saker/{case.case_id}/gjor/deling-fulgt-opp/{given['disclosure_id']}"
    listed = f"/saker/{case.case_id}/uten-samtykke"
    for actor in (LEAD, HEAD_TEACHER):
        assert f'href="{way}"' in office.browser(actor).get(listed)
    police = office.browser(POLICE)
    assert "Følges opp" in seen(police.get(listed))
    assert way not in police.get(listed)
    police.get(way, status=409)
    teacher = office.browser(HEAD_TEACHER)
    tomorrow = (office.today + timedelta(days=1)).isoformat()
    assert "Datoen kan ikke være etter i dag." in seen(teacher.fill(way, status=422, followed_up_on=tomorrow))
    assert "Det er ført opp at delingen er fulgt opp." in seen(teacher.fill(way))
    page = office.browser(LEAD).get(listed)
    assert "Fulgt opp" in seen(page)
    assert "Følges opp" not in seen(page)
    assert way not in page
    office.browser(LEAD).get(way, status=409)
    nynorsk = office.browser(LEAD)
    nynorsk.client.cookies.set("sprak", "nn")
    assert "Følgt opp" in seen(nynorsk.get(listed))


def test_that_something_is_to_be_followed_up_is_hidden_from_those_who_may_not_know_of_the_sharing(
    office: PortalOffice,
) -> None:
    case, undeclared = office.a_case(), office.a_case(declared=False)
    for one in (case, undeclared):
        deadline = made(
            DeadlineScheduled,
            deadline_id=new_id(),
            kind="C5-FOLLOW",
            due_on=office.today,
            owner_id=LEAD.person_id,
        )
        office.hear("scheduler", one.case_id, deadline)
    pages, police = ["/frister", f"/saker/{case.case_id}"], office.browser(POLICE)
    text = "Følge opp en deling uten samtykke"
    assert all(text in seen(police.get(page)) for page in pages)
    assert f"/saker/{undeclared.case_id}" not in police.get("/frister")
    office.post(f"/cases/{case.case_id}/protection", {"level": "CODE_6"})
    office.carry()
    assert f"/saker/{case.case_id}" not in police.get("/frister")
    police.get(f"/saker/{case.case_id}", status=404)


def test_a_disclosure_without_its_conditions_is_sent_back_with_what_is_missing(office: PortalOffice) -> None:
    case = office.a_case()
    path = f"/saker/{case.case_id}/uten-samtykke/ny/DANGER"
    page = seen(office.browser(TEACHER).fill(path, status=422))
    for missing in (
        "Velg hvem som får opplysningene.",
        "Skriv hvorfor det er nødvendig.",
        "Skriv hvorfor det ikke er et større inngrep enn det må være.",
        "Svar på dette. Grunnlaget krever det.",
        "Velg om ungdommen har fått vite det.",
    ):
        assert missing in page
    assert "Det er registrert" not in page


def test_a_no_is_never_gone_around_in_silence(office: PortalOffice) -> None:
    case = a_shared_case(office)
    office.say(case.consent_id, "withdrawn", case.signers[0])
    office.carry()
    path = f"/saker/{case.case_id}/uten-samtykke/ny/DANGER"
    said: dict[str, Any] = {
        "to_agency": "POLITI_FOREBYGGENDE",
        "category": "SCHOOL_ATTENDANCE",
        "grounds": "a",
        "necessity": "b",
        "less_intrusive": "c",
        "proportionality": "d",
        "what_the_danger_is_now": "e",
        "why_anonymised_is_not_enough": "f",
        "given_how": "ORALLY",
        "told": "ja",
        "youth_told_on": office.today.isoformat(),
        "guardians_told": "ja",
        "guardians_told_on": office.today.isoformat(),
    }
    teacher = office.browser(TEACHER)
    assert "Hvorfor deles det selv om noen har sagt nei?" in seen(teacher.fill(path, status=422, **said))
    page = seen(teacher.fill(path, **said, despite="Det står om liv."))
    assert "Fare for liv eller helse" in page


def test_every_basis_has_a_form_that_opens(office: PortalOffice) -> None:
    case = office.a_case()
    teacher = office.browser(TEACHER)
    chosen = teacher.get(f"/saker/{case.case_id}/uten-samtykke/ny")
    assert "/uten-samtykke/ny/CHILD_WELFARE_REPORT" not in chosen
    assert "Jeg må handle nå" in chosen
    for basis in office.call("GET", "/rules/bases").json()["bases"]:
        given = basis["givers"] is None or "SKOLE_GRUNN" in basis["givers"]
        path = f"/saker/{case.case_id}/uten-samtykke/ny/{basis['code']}"
        teacher.get(path, status=200 if given else 404)


def test_who_must_act_now_finds_the_numbers_first_and_notes_afterwards_without_content(
    office: PortalOffice,
) -> None:
    case = office.a_case()
    teacher = office.browser(TEACHER)
    office.between.asked.clear()
    page = teacher.get("/handle-na")
    assert office.between.asked == []
    assert (
        page.index('href="tel:112"') < page.index('href="tel:116111"') < page.index("barnevernsloven § 13-2")
    )
    assert f'href="/saker/{case.case_id}/handle-na"' in page
    assert NAME not in page
    shown = [one.event for one in office.published(case.case_id)]
    assert not [one for one in shown if isinstance(one, OpeningDecided)]
    assert NAME in teacher.send("/handle-na/navn")
    (opening,) = [one.event for one in office.published(case.case_id) if one.event.type == "opening.decided"]
    assert isinstance(opening, OpeningDecided)
    assert (opening.person_id, opening.purpose) == (TEACHER.person_id, Purpose.CASE_LIST)
    page = teacher.fill(f"/saker/{case.case_id}/handle-na", duty="CHILD_WELFARE_REPORT", method="TELEPHONE")
    assert "Jeg har sendt det skriftlig" in seen(page)
    assert "Barnevernet har svart" in seen(page)
    assert 'href="/handle-na"' in teacher.get(f"/saker/{case.case_id}")
    (act,) = [one.event for one in office.published(case.case_id) if one.event.type == "duty.acted_on"]
    assert "Jeg har sendt det skriftlig" not in seen(office.browser(POLICE).get("/handle-na"))
    act_id = act.act_id  # type: ignore[attr-defined]
    teacher.fill(f"/saker/{case.case_id}/handle-na/{act_id}/bekreftet")
    page = seen(teacher.fill(f"/saker/{case.case_id}/handle-na/{act_id}/svar"))
    assert "Dette venter på deg" not in page
    office.browser(POLICE).get(f"/saker/{case.case_id}/handle-na/{act_id}/svar", status=404)


def test_the_lead_follows_who_has_answered_after_a_withdrawal_and_the_youth_sees_it_too(
    office: PortalOffice,
) -> None:
    case = a_shared_case(office)
    office.open(case, case.text_ref)
    office.say(case.consent_id, "withdrawn", case.signers[0])
    office.carry()
    lead = office.browser(LEAD)
    page = seen(lead.get(f"/saker/{case.case_id}/kvitteringer"))
    assert "1 har ikke svart." in page
    assert "Politi Prøve" in page
    (receipt,) = office.call("GET", "/receipts", actor=POLICE).json()
    office.post(f"/receipts/{receipt['receipt_id']}/given", {"answer": "COPIES_DESTROYED"}, actor=POLICE)
    assert "Kopier er makulert" in seen(lead.get(f"/saker/{case.case_id}/kvitteringer"))
    assert "Politiet, forebyggende Kopier er makulert" in seen(lead.send(f"/saker/{case.case_id}/innsyn"))


def test_the_youths_report_tells_in_plain_words_what_was_seen_on_screen_and_on_paper(
    office: PortalOffice,
) -> None:
    case = a_shared_case(office)
    office.open(case, case.text_ref)
    lead = office.browser(LEAD)
    page = seen(lead.send(f"/saker/{case.case_id}/innsyn"))
    assert "Politi Prøve Politiet, forebyggende" in page
    assert "Følge opp ungdommen du har sagt ja til det" in page
    assert TEXT not in page
    said = tagged(
        lead.pdf(f"/saker/{case.case_id}/innsyn.pdf", post=True),
        language="nb-NO",
        title="Dette er delt om deg",
    )
    assert "du har sagt ja til det" in " ".join(said.split())
    assert TEXT not in said
    office.browser(TEACHER).get(f"/saker/{case.case_id}/innsyn", status=403)


def closed(office: PortalOffice, case: Case) -> None:
    event = CaseClosed(
        reason=EndingReason.COMPLETED, outcome=CaseOutcome.GOALS_REACHED, closed_on=office.today
    )
    office.hear("contracts", case.case_id, event)


def test_two_persons_erase_a_case_and_the_certificate_can_be_printed(office: PortalOffice) -> None:
    case = a_shared_case(office)
    closed(office, case)
    lead, leader = office.browser(LEAD), office.browser(LEADER)
    path = f"/saker/{case.case_id}/oppbevaring"
    lead.send(f"{path}/vurder", outcome="DESTROY", basis="NO_DUTY_TO_KEEP")
    lead.send(f"{path}/foresla")
    lead.send(f"{path}/godkjenn", status=403, sure="ja")
    assert f"/saker/{case.case_id}/oppbevaring" in leader.get("/slettinger")
    assert "Kryss av for at du vet" in seen(leader.send(f"{path}/godkjenn", status=422))
    page = seen(leader.send(f"{path}/godkjenn", sure="ja"))
    assert "Innholdet er slettet for godt." in page
    assert "Foreslått av Leda Prøve" in seen(leader.get(f"/saker/{case.case_id}/slettebevis"))
    said = tagged(leader.pdf(f"/saker/{case.case_id}/slettebevis.pdf"), language="nb-NO", title="Slettebevis")
    assert case.case_id in "".join(said.split())
    assert f"/saker/{case.case_id}/slettebevis.pdf" in leader.get("/slettinger")


def test_what_must_go_to_the_archive_is_not_erased_before_its_receipt(office: PortalOffice) -> None:
    case = office.a_case()
    closed(office, case)
    lead, path = office.browser(LEAD), f"/saker/{case.case_id}/oppbevaring"
    lead.send(f"{path}/vurder", outcome="ARCHIVE_THEN_REMOVE", basis="ARCHIVE_DUTY")
    lead.send(f"{path}/foresla", status=422)
    records = office.browser(RECORDS)
    assert path in records.get("/arkiv")
    lead.send(f"{path}/pakke", status=403)
    page = records.get(path)
    assert "Ingen pakke er laget ennå." in seen(page)
    package = records.client.post(f"{path}/pakke", data={"key": new_id()}, headers=OURS)
    assert (package.status_code, package.headers["content-type"]) == (200, "application/zip")
    checksum = hashlib.sha256(package.content).hexdigest()
    office.carry()
    assert checksum in records.get(path)
    wrong = {"reference": "2026/123", "package_sha256": "0" * 64}
    refused = records.send(f"{path}/arkivert", status=422, **wrong)
    assert "hører ikke til noen pakke" in seen(refused)
    page = records.send(f"{path}/arkivert", reference="2026/123", package_sha256=checksum.upper())
    assert "Arkivet har tatt imot saken" in seen(page)
    assert "Mottatt av arkivet Sak" in seen(records.get("/arkiv"))
    told = seen(lead.send(f"/saker/{case.case_id}/innsyn"))
    assert "Hva er hentet ut til arkivet?" in told
    assert "Plikt til å arkivere" in told
    assert "Sletting er foreslått" in seen(lead.send(f"{path}/foresla"))


def test_address_protection_is_set_by_the_lead_lifted_by_a_leader_and_people_are_cleared_by_name(
    office: PortalOffice,
) -> None:
    case = office.a_case()
    lead, leader = office.browser(LEAD), office.browser(LEADER)
    path = f"/saker/{case.case_id}/adressesperre"
    assert "Du er ikke klarert, så du ser ikke saken lenger" in seen(lead.send(path, level="CODE_6"))
    lead.get(path, status=404)
    assert case.case_id in leader.get("/adressesperrer")
    assert "Leda Prøve" in seen(leader.send(f"{path}/klarer", person_id=LEAD.person_id))
    assert "Lærar Prøve" in seen(leader.send(f"{path}/klarer", person_id=TEACHER.person_id))
    lead.send(path, status=422, level="INGEN")
    assert "Klareringen er trukket" in seen(lead.send(f"{path}/trekk/{TEACHER.person_id}"))
    assert "Du ser ikke saken selv" in seen(leader.get(path))
    assert "Ingen adressesperre" in seen(leader.send(path, level="INGEN"))


def test_the_sharing_service_knows_no_case_for_one_who_is_not_cleared(office: PortalOffice) -> None:
    case = office.a_case()
    office.post(f"/cases/{case.case_id}/protection", {"level": "CODE_6"})
    for what in ("consents", "receipts", "may-share?purpose=FOLLOW_UP", "disclosures"):
        answers = [office.call("GET", f"/cases/{one}/{what}") for one in (case.case_id, new_id())]
        assert [answer.status_code for answer in answers] == [404, 404], what
        assert answers[0].json() == answers[1].json(), what


def test_a_leader_sees_the_cases_of_the_agency_and_of_its_people_and_no_others(office: PortalOffice) -> None:
    case = office.a_case()
    stranger = Actor(new_id(), Agency.NAV, frozenset({Role.UNIT_LEADER}), "elsewhere")
    in_fauske = frozenset({"1841"})
    elsewhere = [(one._replace(municipality_nos=in_fauske), 404) for one in (LEADER, HEAD_TEACHER)]
    for actor, status in ((LEADER, 200), (HEAD_TEACHER, 200), (stranger, 404), *elsewhere):
        browser = office.browser(actor)
        browser.get(f"/saker/{case.case_id}", status=status)
        assert (case.case_id in browser.get("/saker")) == (status == 200)


@pytest.mark.parametrize(
    "page", ["samtykker", "kan-jeg-dele", "uten-samtykke", "uten-samtykke/ny", "kvitteringer", "handle-na"]
)
def test_every_page_comes_in_nynorsk(office: PortalOffice, page: str) -> None:
    case = a_shared_case(office)
    browser = office.browser(LEAD)
    browser.client.cookies.set("sprak", "nn")
    text = browser.get(f"/saker/{case.case_id}/{page}")
    assert '<html lang="nn"' in text
    assert " ikke " not in seen(text)
