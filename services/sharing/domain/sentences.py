"""What the refusals of this service say, in bokmål, nynorsk and English."""

from datetime import date

from backbone.refusal import Sentence

CONSENT_IN_FUTURE = Sentence(
    "Samtykket kan ikke være gitt etter dagens dato.",
    "Samtykket kan ikkje vere gitt etter dagens dato.",
    "The consent cannot have been given after today.",
)
CONSENT_IS_EXPIRED = Sentence(
    "Tiden samtykket skulle gjelde for, er over. Be om et nytt.",
    "Tida samtykket skulle gjelde for, er over. Be om eit nytt.",
    "The time the consent was meant for is over. Ask for a new one.",
)
CONSENT_NOT_GIVEN = Sentence(
    "Denne personen har ikke gitt samtykket, så det er ingenting å trekke tilbake.",
    "Denne personen har ikkje gitt samtykket, så det er ingenting å trekkje tilbake.",
    "This person has not given the consent, so there is nothing to take back.",
)
ALREADY_WITHDRAWN = Sentence(
    "Samtykket er alt trukket tilbake av denne personen.",
    "Samtykket er alt trekt tilbake av denne personen.",
    "This person has taken the consent back already.",
)
NOT_SHARED_WITH = Sentence(
    "Dette ja-et gjelder ikke alle dem som er nevnt, så det kan ikke tas tilbake for dem.",
    "Dette ja-et gjeld ikkje alle dei som er nemnde, så det kan ikkje takast tilbake for dei.",
    "This yes is not about all of those who are named, so it cannot be taken back for them.",
)
ALREADY_GIVEN = Sentence(
    "Denne personen har alt gitt samtykket.",
    "Denne personen har alt gitt samtykket.",
    "This person has given the consent already.",
)
CONSENT_ENDED = Sentence(
    "Noen har sagt nei til eller trukket tilbake dette samtykket. Be om et nytt hvis det fortsatt trengs.",
    "Nokon har sagt nei til eller trekt tilbake dette samtykket. Be om eit nytt dersom det framleis trengst.",
    "Somebody has said no to this consent or taken it back. Ask for a new one if it is still needed.",
)
NOT_A_SIGNER = Sentence(
    "Denne personen er ikke bedt om dette samtykket i den rollen.",
    "Denne personen er ikkje bedt om dette samtykket i den rolla.",
    "This person was not asked for this consent in that role.",
)
OTHER_YOUTH = Sentence(
    "Samtykket gjelder en annen ungdom enn den saken handler om.",
    "Samtykket gjeld ein annan ungdom enn den saka handlar om.",
    "The consent is about another youth than the case is.",
)
SCOPE_EMPTY = Sentence(
    "Velg hvem som gir, hvem som får, og hva det gjelder. Et samtykke kan ikke være åpent.",
    "Vel kven som gir, kven som får, og kva det gjeld. Eit samtykke kan ikkje vere ope.",
    "Choose who gives, who receives and what it is about. A consent cannot be open-ended.",
)
HEALTH_APART = Sentence(
    "Helseopplysninger trenger sitt eget samtykke, og det kan ikke gjelde annet.",
    "Helseopplysningar treng sitt eige samtykke, og det kan ikkje gjelde anna.",
    "Health information needs a consent of its own, for nothing else.",
)
VALIDITY_BACKWARDS = Sentence(
    "Samtykket slutter før det begynner. Se på datoene.",
    "Samtykket sluttar før det byrjar. Sjå på datoane.",
    "The consent ends before it begins. Look at the dates.",
)
VALIDITY_TOO_LONG = Sentence(
    "Et samtykke kan gjelde i høyst seks måneder. Velg en tidligere sluttdato; det kan fornyes.",
    "Eit samtykke kan gjelde i høgst seks månader. Vel ein tidlegare sluttdato; det kan fornyast.",
    "A consent can last six months at most. Choose an earlier end; it can be renewed.",
)


def beyond_contract(ends_on: date) -> Sentence:
    """No consent outlives what was agreed."""
    day = f"{ends_on.day}.{ends_on.month}.{ends_on.year}"
    return Sentence(
        f"Et samtykke kan ikke vare lenger enn kontrakten eller ungdomsplanen. Siste dag er {day}.",
        f"Eit samtykke kan ikkje vare lenger enn kontrakten eller ungdomsplanen. Siste dag er {day}.",
        f"A consent cannot last longer than the contract or the youth plan. The last day is {ends_on.isoformat()}.",
    )


GUARDIAN_UNKNOWN = Sentence(
    "Ungdommen er under 18, men ingen foresatt er registrert i saken. Registrer de foresatte først.",
    "Ungdommen er under 18, men ingen føresett er registrert i saka. Registrer dei føresette først.",
    "The youth is under 18, but no guardian is registered in the case. Register the guardians first.",
)
AWAITS_LEADER = Sentence(
    "Noen skal ikke lenger bestemme for ungdommen, og en leder har ikke bekreftet det ennå. Ingen spørres om samtykke før det er bekreftet.",
    "Nokon skal ikkje lenger bestemme for ungdommen, og ein leiar har ikkje stadfesta det enno. Ingen blir spurde om samtykke før det er stadfesta.",
    "Somebody is not to decide for the youth any longer, and a leader has not confirmed it yet. Nobody is asked for consent until then.",
)
SIGNERS_WRONG = Sentence(
    "Samtykket må spørre akkurat dem som bestemmer: ungdommen, og under 18 år alle foresatte i saken.",
    "Samtykket må spørje akkurat dei som avgjer: ungdommen, og under 18 år alle føresette i saka.",
    "The consent must ask exactly those who decide: the youth, and under 18 every guardian in the case.",
)
NO_SUCH_CASE = Sentence("Saken finnes ikke her.", "Saka finst ikkje her.", "There is no such case here.")
NO_SUCH_CONSENT = Sentence(
    "Samtykket finnes ikke her.", "Samtykket finst ikkje her.", "There is no such consent here."
)
NUMBER_IN_NOTE = Sentence(
    "Teksten har elleve siffer etter hverandre. En konsultasjon er uten navn og nummer; ta bort det som kan peke på noen.",
    "Teksten har elleve siffer etter kvarandre. Ein konsultasjon er utan namn og nummer; ta bort det som kan peike på nokon.",
    "The text has eleven digits in a row. A consultation has no name and no number; take away what can point to somebody.",
)
NOT_IN_CASE = Sentence(
    "Bare den som leder saken eller er med i nettverksgruppa, kan gjøre dette.",
    "Berre den som leier saka eller er med i nettverksgruppa, kan gjere dette.",
    "Only the lead of the case or a member of the network group can do this.",
)
IDENTITY_IS_LEADS = Sentence(
    "Hvem dette er, er alt registrert i saken. Bare den som leder saken, kan rette navn og fødselsdato.",
    "Kven dette er, er alt registrert i saka. Berre den som leier saka, kan rette namn og fødselsdato.",
    "Who this is has been registered in the case already. Only the lead of the case can change name and birth date.",
)
NO_AGENCY = Sentence(
    "Innloggingen sier ikke hvilken etat du handler for, så innholdet kan ikke lagres.",
    "Innlogginga seier ikkje kva etat du handlar for, så innhaldet kan ikkje lagrast.",
    "The log-in does not say which agency you act for, so the content cannot be stored.",
)
ONLY_TODAY = Sentence(
    "Du kan bare få vite aldersgruppen i dag, ikke på en dag du velger.",
    "Du kan berre få vite aldersgruppa i dag, ikkje på ein dag du vel.",
    "You can be told the age group of today only, not of a day that you choose.",
)
REF_TAKEN = Sentence(
    "Denne referansen er alt brukt til annet innhold. Innhold endres aldri; lagre det nye som en ny versjon.",
    "Denne referansen er alt brukt til anna innhald. Innhald blir aldri endra; lagre nytt som ny versjon.",
    "This reference already holds other content. Content never changes; store the new as a new version.",
)
KEY_DESTROYED = Sentence(
    "Innholdet i denne saken er slettet, og den tar ikke imot nytt.",
    "Innhaldet i denne saka er sletta, og ho tek ikkje imot nytt.",
    "The content of this case has been erased, and it takes no more.",
)
IDENTITY_INCOMPLETE = Sentence(
    "Skriv navnet og fødselsdatoen (for eksempel 2010-05-17).",
    "Skriv namnet og fødselsdatoen (til dømes 2010-05-17).",
    "Write the name and the birth date (for example 2010-05-17).",
)
NO_IDENTITY_NUMBER = Sentence(
    "Fødselsnummeret eller D-nummeret stemmer ikke. Se etter om et siffer er feil.",
    "Fødselsnummeret eller D-nummeret stemmer ikkje. Sjå etter om eit siffer er feil.",
    "The identity number is not right. Look whether a digit is wrong.",
)
SYNTHETIC_ONLY = Sentence(
    "Her brukes bare oppdiktede personer. Skriv et syntetisk fødselsnummer, eller la feltet stå tomt.",
    "Her blir det berre brukt oppdikta personar. Skriv eit syntetisk fødselsnummer, eller lat feltet stå tomt.",
    "Only invented people are used here. Write a synthetic identity number, or leave the field empty.",
)
NO_IDENTITY = Sentence(
    "Det finnes ingen fødselsdato for denne personen i saken.",
    "Det finst ingen fødselsdato for denne personen i saka.",
    "There is no birth date for this person in the case.",
)
NO_SUCH_STOP = Sentence("Sperren finnes ikke her.", "Sperra finst ikkje her.", "There is no such stop here.")
STOP_TAKEN = Sentence(
    "Denne sperren gjelder alt noen andre.",
    "Denne sperra gjeld alt nokon andre.",
    "This stop is already about somebody else.",
)
NOT_COORDINATOR = Sentence(
    "Bare den som leder saken, eller en koordinator i den, ber om og registrerer samtykker.",
    "Berre den som leier saka, eller ein koordinator i ho, ber om og registrerer samtykke.",
    "Only the lead of the case, or a coordinator in it, asks for and registers consents.",
)
NOTHING_TO_RENEW = Sentence(
    "Samtykket som skulle fornyes, finnes ikke i denne saken.",
    "Samtykket som skulle fornyast, finst ikkje i denne saka.",
    "The consent to be renewed is not in this case.",
)
CONSENT_LAPSED = Sentence(
    "Det gikk for lang tid uten svar fra alle, og samtykket er bortfalt. Be om et nytt.",
    "Det gjekk for lang tid utan svar frå alle, og samtykket er bortfalle. Be om eit nytt.",
    "Too long passed without an answer from everybody, and the consent has lapsed. Ask for a new one.",
)
NO_LONGER_DECIDES = Sentence(
    "Denne personen bestemmer ikke over dette samtykket nå. Se hvem som bestemmer for ungdommen.",
    "Denne personen bestemmer ikkje over dette samtykket no. Sjå kven som bestemmer for ungdommen.",
    "This person does not decide about this consent now. See who decides for the youth.",
)
OTHERS_DECIDE = Sentence(
    "Andre bestemmer for ungdommen nå enn dem som ble spurt. Be om et nytt samtykke fra dem som bestemmer.",
    "Andre bestemmer for ungdommen no enn dei som vart spurde. Be om eit nytt samtykke frå dei som bestemmer.",
    "Others decide for the youth now than those who were asked. Ask for a new consent from those who decide.",
)
KEPT_OUT = {
    "GUARDIAN_RESTRICTED": Sentence(
        "Du holdes utenfor denne saken og får ingen opplysninger om den. Du kan spørre barnevernet eller en advokat om hva du kan gjøre.",
        "Du blir halden utanfor denne saka og får ingen opplysningar om ho. Du kan spørje barnevernet eller ein advokat om kva du kan gjere.",
        "You are kept out of this case and get no information about it. You can ask the child welfare service or a lawyer what you can do.",
    ),
    "GUARDIAN_REMOVED": Sentence(
        "Du er ikke lenger ført opp som foresatt i denne saken.",
        "Du er ikkje lenger ført opp som føresett i denne saka.",
        "You are no longer a guardian in this case.",
    ),
    "CARE_TAKEN_OVER": Sentence(
        "Barnevernet har omsorgen, og vedtaket gir ikke foreldrene opplysninger om saken. Spør barnevernet.",
        "Barnevernet har omsorga, og vedtaket gir ikkje foreldra opplysningar om saka. Spør barnevernet.",
        "The child welfare service has care, and the decision gives the parents no information about the case. Ask the child welfare service.",
    ),
    "WITHOUT_RESPONSIBILITY": Sentence(
        "Det er ført at du ikke har foreldreansvar, og da får du ikke opplysninger som foresatt. Stemmer det ikke, kan du vise det med "
        "Folkeregisteret eller en dom. Du kan klage til statsforvalteren.",
        "Det er ført at du ikkje har foreldreansvar, og då får du ikkje opplysningar som føresett. Stemmer det ikkje, kan du vise det med "
        "Folkeregisteret eller ein dom. Du kan klage til statsforvaltaren.",
        "It is registered that you have no parental responsibility, and so you get no information as a guardian. If that is wrong, show it by the "
        "population register or a judgment. You can complain to the county governor.",
    ),
}
"""Why a guardian is kept out of a case, by the gate's reason; to the guardian."""
NOTHING_ORAL = Sentence(
    "Denne personen har ikke gitt et muntlig samtykke som kan bekreftes.",
    "Denne personen har ikkje gitt eit munnleg samtykke som kan stadfestast.",
    "This person has given no oral consent to confirm.",
)
ALREADY_CONFIRMED = Sentence(
    "Det muntlige samtykket er alt bekreftet skriftlig.",
    "Det munnlege samtykket er alt stadfesta skriftleg.",
    "The oral consent has been confirmed in writing already.",
)
LAST_GUARDIAN = Sentence(
    "Minst én foresatt må samtykke; den siste kan ikke unntas.",
    "Minst éin føresett må samtykkje; den siste kan ikkje bli unnateken.",
    "At least one guardian must consent; the last one cannot be excused.",
)
NOT_SOUGHT = Sentence(
    "Den foresatte må være forsøkt nådd tre ganger over minst 14 dager. Før opp hvert forsøk på saken først.",
    "Den føresette må vere forsøkt nådd tre gonger over minst 14 dagar. Før opp kvart forsøk på saka først.",
    "The guardian must have been sought three times over at least 14 days. Enter each attempt in the case first.",
)
WIDER_THAN_ASKED = Sentence(
    "Det kan ikke sies ja til mer enn det ble spurt om.",
    "Det kan ikkje seiast ja til meir enn det vart spurt om.",
    "Nobody can say yes to more than was asked for.",
)
NOT_LEADER = Sentence(
    "Bare en leder i etaten som eier saken, kan gjøre dette, og ikke den som leder saken selv.",
    "Berre ein leiar i etaten som eig saka, kan gjere dette, og ikkje den som leier saka sjølv.",
    "Only a leader of the agency that owns the case can do this, and not the lead of the case.",
)
BASIS_NOT_IN_FORCE = Sentence(
    "Hjemmelen var ikke i kraft den dagen opplysningene ble gitt.",
    "Heimelen var ikkje i kraft den dagen opplysningane vart gitt.",
    "The legal basis was not in force on the day the information was given.",
)
YOUTH_ALREADY_TOLD = Sentence(
    "Ungdommen er alt informert om dette.",
    "Ungdommen er alt informert om dette.",
    "The youth has been told of this already.",
)
LEADER_DECIDES = Sentence(
    "Her bestemmer en leder i etaten som gir opplysningene, og ikke den som ber om dem.",
    "Her avgjer ein leiar i etaten som gir opplysningane, og ikkje den som ber om dei.",
    "A leader of the agency that gives decides here, and not the one who asks.",
)
GIVER_DECIDES = Sentence(
    "Det er etaten som gir opplysningene, som bestemmer. Du kan bare gi fra din egen etat til en annen.",
    "Det er etaten som gir opplysningane, som avgjer. Du kan berre gi frå din eigen etat til ein annan.",
    "The agency that gives decides. You can only give from your own agency to another.",
)
OUTSIDE_BASIS = Sentence(
    "Hjemmelen dekker ikke dette. Se på hvem som gir, hvem som får, og hva det gjelder.",
    "Heimelen dekkjer ikkje dette. Sjå på kven som gir, kven som får, og kva det gjeld.",
    "The legal basis does not cover this. Look at who gives, who receives and what it is about.",
)
CONDITIONS_MISSING = Sentence(
    "Hjemmelen krever flere begrunnelser. Fyll ut alle feltene for den.",
    "Heimelen krev fleire grunngivingar. Fyll ut alle felta for han.",
    "The legal basis demands more grounds. Fill in all of its fields.",
)
GIVEN_IN_FUTURE = Sentence(
    "Datoen kan ikke være etter i dag.",
    "Datoen kan ikkje vere etter i dag.",
    "The date cannot be after today.",
)
BASIS_OPENS_NOTHING = Sentence(
    "Denne hjemmelen åpner ikke innhold her. Opplysningene gis utenom, og det noteres at de ble gitt.",
    "Denne heimelen opnar ikkje innhald her. Opplysningane blir gitt utanom, og det blir notert at dei vart gitt.",
    "This basis opens no content here. The information is given outside, and it is noted that it was.",
)
OPENS_UNTIL = Sentence(
    "Sett en sluttdato innen 30 dager når noe åpnes her, og ingen når det gis på annen måte.",
    "Set ein sluttdato innan 30 dagar når noko blir opna her, og ingen når det blir gitt på annan måte.",
    "Set a last day within 30 days when something is opened here, and none when it is given otherwise.",
)
YOUTH_TOLD_OR_DEFERRED = Sentence(
    "Si når ungdommen ble informert, eller hvorfor det må vente og når det skal vurderes på nytt.",
    "Sei når ungdommen vart informert, eller kvifor det må vente og når det skal vurderast på nytt.",
    "Say when the youth was told, or why that must wait and when it is looked at again.",
)
GUARDIANS_TOLD_OR_WHY = Sentence(
    "Si når de foresatte fikk vite det, eller hvorfor de ikke får vite det.",
    "Sei når dei føresette fekk vite det, eller kvifor dei ikkje får vite det.",
    "Say when the guardians were told, or why they are not.",
)
FOLLOW_UP_BEFORE = Sentence(
    "Oppfølgingen kan ikke være før opplysningene ble gitt.",
    "Oppfølginga kan ikkje vere før opplysningane vart gitt.",
    "The follow-up cannot be before the information was given.",
)
REVIEW_DATE = Sentence(
    "Ny vurdering må være innen 90 dager.",
    "Ny vurdering må vere innan 90 dagar.",
    "The next review must be within 90 days.",
)
DESPITE_A_NO = Sentence(
    "Noen har sagt nei til dette eller trukket samtykket. Skriv hvorfor det likevel gis på en annen hjemmel.",
    "Nokon har sagt nei til dette eller trekt samtykket. Skriv kvifor det likevel blir gitt på ein annan heimel.",
    "Somebody has said no to this or taken back consent. Write why it is given on another basis all the same.",
)
NO_SUCH_DISCLOSURE = Sentence(
    "Utleveringen finnes ikke her.", "Utleveringa finst ikkje her.", "There is no such disclosure here."
)
NO_SUCH_TEXT = Sentence(
    "Begrunnelsen er ikke lagret i denne saken. Lagre teksten først.",
    "Grunngivinga er ikkje lagra i denne saka. Lagre teksten først.",
    "The grounds are not stored in this case. Store the text first.",
)
NO_SUCH_ACT = Sentence(
    "Meldingen finnes ikke her.", "Meldinga finst ikkje her.", "There is no such report here."
)
NO_SUCH_RECEIPT = Sentence(
    "Du er ikke bedt om denne bekreftelsen.",
    "Du er ikkje beden om denne stadfestinga.",
    "You were not asked for this receipt.",
)
RECEIPT_GIVEN = Sentence(
    "Dette er alt bekreftet.", "Dette er alt stadfesta.", "This has been confirmed already."
)
PERMIT_VOID = Sentence(
    "Nedlastingen gjelder ikke lenger. Åpne innholdet på nytt og prøv igjen.",
    "Nedlastinga gjeld ikkje lenger. Opne innhaldet på nytt og prøv igjen.",
    "This download is no longer valid. Open the content again and try once more.",
)
CASE_NOT_CLOSED = Sentence(
    "Saken er ikke avsluttet. Innholdet vurderes først etter det.",
    "Saka er ikkje avslutta. Innhaldet blir vurdert først etter det.",
    "The case is not closed. Its content is reviewed after that.",
)
LOOK_AGAIN = Sentence(
    "Det som beholdes, skal vurderes på nytt en senere dag; det som ikke beholdes, skal ikke det.",
    "Det som blir teke vare på, skal vurderast på nytt ein seinare dag; det andre skal ikkje det.",
    "What is kept is looked at again on a later day; what is not kept is not.",
)
NOT_FOR_ARCHIVE = Sentence(
    "Det er ikke bestemt at saken skal til arkivet.",
    "Det er ikkje avgjort at saka skal til arkivet.",
    "It has not been decided that the case goes to the archive.",
)
BASIS_FORBIDS = Sentence(
    "Det du har valgt, kan ikke bygge på dette. Er det plikt til å arkivere, eller er en klage ikke avgjort, kan innholdet ikke slettes.",
    "Det du har valt, kan ikkje byggje på dette. Er det plikt til å arkivere, eller er ei klage ikkje avgjord, kan innhaldet ikkje slettast.",
    "What you chose cannot rest on this. While there is a duty to archive, or a complaint is not decided, the content cannot be erased.",
)
ORAL_IS_CONFIRMED = Sentence(
    "Et muntlig ja blir ikke skriftlig ved en retting. Registrer bekreftelsen i stedet, når den er skrevet under.",
    "Eit munnleg ja blir ikkje skriftleg ved ei retting. Registrer stadfestinga i staden, når ho er skriven under.",
    "An oral yes does not become a written one by a correction. Register the confirmation instead, once it is signed.",
)
MUST_BE_KEPT = Sentence(
    "Det er bestemt at innholdet skal beholdes. Det må vurderes på nytt før det kan slettes.",
    "Det er avgjort at innhaldet skal takast vare på. Det må vurderast på nytt før det kan slettast.",
    "It has been decided that the content is kept. It must be reviewed again before it can be erased.",
)
REVIEW_FIRST = Sentence(
    "Vurder først hva som skal skje med innholdet, og vent på arkivets kvittering når det skal dit.",
    "Vurder først kva som skal skje med innhaldet, og vent på kvitteringa frå arkivet når det skal dit.",
    "First review what becomes of the content, and wait for the archive's receipt when it goes there.",
)
PROPOSE_FIRST = Sentence(
    "Ingen har foreslått sletting.", "Ingen har foreslått sletting.", "Nobody has proposed erasure."
)
TWO_PERSONS = Sentence(
    "Den som foreslo sletting, kan ikke godkjenne den selv.",
    "Den som foreslo sletting, kan ikkje godkjenne henne sjølv.",
    "The one who proposed erasure cannot approve it.",
)
NOT_LEAD = Sentence(
    "Bare den som leder saken, kan gjøre dette.",
    "Berre den som leier saka, kan gjere dette.",
    "Only the lead of the case can do this.",
)
PROTECTION_AS_IT_IS = Sentence("Slik er det alt.", "Slik er det alt.", "That is how it is already.")
OWN_CLEARANCE = Sentence(
    "Ingen kan klarere seg selv.", "Ingen kan klarere seg sjølv.", "Nobody can clear themselves."
)
NO_SUCH_TEXT_VERSION = Sentence(
    "Denne versjonen av samtykketeksten finnes ikke.",
    "Denne versjonen av samtykketeksten finst ikkje.",
    "There is no such version of the consent text.",
)
MEDIATION_IS_NO_CASE = Sentence(
    "Dette er en mekling, ikke saken til ungdommen. Samtykker til deling føres opp i saken.",
    "Dette er ei mekling, ikkje saka til ungdommen. Samtykke til deling blir ført opp i saka.",
    "This is a mediation, not the youth's case. Consents to share are entered in the case.",
)
