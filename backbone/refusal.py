"""How the system says no: a sentence that a user can act on, in their language, and the rule behind it. Pure; domains raise it."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

T = TypeVar("T")
LANGUAGES = ("nb", "nn", "en")


class Sentence(NamedTuple):
    """The same sentence in bokmål, nynorsk and English; `{name}` places are filled by `with_values`."""

    nb: str
    nn: str
    en: str

    def within(self, language: str) -> str:
        """The sentence in a language, bokmål when there is no such one."""
        return self[LANGUAGES.index(language)] if language in LANGUAGES else self.nb

    def with_values(self, **values: object) -> Sentence:
        """The sentence with its places filled."""
        return Sentence(*(text.format(**values) for text in self))


class Refused(Exception):
    """A rule says no. `rule` names it, `field` the part of the request it is about, `status` is the HTTP answer."""

    status = 422

    def __init__(self, rule: str, sentence: Sentence, *, field: str | None = None) -> None:
        super().__init__(f"{rule}: {sentence.en}")
        self.rule, self.sentence, self.field = rule, sentence, field


class NotAllowed(Refused):
    """The person may not do this."""

    status = 403


class NotFound(Refused):
    """There is no such thing here, or none that this person may know of."""

    status = 404


def not_found() -> NotFound:
    """There is no such thing, or nothing that this person may know of: both sound the same, so that nothing is revealed."""
    return NotFound(
        "NOT_FOUND",
        Sentence(
            "Dette finnes ikke, eller du har ikke tilgang til det.",
            "Dette finst ikkje, eller du har ikkje tilgang til det.",
            "There is no such thing, or you have no access to it.",
        ),
    )


def found(state: T | None) -> T:
    """The state. Raises NotFound when there is none."""
    if state is None:
        raise not_found()
    return state


class Stale(Refused):
    """Somebody else changed it since the person looked; `current` is the version that stands."""

    status = 409

    def __init__(self, *, current: int) -> None:
        super().__init__(
            "STALE",
            Sentence(
                "Noen andre har endret dette siden du åpnet det. Last siden på nytt og se over før du lagrer.",
                "Nokon andre har endra dette sidan du opna det. Last sida på nytt og sjå over før du lagrar.",
                "Somebody else changed this since you opened it. Reload the page and look it over before you save.",
            ),
        )
        self.current = current


class Conflict(Refused):
    """It does not fit what has happened already."""

    status = 409


class Unavailable(Refused):
    """It cannot be answered just now; trying again later can help."""

    status = 503
