"""What a consent says, by version: data in bokmål and nynorsk, with places for what is asked."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec

from schemas.codes import ConsentKind

FOLDER = Path(__file__).resolve().parent
PLACES = frozenset({"givers", "receivers", "categories", "purpose", "valid_from", "valid_to"})


class ConsentText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sentences of one language, in the order they are read; `kinds` says what the kind of consent means."""

    title: str
    asks: str
    about: str
    why: str
    until: str
    everyone: str
    no_is_fine: str
    take_back: str
    already_seen: str
    see: str
    less: str
    kinds: dict[ConsentKind, str]


class ConsentTexts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version, in both written languages."""

    version: str
    nb: ConsentText
    nn: ConsentText


def versions() -> list[str]:
    """Every version there is."""
    return sorted(path.stem.removeprefix("consent_") for path in FOLDER.glob("consent_*.toml"))


@lru_cache
def consent_texts(version: str) -> ConsentTexts:
    """The texts of a version that `versions` names. Raises FileNotFoundError otherwise."""
    text = (FOLDER / f"consent_{version}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), ConsentTexts)
