"""What comes of the demonstration's meetings: who may say what, minutes to the group, tasks that are done, late or not done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from schemas.codes import AgendaItemKind, AgendaOutcome, MinutesChange, TaskReason
from services.cli.demo.asking import Asked
from services.cli.demo.people import POLICE, Person

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

WHO_MAY_SAY_WHAT = "Skolen sier fra om fravær til koordinatoren. Politiet forteller hva de selv ser. Helse snakker bare med ungdommen."
SAID = (
    "Ungdommen fortalte at det går bedre på skolen, og at treningen er viktigst.",
    "Vi snakket om kveldene. Hjemmet og ungdommen er enige om innetid på hverdager.",
    "Målet om oppmøte er nådd tre av fire uker. Vi fortsetter som avtalt.",
    "Ungdommen ønsker færre møter. Vi ble enige om å møtes sjeldnere når skolen går greit.",
)
TASKS = (
    "Avtale plass på fritidsklubben.",
    "Ringe hjemmet etter første uke.",
    "Sende timeplanen til koordinatoren.",
    "Finne en voksen å trene sammen med.",
)
COMMENT = "Vi sa onsdag, ikke torsdag."
LOOKED_BACK = {
    "gjort": "Alle fikk sagt sitt.",
    "laert": "Det hjelper når ungdommen begynner.",
    "lurt": "Kortere møte neste gang.",
}
SHORT_OF_TIME = 6
"""The last figure of the cases in which the first meeting did not come to the tasks."""
CORRECTED = "Rettet: neste samtale er torsdag, ikke tirsdag."


def agenda(case: CaseStory, place: int) -> list[dict[str, str]]:
    """The items of a meeting; the group's first one gets "who may say what" by itself."""
    kinds = (AgendaItemKind.YOUTHS_OWN_WORDS, AgendaItemKind.TASKS) if is_first(case, place) else ()
    return [{"item_id": case.id("item", place, kind), "kind": kind} for kind in kinds]


def is_first(case: CaseStory, place: int) -> bool:
    """True for the first meeting of a case; every fifth case has none as early as the others."""
    return place == first_place(case)


def first_place(case: CaseStory) -> int:
    """The place of the first meeting."""
    return 1 if case.number % 5 == 2 else 0


def tasks_talked_of(case: CaseStory) -> int:
    """The place of the meeting that talks about the tasks: the first, or where time was short, the one after."""
    return first_place(case) + (1 if case.number % 10 == SHORT_OF_TIME else 0)


def told(case: CaseStory, place: int, meeting_id: str, at: datetime, group: list[Person]) -> Iterator[Asked]:
    """The outcomes, the minutes and the tasks of a meeting, written up at `at`."""
    first = is_first(case, place)
    if first:
        yield from who_may_say_what(case, meeting_id, at)
        own = case.id("item", place, AgendaItemKind.YOUTHS_OWN_WORDS)
        yield settled(case, at + timedelta(minutes=1), meeting_id, own)
    if place == tasks_talked_of(case):
        item = case.id("item", first_place(case), AgendaItemKind.TASKS)
        yield settled(case, at + timedelta(minutes=1), meeting_id, item)
    words = case.id("minutes", place)
    yield deposited(case, at, words, SAID[(case.number + place) % len(SAID)])
    path = f"/meetings/{meeting_id}/minutes"
    yield case.ask(at + timedelta(minutes=2), case.lead, "network", path, text_refs=[words])
    yield from _issued(case, place, meeting_id, at + timedelta(minutes=10), group)
    if case.number % 8 == 1 and first:
        yield from _corrected(case, path, at + timedelta(days=2))
    if first and case.number % 4 == 1:
        yield from _looked_back(case, meeting_id, at + timedelta(hours=1))
    yield from _commented(case, path, at + timedelta(days=3), first=first)
    confirmed_at = case.at(at.date() + timedelta(days=6), hour=11)
    yield case.ask(confirmed_at, case.lead, "network", f"{path}/confirmed", comments_considered=True)


def _issued(
    case: CaseStory, place: int, meeting_id: str, at: datetime, group: list[Person]
) -> Iterator[Asked]:
    """Every third meeting has a task; of the others it is said that they have none."""
    receivers = [case.lead.person_id, case.youth.person_id, *(member.person_id for member in group)]
    path = f"/meetings/{meeting_id}/minutes/issued"
    if place % 3 != 0 or not group:
        yield case.ask(at, case.lead, "network", path, receivers=receivers, no_tasks=True)
        return
    task_id, ref = case.id("task", place), case.id("task-words", place)
    owner = group[place % len(group)]
    due_on = at.date() + timedelta(days=12)
    yield deposited(case, at - timedelta(minutes=1), ref, TASKS[(case.number + place) % len(TASKS)])
    task: dict[str, Any] = {
        "task_id": task_id,
        "owner_id": owner.person_id,
        "due_on": due_on.isoformat(),
        "text_ref": ref,
    }
    yield case.ask(at, case.lead, "network", path, receivers=receivers, tasks=[task])
    yield from _task(case, place, task_id, owner, at)


def _task(case: CaseStory, place: int, task_id: str, owner: Person, at: datetime) -> Iterator[Asked]:
    """Mostly done in time; some late, some not done, and now and then one that still waits."""
    way = (case.number * 3 + place) % 10
    if way == 9 and at.date() > case.today - timedelta(days=35):
        return
    days = 15 if way >= 8 else 8
    ended_at = case.at(at.date() + timedelta(days=days), hour=13)
    if way < 3:
        yield case.ask(
            case.at(at.date() + timedelta(days=4), hour=9), owner, "network", f"/tasks/{task_id}/started"
        )
    if way == 4:  # the lead takes it over
        later = (at.date() + timedelta(days=20)).isoformat()
        taken = {"to_id": case.lead.person_id, "due_on": later}
        yield case.ask(
            ended_at - timedelta(days=1), case.lead, "network", f"/tasks/{task_id}/reassigned", **taken
        )
    if way == 5:
        path = f"/tasks/{task_id}/cancelled"
        yield case.ask(ended_at, case.lead, "network", path, reason=TaskReason.NOT_NEEDED)
        return
    if way == 7:
        path = f"/tasks/{task_id}/not-done"
        yield case.ask(ended_at, case.lead, "network", path, reason=TaskReason.NO_CAPACITY)
    else:
        yield case.ask(ended_at, case.lead, "network", f"/tasks/{task_id}/completed", seen_version=None)


def _looked_back(case: CaseStory, meeting_id: str, at: datetime) -> Iterator[Asked]:
    """Done, learnt, smart, after the first meeting of some cases."""
    ref = case.id("looked back")
    named = {"case_id": case.case_id, "about_id": case.youth.person_id, "category": "CASE_STATUS"}
    yield case.ask(at, case.lead, "sharing", "/deposits", ref=ref, **named, content=LOOKED_BACK, kind="TEXT")
    path = f"/meetings/{meeting_id}/looked-back-on"
    yield case.ask(at + timedelta(minutes=1), case.lead, "network", path, text_ref=ref)


def _commented(case: CaseStory, path: str, at: datetime, *, first: bool) -> Iterator[Asked]:
    """The police have something to say to the first minutes of some cases."""
    if not first or case.number % 8 != 6:
        return
    ref = case.id("comment")
    yield deposited(case, at, ref, COMMENT)._replace(who=POLICE)
    comment = {"comment_id": case.id("comment of the police"), "person_id": POLICE.person_id}
    yield case.ask(at + timedelta(minutes=1), POLICE, "network", f"{path}/comments", **comment, text_ref=ref)


def _corrected(case: CaseStory, path: str, at: datetime) -> Iterator[Asked]:
    ref = case.id("minutes", "corrected")
    yield deposited(case, at, ref, CORRECTED)
    later = at + timedelta(minutes=3)
    yield case.ask(
        later,
        case.lead,
        "network",
        f"{path}/corrected",
        text_refs=[ref],
        reason=MinutesChange.WRONG_FACT,
    )


def who_may_say_what(case: CaseStory, meeting_id: str, at: datetime) -> Iterator[Asked]:
    """What the group agrees on in its first meeting, before any minutes; the fixed item has the meeting's own id."""
    ref = case.id("who-may-say-what")
    yield deposited(case, at, ref, WHO_MAY_SAY_WHAT)
    yield settled(case, at, meeting_id, meeting_id, ref)


def settled(case: CaseStory, at: datetime, meeting_id: str, item_id: str, ref: str | None = None) -> Asked:
    """What came of an item of the agenda: agreed on, where there are words of it."""
    outcome = AgendaOutcome.AGREED if ref else AgendaOutcome.TALKED_ABOUT
    path = f"/meetings/{meeting_id}/agenda/settled"
    body: dict[str, Any] = {"item_id": item_id, "outcome": outcome}
    return case.ask(at, case.lead, "network", path, **body, **({"text_ref": ref} if ref else {}))


def deposited(case: CaseStory, at: datetime, ref: str, text: str) -> Asked:
    """A text of the group's to the vault."""
    return case.ask(
        at,
        case.lead,
        "sharing",
        "/deposits",
        ref=ref,
        case_id=case.case_id,
        about_id=case.youth.person_id,
        category="CASE_STATUS",
        content={"text": text},
        kind="TEXT",
    )
