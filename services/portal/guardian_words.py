"""What guardians, who decides, and languages are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.guardian_codes import (
    DecisionMaker,
    GuardianRemoval,
    KeptOut,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)
from services.portal.texts import N_

GUARDIAN_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    DecisionMaker: {
        DecisionMaker.PARENT: N_("Forelder med foreldreansvar"),
        DecisionMaker.SOLE_PARENT: N_("Forelder med foreldreansvaret alene"),
        DecisionMaker.NO_RESPONSIBILITY: N_("Forelder uten foreldreansvar"),
        DecisionMaker.BARNEVERN: N_("Barnevernet har omsorgen"),
        DecisionMaker.VERGE: N_("Verge"),
        DecisionMaker.SETTEVERGE: N_("Setteverge"),
        DecisionMaker.REPRESENTATIVE: N_("Representant for enslig mindreårig"),
    },
    ResponsibilitySource: {
        ResponsibilitySource.FOLKEREGISTER: N_("Folkeregisteret"),
        ResponsibilitySource.COURT: N_("Dom eller rettsforlik"),
        ResponsibilitySource.CARE_DECISION: N_("Vedtak om omsorgsovertakelse"),
        ResponsibilitySource.APPOINTMENT: N_("Oppnevning fra statsforvalteren"),
        ResponsibilitySource.DECLARED: N_("Sagt av personen selv"),
    },
    GuardianRemoval: {
        GuardianRemoval.DEATH: N_("Personen er død"),
        GuardianRemoval.APPOINTMENT_ENDED: N_("Oppnevningen er over"),
        GuardianRemoval.CARE_ENDED: N_("Omsorgen er tilbakeført"),
        GuardianRemoval.REPLACED: N_("En annen har overtatt"),
        GuardianRemoval.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    RestrictionBasis: {
        RestrictionBasis.DANGER_TO_YOUTH: N_("Fare for ungdommen"),
        RestrictionBasis.SUSPECTED_OF_HARM: N_("Mistanke om at den foresatte har skadet ungdommen"),
        RestrictionBasis.COURT_ORDER: N_("Besøks- eller kontaktforbud"),
        RestrictionBasis.CARE_DECISION: N_("Vedtak fra barnevernet eller nemnda"),
        RestrictionBasis.CHILD_WELFARE_ADVICE: N_("Råd fra barnevernet"),
    },
    RestrictionLifting: {
        RestrictionLifting.DANGER_OVER: N_("Faren er over"),
        RestrictionLifting.UNFOUNDED: N_("Det var ikke grunn til det"),
        RestrictionLifting.ORDER_ENDED: N_("Forbudet eller vedtaket er over"),
        RestrictionLifting.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    KeptOut: {
        KeptOut.GUARDIAN_REMOVED: N_("Ikke lenger foresatt"),
        KeptOut.GUARDIAN_RESTRICTED: N_("Holdes utenfor"),
        KeptOut.CARE_TAKEN_OVER: N_("Skal ikke ha opplysninger etter vedtaket"),
        KeptOut.WITHOUT_RESPONSIBILITY: N_("Bestemmer ikke"),
    },
    SpokenLanguage: {
        SpokenLanguage.NB: N_("Bokmål"),
        SpokenLanguage.NN: N_("Nynorsk"),
        SpokenLanguage.SE: N_("Nordsamisk"),
        SpokenLanguage.SMJ: N_("Lulesamisk"),
        SpokenLanguage.SMA: N_("Sørsamisk"),
        SpokenLanguage.NSL: N_("Norsk tegnspråk"),
        SpokenLanguage.EN: N_("Engelsk"),
        SpokenLanguage.AR: N_("Arabisk"),
        SpokenLanguage.FA: N_("Persisk eller dari"),
        SpokenLanguage.KU: N_("Kurdisk"),
        SpokenLanguage.LT: N_("Litauisk"),
        SpokenLanguage.PL: N_("Polsk"),
        SpokenLanguage.RU: N_("Russisk"),
        SpokenLanguage.SO: N_("Somali"),
        SpokenLanguage.TI: N_("Tigrinja"),
        SpokenLanguage.TR: N_("Tyrkisk"),
        SpokenLanguage.UK: N_("Ukrainsk"),
        SpokenLanguage.OTHER: N_("Et annet språk"),
    },
    LanguageBasis: {
        LanguageBasis.OWN_WISH: N_("Personen ønsker det selv"),
        LanguageBasis.SAMI_RIGHT: N_("Rett til samisk etter sameloven"),
        LanguageBasis.INTERPRETER_DUTY: N_("Trenger tolk for å forstå og bli forstått"),
    },
}
