"""The description of a package in the manner of arkivmelding (Noark 5): a saksmappe, a journalpost a registration, a dokumentbeskrivelse and a
dokumentobjekt a document. Only what `services/sharing/rules/arkivmelding.xsd` has is written.

No title names anybody: names stand in `part`, which the archive keeps from the public like all the rest (`skjerming`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as xml

from schemas.local_time import local_date
from services.sharing.domain.archive_package import Filed, FiledAct, Head, Party, instant
from services.sharing.domain.archive_words import AGENCIES, GENERAL_SECRECY, SECRECY_OF, Words

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SYSTEM = "Felles ansvar"


class Writer(NamedTuple):
    """An element, and the language that words under it are written in."""

    element: xml.Element
    language: str

    def put(self, name: str, value: str | int | Words) -> None:
        """A child with a text."""
        text = value.within(self.language) if isinstance(value, Words) else str(value)
        xml.SubElement(self.element, name).text = _writable(text)

    def open(self, name: str, kind: str | None = None) -> Writer:
        """A child to write in, of a type that extends its own where one is named."""
        child = xml.SubElement(self.element, name, {f"{{{XSI}}}type": kind} if kind else {})
        return Writer(child, self.language)


def arkivmelding(head: Head, acts: Sequence[FiledAct]) -> bytes:
    """The description, as UTF-8; the same for the same case."""
    xml.register_namespace("xsi", XSI)
    root = xml.Element("arkivmelding", {"xmlns": NAMESPACE})
    message = Writer(root, head.language)
    message.put("system", SYSTEM)
    message.put("meldingId", head.package_id)
    message.put("tidspunkt", f"{head.reviewed_on.isoformat()}T00:00:00Z")
    message.put("antallFiler", sum(len(act.files) for act in acts))
    _case(message.open("mappe", "saksmappe"), head, acts)
    xml.indent(root)
    written: bytes = xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _case(folder: Writer, head: Head, acts: Sequence[FiledAct]) -> None:
    folder.put("systemID", head.case_id)
    folder.put("tittel", head.title)
    folder.put("offentligTittel", head.title)
    folder.put("avsluttetDato", f"{head.closed_on.isoformat()}T00:00:00Z")
    folder.put("avsluttetAv", head.lead)
    for party in head.parties:
        _party(folder.open("part"), party)
    _shield(folder.open("skjerming"), GENERAL_SECRECY)
    _key(folder.open("referanseEksternNoekkel"), head.case_id)
    for act in acts:
        _entry(folder.open("registrering", "journalpost"), act)
    if acts:
        folder.put("saksdato", local_date(acts[0].act.at).isoformat())
    folder.put("administrativEnhet", f"{AGENCIES[head.owner].within(head.language)}, {head.municipality_no}")
    folder.put("saksansvarlig", head.lead)
    folder.put("saksstatus", Words("Avsluttet", "Avsluttet"))


def _entry(entry: Writer, act: FiledAct) -> None:
    entry.put("systemID", act.act.act_id)
    entry.put("opprettetDato", instant(act.act.at))
    entry.put("opprettetAv", act.files[0].piece.author)
    _shield(entry.open("skjerming"), *(_secrecy(one) for one in act.files))
    for number, one in enumerate(act.files, start=1):
        _document(entry.open("dokumentbeskrivelse"), act, one, number)
    entry.put("tittel", act.act.title)
    entry.put("offentligTittel", act.act.title)
    _key(entry.open("referanseEksternNoekkel"), act.act.act_id)
    entry.put("journalposttype", "Organinternt dokument uten oppfølging")
    entry.put("journalstatus", "Arkivert")
    entry.put("journaldato", local_date(act.act.at).isoformat())


def _document(described: Writer, act: FiledAct, one: Filed, number: int) -> None:
    piece = one.piece
    described.put("systemID", piece.ref)
    described.put("dokumenttype", act.act.title)
    described.put("dokumentstatus", "Dokumentet er ferdigstilt")
    described.put("tittel", act.act.title)
    if piece.closed is not None:
        described.put("beskrivelse", Words("Sladdet i saken", "Sladda i saka"))
    described.put("forfatter", piece.author)
    described.put("opprettetDato", instant(piece.recorded_at))
    described.put("opprettetAv", piece.author)
    described.put("tilknyttetRegistreringSom", "Hoveddokument" if number == 1 else "Vedlegg")
    described.put("dokumentnummer", number)
    owner = described.open("part")
    owner.put("partID", piece.from_agency)
    owner.put("partNavn", AGENCIES[piece.from_agency])
    owner.put("partRolle", Words("Eierorgan", "Eigarorgan"))
    _shield(described.open("skjerming"), _secrecy(one))
    held = described.open("dokumentobjekt")
    held.put("versjonsnummer", 1)
    held.put("variantformat", "Arkivformat")
    held.put("format", "RA-TEKST")
    held.put("formatDetaljer", "UTF-8")
    held.put("mimeType", "text/plain")
    held.put("referanseDokumentfil", one.path)
    held.put("sjekksum", one.sha256)
    held.put("sjekksumAlgoritme", "SHA-256")
    held.put("filstoerrelse", len(one.content))


def _party(written: Writer, party: Party) -> None:
    written.put("partID", party.person_id)
    written.put("partNavn", party.name)
    written.put("partRolle", party.role)
    if party.national_id:
        written.open("foedselsnummer").put("foedselsnummer", party.national_id)


def _shield(written: Writer, *provisions: Words) -> None:
    written.put("tilgangsrestriksjon", "Unntatt offentlighet")
    named = dict.fromkeys(provision.within(written.language) for provision in provisions)
    written.put("skjermingshjemmel", "; ".join(named))
    written.put("skjermingMetadata", "Skjerming navn part i sak")
    written.put("skjermingDokument", "Skjerming av hele dokumentet")


def _secrecy(one: Filed) -> Words:
    return SECRECY_OF.get(one.piece.from_agency, GENERAL_SECRECY)


def _key(written: Writer, value: str) -> None:
    written.put("fagsystem", SYSTEM)
    written.put("noekkel", value)


def _writable(text: str) -> str:
    """The text without what XML 1.0 cannot hold: control characters, lone surrogates."""
    return "".join(
        one
        for one in text
        if one in "\t\n\r" or (one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")
    )
