"""Parts of the view of a case that each keep their own module here: what they know, and what each event changes in it.

A module has a frozen struct whose fields all have defaults, and `SECTION = Section(ThatStruct, {EventClass: change, …})`, where
`change(state, event, fact)` gives the state that follows. The view hands it out as `view.section(ThatStruct)`, and the case page
shows templates/sections/<name of the module>.html when there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import msgspec

from schemas.event import Event
from services.portal.domain.sections.declaring import Section

NAMES: tuple[str, ...] = tuple(sorted(one.name for one in iter_modules(__path__) if one.name != "declaring"))
SECTIONS: dict[str, Section] = {name: import_module(f"{__name__}.{name}").SECTION for name in NAMES}


def _by_event() -> Mapping[type[Event], list[tuple[type[msgspec.Struct], Callable[..., Any]]]]:
    found: dict[type[Event], list[tuple[type[msgspec.Struct], Callable[..., Any]]]] = {}
    for section in SECTIONS.values():
        for event, change in section.changes.items():
            found.setdefault(event, []).append((section.state, change))
    return found


SECTION_CHANGES = _by_event()
"""Which sections an event changes."""
