"""Guardians and who decides for the youth, and the languages that people around the youth prefer."""

from __future__ import annotations

from typing import Any

import msgspec

from schemas.event import Event, Fact
from schemas.guardian import GuardianSituationConfirmed, PreferredLanguageSet
from schemas.guardianship import GUARDIAN_EVENTS
from services.portal.domain.guardians_of_case import GuardiansOfCase
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


def changed(state: GuardiansOfCase, event: Event, _: Fact) -> GuardiansOfCase:
    """Who stands beside the youth changed."""
    return replace(state, stands=state.stands.after(event), version=state.version + 1)


def confirmed(state: GuardiansOfCase, event: GuardianSituationConfirmed, _: Fact) -> GuardiansOfCase:
    """It was looked at again."""
    return replace(state, confirmed_on=event.confirmed_on, version=state.version + 1)


def language(state: GuardiansOfCase, event: PreferredLanguageSet, _: Fact) -> GuardiansOfCase:
    """Somebody prefers a language."""
    languages = {**state.languages, event.person_id: event.language}
    return replace(state, languages=languages, version=state.version + 1)


CHANGES: dict[Any, Any] = {
    **dict.fromkeys(GUARDIAN_EVENTS, changed),
    GuardianSituationConfirmed: confirmed,
    PreferredLanguageSet: language,
}
SECTION = Section(GuardiansOfCase, CHANGES)
