"""The short notes that a page shows after something was done: texts by code, so that addresses carry no content."""

from __future__ import annotations

from services.portal.texts import N_

NOTES: dict[str, str] = {
    "kontrakt": N_("Kontrakten er registrert. Nå mangler underskriftene."),
    "underskrift": N_("Underskriften er registrert."),
    "mote": N_("Møtet er satt opp, og de inviterte får varsel."),
    "avholdt": N_("Møtet er registrert som holdt."),
    "samtykke": N_("Samtykket er registrert."),
    "svar-mangler": N_("Samtykket er registrert, men ikke alle svarene. Registrer resten her."),
    "kvittering": N_("Takk. Svaret ditt er registrert."),
    "trukket": N_("Samtykket er trukket tilbake. Fra nå av deles ingenting som hviler på det."),
    "avvik": N_("Avviket er meldt."),
    "opplysning": N_("Opplysningen er lagt inn."),
    "taushet": N_("Takk. Du kan nå be om å få se opplysninger i saken."),
    "medlem-inn": N_("Medlemmet er tatt inn i gruppen."),
    "medlem-ut": N_("Medlemmet er ute av gruppen, og tilgangen er stengt."),
    "lest": N_("Varselet er merket som lest."),
    "klokke": N_("Demoklokka er stilt fram."),
    "prov-igjen": N_("Hendelsen ble prøvd på nytt."),
    "lagt-til-side": N_("Hendelsen er lagt til side."),
    "grunn-mangler": N_("Velg hvorfor hendelsen legges til side."),
    "logget-ut": N_("Du er logget ut."),
}
