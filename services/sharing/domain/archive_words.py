"""What the archive's package calls things, in bokmål and nynorsk: registrations, agencies, and the provisions that keep it all from the public.

Which texts are documents of the case is decided here: those that a registration of a kind in ISSUED names, beside those that were made final.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas.codes import Agency, Programme


class Words(NamedTuple):
    """The same in both languages."""

    nb: str
    nn: str

    def within(self, language: str) -> str:
        """In one of them; bokmål unless nynorsk is asked for."""
        return self.nn if language == "nn" else self.nb


FINAL_DOCUMENT = Words("Opplysning i saken", "Opplysning i saka")
ISSUED: dict[str, Words] = {
    "correction.requested": Words("Ønske om retting", "Ønske om retting"),
    "correction.refused": Words("Svar på ønske om retting", "Svar på ønske om retting"),
    "aftercare.checked": Words("Kontakt etter avslutning", "Kontakt etter avslutning"),
    "breach_conversation.held": Words("Bruddsamtale", "Brotsamtale"),
    "case.lead_changed": Words("Overlevering til ny saksansvarlig", "Overlevering til ny saksansvarleg"),
    "case.returned_to_prosecution": Words(
        "Sending tilbake til påtalemyndigheten", "Sending tilbake til påtalemakta"
    ),
    "case.transferred_to_kriminalomsorgen": Words(
        "Overføring til kriminalomsorgen", "Overføring til kriminalomsorga"
    ),
    "complaint.answered": Words("Svar på klage", "Svar på klage"),
    "complaint.received": Words("Klage", "Klage"),
    "consent.confirmed": Words("Bekreftet samtykke", "Stadfesta samtykke"),
    "consent.given": Words("Samtykke", "Samtykke"),
    "consent.loss_decided": Words("Avgjørelse da samtykke falt bort", "Avgjerd då samtykke fall bort"),
    "consent.signer_excused": Words("Fritak fra samtykke", "Fritak frå samtykke"),
    "contract.change_proposed": Words("Forslag om endret kontrakt", "Forslag om endra kontrakt"),
    "contract.registered": Words("Kontrakt", "Kontrakt"),
    "coordination.recorded": Words("Samordning med andre planer", "Samordning med andre planar"),
    "decision.delivered": Words("Melding om avgjørelse", "Melding om avgjerd"),
    "data_subject_request.answered": Words(
        "Svar på krav om egne opplysninger", "Svar på krav om eigne opplysningar"
    ),
    "data_subject_request.received": Words("Krav om egne opplysninger", "Krav om eigne opplysningar"),
    "deviation.assessed": Words("Vurdering av avvik", "Vurdering av avvik"),
    "deviation.escalated": Words("Avvik løftet til avgjørelse", "Avvik lyfta til avgjerd"),
    "deviation.reported": Words("Melding om avvik", "Melding om avvik"),
    "evaluation.held": Words("Evaluering", "Evaluering"),
    "evaluation.planned": Words("Plan for evaluering", "Plan for evaluering"),
    "goal.assessed": Words("Vurdering av mål", "Vurdering av mål"),
    "guardian.change_confirmed": Words(
        "Leders bekreftelse av en endring i hvem som bestemmer",
        "Stadfesting frå leiar av ei endring i kven som bestemmer",
    ),
    "guardian.restricted": Words(
        "Avgjørelse om å holde en foresatt utenfor", "Avgjerd om å halde ein føresett utanfor"
    ),
    "information.disclosed": Words("Opplysninger gitt uten samtykke", "Opplysningar gjevne utan samtykke"),
    "mediation.closed": Words("Avsluttet mekling", "Avslutta mekling"),
    "meeting.called": Words("Innkalling til møte", "Innkalling til møte"),
    "minutes.commented": Words("Merknad til referat", "Merknad til referat"),
    "minutes.corrected": Words("Referat, rettet utgave", "Referat, retta utgåve"),
    "meeting.looked_back_on": Words("Tilbakeblikk på et møte", "Tilbakeblikk på eit møte"),
    "minutes.issued": Words("Referat fra møte", "Referat frå møte"),
    "new_offence.reported": Words("Melding om nytt lovbrudd", "Melding om nytt lovbrot"),
    "oral_warning.given": Words("Muntlig advarsel", "Munnleg åtvaring"),
    "personal_data_breach.assessed": Words(
        "Vurdering av brudd på personopplysningssikkerheten",
        "Vurdering av brot på personopplysningstryggleiken",
    ),
    "personal_data_breach.found": Words(
        "Brudd på personopplysningssikkerheten", "Brot på personopplysningstryggleiken"
    ),
    "personal_data_breach.not_notified": Words(
        "Avgjørelse om ikke å melde brudd", "Avgjerd om ikkje å melde brot"
    ),
    "personal_data_breach.notified": Words("Melding til Datatilsynet", "Melding til Datatilsynet"),
    "prosecution_acceptance.recorded": Words("Svar fra påtalemyndigheten", "Svar frå påtalemakta"),
    "referral.received": Words("Henvendelse", "Førespurnad"),
    "registration.corrected": Words("Rettelse", "Retting"),
    "sanction.received": Words("Idømt eller ilagt reaksjon", "Idømd eller ilagd reaksjon"),
    "suitability.assessed": Words("Vurdering av egnethet", "Vurdering av om tiltaket høver"),
    "task.assigned": Words("Oppgave", "Oppgåve"),
    "travel_leave.asked": Words("Søknad om utenlandsreise", "Søknad om utanlandsreise"),
    "youth_account.recorded": Words("Ungdommens forklaring", "Forklaringa til ungdommen"),
    "youth_plan.adopted": Words("Ungdomsplan", "Ungdomsplan"),
    "youth_plan.tightened": Words("Skjerpet ungdomsplan", "Skjerpa ungdomsplan"),
}
"""The registrations that make a text a document of the case, by the event's type."""

NOT_ISSUED = frozenset(
    {
        "agenda_item.added",
        "agenda_item.carried_over",
        "agenda_item.settled",
        "case.archived",
        "case.exported_to_archive",
        "consultation.logged",
        "document.finalised",
        "guardian.added",
        "information.recorded",
        "interpreter.needed",
        "mediation.party_joined",
        "minutes.drafted",
        "opening.decided",
        "private_notes.purged",
        "readers.told",
        "receipt.requested",
        "redacted_content.destroyed",
        "referral.screened",
        "registration.redacted",
        "registration.voided",
    }
)
"""Events that name texts and do not make them documents: drafts, preparations, what was looked at, and what tells of a text in another way."""

PROGRAMMES: dict[Programme | None, Words] = {
    Programme.FA_YOUTH_CONTRACT: Words(
        "Oppfølging etter ungdomskontrakt", "Oppfølging etter ungdomskontrakt"
    ),
    Programme.FA_SUBSTANCE_CONTRACT: Words("Oppfølging etter ruskontrakt", "Oppfølging etter ruskontrakt"),
    Programme.YOUTH_FOLLOW_UP: Words("Ungdomsoppfølging", "Ungdomsoppfølging"),
    Programme.YOUTH_PENALTY: Words("Ungdomsstraff", "Ungdomsstraff"),
    None: Words("Henvendelse og oppfølging", "Førespurnad og oppfølging"),
}

AGENCIES: dict[Agency, Words] = {
    Agency.FELLES_ANSVAR: Words("Felles ansvar", "Felles ansvar"),
    Agency.KOMMUNE_SLT: Words("Kommunen, SLT", "Kommunen, SLT"),
    Agency.POLITI_FOREBYGGENDE: Words("Politiet, forebyggende", "Politiet, førebyggjande"),
    Agency.PATALEMYNDIGHET: Words("Påtalemyndigheten", "Påtalemakta"),
    Agency.BARNEVERN: Words("Barnevernstjenesten", "Barnevernstenesta"),
    Agency.SKOLE_GRUNN: Words("Grunnskolen", "Grunnskulen"),
    Agency.SKOLE_VGS: Words("Videregående skole", "Vidaregåande skule"),
    Agency.OPPFOLGINGSTJENESTE: Words("Oppfølgingstjenesten", "Oppfølgingstenesta"),
    Agency.PPT: Words("PP-tjenesten", "PP-tenesta"),
    Agency.BUP: Words("BUP", "BUP"),
    Agency.SKOLEHELSETJENESTE: Words("Skolehelsetjenesten", "Skulehelsetenesta"),
    Agency.FASTLEGE: Words("Fastlegen", "Fastlegen"),
    Agency.NAV: Words("Nav", "Nav"),
    Agency.KONFLIKTRAAD: Words("Konfliktrådet", "Konfliktrådet"),
    Agency.KRIMINALOMSORG: Words("Kriminalomsorgen", "Kriminalomsorga"),
    Agency.FRITID: Words("Fritidstilbud", "Fritidstilbod"),
    Agency.UTEKONTAKT: Words("Utekontakten", "Utekontakten"),
    Agency.FRIVILLIG_ORG: Words("Frivillig organisasjon", "Frivillig organisasjon"),
    Agency.MENTOR: Words("Mentor", "Mentor"),
    Agency.KRISESENTER: Words("Krisesenter", "Krisesenter"),
    Agency.BARNEHUS: Words("Statens barnehus", "Statens barnehus"),
    Agency.ADVOKAT: Words("Advokat", "Advokat"),
    Agency.TOLK: Words("Tolk", "Tolk"),
    Agency.FYLKESKOMMUNE: Words("Fylkeskommunen", "Fylkeskommunen"),
    Agency.PRIVATE_NETWORK: Words("Privat nettverk", "Privat nettverk"),
}

GENERAL_SECRECY = Words(
    "Offentleglova § 13 første ledd, jf. forvaltningsloven § 13 første ledd nr. 1",
    "Offentleglova § 13 første ledd, jf. forvaltningslova § 13 første ledd nr. 1",
)
_HEALTH = Words(
    "Offentleglova § 13 første ledd, jf. helsepersonelloven § 21",
    "Offentleglova § 13 første ledd, jf. helsepersonellova § 21",
)
_POLICE = Words(
    "Offentleglova § 13 første ledd, jf. politiregisterloven § 23",
    "Offentleglova § 13 første ledd, jf. politiregisterlova § 23",
)
SECRECY_OF: dict[Agency, Words] = {
    Agency.BUP: _HEALTH,
    Agency.SKOLEHELSETJENESTE: _HEALTH,
    Agency.FASTLEGE: _HEALTH,
    Agency.POLITI_FOREBYGGENDE: _POLICE,
    Agency.PATALEMYNDIGHET: _POLICE,
    Agency.BARNEVERN: Words(
        "Offentleglova § 13 første ledd, jf. barnevernsloven § 13-1",
        "Offentleglova § 13 første ledd, jf. barnevernslova § 13-1",
    ),
    Agency.KONFLIKTRAAD: Words(
        "Offentleglova § 13 første ledd, jf. konfliktrådsloven § 9",
        "Offentleglova § 13 første ledd, jf. konfliktrådslova § 9",
    ),
    Agency.NAV: Words(
        "Offentleglova § 13 første ledd, jf. NAV-loven § 7",
        "Offentleglova § 13 første ledd, jf. NAV-lova § 7",
    ),
}
"""The provision that shields what an agency gave; GENERAL_SECRECY for the rest. To be confirmed by a lawyer before real use."""
