"""Fields and roles that several routes share."""

from __future__ import annotations

from schemas.codes import Role

LEADS = (Role.COORDINATOR, Role.YOUTH_COORDINATOR)
MEMBERS = (*LEADS, Role.AGENCY_MEMBER, Role.UNIT_LEADER)
