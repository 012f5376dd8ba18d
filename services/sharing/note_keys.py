"""The keys of private notes end with the case: destroyed when the notes were, and again if a restored key store brings them back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from services.sharing.keys import KeyStore

PURGED = """
SELECT DISTINCT case_id FROM document WHERE state->>'document_class' = 'PRIVATE_NOTE' AND (state->>'destroyed')::boolean
"""


def destroy_note_keys(engine: Engine, keys: KeyStore, at: datetime) -> int:
    """Destroy every key of private notes in cases whose notes were purged; gives how many were still there."""
    with engine.connect() as connection:
        cases = [str(case_id) for (case_id,) in connection.exec_driver_sql(PURGED)]
    return keys.destroy_notes(cases, at=at) if cases else 0
