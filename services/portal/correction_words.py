"""What corrections and documents are called on the pages: bokmål here, nynorsk in locale/nn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.codes import CorrectionReason, DocumentClass, RedactionReason, VoidReason
from schemas.correction import (
    ReadersTold,
    RedactedContentDestroyed,
    RegistrationCorrected,
    RegistrationRedacted,
    RegistrationVoided,
)
from schemas.deadline import DeadlineReopened
from schemas.document import DocumentFinalised, PrivateNotesPurged
from schemas.event import Event
from services.portal.texts import N_

CORRECTION_WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    CorrectionReason: {
        CorrectionReason.WRITTEN_WRONGLY: N_("Skrevet feil"),
        CorrectionReason.MISUNDERSTOOD: N_("Misforstått"),
        CorrectionReason.KNOWN_LATER: N_("Kom fram senere"),
        CorrectionReason.ASKED_FOR: N_("Den det gjelder, har bedt om det"),
    },
    VoidReason: {
        VoidReason.WRONG_CASE: N_("Ført i feil sak"),
        VoidReason.REGISTERED_TWICE: N_("Ført to ganger"),
        VoidReason.DID_NOT_HAPPEN: N_("Det skjedde ikke"),
        VoidReason.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    RedactionReason: {
        RedactionReason.ABOUT_SOMEBODY_ELSE: N_("Handler om noen andre"),
        RedactionReason.MORE_THAN_NEEDED: N_("Mer enn det er behov for"),
        RedactionReason.NO_RIGHT_TO_HAVE_IT: N_("Vi har ikke lov til å ha den"),
        RedactionReason.WRONG_CASE: N_("Ført i feil sak"),
        RedactionReason.ASKED_FOR: N_("Den det gjelder, har bedt om det"),
    },
    DocumentClass: {
        DocumentClass.PRIVATE_NOTE: N_("Privat notat: bare du ser det, og det slettes når saken avsluttes"),
        DocumentClass.WORKING: N_("Under arbeid: kan erstattes av en ny versjon"),
        DocumentClass.FINAL: N_("Endelig: kan ikke endres, bare rettes med en ny versjon"),
    },
}
CORRECTION_EVENTS: dict[type[Event], str] = {
    RegistrationCorrected: N_("En registrering ble rettet"),
    RegistrationVoided: N_("En registrering ble strøket"),
    RegistrationRedacted: N_("En tekst ble sladdet"),
    RedactedContentDestroyed: N_("En sladdet tekst ble slettet for godt"),
    ReadersTold: N_("De som hadde lest en tekst, fikk vite at den er rettet"),
    DocumentFinalised: N_("Et dokument ble gjort endelig"),
    PrivateNotesPurged: N_("Private notater ble slettet fordi saken er avsluttet"),
    DeadlineReopened: N_("En frist ble åpnet igjen"),
}
FIELDS: dict[str, str] = {
    "absent": N_("Møtte ikke"),
    "acted_on": N_("Dato"),
    "agenda_ref": N_("Saksliste"),
    "answer": N_("Svar"),
    "asked_on": N_("Meldt fra"),
    "assessed_on": N_("Vurdert"),
    "basis": N_("Grunn"),
    "by": N_("Vurdert av"),
    "category": N_("Type opplysning"),
    "concern_on": N_("Bekymringen oppsto"),
    "confirmed_on": N_("Bekreftet"),
    "criminal_track": N_("Straffesak"),
    "decision_ref": N_("Vedtak"),
    "dismissed_on": N_("Avvist"),
    "done_on": N_("Gjort"),
    "due_on": N_("Frist"),
    "ended_on": N_("Avsluttet"),
    "escalated_on": N_("Løftet"),
    "evaluation_missing": N_("Hvorfor evaluering mangler"),
    "followed_up_on": N_("Fulgt opp"),
    "from_on": N_("Fra og med"),
    "given_how": N_("Hvordan det ble gitt"),
    "given_on": N_("Gitt"),
    "age_band": N_("Aldersgruppe"),
    "happened_on": N_("Når det skjedde"),
    "held_on": N_("Holdt"),
    "kind": N_("Type"),
    "late": N_("Etter fristen"),
    "level": N_("Hvor langt målet er nådd"),
    "method": N_("Hvordan"),
    "missing": N_("Hvorfor det mangler"),
    "mode": N_("Møteform"),
    "origin": N_("Hvem henvendelsen kom fra"),
    "outcome": N_("Utfall"),
    "place_ref": N_("Sted"),
    "present": N_("Møtte"),
    "reason": N_("Begrunnelse"),
    "reasons": N_("Grunner"),
    "received_on": N_("Mottatt"),
    "recorded_on": N_("Ført opp"),
    "redirected_to": N_("Sendt til"),
    "ref": N_("Tekst"),
    "referrer_agency": N_("Etat"),
    "rejected_on": N_("Avslått"),
    "reply": N_("Svar"),
    "resolved_on": N_("Løst"),
    "resumed_on": N_("I gang igjen"),
    "severity": N_("Alvor"),
    "signed_on": N_("Signert"),
    "skipped_on": N_("Hoppet over"),
    "started_on": N_("Startet"),
    "step": N_("Trinn"),
    "tell_review_on": N_("Vurderes på nytt"),
    "text_ref": N_("Tekst"),
    "until_on": N_("Til og med"),
    "urgency": N_("Hvor raskt"),
    "youth_knows": N_("Vet ungdommen om det"),
    "youth_told_on": N_("Ungdommen fikk vite det"),
}
"""What a field that can be corrected is called; a test finds the one that is missing."""
