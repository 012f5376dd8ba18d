"""Who the guardians are, who decides for the youth, who is kept out, and in which language people want to be spoken with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.codes import Agency, Category
from schemas.guardian_codes import (
    DecisionMaker,
    GuardianRemoval,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)
from schemas.guardianship import Guardian
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.case_view import CaseView
from services.portal.form_fields import (
    Choice,
    Day,
    Deposit,
    Option,
    Pick,
    Reading,
    Record,
    Situation,
    Text,
    YesNo,
)
from services.portal.texts import N_

OTHERS = tuple(one for one in DecisionMaker if one is not DecisionMaker.BARNEVERN)
"""Barnevern's care has a form of its own."""
CARE_SHOWN_BY = (ResponsibilitySource.CARE_DECISION, ResponsibilitySource.COURT)
SHOWN_BY_HELP = N_(
    "Foreldreansvar vises av Folkeregisteret eller en dom. At en forelder selv sier det, er nok til å bli spurt, men ikke til å bestemme alene."
)


@dataclass(frozen=True)
class NameOf(Record):
    """Somebody's name, laid in the vault as the identity of the person whose id the form makes."""

    person: str = "person_id"

    def read(self, reading: Reading, at: str) -> str | None:
        """The reference of the identity; a name must be there."""
        ref = super().read(reading, at)
        if ref is None:
            return None
        laid = reading.deposits.pop()
        if not laid.content.get("name"):
            self.wrong(reading, f"{at}-name")
            return None
        person_id = reading.form.derived(reading.situation.visitor.person_id, self.person)
        reading.deposits.append(Deposit(ref, person_id, Category.IDENTITY_CONTACT, laid.content))
        return ref


def today(situation: Situation) -> str:
    """Today."""
    return situation.today.isoformat()


def version(view: CaseView) -> int | None:
    """The version of the guardians."""
    return view.guardians.version


def target(situation: Situation) -> str | None:
    """Whom the form is about."""
    return situation.target


def those(which: Callable[[Guardian], bool]) -> Callable[[Situation], Sequence[Target]]:
    """The guardians who are so, as targets, while the case is open."""

    def targets(situation: Situation) -> list[Target]:
        view = situation.view
        if view.closed_on is not None:
            return []
        return [
            Target(one.person_id, situation.name_of(one.person_id), view.guardians.version)
            for one in view.guardians.stands.guardians
            if which(one)
        ]

    return targets


def unconfirmed(situation: Situation) -> list[Target]:
    """Those about whom something is registered that no leader has confirmed yet, and that takes somebody's say."""
    view = situation.view
    waiting = view.guardians.stands.unconfirmed if view.closed_on is None else ()
    return [
        Target(one.person_id, situation.name_of(one.person_id), view.guardians.version) for one in waiting
    ]


def is_family(guardian: Guardian) -> bool:
    """True for everybody but barnevern."""
    return guardian.decision_maker is not DecisionMaker.BARNEVERN


def reasons_to_remove(situation: Situation) -> Sequence[StrEnum]:
    """Care ends for barnevern, and for nobody else."""
    one = situation.view.guardians.stands.guardian(situation.target or "")
    if one is not None and not is_family(one):
        return (GuardianRemoval.CARE_ENDED, GuardianRemoval.REPLACED)
    return [reason for reason in GuardianRemoval if reason is not GuardianRemoval.CARE_ENDED]


def from_barnevern(situation: Situation) -> list[Option]:
    """Those in the group for barnevern."""
    members = situation.view.active_members
    return [
        (one.person_id, situation.name_of(one.person_id)) for one in members if one.agency is Agency.BARNEVERN
    ]


def everybody(situation: Situation) -> list[Option]:
    """The youth, the guardians and the private members of the group."""
    view = situation.view
    ids = [view.youth_id] if view.youth_id else []
    ids += [one.person_id for one in view.guardians.stands.guardians if is_family(one)]
    ids += [one.person_id for one in view.active_members if one.agency is Agency.PRIVATE_NETWORK]
    return [(person_id, situation.name_of(person_id)) for person_id in dict.fromkeys(ids)]


def registered(situation: Situation) -> bool:
    """While the case is open and has a contract or a sanction."""
    return situation.view.family is not None and situation.view.closed_on is None


FORMS = (
    CommandForm(
        slug="ny-foresatt",
        title=N_("Før opp en foresatt"),
        lead=N_(
            "Den som bestemmer for ungdommen, må også si ja før noe deles. Samtykker som finnes, gjelder ikke før den nye er spurt. Bestemmer "
            "den nye i stedet for andre, trengs det fortsatt ja fra dem til en leder har bekreftet det."
        ),
        area=Area.GUARDIANS,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/guardians",
        offered=registered,
        version=version,
        ids=("person_id",),
        fields=(
            NameOf(
                "identity_ref",
                N_("Hvem er det?"),
                parts={"name": N_("Navn"), "contact": N_("Telefon eller e-post")},
                missing=N_("Skriv navnet til den foresatte."),
                longest=200,
            ),
            Choice("decision_maker", N_("Hva er personen for ungdommen?"), lambda _: OTHERS),
            Choice("source", N_("Hva viser det?"), ResponsibilitySource, help=SHOWN_BY_HELP),
            Day("from_on", N_("Fra hvilken dag?"), proposed=today),
        ),
        button=N_("Før opp"),
        note=N_("Den foresatte er ført opp."),
    ),
    CommandForm(
        slug="endre-foreldreansvar",
        title=N_("Endre hvem som bestemmer"),
        lead=N_(
            "Den som mister ansvaret, kan ikke signere, og får ikke opplysninger som foresatt. En leder må bekrefte det. Til da trengs det "
            "fortsatt ja fra personen til at noe deles. Gi personen grunnen, og si at det kan klages til statsforvalteren."
        ),
        area=Area.GUARDIANS,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/parental-responsibility",
        targets=those(is_family),
        fixed={"person_id": target},
        fields=(
            Choice("decision_maker", N_("Hva er personen for ungdommen nå?"), lambda _: OTHERS),
            Choice("source", N_("Hva viser det?"), ResponsibilitySource, help=SHOWN_BY_HELP),
            Day("from_on", N_("Fra hvilken dag?"), proposed=today),
        ),
        button=N_("Lagre"),
        note=N_("Det er ført hvem som bestemmer."),
    ),
    CommandForm(
        slug="barnevernet-har-omsorgen",
        title=N_("Barnevernet har overtatt omsorgen"),
        lead=N_(
            "Da bestemmer barnevernet i stedet for foreldrene, ved den som er med i gruppen. En leder må bekrefte det før noen kan spørres på "
            "nytt. Ingenting deles på samtykke før barnevernet har sagt ja."
        ),
        area=Area.GUARDIANS,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/parental-responsibility",
        offered=lambda situation: registered(situation) and bool(from_barnevern(situation)),
        version=version,
        fixed={"decision_maker": DecisionMaker.BARNEVERN.value},
        fields=(
            Pick("person_id", N_("Hvem bestemmer for barnevernet?"), among=from_barnevern),
            Choice("source", N_("Hva viser det?"), lambda _: CARE_SHOWN_BY),
            Day("from_on", N_("Fra hvilken dag?"), proposed=today),
            YesNo(
                "parents_informed",
                N_("Skal foreldrene få vite om saken og møtene etter vedtaket?"),
                help=N_("Svarer du nei, får de ingen innkalling og ingen referat."),
            ),
        ),
        button=N_("Lagre"),
        note=N_("Det er ført at barnevernet bestemmer."),
    ),
    CommandForm(
        slug="hold-foresatt-utenfor",
        title=N_("Hold en foresatt utenfor"),
        lead=N_(
            "Brukes når den foresatte kan være en fare for ungdommen. Det gjelder med en gang: ingen kopier, ikke tid og sted, ingen "
            "innkalling og ingen underskrift. En leder må bekrefte det. Til da kan ingen bes om nye samtykker eller om å signere noe nytt. "
            "Vurder meldeplikten etter barnevernsloven § 13-2 nå, og ring barnevernvakten ved fare."
        ),
        area=Area.GUARDIANS,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/guardians/{target}/restricted",
        targets=those(lambda one: is_family(one) and one.restricted is None),
        fields=(
            Choice("basis", N_("Hvorfor?"), RestrictionBasis),
            Text("grounds_ref", N_("Hva bygger det på?"), category=Category.FAMILY),
            Day("from_on", N_("Fra hvilken dag?"), proposed=today),
        ),
        button=N_("Hold utenfor"),
        note=N_(
            "Den foresatte holdes utenfor fra nå. Har du vurdert meldeplikten etter barnevernsloven § 13-2?"
        ),
    ),
    CommandForm(
        slug="bekreft-endring-foresatt",
        title=N_("Bekreft en endring i hvem som bestemmer"),
        lead=N_(
            "Personen holdes utenfor, er tatt bort, har ikke foreldreansvar, eller bestemmer nå i stedet for andre. Det gjelder alt for hva "
            "foreldre og foresatte får vite. Bekrefter du, trengs heller ikke ja fra dem som ikke bestemmer lenger. Snakk med den som leder saken "
            "om hva det bygger på. Er det ikke grunn til det, slipper du inn den foresatte igjen, eller ber om at det føres opp riktig."
        ),
        area=Area.GUARDIANS,
        who=Who.UNIT_LEADER,
        service="contracts",
        path="/cases/{case_id}/guardians/{target}/change-confirmed",
        targets=unconfirmed,
        fields=(Text("grounds_ref", N_("Hva bygger du det på?"), category=Category.FAMILY),),
        button=N_("Bekreft"),
        note=N_("Det er bekreftet. Det trengs ikke lenger ja fra dem som ikke bestemmer."),
    ),
    CommandForm(
        slug="slipp-inn-foresatt",
        title=N_("Slipp inn en foresatt igjen"),
        lead=N_(
            "Den foresatte blir kalt inn og spurt igjen. En leder som ikke selv leder saken, avgjør det."
        ),
        area=Area.GUARDIANS,
        who=Who.UNIT_LEADER,
        service="contracts",
        path="/cases/{case_id}/guardians/{target}/restriction-lifted",
        targets=those(lambda one: one.restricted is not None),
        fields=(Choice("reason", N_("Hvorfor?"), RestrictionLifting),),
        button=N_("Slipp inn"),
        note=N_("Den foresatte holdes ikke lenger utenfor."),
    ),
    CommandForm(
        slug="ikke-lenger-foresatt",
        title=N_("Ta bort en foresatt"),
        lead=N_(
            "Personen går ut av gruppen og ser ikke lenger noe i saken. Det som har skjedd, blir stående. Hadde personen noe å si, må en leder "
            "bekrefte det før noen kan be om nye samtykker."
        ),
        area=Area.GUARDIANS,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/guardians/{target}/removed",
        targets=those(lambda _: True),
        fields=(Choice("reason", N_("Hvorfor?"), reasons_to_remove),),
        button=N_("Ta bort"),
        note=N_("Den foresatte er tatt bort."),
    ),
    CommandForm(
        slug="bekreft-foresatte",
        title=N_("Bekreft hvem som bestemmer"),
        lead=N_(
            "Se over hvem som er foresatte og hvem som bestemmer, og spør dem det gjelder. Er noe feil, retter du det først."
        ),
        area=Area.GUARDIANS,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/guardians/confirmed",
        offered=registered,
        version=version,
        button=N_("Det stemmer"),
        note=N_("Det er bekreftet hvem som bestemmer."),
    ),
    CommandForm(
        slug="sprak",
        title=N_("Før opp hvilket språk noen ønsker"),
        lead=N_(
            "Da vet alle hvilket språk det skal skrives og snakkes på, og om det trengs tolk. Ungdommen skal aldri tolke for andre."
        ),
        area=Area.GUARDIANS,
        who=Who.LEAD,
        service="contracts",
        path="/cases/{case_id}/languages",
        offered=registered,
        fields=(
            Pick("person_id", N_("Hvem gjelder det?"), among=everybody),
            Choice("language", N_("Hvilket språk?"), SpokenLanguage),
            Choice("basis", N_("Hvorfor?"), LanguageBasis),
        ),
        button=N_("Lagre"),
        note=N_("Språket er ført opp."),
    ),
)
