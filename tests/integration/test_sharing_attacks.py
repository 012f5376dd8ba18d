"""Attempts to get through the gate, each tried on the service as it is, and on a twin of it from which the very check that stops it has
been taken out: there it must get through, or the attempt proves nothing. docs/sharing-attacks.md lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from backbone.clock import Clock, new_id
from backbone.refusal import NotFound
from backbone.work import Actor, Work, work_on
from schemas.codes import AgeBand, Agency, Function, MeetingKind, MeetingMode, Outcome, Role
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    ParentalResponsibilityChanged,
)
from schemas.guardian_codes import DecisionMaker, GuardianRemoval, ResponsibilitySource, RestrictionBasis
from schemas.guardianship import Guardianship
from schemas.local_time import OSLO
from schemas.mediation import MediationOpened
from schemas.meeting import MeetingCalled
from schemas.minutes import MinutesDrafted
from schemas.network_group import MemberJoined, SecrecyDeclared
from services.contracts.app import ROUTERS as CONTRACTS_ROUTERS
from services.contracts.app import SERVICE as CONTRACTS_SERVICE
from services.contracts.stops import stop_at_the_gate as stop_of_contracts
from services.sharing import commands, gate, keys, permits, vault
from services.sharing.app import SERVICE, the_right_key
from services.sharing.domain import gate as decisions
from services.sharing.domain.ages import age_band
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.case_texts import CaseTexts
from services.sharing.domain.consent import Consent, Reply, Said
from services.sharing.domain.protection import Protection
from services.sharing.keys import WrongKeyEncryptionKey
from services.sharing.repository import Known, case_file, known_of, lock_known
from tests.integration.rim import a_rim
from tests.integration.sharing_office import (
    LEAD,
    NAME,
    NETWORK,
    POLICE,
    STRANGER,
    TEACHER,
    TEXT,
    Case,
    Office,
    an_office,
    forward,
    left,
    settings_in,
)
from tests.integration.test_contracts_api import a_request, answer_ages
from tests.integration.test_sharing_disclosures import HEAD_TEACHER, asked_for
from tests.integration.test_sharing_follow_up import a_permit, shared

CONTRACTS = Actor("service:contracts", None, frozenset({Role.SERVICE}))
pytestmark = pytest.mark.integration
Patch = pytest.MonkeyPatch


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path, database_url=database_url)) as office:
        yield office


def shown(office: Office, case: Case, ref: str, *, actor: Actor = POLICE) -> bool:
    """True when the content comes."""
    answer = office.opening(case, ref, actor=actor)
    return any(item.get("content") for item in answer["items"])


def redeemed(office: Office, permit: str, *, actor: Actor = POLICE, late: timedelta = timedelta()) -> bool:
    """True when the permit brings the content."""
    moment = office.clock.moment()
    moment = moment._replace(real_at=moment.real_at + late)
    try:
        with work_on(office.engine, SERVICE, moment=moment, actor=actor) as work:
            decided = permits.redeem(work, office.vault, permit=permit)
    except NotFound:
        return False
    return any(item.get("content") for item in gate.release(office.vault, decided)["items"])


# Each attempt gives True when something came through.


def rests_on_an_expired_consent(office: Office) -> bool:
    """Nobody has told that the consent expired: no clockwork and no scheduler runs here."""
    case, ref = shared(office)
    assert shown(office, case, ref)
    forward(office, days=91)
    assert "consent.expired" not in [fact.event.type for fact in office.published(case.case_id)]
    return shown(office, case, ref)


def never_expires(patch: Patch) -> None:
    standing = Consent.standing
    patch.setattr(
        Consent, "standing", lambda self, on, **more: standing(self, min(on, self.valid_to), **more)
    )


def rests_on_a_consent_withdrawn_a_moment_ago(office: Office) -> bool:
    case, ref = shared(office)
    office.say(case.consent_id, "withdrawn", case.signers[1])
    return shown(office, case, ref)


def forgets_who_took_it_back(patch: Patch) -> None:
    standing = Consent.standing

    def kept(consent: Consent, on: date, **more: Any) -> Any:
        replies = {
            who: msgspec.structs.replace(reply, said=Said.YES) for who, reply in consent.replies.items()
        }
        return standing(msgspec.structs.replace(consent, replies=replies), on, **more)

    patch.setattr(Consent, "standing", kept)
    patch.setattr(Consent, "noes", lambda self, **flow: [])


def was_a_member_a_second_ago(office: Office) -> bool:
    """The membership has ended at network; its event has not been read here."""
    case, ref = shared(office)
    body = {"case_id": case.case_id, "person_id": POLICE.person_id, "reason": "MEMBER_LEAVES"}
    office.post("/stops", body, actor=NETWORK)
    return shown(office, case, ref)


def sees_no_stops(patch: Patch) -> None:
    patch.setattr(decisions, "in_force", lambda stops, case, person_id: False)


def is_no_member_any_more(office: Office) -> bool:
    case, ref = shared(office)
    office.hear("network", case.case_id, left(POLICE, office.today))
    return shown(office, case, ref)


def remembers_members(patch: Patch) -> None:
    why = decisions._why_not_member

    def forgiving(member: Any, question: Any, knowledge: Any) -> Any:
        found = why(member, question, knowledge)
        return None if found is decisions.Why.NOT_MEMBER else found

    def receiver(question: Any, knowledge: Any) -> Any:
        return decisions.Receiver(person_id=question.person_id, agency=Agency(question.agency), lead=False)

    patch.setattr(decisions, "_why_not_member", forgiving)
    patch.setattr(decisions, "receiver_of", receiver)


def acts_for_another_agency(office: Office) -> bool:
    """A member of the group logs in for another agency than the one they are in the group for."""
    case, ref = shared(office)
    return shown(office, case, ref, actor=POLICE._replace(agency=Agency.NAV))


def believes_the_log_in(patch: Patch) -> None:
    why = decisions._why_not_member

    def believing(member: Any, question: Any, knowledge: Any) -> Any:
        agency = member.agency if member is not None else question.agency
        return why(member, msgspec.structs.replace(question, agency=agency), knowledge)

    patch.setattr(decisions, "_why_not_member", believing)


def has_not_declared_secrecy(office: Office) -> bool:
    case = office.a_case(declared=False)
    return shown(office, case, case.name_ref)


def needs_no_declaration(patch: Patch) -> None:
    why = decisions._why_not_member

    def trusting(member: Any, question: Any, knowledge: Any) -> Any:
        found = why(member, question, knowledge)
        return None if found is decisions.Why.SECRECY_NOT_DECLARED else found

    patch.setattr(decisions, "_why_not_member", trusting)


def replays_a_permit(office: Office) -> bool:
    case, ref = shared(office)
    permit = a_permit(office, case, ref)
    assert redeemed(office, permit)
    return redeemed(office, permit)


def steals_a_permit(office: Office) -> bool:
    case, ref = shared(office)
    colleague = POLICE._replace(person_id=new_id())
    joins(office, case, colleague)
    return redeemed(office, a_permit(office, case, ref), actor=colleague)


def takes_a_permit_to_another_session(office: Office) -> bool:
    case, ref = shared(office)
    return redeemed(office, a_permit(office, case, ref), actor=POLICE._replace(session="another"))


def keeps_a_permit_for_later(office: Office) -> bool:
    case, ref = shared(office)
    return redeemed(office, a_permit(office, case, ref), late=timedelta(seconds=61))


def without(condition: str, instead: str = "") -> Callable[[Patch], None]:
    """A twin that uses permits up without one of the conditions."""

    def broken(patch: Patch) -> None:
        assert condition in permits.USE_UP
        patch.setattr(permits, "USE_UP", permits.USE_UP.replace(condition, instead))

    return broken


def never_too_late(patch: Patch) -> None:
    patch.setattr(permits, "LIFETIME", timedelta(days=1))


def uses_a_permit_after_the_withdrawal(office: Office) -> bool:
    case, ref = shared(office)
    permit = a_permit(office, case, ref)
    office.say(case.consent_id, "withdrawn", case.signers[0])
    return redeemed(office, permit)


def turns_a_permit_to_other_content(office: Office) -> bool:
    """The permit in the database is turned to content that the holder may not see."""
    case, ref = shared(office)
    secret = new_id()
    body = {"ref": secret, "about_id": case.youth_id, "category": "FAMILY", "content": {"text": TEXT}}
    office.post(f"/cases/{case.case_id}/information", body, actor=TEACHER)
    permit = a_permit(office, case, ref)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE permit SET ref = %s WHERE ref = %s", (secret, ref))
    return redeemed(office, permit)


def believes_in_permits(patch: Patch) -> None:
    """Whoever has a permit is not asked again: the decision is not made anew when it is used."""

    def anything(item: Any, *_: Any) -> Any:
        return decisions._permitted(item, decisions.Basis.CASE_LEAD)

    def once_yes_always_yes(work: Work, vault: Any, *, permit: str) -> Any:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(decisions, "decide_item", anything)
            return redeem_as_it_is(work, vault, permit=permit)

    redeem_as_it_is = permits.redeem
    patch.setattr(permits, "redeem", once_yes_always_yes)


def asks_for_content_of_another_case(office: Office) -> bool:
    """The content is about the same youth, but lies in another case, where no consent covers it."""
    case, _ = shared(office)
    other = office.a_case()
    secret = new_id()
    body = {
        "ref": secret,
        "about_id": case.youth_id,
        "category": "SCHOOL_ATTENDANCE",
        "content": {"text": TEXT},
    }
    office.post(f"/cases/{other.case_id}/information", body, actor=TEACHER)
    permitted = bool(office.open(case, secret)["outcome"] == Outcome.PERMIT)
    assert not shown(office, case, secret), "nor is there a key for it, whatever was decided"
    return permitted


def mixes_cases(patch: Patch) -> None:
    def everything(work: Work, case_id: str) -> Known:
        found = lock_known(work, case_id)
        every = work.session.connection().exec_driver_sql("SELECT DISTINCT case_id FROM content").scalars()
        items = tuple(item for one in known_of(work, list(every)).values() for item in one.items)
        return msgspec.structs.replace(found, items=items)

    patch.setattr(gate, "lock_known", everything)


def guards_a_youth_who_turns_18_at_midnight(office: Office) -> bool:
    """The first second of the birthday in Oslo, when it is still the day before in UTC."""
    birthday = office.today + timedelta(days=3)
    case = office.a_case(birth_on=birthday.replace(year=birthday.year - 18).isoformat())
    guardian = Actor(case.guardian_id, Agency.PRIVATE_NETWORK, frozenset({Role.AGENCY_MEMBER}), "a session")
    joins(office, case, guardian, Function.GUARDIAN)
    midnight = datetime.combine(birthday, time(), OSLO)
    move(office, midnight - timedelta(seconds=1))
    assert shown(office, case, case.name_ref, actor=guardian)
    move(office, midnight)
    return shown(office, case, case.name_ref, actor=guardian)


def counts_days_in_utc(patch: Patch) -> None:
    patch.setattr(gate, "age_band", lambda born, today: age_band(born, today - timedelta(days=1)))


def opens_a_case_under_strict_protection(office: Office) -> bool:
    case, ref = shared(office)
    office.post(f"/cases/{case.case_id}/protection", {"level": "CODE_6"})
    return shown(office, case, ref) or shown(office, case, case.name_ref)


def knows_no_protection(patch: Patch) -> None:
    patch.setattr(Protection, "closes_case", lambda self, person_id: False)
    patch.setattr(Protection, "closes", lambda self, category, person_id: False)


def calls_health_something_that_the_group_may_see(office: Office) -> bool:
    """Somebody with the database changes the category of what has been laid down."""
    case = office.a_case()
    ref = office.a_text(case, category="HEALTH_MENTAL")
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE content SET category = 'CASE_STATUS' WHERE ref = %s", (ref,))
    return shown(office, case, ref)


def binds_nothing(patch: Patch) -> None:
    patch.setattr(vault, "bound_to", lambda deposit: deposit.ref.encode())


def opens_a_held_case(office: Office) -> bool:
    """Something about the case has not come, or cannot be understood: nobody knows what it narrows."""
    case, ref = shared(office)
    declared = SecrecyDeclared(person_id=TEACHER.person_id, text_version="2")
    office.process.inbox.take([office.record("network", case.case_id, declared, skip=1)])
    return shown(office, case, ref)


def does_not_mind(patch: Patch) -> None:
    def careless(work: Work, case_id: str) -> Known:
        return msgspec.structs.replace(lock_known(work, case_id), held=False)

    patch.setattr(gate, "lock_known", careless)


def asks_as_a_stranger(office: Office) -> bool:
    case, ref = shared(office)
    return shown(office, case, ref, actor=STRANGER)


def rests_on_a_yes_that_was_taken_back_for_just_them(office: Office) -> bool:
    """A consent to two receivers goes on for the other one."""
    case = office.a_case()
    ref, to = office.a_text(case), ["POLITI_FOREBYGGENDE", "BARNEVERN"]
    office.a_consent(case, to_agencies=to)
    office.say(case.consent_id, "withdrawn", case.signers[0], only_to=to[:1])
    return shown(office, case, ref)


def forgets_whom_it_was_taken_back_for(patch: Patch) -> None:
    patch.setattr(Reply, "without", lambda self, only_to, **place: self)


def falls_back_on_an_older_consent(office: Office) -> bool:
    """Of two consents to the same sharing the newer one is taken back."""
    case, ref = shared(office)
    newer = office.a_consent(case, consent_id=new_id())
    office.say(newer, "withdrawn", case.signers[1])
    return shown(office, case, ref)


def falls_back_on_an_earlier_disclosure(office: Office) -> bool:
    """A leader decided to give it before anybody said no, and has not looked again."""
    case, ref = shared(office)
    office.post(f"/cases/{case.case_id}/disclosures", asked_for(office, case), actor=HEAD_TEACHER)
    office.say(case.consent_id, "withdrawn", case.signers[0])
    return shown(office, case, ref)


TAKES_OVER = Actor(new_id(), Agency.KONFLIKTRAAD, frozenset({Role.YOUTH_COORDINATOR}), "mediator's session")


def opens_a_mediation_under_the_id_of_a_case(office: Office) -> bool:
    """Whoever opens a mediation leads its record: here it has the id of somebody else's case."""
    case = office.a_case()
    taken_over = MediationOpened(
        youth_case_id=new_id(),
        mediator_id=TAKES_OVER.person_id,
        owner_agency=Agency.KONFLIKTRAAD,
        opened_on=office.today,
    )
    office.hear("network", case.case_id, taken_over)
    return shown(office, case, case.name_ref, actor=TAKES_OVER)


def believes_every_mediation(patch: Patch) -> None:
    after = CaseFile.after

    def taken_over(case: CaseFile, event: Any) -> CaseFile:
        if isinstance(event, MediationOpened):
            return msgspec.structs.replace(case, lead_id=event.mediator_id, owner_agency=event.owner_agency)
        return after(case, event)

    patch.setattr(CaseFile, "after", taken_over)


def makes_the_youth_older(office: Office) -> bool:
    """A member of the group lays another identity, with a birth date that lets the youth's yes stand alone."""
    case = office.a_case()
    identity = {"ref": new_id(), "case_id": case.case_id, "about_id": case.youth_id, "kind": "IDENTITY"}
    content = {"name": "En Annen", "birth_on": "2000-01-01"}
    body = {**identity, "category": "IDENTITY_CONTACT", "content": content}
    office.call("POST", "/deposits", body, actor=TEACHER)
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEAD) as work:
        return gate.band_of_youth(work, office.vault, case_file(work, case.case_id)) is AgeBand.ADULT


def takes_anybodys_word_for_who_it_is(patch: Patch) -> None:
    patch.setattr(commands, "check_identity_is_theirs", lambda *_, **__: None)
    patch.setattr(gate, "identity_of", vault.newest_identity_of)


def makes_the_youth_older_before_anybody_leads(office: Office) -> bool:
    """A teacher who has seen a case number that no case has yet lays an identity over another's."""
    identity = {"case_id": new_id(), "about_id": new_id(), "kind": "IDENTITY", "category": "IDENTITY_CONTACT"}
    first = {"ref": new_id(), "content": {"name": NAME, "birth_on": "2011-03-04"}}
    office.post("/deposits", {**identity, **first})
    other = {"ref": new_id(), "content": {"name": NAME, "birth_on": "2000-01-01"}}
    return office.call("POST", "/deposits", {**identity, **other}, actor=TEACHER).is_success


def a_status(office: Office, case: Case) -> str:
    """A text by the lead about where the case stands, which taking part opens to the group; no event names it yet."""
    ref = new_id()
    body = {"ref": ref, "case_id": case.case_id, "about_id": case.youth_id, "category": "CASE_STATUS"}
    office.post("/deposits", {**body, "content": {"text": TEXT}})
    return ref


def reads_a_draft(office: Office) -> bool:
    """The minutes have been written, and given to nobody."""
    case = office.a_case()
    ref = a_status(office, case)
    office.hear("network", case.case_id, MinutesDrafted(meeting_id=new_id(), text_refs=(ref,)))
    in_everything = TEXT in str(office.opening(case))
    return shown(office, case, ref) or in_everything


def takes_a_text_for_what_its_category_says(patch: Patch) -> None:
    patch.setattr(CaseTexts, "after", lambda self, event: self)


def reads_where_somebody_protected_meets(office: Office) -> bool:
    """The place was laid down as any other word about the case, before the youth was protected."""
    case = office.a_case()
    ref = a_status(office, case)
    at = office.clock.moment().decided_at
    called = MeetingCalled(
        meeting_id=new_id(),
        kind=MeetingKind.FOLLOW_UP,
        mode=MeetingMode.IN_PERSON,
        starts_at=at,
        ends_at=at,
        zone="Europe/Oslo",
        invited=(POLICE.person_id,),
        place_ref=ref,
    )
    office.hear("network", case.case_id, called)
    assert shown(office, case, ref)
    office.post(f"/cases/{case.case_id}/protection", {"level": "CODE_7"})
    return shown(office, case, ref)


def reads_a_form_that_was_never_sent(office: Office) -> bool:
    """A refused form leaves its text in the vault for a week; whoever asks for everything asks for what stands in the case."""
    case = office.a_case()
    a_status(office, case)
    return TEXT in str(office.opening(case))


def takes_everything_that_lies_there(patch: Patch) -> None:
    everything = gate._everything

    def lying(known: Known, *more: Any) -> list[str]:
        items = tuple(msgspec.structs.replace(item, named=True) for item in known.items)
        return everything(msgspec.structs.replace(known, items=items), *more)

    patch.setattr(gate, "_everything", lying)


def forgets_what_was_said_no_to(patch: Patch) -> None:
    patch.setattr(decisions, "noes_to", lambda flow, knowledge: [])


def a_guardian(office: Office) -> tuple[Case, Actor]:
    """A case with two guardians, one of whom is in the group and may see the youth's name."""
    case = office.a_case(guardians=2)
    guardian = Actor(case.guardian_id, Agency.PRIVATE_NETWORK, frozenset({Role.AGENCY_MEMBER}), "a session")
    joins(office, case, guardian, Function.GUARDIAN)
    assert shown(office, case, case.name_ref, actor=guardian)
    return case, guardian


def restricted(office: Office, case: Case) -> None:
    """Contracts tells that the guardian is kept out."""
    event = GuardianRestricted(
        person_id=case.guardian_id,
        basis=RestrictionBasis.DANGER_TO_YOUTH,
        from_on=office.today,
        stop_id=new_id(),
    )
    office.hear("contracts", case.case_id, event)


def is_a_restricted_guardian(office: Office) -> bool:
    case, guardian = a_guardian(office)
    restricted(office, case)
    return shown(office, case, case.name_ref, actor=guardian)


def was_restricted_a_second_ago(office: Office) -> bool:
    """Contracts has set its stop and answered; the log stands still."""
    case, guardian = a_guardian(office)
    body = {"case_id": case.case_id, "person_id": guardian.person_id, "reason": "GUARDIAN_RESTRICTED"}
    office.post("/stops", body, actor=CONTRACTS)
    return shown(office, case, case.name_ref, actor=guardian)


def uses_a_permit_after_the_restriction(office: Office) -> bool:
    case, guardian = a_guardian(office)
    permit = a_permit(office, case, case.name_ref, actor=guardian)
    restricted(office, case)
    return redeemed(office, permit, actor=guardian)


def has_been_removed_as_guardian(office: Office) -> bool:
    case, guardian = a_guardian(office)
    gone = GuardianRemoved(
        person_id=guardian.person_id, reason=GuardianRemoval.APPOINTMENT_ENDED, removed_on=office.today
    )
    office.hear("contracts", case.case_id, gone)
    return shown(office, case, case.name_ref, actor=guardian)


def keeps_nobody_out(patch: Patch) -> None:
    patch.setattr(Guardianship, "kept_out", lambda self, person_id: None)


def rests_on_parents_who_no_longer_decide(office: Office) -> bool:
    """Barnevern has taken over care since everybody said yes."""
    case, ref = shared(office)
    assert shown(office, case, ref)
    care = ParentalResponsibilityChanged(
        person_id=new_id(),
        decision_maker=DecisionMaker.BARNEVERN,
        source=ResponsibilitySource.CARE_DECISION,
        from_on=office.today,
    )
    office.hear("contracts", case.case_id, care)
    return shown(office, case, ref)


def asks_only_those_who_were_asked(patch: Patch) -> None:
    patch.setattr(Consent, "misses", lambda self, deciders: False)


def out_on_the_leads_word(office: Office, case: Case) -> None:
    """The lead keeps a guardian out, and no leader has confirmed it."""
    event = GuardianRestricted(
        person_id=case.guardian_id,
        basis=RestrictionBasis.DANGER_TO_YOUTH,
        from_on=office.today,
        stop_id=new_id(),
        awaits_leader=True,
    )
    office.hear("contracts", case.case_id, event)


def rests_on_the_others(office: Office, case: Case, ref: str) -> bool:
    """The others are asked anew, and all of them say yes."""
    others = [one for one in case.signers if one.person_id != case.guardian_id]
    try:
        office.a_consent(case, consent_id=new_id(), signers=others)
    except AssertionError as refused:
        if "AWAITS_LEADER" not in str(refused):
            raise
    return shown(office, case, ref)


def takes_a_refusing_guardian_out_alone(office: Office) -> bool:
    """A guardian said no; the lead keeps him out, and asks the others."""
    case = office.a_case(guardians=2)
    office.ask_consent(case)
    refusing = next(one for one in case.signers if one.person_id == case.guardian_id)
    office.say(case.consent_id, "refused", refusing)
    out_on_the_leads_word(office, case)
    return rests_on_the_others(office, case, office.a_text(case))


def has_another_say_yes_in_the_place_of_a_refusing_guardian(office: Office) -> bool:
    """The guardian said no; the lead registers a setteverge, and asks that one."""
    case, place = office.a_case(), new_id()
    office.ask_consent(case)
    guardian = next(one for one in case.signers if one.person_id == case.guardian_id)
    office.say(case.consent_id, "refused", guardian)
    verge = GuardianAdded(
        person_id=place,
        decision_maker=DecisionMaker.SETTEVERGE,
        source=ResponsibilitySource.APPOINTMENT,
        from_on=office.today,
        awaits_leader=True,
    )
    office.hear("contracts", case.case_id, verge)
    case.signers = (case.signers[0], msgspec.structs.replace(guardian, person_id=place))
    return rests_on_the_others(office, case, office.a_text(case))


def takes_the_leads_word_for_it(patch: Patch) -> None:
    patch.setattr(Guardianship, "still_needed", ())


class Attack(NamedTuple):
    """An attempt, and what must be taken out of the service for it to succeed."""

    attempt: Callable[[Office], bool]
    twin: Callable[[Patch], None]


ATTACKS = [
    Attack(rests_on_an_expired_consent, never_expires),
    Attack(rests_on_a_consent_withdrawn_a_moment_ago, forgets_who_took_it_back),
    Attack(was_a_member_a_second_ago, sees_no_stops),
    Attack(is_no_member_any_more, remembers_members),
    Attack(asks_as_a_stranger, remembers_members),
    Attack(acts_for_another_agency, believes_the_log_in),
    Attack(has_not_declared_secrecy, needs_no_declaration),
    Attack(replays_a_permit, without(" AND used_at IS NULL")),
    Attack(steals_a_permit, without("person_id = %s", "%s::text IS NOT NULL")),
    Attack(
        takes_a_permit_to_another_session,
        without("session IS NOT DISTINCT FROM %s", "%s::text IS NOT NULL"),
    ),
    Attack(keeps_a_permit_for_later, never_too_late),
    Attack(uses_a_permit_after_the_withdrawal, believes_in_permits),
    Attack(turns_a_permit_to_other_content, believes_in_permits),
    Attack(asks_for_content_of_another_case, mixes_cases),
    Attack(guards_a_youth_who_turns_18_at_midnight, counts_days_in_utc),
    Attack(opens_a_case_under_strict_protection, knows_no_protection),
    Attack(calls_health_something_that_the_group_may_see, binds_nothing),
    Attack(opens_a_held_case, does_not_mind),
    Attack(rests_on_a_yes_that_was_taken_back_for_just_them, forgets_whom_it_was_taken_back_for),
    Attack(falls_back_on_an_older_consent, forgets_what_was_said_no_to),
    Attack(falls_back_on_an_earlier_disclosure, forgets_what_was_said_no_to),
    Attack(reads_a_draft, takes_a_text_for_what_its_category_says),
    Attack(reads_where_somebody_protected_meets, takes_a_text_for_what_its_category_says),
    Attack(reads_a_form_that_was_never_sent, takes_everything_that_lies_there),
    Attack(opens_a_mediation_under_the_id_of_a_case, believes_every_mediation),
    Attack(makes_the_youth_older, takes_anybodys_word_for_who_it_is),
    Attack(makes_the_youth_older_before_anybody_leads, takes_anybodys_word_for_who_it_is),
    Attack(is_a_restricted_guardian, keeps_nobody_out),
    Attack(was_restricted_a_second_ago, sees_no_stops),
    Attack(uses_a_permit_after_the_restriction, keeps_nobody_out),
    Attack(has_been_removed_as_guardian, keeps_nobody_out),
    Attack(rests_on_parents_who_no_longer_decide, asks_only_those_who_were_asked),
    Attack(takes_a_refusing_guardian_out_alone, takes_the_leads_word_for_it),
    Attack(has_another_say_yes_in_the_place_of_a_refusing_guardian, takes_the_leads_word_for_it),
]


def named(attack: Attack) -> str:
    return attack.attempt.__name__


@pytest.mark.parametrize("attack", ATTACKS, ids=named)
def test_nobody_gets_through_who(office: Office, attack: Attack) -> None:
    assert not attack.attempt(office)


@pytest.mark.parametrize("attack", ATTACKS, ids=named)
def test_a_twin_without_the_check_lets_through_whoever(
    office: Office, attack: Attack, monkeypatch: Patch
) -> None:
    attack.twin(monkeypatch)
    assert attack.attempt(office)


def test_once_a_leader_has_confirmed_it_the_others_yes_is_enough(office: Office) -> None:
    case = office.a_case(guardians=2)
    ref = office.a_text(case)
    out_on_the_leads_word(office, case)
    assert not rests_on_the_others(office, case, ref)
    confirmed = GuardianChangeConfirmed(
        person_id=case.guardian_id, confirmed_on=office.today, grounds_ref=new_id()
    )
    office.hear("contracts", case.case_id, confirmed)
    assert rests_on_the_others(office, case, ref)


@pytest.mark.parametrize("with_stop", [True, False])
def test_a_guardian_opens_nothing_from_the_moment_that_contracts_has_answered(
    office: Office, database_url: str, a_namespace: str, tmp_path: Path, with_stop: bool
) -> None:
    """The log stands still all the while: nothing that contracts says is read here. The twin sets no stop."""

    def stops() -> Any:
        def set_stop(case_id: str, stop_id: str, person_id: str | None, reason: Any) -> None:
            body = {"case_id": case_id, "stop_id": stop_id, "person_id": person_id, "reason": reason}
            if with_stop:
                office.post("/stops", body, actor=CONTRACTS)

        return set_stop

    folder = tmp_path / "contracts"
    folder.mkdir()
    case, guardian = a_guardian(office)
    permit = a_permit(office, case, case.name_ref, actor=guardian)
    with a_rim(database_url, a_namespace, folder, CONTRACTS_SERVICE, CONTRACTS_ROUTERS) as contracts:
        answer_ages(contracts, AgeBand.AGE_15)
        contracts.process.app.dependency_overrides[stop_of_contracts] = stops
        guardians = [one.person_id for one in case.signers[1:]]
        asked = a_request(contracts, case_id=case.case_id, youth_id=case.youth_id, guardian_ids=guardians)
        assert contracts.post("/contracts", LEAD, asked).status == 201
        body = {
            "basis": "DANGER_TO_YOUTH",
            "from_on": contracts.process.desk.clock.moment().today.isoformat(),
            "grounds_ref": new_id(),
        }
        path = f"/cases/{case.case_id}/guardians/{guardian.person_id}/restricted"
        assert contracts.post(path, LEAD, body).status == 201
    assert shown(office, case, case.name_ref, actor=guardian) is not with_stop
    assert redeemed(office, permit, actor=guardian) is not with_stop


def test_the_loss_of_the_key_encryption_key_is_rehearsed(
    office: Office, tmp_path: Path, monkeypatch: Patch
) -> None:
    """Lost, nothing starts and nothing opens; the copy that is kept apart opens everything again."""
    case, ref = shared(office)
    file, apart = tmp_path / "kek", tmp_path / "kept apart"
    apart.write_bytes(file.read_bytes())
    file.unlink()
    with (
        pytest.raises((WrongKeyEncryptionKey, RuntimeError, FileNotFoundError)),
        the_right_key(office.process.desk),
    ):
        pass
    file.write_text("ab" * 32, encoding="utf-8")
    with pytest.raises(WrongKeyEncryptionKey), the_right_key(office.process.desk):
        pass
    with (
        monkeypatch.context() as twin
    ):  # without the check it starts, and would write what the true key cannot open
        twin.setattr(keys.KeyStore, "_check_key", lambda self, connection, at: None)
        with the_right_key(office.process.desk):
            pass
    file.write_bytes(apart.read_bytes())
    with the_right_key(office.process.desk):
        assert shown(office, case, ref)


def joins(office: Office, case: Case, who: Actor, function: Function = Function.CONTACT_PERSON) -> None:
    """Somebody joins the group and declares secrecy."""
    agency = Agency(who.agency or "")
    event = MemberJoined(person_id=who.person_id, agency=agency, function=function, joined_on=office.today)
    declared = SecrecyDeclared(person_id=who.person_id, text_version="1")
    office.hear("network", case.case_id, event, declared)


def move(office: Office, to: datetime) -> None:
    """Set the demo clock to an instant."""
    Clock(office.settings.demo_clock_file).move_to(to)
