"""Meetings that have been called: answered, moved, cancelled, their agenda, an interpreter; and their minutes once they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from schemas.codes import (
    AgendaItemKind,
    AgendaOutcome,
    CancelReason,
    Category,
    InterpreterRefusal,
    Reply,
)
from schemas.local_time import OSLO, local_date
from services.portal.command_form import Area, CommandForm, Target, Who, permitted
from services.portal.domain.case_view import Meeting
from services.portal.domain.sections.minutes import Minutes, MinutesOfCase
from services.portal.form_fields import (
    Choice,
    Day,
    DayTime,
    Number,
    Option,
    Person,
    Persons,
    Pick,
    Picks,
    Rows,
    Situation,
    Text,
    YesNo,
    blank_rows,
)
from services.portal.texts import N_
from services.portal.words import word

ITEMS = tuple(kind for kind in AgendaItemKind if kind is not AgendaItemKind.WHO_MAY_SAY_WHAT)
OUTCOMES_OF_FIXED = (AgendaOutcome.AGREED, AgendaOutcome.AGREED_IN_PART, AgendaOutcome.NOT_AGREED)
TASK_ROWS = 5


def label(situation: Situation, meeting: Meeting) -> str:
    """A meeting by its kind and day."""
    t = situation.t
    day = meeting.held_on or (local_date(meeting.starts_at) if meeting.starts_at else None)
    return f"{t(word(meeting.kind))}, {t.day(day)}" if day else t(word(meeting.kind))


def those(which: Callable[[Meeting], bool]) -> Callable[[Situation], Sequence[Target]]:
    """The meetings of the case that are so, the newest first, as targets."""

    def targets(situation: Situation) -> list[Target]:
        return [
            Target(one.meeting_id, label(situation, one), one.version)
            for one in reversed(situation.view.meetings)
            if which(one)
        ]

    return targets


def called(meeting: Meeting) -> bool:
    """While it is neither held nor cancelled."""
    return meeting.waits


def unsettled(meeting: Meeting) -> bool:
    """While something on the agenda of a held meeting has no outcome."""
    return meeting.held_on is not None and not meeting.minutes_issued and bool(meeting.open_items)


def where_invited(situation: Situation) -> list[Target]:
    """The called meetings that the visitor is invited to, without a version: an answer is never too late."""
    me = situation.visitor.person_id
    return [
        Target(one.meeting_id, label(situation, one))
        for one in situation.view.meetings
        if one.waits and me in one.invited
    ]


def without_log_in(situation: Situation) -> list[Option]:
    """Those invited who answer in person or on paper."""
    meeting = situation.view.meeting(situation.target)
    members = {one.person_id: one for one in situation.view.told_members if one.has_no_log_in}
    return [(one, situation.name_of(one)) for one in (meeting.invited if meeting else ()) if one in members]


def for_others(situation: Situation) -> list[Target]:
    """The called meetings to which somebody without a log-in is invited."""
    outside = {one.person_id for one in situation.view.told_members if one.has_no_log_in}
    return [
        Target(one.meeting_id, label(situation, one))
        for one in situation.view.meetings
        if one.waits and outside & set(one.invited)
    ]


def invited(situation: Situation) -> list[Option]:
    """Those invited to the meeting."""
    meeting = situation.view.meeting(situation.target)
    return [(one, situation.name_of(one)) for one in (meeting.invited if meeting else ())]


def open_items(situation: Situation) -> list[Option]:
    """What waits for its outcome."""
    meeting = situation.view.meeting(situation.target)
    items = meeting.open_items if meeting else ()
    kinds = [item.kind for item in items]
    return [
        (
            item.item_id,
            situation.t(word(item.kind))
            + (f" ({1 + kinds[:place].count(item.kind)})" if kinds.count(item.kind) > 1 else ""),
        )
        for place, item in enumerate(items)
    ]


def first_open(situation: Situation) -> str | None:
    """The first of them."""
    found = open_items(situation)
    return found[0][0] if found else None


def starts_now(situation: Situation) -> str | None:
    """When the meeting is, as one writes it."""
    meeting = situation.view.meeting(situation.target)
    if meeting is None or meeting.starts_at is None:
        return None
    return meeting.starts_at.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")


def minutes_now(situation: Situation) -> str | None:
    """How long it is."""
    meeting = situation.view.meeting(situation.target)
    if meeting is None or meeting.starts_at is None or meeting.ends_at is None:
        return None
    return str(int((meeting.ends_at - meeting.starts_at).total_seconds() // 60))


def minutes_that(
    which: Callable[[Situation, Minutes], bool], *, versioned: bool = True
) -> Callable[[Situation], Sequence[Target]]:
    """The meetings whose minutes are so; not `versioned` for what is never too late to say."""

    def targets(situation: Situation) -> list[Target]:
        found = []
        for one in reversed(situation.view.section(MinutesOfCase).minutes):
            meeting = situation.view.meeting(one.meeting_id)
            if meeting is not None and which(situation, one):
                seen = one.version if versioned else None
                found.append(Target(one.meeting_id, label(situation, meeting), seen))
        return found

    return targets


def received_by(situation: Situation) -> list[Option]:
    """Those who got the minutes: oneself, and for those who lead the ones without a log-in too."""
    minutes = situation.view.section(MinutesOfCase).of(situation.target)
    me = situation.visitor.person_id
    outside = {one.person_id for one in situation.view.told_members if one.has_no_log_in}
    leads = permitted(Who.LEADING, situation)
    return [
        (one, situation.name_of(one))
        for one in (minutes.receivers if minutes else ())
        if one == me or (leads and one in outside)
    ]


def me_if_received(situation: Situation) -> str | None:
    """Oneself, when one got them."""
    options = [person for person, _ in received_by(situation)]
    return situation.visitor.person_id if situation.visitor.person_id in options else None


def may_comment(situation: Situation, minutes: Minutes) -> bool:
    """While the minutes are out and not confirmed, for those who got them or who lead."""
    mine = situation.visitor.person_id in minutes.receivers or permitted(Who.LEADING, situation)
    return minutes.issued and minutes.confirmed_on is None and mine


def comments_wait(situation: Situation) -> bool:
    """True while somebody has said something to the version that counts."""
    minutes = situation.view.section(MinutesOfCase).of(situation.target)
    return minutes is not None and bool(minutes.waiting_comments)


def everybody_there(situation: Situation) -> list[str]:
    """Those who were invited or there, and are still in the group."""
    meeting = situation.view.meeting(situation.target)
    if meeting is None:
        return []
    there = {*meeting.invited, *meeting.present}
    return [one.person_id for one in situation.view.told_members if one.person_id in there]


def me(situation: Situation) -> str:
    """Who fills the form in."""
    return situation.visitor.person_id


MEETING: dict[str, Any] = {"area": Area.MEETINGS, "service": "network"}

FORMS = (
    CommandForm(
        slug="svar-pa-innkalling",
        title=N_("Svar på innkallingen"),
        lead=N_("Den som leder saken, ser svaret."),
        who=Who.MEMBER,
        path="/meetings/{target}/replies",
        targets=where_invited,
        fixed={"person_id": me},
        fields=(Choice("answer", N_("Kommer du?"), Reply),),
        button=N_("Send svaret"),
        note=N_("Svaret er sendt."),
        **MEETING,
    ),
    CommandForm(
        slug="svar-for-en-annen",
        title=N_("Før svaret til en som ikke har innlogging"),
        lead=N_("Ungdommen og de foresatte svarer deg muntlig eller på papir."),
        who=Who.LEADING,
        path="/meetings/{target}/replies",
        targets=for_others,
        fields=(
            Pick("person_id", N_("Hvem svarte?"), without_log_in),
            Choice("answer", N_("Hva svarte de?"), Reply),
        ),
        places={"reply": "answer"},
        button=N_("Lagre"),
        note=N_("Svaret er ført."),
        **MEETING,
    ),
    CommandForm(
        slug="flytt-mote",
        title=N_("Flytt møtet"),
        lead=N_("De inviterte får varsel, og møtet flyttes i kalenderen deres. Alle svarer på nytt."),
        who=Who.LEADING,
        path="/meetings/{target}/moved",
        targets=those(called),
        fields=(
            DayTime("starts_local", N_("Ny dag og nytt klokkeslett"), proposed=starts_now),
            Number("minutes", N_("Minutter"), least=10, most=480, proposed=minutes_now),
            Choice("reason", N_("Hvorfor flyttes det?"), CancelReason),
        ),
        note=N_("Møtet er flyttet, og de inviterte får varsel."),
        **MEETING,
    ),
    CommandForm(
        slug="avlys-mote",
        title=N_("Avlys møtet"),
        lead=N_(
            "De inviterte får varsel, og møtet tas ut av kalenderen deres. Fristen for neste møte løper videre."
        ),
        who=Who.LEADING,
        path="/meetings/{target}/cancelled",
        targets=those(called),
        fields=(Choice("reason", N_("Hvorfor avlyses det?"), CancelReason),),
        note=N_("Møtet er avlyst, og de inviterte får varsel."),
        **MEETING,
    ),
    CommandForm(
        slug="ny-sak-pa-sakslisten",
        title=N_("Sett en sak på sakslisten"),
        lead=N_("Alle i gruppen kan foreslå saker fram til møtet."),
        who=Who.MEMBER,
        path="/meetings/{target}/agenda",
        targets=those(called),
        ids=("item_id",),
        fields=(
            Choice("kind", N_("Hva gjelder den?"), lambda _: ITEMS),
            Text("text_ref", N_("Saken"), optional=True, rows=2, longest=500),
        ),
        button=N_("Sett på sakslisten"),
        note=N_("Saken står på sakslisten."),
        **MEETING,
    ),
    CommandForm(
        slug="utfall-av-sak",
        title=N_("Før opp utfallet av en sak"),
        lead=N_(
            "På gruppens første møte snakker dere om hvem som kan si hva. Utfallet må føres før referatet sendes ut."
        ),
        who=Who.LEADING,
        path="/meetings/{target}/agenda/settled",
        targets=those(unsettled),
        fields=(
            Pick("item_id", N_("Hvilken sak?"), open_items, proposed=first_open),
            Choice("outcome", N_("Hva ble utfallet?"), AgendaOutcome),
            Text(
                "text_ref",
                N_("Hva kom dere fram til?"),
                optional=True,
                help=N_("Må fylles ut for saken «Hvem kan si hva»."),
            ),
        ),
        button=N_("Lagre utfallet"),
        note=N_("Utfallet er ført opp."),
        **MEETING,
    ),
    CommandForm(
        slug="trenger-tolk",
        title=N_("Noen trenger tolk"),
        lead=N_("Ungdommen og familien tolker aldri for hverandre. Tolken bestilles i god tid."),
        who=Who.LEADING,
        path="/meetings/{target}/interpreter",
        targets=those(lambda one: one.waits and not one.interpreted),
        fields=(
            Picks("person_ids", N_("Hvem trenger tolk?"), invited),
            Text(
                "language_ref",
                N_("Språk"),
                optional=True,
                rows=1,
                longest=100,
                category=Category.LANGUAGE_ETHNICITY,
            ),
        ),
        button=N_("Lagre"),
        note=N_("Det er meldt at noen trenger tolk."),
        **MEETING,
    ),
    CommandForm(
        slug="tolk-bestilt",
        title=N_("Tolken er bestilt"),
        lead=N_("Da er fristen for å bestille tolk holdt."),
        who=Who.LEADING,
        path="/meetings/{target}/interpreter/booked",
        targets=those(lambda one: one.waits and bool(one.interpreted) and one.interpreter_comes is None),
        note=N_("Tolken er bestilt."),
        **MEETING,
    ),
    CommandForm(
        slug="ingen-tolk",
        title=N_("Det kommer ikke tolk"),
        lead=N_("Uten tolk bør møtet flyttes. Grunnen blir stående."),
        who=Who.LEADING,
        path="/meetings/{target}/interpreter/declined",
        targets=those(lambda one: one.waits and bool(one.interpreted) and one.interpreter_comes is None),
        fields=(Choice("reason", N_("Hvorfor ikke?"), InterpreterRefusal),),
        button=N_("Lagre"),
        note=N_("Det er ført opp at det ikke kommer tolk."),
        **MEETING,
    ),
    CommandForm(
        slug="send-ut-referat",
        title=N_("Send ut referatet"),
        lead=N_(
            "Et referat som er sendt ut, kan ikke endres, bare rettes med en ny versjon. Det har oppgaver med én ansvarlig og en frist, eller sier uttrykkelig at det ikke ble noen."
        ),
        who=Who.LEADING,
        path="/meetings/{target}/minutes/issued",
        targets=minutes_that(lambda _, one: not one.issued),
        fields=(
            Persons("receivers", N_("Hvem skal ha det?"), proposed=everybody_there),
            Rows(
                "tasks",
                N_("Oppgaver fra møtet"),
                (
                    Text("text_ref", N_("Hva skal gjøres?"), rows=2, longest=500),
                    Person("owner_id", N_("Hvem har ansvaret?")),
                    Day("due_on", N_("Frist")),
                ),
                blank_rows(TASK_ROWS, N_("Oppgave %(number)s")),
                ids=("task_id",),
                optional=True,
            ),
            YesNo("no_tasks", N_("Ble det ingen oppgaver?"), optional=True),
        ),
        note=N_("Referatet er sendt ut."),
        **MEETING,
    ),
    CommandForm(
        slug="merknad-til-referat",
        title=N_("Merknad til referatet"),
        lead=N_("Er noe feil eller utelatt, skriver du det her. Den som leder saken, vurderer det."),
        who=Who.MEMBER,
        path="/meetings/{target}/minutes/comments",
        targets=minutes_that(may_comment, versioned=False),
        ids=("comment_id",),
        fields=(
            Pick("person_id", N_("Hvem har merknaden?"), received_by, proposed=me_if_received),
            Text("text_ref", N_("Merknaden")),
        ),
        button=N_("Send merknaden"),
        note=N_("Merknaden er sendt."),
        **MEETING,
    ),
    CommandForm(
        slug="godkjenn-referat",
        title=N_("Godkjenn referatet"),
        lead=N_("Referatet er riktig slik det står."),
        who=Who.LEADING,
        path="/meetings/{target}/minutes/confirmed",
        targets=minutes_that(lambda _, one: one.issued and one.confirmed_on is None),
        fields=(YesNo("comments_considered", N_("Er merknadene vurdert?"), when=comments_wait),),
        note=N_("Referatet er godkjent."),
        **MEETING,
    ),
)
