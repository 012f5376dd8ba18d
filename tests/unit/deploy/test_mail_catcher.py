"""The demo's mail catcher takes messages, keeps the last ones, and shows them as text."""

import http.client
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from deploy.local import ports
from deploy.mail_catcher import Mailbox, MailCatcher


class Post:
    """A running catcher: send to it, look at its page."""

    def __init__(self, smtp_port: int, page_port: int) -> None:
        self._smtp_port = smtp_port
        self._page_port = page_port

    def send(self, message: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", self._smtp_port) as connection:
            connection.send_message(message)

    def look(self, path: str = "/") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._page_port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    (smtp_port,) = ports.any_free_ports(1)
    catcher = MailCatcher(Mailbox(tmp_path, most=3), host="127.0.0.1", smtp_port=smtp_port, page_port=0)
    catcher.start()
    yield Post(smtp_port, catcher.page_port)
    catcher.stop()


def a_message(*, subject: str = "Innkalling til møte", text: str = "Du er innkalt.\n") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "fra@example.org", "til@example.org"
    message.set_content(text)
    return message


def test_an_empty_catcher_says_so(post: Post) -> None:
    status, page = post.look()
    assert status == 200
    assert "Ingen e-post er sendt ennå." in page
    assert '<html lang="nb">' in page


def test_a_message_is_listed_with_subject_and_receiver_and_can_be_opened(post: Post) -> None:
    post.send(a_message())
    _, listing = post.look()
    assert '<a href="/1">Innkalling til møte</a>' in listing
    assert "til@example.org" in listing
    status, page = post.look("/1")
    assert status == 200
    assert "Du er innkalt." in page


def test_a_calendar_invitation_is_shown_as_text(post: Post) -> None:
    message = a_message()
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="møte.ics")
    post.send(message)
    _, page = post.look("/1")
    assert "Vedlegg: møte.ics (text/calendar)" in page
    assert "BEGIN:VCALENDAR" in page


def test_what_is_in_a_message_is_shown_and_not_run(post: Post) -> None:
    post.send(a_message(subject="<script>alert(1)</script>", text="<img src=x onerror=alert(2)>\n"))
    for path in ("/", "/1"):
        _, page = post.look(path)
        assert "<script>" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


def test_only_the_last_messages_are_kept_the_newest_first(post: Post) -> None:
    for number in range(1, 6):
        post.send(a_message(subject=f"Melding {number}"))
    _, listing = post.look()
    assert [number for number in range(1, 6) if f"Melding {number}<" in listing] == [3, 4, 5]
    assert listing.index("Melding 5<") < listing.index("Melding 3<")
    assert post.look("/1")[0] == 404


@pytest.mark.parametrize("path", ["/9", "/../../etc/passwd", "/1.eml", "/%2e%2e/", "/abc"])
def test_an_address_that_is_no_message_shows_nothing(post: Post, path: str) -> None:
    status, page = post.look(path)
    assert status == 404
    assert "Meldingen finnes ikke" in page


def test_messages_outlive_a_restart_and_their_numbers_go_on(tmp_path: Path) -> None:
    assert Mailbox(tmp_path).put(a_message().as_bytes()) == 1
    assert Mailbox(tmp_path).put(a_message().as_bytes()) == 2
    assert [number for number, _, _ in Mailbox(tmp_path).newest_first()] == [2, 1]
