"""What an auditor looks for, stated with every question: nothing is answered without it, and none is assumed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from backbone.refusal import Refused, Sentence
from backbone.web import TheAsk
from schemas.codes import AuditPurpose, Role

PURPOSE_MISSING = Sentence(
    "Oppgi hva kontrollen gjelder. Formålet blir skrevet i loggen sammen med spørsmålet.",
    "Oppgi kva kontrollen gjeld. Føremålet blir skrive i loggen saman med spørsmålet.",
    "State what the audit is for. The purpose is written in the log together with the question.",
)


def stated(ask: TheAsk, purpose: AuditPurpose | None = None) -> AuditPurpose:
    """The purpose that an auditor states. Raises NotAllowed for anybody else, Refused without one (domain amendment 7)."""
    ask.require(Role.AUDITOR)
    if purpose is None:
        raise Refused("PURPOSE_MISSING", PURPOSE_MISSING, field="purpose")
    return purpose


ThePurpose = Annotated[AuditPurpose, Depends(stated)]
