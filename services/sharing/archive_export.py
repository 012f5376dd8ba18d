"""The archive's package of a closed case, made for a records owner: decided and told under the case's lock, content opened there only, kept nowhere.

The gate decides what people in the case may see of each other's; a records owner asks for none of that, and is given everything that is a document
of the case, once its review says that it goes to the archive. The event says which texts, as an opening does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from backbone.clock import derived_id
from backbone.refusal import Conflict, NotAllowed
from backbone.work import Work
from schemas.archive import CaseExportedToArchive
from schemas.codes import RetentionBasis
from services.sharing.case_documents import DocumentOfCase, documents_of
from services.sharing.domain import archive_sentences as says
from services.sharing.domain.archive_package import (
    DESCRIPTION,
    INVENTORY,
    Act,
    Head,
    Party,
    Piece,
    filed,
    inventory,
    zipped,
)
from services.sharing.domain.archive_words import FINAL_DOCUMENT, ISSUED, PROGRAMMES, Words
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.noark import arkivmelding
from services.sharing.domain.retention import Retention
from services.sharing.erasure import locked
from services.sharing.grounds import keeps_records
from services.sharing.keys import KeyTampered
from services.sharing.repository import Known, case_file, known_of
from services.sharing.vault import Content, ContentTampered, Kind, Sealed, Vault, sealed

YOUTH, GUARDIAN, OTHER = (
    Words("Ungdom", "Ungdom"),
    Words("Foresatt", "Føresett"),
    Words("Annen i saken", "Annan i saka"),
)


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A package, and what it is known by."""

    content: bytes
    sha256: str


def make_package(work: Work, vault: Vault, *, case_id: str, language: str) -> Made:
    """Make the package, and tell on the log that it was made and by whom. Raises NotAllowed, Refused, Conflict, NotFound."""
    retention, case = locked(work, case_id), case_file(work, case_id)
    if not keeps_records(work, case):
        raise NotAllowed("NOT_RECORDS_OWNER", says.NOT_RECORDS_OWNER)
    retention.check_for_archive()
    known = known_of(work, [case_id])[case_id]
    if known.held:
        raise Conflict("CASE_HELD", says.CASE_HELD)
    documents, left_out = documents_of(work, case_id)
    deposits = {one.ref: one for one in sealed(work, [one.ref for one in documents])}
    contents = _opened(vault, list(deposits.values()))
    names = _names(work, vault, {one.author_id for one in deposits.values()} | {case.lead_id or ""})
    acts = _acts(documents, deposits, contents, names)
    head = _head(retention, case, left_out=left_out, language=language, refs=[one.ref for one in documents])
    head = msgspec.structs.replace(
        head, lead=names.get(case.lead_id or "", head.lead), parties=_parties(work, vault, known, case)
    )
    in_files = filed(acts)
    files = {one.path: one.content for act in in_files for one in act.files}
    files[DESCRIPTION], files[INVENTORY] = arkivmelding(head, in_files), inventory(head, in_files)
    content = zipped(files)
    made = Made(content=content, sha256=hashlib.sha256(content).hexdigest())
    agencies = sorted({deposit.from_agency for deposit in deposits.values()})
    event = CaseExportedToArchive(
        package_id=head.package_id,
        package_sha256=made.sha256,
        size=len(content),
        basis=retention.basis or RetentionBasis.ARCHIVE_DUTY,
        refs=tuple(one.ref for one in documents),
        documents=len(documents),
        left_out=left_out,
        agencies=tuple(agencies),
    )
    work.publish(case_id, *retention.export(event))
    return made


def _head(retention: Retention, case: CaseFile, *, left_out: int, language: str, refs: Sequence[str]) -> Head:
    """What is known of the case without opening anything."""
    assert retention.reviewed_on is not None
    assert case.closed_on is not None
    assert case.owner_agency is not None
    return Head(
        case_id=case.case_id,
        package_id=derived_id("archive package", case.case_id, retention.reviewed_on, language, *refs),
        title=PROGRAMMES[case.programme],
        owner=case.owner_agency,
        municipality_no=case.municipality_no or "",
        lead=case.lead_id or "",
        closed_on=case.closed_on,
        reviewed_on=retention.reviewed_on,
        parties=(),
        left_out=left_out,
        language=language,
    )


def _acts(
    documents: Iterable[DocumentOfCase],
    deposits: dict[str, Sealed],
    contents: dict[str, Content],
    names: dict[str, str],
) -> list[Act]:
    in_order = sorted(documents, key=lambda one: (one.act_id, deposits[one.ref].recorded_at, one.ref))
    acts = []
    for act_id, found in groupby(in_order, key=lambda one: one.act_id):
        of_act = list(found)
        pieces = tuple(_piece(one, deposits[one.ref], contents[one.ref], names) for one in of_act)
        title = ISSUED.get(of_act[0].act_type or "", FINAL_DOCUMENT)
        acts.append(Act(act_id=act_id, title=title, at=of_act[0].at, pieces=pieces))
    return acts


def _piece(one: DocumentOfCase, deposit: Sealed, content: Content, names: dict[str, str]) -> Piece:
    return Piece(
        ref=one.ref,
        from_agency=deposit.from_agency,
        category=deposit.category,
        author=names.get(deposit.author_id, deposit.author_id),
        recorded_at=deposit.recorded_at,
        content=content,
        closed=one.document.redaction,
    )


def _parties(work: Work, vault: Vault, known: Known, case: CaseFile) -> tuple[Party, ...]:
    """Those whom the case is about, by their newest identity in the vault: the youth first."""
    newest = {item.about_id: item.ref for item in known.items if item.kind == Kind.IDENTITY}
    contents = _opened(vault, sealed(work, newest.values()))
    roles: dict[str | None, Words] = {case.youth_id: YOUTH, **dict.fromkeys(case.guardians.family, GUARDIAN)}
    order = sorted(newest, key=lambda person: (person != case.youth_id, person not in roles, person))
    return tuple(
        Party(
            person_id=person,
            name=contents[newest[person]]["name"],
            role=roles.get(person, OTHER),
            national_id=contents[newest[person]].get("national_id"),
        )
        for person in order
    )


def _opened(vault: Vault, deposits: Sequence[Sealed]) -> dict[str, Content]:
    """The content of all of them. Raises Conflict when one does not open: half a case is no package."""
    try:
        contents = vault.open(deposits)
    except (ContentTampered, KeyTampered):
        raise Conflict("DOES_NOT_OPEN", says.DOES_NOT_OPEN) from None
    if len(contents) != len(deposits):
        raise Conflict("DOES_NOT_OPEN", says.DOES_NOT_OPEN)
    return contents


def _names(work: Work, vault: Vault, person_ids: set[str]) -> dict[str, str]:
    found = vault.contacts(work, sorted(person_ids))
    return {person: contact["name"] for person, contact in found.items()}
