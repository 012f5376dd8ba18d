"""What whoever leads a case does when a consent is gone: talk with those who decide, and enter what the group decided."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.consent_loss import LossDecision
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.sections.lost_consents import LostConsents
from services.portal.form_fields import Choice, Day, Option, Pick, Situation, Text, YesNo
from services.portal.texts import N_
from services.portal.words import word


def lost(situation: Situation) -> Sequence[Target]:
    """The consents that lost their effect and were not replaced."""
    t, view = situation.t, situation.view
    found = []
    for one in (view.consent(which) for which in view.section(LostConsents).lost):
        if one is not None:
            until = t("til %(day)s", day=t.day(one.valid_to))
            found.append(Target(one.consent_id, f"{t(word(one.kind))}, {until}"))
    return found


def lost_or_waiting(situation: Situation) -> Sequence[Target]:
    """Those of them, and the consents that somebody has not answered."""
    t = situation.t
    waiting = [
        Target(one.consent_id, t("%(kind)s, venter på svar", kind=t(word(one.kind))))
        for one in situation.view.consents
        if one.waits
    ]
    return [*lost(situation), *waiting]


def undecided(situation: Situation) -> Sequence[Target]:
    """Those of them that the group has not decided about."""
    states = situation.view.section(LostConsents).lost
    return [target for target in lost(situation) if states[target.id].decision is None]


def asked(situation: Situation) -> list[Option]:
    """Those who were asked for the consent."""
    consent = situation.view.consent(situation.target or "")
    people = consent.answers if consent else ()
    return [(one.person_id, situation.name_of(one.person_id)) for one in people]


FORMS = (
    CommandForm(
        slug="kontakt-om-samtykke",
        title=N_("Før opp at du har tatt kontakt"),
        lead=N_(
            "Et samtykke er falt bort, eller noen har ikke svart. Snakk med hver av dem som bestemmer, hver for seg hvis de er uenige."
            " Det dere sa, skal ikke inn her. Får du ikke tak i en foresatt etter tre forsøk over 14 dager, kan en leder avgjøre at svaret"
            " ikke trengs."
        ),
        area=Area.SHARING,
        who=Who.LEAD,
        service="sharing",
        path="/consents/{target}/contacts",
        targets=lost_or_waiting,
        fields=(
            Pick("person_id", N_("Hvem?"), asked),
            YesNo("reached", N_("Fikk du tak i personen?")),
            Day("contacted_on", N_("Når?"), proposed=lambda situation: situation.today),
        ),
        button=N_("Lagre"),
        note=N_("Kontakten er ført opp."),
    ),
    CommandForm(
        slug="bestemt-om-samtykke",
        title=N_("Før opp hva gruppen bestemte"),
        lead=N_(
            "Virker kontrakten fortsatt når dette samtykket er borte? Det som bestemmes, gjør dere selv etterpå."
            " Bare ett skjer av seg selv: en signert kontrakt som ikke har startet, venter på dette, og starter når dere går videre."
        ),
        area=Area.SHARING,
        who=Who.LEAD,
        service="sharing",
        path="/consents/{target}/decision",
        targets=undecided,
        fields=(
            Choice("decision", N_("Hva ble bestemt?"), LossDecision),
            Day("decided_on", N_("Når?"), proposed=lambda situation: situation.today),
            Text("text_ref", N_("Begrunnelsen"), optional=True),
        ),
        button=N_("Lagre"),
        note=N_("Det gruppen bestemte, er ført opp."),
    ),
)
