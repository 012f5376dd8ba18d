"""The rules of group facts, mediation records and forums in words, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Sentence

RECORD_SENTENCES: dict[str, Sentence] = {
    "NOT_A_MENTOR": Sentence(
        "Politiattest føres bare for mentorer.",
        "Politiattest blir berre ført for mentorar.",
        "Police certificates are entered for mentors only.",
    ),
    "CERTIFICATE_IN_FUTURE": Sentence(
        "Attesten kan ikke være vist etter i dag.",
        "Attesten kan ikkje vere vist etter i dag.",
        "The certificate cannot have been shown after today.",
    ),
    "OWN_CERTIFICATE": Sentence(
        "Ingen fører sin egen attest. En annen må ha sett den.",
        "Ingen fører sin eigen attest. Ein annan må ha sett han.",
        "Nobody enters their own certificate. Somebody else must have seen it.",
    ),
    "CERTIFICATE_KNOWN": Sentence(
        "Attesten er alt ført for denne dagen.",
        "Attesten er alt ført for denne dagen.",
        "The certificate has been entered for that day already.",
    ),
    "DECLARES_IN_PERSON": Sentence(
        "Den som har innlogging, må selv bekrefte taushetsplikten. På papir gjelder det bare private og frivillige.",
        "Den som har innlogging, må sjølv stadfeste teieplikta. På papir gjeld det berre private og frivillige.",
        "Whoever has a log-in declares secrecy themselves. On paper is for private and voluntary members only.",
    ),
    "COORDINATOR_NOT_MEMBER": Sentence(
        "Barnekoordinatoren må være tatt inn i gruppen før koblingen føres.",
        "Barnekoordinatoren må vere teken inn i gruppa før koplinga blir ført.",
        "The child coordinator must have been taken into the group before the link is entered.",
    ),
    "LINK_WITHOUT_YES": Sentence(
        "Koble bare til barnekoordinator eller individuell plan når svaret er ja.",
        "Kople berre til barnekoordinator eller individuell plan når svaret er ja.",
        "Link a child coordinator or an individual plan only when the answer is yes.",
    ),
    "SAME_CASE": Sentence(
        "En kontaktsperre gjelder to forskjellige saker.",
        "Ei kontaktsperre gjeld to ulike saker.",
        "A bar on contact is about two different cases.",
    ),
    "BARRED_ALREADY": Sentence(
        "Det er alt ført en kontaktsperre mellom disse to.",
        "Det er alt ført ei kontaktsperre mellom desse to.",
        "A bar on contact between these two has been entered already.",
    ),
    "NOT_BARRED": Sentence(
        "Det er ingen kontaktsperre å oppheve.",
        "Det er inga kontaktsperre å oppheve.",
        "There is no bar on contact to lift.",
    ),
    "RECORD_EXISTS": Sentence(
        "Mappen er alt åpnet.",
        "Mappa er alt opna.",
        "The record has been opened already.",
    ),
    "RECORD_CLOSED": Sentence(
        "Meklingen er avsluttet. Ingenting kan endres i mappen.",
        "Meklinga er avslutta. Ingenting kan endrast i mappa.",
        "The mediation is over. Nothing in the record can change.",
    ),
    "PARTY_EXISTS": Sentence(
        "Personen er alt ført inn i mappen.",
        "Personen er alt ført inn i mappa.",
        "The person is in the record already.",
    ),
    "PARTY_IN_GROUP": Sentence(
        "Den som er med i ungdommens nettverksgruppe, kan ikke samtidig føres som fornærmet der.",
        "Den som er med i nettverksgruppa til ungdommen, kan ikkje samtidig førast som krenkt der.",
        "Whoever is in the youth's network group cannot at the same time be entered as a victim there.",
    ),
    "NOT_A_VICTIM": Sentence(
        "Bare den fornærmede selv sier ja eller nei til å møtes.",
        "Berre den krenkte sjølv seier ja eller nei til å møtast.",
        "Only the victim says yes or no to meeting.",
    ),
    "SAID_YES_ALREADY": Sentence(
        "Svaret er alt ført som ja.",
        "Svaret er alt ført som ja.",
        "The answer has been entered as a yes already.",
    ),
    "SAID_NO_ALREADY": Sentence(
        "Svaret er alt ført som nei.",
        "Svaret er alt ført som nei.",
        "The answer has been entered as a no already.",
    ),
    "AGREEMENT_NEEDS_CONSENT": Sentence(
        "En avtale krever at den fornærmede har sagt ja til å møtes.",
        "Ein avtale krev at den krenkte har sagt ja til å møtast.",
        "An agreement needs the victim's yes to meeting.",
    ),
    "DATE_IN_FUTURE": Sentence(
        "Dagen kan ikke ligge fram i tid.",
        "Dagen kan ikkje liggje fram i tid.",
        "The day cannot be in the future.",
    ),
    "ONLY_FORUM_LEAD": Sentence(
        "Bare den som leder gruppen, kan gjøre dette.",
        "Berre den som leier gruppa, kan gjere dette.",
        "Only the one who leads the forum can do this.",
    ),
    "FORUM_LEAD_STAYS": Sentence(
        "Den som leder gruppen, kan ikke gå ut av den.",
        "Den som leier gruppa, kan ikkje gå ut av ho.",
        "The one who leads the forum cannot leave it.",
    ),
    "FORUM_SECRECY_FIRST": Sentence(
        "Alle som var til stede, må ha bekreftet taushetsplikten i denne gruppen først.",
        "Alle som var til stades, må ha stadfest teieplikta i denne gruppa først.",
        "Everybody who was present must have declared secrecy in this forum first.",
    ),
    "NO_SUCH_SESSION": Sentence(
        "Det er ikke ført noe slikt møte i gruppen.",
        "Det er ikkje ført noko slikt møte i gruppa.",
        "No such session of the forum has been entered.",
    ),
    "SESSION_EXISTS": Sentence(
        "Møtet er alt ført inn.",
        "Møtet er alt ført inn.",
        "The session has been entered already.",
    ),
    "MATTER_EXISTS": Sentence(
        "Temaet er alt ført inn.",
        "Temaet er alt ført inn.",
        "The matter has been entered already.",
    ),
    "NAMELESS": Sentence(
        "Her skal ingen kunne kjennes igjen. Ta bort fødselsnummer, datoer, telefonnumre og e-postadresser.",
        "Her skal ingen kunne kjennast att. Ta bort fødselsnummer, datoar, telefonnummer og e-postadresser.",
        "Nobody is to be recognised here. Remove identity numbers, dates, telephone numbers and e-mail addresses.",
    ),
    "THEMES_MISSING": Sentence("Velg minst ett tema.", "Vel minst eitt tema.", "Choose at least one theme."),
}
