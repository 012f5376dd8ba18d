"""Access to content as lines of the Common Event Format, for the log collectors of public bodies: a line for each person about whom
somebody asked. Pseudonyms and codes. Pure.

The shape is the one that NAV's playbook for access logs asks for: signature `audit:access`, severity INFO, and WARN where an
address-protected person's content was opened; `suid` who asked, `duid` about whom, `end` in milliseconds, `flexString1` the decision.
A name that stood in somebody's list is no access to the case and gives no line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from schemas.codes import Outcome, Purpose
from services.audit.domain.openings import TO_ARCHIVE, Asked

VERSION = "1"


def access_lines(asked: Iterable[Asked]) -> Iterator[str]:
    """A line for each person of each opening; the decisions of one opening follow each other in `asked`."""
    real = (one for one in asked if one.purpose != Purpose.CASE_LIST)
    for _, opening in groupby(real, key=lambda one: (one.partition, one.offset)):
        persons: dict[str | None, list[Asked]] = {}
        for one in opening:
            persons.setdefault(one.about_id, []).append(one)
        for about_id, about in persons.items():
            yield _line(about_id, about)


def _line(about_id: str | None, about: Sequence[Asked]) -> str:
    first, permitted = about[0], [one for one in about if one.outcome == Outcome.PERMIT]
    to_archive = first.purpose == TO_ARCHIVE
    warned = any(one.protection is not None for one in permitted)
    head = (
        "CEF:0",
        "Felles ansvar",
        "felles-audit",
        VERSION,
        "audit:access",
        "Felles ansvar: access to content",
    )
    fields = {
        "suid": first.person_id,
        "duid": about_id,
        "end": str(int(first.at.timestamp() * 1000)),
        "msg": _said(about, permitted),
        "request": f"/cases/{first.case_id}/{'archive-packages' if to_archive else 'open'}",
        "requestMethod": "POST",
        "sproc": first.opening_id or f"{first.partition}/{first.offset}",
        "dproc": first.purpose,
        "flexString1Label": "Decision",
        "flexString1": "Permit" if permitted else "Deny",
        "flexString2Label": "Agency",
        "flexString2": first.agency,
        "cs1Label": "Case",
        "cs1": first.case_id,
        "cs2Label": "Basis",
        "cs2": _codes(one.basis for one in permitted) if permitted else _codes(one.reason for one in about),
        "externalId": f"{first.partition}/{first.offset}",
    }
    told = " ".join(f"{name}={_extension(value)}" for name, value in fields.items() if value)
    return "|".join((*map(_header, head), "WARN" if warned else "INFO", told))


def _said(about: Sequence[Asked], permitted: Sequence[Asked]) -> str:
    """How many of the texts were opened, and what they are about, in codes."""
    if about[0].purpose == TO_ARCHIVE:
        return f"{about[0].pieces} documents handed out to the archive"
    shown = permitted or about
    what = f"{len(permitted)} of {len(about)} opened"
    categories = _codes(one.category for one in shown)
    return f"{what}: {categories}" if categories else what


def _codes(codes: Iterable[str | None]) -> str:
    return " ".join(sorted({code for code in codes if code}))


def _header(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _extension(text: str) -> str:
    return text.replace("\\", "\\\\").replace("=", "\\=").replace("\r", "\\r").replace("\n", "\\n")
