"""What a log-in session is worth now: what the directory says of the visitor today, never what it said when they logged in.

The directory drops nobody: whoever leaves is listed with no role. It is asked at most every quarter of a minute; while it does not answer, a
session is worth what it was.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.portal.neighbours import Colleague
from services.portal.sessions import Visitor


def as_listed(visitor: Visitor, people: Mapping[str, Colleague]) -> Visitor | None:
    """The visitor with the roles and municipalities that they still have; None when they have no role left, or act for another agency, and
    must log in anew.
    """
    listed = people.get(visitor.person_id)
    if listed is None:
        return visitor
    roles = visitor.roles & listed.roles
    if listed.agency != visitor.agency or not roles:
        return None
    areas = tuple(one for one in visitor.municipality_nos if one in listed.municipality_nos)
    return visitor._replace(roles=roles, municipality_nos=areas)
