"""A word is planted in every field that takes free text, over the real services, the portal's forms among them. It must be in the vault,
where only a key opens it, and nowhere else that a byte is written; and after erasure nothing opens it, from a back-up neither.
"""

from __future__ import annotations

import base64
import html
import importlib
import random
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import Engine

from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.database import connect, plain_url
from backbone.identity_number import with_control_digits
from backbone.refusal import Refused
from backbone.running import Process
from backbone.work import Actor, service_actor, work_on
from schemas.codes import Agency, Category, Role
from services.sharing.app import SERVICE as SHARING
from services.sharing.keys import KeyStore
from services.sharing.vault import Content, Vault, sealed
from tests.canaries import Search, a_canary, dump, free_text_fields, restore_dump
from tests.stories.cast import BODO, Cast, Story
from tests.stories.every_text import forms_within, writes_everywhere
from tests.stories.sanctions import Konfliktraad
from tests.system import System, a_system, eventually, staff

pytestmark = [pytest.mark.integration, pytest.mark.slow]
ABOUT_NOBODY = {
    "network /forums/{forum_id}/sessions/{session_id}/matters text": "a forum's matters belong to no case; told so that nobody is recognised",
    **{
        f"contracts /offers{one} {name}": "the municipality's register of what it offers"
        for one in ("", "/{offer_id}")
        for name in ("title", "provider", "contact")
    },
    **{
        f"network /directory/functions {name}": "offices and how they are reached, which whoever calls must be able to read"
        for name in ("office", "reached", "open_when")
    },
}
"""Free text that lies readable outside the vault, with why. An identity number is refused in each of them; a name in plain words cannot be
told from any other word (docs/sharing-attacks.md).
"""


class Planting:
    """Plants canaries, and remembers where."""

    def __init__(self, system: System, cast: Cast) -> None:
        self.system, self.cast, self.story = system, cast, Story(cast)
        self.laid: dict[str, str] = {}
        """By field: what must be in the vault."""
        self.refused: dict[str, str] = {}
        """By field: what must be nowhere at all."""
        self.typed: dict[str, str] = {}
        """By field of a page: what was typed into a form that was not taken; at most in the vault."""
        self.taken: set[str] = set()
        """The addresses of the forms that were."""

    @property
    def all(self) -> list[str]:
        return [*self.laid.values(), *self.refused.values(), *self.typed.values()]

    def word(self, field: str) -> str:
        return self.laid.setdefault(field, a_canary(field))

    def number(self, field: str) -> str:
        """A synthetic identity number of 5 May 2012, where no word is taken."""
        tried = (with_control_digits(f"058512{place:03}") for place in random.sample(range(1000), 1000))
        return self.laid.setdefault(field, next(number for number in tried if number))

    def never(self, field: str) -> str:
        return self.refused.setdefault(field, a_canary(field))

    def try_refused(
        self, service: str, path: str, field: str, body: Callable[[str], Any], *, who: Actor
    ) -> None:
        """Ask for something with a word where none belongs; whatever the answer, it must not say it."""
        canary = self.never(f"{service} {field}")
        try:
            answer = self.system.calls.post(service, path, actor=who, body=body(canary), key=new_id())
        except Refused as refused:
            answer = refused.sentence.nb
        assert canary not in str(answer)


def plant_deposits(planting: Planting) -> None:
    """Content of each category, and what is known of people, by what the story's people write."""
    story, cast = planting.story, planting.cast
    for person, fields in (
        (story.youth_id, ("name", "address", "phone")),
        (story.guardian_id, ("name", "contact")),
    ):
        whole = {
            field: planting.word(f"sharing /deposits content.* {person[-2:]} {field}") for field in fields
        }
        if person == story.youth_id:
            whole["national_id"] = planting.number(f"sharing /deposits content.* {person[-2:]} national_id")
        story.deposit(person, Category.IDENTITY_CONTACT, "IDENTITY", **whole, birth_on="2012-05-05")
    for category in Category:
        text = planting.word(f"sharing /deposits content.* {category}")
        story.deposit(story.youth_id, category, "TEXT", text=text)
        told = planting.word(f"sharing /cases/{{case_id}}/information content.* {category}")
        about = {"about_id": story.youth_id, "category": category}
        body = {"ref": new_id(), **about, "content": {"text": told}}
        story.post(cast.teacher, "sharing", f"/cases/{story.case_id}/information", body)
    why = planting.word("sharing /cases/{case_id}/grounds content.* why")
    ground = {"ref": new_id(), "about_id": story.youth_id, "category": "FAMILY", "content": {"text": why}}
    story.post(cast.coordinator, "sharing", f"/cases/{story.case_id}/grounds", ground)


def plant_staff(planting: Planting) -> None:
    """The name of somebody on the staff, who is then asked for among others."""
    body = {
        "person_id": new_id(),
        "name": planting.word("sharing /people name"),
        "email": f"{planting.word('sharing /people email')}@demo.example",
    }
    us = service_actor("network")
    planting.system.calls.post("sharing", "/people", actor=us, body=body)
    planting.system.calls.post("sharing", "/contacts", actor=us, body={"person_ids": [body["person_id"]]})


def plant_consultation(planting: Planting) -> None:
    """The note of a consultation, which is of no case."""
    note = {"consultation_id": new_id(), "text": planting.word("sharing /consultation-notes text")}
    planting.story.post(planting.cast.coordinator, "sharing", "/consultation-notes", note)


def plant_what_is_refused(planting: Planting) -> None:
    """Fields that take a word, and must neither keep it nor say it."""
    story, cast = planting.story, planting.cast
    case = f"/cases/{story.case_id}"
    asked: list[tuple[str, str, str, Callable[[str], Any], Actor]] = [
        ("sharing", "/contacts", "/contacts person_ids[]", lambda word: {"person_ids": [word]}, cast.teacher),
        (
            "contracts",
            "/surveys/answers",
            "/surveys/answers code",
            lambda word: {"code": word, "respondent": "YOUTH", "was_heard": 4, "was_useful": 3},
            service_actor("portal"),
        ),
        (
            "audit",
            "/trees/0/checkpoints",
            "/trees/{partition}/checkpoints note",
            lambda word: {"note": word},
            us(),
        ),
        (
            "audit",
            "/trees/0/cosignatures",
            "/trees/{partition}/cosignatures note",
            lambda word: {"note": word},
            us(),
        ),
    ]
    for service in ("contracts", "network", "sharing"):
        for place, field, body in corrections():
            asked.append(
                (service, f"{case}/{place}", f"/cases/{{case_id}}/{place} {field}", body, cast.coordinator)
            )
    for service, path, name, make, who in asked:
        planting.try_refused(service, path, name, make, who=who)


def us() -> Actor:
    return service_actor("signer")


def corrections() -> list[tuple[str, str, Callable[[str], Any]]]:
    """A word where a correction names an event, and where it gives a field's right value."""
    return [
        (
            "corrections",
            "event_id",
            lambda word: {"event_id": word, "fields": {"severity": "2"}, "reason": "WRONG"},
        ),
        ("corrections", "fields.*", lambda word: {"event_id": new_id(), "fields": {"reason": word}}),
        ("corrections", "fields.*[]", lambda word: {"event_id": new_id(), "fields": {"goal_refs": [word]}}),
        ("voidings", "event_id", lambda word: {"event_id": word, "reason": "WRONG_CASE"}),
    ]


def plant_in_the_portal(planting: Planting) -> None:
    """A contract and a deviation in the portal's forms: once with something wrong, which is shown again, and then right."""
    system, cast = planting.system, planting.cast
    base = system.address("portal")
    with httpx.Client(
        base_url=base, trust_env=False, timeout=30, headers={"Sec-Fetch-Site": "same-origin"}
    ) as browser:
        answer = browser.post("/logg-inn", data={"person_id": cast.coordinator.person_id})
        assert answer.status_code == 303, answer.text
        typed = {
            name: planting.word(f"portal /ny-kontrakt {name}")
            for name in (
                "youth_name",
                "guardian1_name",
                "guardian1_contact",
                "own_goals-1-goal_ref",
                "other_goals-1-goal_ref",
                "clauses-1-text_ref",
                "clauses-1-basis_ref",
            )
        }
        rest = {
            "programme": "FA_YOUTH_CONTRACT",
            "municipality_no": BODO,
            "youth_birth_on": "2012-05-05",
            "reason": "VANDALISM",
            "own_goals-1-measure": "YOUTHS_OWN_VIEW",
            "other_goals-1-measure": "YOUTHS_OWN_VIEW",
            "clauses-1-kind": "SCHOOL",
            "clauses-1-owed_by": "youth",
            "clauses-1-controlling_owner": cast.teacher.person_id,
            "clauses-1-supporting_owner": "guardian1",
            "starts_on": planting.story.today().isoformat(),
            "member": cast.teacher.person_id,
            f"function_{cast.teacher.person_id}": "SUPPORT_OWNER",
            "key": key_of(browser.get("/ny-kontrakt").text),
        }
        wrong = browser.post(
            "/ny-kontrakt", data={**typed, **rest, "reason": planting.never("portal reason")}
        )
        assert wrong.status_code == 422
        assert typed["youth_name"] in wrong.text, "what was typed is shown again to who typed it"
        right = browser.post("/ny-kontrakt", data={**typed, **rest})
        assert right.status_code == 303, right.text
        case_path = right.headers["location"].split("?")[0]
        assert planting.laid["portal /ny-kontrakt youth_name"] not in right.headers["location"]
        eventually(lambda: browser.get(case_path).status_code == 200, what="the case's page")
        account = {"text_ref": planting.word("portal /meld-avvik text_ref")}
        body = {"kind": "SCHOOL_ABSENCE", "severity": "2", "happened_on": planting.story.today().isoformat()}
        form = browser.get(f"{case_path}/gjor/meld-avvik")
        sent = browser.post(
            f"{case_path}/gjor/meld-avvik", data={**account, **body, "key": key_of(form.text)}
        )
        assert sent.status_code in (303, 422), sent.text
        if sent.status_code == 422:
            sent = browser.post(
                f"{case_path}/gjor/meld-avvik", data={**account, **body, "key": key_of(sent.text)}
            )
        for path in (planting.never("portal path"), f"saker/{planting.never('portal case')}"):
            assert browser.get(f"/{path}").status_code in (404, 422)
        browser.get("/saker", params={"q": planting.never("portal query")})
        plant_in_every_form(planting, browser, case_path)
        followed = f"/saker/{a_case_that_is_followed_up(cast)}"
        planting.system.quiet()
        eventually(lambda: browser.get(followed).status_code == 200, what="the page of a case further on")
        plant_in_every_form(planting, browser, followed)
    plant_as_others(planting)


def a_case_that_is_followed_up(cast: Cast) -> str:
    """Another case, signed, with a deviation and with a meeting that was held, so that its pages offer more; gives its id."""
    story = Story(cast)
    story.registers()
    story.has_a_group()
    story.signs()
    for member in (cast.teacher, cast.police):
        story.declares_secrecy(member)
    story.holds(story.calls_a_meeting(in_days=0))
    story.deviates()
    return story.case_id


@contextmanager
def a_browser(system: System, person: Actor) -> Iterator[httpx.Client]:
    """The portal, with somebody logged in."""
    with httpx.Client(
        base_url=system.address("portal"),
        trust_env=False,
        timeout=30,
        headers={"Sec-Fetch-Site": "same-origin"},
    ) as browser:
        answer = browser.post("/logg-inn", data={"person_id": person.person_id})
        assert answer.status_code == 303, answer.text
        yield browser


def plant_as_others(planting: Planting) -> None:
    """The pages that a coordinator never sees: a sanction's, a mediation's in its own record, and those of a unit's leader."""
    system = planting.system
    cast = Konfliktraad(system)
    cast.moves_in()
    leader = staff(new_id(), Agency.FELLES_ANSVAR, Role.UNIT_LEADER)
    cast.takes_in("Leder Demosen", leader)
    with a_browser(system, cast.coordinator) as browser:
        case_path = plant_a_sanction(planting, cast, browser)
        form = browser.get(f"{case_path}/mekling/ny")
        opened = browser.post(f"{case_path}/mekling/ny", data={"key": key_of(form.text)})
        assert opened.status_code == 303, opened.text
        mediation = opened.headers["location"].split("?")[0]
        system.quiet()
        plant_in_every_form(planting, browser, mediation, "/mekling")
        plant_in_every_form(planting, browser, case_path, "/ny-ungdomssak")
    asked = Story(planting.cast)
    asked.registers()
    asked.has_a_group()
    asked.asks_consent()
    system.quiet()
    with a_browser(system, leader) as browser:
        case_path = f"/saker/{asked.case_id}"
        eventually(lambda: browser.get(case_path).status_code == 200, what="the leader's case")
        consents = f"{case_path}/samtykker"
        plant_in_every_form(planting, browser, consents, case_path, "/slettinger")


def plant_a_sanction(planting: Planting, cast: Konfliktraad, browser: httpx.Client) -> str:
    """A sanction in the portal's own form, names and the decision's text with it; gives the path of its case."""
    today = planting.story.today()
    typed = {
        name: planting.word(f"portal /ny-ungdomssak {name}")
        for name in ("youth_name", "guardian1_name", "guardian1_contact", "decision")
    }
    rest = {
        "youth_birth_on": (today - timedelta(days=365 * 16 + 200)).isoformat(),
        "programme": "YOUTH_FOLLOW_UP",
        "imposed_by": "PROSECUTION",
        "municipality_no": BODO,
        "decided_on": today.isoformat(),
        "offence_on": (today - timedelta(days=90)).isoformat(),
        "months": "6",
        "days": "0",
        "member": cast.teacher.person_id,
        f"function_{cast.teacher.person_id}": "SUPPORT_OWNER",
        "key": key_of(browser.get("/ny-ungdomssak").text),
    }
    sent = browser.post("/ny-ungdomssak", data={**typed, **rest})
    assert sent.status_code == 303, sent.text
    case_path = str(sent.headers["location"]).split("?")[0]
    planting.system.quiet()
    return case_path


def plant_in_every_form(planting: Planting, browser: httpx.Client, case_path: str, *others: str) -> None:
    """A word in every text field of every page of the case, and of the `others`: what comes before a case, where none is named."""
    starts = [case_path, *(others or ("/henvendelser/ny", "/konsultasjoner"))]
    within = (case_path, *(others or ("/henvendelser", "/konsultasjoner")))
    forms = forms_within(browser, starts, within=within, today=planting.story.today())
    for sent in writes_everywhere(browser, forms, a_canary):
        for name, word in sent.typed.items():
            (planting.laid if sent.taken else planting.typed)[
                f"portal {sent.place} {name} {case_path[-4:]}"
            ] = word
        if sent.taken:
            planting.taken.add(sent.place)


def key_of(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found, page[:300]
    return html.unescape(found[1])


def plant_everything(system: System) -> Planting:
    cast = Cast(system)
    cast.moves_in()
    planting = Planting(system, cast)
    story = planting.story
    story.registers()
    story.has_a_group()
    story.signs()
    for member in (cast.teacher, cast.police):
        story.declares_secrecy(member)
    note = new_id()
    first = {"ref": note, "about_id": story.youth_id, "category": "LEISURE", "content": {"text": "x"}}
    story.post(cast.teacher, "sharing", f"/cases/{story.case_id}/information", first)
    plant_deposits(planting)
    plant_staff(planting)
    plant_consultation(planting)
    plant_what_is_refused(planting)
    plant_in_the_portal(planting)
    consent_id = story.consents()
    story.calls_a_meeting()
    story.opens(cast.police)
    story.withdraws(consent_id)
    story.opens(cast.police)
    story.opens(cast.coordinator)
    story.deviates()
    system.quiet()
    eventually(system.mail, what="an e-mail")
    return planting


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where every process of the run puts its temporary files."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def planting(
    kafka_bootstrap: str, database_url: str, tmp_path_factory: pytest.TempPathFactory, temporary: Path
) -> Iterator[Planting]:
    folder = tmp_path_factory.mktemp("canary")
    namespace = f"felles_test_canary_{folder.stat().st_ino}"
    with a_system(kafka=kafka_bootstrap, database=database_url, namespace=namespace, folder=folder) as system:
        yield plant_everything(system)


def test_every_field_that_takes_free_text_is_planted(planting: Planting) -> None:
    """A new one fails here until it is planted, or bounded."""
    listed = {
        f"{name} {field}"
        for name in planting.system.services
        if name != "portal"
        for field in free_text_fields(app_of(name, planting.system))
    }
    assert {"sharing /deposits content.*", "sharing /people name"} <= listed
    planted = {*planting.laid, *planting.refused}
    assert set(ABOUT_NOBODY) <= listed, "an exception for a field that is no more"
    unplanted = {
        field
        for field in listed - set(ABOUT_NOBODY)
        if not any(one == field or one.startswith(f"{field} ") for one in planted)
    }
    assert unplanted == set()
    for category in Category:
        assert f"sharing /deposits content.* {category}" in planting.laid


def test_the_forms_of_the_pages_are_among_what_was_written_in(planting: Planting) -> None:
    """Otherwise the search would find nothing because nothing was typed."""
    tried = {" ".join(field.split(" ")[:2]) for field in (*planting.typed, *planting.laid) if "/" in field}
    assert len(planting.taken) >= 10
    assert len({one for one in tried if one.startswith("portal /saker")}) >= 12
    for place in ("/ny-ungdomssak", "/mekling/*/part", "/mekling/*/avslutt"):
        assert f"portal {place}" in tried, place
    assert "/mekling/*/part" in planting.taken, "the name of somebody in a mediation lies in the vault"
    assert any(one.startswith("portal /saker") and "/uten/" in one for one in tried), sorted(tried)


def ways_to_write(planting: Planting) -> Iterator[tuple[str, str, Actor, str, dict[str, str]]]:
    """Each of ABOUT_NOBODY, filled in rightly but for itself: field, service, who, path, body."""
    cast, post = planting.cast, planting.story.post
    offer: dict[str, Any] = {
        "offer_id": new_id(),
        "municipality_no": BODO,
        "kind": "LEISURE",
        "title": "Mekkekveld",
        "provider": "Ungdomshuset",
        "provider_agency": "FRITID",
        "age_from": 13,
        "age_to": 18,
        "contact": "75 00 00 00",
    }
    for path, place in (("/offers", "/offers"), ("/offers/{offer_id}", f"/offers/{offer['offer_id']}")):
        for name in ("title", "provider", "contact"):
            yield f"contracts {path} {name}", "contracts", cast.coordinator, place, offer
        if place == path:
            post(cast.coordinator, "contracts", path, offer)
    office = {"municipality_no": BODO, "function": "NAV", "office": "Nav", "reached": "", "open_when": ""}
    for name in ("office", "reached", "open_when"):
        path = "/directory/functions"
        yield f"network {path} {name}", "network", cast.coordinator, path, office
    forum, session, today = new_id(), new_id(), planting.story.today().isoformat()
    chair = staff(new_id(), Agency.KONFLIKTRAAD, Role.YOUTH_COORDINATOR)
    post(chair, "network", "/forums", {"forum_id": forum})
    post(chair, "network", f"/forums/{forum}/secrecy-declarations", {"text_version": "2026-1"})
    held = {"session_id": session, "held_on": today, "present": [chair.person_id]}
    post(chair, "network", f"/forums/{forum}/sessions", held)
    matter: dict[str, Any] = {"matter_id": new_id(), "themes": ["VIOLENCE"], "advice": "OTHER_MEASURE"}
    field = "network /forums/{forum_id}/sessions/{session_id}/matters text"
    yield field, "network", chair, f"/forums/{forum}/sessions/{session}/matters", matter


def test_what_lies_outside_the_vault_takes_no_number_that_can_name_somebody(planting: Planting) -> None:
    """Refused however it is written, whatever its control digits, and neither the answer nor anything stored repeats it."""
    numbers = [
        written.format(100000 + secrets.randbelow(900000), 10000 + secrets.randbelow(90000))
        for written in ("{}{}", "{} {}", "{}-{}")
    ]
    tried = set()
    for field, service, who, path, body in ways_to_write(planting):
        for number in numbers:
            said = {**body, field.split()[-1]: f"Spør etter {number}"}
            with pytest.raises(CalledRefused, match=r"NUMBER_IN_|NAMELESS") as refused:
                planting.story.post(who, service, path, said)
            assert number not in str(refused.value)
        tried.add(field)
    assert tried == set(ABOUT_NOBODY)
    assert Search(planting.system, numbers).everywhere() == set()


def app_of(name: str, system: System) -> Any:
    app = importlib.import_module(f"services.{name}.app")
    return Process(app.SERVICE, app.ROUTERS, with_settings=system.settings).app


def in_the_vault(planting: Planting) -> str:
    """Everything that lies in the vault, opened with the keys that there are."""
    settings = planting.system.settings
    keys, engine = KeyStore(settings), connect(settings.database("sharing"))
    vault = Vault(keys)
    try:
        with work_on(engine, SHARING, moment=planting.system.clock.moment(), actor=us()) as work:
            refs = work.session.connection().exec_driver_sql("SELECT ref FROM content").scalars()
            contents: list[Content] = list(vault.open(sealed(work, list(refs))).values())
            people = work.session.connection().exec_driver_sql("SELECT person_id FROM contact").scalars()
            contents += vault.contacts(work, list(people)).values()
    finally:
        keys.engine.dispose()
        engine.dispose()
    return "\n".join(text for content in contents for text in content.values())


def test_every_canary_is_in_the_vault_and_nowhere_else_a_byte_is_written(
    planting: Planting, temporary: Path
) -> None:
    whole = in_the_vault(planting)
    assert {field for field, canary in planting.laid.items() if canary not in whole} == set()
    assert {field for field, canary in planting.refused.items() if canary in whole} == set()
    assert Search(planting.system, planting.all).everywhere(temporary) == set()


@pytest.mark.parametrize(
    "leak", ["a table", "a log line", "a topic", "an e-mail", "a temporary file", "a dead row"]
)
def test_the_same_search_finds_one_that_a_careless_twin_lets_out(
    planting: Planting, temporary: Path, leak: str
) -> None:
    system, canary = planting.system, a_canary(leak)
    mend = let_out(system, temporary, canary, leak)
    try:
        places = {place for place, _ in Search(system, [canary]).everywhere(temporary)}
    finally:
        mend()
    expected = {
        "a table": "table contracts.answer",
        "a log line": "file logs/contracts.log",
        "a topic": f"topic {system.settings.directory_topic}",
        "an e-mail": "an e-mail",
        "a temporary file": "file careless",
        "a dead row": "data file of " + str(system.settings.database("contracts").database),
    }
    assert expected[leak] in places


def let_out(system: System, temporary: Path, canary: str, leak: str) -> Callable[[], None]:
    """What a careless service would do; gives how to take it back."""
    database = plain_url(system.settings.database("contracts"))
    if leak in ("a table", "a dead row"):
        with psycopg.connect(database) as connection:
            connection.execute(
                "INSERT INTO answer VALUES ('careless', 'x', 'x', jsonb_build_object('name', %s::text), now())",
                (canary,),
            )

        def take_back() -> None:
            with psycopg.connect(database) as again:
                again.execute("DELETE FROM answer WHERE actor = 'careless'")

        if leak == "a dead row":
            take_back()
        return take_back
    if leak == "a topic":
        from kafka import KafkaProducer

        producer = KafkaProducer(bootstrap_servers=system.settings.kafka_bootstrap)
        producer.send(
            system.settings.directory_topic, key=b"careless", value=f'{{"name":"{canary}"}}'.encode()
        )
        producer.close()
        return lambda: None
    path = {
        "a log line": system.log("contracts"),
        "an e-mail": system.folder / "mail" / "careless.eml",
        "a temporary file": temporary / "careless",
    }[leak]
    before = path.read_bytes() if path.exists() else None
    encoded = base64.b64encode(f"Hei, {canary}".encode())
    said = {
        "a log line": f'{{"event":"careless","name":"{canary}"}}\n'.encode(),
        "an e-mail": b"Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + encoded,
        "a temporary file": canary.encode(),
    }[leak]
    path.write_bytes((before or b"") + said)
    return lambda: path.unlink() if before is None else None


def test_after_erasure_nothing_opens_it_here_or_from_a_back_up(planting: Planting, temporary: Path) -> None:
    system, story, cast = planting.system, planting.story, planting.cast
    backup = dump(system.settings, "sharing", "--clean", "--if-exists")
    mine = {
        field: word
        for field, word in planting.laid.items()
        if not field.startswith(("portal", "sharing /people", "sharing /consultation"))
    }
    assert all(canary in in_the_vault(planting) for canary in mine.values())
    erase(planting)
    system.quiet()
    assert not [field for field, canary in mine.items() if canary in in_the_vault(planting)]
    assert story.opens(cast.coordinator) == {}
    system.stop("sharing")
    try:
        restore_dump(system.settings, "sharing", backup)
        assert not [field for field, canary in mine.items() if canary in in_the_vault(planting)]
        brought_forward = system.run("sharing", "restore")
        assert brought_forward.returncode == 0, brought_forward.stdout + brought_forward.stderr
    finally:
        system.start(["sharing"])
    system.quiet()
    assert pieces_of(connect(system.settings.database("sharing")), story.case_id) == 0
    assert system.run("sharing", "replay").returncode == 0
    assert story.opens(cast.coordinator) == {}
    assert Search(system, planting.all).everywhere(temporary) == set()


def erase(planting: Planting) -> None:
    """The case is closed, reviewed, and its content destroyed by two persons."""
    story, cast = planting.story, planting.cast
    closed = {"reason": "REGISTERED_BY_MISTAKE", "evaluation_missing": None, "outcome": None}
    story.post(cast.coordinator, "contracts", f"/cases/{story.case_id}/closed", closed)
    planting.system.quiet()
    leader = staff(new_id(), Agency.FELLES_ANSVAR, Role.UNIT_LEADER)
    path = f"/cases/{story.case_id}"
    reviewed = {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"}
    story.post(cast.coordinator, "sharing", f"{path}/retention/reviewed", reviewed)
    story.post(cast.coordinator, "sharing", f"{path}/erasure/proposed")
    story.post(leader, "sharing", f"{path}/erasure/approved")


def pieces_of(engine: Engine, case_id: str) -> int:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM content WHERE case_id = %s", (case_id,))
        return int(found.scalar_one())
