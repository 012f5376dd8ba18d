"""The kinds of field that a case form is made of: each knows how to be asked, read, and what it becomes in the command's body."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from enum import EnumMeta, StrEnum
from typing import Any, ClassVar, NamedTuple

from schemas.codes import Category
from schemas.contract import PlannedMember
from schemas.local_time import local_date
from services.portal.domain.case_view import CaseView
from services.portal.domain.sections.plan import Plan
from services.portal.forms import Form
from services.portal.local_offers import LocalOffers
from services.portal.neighbours import Colleague
from services.portal.rendering import person_label
from services.portal.sessions import Visitor
from services.portal.texts import N_, Texts
from services.portal.words import word

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
Option = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Who stands before which case, when, and (when the form has targets) before which thing in it."""

    view: CaseView
    visitor: Visitor
    people: Mapping[str, Colleague]
    t: Texts
    now: datetime
    target: str | None = None
    offers: LocalOffers = field(default_factory=LocalOffers)
    """The local offers of the municipality that has the case."""

    @property
    def today(self) -> date:
        """The local date."""
        return local_date(self.now)

    @property
    def plan(self) -> Plan:
        """The youth plan of the case; an empty one in Felles ansvar."""
        return self.view.section(Plan)

    @property
    def length(self) -> str:
        """How long the decision of a sanction is, in its own figures."""
        t, plan = self.t, self.plan
        months = t.ngettext("%(num)s måned", "%(num)s måneder", plan.months) % {"num": plan.months}
        days = t.ngettext("%(num)s dag", "%(num)s dager", plan.days) % {"num": plan.days}
        if plan.months and plan.days:
            return t("%(months)s og %(days)s", months=months, days=days)
        return months if plan.months else days

    @property
    def planned(self) -> Sequence[PlannedMember]:
        """Those who are to be in the group, as the contract or the sanction says."""
        contract = self.view.contract
        return contract.planned if contract else self.plan.planned

    def name_of(self, person_id: str) -> str:
        """Staff by name, the youth and the guardians by what they are."""
        return person_label(self.t, self.view.family, self.people, person_id)


class Deposit(NamedTuple):
    """A text that goes to the vault before the command is sent."""

    ref: str
    about_id: str
    category: Category
    content: Mapping[str, str]


class Reading:
    """One form being read: what is wrong is noted on it, and texts for the vault are gathered."""

    def __init__(self, form: Form, situation: Situation) -> None:
        self.form, self.situation = form, situation
        self.deposits: list[Deposit] = []
        self.rows: dict[str, list[str]] = {}
        """Where the rows that were filled in stand in the form, by the place of their field."""

    def deposit(self, name: str, category: Category, content: Mapping[str, str], about_id: str | None) -> str:
        """Set content aside for the vault, and give its reference: the same whenever this form is sent."""
        ref = self.form.derived(self.situation.visitor.person_id, name)
        about = about_id or str(self.situation.view.youth_id)
        self.deposits.append(Deposit(ref, about, category, content))
        return ref


def always(_: Situation) -> bool:
    """In every situation."""
    return True


@dataclass(frozen=True)
class Field:
    """One field. `name` is its name in the body of the command; the sentence `missing` says what to do when it is empty."""

    kind: ClassVar[str] = ""
    name: str
    label: str
    _: KW_ONLY
    help: str | None = None
    optional: bool = False
    missing: str | None = None
    proposed: Callable[[Situation], Any] | None = None
    """What stands there when the form is opened."""
    when: Callable[[Situation], bool] = always
    """Asked only then."""
    into: str | None = None
    """The name in the body when it is another: two fields may fill one, and lists are put after each other."""

    @property
    def body_name(self) -> str:
        """The name in the body of the command."""
        return self.into or self.name

    def read(self, reading: Reading, at: str) -> Any:
        """The value for the body, None for nothing; `at` is the field's place in the form."""
        raise NotImplementedError

    def proposes(self, situation: Situation, at: str) -> list[tuple[str, str]]:
        """Names and values that stand there when the form is opened."""
        value = self.proposed(situation) if self.proposed else None
        if value is None:
            return []
        several = value if isinstance(value, list | tuple | frozenset | set) else [value]
        return [(at, str(one)) for one in several]

    def empty(self, form: Form, at: str) -> bool:
        """True when nothing was filled in."""
        return not any(form.values(at)) or not any(value.strip() for value in form.values(at))

    def lacks(self, reading: Reading, at: str) -> None:
        """Note that the field must be filled in, unless it is optional."""
        if not self.optional:
            t = reading.form.t
            sentence = t(self.missing) if self.missing else t("Fyll ut «%(label)s».", label=t(self.label))
            reading.form.wrong(at, sentence)

    def wrong(self, reading: Reading, at: str) -> None:
        """Note that what stands there is no answer."""
        t = reading.form.t
        sentence = (
            t(self.missing)
            if self.missing
            else t("Se over «%(label)s». Det kan ikke stå slik.", label=t(self.label))
        )
        reading.form.wrong(at, sentence)


@dataclass(frozen=True)
class Optioned(Field):
    """A field with options to choose from."""

    def options(self, situation: Situation) -> Sequence[Option]:
        """Value and words of each option."""
        raise NotImplementedError

    def value_of(self, chosen: str) -> Any:
        """What the chosen value is in the body."""
        return chosen

    def read(self, reading: Reading, at: str) -> Any:
        """One of the options."""
        chosen = reading.form.value(at)
        if not chosen:
            self.lacks(reading, at)
            return None
        if chosen not in {value for value, _ in self.options(reading.situation)}:
            self.wrong(reading, at)
            return None
        return self.value_of(chosen)


@dataclass(frozen=True)
class Several(Optioned):
    """A field with options of which one or more are ticked."""

    kind: ClassVar[str] = "checks"

    def becomes(self, situation: Situation, chosen: str) -> Any:
        """What a ticked option is in the body."""
        return chosen

    def read(self, reading: Reading, at: str) -> list[Any]:
        """The options that are ticked."""
        chosen = reading.form.values(at)
        if not chosen:
            self.lacks(reading, at)
            return []
        if set(chosen) - {value for value, _ in self.options(reading.situation)}:
            self.wrong(reading, at)
            return []
        return [self.becomes(reading.situation, one) for one in chosen]


Codes = type[StrEnum] | Callable[[Situation], Sequence[StrEnum]]


def code_options(codes: Codes, situation: Situation) -> list[Option]:
    """The codes with their words."""
    found: Sequence[StrEnum] = list(codes) if isinstance(codes, EnumMeta) else codes(situation)
    return [(code.value, situation.t(word(code))) for code in found]


@dataclass(frozen=True)
class Choice(Optioned):
    """One code of an enumeration, or of those that the situation allows."""

    kind: ClassVar[str] = "choice"
    codes: Codes

    def options(self, situation: Situation) -> Sequence[Option]:
        """The codes with their words."""
        return code_options(self.codes, situation)


@dataclass(frozen=True)
class Choices(Several):
    """Codes of an enumeration, one or more."""

    codes: Codes

    def options(self, situation: Situation) -> Sequence[Option]:
        """The codes with their words."""
        return code_options(self.codes, situation)


@dataclass(frozen=True)
class Level(Optioned):
    """One of some numbers, each with its words: how serious, how far."""

    kind: ClassVar[str] = "choice"
    levels: Mapping[int, str]

    def options(self, situation: Situation) -> Sequence[Option]:
        """The numbers with their words."""
        return [(str(level), situation.t(text)) for level, text in self.levels.items()]

    def value_of(self, chosen: str) -> int:
        """The number."""
        return int(chosen)


@dataclass(frozen=True)
class YesNo(Optioned):
    """Yes or no; nothing is ticked beforehand."""

    kind: ClassVar[str] = "choice"

    def options(self, situation: Situation) -> Sequence[Option]:
        """Yes and no."""
        return [("ja", situation.t("Ja")), ("nei", situation.t("Nei"))]

    def value_of(self, chosen: str) -> bool:
        """True for yes."""
        return chosen == "ja"


@dataclass(frozen=True)
class Pick(Optioned):
    """One of what the situation holds: a goal, a task, a meeting, a municipality."""

    kind: ClassVar[str] = "choice"
    among: Callable[[Situation], Sequence[Option]]

    def options(self, situation: Situation) -> Sequence[Option]:
        """What there is."""
        return self.among(situation)


@dataclass(frozen=True)
class Picks(Several):
    """One or more of what the situation holds."""

    among: Callable[[Situation], Sequence[Option]]

    def options(self, situation: Situation) -> Sequence[Option]:
        """What there is."""
        return self.among(situation)


def members(situation: Situation) -> list[Option]:
    """Everybody in the network group now."""
    return [(one.person_id, situation.name_of(one.person_id)) for one in situation.view.told_members]


def staff(situation: Situation) -> list[Option]:
    """The group without the youth and the guardians."""
    return [
        (one.person_id, situation.name_of(one.person_id))
        for one in situation.view.told_members
        if not one.has_no_log_in
    ]


@dataclass(frozen=True)
class Person(Pick):
    """Somebody in the network group."""

    among: Callable[[Situation], Sequence[Option]] = members


@dataclass(frozen=True)
class Persons(Picks):
    """Some of the network group."""

    among: Callable[[Situation], Sequence[Option]] = members


@dataclass(frozen=True)
class Day(Field):
    """A date."""

    kind: ClassVar[str] = "day"

    def read(self, reading: Reading, at: str) -> str | None:
        """The date in ISO form."""
        typed = reading.form.value(at)
        if not typed:
            self.lacks(reading, at)
            return None
        try:
            return date.fromisoformat(typed).isoformat()
        except ValueError:
            self.wrong(reading, at)
            return None


@dataclass(frozen=True)
class DayTime(Field):
    """A date and a local time of day, in the body as 2026-12-01T13:00."""

    kind: ClassVar[str] = "day_time"

    def read(self, reading: Reading, at: str) -> str | None:
        """Date and time without a zone: the service knows which one is meant."""
        day, clock = reading.form.value(at), reading.form.value(f"{at}-time")
        if not day and not clock:
            self.lacks(reading, at)
            return None
        try:
            date.fromisoformat(day)
        except ValueError:
            self.wrong(reading, at)
            return None
        if not CLOCK.fullmatch(clock):
            reading.form.wrong(f"{at}-time", reading.form.t("Oppgi et klokkeslett, for eksempel 13:00."))
            return None
        return f"{day}T{clock}"

    def proposes(self, situation: Situation, at: str) -> list[tuple[str, str]]:
        """A proposed 2026-12-01T13:00 in its two parts."""
        value = str(self.proposed(situation)) if self.proposed else ""
        day, _, clock = value.partition("T")
        return [(at, day), (f"{at}-time", clock)] if value else []


@dataclass(frozen=True)
class Number(Field):
    """A whole number between two limits."""

    kind: ClassVar[str] = "number"
    least: int = 0
    most: int = 1000

    def read(self, reading: Reading, at: str) -> int | None:
        """The number."""
        typed = reading.form.value(at)
        if not typed:
            self.lacks(reading, at)
            return None
        if not typed.isdecimal() or not self.least <= int(typed) <= self.most:
            t = reading.form.t
            sentence = t("Skriv et tall fra %(least)s til %(most)s.", least=self.least, most=self.most)
            reading.form.wrong(at, sentence)
            return None
        return int(typed)


@dataclass(frozen=True)
class Code(Field):
    """A short code that is written into the event as it is: never about a person. `pattern` is all that is let through."""

    kind: ClassVar[str] = "code"
    pattern: str

    def read(self, reading: Reading, at: str) -> str | None:
        """The code."""
        typed = reading.form.value(at)
        if not typed:
            self.lacks(reading, at)
            return None
        if not re.fullmatch(self.pattern, typed):
            self.wrong(reading, at)
            return None
        return typed


@dataclass(frozen=True)
class Confirm(Field):
    """A box that must be ticked before the form is sent; it is no part of the command."""

    kind: ClassVar[str] = "confirm"

    def read(self, reading: Reading, at: str) -> None:
        """Nothing; whether it is ticked."""
        if reading.form.value(at) != "ja":
            self.lacks(reading, at)


@dataclass(frozen=True)
class Text(Field):
    """Words that go to the vault; the body has their reference. `name` is that of the reference: "text_ref"."""

    kind: ClassVar[str] = "text"
    category: Category | Callable[[Reading], Category] = Category.CASE_STATUS
    """What the words are about, which may hang on what else was filled in; the whole group reads what is about the case's status."""
    longest: int = 2000
    rows: int = 3
    about: Callable[[Situation], str | None] = lambda situation: situation.view.youth_id

    def read(self, reading: Reading, at: str) -> str | None:
        """The reference under which the words will lie."""
        typed = reading.form.value(at)
        if not typed:
            self.lacks(reading, at)
            return None
        if len(typed) > self.longest:
            t = reading.form.t
            sentence = t("Teksten er for lang. Den kan ha høyst %(count)s tegn.", count=self.longest)
            reading.form.wrong(at, sentence)
            return None
        category = self.category(reading) if callable(self.category) else self.category
        return reading.deposit(at, category, {"text": typed}, self.about(reading.situation))


@dataclass(frozen=True)
class Record(Field):
    """Several texts that lie in the vault together, under one reference; `parts` names each with its label."""

    kind: ClassVar[str] = "record"
    parts: Mapping[str, str]
    category: Category = Category.CASE_STATUS
    longest: int = 2000

    def read(self, reading: Reading, at: str) -> str | None:
        """The reference under which the texts will lie; nothing when all are empty."""
        typed = {part: reading.form.value(f"{at}-{part}") for part in self.parts}
        kept = {part: text for part, text in typed.items() if text}
        if not kept:
            self.lacks(reading, at)
            return None
        for part, text in kept.items():
            if len(text) > self.longest:
                t = reading.form.t
                sentence = t("Teksten er for lang. Den kan ha høyst %(count)s tegn.", count=self.longest)
                reading.form.wrong(f"{at}-{part}", sentence)
        return reading.deposit(at, self.category, kept, None)

    def empty(self, form: Form, at: str) -> bool:
        """True when none of the texts is there."""
        return not any(form.value(f"{at}-{part}") for part in self.parts)


@dataclass(frozen=True)
class NewTexts(Field):
    """Up to so many texts for the vault, each by itself; the body gets the list of their references."""

    kind: ClassVar[str] = "texts"
    number: int = 3
    category: Category = Category.CASE_STATUS
    longest: int = 2000

    def read(self, reading: Reading, at: str) -> list[str]:
        """The references of those that were written."""
        refs = []
        for place in range(1, self.number + 1):
            typed = reading.form.value(f"{at}-{place}")
            if len(typed) > self.longest:
                t = reading.form.t
                sentence = t("Teksten er for lang. Den kan ha høyst %(count)s tegn.", count=self.longest)
                reading.form.wrong(f"{at}-{place}", sentence)
            elif typed:
                refs.append(reading.deposit(f"{at}-{place}", self.category, {"text": typed}, None))
        if not refs:
            self.lacks(reading, at)
        return refs

    def empty(self, form: Form, at: str) -> bool:
        """True when none was written."""
        return not any(form.value(f"{at}-{place}") for place in range(1, self.number + 1))


class Row(NamedTuple):
    """One row of a table to fill in; `fixed` is what it says in the body without being asked."""

    key: str
    legend: str
    fixed: Mapping[str, Any] = {}
    proposed: Mapping[str, str] = {}
    folded: bool = False
    """Folded up until somebody opens it, for rows that are often not needed."""


@dataclass(frozen=True)
class Rows(Field):
    """A list in the body: one element a row, each with the same fields. A row that is left empty is left out."""

    kind: ClassVar[str] = "rows"
    fields: tuple[Field, ...]
    over: Callable[[Situation], Sequence[Row]]
    ids: tuple[str, ...] = ()
    """Names that get an id made for the row."""

    def read(self, reading: Reading, at: str) -> list[dict[str, Any]]:
        """The rows that were filled in."""
        found = []
        filled_in = reading.rows.setdefault(at, [])
        for row in self.over(reading.situation):
            places = [(one, f"{at}-{row.key}-{one.name}") for one in self.fields]
            if self.fields and all(one.empty(reading.form, place) for one, place in places):
                continue
            values = {one.body_name: one.read(reading, place) for one, place in places}
            me = reading.situation.visitor.person_id
            made = {name: reading.form.derived(me, at, row.key, name) for name in self.ids}
            filled_in.append(f"{at}-{row.key}")
            found.append({**row.fixed, **made, **{k: v for k, v in values.items() if v is not None}})
        if not found:
            self.lacks(reading, at)
        return found

    def proposes(self, situation: Situation, at: str) -> list[tuple[str, str]]:
        """What stands in the rows when the form is opened."""
        pairs = []
        for row in self.over(situation):
            pairs += [(f"{at}-{row.key}-{name}", value) for name, value in row.proposed.items()]
            for one in self.fields:
                pairs += one.proposes(situation, f"{at}-{row.key}-{one.name}")
        return pairs


def blank_rows(number: int, legend: str = N_("Nummer %(number)s")) -> Callable[[Situation], list[Row]]:
    """So many empty rows, numbered."""

    def rows(situation: Situation) -> list[Row]:
        return [Row(str(n), situation.t(legend, number=n), folded=n > 1) for n in range(1, number + 1)]

    return rows
