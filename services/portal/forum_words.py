"""What forums, their year and its deadlines are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.codes import ForumKind
from schemas.event import Event
from schemas.forum import (
    ForumMatterDiscussed,
    ForumMemberJoined,
    ForumMemberLeft,
    ForumOpened,
    ForumSecrecyDeclared,
    ForumSessionHeld,
)
from schemas.register_codes import YearWheelActivity
from services.portal.texts import N_

FORUM_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    ForumKind: {
        ForumKind.KOG: N_("Tverrfaglig koordineringsgruppe (KOG)"),
        ForumKind.STEERING: N_("Styringsgruppe"),
        ForumKind.COORDINATION: N_("Koordineringsgruppe"),
        ForumKind.POLICE_COUNCIL: N_("Politiråd"),
        ForumKind.GATHERING: N_("Årlig samling"),
    },
    YearWheelActivity: {
        YearWheelActivity.SITUATION_OVERVIEW: N_("Oversikt over situasjonen i kommunen"),
        YearWheelActivity.YOUTH_SURVEY: N_("Ungdomsundersøkelse"),
        YearWheelActivity.ACTION_PLAN: N_("Rullere handlingsplanen"),
        YearWheelActivity.ANNUAL_REPORT: N_("Årsrapport"),
        YearWheelActivity.REPORT_TO_COUNCIL: N_("Orientere kommunestyret"),
        YearWheelActivity.BUDGET: N_("Innspill til budsjettet"),
        YearWheelActivity.TRAINING: N_("Kurs og fagdag"),
        YearWheelActivity.PARENTS: N_("Møter med foresatte"),
        YearWheelActivity.LOCAL_OFFERS: N_("Gå gjennom lokale tilbud"),
        YearWheelActivity.HOLIDAYS_AND_EVENTS: N_("Forebygging før høytider og arrangementer"),
    },
}
FORUM_EVENTS: dict[type[Event], str] = {
    ForumOpened: N_("Et forum ble opprettet"),
    ForumMemberJoined: N_("Noen kom inn i forumet"),
    ForumMemberLeft: N_("Noen gikk ut av forumet"),
    ForumSecrecyDeclared: N_("Et medlem av forumet bekreftet taushetsplikten"),
    ForumSessionHeld: N_("Forumet møttes"),
    ForumMatterDiscussed: N_("Et tema uten navn ble drøftet"),
}
FORUM_DEADLINES: dict[str, tuple[str, str]] = {
    "D-03-FORUM": (
        N_("Innkalling til forumet"),
        N_("Møtet er satt opp, og alle skal ha innkalling og saksliste i god tid."),
    ),
    "D-40": (N_("Møte i styringsgruppen"), N_("Styringsgruppen skal møtes minst fire ganger i året.")),
    "D-41": (N_("Møte i koordineringsgruppen"), N_("Koordineringsgruppen skal møtes hver måned.")),
    "D-42": (N_("Møte i politirådet"), N_("Politirådet skal møtes minst to ganger i året.")),
    "D-43": (N_("Revidere samarbeidsavtalen"), N_("Avtalen skal gås gjennom og signeres på nytt.")),
    "D-44": (N_("Årlig samling"), N_("Alle nivåene skal samles en gang i året.")),
    "D-45": (N_("Oppgave i årshjulet"), N_("Måneden den hører til, er snart over.")),
}
OF_A_FORUM = frozenset(FORUM_DEADLINES)
"""The deadlines that belong to a forum and to no case."""
MONTHS = {
    1: N_("januar"),
    2: N_("februar"),
    3: N_("mars"),
    4: N_("april"),
    5: N_("mai"),
    6: N_("juni"),
    7: N_("juli"),
    8: N_("august"),
    9: N_("september"),
    10: N_("oktober"),
    11: N_("november"),
    12: N_("desember"),
}
"""The months of the year wheel."""
