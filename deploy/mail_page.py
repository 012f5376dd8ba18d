"""The mail catcher's pages, in bokmål: plain HTML without a script, everything from a message escaped."""

from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from html import escape
from zoneinfo import ZoneInfo

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
OSLO = ZoneInfo("Europe/Oslo")
SHOWN_HEADERS = {"From": "Fra", "To": "Til", "Subject": "Emne", "Date": "Dato", "Message-ID": "Meldings-ID"}
STYLE = """
body { font: 1.125rem/1.5 Inter, system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
       color: #1e2b3c; background: #fff }
a { color: #0062ba } a:focus-visible { outline: 3px solid #1e2b3c; outline-offset: 2px }
table { border-collapse: collapse; width: 100% } caption { text-align: left; padding-bottom: .5rem }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; vertical-align: top;
         border-bottom: 1px solid #68707c }
dt { font-weight: 600 } dd { margin: 0 0 .5rem }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f5f6; padding: 1rem }
"""


def listing(messages: Iterable[tuple[int, float, EmailMessage]]) -> str:
    """All messages in a table, the newest first."""
    rows = "".join(
        f'<tr><td><a href="/{number}">{_header(message, "Subject") or "(uten emne)"}</a></td>'
        f"<td>{_header(message, 'To')}</td><td>{_moment(came)}</td></tr>"
        for number, came, message in messages
    )
    table = (
        "<table><caption>Nyeste først. Ingen av dem er sendt videre.</caption><thead><tr>"
        '<th scope="col">Emne</th><th scope="col">Til</th><th scope="col">Kom</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    nothing = "<p>Ingen e-post er sendt ennå.</p>"
    again = '<p><a href="/">Hent på nytt</a></p>'
    return _page("E-post i demonstrasjonen", (table if rows else nothing) + again)


def message(came: float, content: EmailMessage) -> str:
    """One message: its headers, its text, and each attachment as text."""
    headers = "".join(
        f"<dt>{label}</dt><dd>{_header(content, name)}</dd>" for name, label in SHOWN_HEADERS.items()
    )
    parts = "".join(
        f"<h2>{escape(_title(part))}</h2><pre>{escape(_text(part))}</pre>"
        for part in content.walk()
        if not part.is_multipart()
    )
    back = '<p><a href="/">Alle meldinger</a></p>'
    subject = str(content.get("Subject", "")) or "(uten emne)"
    return _page(subject, f"{back}<dl>{headers}<dt>Kom</dt><dd>{_moment(came)}</dd></dl>{parts}{back}")


def not_found() -> str:
    """The page for an address that shows nothing."""
    return _page(
        "Finnes ikke", '<p>Meldingen finnes ikke, eller er slettet.</p><p><a href="/">Alle meldinger</a></p>'
    )


def _page(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )


def _header(content: EmailMessage, name: str) -> str:
    return escape(str(content.get(name, "")))


def _moment(came: float) -> str:
    when = datetime.fromtimestamp(came, OSLO)
    return f'<time datetime="{when.isoformat(timespec="seconds")}">{when:%d.%m.%Y kl. %H.%M.%S}</time>'


def _title(part: EmailMessage) -> str:
    name = part.get_filename()
    if name:
        return f"Vedlegg: {name} ({part.get_content_type()})"
    return {"text/plain": "Tekst", "text/html": "Tekst som HTML-kode"}.get(
        part.get_content_type(), f"Del: {part.get_content_type()}"
    )


def _text(part: EmailMessage) -> str:
    """The content as text; what is no text is not shown."""
    if part.get_content_maintype() != "text":
        return "(vises ikke: er ikke tekst)"
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:  # a character set that nobody knows
        return content.decode("utf-8", errors="replace")
