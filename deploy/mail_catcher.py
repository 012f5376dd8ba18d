"""The demo's mail catcher: takes every message by SMTP, delivers none, and shows them on a page.

`python -m deploy.mail_catcher`, with FELLES_SMTP_PORT, FELLES_MAIL_PAGE_URL, FELLES_MAIL_FOLDER and, in
a container, FELLES_LISTEN_HOST. For demonstrations only: whoever reaches the page reads the messages.
"""

import os
import re
import signal
import threading
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy import mail_page

MOST_KEPT = 500
LARGEST_MESSAGE_BYTES = 10 * 1024 * 1024
_NUMBERED = re.compile(r"^/([0-9]{1,12})$")


class Mailbox:
    """Messages as files in one folder, numbered in the order they came; only the last ones are kept."""

    def __init__(self, folder: Path, *, most: int = MOST_KEPT) -> None:
        self._folder = folder
        self._most = most
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, content: bytes) -> int:
        """Keep a message; answers its number."""
        with self._lock:
            kept = sorted(self._folder.glob("*.eml"))
            number = int(kept[-1].stem) + 1 if kept else 1
            half = self._folder / f"{number}.half"
            half.write_bytes(content)
            half.replace(self._path(number))
            for old in kept[: max(0, len(kept) + 1 - self._most)]:
                old.unlink()
            return number

    def newest_first(self) -> Iterator[tuple[int, float, EmailMessage]]:
        """Number, when it came (seconds since 1970) and the message, of each that is kept."""
        for path in sorted(self._folder.glob("*.eml"), reverse=True):
            found = self.get(int(path.stem))
            if found:
                yield int(path.stem), *found

    def get(self, number: int) -> tuple[float, EmailMessage] | None:
        """When the message came, and the message; None when it is not (or no longer) there."""
        path = self._path(number)
        try:
            came = path.stat().st_mtime
            return came, BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
        except FileNotFoundError:
            return None

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:012d}.eml"


class _Inlet:
    """What aiosmtpd calls when a message is there."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        self._mailbox.put(content.encode() if isinstance(content, str) else content)
        return "250 Kept for the demonstration"


class MailCatcher:
    """The SMTP inlet and the page, each on a thread of its own; port 0 lets the system pick."""

    def __init__(self, mailbox: Mailbox, *, host: str, smtp_port: int, page_port: int) -> None:
        self._page = _PageServer(mailbox, host=host, port=page_port)
        self._inlet = Controller(
            _Inlet(mailbox), hostname=host, port=smtp_port, data_size_limit=LARGEST_MESSAGE_BYTES
        )

    def start(self) -> None:
        """Take messages and show them from now on."""
        self._inlet.start()
        threading.Thread(target=self._page.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Close both ports."""
        self._inlet.stop()
        self._page.shutdown()
        self._page.server_close()

    @property
    def page_port(self) -> int:
        """The port that the page is on."""
        return int(self._page.server_address[1])


class _PageServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, mailbox: Mailbox, *, host: str, port: int) -> None:
        self.mailbox = mailbox
        super().__init__((host, port), _Pages)


class _Pages(BaseHTTPRequestHandler):
    server: _PageServer
    server_version = "mail-catcher"
    sys_version = ""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        number = _NUMBERED.match(path)
        if path == "/":
            self._answer(HTTPStatus.OK, mail_page.listing(list(self.server.mailbox.newest_first())))
        elif path == "/health/ready":
            self._answer(HTTPStatus.OK, "ok\n", kind="text/plain")
        elif number and (found := self.server.mailbox.get(int(number[1]))):
            self._answer(HTTPStatus.OK, mail_page.message(*found))
        else:
            self._answer(HTTPStatus.NOT_FOUND, mail_page.not_found())

    def _answer(self, status: HTTPStatus, text: str, *, kind: str = "text/html") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", mail_page.CONTENT_SECURITY_POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: who looks at which message is nobody's business."""


def main() -> int:
    """Run until SIGTERM or SIGINT."""
    catcher = MailCatcher(
        Mailbox(Path(os.environ.get("FELLES_MAIL_FOLDER", ".local/mail"))),
        host=os.environ.get("FELLES_LISTEN_HOST", "127.0.0.1"),
        smtp_port=int(os.environ.get("FELLES_SMTP_PORT", "8125")),
        page_port=urlsplit(os.environ.get("FELLES_MAIL_PAGE_URL", "")).port or 8126,
    )
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    catcher.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    catcher.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
