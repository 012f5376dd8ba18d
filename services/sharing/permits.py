"""Permits to download one piece of content: for one person in one session, once, within a minute, and decided
again when used.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from backbone.clock import new_id
from backbone.refusal import NotFound
from backbone.work import Work
from schemas.codes import Outcome, Purpose
from services.sharing.domain import sentences
from services.sharing.gate import Decided, open_case
from services.sharing.tables import PermitRow
from services.sharing.vault import Vault

LIFETIME = timedelta(seconds=60)
USE_UP = (
    "UPDATE permit SET used_at = %s WHERE digest = %s AND used_at IS NULL AND issued_at > %s AND issued_at <= %s"
    " AND person_id = %s AND session IS NOT DISTINCT FROM %s RETURNING ref, purpose"
)


class Permitted(NamedTuple):
    """The opening that was decided, and the permit when it was a yes."""

    decided: Decided
    permit: str | None


def issue(work: Work, vault: Vault, *, case_id: str, ref: str, purpose: Purpose) -> Permitted:
    """Decide, record, and on a yes give a permit that will be decided again. Raises NotFound."""
    decided = open_case(work, vault, case_id=case_id, opening_id=new_id(), refs=[ref], purpose=purpose)
    (decision,) = decided.verdict.decisions
    if decision.outcome is not Outcome.PERMIT:
        return Permitted(decided, None)
    permit = secrets.token_urlsafe(32)
    work.add(
        PermitRow,
        digest=digest_of(permit),
        case_id=case_id,
        ref=ref,
        person_id=work.actor.person_id,
        session=work.actor.session,
        purpose=purpose.value,
        issued_at=work.moment.real_at,
        used_at=None,
    )
    return Permitted(decided, permit)


def redeem(work: Work, vault: Vault, *, permit: str) -> Decided:
    """Use a permit up and decide anew, under the lock of the case. Raises NotFound, whatever is wrong with
    the permit.
    """
    case_id = _case_of(work, permit)
    work.lock_case(case_id)
    used = work.session.connection().exec_driver_sql(
        USE_UP,
        (
            work.moment.real_at,
            digest_of(permit),
            work.moment.real_at - LIFETIME,
            work.moment.real_at,
            work.actor.person_id,
            work.actor.session,
        ),
    )
    row = used.first()
    if row is None:
        raise NotFound("PERMIT_VOID", sentences.PERMIT_VOID)
    return open_case(
        work, vault, case_id=case_id, opening_id=new_id(), refs=[row.ref], purpose=Purpose(row.purpose)
    )


def digest_of(permit: str) -> bytes:
    """What is kept of a permit: enough to know it again, not enough to use it."""
    return hashlib.sha256(permit.encode()).digest()


def _case_of(work: Work, permit: str) -> str:
    found = work.session.connection().exec_driver_sql(
        "SELECT case_id FROM permit WHERE digest = %s", (digest_of(permit),)
    )
    case_id = found.scalar()
    if case_id is None:
        raise NotFound("PERMIT_VOID", sentences.PERMIT_VOID)
    return str(case_id)
