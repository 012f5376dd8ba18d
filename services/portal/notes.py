"""The short notes that a page shows after something was done: texts by code, so that addresses carry no content."""

from __future__ import annotations

from services.portal.texts import N_

NOTES: dict[str, str] = {
    "kontrakt": N_("Kontrakten er registrert. Nå mangler underskriftene."),
    "ungdomssak": N_("Ungdomssaken er registrert. Nå skal dere kalle inn til ungdomsplanmøte."),
    "mote": N_("Møtet er satt opp, og de inviterte får varsel."),
    "avholdt": N_("Møtet er registrert som holdt."),
    "referat-utkast": N_("Utkastet er lagret. Send det ut når det er ferdig."),
    "referat-rettet": N_("Den nye utgaven er sendt til de samme mottakerne."),
    "mekling": N_("Meklingsmappen er åpnet."),
    "mekling-lagret": N_("Lagret i meklingsmappen."),
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
    "personvern": N_("Det er registrert."),
    "sperre": N_("Adressesperren er endret."),
    "sperret-ute": N_(
        "Adressesperren er endret. Du er ikke klarert, så du ser ikke saken lenger. Lederen din kan klarere deg."
    ),
    "klarert": N_("Personen er klarert."),
    "klarering-trukket": N_("Klareringen er trukket."),
    "trukket-for-noen": N_(
        "Samtykket er trukket tilbake for dem du krysset av. De får ikke mer, og resten gjelder som før."
    ),
    "trukket": N_("Samtykket er trukket tilbake. Fra nå av deles ingenting som hviler på det."),
    "taushet": N_("Takk. Du kan nå be om å få se opplysninger i saken."),
    "medlem-inn": N_("Medlemmet er tatt inn i gruppen."),
    "rettet": N_("Registreringen er rettet. Det som sto, ligger i loggen."),
    "meldt-feil": N_("Det er meldt fra. Den som leder saken, svarer innen ti virkedager."),
    "stroket": N_("Registreringen er strøket."),
    "sladdet": N_("Teksten er sladdet. Ingen kan åpne den lenger."),
    "henvendelse": N_("Henvendelsen er registrert."),
    "henvendelse-siles": N_("Henvendelsen er tatt opp til siling."),
    "henvendelse-tatt-imot": N_("Henvendelsen er tatt imot, og saken er opprettet."),
    "henvendelse-avslatt": N_("Henvendelsen er avslått."),
    "henvendelse-videre": N_("Henvendelsen er vist videre."),
    "henvendelse-gitt": N_("En annen koordinator ser på henvendelsen nå."),
    "henvendelse-bekreftet": N_("Det er ført opp at den som henvendte seg, har fått beskjed."),
    "henvendelse-trukket": N_("Henvendelsen er trukket."),
    "konsultasjon": N_("Konsultasjonen er ført opp."),
    "ikke-motes": N_("Det er ført at ungdommene skal ikke møtes."),
    "kan-motes": N_("Det er ført at ungdommene kan møtes igjen."),
    "kog": N_("Det er lagret i KOG."),
    "lest": N_("Varselet er merket som lest."),
    "klokke": N_("Demoklokka er stilt fram."),
    "prov-igjen": N_("Hendelsen ble prøvd på nytt."),
    "lagt-til-side": N_("Hendelsen er lagt til side."),
    "grunn-mangler": N_("Velg hvorfor hendelsen legges til side."),
    "logget-ut": N_("Du er logget ut."),
}
