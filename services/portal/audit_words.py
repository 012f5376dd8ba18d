"""What an auditor's codes are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from schemas.codes import AuditPurpose, AuditQuestion
from services.portal.texts import N_, Texts

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
        AuditQuestion.REDECIDED: N_("Avgjørelser tatt på nytt"),
    },
}

PART_WORDS: dict[str, str] = {
    "hode": N_("Saken"),
    "kontrakten": N_("Kontrakten"),
    "moter": N_("Møter"),
    "opplysninger": N_("Opplysninger"),
    "samtykker": N_("Samtykker"),
    "avvik": N_("Avvik"),
    "frister": N_("Frister"),
    "gruppen": N_("Nettverksgruppen"),
}
"""The parts of a case's page, by the ids of their headings."""
ANOTHER_PART = N_("En annen del av siden")
COLUMN_WORDS: dict[str, str] = {
    "at": N_("Når"),
    "case_id": N_("Sak"),
    "person_id": N_("Person"),
    "actor": N_("Person"),
    "about_id": N_("Om hvem"),
    "agency": N_("Etat"),
    "purpose": N_("Formål"),
    "category": N_("Opplysning"),
    "from_agency": N_("Fra"),
    "outcome": N_("Svar"),
    "basis": N_("Grunnlag"),
    "consent_id": N_("Samtykke"),
    "reason": N_("Grunn"),
    "ref": N_("Referanse"),
    "refs": N_("Referanser"),
    "partition": N_("Partisjon"),
    "offset": N_("Plass"),
    "protection": N_("Adressesperre"),
    "why": N_("Hvorfor den er med"),
    "pieces": N_("Antall dokumenter"),
    "how": N_("Hva ble gjort"),
    "about": N_("Gjelder"),
    "type": N_("Hendelse"),
    "field": N_("Felt"),
    "before": N_("Før"),
    "after": N_("Etter"),
    "receipt_id": N_("Kvittering"),
    "days": N_("Dager"),
    "service": N_("Tjeneste"),
    "laid_aside_by": N_("Lagt til side av"),
}
"""What an answer's columns are called."""
CELL_WORDS: dict[str, str] = {
    "AT_NIGHT": N_("Om natten"),
    "AT_A_WEEKEND": N_("I helgen"),
    "ON_A_HOLIDAY": N_("På en helligdag"),
    "NOTHING_NEAR": N_("Verken møte eller oppgave i nærheten"),
    "UNREADABLE": N_("Kan ikke leses"),
    "FORK": N_("To hendelser med samme nummer"),
    "CORRECTED": N_("Rettet"),
    "VOIDED": N_("Strøket"),
    "REDACTED": N_("Sladdet"),
    "DESTROYED": N_("Slettet for godt"),
    "IN_THE_VAULT": N_("Lå i det lukkede arkivet"),
    "PERMIT": N_("Vist"),
    "TO_ARCHIVE": N_("Til arkivet"),
    "DENY": N_("Ikke vist"),
}
"""Codes that only the questions' answers have."""


def part_word(part: str) -> str:
    """What a part of a case's page is called."""
    return PART_WORDS.get(part, ANOTHER_PART)


def column_word(name: str) -> str:
    """What a column is called; its own name where nobody has given it another."""
    return COLUMN_WORDS.get(name, name)


def cell(t: Texts, name: str, value: Any, elsewhere: Callable[[Texts, str], str]) -> str:
    """A cell of an answer in words; ids, numbers and what has no words as they are. `elsewhere`: what other codes are called."""
    if value is None:
        return "–"
    if name == "at":
        return t.short_moment(datetime.fromisoformat(value) if isinstance(value, str) else value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {one}" for key, one in sorted(value.items()))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in ("basis", "why"):
        return ", ".join(_word(t, code.strip(), elsewhere) for code in str(value).replace(",", " ").split())
    return _word(t, str(value), elsewhere)


def _word(t: Texts, code: str, elsewhere: Callable[[Texts, str], str]) -> str:
    return t(CELL_WORDS[code]) if code in CELL_WORDS else elsewhere(t, code)
