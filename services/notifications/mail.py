"""A mail as bytes: neutral words, and for a meeting a calendar entry that says nothing but when."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from backbone.clock import derived_id
from services.notifications.domain.case import Invitation
from services.notifications.domain.words import MEETING, Letter


def message_id(notice_id: str, sender: str) -> str:
    """The Message-ID of the mail about a notice: the same however often it is sent."""
    return f"<{derived_id('mail', notice_id)}@{sender.rpartition('@')[2]}>"


def compose(
    letter: Letter,
    *,
    notice_id: str,
    sender: str,
    receiver: str,
    dated: datetime,
    calendar: bytes | None,
    method: str = "REQUEST",
) -> bytes:
    """The mail as it goes to the server; `method` is what the calendar entry asks of a calendar."""
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message_id(notice_id, sender)
    mail["Date"] = format_datetime(dated)
    mail["From"], mail["To"], mail["Subject"] = sender, receiver, letter.subject
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    if calendar is not None:
        mail.add_attachment(
            calendar,
            maintype="text",
            subtype="calendar",
            cte="base64",
            params={"method": method, "charset": "utf-8"},
            filename="invite.ics" if method == "REQUEST" else "cancel.ics",
        )
    return mail.as_bytes()


def method_of(invitation: Invitation) -> str:
    """What an invitation asks of a calendar (RFC 5546): to take the entry in or bring it up to date, or to take it out."""
    return "CANCEL" if invitation.cancelled else "REQUEST"


def calendar_entry(invitation: Invitation, *, person_id: str, sender: str, stamped: datetime) -> bytes:
    """The invitation (RFC 5545 and 5546): one id per meeting and person, a sequence that grows, private, titled "Møte", nobody and no place named.

    The organizer is the system's own address, which calendars ask for; there are no attendees.
    """
    zone = ZoneInfo(invitation.zone)
    entry = Event()
    entry.add("uid", derived_id("invitation", invitation.meeting_id, person_id))
    entry.add("dtstamp", stamped)
    entry.add("dtstart", invitation.starts_at.astimezone(zone))
    entry.add("dtend", invitation.ends_at.astimezone(zone))
    entry.add("sequence", invitation.sequence)
    entry.add("summary", MEETING)
    entry.add("class", "PRIVATE")
    entry.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    entry.add("organizer", vCalAddress(f"mailto:{sender}"))
    calendar = Calendar()
    calendar.add("prodid", "-//Kalender//NO")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(invitation))
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
