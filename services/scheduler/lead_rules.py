"""The row about a new lead: the youth is told who it is."""

from __future__ import annotations

from backbone.refusal import Sentence
from schemas.case import CaseLeadChanged, YouthToldOfLead
from services.scheduler.domain.rule import Closing, Length, Moving, Opening, Rule, Unit

LEAD_RULES: tuple[Rule, ...] = (
    Rule(
        kind="C-LEAD-TOLD",
        name=Sentence(
            "Fortelle ungdommen hvem som leder saken",
            "Fortelje ungdommen kven som leier saka",
            "The youth to be told who leads the case",
        ),
        opens=(Opening(on=CaseLeadChanged, since="changed_on"),),
        lengths=(Length(3, Unit.WD),),
        met_by=(Closing(on=YouthToldOfLead, day="told_on"),),
        moved_by=(Moving(on=CaseLeadChanged, day="changed_on"),),
        source="★ one named contact person throughout: when it is another, the youth is told within three working days",
    ),
)
LEADS_FOLLOWED = (YouthToldOfLead,)
