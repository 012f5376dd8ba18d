"""Tasks: given to somebody around the youth, begun, done or not, handed on, called off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from schemas.codes import TaskReason
from services.portal.command_form import Area, CommandForm, Target, Who, permitted
from services.portal.domain.sections.tasks import CaseTask, TasksOfCase, TaskState
from services.portal.form_fields import Choice, Day, Person, Situation, Text
from services.portal.texts import N_

WHY_NOT = (TaskReason.NO_CAPACITY, TaskReason.NOT_POSSIBLE, TaskReason.YOUTHS_WISH, TaskReason.OWNER_LEFT)
PROPOSED_TIME = timedelta(days=14)


def waiting(
    which: Callable[[CaseTask], bool] = lambda _: True, *, own: bool
) -> Callable[[Situation], Sequence[Target]]:
    """The tasks that wait, as targets; the visitor's own only, unless they lead the case. `own` lets owners in at all."""

    def targets(situation: Situation) -> list[Target]:
        me, leads = situation.visitor.person_id, permitted(Who.LEAD, situation)
        return [
            Target(one.task_id, label(situation, one), one.version)
            for one in situation.view.section(TasksOfCase).waiting
            if which(one) and (leads or (own and one.owner_id == me))
        ]

    return targets


def label(situation: Situation, task: CaseTask) -> str:
    """A task without its words, which lie in the vault: whose it is and until when."""
    t = situation.t
    return t("%(owner)s, frist %(day)s", owner=situation.name_of(task.owner_id), day=t.day(task.due_on))


def in_two_weeks(situation: Situation) -> str:
    """A date to begin with."""
    return (situation.today + PROPOSED_TIME).isoformat()


def owner_now(situation: Situation) -> str | None:
    """Who has the task."""
    task = situation.view.section(TasksOfCase).task(situation.target)
    return task.owner_id if task else None


def due_now(situation: Situation) -> str | None:
    """Until when the task is."""
    task = situation.view.section(TasksOfCase).task(situation.target)
    return task.due_on.isoformat() if task else None


FORMS = (
    CommandForm(
        slug="ny-oppgave",
        title=N_("Gi en oppgave"),
        lead=N_("Hver oppgave har én ansvarlig og en frist. Den som får den, får et varsel."),
        area=Area.TASKS,
        who=Who.LEAD,
        service="network",
        path="/cases/{case_id}/tasks",
        offered=lambda situation: bool(situation.view.group_id) and situation.view.closed_on is None,
        ids=("task_id",),
        fields=(
            Text("text_ref", N_("Hva skal gjøres?"), rows=2, longest=500),
            Person("owner_id", N_("Hvem har ansvaret?")),
            Day("due_on", N_("Frist"), proposed=in_two_weeks),
        ),
        button=N_("Gi oppgaven"),
        note=N_("Oppgaven er gitt."),
    ),
    CommandForm(
        slug="begynn-oppgave",
        title=N_("Jeg er i gang"),
        lead=N_("De andre ser at du har begynt."),
        area=Area.TASKS,
        who=Who.MEMBER,
        service="network",
        path="/tasks/{target}/started",
        targets=waiting(lambda one: one.state is TaskState.OPEN, own=True),
        button=N_("Jeg er i gang"),
        note=N_("Oppgaven er påbegynt."),
    ),
    CommandForm(
        slug="oppgave-gjort",
        title=N_("Oppgaven er gjort"),
        lead=N_("Da er dere ferdige med den."),
        area=Area.TASKS,
        who=Who.MEMBER,
        service="network",
        path="/tasks/{target}/completed",
        targets=waiting(own=True),
        button=N_("Oppgaven er gjort"),
        note=N_("Oppgaven er gjort."),
    ),
    CommandForm(
        slug="oppgave-ikke-gjort",
        title=N_("Oppgaven ble ikke gjort"),
        lead=N_("Grunnen blir stående. Er det en etat som ikke leverte, kan det meldes som avvik."),
        area=Area.TASKS,
        who=Who.MEMBER,
        service="network",
        path="/tasks/{target}/not-done",
        targets=waiting(own=True),
        fields=(Choice("reason", N_("Hvorfor ble den ikke gjort?"), lambda _: WHY_NOT),),
        button=N_("Lagre"),
        note=N_("Det er ført opp at oppgaven ikke ble gjort."),
    ),
    CommandForm(
        slug="oppgave-til-en-annen",
        title=N_("Gi oppgaven til en annen, eller en ny frist"),
        lead=N_("Både den som hadde oppgaven og den som får den, får et varsel."),
        area=Area.TASKS,
        who=Who.LEAD,
        service="network",
        path="/tasks/{target}/reassigned",
        targets=waiting(own=False),
        fields=(
            Person("to_id", N_("Hvem har ansvaret?"), proposed=owner_now),
            Day("due_on", N_("Frist"), proposed=due_now),
        ),
        places={"owner_id": "to_id"},
        button=N_("Lagre"),
        note=N_("Oppgaven er gitt videre."),
    ),
    CommandForm(
        slug="oppgave-trengs-ikke",
        title=N_("Oppgaven trengs ikke lenger"),
        lead=N_("Oppgaven blir stående, med grunnen til at den ikke trengs."),
        area=Area.TASKS,
        who=Who.LEAD,
        service="network",
        path="/tasks/{target}/cancelled",
        targets=waiting(own=False),
        fields=(Choice("reason", N_("Hvorfor trengs den ikke?"), TaskReason),),
        button=N_("Lagre"),
        note=N_("Oppgaven er avlyst."),
    ),
)
