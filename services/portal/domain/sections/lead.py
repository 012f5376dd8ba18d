"""Whether the youth knows who leads the case now: after a hand-over, until somebody records that the youth was told."""

from __future__ import annotations

import msgspec

from schemas.case import CaseLeadChanged, YouthToldOfLead
from schemas.event import Event, Fact
from services.portal.domain.sections.declaring import Section


class LeadKnown(msgspec.Struct, frozen=True, kw_only=True):
    """True while the youth is to be told of a new lead."""

    untold: bool = False


def _change(state: LeadKnown, event: Event, _: Fact) -> LeadKnown:
    return LeadKnown(untold=isinstance(event, CaseLeadChanged))


SECTION = Section(LeadKnown, dict.fromkeys((CaseLeadChanged, YouthToldOfLead), _change))
