"""What an auditor's codes are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.codes import AuditPurpose, AuditQuestion
from services.portal.texts import N_

AUDIT_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    AuditPurpose: {
        AuditPurpose.INTERNAL_CONTROL: N_("Internkontroll"),
        AuditPurpose.SUPERVISION: N_("Tilsyn"),
        AuditPurpose.COMPLAINT: N_("Klage"),
        AuditPurpose.SUBJECT_ACCESS: N_("Innsyn for den det gjelder"),
        AuditPurpose.INCIDENT: N_("Mistanke om avvik i personvernet"),
    },
    AuditQuestion: {
        AuditQuestion.OPENINGS: N_("Hvem har sett hva"),
        AuditQuestion.DENIED: N_("Hvem har fått nei"),
        AuditQuestion.WITHOUT_CONSENT: N_("Hva er delt uten samtykke"),
        AuditQuestion.UNUSUAL: N_("Hva er uvanlig"),
        AuditQuestion.AFTER_WITHDRAWAL: N_("Hva er sett etter at et samtykke ble trukket"),
        AuditQuestion.RECEIPTS_MISSING: N_("Hvilke kvitteringer mangler etter at et samtykke ble trukket"),
        AuditQuestion.CORRECTIONS: N_("Hva er rettet, strøket eller sladdet"),
        AuditQuestion.PARKED: N_("Hva kunne ingen forstå"),
        AuditQuestion.DISCARDED: N_("Hva er lagt til side"),
    },
}
