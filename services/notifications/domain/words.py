"""The only words that leave the system by mail: neutral ones. No name but the receiver's, no place, no programme, no case, no link."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SUBJECTS = {"nb": "Du har en melding", "nn": "Du har ei melding"}
TEXTS = {
    "nb": "Hei {name}. Du har en melding. Logg inn for å lese den.\n",
    "nn": "Hei {name}. Du har ei melding. Logg inn for å lese meldinga.\n",
}
MEETING = "Møte"
"""What a meeting is called in anybody's calendar, in both languages."""
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
ENCODED_WORD = re.compile(r"=\?.*\?=", re.DOTALL)
LONGEST_NAME = 200


class Unfit(ValueError):
    """A name or an address that no mail is made with; the message says why, without quoting it."""


class Letter(NamedTuple):
    """Subject and text of a mail."""

    subject: str
    text: str


def letter(*, name: str, language: str) -> Letter:
    """The mail in the receiver's language, bokmål when it is neither. Raises Unfit."""
    chosen = language if language in TEXTS else "nb"
    return Letter(SUBJECTS[chosen], TEXTS[chosen].format(name=fit_name(name)))


def fit_name(name: str) -> str:
    """The name, if it is one that can stand in a mail. Raises Unfit."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Unfit("the name is empty or too long")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in name):
        raise Unfit("the name has control characters in it")
    if ENCODED_WORD.search(name):
        raise Unfit("the name has an encoded word in it")
    return name.strip()


def fit_address(address: str) -> str:
    """The e-mail address, if it is a plain one. Raises Unfit."""
    if len(address) > 254 or not ADDRESS.fullmatch(address):
        raise Unfit("the address is not a plain e-mail address")
    return address
