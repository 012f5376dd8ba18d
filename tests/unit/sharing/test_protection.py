"""Address protection at the gate: only those cleared by name see what it covers."""

from __future__ import annotations

import pytest

from backbone.refusal import Conflict, Refused
from schemas.codes import Agency, Category, Outcome, ProtectionLevel, Purpose
from schemas.event import Event
from services.sharing.domain.gate import Why, decide
from services.sharing.domain.may_share import may_share
from services.sharing.domain.protection import Protection
from tests.unit.sharing.builders import (
    LEAD,
    POLICE,
    TODAY,
    a_consent,
    a_question,
    an_item,
    given,
    knowledge,
)

UNPROTECTED = Protection(case_id="case")
ADDRESS = an_item(ref="address", category=Category.ADDRESS)
CONSENTED = given(a_consent(categories=(Category.SCHOOL_ATTENDANCE, Category.ADDRESS)))


def after(protection: Protection, events: list[Event]) -> Protection:
    for event in events:
        protection = protection.after(event)
    return protection


def protected(level: ProtectionLevel, *cleared: str) -> Protection:
    protection = after(UNPROTECTED, UNPROTECTED.set(level))
    for person in cleared:
        protection = after(protection, protection.clear(person_id=person, by="leader"))
    return protection


def test_code_6_closes_the_whole_case_to_everybody_who_is_not_cleared_the_lead_too() -> None:
    known = knowledge(consents=(CONSENTED,), protection=protected(ProtectionLevel.CODE_6))
    for person, agency in ((POLICE, "POLITI_FOREBYGGENDE"), (LEAD, "KOMMUNE_SLT")):
        verdict = decide(a_question(person_id=person, agency=agency), known)
        assert verdict.reason is Why.PROTECTED
        assert verdict.decisions[0].outcome is Outcome.DENY


def test_a_clearance_is_no_basis_of_its_own() -> None:
    cleared = protected(ProtectionLevel.CODE_6, POLICE)
    assert decide(a_question(), knowledge(protection=cleared)).decisions[0].reason == Why.NO_BASIS
    known = knowledge(consents=(CONSENTED,), protection=cleared)
    assert decide(a_question(), known).decisions[0].outcome is Outcome.PERMIT


def test_code_7_closes_the_address_only() -> None:
    known = knowledge(an_item(), ADDRESS, consents=(CONSENTED,), protection=protected(ProtectionLevel.CODE_7))
    attendance, address = decide(a_question(refs=("attendance", "address")), known).decisions
    assert attendance.outcome is Outcome.PERMIT
    assert (address.outcome, address.reason) == (Outcome.DENY, Why.PROTECTED)


def test_code_7_hides_the_address_even_from_the_agency_that_wrote_it() -> None:
    known = knowledge(ADDRESS, protection=protected(ProtectionLevel.CODE_7))
    asked = a_question(person_id="teacher", agency=Agency.SKOLE_GRUNN.value, refs=("address",))
    assert decide(asked, known).decisions[0].reason == Why.PROTECTED


def test_a_clearance_taken_back_closes_again() -> None:
    cleared = protected(ProtectionLevel.CODE_6, POLICE)
    again = after(cleared, cleared.withdraw(person_id=POLICE))
    assert decide(a_question(), knowledge(consents=(CONSENTED,), protection=again)).reason is Why.PROTECTED


def test_may_share_promises_nothing_in_a_protected_case() -> None:
    known = knowledge(consents=(CONSENTED,), protection=protected(ProtectionLevel.CODE_6))
    flows = may_share(known, purpose=Purpose.FOLLOW_UP, on=TODAY)
    assert {flow.outcome for flow in flows} == {Outcome.DENY}


def test_nobody_clears_themselves_and_nothing_is_said_twice() -> None:
    with pytest.raises(Refused, match="OWN_CLEARANCE"):
        UNPROTECTED.clear(person_id="leader", by="leader")
    cleared = protected(ProtectionLevel.CODE_7, POLICE)
    with pytest.raises(Conflict):
        cleared.clear(person_id=POLICE, by="leader")
    with pytest.raises(Conflict):
        cleared.set(ProtectionLevel.CODE_7)
    with pytest.raises(Conflict):
        UNPROTECTED.lift()
    with pytest.raises(Conflict):
        UNPROTECTED.withdraw(person_id=POLICE)
