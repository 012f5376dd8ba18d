"""What sharing does when others decide for a youth than before: what rested on the earlier ones' yes is told to rest on nothing."""

from __future__ import annotations

from backbone.work import Reaction, Work
from schemas.codes import AgeBand
from schemas.event import Event, Fact
from schemas.guardianship import GUARDIAN_EVENTS
from services.sharing.domain.consent_answers import others_decide
from services.sharing.repository import CASE_FILES, CONSENTS
from services.sharing.rules import signing_rules
from services.sharing.tables import ConsentRow, YouthBandRow


def on_guardians_changed(work: Work, fact: Fact) -> None:
    """Tell each consent that has lost its effect. The gate needs no telling: it counts those who decide at every opening."""
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    case = CASE_FILES.find(work, case_id)
    if case is None:
        return
    told = work.session.get(YouthBandRow, case_id)
    band = AgeBand(told.age_band) if told is not None else case.age_band
    rules, deciders = signing_rules(), case.guardians.whose_yes
    for consent in CONSENTS.where(work, ConsentRow.case_id == case_id, order_by=ConsentRow.consent_id):
        needed = rules.requirement(band, kind=consent.kind, municipality_no=case.municipality_no)
        lost = others_decide(consent, deciders=deciders, guardians_needed=needed.guardians)
        work.publish(case_id, *lost, caused_by=fact.envelope.id)


GUARDIAN_REACTIONS: dict[type[Event], Reaction] = dict.fromkeys(GUARDIAN_EVENTS, on_guardians_changed)
