"""The youth's report and "may I share?", read from what this service knows; neither opens any content."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from backbone.refusal import NotAllowed
from backbone.web import Answer, json_ready
from backbone.work import Work
from schemas.codes import Purpose
from schemas.disclosure import DutyActedOn
from schemas.information import OpeningDecided
from schemas.receipt import ReportMade
from services.sharing import consents, disclosures
from services.sharing.commands import check_part_of_case
from services.sharing.domain import sentences
from services.sharing.domain.may_share import may_share
from services.sharing.domain.report import entries, shown_now
from services.sharing.gate import knowledge_from
from services.sharing.repository import RECEIPTS, RETENTIONS, Opening, case_file, known_of
from services.sharing.tables import ReceiptRow
from services.sharing.vault import Vault

_opening = msgspec.json.Decoder(Opening)


def make_report(work: Work, vault: Vault, *, case_id: str, report_id: str) -> Answer:
    """Make the youth's report, for the lead to give to the youth; that it was made is an event. Raises
    NotAllowed, NotFound.
    """
    until = work.lock_case(case_id)
    if not check_part_of_case(work, vault, case_id).lead:
        raise NotAllowed("NOT_LEAD", sentences.NOT_IN_CASE)
    case = case_file(work, case_id)
    given = disclosures.of_case(work, case_id)
    today = work.moment.today
    shown = [one for one in given if shown_now(one, today)]
    hidden = frozenset(one.disclosure_id for one in given) - {one.disclosure_id for one in shown}
    found = entries(_openings(work, case_id), youth_id=case.youth_id, deferred=frozenset(hidden))
    if case.youth_id is not None:
        event = ReportMade(report_id=report_id, youth_id=case.youth_id, until_sequence=until)
        work.publish(case_id, event)
    return {
        "case_id": case_id,
        "report_id": report_id,
        "group": [{"person_id": person, **json_ready(member)} for person, member in case.members.items()],
        "consents": consents.consents_seen(work, vault, case_id),
        "openings": json_ready(found),
        "given_without_consent": json_ready(shown),
        "done_on_duty": [
            _done(one) for one in disclosures.acts_of_case(work, case_id) if shown_now(one, today)
        ],
        "receipts": _receipts(work, case_id),
        "to_archive": _to_archive(work, case_id),
    }


def _receipts(work: Work, case_id: str) -> list[dict[str, Any]]:
    """Who was asked to stop using something, by agency, and what they have answered."""
    found = RECEIPTS.where(work, ReceiptRow.case_id == case_id, order_by=ReceiptRow.receipt_id)
    told = ("consent_id", "agency", "answer", "given_on")
    return [{name: json_ready(one)[name] for name in told} for one in found]


def _to_archive(work: Work, case_id: str) -> list[dict[str, Any]]:
    """When the case's documents were handed out for the archive, by which body, on what and how many; not who."""
    retention = RETENTIONS.find(work, case_id)
    told = ("at", "agency", "basis", "documents")
    return [
        {name: json_ready(one)[name] for name in told} for one in (retention.handed_out if retention else ())
    ]


def _done(act: DutyActedOn) -> dict[str, Any]:
    """What an act says to the youth: which duty, which agency, when, and not who."""
    told: dict[str, Any] = json_ready(act)
    return {name: told[name] for name in ("duty", "agency", "acted_on", "youth_told_on")}


def _openings(work: Work, case_id: str) -> list[tuple[datetime, OpeningDecided]]:
    work.flush()
    rows = work.session.connection().exec_driver_sql(
        "SELECT decided_at, state::text FROM opening WHERE case_id = %s ORDER BY sequence", (case_id,)
    )
    return [(at, _opening.decode(state).event) for at, state in rows]


def flows(work: Work, vault: Vault, *, case_id: str, purpose: Purpose) -> list[dict[str, Any]]:
    """What may flow between the agencies of the case, for those in it; nothing is opened, so nothing is
    recorded.
    """
    check_part_of_case(work, vault, case_id)
    knowledge = knowledge_from(work, vault, known_of(work, [case_id], identities_only=True)[case_id])
    found: list[dict[str, Any]] = json_ready(may_share(knowledge, purpose=purpose, on=work.moment.today))
    return found
