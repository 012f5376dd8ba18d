"""Every rule of this service in words: a sentence that a user can act on, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Conflict, NotAllowed, Refused, Sentence
from services.network.domain.forum_sentences import FORUM_SENTENCES
from services.network.domain.kept_out_sentences import KEPT_OUT_SENTENCES
from services.network.domain.meeting_sentences import MEETING_SENTENCES
from services.network.domain.record_sentences import RECORD_SENTENCES

SAYS: dict[str, Sentence] = {
    **FORUM_SENTENCES,
    **MEETING_SENTENCES,
    **RECORD_SENTENCES,
    "NO_SUCH_ROLE": Sentence(
        "Ingen person kan ha denne rollen; den er for systemets egne tjenester.",
        "Ingen person kan ha denne rolla; ho er for dei eigne tenestene i systemet.",
        "No person can have this role; it is for the system's own services.",
    ),
    **KEPT_OUT_SENTENCES,
    "CASE_CLOSED": Sentence(
        "Saken er avsluttet. Ingenting kan endres i den.",
        "Saka er avslutta. Ingenting kan endrast i ho.",
        "The case is closed. Nothing in it can be changed.",
    ),
    "ONLY_LEADING": Sentence(
        "Bare den som leder nettverksgruppen, stedfortrederen eller sekretæren kan gjøre dette.",
        "Berre den som leier nettverksgruppa, stedfortredaren eller sekretæren kan gjere dette.",
        "Only the one who leads the network group, the deputy or the secretary can do this.",
    ),
    "ACCESS_NOT_MEMBER": Sentence(
        "Gruppen er endret siden du åpnet siden. Se på listen en gang til.",
        "Gruppa er endra sidan du opna sida. Sjå på lista ein gong til.",
        "The group has changed since you opened the page. Look at the list once more.",
    ),
    "ACCESS_NOT_ALL": Sentence(
        "Kryss av for alle som skal ha tilgang. Den som ikke skal ha tilgang lenger, tar du ut av gruppen først.",
        "Kryss av for alle som skal ha tilgang. Den som ikkje skal ha tilgang lenger, tek du ut av gruppa først.",
        "Tick everybody who shall have access. Take whoever shall not have it any more out of the group first.",
    ),
    "MEMBER_ALREADY": Sentence(
        "Personen er alt med i nettverksgruppen.",
        "Personen er alt med i nettverksgruppa.",
        "The person is in the network group already.",
    ),
    "NOT_A_MEMBER": Sentence(
        "Personen er ikke med i nettverksgruppen nå.",
        "Personen er ikkje med i nettverksgruppa no.",
        "The person is not in the network group now.",
    ),
    "LEAD_BY_CHANGE": Sentence(
        "Ny leder settes ved å bytte ansvarlig for saken, ikke ved å legge til et medlem.",
        "Ny leiar blir sett ved å byte ansvarleg for saka, ikkje ved å leggje til ein medlem.",
        "A new lead is set by changing who is responsible for the case, not by adding a member.",
    ),
    "LEAD_STAYS": Sentence(
        "Den som leder saken, kan ikke gå ut før en annen har overtatt ansvaret.",
        "Den som leier saka, kan ikkje gå ut før ein annan har teke over ansvaret.",
        "The one who leads the case cannot leave before somebody else has taken over.",
    ),
    "YOUTH_STAYS": Sentence(
        "Nettverksgruppen er ungdommens egen. Vil ungdommen ut, avsluttes kontrakten.",
        "Nettverksgruppa er ungdommen si eiga. Vil ungdommen ut, blir kontrakten avslutta.",
        "The network group is the youth's own. If the youth wants out, the contract is ended.",
    ),
    "YOUTH_BY_CONTRACT": Sentence(
        "Gruppen har én ungdom: den saken gjelder. Ungdommen kommer med når kontrakten eller reaksjonen registreres.",
        "Gruppa har éin ungdom: den saka gjeld. Ungdommen kjem med når kontrakten eller reaksjonen blir registrert.",
        "The group has one youth: the one whom the case is about, who comes with the registration of the contract or the sanction.",
    ),
    "GUARDIAN_NOT_REGISTERED": Sentence(
        "Personen er ikke registrert som foresatt i saken. Registrer først hvem som bestemmer for ungdommen, og hva det bygger på.",
        "Personen er ikkje registrert som føresett i saka. Registrer først kven som bestemmer for ungdommen, og kva det byggjer på.",
        "The person is not registered as a guardian in the case. First register who decides for the youth, and what shows it.",
    ),
    "FAMILY_IS_PRIVATE": Sentence(
        "Ungdom og foresatte er med som seg selv, ikke for en etat.",
        "Ungdom og føresette er med som seg sjølve, ikkje for ein etat.",
        "Youths and guardians take part as themselves, not for an agency.",
    ),
    "NOT_IN_DIRECTORY": Sentence(
        "Personen står ikke i katalogen over etater og ansatte. Legg personen inn der først.",
        "Personen står ikkje i katalogen over etatar og tilsette. Legg personen inn der først.",
        "The person is not in the directory of agencies and staff. Enter the person there first.",
    ),
    "OTHER_AGENCY": Sentence(
        "Personen står i katalogen for en annen etat.",
        "Personen står i katalogen for ein annan etat.",
        "The directory has the person under another agency.",
    ),
    "DECLARED_ALREADY": Sentence(
        "Du har alt skrevet under på denne taushetserklæringen.",
        "Du har alt skrive under på denne teieplikterklæringa.",
        "You have made this secrecy declaration already.",
    ),
    "FAMILY_DECLARES_NOT": Sentence(
        "Ungdom og foresatte avgir ikke taushetserklæring om egen sak.",
        "Ungdom og føresette gir ikkje teieplikterklæring om eiga sak.",
        "Youths and guardians make no secrecy declaration about their own case.",
    ),
    "NO_NIGHT_HOUR": Sentence(
        "Et møte kan ikke begynne mellom kl. 02 og 03, fordi den timen mangler eller kommer to ganger når klokken stilles.",
        "Eit møte kan ikkje byrje mellom kl. 02 og 03, fordi den timen manglar eller kjem to gonger når klokka blir stilt.",
        "A meeting cannot begin between 2 and 3 in the night, since that hour is missing or comes twice when clocks change.",
    ),
    "NO_SUCH_HOUR": Sentence(
        "Dette klokkeslettet finnes ikke den dagen, fordi klokken stilles fram.",
        "Dette klokkeslettet finst ikkje den dagen, fordi klokka blir stilt fram.",
        "There is no such time on that day, since clocks go forward.",
    ),
    "LENGTH_UNLIKELY": Sentence(
        "Et møte varer fra 10 minutter til 8 timer.",
        "Eit møte varer frå 10 minutt til 8 timar.",
        "A meeting lasts from 10 minutes to 8 hours.",
    ),
    "TOO_LONG_AGO": Sentence(
        "Møtet kan føres inn høyst {days} dager i ettertid.",
        "Møtet kan førast inn høgst {days} dagar i ettertid.",
        "The meeting can be entered at most {days} days afterwards.",
    ),
    "TOO_FAR_AHEAD": Sentence(
        "Møtet kan kalles inn høyst ett år fram i tid.",
        "Møtet kan kallast inn høgst eitt år fram i tid.",
        "The meeting can be called at most a year ahead.",
    ),
    "NOBODY_INVITED": Sentence(
        "Velg hvem som skal kalles inn.", "Vel kven som skal kallast inn.", "Choose who is to be invited."
    ),
    "INVITED_NOT_MEMBER": Sentence(
        "Bare de som er med i nettverksgruppen, kan kalles inn.",
        "Berre dei som er med i nettverksgruppa, kan kallast inn.",
        "Only those who are in the network group can be invited.",
    ),
    "NOTHING_CHANGED": Sentence(
        "Ingenting er endret.",
        "Ingenting er endra.",
        "Nothing was changed.",
    ),
    "NOT_INVITED": Sentence(
        "Bare de som er kalt inn, kan svare på innkallingen.",
        "Berre dei som er kalla inn, kan svare på innkallinga.",
        "Only those who are invited can answer the call.",
    ),
    "REPLIED_ALREADY": Sentence(
        "Du har alt svart det samme.",
        "Du har alt svara det same.",
        "You have given this answer already.",
    ),
    "TASK_EXISTS": Sentence(
        "Oppgaven er alt gitt.",
        "Oppgåva er alt gitt.",
        "The task has been assigned already.",
    ),
    "TASK_NOT_OPEN": Sentence(
        "Oppgaven er alt påbegynt eller avsluttet.",
        "Oppgåva er alt påbyrja eller avslutta.",
        "The task has been begun or ended already.",
    ),
    "OWNER_NOT_MEMBER": Sentence(
        "Den som får oppgaven, må være med rundt ungdommen.",
        "Den som får oppgåva, må vere med rundt ungdommen.",
        "Whoever gets the task must be among those around the youth.",
    ),
    "DUE_IN_PAST": Sentence(
        "Fristen kan ikke ligge tilbake i tid.",
        "Fristen kan ikkje liggje tilbake i tid.",
        "The due date cannot be in the past.",
    ),
    "NOT_YOUR_TASK": Sentence(
        "Bare den som har oppgaven, eller den som leder gruppen, kan gjøre dette.",
        "Berre den som har oppgåva, eller den som leier gruppa, kan gjere dette.",
        "Only the owner of the task, or the one who leads the group, can do this.",
    ),
    "MEETING_EXISTS": Sentence(
        "Møtet er alt kalt inn.", "Møtet er alt kalla inn.", "The meeting has been called already."
    ),
    "CALLED_TWICE": Sentence(
        "Det er alt kalt inn til et slikt møte {day} kl. {clock}. Bruk det, i stedet for å kalle inn til to.",
        "Det er alt kalla inn til eit slikt møte {day} kl. {clock}. Bruk det, i staden for å kalle inn til to.",
        "Such a meeting has been called for {day} at {clock} already. Use that one instead of calling two.",
    ),
    "NOT_CALLED": Sentence(
        "Møtet er alt holdt eller avlyst.",
        "Møtet er alt halde eller avlyst.",
        "The meeting was held or cancelled already.",
    ),
    "HELD_IN_FUTURE": Sentence(
        "Møtet kan ikke føres som holdt før det har vært.",
        "Møtet kan ikkje førast som halde før det har vore.",
        "The meeting cannot be entered as held before it has been.",
    ),
    "HELD_BEFORE_CALLED_FOR": Sentence(
        "Møtet var kalt inn til en senere dag. Flytt møtet først.",
        "Møtet var kalla inn til ein seinare dag. Flytt møtet først.",
        "The meeting was called for a later day. Move the meeting first.",
    ),
    "NOBODY_PRESENT": Sentence(
        "Kom ingen, ble møtet ikke holdt. Avlys det, eller før opp hvem som var der.",
        "Kom ingen, vart møtet ikkje halde. Avlys det, eller før opp kven som var der.",
        "If nobody came, the meeting was not held. Cancel it, or list who was there.",
    ),
    "PRESENT_AND_ABSENT": Sentence(
        "En person kan ikke både ha vært til stede og fraværende.",
        "Ein person kan ikkje både ha vore til stades og fråverande.",
        "A person cannot both have been present and absent.",
    ),
    "ATTENDANCE_INCOMPLETE": Sentence(
        "Alle som var kalt inn, må føres som til stede eller fraværende.",
        "Alle som var kalla inn, må førast som til stades eller fråverande.",
        "Everyone who was invited must be listed as present or absent.",
    ),
    "STRANGER_PRESENT": Sentence(
        "Bare medlemmer av nettverksgruppen kan føres opp. Legg personen til i gruppen først.",
        "Berre medlemmer av nettverksgruppa kan førast opp. Legg personen til i gruppa først.",
        "Only members of the network group can be listed. Add the person to the group first.",
    ),
    "OTHER_MUNICIPALITY": Sentence(
        "Du kan bare føre inn kontorer i en kommune du arbeider for.",
        "Du kan berre føre inn kontor i ein kommune du arbeider for.",
        "You can only enter offices of a municipality that you work for.",
    ),
    "OFFICE_MISSING": Sentence(
        "Skriv hva kontoret eller tjenesten heter.",
        "Skriv kva kontoret eller tenesta heiter.",
        "Write what the office or service is called.",
    ),
    "NUMBER_IN_DIRECTORY": Sentence(
        "Teksten har elleve siffer etter hverandre. Katalogen har kontorer, ikke enkeltpersoner.",
        "Teksten har elleve siffer etter kvarandre. Katalogen har kontor, ikkje enkeltpersonar.",
        "The text has eleven digits in a row. The directory holds offices, not individuals.",
    ),
}


def refused(rule: str, *, field: str | None = None, **values: object) -> Refused:
    """The refusal of a rule, its sentence filled with `values`."""
    return Refused(rule, SAYS[rule].with_values(**values), field=field)


def conflict(rule: str, *, field: str | None = None, **values: object) -> Conflict:
    """The refusal of something that does not fit what has happened already, its sentence filled with `values`."""
    return Conflict(rule, SAYS[rule].with_values(**values), field=field)


def not_allowed(rule: str) -> NotAllowed:
    """The refusal of something that this person may not do, though another may."""
    return NotAllowed(rule, SAYS[rule])
