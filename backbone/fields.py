"""Fields that the requests of several services share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from backbone.openapi import EXAMPLE_ID

Id = Annotated[
    str,
    Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", examples=[EXAMPLE_ID]),
]
"""A UUID, made by whoever asks; so nobody puts anything personal into one."""
Ref = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9:_-]+$", examples=[EXAMPLE_ID.upper()])
]
"""The reference of a piece in the vault."""
MunicipalityNo = Annotated[str, Field(pattern=r"^[0-9]{4}$", examples=["1804"])]
"""Four digits, as Statistics Norway numbers municipalities."""
TextVersion = Annotated[str, Field(pattern=r"^[0-9]{1,4}([.-][0-9]{1,2}){0,2}$", examples=["2026-11"])]
"""The version of a text that somebody declared on or agreed to: digits only, since it stands on the log."""
