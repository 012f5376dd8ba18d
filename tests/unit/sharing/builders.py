"""Valid by default: a case on its way, its consent, a question to the gate."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    ConsentKind,
    Function,
    Purpose,
    SignerRole,
    SigningMethod,
    WithdrawalConsequence,
)
from schemas.consent import ConsentGiven, ConsentRequested
from schemas.contract import Signer
from schemas.guardianship import Guardian, Guardianship
from services.sharing.domain import consent_answers as answers
from services.sharing.domain.case_file import CaseFile, Membership, Participation
from services.sharing.domain.consent import Consent, requested
from services.sharing.domain.gate import Item, Knowledge, Question
from services.sharing.rules import signing_rules

LEAD, POLICE, TEACHER, GUARDIAN = "lead", "police-officer", "teacher", "mother"
YOUTH, FATHER = "youth", "father"
TODAY = date(2026, 10, 1)
SAID_ON = date(2026, 9, 1)
ASKED_OF = (
    Signer(person_id=YOUTH, role=SignerRole.YOUTH),
    Signer(person_id=GUARDIAN, role=SignerRole.GUARDIAN),
    Signer(person_id=FATHER, role=SignerRole.GUARDIAN),
)


def a_request(**changes: Any) -> ConsentRequested:
    fields: dict[str, Any] = {
        "consent_id": "consent",
        "kind": ConsentKind.SECRECY_RELEASE,
        "youth_id": YOUTH,
        "from_agencies": (Agency.SKOLE_GRUNN,),
        "to_agencies": (Agency.POLITI_FOREBYGGENDE,),
        "categories": (Category.SCHOOL_ATTENDANCE,),
        "purpose": Purpose.FOLLOW_UP,
        "valid_from": date(2026, 9, 1),
        "valid_to": date(2027, 3, 1),
        "text_version": "1",
        "language": "nb",
        "signers": ASKED_OF,
        "signing_rules": "2026.1",
        "requested_on": date(2026, 9, 25),
    }
    return ConsentRequested(**{**fields, **changes})


def a_consent(**changes: Any) -> Consent:
    """A consent that nobody has answered yet."""
    return requested(a_request(**changes), case_id="case")


def given(
    consent: Consent, *people: str, band: AgeBand | None = AgeBand.AGE_15, number: int = 0, on: date = SAID_ON
) -> Consent:
    """The consent after these signers (all of them when none is named) have said yes, the youth being of this age;
    `number` is the place of it in the case's log.
    """
    for signer in consent.signers:
        if not people or signer.person_id in people:
            yes = ConsentGiven(
                consent_id=consent.consent_id,
                person_id=signer.person_id,
                role=signer.role,
                method=SigningMethod.PAPER,
                given_on=on,
                age_band=band,
            )
            consent = consent.after(yes, number=number, recorded_on=on)
    return consent


def withdrawn(consent: Consent, person: str, *, number: int = 0) -> Consent:
    """The consent after this signer took back their yes; `number` is the place of it in the case's log."""
    (role,) = (signer.role for signer in consent.signers if signer.person_id == person)
    events = answers.withdraw(
        consent,
        person_id=person,
        role=role,
        decides_today=True,
        consequence=WithdrawalConsequence.CONTRACT_PAUSES,
    )
    return consent.after(events[0], number=number, recorded_on=SAID_ON)


def a_member(agency: Agency, **changes: Any) -> Membership:
    member = Membership(
        agency=agency, function=Function.CONTACT_PERSON, joined_on=date(2026, 9, 1), declared=True
    )
    return msgspec.structs.replace(member, **changes)


def named(*guardians: str) -> Guardianship:
    """Guardians who decide together."""
    return Guardianship(guardians=tuple(Guardian(person_id=one) for one in guardians))


def a_case(**changes: Any) -> CaseFile:
    case = CaseFile(
        case_id="case",
        municipality_no="1804",
        lead_id=LEAD,
        owner_agency=Agency.KOMMUNE_SLT,
        youth_id=YOUTH,
        guardians=named(GUARDIAN, FATHER),
        contracts={"contract": Participation(ends_on=date(2027, 3, 1), signed=True)},
        members={
            LEAD: a_member(Agency.KOMMUNE_SLT, function=Function.LEAD, declared=False),
            POLICE: a_member(Agency.POLITI_FOREBYGGENDE),
            TEACHER: a_member(Agency.SKOLE_GRUNN),
        },
    )
    return msgspec.structs.replace(case, **changes)


def an_item(**changes: Any) -> Item:
    fields: dict[str, Any] = {
        "ref": "attendance",
        "category": Category.SCHOOL_ATTENDANCE,
        "from_agency": Agency.SKOLE_GRUNN,
        "about_id": YOUTH,
        "author_id": TEACHER,
    }
    return Item(**{**fields, **changes})


def knowledge(*items: Item, **changes: Any) -> Knowledge:
    fields: dict[str, Any] = {
        "case": a_case(),
        "rules": signing_rules(),
        "items": {item.ref: item for item in items or (an_item(),)},
        "band": AgeBand.AGE_15,
    }
    return Knowledge(**{**fields, **changes})


def a_question(**changes: Any) -> Question:
    fields: dict[str, Any] = {
        "person_id": POLICE,
        "agency": Agency.POLITI_FOREBYGGENDE.value,
        "purpose": Purpose.FOLLOW_UP,
        "refs": ("attendance",),
        "on": TODAY,
    }
    return Question(**{**fields, **changes})
