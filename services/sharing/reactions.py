"""What sharing does about others' events beyond knowing them."""

from __future__ import annotations

from backbone.work import Reaction
from schemas.event import Event
from services.sharing.document_reactions import DOCUMENT_REACTIONS
from services.sharing.guardian_reactions import GUARDIAN_REACTIONS
from services.sharing.purging import PURGES

REACTIONS: dict[type[Event], Reaction] = {**PURGES, **DOCUMENT_REACTIONS, **GUARDIAN_REACTIONS}
