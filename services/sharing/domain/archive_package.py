"""The archive's package of a closed case: its documents as text files, the description of them in XML, an inventory to read, and checksums.

Pure, and the same for the same case: no clock, no chance, no compression (its output is the library's to change), files in a fixed order.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

import msgspec

from schemas.codes import Agency, Category, RedactionReason
from schemas.local_time import local_date
from services.sharing.domain.archive_words import AGENCIES, Words

DESCRIPTION, INVENTORY, CHECKSUMS = "arkivmelding.xml", "innhold.txt", "sjekksummer.sha256"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can give its files: theirs stand in the description."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the case, opened."""

    ref: str
    from_agency: Agency
    category: Category
    author: str
    recorded_at: datetime
    content: Mapping[str, str]
    closed: RedactionReason | None = None
    """Why it had been closed to everybody in the case, if it had."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A registration with its documents, in their order: a journal entry of the archive's."""

    act_id: str
    title: Words
    at: datetime
    pieces: tuple[Piece, ...]


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom the case is about, as the vault knows them."""

    person_id: str
    name: str
    role: Words
    national_id: str | None = None


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the package says of the case as a whole; its title names nobody."""

    case_id: str
    package_id: str
    title: Words
    owner: Agency
    municipality_no: str
    lead: str
    closed_on: date
    reviewed_on: date
    parties: tuple[Party, ...]
    left_out: int
    language: str = "nb"


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """A document with the file that it has become."""

    piece: Piece
    path: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The checksum of the file, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


class FiledAct(msgspec.Struct, frozen=True, kw_only=True):
    """A registration with the files of its documents."""

    act: Act
    files: tuple[Filed, ...]


def filed(acts: Sequence[Act]) -> list[FiledAct]:
    """The registrations in order of time, each document with a file named by its place alone."""
    in_order = sorted(acts, key=lambda act: (act.at, act.act_id))
    return [
        FiledAct(
            act=act,
            files=tuple(
                Filed(
                    piece=piece,
                    path=f"dokumenter/{number:04d}-{place:02d}.txt",
                    content=as_text(piece.content),
                )
                for place, piece in enumerate(act.pieces, start=1)
            ),
        )
        for number, act in enumerate(in_order, start=1)
    ]


def as_text(content: Mapping[str, str]) -> bytes:
    """A deposit as a text file: what was written, as it was written; where it had several fields, each under its name."""
    if set(content) == {"text"}:
        return content["text"].encode()
    return "\n\n".join(f"{name}:\n{content[name]}" for name in sorted(content)).encode()


def inventory(head: Head, acts: Sequence[FiledAct]) -> bytes:
    """What lies in the package, for somebody who reads it on paper; it names nobody."""
    language = head.language

    def say(nb: str, nn: str) -> str:
        return Words(nb, nn).within(language)

    lines = [
        say("Pakke til arkivet", "Pakke til arkivet"),
        "",
        f"{say('Sak', 'Sak')}: {head.case_id}",
        f"{say('Tittel', 'Tittel')}: {head.title.within(language)}",
        f"{say('Organ som eier saken', 'Organ som eig saka')}: {AGENCIES[head.owner].within(language)}",
        f"{say('Kommune', 'Kommune')}: {head.municipality_no}",
        f"{say('Avsluttet', 'Avslutta')}: {head.closed_on.isoformat()}",
        f"{say('Vurdert', 'Vurdert')}: {head.reviewed_on.isoformat()}",
        f"{say('Dokumenter', 'Dokument')}: {sum(len(act.files) for act in acts)}",
        f"{say('Ikke med (arbeidsdokumenter og det som aldri skulle ligget her)', 'Ikkje med (arbeidsdokument og det som aldri skulle ha lege her)')}: {head.left_out}",
        "",
    ]
    for act in acts:
        lines.append(f"{local_date(act.act.at).isoformat()}  {act.act.title.within(language)}")
        for one in act.files:
            closed = say(" (sladdet i saken)", " (sladda i saka)") if one.piece.closed else ""
            lines.append(
                f"    {one.path}  {len(one.content)} byte  {AGENCIES[one.piece.from_agency].within(language)}{closed}"
            )
    return ("\n".join(lines) + "\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip file, checksums of all of them added in the form that `sha256sum --check` reads."""
    sums = "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as package:
        for path, content in sorted({**files, CHECKSUMS: sums.encode()}.items()):
            entry = zipfile.ZipInfo(path, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            package.writestr(entry, content)
    return held.getvalue()


def instant(at: datetime) -> str:
    """An instant as XML writes it, to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
