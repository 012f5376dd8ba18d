"""The short notes that a page shows after something was done: texts by code, so that addresses carry no content."""

from __future__ import annotations

from services.portal.texts import N_

NOTES: dict[str, str] = {
    "kontrakt": N_("Kontrakten er registrert. Nå mangler underskriftene."),
    "ungdomssak": N_("Ungdomssaken er registrert. Nå skal dere kalle inn til ungdomsplanmøte."),
    "underskrift": N_("Underskriften er registrert."),
    "mote": N_("Møtet er satt opp, og de inviterte får varsel."),
    "avholdt": N_("Møtet er registrert som holdt."),
    "samtykke": N_("Samtykket er registrert."),
    "svar-mangler": N_("Samtykket er registrert, men ikke alle svarene. Registrer resten her."),
    "kvittering": N_("Takk. Svaret ditt er registrert."),
    "sa-nei": N_("Svaret er registrert. Ingenting blir delt."),
    "bekreftet": N_("Bekreftelsen er registrert."),
    "fritatt": N_("Det er registrert at svaret ikke trengs."),
    "delt-uten": N_("Det er registrert. Ungdommen skal få vite det, nå eller den dagen du har satt."),
    "vurdert": N_("Vurderingen er registrert."),
    "handlet": N_("Notert."),
    "arkivert": N_("Kvitteringen er registrert."),
    "slett-foreslatt": N_("Sletting er foreslått. En leder må godkjenne."),
    "slettet": N_("Innholdet er slettet for godt."),
    "sperre": N_("Adressesperren er endret."),
    "klarert": N_("Personen er klarert."),
    "klarering-trukket": N_("Klareringen er trukket."),
    "trukket": N_("Samtykket er trukket tilbake. Fra nå av deles ingenting som hviler på det."),
    "avvik": N_("Avviket er meldt."),
    "opplysning": N_("Opplysningen er lagt inn."),
    "taushet": N_("Takk. Du kan nå be om å få se opplysninger i saken."),
    "medlem-inn": N_("Medlemmet er tatt inn i gruppen."),
    "medlem-ut": N_("Medlemmet er ute av gruppen, og tilgangen er stengt."),
    "rettet": N_("Registreringen er rettet. Det som sto, ligger i loggen."),
    "stroket": N_("Registreringen er strøket."),
    "sladdet": N_("Teksten er sladdet. Ingen kan åpne den lenger."),
    "lest": N_("Varselet er merket som lest."),
    "klokke": N_("Demoklokka er stilt fram."),
    "prov-igjen": N_("Hendelsen ble prøvd på nytt."),
    "lagt-til-side": N_("Hendelsen er lagt til side."),
    "grunn-mangler": N_("Velg hvorfor hendelsen legges til side."),
    "logget-ut": N_("Du er logget ut."),
}
