"""The youth index: whether two cases are about the same youth, told by keyed marks that say nothing without the key.

A mark is HMAC-SHA256, under a key of the key store, of the identity number, or of name and birth date. Marks lie in this service's
own table only: never on the log, never in an answer. Numbers decide where both cases have one: the same number is certain. Where one
of them has none, the same name and birth date is only likely, and a person is asked.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

from backbone.rows import Rows
from services.sharing.keys import KeyStore
from services.sharing.tables import YouthMarkRow

INDEX = "youth-index"
"""The key scope of the index; it belongs to no case, and outlives them."""
SAME = """
SELECT other.person_id, bool_or(other.number_mark IS NOT DISTINCT FROM mine.number_mark AND mine.number_mark IS NOT NULL)
FROM youth_mark mine JOIN youth_mark other
ON (other.case_id, other.person_id) <> (mine.case_id, mine.person_id)
AND (other.number_mark = mine.number_mark OR (other.name_mark = mine.name_mark
     AND (other.number_mark IS NULL OR mine.number_mark IS NULL)))
WHERE mine.case_id = %s AND mine.person_id = %s AND other.person_id <> mine.person_id GROUP BY 1 ORDER BY 1
"""


class Alike(NamedTuple):
    """The other references under which a youth is known, open cases or not."""

    certain: list[str]
    likely: list[str]


def keep(
    rows: Rows, keys: KeyStore, *, case_id: str, person_id: str, content: dict[str, str], at: datetime
) -> None:
    """Mark a youth of a case, from an identity with a birth date; identities without one are not of youths."""
    born = content.get("birth_on")
    if not born:
        return
    key = keys.obtain(person_id=INDEX, case_id=INDEX, at=at)
    number = re.sub(r"\D", "", content.get("national_id", ""))
    rows.put(
        YouthMarkRow,
        case_id=case_id,
        person_id=person_id,
        name_mark=_mark(key, "name", normalised(content["name"]), born),
        number_mark=_mark(key, "number", number) if number else None,
    )


def same_youths(rows: Rows, *, case_id: str, person_id: str) -> Alike:
    """The other references under which the youth of this case is known: by the number, or likely by name and birth date."""
    rows.flush()
    found = rows.session.connection().exec_driver_sql(SAME, (case_id, person_id)).all()
    return Alike(
        certain=[str(person) for person, certain in found if certain],
        likely=[str(person) for person, certain in found if not certain],
    )


def forget(rows: Rows, case_id: str) -> None:
    """Drop the marks of a case."""
    rows.flush()
    rows.session.connection().exec_driver_sql("DELETE FROM youth_mark WHERE case_id = %s", (case_id,))


def forget_gone(rows: Rows, case_id: str) -> None:
    """Drop the marks in a case of those whose identity no longer lies there."""
    rows.flush()
    rows.session.connection().exec_driver_sql(
        "DELETE FROM youth_mark WHERE case_id = %s AND NOT EXISTS (SELECT 1 FROM content WHERE"
        " content.case_id = youth_mark.case_id AND about_id = person_id AND kind = 'IDENTITY')",
        (case_id,),
    )


def normalised(name: str) -> str:
    """A name without case, punctuation and order: «Demosen, Kim» is «kim demosen»."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())
    return " ".join(sorted(words))


def _mark(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, "\x1f".join(parts).encode(), "sha256")
