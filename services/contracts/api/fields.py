"""Fields and roles that several routes share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.codes import Role

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Ref = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9:_-]+$")]
MunicipalityNo = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
LEADS = (Role.COORDINATOR, Role.YOUTH_COORDINATOR)
MEMBERS = (*LEADS, Role.AGENCY_MEMBER, Role.UNIT_LEADER)
