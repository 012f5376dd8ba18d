"""The plain forms of the case page, one module for each area; every module here has its `FORMS`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from services.portal.command_form import CommandForm

FORMS: tuple[CommandForm, ...] = tuple(
    form
    for module in sorted(one.name for one in iter_modules(__path__))
    for form in import_module(f"{__name__}.{module}").FORMS
)
BY_SLUG: dict[str, CommandForm] = {form.slug: form for form in FORMS}
