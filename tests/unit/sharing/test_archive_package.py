"""The archive's package: what is in it, that it can be trusted, and that it says no name where the public may look."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import xmlschema

from schemas import catalogue  # noqa: F401  (declares every event)
from schemas.codes import Agency, Category, RedactionReason
from schemas.event import NEWEST
from schemas.example import example_of
from services.sharing.domain.archive_package import (
    CHECKSUMS,
    DESCRIPTION,
    INVENTORY,
    Act,
    FiledAct,
    Head,
    Party,
    Piece,
    filed,
    inventory,
    zipped,
)
from services.sharing.domain.archive_words import AGENCIES, ISSUED, NOT_ISSUED, PROGRAMMES, Words
from services.sharing.domain.noark import NAMESPACE, arkivmelding
from services.sharing.unnamed import refs_in

SCHEMA = xmlschema.XMLSchema(Path("services/sharing/rules/arkivmelding.xsd"))
NAME = "Kanari Navnesen"
N = f"{{{NAMESPACE}}}"
AT = datetime(2026, 3, 4, 12, tzinfo=UTC)


def an_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def a_piece(number: int = 1, **changes: Any) -> Piece:
    fields: dict[str, Any] = {
        "ref": an_id(number),
        "from_agency": Agency.SKOLE_GRUNN,
        "category": Category.SCHOOL_ATTENDANCE,
        "author": "Liv Lekseth",
        "recorded_at": AT,
        "content": {"text": "Borte fra skolen mandag & tirsdag <her>\r\nikke onsdag."},
    }
    return Piece(**{**fields, **changes})


def an_act(number: int, *pieces: Piece, days: int = 0) -> Act:
    at = AT + timedelta(days=days)
    return Act(act_id=an_id(900 + number), title=ISSUED["minutes.issued"], at=at, pieces=pieces)


def a_head(**changes: Any) -> Head:
    youth = Party(person_id=an_id(500), name=NAME, role=Words("Ungdom", "Ungdom"), national_id="04831100000")
    fields: dict[str, Any] = {
        "case_id": an_id(100),
        "package_id": an_id(200),
        "title": next(iter(PROGRAMMES.values())),
        "owner": Agency.KOMMUNE_SLT,
        "municipality_no": "1804",
        "lead": "Oda Eksempelmo",
        "closed_on": date(2026, 9, 1),
        "reviewed_on": date(2026, 9, 20),
        "parties": (youth,),
        "left_out": 2,
    }
    return Head(**{**fields, **changes})


def two_acts() -> list[FiledAct]:
    later = an_act(1, a_piece(1), a_piece(2, from_agency=Agency.BUP), days=30)
    return filed([later, an_act(2, a_piece(3, from_agency=Agency.BARNEVERN))])


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_description_is_what_its_schema_says(language: str) -> None:
    written = arkivmelding(a_head(language=language), two_acts())
    SCHEMA.validate(written.decode())
    root = xmlschema.XMLResource(written.decode()).root
    assert [one.text for one in root.iter(f"{N}journaldato")] == ["2026-03-04", "2026-04-03"]
    assert [one.text for one in root.iter(f"{N}tilknyttetRegistreringSom")] == [
        "Hoveddokument",
        "Hoveddokument",
        "Vedlegg",
    ]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("skjermingshjemmel>", "hjemmel>"),
        ("SHA-256", "MD5"),
        ("<filstoerrelse>", "<filstoerrelse>-"),
        ("0001-01.txt", "0002-01.txt"),
    ],
)
def test_a_description_that_breaks_its_promise_is_not_valid(was: str, becomes: str) -> None:
    written = arkivmelding(a_head(), two_acts()).decode()
    broken = written.replace(was, becomes)
    assert broken != written
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        SCHEMA.validate(broken)


def test_no_title_and_no_file_name_says_who_it_is_about() -> None:
    acts = two_acts()
    root = xmlschema.XMLResource(arkivmelding(a_head(), acts).decode()).root
    named = [one.tag.removeprefix(N) for one in root.iter() if NAME in (one.text or "")]
    assert named == ["partNavn"]
    assert NAME.encode() not in inventory(a_head(), acts)
    assert not any(NAME in one.path for act in acts for one in act.files)


def test_every_document_says_whose_it_is_and_what_shields_it() -> None:
    root = xmlschema.XMLResource(arkivmelding(a_head(), two_acts()).decode()).root
    found = {
        one.findtext(f"{N}part/{N}partID"): one.findtext(f"{N}skjerming/{N}skjermingshjemmel")
        for one in root.iter(f"{N}dokumentbeskrivelse")
    }
    assert found.keys() == {"SKOLE_GRUNN", "BUP", "BARNEVERN"}
    assert "helsepersonelloven § 21" in (found["BUP"] or "")
    assert "barnevernsloven § 13-1" in (found["BARNEVERN"] or "")
    assert "forvaltningsloven § 13" in (found["SKOLE_GRUNN"] or "")


def test_every_agency_and_programme_has_its_words() -> None:
    assert set(AGENCIES) == set(Agency)
    assert {key for key in PROGRAMMES if key} == set(type(next(iter(PROGRAMMES))))  # type: ignore[arg-type]


def test_each_file_has_the_checksum_that_stands_about_it_twice() -> None:
    acts = two_acts()
    files = {one.path: one.content for act in acts for one in act.files}
    files |= {DESCRIPTION: arkivmelding(a_head(), acts), INVENTORY: inventory(a_head(), acts)}
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as package:
        assert package.testzip() is None
        lines = (line.split("  ") for line in package.read(CHECKSUMS).decode().splitlines())
        sums = {path: checksum for checksum, path in lines}
        assert sums == {path: hashlib.sha256(package.read(path)).hexdigest() for path in files}
        root = xmlschema.XMLResource(package.read(DESCRIPTION).decode()).root
    described = {
        one.findtext(f"{N}referanseDokumentfil"): one.findtext(f"{N}sjekksum")
        for one in root.iter(f"{N}dokumentobjekt")
    }
    assert described == {path: sums[path] for path in sums if path.startswith("dokumenter/")}


def test_the_same_case_gives_the_same_bytes_whatever_the_order_it_is_told_in() -> None:
    def package(acts: list[Act]) -> bytes:
        in_files = filed(acts)
        files = {one.path: one.content for act in in_files for one in act.files}
        return zipped({**files, DESCRIPTION: arkivmelding(a_head(), in_files)})

    one, other = an_act(1, a_piece(1)), an_act(2, a_piece(2), days=3)
    assert package([one, other]) == package([other, one])
    changed = an_act(1, a_piece(1, content={"text": "Borte fra skolen tirsdag"}))
    assert package([one, other]) != package([changed, other])


def test_a_document_is_what_was_written_to_the_last_sign() -> None:
    (act,) = filed([an_act(1, a_piece(1), a_piece(2, content={"a": "én", "b": "to"}))])
    assert act.files[0].content == b"Borte fra skolen mandag & tirsdag <her>\r\nikke onsdag."
    assert act.files[1].content == "a:\nén\n\nb:\nto".encode()


def test_a_name_with_signs_that_xml_cannot_hold_is_still_described() -> None:
    odd = Party(person_id=an_id(1), name="Kanari\x00\x1b Nav<&>\ud800nesen", role=Words("Ungdom", "Ungdom"))
    written = arkivmelding(a_head(parties=(odd,)), two_acts())
    SCHEMA.validate(written.decode())
    assert "Kanari Nav&lt;&amp;&gt;nesen" in written.decode()


def test_what_had_been_closed_in_the_case_is_said_to_be() -> None:
    acts = filed([an_act(1, a_piece(1, closed=RedactionReason.MORE_THAN_NEEDED))])
    written = arkivmelding(a_head(), acts)
    SCHEMA.validate(written.decode())
    assert "<beskrivelse>Sladdet i saken</beskrivelse>" in written.decode()
    assert "sladdet i saken" in inventory(a_head(), acts).decode()


def test_a_case_without_documents_is_a_package_too() -> None:
    written = arkivmelding(a_head(parties=()), [])
    SCHEMA.validate(written.decode())
    assert "<antallFiler>0</antallFiler>" in written.decode()


def test_it_is_decided_of_every_event_that_names_texts_whether_they_are_documents() -> None:
    naming = {
        name for name, cls in NEWEST.items() if any(refs_in(msgspec.json.decode(example_of(cls))["data"]))
    }
    assert naming - set(ISSUED) - NOT_ISSUED == set()
    assert set(ISSUED) & NOT_ISSUED == set()
    assert set(ISSUED) | NOT_ISSUED <= set(NEWEST)
