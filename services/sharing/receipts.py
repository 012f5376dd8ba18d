"""After a withdrawal: everyone who had opened something on the consent is asked to stop, and their answers
are kept.
"""

from __future__ import annotations

from typing import Any

from backbone.clock import derived_id
from backbone.refusal import Conflict, NotAllowed, NotFound
from backbone.web import Answer, json_ready
from backbone.work import Work
from schemas.codes import Agency, ReceiptAnswer
from schemas.receipt import ReceiptGiven, ReceiptRequested
from services.sharing.commands import check_part_of_case
from services.sharing.domain import sentences
from services.sharing.domain.consent import SHARING_KINDS, Consent
from services.sharing.repository import RECEIPTS, Receipt, case_file
from services.sharing.tables import ReceiptRow
from services.sharing.vault import Vault

RECIPIENTS = """
SELECT state->'event'->>'person_id', state->'event'->>'to_agency', array_agg(DISTINCT decision->>'ref')
FROM opening, jsonb_array_elements(state->'event'->'decisions') AS decision
WHERE case_id = %(case_id)s AND decision->>'outcome' = 'PERMIT'
    AND (NOT %(partly)s OR state->'event'->>'to_agency' = ANY(%(receivers)s)) AND (
        decision->>'consent_id' = %(consent_id)s OR (
            decision->>'consent_id' IS NOT NULL AND state->'event'->>'purpose' = %(purpose)s
            AND decision->>'about_id' = %(about_id)s AND decision->>'from_agency' = ANY(%(givers)s)
            AND state->'event'->>'to_agency' = ANY(%(receivers)s) AND decision->>'category' = ANY(%(categories)s)))
GROUP BY 1, 2 ORDER BY 1, 2
"""


def ask_for_receipts(
    work: Work, consent: Consent, *, no_of: str, only_to: tuple[Agency, ...] | None = None
) -> int:
    """Ask everyone who saw something on the consent, or on another that the same no closes, once each; gives how many. `no_of` is who took
    back their yes, `only_to` whom it was taken back for when it was not for all. The lock of the case is held.
    """
    work.flush()
    connection = work.session.connection()
    found = connection.exec_driver_sql(RECIPIENTS, _closed(consent, no_of, only_to))
    asked = 0
    for person_id, agency, refs in found.all():
        receipt_id = derived_id("receipt", consent.consent_id, person_id, agency)
        if RECEIPTS.find(work, receipt_id) is None:
            event = ReceiptRequested(
                receipt_id=receipt_id,
                consent_id=consent.consent_id,
                person_id=person_id,
                agency=Agency(agency),
                refs=tuple(refs),
            )
            work.publish(consent.case_id, event)
            asked += 1
    return asked


def _closed(consent: Consent, person_id: str, only_to: tuple[Agency, ...] | None) -> dict[str, Any]:
    """What this person's no closes, whichever consent carried it: purpose, whom about, from and to which agencies, which categories."""
    reply = consent.replies[person_id]
    return {
        "case_id": consent.case_id,
        "consent_id": consent.consent_id,
        "partly": only_to is not None,
        "purpose": consent.purpose,
        "about_id": consent.youth_id,
        "givers": list(consent.from_agencies if consent.kind in SHARING_KINDS else ()),
        "receivers": list(only_to or reply.only_to or consent.to_agencies),
        "categories": list(reply.only_categories or consent.categories),
    }


def give_receipt(work: Work, *, receipt_id: str, answer: ReceiptAnswer) -> Answer:
    """Answer for oneself, or as a leader for one's own agency. Raises NotFound, NotAllowed, Conflict."""
    receipt = RECEIPTS.find(work, receipt_id)
    if receipt is None:
        raise NotFound("NO_SUCH_RECEIPT", sentences.NO_SUCH_RECEIPT)
    if not _answers_for(work, receipt):
        raise NotAllowed("NOT_YOURS", sentences.NO_SUCH_RECEIPT)
    work.lock_case(receipt.case_id)
    work.states.clear()
    if (RECEIPTS.find(work, receipt_id) or receipt).answer is not None:
        raise Conflict("RECEIPT_GIVEN", sentences.RECEIPT_GIVEN)
    event = ReceiptGiven(receipt_id=receipt_id, answer=answer, given_on=work.moment.today)
    work.publish(receipt.case_id, event)
    return {"case_id": receipt.case_id, "receipt_id": receipt_id}


def _answers_for(work: Work, receipt: Receipt) -> bool:
    actor = work.actor
    return actor.person_id == receipt.person_id or actor.leads_unit(
        receipt.agency, case_file(work, receipt.case_id).municipality_no
    )


def receipts_of_case(work: Work, vault: Vault, case_id: str) -> list[dict[str, Any]]:
    """Every receipt of the case for its lead, one's own for others in it. Raises NotFound, NotAllowed."""
    receiver = check_part_of_case(work, vault, case_id)
    found = RECEIPTS.where(work, ReceiptRow.case_id == case_id, order_by=ReceiptRow.receipt_id)
    return [json_ready(one) for one in found if receiver.lead or one.person_id == receiver.person_id]


def my_receipts(work: Work) -> list[dict[str, Any]]:
    """What this person has been asked for, in any case, also one they have left."""
    found = RECEIPTS.where(work, ReceiptRow.person_id == work.actor.person_id, order_by=ReceiptRow.receipt_id)
    return [json_ready(one) for one in found]
