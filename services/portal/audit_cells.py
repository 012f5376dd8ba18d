"""The cells of an answer to an auditor's question, in words: codes, and what was corrected from and to what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from schemas.codes import (
    Agency,
    Category,
    CorrectionReason,
    DiscardReason,
    ProtectionLevel,
    Purpose,
    RedactionReason,
    RetentionBasis,
    VoidReason,
)
from services.portal.audit_words import cell
from services.portal.correction_sentences import shown
from services.portal.correction_words import FIELDS
from services.portal.gate_words import reason_word
from services.portal.sentences import plain
from services.portal.texts import Texts
from services.portal.words import SERVICES, word

CODES: dict[str, type[StrEnum]] = {
    "agency": Agency,
    "from_agency": Agency,
    "purpose": Purpose,
    "category": Category,
    "protection": ProtectionLevel,
}
REASONS: tuple[type[StrEnum], ...] = (
    CorrectionReason,
    VoidReason,
    RedactionReason,
    DiscardReason,
    RetentionBasis,
)
"""Why something was put right or laid aside; the gate's reasons are told elsewhere."""
SENTENCES = ("reason", "basis", "why")


def cell_of(t: Texts, name: str, row: Mapping[str, Any]) -> str:
    """One cell; ids, numbers and what has no words as they are."""
    value = row.get(name)
    if value is None:
        return "–"
    if name in CODES:
        return t(word(CODES[name](value))) if value in set(CODES[name]) else cell(t, name, value, _reason)
    if name == "type":
        return plain(t, str(value))
    if name == "field":
        return t(FIELDS.get(str(value), str(value)))
    if name in ("service", "laid_aside_by") and value in SERVICES:
        return t(SERVICES[value])
    if name in ("before", "after"):
        return _registered(t, row, value)
    told: str = cell(t, name, value, _reason)
    return told[:1].upper() + told[1:] if name in SENTENCES else told


def _registered(t: Texts, row: Mapping[str, Any], value: Any) -> str:
    """What a field said, or all that a struck registration said; references as they are."""
    type_name = str(row.get("type"))
    if isinstance(value, dict):
        return "; ".join(
            f"{t(FIELDS.get(str(field)) or str(field))}: {_value(t, type_name, field, one)}"
            for field, one in sorted(value.items())
        )
    field = row.get("field")
    return _value(t, type_name, str(field), value) if field else cell(t, "before", value, _reason)


def _value(t: Texts, type_name: str, field: str, value: Any) -> str:
    if value is not None and field.endswith(("ref", "refs", "_id", "_ids")):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    try:
        return shown(t, type_name, field, value)
    except ValueError:  # a code that nobody knows any more
        return str(value)


def _reason(t: Texts, code: str) -> str:
    for codes in REASONS:
        if code in set(codes):
            return t(word(codes(code)))
    return reason_word(t, code)
