"""The youth's own report in plain words: one telling, shown as a page and printed on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schemas.codes import (
    Agency,
    Category,
    DutyToAct,
    Function,
    GuardiansNotTold,
    LegalBasis,
    Outcome,
    Purpose,
    ReceiptAnswer,
    RetentionBasis,
)
from schemas.local_time import local_date
from services.portal import sentences
from services.portal.domain.agreed import Agreed, agreed_from
from services.portal.domain.case_view import CaseView
from services.portal.neighbours import Colleague
from services.portal.rendering import person_label
from services.portal.sharing_words import BASIS_PLAIN, LAWS, NOT_SEEN_BECAUSE, SEEN_BECAUSE, STANDINGS
from services.portal.texts import Texts
from services.portal.words import word

Part = dict[str, Any]


def parts(t: Texts, told: Mapping[str, Any], view: CaseView, people: Mapping[str, Colleague]) -> list[Part]:
    """The parts of the report in the order they are read: a title, what it is about, and a table or that there is nothing."""
    openings = [one for one in told["openings"] if one["purpose"] != Purpose.CASE_LIST]
    return [
        _group(t, told["group"], view, people),
        _agreed(t, told["consents"], view),
        _seen(t, [one for one in openings if one["outcome"] == Outcome.PERMIT]),
        _not_seen(t, [one for one in openings if one["outcome"] != Outcome.PERMIT]),
        _in_lists(t, [one for one in told["openings"] if one["purpose"] == Purpose.CASE_LIST]),
        _without_consent(t, told["given_without_consent"]),
        _on_duty(t, told["done_on_duty"]),
        _after_withdrawal(t, told["receipts"]),
        _to_archive(t, told["to_archive"]),
        _what_you_can_do(t),
    ]


def _group(t: Texts, group: list[Mapping[str, Any]], view: CaseView, people: Mapping[str, Colleague]) -> Part:
    rows = [
        [_named(t, one["person_id"], view, people), _place(t, one), t(word(Function(one["function"])))]
        for one in sorted(group, key=_place_in_group)
    ]
    return {
        "title": t("Hvem er med i gruppen din?"),
        "intro": t("Disse kan komme på møtene dine. De får bare vite det du og dine har sagt ja til."),
        "columns": [t("Navn"), t("Hvor de hører til"), t("Hva de gjør i gruppen")],
        "rows": rows,
        "nothing": t("Ingen er med i gruppen ennå."),
    }


def _place_in_group(one: Mapping[str, Any]) -> int:
    """The youth first, then the family, then who leads, then the others as they came."""
    first = (Function.YOUTH, Function.GUARDIAN, Function.LEAD)
    return first.index(Function(one["function"])) if one["function"] in first else len(first)


def _named(t: Texts, person_id: str, view: CaseView, people: Mapping[str, Colleague]) -> str:
    """Somebody as the youth reads of them: the youth is "you"."""
    return t("Du") if person_id == view.youth_id else person_label(t, view.family, people, person_id)


def _place(t: Texts, one: Mapping[str, Any]) -> str:
    """Where somebody in the group belongs: the family is not an agency."""
    if one["function"] in (Function.YOUTH, Function.GUARDIAN):
        return t("Familien din")
    return t(word(Agency(one["agency"])))


def _agreed(t: Texts, consents: list[Mapping[str, Any]], view: CaseView) -> Part:
    rows = []
    for one in agreed_from(consents):
        said = {
            "YES": t("ja"),
            "NO": t("nei"),
            "TAKEN_BACK": t("tok tilbake sitt ja"),
            "EXCUSED": t("trengte ikke svare"),
            "NONE": t("har ikke svart"),
        }
        answers = [
            f"{_named(t, who.person_id, view, {})}: {said[one.answer(who.person_id)]}{_not_to(t, one, who.person_id)}"
            for who in one.signers
        ]
        rows.append([sentences.consent_words(t, one), t(STANDINGS[one.standing][0]), ", ".join(answers)])
    return {
        "title": t("Hva har dere sagt ja og nei til?"),
        "intro": t("Alle som er spurt, må ha sagt ja. Du kan når som helst ta tilbake ditt ja."),
        "columns": [t("Hva det er spurt om"), t("Nå"), t("Svarene")],
        "rows": rows,
        "nothing": t("Ingen har spurt om å få dele noe."),
    }


def _not_to(t: Texts, consent: Agreed, person_id: str) -> str:
    """Whom a yes was taken back for, while it stands for the others."""
    reply = consent.replies.get(person_id)
    if reply is None or not reply.not_to or reply.said != "YES":
        return ""
    return t(", men ikke lenger til %(receivers)s", receivers=sentences.listed(t, reply.not_to))


def _seen(t: Texts, openings: list[Mapping[str, Any]]) -> Part:
    return {
        "title": t("Hvem har sett noe om deg?"),
        "intro": t("Her står alt som er åpnet om deg: hvem, når, hva, og hvorfor de fikk lov."),
        "columns": [t("Når"), t("Hvem"), t("Hva"), t("Hvorfor de så det"), t("Hvorfor de fikk lov")],
        "rows": [
            [_when(t, one), _agency(t, one["agency"]), _what(t, one), _purpose(t, one), _because(t, one)]
            for one in openings
        ],
        "nothing": t("Ingen har åpnet noe om deg."),
    }


def _not_seen(t: Texts, openings: list[Mapping[str, Any]]) -> Part:
    return {
        "title": t("Hvem ba om å få se noe, og fikk nei?"),
        "intro": t("Også det blir skrevet ned."),
        "columns": [t("Når"), t("Hvem"), t("Hva"), t("Hvorfor de fikk nei")],
        "rows": [
            [
                _when(t, one),
                _agency(t, one["agency"]),
                _what(t, one),
                t(NOT_SEEN_BECAUSE.get(str(one["reason"]), NOT_SEEN_BECAUSE["NO_BASIS"])),
            ]
            for one in openings
        ],
        "nothing": t("Ingen har fått nei."),
    }


def _in_lists(t: Texts, openings: list[Mapping[str, Any]]) -> Part:
    """Names in lists, put together: one line an agency, since each log-in makes one."""
    by_agency: dict[str | None, list[str]] = {}
    for one in openings:
        if one["outcome"] == Outcome.PERMIT:
            by_agency.setdefault(one["agency"], []).append(one["at"])
    rows = [
        [_agency(t, agency), str(len(times)), t.day(local_date(datetime.fromisoformat(max(times))))]
        for agency, times in by_agency.items()
    ]
    return {
        "title": t("Hvem har sett navnet ditt i lista over sakene sine?"),
        "intro": t(
            "De som er med i gruppen, kjenner igjen saken din på navnet. Mer enn navnet viser lista ikke."
        ),
        "columns": [t("Hvem"), t("Antall dager eller pålogginger"), t("Sist")],
        "rows": rows,
        "nothing": t("Ingen."),
    }


def _on_duty(t: Texts, acts: list[Mapping[str, Any]]) -> Part:
    rows = []
    for one in acts:
        told_on = one.get("youth_told_on")
        rows.append(
            [
                t.day(date.fromisoformat(one["acted_on"])),
                _agency(t, one["agency"]),
                t(word(DutyToAct(one["duty"]))),
                t("Du fikk vite det %(day)s", day=t.day(date.fromisoformat(told_on)))
                if told_on
                else t("Du får vite det nå"),
            ]
        )
    return {
        "title": t("Har noen måttet si fra av seg selv?"),
        "intro": t(
            "Alle har plikt til å melde fra eller gripe inn når noen er i fare. Da trenger ingen lov av andre."
        ),
        "columns": [t("Når"), t("Hvem"), t("Hva de gjorde"), t("Har du fått vite det?")],
        "rows": rows,
        "nothing": t("Nei, ingen som du kan få vite om nå."),
    }


def _without_consent(t: Texts, given: list[Mapping[str, Any]]) -> Part:
    rows = []
    for one in given:
        law = t(LAWS.get(str(one["law"]), str(one["law"])))
        told_on = one.get("youth_told_on")
        rows.append(
            [
                t.day(date.fromisoformat(one["given_on"])),
                t(
                    "%(giver)s til %(receiver)s",
                    giver=_agency(t, one["from_agency"]),
                    receiver=_agency(t, one["to_agency"]),
                ),
                ", ".join(t(word(Category(code))) for code in one["categories"]),
                f"{t(word(LegalBasis(one['basis'])))}. {t(BASIS_PLAIN[one['basis']])} ({law} {one['provision']})",
                ". ".join([_told(t, told_on), *_guardians_and_after(t, one)]),
            ]
        )
    return {
        "title": t("Hva er sagt videre uten at noen har sagt ja?"),
        "intro": t(
            "Noen ganger sier loven at noe kan eller må sies, selv om ingen har sagt ja. Da skal du få vite det."
        ),
        "columns": [
            t("Når"),
            t("Fra og til"),
            t("Hva"),
            t("Hvorfor loven tillater det"),
            t("Hvem har fått vite det?"),
        ],
        "rows": rows,
        "nothing": t("Ingenting som du kan få vite om nå."),
    }


def _told(t: Texts, told_on: str | None) -> str:
    """When the youth was told of something that was given without a yes."""
    if told_on:
        return t("Du fikk vite det %(day)s", day=t.day(date.fromisoformat(told_on)))
    return t("Du får vite det nå")


def _guardians_and_after(t: Texts, one: Mapping[str, Any]) -> list[str]:
    """Whether the family was told, and when somebody looks at what came of it."""
    told_on, why, then, done = (
        one.get(name)
        for name in ("guardians_told_on", "guardians_not_told", "follow_up_on", "followed_up_on")
    )
    said = []
    if told_on:
        said.append(t("De foresatte fikk vite det %(day)s", day=t.day(date.fromisoformat(told_on))))
    elif why:
        reason = t(word(GuardiansNotTold(why))).lower()
        said.append(t("De foresatte har ikke fått vite det: %(why)s", why=reason))
    if done:
        said.append(t("Fulgt opp %(day)s", day=t.day(date.fromisoformat(done))))
    elif then:
        said.append(t("Følges opp %(day)s", day=t.day(date.fromisoformat(then))))
    return said


def _after_withdrawal(t: Texts, receipts: list[Mapping[str, Any]]) -> Part:
    rows = [
        [
            _agency(t, one["agency"]),
            t(word(ReceiptAnswer(one["answer"]))) if one.get("answer") else t("Har ikke svart ennå"),
            t.day(date.fromisoformat(one["given_on"])) if one.get("given_on") else "–",
        ]
        for one in receipts
    ]
    return {
        "title": t("Hva svarte de da noen tok tilbake et ja?"),
        "intro": t("De som hadde sett noe, blir bedt om å slutte å bruke det og si hva de har gjort."),
        "columns": [t("Hvem"), t("Hva de svarte"), t("Når")],
        "rows": rows,
        "nothing": t("Ingen har tatt tilbake et ja etter at noen hadde sett noe."),
    }


def _to_archive(t: Texts, packages: list[Mapping[str, Any]]) -> Part:
    rows = [
        [
            _when(t, one),
            _agency(t, one["agency"]),
            str(one["documents"]),
            t(word(RetentionBasis(one["basis"]))),
        ]
        for one in packages
    ]
    return {
        "title": t("Hva er hentet ut til arkivet?"),
        "intro": t(
            "Når saken er over, må noen dokumenter tas vare på. En arkivansvarlig henter dem ut, alle på én gang."
        ),
        "columns": [t("Når"), t("Hvem"), t("Antall dokumenter"), t("Hvorfor")],
        "rows": rows,
        "nothing": t("Ingenting er hentet ut."),
    }


def _what_you_can_do(t: Texts) -> Part:
    rows = [
        [t("Du kan ta tilbake ditt ja når du vil. Si det til den som leder saken din.")],
        [t("Står det noe feil om deg, kan du be om at det blir rettet.")],
        [
            t(
                "Er du uenig i at noen har sett noe, kan du klage. Den som leder saken, hjelper deg, og Datatilsynet kan svare deg."
            )
        ],
    ]
    return {"title": t("Hva kan du gjøre?"), "intro": None, "columns": [], "rows": rows, "nothing": ""}


def _when(t: Texts, one: Mapping[str, Any]) -> str:
    return t.moment(datetime.fromisoformat(one["at"]))


def _agency(t: Texts, code: str | None) -> str:
    return t(word(Agency(code))) if code else t("Ukjent")


def _what(t: Texts, one: Mapping[str, Any]) -> str:
    what = t(word(Category(one["category"]))) if one.get("category") else t("Noe i saken")
    pieces = int(one["pieces"])
    many = t.ngettext("%(num)s opplysning", "%(num)s opplysninger", pieces) % {"num": pieces}
    told = ", ".join((what, many)) if pieces > 1 else what
    if not one.get("from_agency"):
        return told
    return t("%(what)s, fra %(giver)s", what=told, giver=_agency(t, one["from_agency"]))


def _purpose(t: Texts, one: Mapping[str, Any]) -> str:
    return t(word(Purpose(one["purpose"])))


def _because(t: Texts, one: Mapping[str, Any]) -> str:
    basis = str(one["basis"])
    if basis in SEEN_BECAUSE:
        return t(SEEN_BECAUSE[basis])
    return t("loven tillater det: %(basis)s", basis=t(word(LegalBasis(basis))).lower())
