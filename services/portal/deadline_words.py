"""What newer deadlines, and the codes of what meets them, are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.consent_loss import LossDecision
from services.portal.texts import N_

DEADLINE_CODES: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    LossDecision: {
        LossDecision.GOES_ON_WITHOUT: N_("Vi fortsetter uten"),
        LossDecision.ASK_ANEW: N_("Vi ber om samtykke på nytt"),
        LossDecision.CHANGE_THE_CONTRACT: N_("Vi endrer kontrakten"),
        LossDecision.END_IT: N_("Vi avslutter"),
    },
}
