"""Templates into pages: one environment a language, everything escaped, an unknown name an error and not a blank."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schemas.codes import (
    Agency,
    AuditQuestion,
    Category,
    ClauseKind,
    ForumKind,
    Programme,
    Reason,
    ReferralOrigin,
    SignerRole,
    SigningMethod,
    Urgency,
)
from schemas.register_codes import Advice, LocalFunction, YearWheelActivity
from services.portal import sentences, sharing_words, words
from services.portal.compared import compared_in
from services.portal.domain.case_view import CaseView, Contract, DeviationState, Family, Standing, Status
from services.portal.domain.sections import SECTIONS
from services.portal.domain.sections.evaluations import Evaluations
from services.portal.domain.sections.waiting import Waiting
from services.portal.gate_words import reason_word
from services.portal.neighbours import Colleague, Opened
from services.portal.register_words import LEVELS
from services.portal.sanction_words import in_programme
from services.portal.texts import LANGUAGES, N_, Texts

TEMPLATES = Path(__file__).parent / "templates"
COLOURS = {
    Status.OPENED: "neutral",
    Status.AWAITING_SIGNATURES: "warning",
    Status.AWAITING_START: "info",
    Status.AWAITING_PLAN: "warning",
    Status.RUNNING: "success",
    Status.PAUSED: "warning",
    Status.ENDED: "neutral",
    Status.CLOSED: "neutral",
    DeviationState.REPORTED: "warning",
    DeviationState.ASSESSED: "info",
    DeviationState.FOLLOWED_UP: "info",
    DeviationState.ESCALATED: "warning",
    DeviationState.RESOLVED: "success",
    DeviationState.DISMISSED: "neutral",
    Standing.OPEN: "info",
    Standing.PASSED: "danger",
    Standing.MET: "success",
    Standing.CANCELLED: "neutral",
}
YES = {
    SigningMethod.PAPER: N_("Ja, på papir"),
    SigningMethod.ORAL_IN_MEETING: N_("Ja, muntlig i møte"),
    SigningMethod.PORTAL_EID: N_("Ja, med elektronisk ID"),
}
SHAPES = {"warning": "△", "info": "○", "success": "●", "neutral": "□", "danger": "▲"}
"""A shape beside the word, so that no status rests on colour alone."""


@cache
def environment(language: str) -> Environment:
    """The templates of one language."""
    t = Texts(language)
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(t.gettext, t.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(
        word=lambda code: t(words.word(code)),
        day=t.day,
        short_day=t.short_day,
        moment=t.moment,
        short_moment=t.short_moment,
        listed=lambda codes: sentences.listed(t, codes),
        municipality=words.municipality,
        deadline=lambda kind, sanction=False: t(words.deadline_name(kind, sanction=sanction)),
        deadline_reason=lambda kind, sanction=False: t(words.deadline_reason(kind, sanction=sanction)),
        said=lambda text, view: t(in_programme(text, sanction=view.sanction)),
        severity=lambda level: t(words.SEVERITY.get(level, str(level))),
        why=lambda reason: t(words.WHY.get(reason, words.WHY["NO_BASIS"])),
        basis=lambda basis: t(words.BASIS[basis]) if basis in words.BASIS else "–",
        consent_words=lambda consent: sentences.consent_words(t, consent),
        event_sentence=lambda type_name: sentences.plain(t, type_name),
        colour=lambda code: COLOURS[code],
        shape=lambda code: SHAPES[COLOURS[code]],
        service_name=lambda name: t(words.SERVICES[name]) if name in words.SERVICES else name,
        short=lambda identifier: str(identifier)[-8:],
    )
    env.filters.update(
        origin_word=lambda code: t(words.word(ReferralOrigin(code))),
        urgency_word=lambda code: t(words.word(Urgency(code))),
        programme_word=lambda code: t(words.word(Programme(code))),
        clause_word=lambda code: t(words.word(ClauseKind(code))),
        function_word=lambda code: t(words.word(LocalFunction(code))),
        reason_words=lambda codes: sentences.listed(t, [Reason(code) for code in codes]),
        advice_words=lambda codes: sentences.listed(t, [Advice(code) for code in codes]),
        category_word=lambda code: t(words.word(Category(code))),
        forum_word=lambda code: t(words.word(ForumKind(code))),
        activity_word=lambda code: t(words.word(YearWheelActivity(code))),
        agency_word=lambda code: t(words.word(Agency(code))),
        field_word=lambda name: t(words.IDENTITY_FIELDS.get(str(name), str(name))),
        role_purpose=lambda roles: " ".join(f"{t(words.ROLE_PURPOSE[role])}." for role in sorted(roles)),
        shortened=lambda names: shortened(t, names),
        parsed=parsed,
        iso_day=lambda text: t.day(date.fromisoformat(text)),
        parking=lambda kind: t(words.PARKED.get(str(kind), str(kind))),
        pretty=lambda value: json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True),
        notice_words=lambda notice: notice_words(t, notice),
        basis_words=lambda basis: basis_words(t, basis),
        question=lambda code: t(words.word(AuditQuestion(code))),
    )
    env.filters.update(sharing_words.filters(t))
    env.globals.update(
        t=t,
        levels=LEVELS,
        compared_in=compared_in,
        waiting_of=lambda view: view.section(Waiting),
        evaluations_of=lambda view: view.section(Evaluations),
        goal_words=lambda view, opened, ref: goal_words(t, view, opened, ref),
        languages=LANGUAGES,
        words=lambda codes: [(code, t(words.word(code))) for code in codes],
        section_of={name: section.state for name, section in SECTIONS.items()},
        yes=lambda methods: [(method, t(YES[method])) for method in methods],
        severity_words=lambda levels: [(level, t(words.SEVERITY[level])) for level in levels],
        signer_label=lambda contract, person_id: signer_label(t, contract, person_id),
        person_label=lambda contract, people, person_id: person_label(t, contract, people, person_id),
        member_label=lambda contract, people, member: person_label(t, contract, people, member.person_id),
        actor_label=lambda people, actor: actor_label(t, people, actor),
        who=lambda people, event: who(t, event),
    )
    return env


def goal_words(t: Texts, view: CaseView, opened: Opened | None, ref: str) -> str:
    """A goal in its own words when they were opened, else by its number."""
    refs = view.contract.goal_refs if view.contract else ()
    number = refs.index(ref) + 1 if ref in refs else "–"
    return (opened.text(ref) if opened else None) or t("Mål %(number)s", number=number)


def parsed(at: datetime | str | None) -> datetime | None:
    """An instant from another service's answer."""
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def shortened(t: Texts, names: Sequence[str]) -> str:
    """A list of names that stays short."""
    return (
        ", ".join(names)
        if len(names) <= 2
        else t("%(first)s og %(count)s til", first=names[0], count=len(names) - 1)
    )


def signer_label(t: Texts, contract: Contract | Family | None, person_id: str) -> str:
    """What somebody who signs is called without a name: the youth, or a guardian by number."""
    signatures = contract.signatures if contract else ()
    if any(s.person_id == person_id and s.role is SignerRole.BARNEVERN for s in signatures):
        return t("Barnevernet")
    guardians = [s.person_id for s in signatures if s.role is SignerRole.GUARDIAN]
    if person_id not in guardians:
        return t("Ungdommen")
    if len(guardians) == 1:
        return t("Foresatt")
    return t("Foresatt %(number)s", number=guardians.index(person_id) + 1)


def person_label(
    t: Texts, contract: Contract | Family | None, people: Mapping[str, Colleague], person_id: str
) -> str:
    """Somebody in a network group: staff by name, the youth and the guardians by what they are."""
    family = (
        [s.person_id for s in contract.signatures if s.role is not SignerRole.BARNEVERN] if contract else []
    )
    if person_id in family:
        return signer_label(t, contract, person_id)
    colleague = people.get(person_id)
    return (colleague.name if colleague else None) or t("person %(short)s", short=person_id[-8:])


def actor_label(t: Texts, people: Mapping[str, Colleague], actor: str) -> str:
    """Who did something: a colleague by name, the system by the part that did it."""
    if actor.startswith("service:"):
        service = actor.removeprefix("service:")
        return t("systemet (%(part)s)", part=t(words.SERVICES.get(service, service)).lower())
    colleague = people.get(actor)
    return colleague.name if colleague and colleague.name else t("person %(short)s", short=actor[-8:])


def who(t: Texts, event: Mapping[str, Any]) -> str:
    """Who did something, for those who check: a pseudonym and the agency, never a name."""
    actor = actor_label(t, {}, str(event["actor"]))
    agency = event.get("actor_agency")
    return f"{actor}, {t(words.word(Agency(agency)))}" if agency in set(Agency) else actor


def notice_words(t: Texts, notice: Mapping[str, Any]) -> str:
    """What a notice says."""
    said = t(words.NOTICES.get(str(notice.get("kind")), N_("Det er noe nytt i en sak")))
    kind = notice.get("deadline_kind") or notice.get("deadline")
    return f"{said}: {t(words.deadline_name(str(kind)))}" if kind else said


def basis_words(t: Texts, basis: Any) -> str:
    """What something rested on, as the audit service tells it of somebody else."""
    if not basis:
        return "–"
    codes = basis if isinstance(basis, list) else str(basis).split(",")
    return ", ".join(dict.fromkeys(reason_word(t, str(code).strip()) for code in codes))


def rendered(template: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page."""
    content = environment(language).get_template(template).render(language=language, **values)
    return HTMLResponse(content, status_code=status)
