"""The forms about guardians: whose name is laid down as what, and what each is offered for."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from schemas.codes import Category, SignerRole
from schemas.contract import Signer
from schemas.guardian_codes import DecisionMaker, GuardianRemoval, RestrictionBasis
from schemas.guardianship import Guardian, Guardianship
from services.portal.case_forms import BY_SLUG
from services.portal.case_forms.guardians import NameOf, reasons_to_remove
from services.portal.command_form import AREAS, Area, offers
from services.portal.domain.case_view import CaseView
from services.portal.domain.guardians_of_case import GuardiansOfCase
from services.portal.form_fields import Situation
from tests.unit.portal.test_case_forms import LEAD, LEADER, a_situation, a_view, read

NAME = NameOf("identity_ref", "Hvem?", parts={"name": "Navn", "contact": "Telefon"}, missing="Skriv navnet.")
MOTHER = Guardian(person_id="mother")
CARE = Guardian(person_id="care", decision_maker=DecisionMaker.BARNEVERN)
KEPT_OUT = Guardian(
    person_id="father", restricted=RestrictionBasis.COURT_ORDER, restricted_on=date(2026, 9, 1)
)


def with_guardians(*guardians: Guardian) -> CaseView:
    return a_view().with_section(GuardiansOfCase(stands=Guardianship(guardians=guardians), version=4))


def situation(view: CaseView, *, leader: bool = False, target: str | None = None) -> Situation:
    usual = a_situation(LEADER if leader else LEAD)
    return Situation(view=view, visitor=usual.visitor, people={}, t=usual.t, now=usual.now, target=target)


def targets(slug: str, view: CaseView, *, leader: bool = False) -> list[tuple[str, int | None]]:
    return [(one.id, one.version) for one in BY_SLUG[slug].targets_now(situation(view, leader=leader))]


def test_a_new_guardians_name_is_laid_down_as_the_identity_of_the_person_whom_the_command_names() -> None:
    ref, reading = read(NAME, ("identity_ref-name", "Bo Prøve"), ("identity_ref-contact", "40000000"))
    (laid,) = reading.deposits
    assert (laid.ref, laid.category) == (ref, Category.IDENTITY_CONTACT)
    assert laid.content == {"name": "Bo Prøve", "contact": "40000000"}
    assert laid.about_id == reading.form.derived("lead", "person_id")


def test_a_guardian_without_a_name_is_not_registered() -> None:
    for filled in ((), (("identity_ref-contact", "40000000"),)):
        ref, reading = read(NAME, *filled)
        assert ref is None
        assert reading.deposits == []
        assert not reading.form.ok


def test_each_form_is_offered_for_those_it_can_be_about() -> None:
    view = with_guardians(MOTHER, KEPT_OUT, CARE)
    assert targets("endre-foreldreansvar", view) == [("mother", 4), ("father", 4)]
    assert targets("hold-foresatt-utenfor", view) == [("mother", 4)]
    assert targets("ikke-lenger-foresatt", view) == [("mother", 4), ("father", 4), ("care", 4)]
    assert targets("slipp-inn-foresatt", view) == [], "who leads the case does not let anybody in again"
    assert targets("slipp-inn-foresatt", view, leader=True) == [("father", 4)]


def test_a_leader_who_does_not_lead_the_case_confirms_what_waits_for_that() -> None:
    waiting = replace(KEPT_OUT, awaits_leader=True)
    gone = Guardian(person_id="verge", decision_maker=DecisionMaker.VERGE)
    stands = Guardianship(guardians=(MOTHER, waiting), removed=("verge",), removed_unconfirmed=(gone,))
    view = a_view().with_section(GuardiansOfCase(stands=stands, version=4))
    assert targets("bekreft-endring-foresatt", view) == []
    assert targets("bekreft-endring-foresatt", view, leader=True) == [("father", 4), ("verge", 4)]
    assert targets("bekreft-endring-foresatt", with_guardians(MOTHER, KEPT_OUT), leader=True) == []


def test_care_ends_for_barnevern_and_for_nobody_else() -> None:
    view = with_guardians(MOTHER, CARE)
    assert GuardianRemoval.CARE_ENDED not in reasons_to_remove(situation(view, target="mother"))
    ending = reasons_to_remove(situation(view, target="care"))
    assert ending == (GuardianRemoval.CARE_ENDED, GuardianRemoval.REPLACED)


def test_those_who_decide_now_are_asked_and_those_kept_out_are_in_no_list() -> None:
    view = with_guardians(MOTHER, KEPT_OUT)
    assert [one.person_id for one in view.deciding] == ["mother"]
    assert view.guardians.stands.signers == (Signer(person_id="mother", role=SignerRole.GUARDIAN),)
    titles = [area.title for area in offers(tuple(BY_SLUG.values()), situation(view))]
    assert AREAS[Area.GUARDIANS] in titles
