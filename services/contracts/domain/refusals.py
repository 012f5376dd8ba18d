"""Every rule of this service in words: a sentence that a user can act on, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Conflict, Refused, Sentence
from services.contracts.domain.sanction_refusals import SANCTION_SAYS

SAYS: dict[str, Sentence] = {
    **SANCTION_SAYS,
    "AGE_UNDER_12": Sentence(
        "Felles ansvar er for ungdom som har fylt 12 år når kontrakten starter. Snakk med barneverntjenesten eller skolen "
        "om hjelp som passer for yngre barn.",
        "Felles ansvar er for ungdom som har fylt 12 år når kontrakten startar. Snakk med barnevernstenesta eller skulen "
        "om hjelp som passar for yngre barn.",
        "Felles ansvar is for youths who have turned 12 when the contract starts. Talk with the child welfare service or the "
        "school about help that suits younger children.",
    ),
    "PROGRAMME_HAS_PLAN": Sentence(
        "Ungdomsoppfølging og ungdomsstraff følges opp med en ungdomsplan, ikke med en kontrakt.",
        "Ungdomsoppfølging og ungdomsstraff blir følgde opp med ein ungdomsplan, ikkje med ein kontrakt.",
        "Youth follow-up and youth penalty are followed up with a youth plan, not with a contract.",
    ),
    "GOAL_MISSING": Sentence(
        "En kontrakt må ha minst ett mål.",
        "Ein kontrakt må ha minst eitt mål.",
        "A contract needs at least one goal.",
    ),
    "START_TOO_LONG_AGO": Sentence(
        "Startdatoen kan ligge høyst {days} dager tilbake. Det gir plass til papir som føres inn etterpå.",
        "Startdatoen kan liggje høgst {days} dagar tilbake. Det gir plass til papir som blir ført inn etterpå.",
        "The start date can be at most {days} days back. That leaves room for paper that is entered afterwards.",
    ),
    "START_TOO_FAR_AHEAD": Sentence(
        "Startdatoen kan ligge høyst ett år fram.",
        "Startdatoen kan liggje høgst eitt år fram.",
        "The start date can be at most a year ahead.",
    ),
    "GUARDIAN_MISSING": Sentence(
        "Ungdommen er under 18 år. Da må minst én foresatt eller annen som bestemmer for ungdommen, være med og signere.",
        "Ungdommen er under 18 år. Då må minst éin føresett eller annan som bestemmer for ungdommen, vere med og signere.",
        "The youth is under 18. Then at least one guardian, or another who decides for the youth, must take part and sign.",
    ),
    "SAME_PERSON_TWICE": Sentence(
        "Den samme personen er ført opp i to roller. Ungdom, foresatte og den som registrerer, må være forskjellige personer.",
        "Den same personen er ført opp i to roller. Ungdom, føresette og den som registrerer, må vere ulike personar.",
        "The same person stands in two roles. Youth, guardians and the one who registers must be different people.",
    ),
    "MEMBER_TWICE": Sentence(
        "Et medlem er ført opp to ganger i gruppen.",
        "Ein medlem er ført opp to gonger i gruppa.",
        "A member is listed twice in the group.",
    ),
    "LEAD_IS_WHO_REGISTERS": Sentence(
        "Den som registrerer, leder saken. Velg en annen funksjon for medlemmet.",
        "Den som registrerer, leier saka. Vel ein annan funksjon for medlemmen.",
        "The one who registers leads the case. Choose another function for the member.",
    ),
    "FAMILY_IS_NAMED_APART": Sentence(
        "Ungdom og foresatte føres opp som ungdom og foresatte i saken, ikke blant medlemmene. Da blir det klart hvem som bestemmer.",
        "Ungdom og føresette blir førte opp som ungdom og føresette i saka, ikkje blant medlemmene. Då blir det klart kven som bestemmer.",
        "Youth and guardians are named as such in the case, not among the members. Then it is clear who decides.",
    ),
    "GUARDIAN_OF_AGENCY": Sentence(
        "En foresatt er med som seg selv, ikke for en etat.",
        "Ein føresett er med som seg sjølv, ikkje for ein etat.",
        "A guardian takes part as themselves, not for an agency.",
    ),
    "CASE_EXISTS": Sentence(
        "Saken er alt opprettet.", "Saka er alt oppretta.", "The case has been opened already."
    ),
    "CONTRACT_EXISTS": Sentence(
        "Kontrakten er alt registrert.",
        "Kontrakten er alt registrert.",
        "The contract has been registered already.",
    ),
    "ONE_CASE_PER_PROGRAMME": Sentence(
        "Ungdommen har alt en sak i dette programmet. Avslutt den før du oppretter en ny.",
        "Ungdommen har alt ei sak i dette programmet. Avslutt ho før du opprettar ei ny.",
        "The youth already has a case in this programme. Close it before you open another.",
    ),
    "ALREADY_SIGNED_BY_ALL": Sentence(
        "Alle som må signere, har signert denne kontrakten.",
        "Alle som må signere, har signert denne kontrakten.",
        "Everyone who must sign this contract has signed it.",
    ),
    "YOUTH_SIGNS_ALONE": Sentence(
        "Ungdommen har nådd alderen der de foresatte ikke lenger signerer. Bare ungdommen selv signerer.",
        "Ungdommen har nådd alderen der dei føresette ikkje lenger signerer. Berre ungdommen sjølv signerer.",
        "The youth has reached the age at which the guardians no longer sign. Only the youth signs.",
    ),
    "SIGNING_TIME_OVER": Sentence(
        "Fristen for å signere er ute. Registrer en ny kontrakt, eller foreslå endringen på nytt.",
        "Fristen for å signere er ute. Registrer ein ny kontrakt, eller foreslå endringa på nytt.",
        "The time for signing is over. Register a new contract, or propose the change anew.",
    ),
    "NOT_A_SIGNER": Sentence(
        "Denne personen skal ikke signere kontrakten i den rollen. Bare ungdommen og de foresatte som står på kontrakten, "
        "signerer.",
        "Denne personen skal ikkje signere kontrakten i den rolla. Berre ungdommen og dei føresette som står på kontrakten, "
        "signerer.",
        "This person does not sign the contract in that role. Only the youth and the guardians on the contract sign.",
    ),
    "SIGNED_ALREADY": Sentence(
        "Denne personen har alt signert.",
        "Denne personen har alt signert.",
        "This person has signed already.",
    ),
    "SIGNED_IN_FUTURE": Sentence(
        "Signaturdatoen kan ikke være fram i tid.",
        "Signaturdatoen kan ikkje vere fram i tid.",
        "The date of signing cannot be in the future.",
    ),
    "SIGNED_BEFORE_REGISTERED": Sentence(
        "Signaturdatoen er mer enn {days} dager før kontrakten ble registrert. Signaturen må gjelde denne kontrakten.",
        "Signaturdatoen er meir enn {days} dagar før kontrakten vart registrert. Signaturen må gjelde denne kontrakten.",
        "The date of signing is more than {days} days before the contract was registered. The signature must be on this contract.",
    ),
    "SIGNED_AFTER_END": Sentence(
        "Signaturdatoen er etter at kontrakten er over.",
        "Signaturdatoen er etter at kontrakten er over.",
        "The date of signing is after the end of the contract.",
    ),
    "NOT_STARTED": Sentence(
        "Kontrakten eller planen har ikke startet. Avvik, brudd og evalueringer føres når den løper.",
        "Kontrakten eller planen har ikkje starta. Avvik, brot og evalueringar blir førte når han løper.",
        "The contract or plan has not started. Deviations, breaches and evaluations are entered while it runs.",
    ),
    "SEVERITY_UNKNOWN": Sentence(
        "Alvorsgraden går fra 1 (merknad) til 4 (akutt).",
        "Alvorsgraden går frå 1 (merknad) til 4 (akutt).",
        "Severity goes from 1 (note) to 4 (acute).",
    ),
    "HAPPENED_IN_FUTURE": Sentence(
        "Datoen kan ikke være fram i tid.",
        "Datoen kan ikkje vere fram i tid.",
        "The date cannot be in the future.",
    ),
    "HAPPENED_OUTSIDE_CONTRACT": Sentence(
        "Datoen er utenfor tiden kontrakten eller planen har løpt.",
        "Datoen er utanfor tida kontrakten eller planen har løpt.",
        "The date is outside the time that the contract or plan has run.",
    ),
    "DEVIATION_EXISTS": Sentence(
        "Dette er alt meldt.", "Dette er alt meldt.", "This has been reported already."
    ),
    "OWN_GOAL_MISSING": Sentence(
        "Minst ett av målene må være ungdommens eget, med egne ord.",
        "Minst eitt av måla må vere ungdommen sitt eige, med eigne ord.",
        "At least one goal must be the youth's own, in their own words.",
    ),
    "CLAUSE_TWICE": Sentence(
        "Et punkt eller tiltak er ført opp to ganger.",
        "Eit punkt eller tiltak er ført opp to gonger.",
        "A clause or measure is listed twice.",
    ),
    "CLAUSE_OWNER_UNKNOWN": Sentence(
        "Alle som har ansvar for et punkt eller tiltak, må være med rundt ungdommen.",
        "Alle som har ansvar for eit punkt eller tiltak, må vere med rundt ungdommen.",
        "Everyone who is responsible for a clause or measure must be among those around the youth.",
    ),
    "CLAUSE_NEEDS_BASIS": Sentence(
        "Rusprøver og behandling må ha et eget grunnlag, for eksempel et eget samtykke.",
        "Rusprøver og behandling må ha eit eige grunnlag, til dømes eit eige samtykke.",
        "Drug tests and treatment need a basis of their own, for example a consent of their own.",
    ),
    "CLAUSE_NOT_IN_PROGRAMME": Sentence(
        "Denne typen punkt hører ikke til i dette programmet.",
        "Denne typen punkt høyrer ikkje til i dette programmet.",
        "This kind of clause does not belong in this programme.",
    ),
    "CONTRACT_NOT_RUNNING": Sentence(
        "Kontrakten løper ikke.",
        "Kontrakten løper ikkje.",
        "The contract is not running.",
    ),
    "CONTRACT_OVER": Sentence(
        "Kontrakten er over.",
        "Kontrakten er over, og kan ikkje endrast.",
        "The contract is over.",
    ),
    "CHANGE_WAITS": Sentence(
        "En endring venter alt på signaturer. Få den signert, eller legg den bort først.",
        "Ei endring ventar alt på signaturar. Få ho signert, eller legg ho bort først.",
        "A change waits for signatures already. Have it signed, or lay it aside first.",
    ),
    "NO_CHANGE_WAITS": Sentence(
        "Ingen endring venter på signaturer.",
        "Inga endring ventar på signaturar.",
        "No change waits for signatures.",
    ),
    "NOTHING_CHANGED": Sentence(
        "Ingenting er endret.",
        "Ingenting er endra.",
        "Nothing was changed.",
    ),
    "ENDS_EARLIER": Sentence(
        "En endring kan ikke gjøre kontrakten kortere. Avslutt den før tiden i stedet.",
        "Ei endring kan ikkje gjere kontrakten kortare. Avslutt han før tida i staden.",
        "A change cannot make the contract shorter. End it early instead.",
    ),
    "EXTENDED_ONCE": Sentence(
        "Kontrakten er alt forlenget. Den kan forlenges én gang.",
        "Kontrakten er alt forlengd. Han kan forlengjast éin gong.",
        "The contract has been extended already. It can be extended once.",
    ),
    "EXTENSION_TOO_LONG": Sentence(
        "En forlengelse kan være høyst {months} måneder.",
        "Ei forlenging kan vere høgst {months} månader.",
        "An extension can be at most {months} months.",
    ),
    "START_HAS_COME": Sentence(
        "Kontrakten løper alt, så startdatoen kan ikke ligge fram i tid.",
        "Kontrakten løper alt, så startdatoen kan ikkje liggje fram i tid.",
        "The contract runs already, so the start date cannot be in the future.",
    ),
    "END_NOT_COME": Sentence(
        "Kontrakten løper til og med sluttdatoen. Avslutt den før tiden, eller vent.",
        "Kontrakten løper til og med sluttdatoen. Avslutt han før tida, eller vent.",
        "The contract runs through its end date. End it early, or wait.",
    ),
    "COMPLETED_IS_NOT_EARLY": Sentence(
        "En kontrakt som avsluttes før tiden, er ikke fullført. Velg en annen grunn.",
        "Ein kontrakt som blir avslutta før tida, er ikkje fullført. Vel ein annan grunn.",
        "A contract that ends early is not completed. Choose another reason.",
    ),
    "CASE_ENDS_WITH_IT": Sentence(
        "Etter et dødsfall eller en flytting avsluttes hele saken, ikke bare kontrakten eller planen. Da stopper også varslene.",
        "Etter eit dødsfall eller ei flytting blir heile saka avslutta, ikkje berre kontrakten eller planen. Då stoppar varsla òg.",
        "After a death or a moving the whole case is closed, not only the contract or the plan. Then notices stop too.",
    ),
    "ACCEPTANCE_MISSING": Sentence(
        "Før opp svaret fra påtalemyndigheten i stedet. Da står det når de svarte, og at ungdommen har tilstått.",
        "Før opp svaret frå påtalemakta i staden. Då står det når dei svara, og at ungdommen har tilstått.",
        "Enter the prosecution's answer instead. Then it says when they answered, and that the youth has confessed.",
    ),
    "ASSESSED_ALREADY": Sentence(
        "Det som er meldt, er alt vurdert.",
        "Det som er meldt, er alt vurdert.",
        "What was reported has been assessed already.",
    ),
    "REPORTER_ASSESSES": Sentence(
        "Den som meldte fra, kan ikke vurdere det selv når flere leder saken.",
        "Den som melde frå, kan ikkje vurdere det sjølv når fleire leier saka.",
        "The one who reported it cannot assess it when others lead the case too.",
    ),
    "ACCOUNT_OR_REASON": Sentence(
        "Før opp ungdommens egen forklaring, eller hvorfor den mangler.",
        "Før opp ungdommen si eiga forklaring, eller kvifor ho manglar.",
        "Enter the youth's own account, or why it is missing.",
    ),
    "ACCOUNT_MISSING": Sentence(
        "Ungdommens egen forklaring må være med først, eller grunnen til at den mangler.",
        "Ungdommen si eiga forklaring må vere med først, eller grunnen til at ho manglar.",
        "The youth's own account must be there first, or why it is missing.",
    ),
    "NOT_ASSESSED": Sentence(
        "Det som er meldt, må vurderes først, og kan ikke være avsluttet.",
        "Det som er meldt, må vurderast først, og kan ikkje vere avslutta.",
        "What was reported must be assessed first, and not be closed.",
    ),
    "STEP_NOT_IN_PROGRAMME": Sentence(
        "Dette trinnet hører ikke til i dette programmet.",
        "Dette trinnet høyrer ikkje til i dette programmet.",
        "This step does not belong in this programme.",
    ),
    "NO_SANCTION_PATH": Sentence(
        "Felles ansvar er frivillig. Et avvik der løftes ikke til påtalemyndigheten.",
        "Felles ansvar er frivillig. Eit avvik der blir ikkje løfta til påtalemakta.",
        "Felles ansvar is voluntary. A deviation there is not lifted to the prosecution.",
    ),
    "DEVIATION_OVER": Sentence(
        "Det som ble meldt, er avsluttet.",
        "Det som vart meldt, er avslutta.",
        "What was reported is closed.",
    ),
    "EVALUATED_ALREADY": Sentence(
        "Denne evalueringen er alt holdt.",
        "Denne evalueringa er alt halden.",
        "This evaluation has been held already.",
    ),
    "EVALUATION_DATE": Sentence(
        "Evalueringen må ligge mellom starten av kontrakten eller planen og i dag.",
        "Evalueringa må liggje mellom starten av kontrakten eller planen og i dag.",
        "The evaluation must be between the start of the contract or plan and today.",
    ),
    "END_EVALUATION_EARLY": Sentence(
        "Sluttevalueringen kan holdes tidligst {days} dager før kontrakten eller planen er over.",
        "Sluttevalueringa kan haldast tidlegast {days} dagar før kontrakten eller planen er over.",
        "The end evaluation can be held at the earliest {days} days before the contract or plan is over.",
    ),
    "GOAL_UNKNOWN": Sentence(
        "Målet står ikke i kontrakten eller planen.",
        "Målet står ikkje i kontrakten eller planen.",
        "The goal is not in the contract or plan.",
    ),
    "LEVEL_UNKNOWN": Sentence(
        "Måloppnåelsen går fra 0 (ikke nådd) til 3 (helt nådd).",
        "Måloppnåinga går frå 0 (ikkje nådd) til 3 (heilt nådd).",
        "Goal attainment goes from 0 (not reached) to 3 (fully reached).",
    ),
    "YOUTHS_ANSWER_MISSING": Sentence(
        "Ungdommens egen vurdering av minst ett mål må være med.",
        "Ungdommen si eiga vurdering av minst eitt mål må vere med.",
        "The youth's own view of at least one goal must be there.",
    ),
    "REASON_MISSING": Sentence(
        "Velg minst én grunn til henvendelsen.",
        "Vel minst éin grunn til førespurnaden.",
        "Choose at least one reason.",
    ),
    "REFERRAL_EXISTS": Sentence(
        "Henvendelsen er alt registrert.",
        "Førespurnaden er alt registrert.",
        "The referral has been registered already.",
    ),
    "REFERRAL_SCREENED": Sentence(
        "Henvendelsen er alt tatt opp til vurdering.",
        "Førespurnaden er alt teken opp til vurdering.",
        "The referral is being looked at already.",
    ),
    "REFERRAL_UNSCREENED": Sentence(
        "Henvendelsen må siles før den kan avgjøres.",
        "Førespurnaden må silast før han kan avgjerast.",
        "The referral must be screened before it can be decided.",
    ),
    "REFERRAL_DECIDED": Sentence(
        "Henvendelsen er alt avgjort.",
        "Førespurnaden er alt avgjord.",
        "The referral has been decided already.",
    ),
    "REFERRAL_IS_THEIRS": Sentence(
        "Henvendelsen siles alt av denne koordinatoren. Velg en annen.",
        "Førespurnaden blir alt sila av denne koordinatoren. Vel ein annan.",
        "This coordinator screens the referral already. Choose another one.",
    ),
    "SCREENER_NOT_HERE": Sentence(
        "Velg en koordinator som arbeider i kommunen henvendelsen gjelder.",
        "Vel ein koordinator som arbeider i kommunen førespurnaden gjeld.",
        "Choose a coordinator who works in the municipality that the referral is about.",
    ),
    "REFERRAL_ACKNOWLEDGED": Sentence(
        "Den som henvendte seg, har alt fått vite at henvendelsen er mottatt.",
        "Den som vende seg til oss, har alt fått vite at førespurnaden er motteken.",
        "Whoever referred has been told already that the referral has come in.",
    ),
    "REFERRAL_OPEN": Sentence(
        "Saken kommer fra en henvendelse som ikke er godtatt. Avgjør den først.",
        "Saka kjem frå ein førespurnad som ikkje er godteken. Avgjer han først.",
        "The case comes from a referral that is not accepted. Decide that first.",
    ),
    "YOUTH_UNKNOWN": Sentence(
        "Henvendelsen er anonym. Før opp hvem ungdommen er, før den kan bli en sak.",
        "Førespurnaden er anonym. Før opp kven ungdommen er, før han kan bli ei sak.",
        "The referral is anonymous. Enter who the youth is before it can become a case.",
    ),
    "SAME_YOUTH_UNANSWERED": Sentence(
        "Kommunen har en åpen sak om en ungdom med samme navn og fødselsdato. Svar på om det er samme ungdom.",
        "Kommunen har ei open sak om ein ungdom med same namn og fødselsdato. Svar på om det er same ungdommen.",
        "The municipality has an open case about a youth with the same name and birth date. Answer whether it is the same youth.",
    ),
    "NOT_A_CASE_ID": Sentence(
        "Id-en hører til noe annet enn en sak: en mekling, et forum, en konsultasjon eller en kohort. Bruk en ny id for saken.",
        "Id-en høyrer til noko anna enn ei sak: ei mekling, eit forum, ein konsultasjon eller ein kohort. Bruk ein ny id for saka.",
        "The id belongs to something that is no case: a mediation, a forum, a consultation or a cohort. Use a new id for the case.",
    ),
    "LEAD_KNOWN": Sentence(
        "Det er alt ført opp at ungdommen vet hvem som leder saken.",
        "Det er alt ført opp at ungdommen veit kven som leier saka.",
        "It is recorded already that the youth knows who leads the case.",
    ),
    "CANNOT_OPEN": Sentence(
        "Saken kan ikke opprettes nå. Be enhetslederen din om hjelp.",
        "Saka kan ikkje opprettast no. Be einingsleiaren din om hjelp.",
        "The case cannot be opened now. Ask your unit leader for help.",
    ),
    "CASE_CLOSED": Sentence(
        "Saken er avsluttet. Ingenting kan endres i den.",
        "Saka er avslutta. Ingenting kan endrast i ho.",
        "The case is closed. Nothing in it can be changed.",
    ),
    "CASE_IS_OTHERS": Sentence(
        "Saken er opprettet for en annen ungdom eller et annet program.",
        "Saka er oppretta for ein annan ungdom eller eit anna program.",
        "The case was opened for another youth or another programme.",
    ),
    "CONTRACT_RUNS": Sentence(
        "Saken har alt en kontrakt. Endre den, eller avslutt den først.",
        "Saka har alt ein kontrakt. Endre han, eller avslutt han først.",
        "The case has a contract already. Change it, or end it first.",
    ),
    "NOT_ACTIVE": Sentence(
        "Bare en aktiv sak kan settes på vent.",
        "Berre ei aktiv sak kan setjast på vent.",
        "Only an active case can be paused.",
    ),
    "NOT_PAUSED": Sentence("Saken er ikke på vent.", "Saka er ikkje på vent.", "The case is not paused."),
    "PAUSE_LENGTH": Sentence(
        "En pause må ha en sluttdato, og den kan vare høyst {days} dager.",
        "Ein pause må ha ein sluttdato, og han kan vare høgst {days} dagar.",
        "A pause needs an end date, and lasts at most {days} days.",
    ),
    "STILL_RUNS": Sentence(
        "Kontrakten eller planen løper fortsatt, eller venter på underskrift eller start. Avslutt den før saken.",
        "Kontrakten eller planen løper framleis, eller ventar på underskrift eller start. Avslutt han før saka.",
        "The contract or plan still runs, or waits for signatures or its start. End it before the case.",
    ),
    "TASKS_OPEN": Sentence(
        "Det står åpne oppgaver i saken. De må gjøres, avlyses eller gis videre først.",
        "Det står opne oppgåver i saka. Dei må gjerast, avlysast eller givast vidare først.",
        "There are open tasks in the case. They must be done, cancelled or handed over first.",
    ),
    "ACUTE_DEVIATION_OPEN": Sentence(
        "Et akutt avvik eller brudd er ikke løst. Saken kan ikke avsluttes før det er fulgt opp.",
        "Eit akutt avvik eller brot er ikkje løyst. Saka kan ikkje avsluttast før det er følgt opp.",
        "An acute deviation is not resolved. The case cannot be closed before it is followed up.",
    ),
    "END_EVALUATION_MISSING": Sentence(
        "Sluttevalueringen er ikke holdt. Hold den, eller velg hvorfor den mangler.",
        "Sluttevalueringa er ikkje halden. Hald ho, eller vel kvifor ho manglar.",
        "The end evaluation has not been held. Hold it, or choose why it is missing.",
    ),
    "SAME_MUNICIPALITY": Sentence(
        "Saken ligger alt i denne kommunen.",
        "Saka ligg alt i denne kommunen.",
        "The case is in this municipality already.",
    ),
    "LEAD_ALREADY": Sentence(
        "Denne personen leder alt saken.",
        "Denne personen leier alt saka.",
        "This person leads the case already.",
    ),
    "NEW_LEAD_MAY_NOT_LEAD": Sentence(
        "Denne personen kan ikke lede en slik sak. Velg en koordinator; ungdomsoppfølging og ungdomsstraff ledes av en ungdomskoordinator.",
        "Denne personen kan ikkje leie ei slik sak. Vel ein koordinator; ungdomsoppfølging og ungdomsstraff blir leidde av ein ungdomskoordinator.",
        "This person cannot lead such a case. Choose a coordinator; the sanctions are led by a youth coordinator.",
    ),
    "OTHER_MUNICIPALITY": Sentence(
        "Du kan bare opprette saker i en kommune du arbeider for.",
        "Du kan berre opprette saker i ein kommune du arbeider for.",
        "You can only open cases in a municipality that you work for.",
    ),
    "NEW_LEAD_ELSEWHERE": Sentence(
        "Saken har ingen gruppe ennå. Da kan bare en koordinator i samme etat og kommune ta over.",
        "Saka har inga gruppe enno. Då kan berre ein koordinator i same etat og kommune ta over.",
        "The case has no group yet. Then only a coordinator of the same agency in the same municipality can take over.",
    ),
    "NEW_LEAD_NOT_MEMBER": Sentence(
        "Den nye lederen må være med i gruppen for en etat. Legg personen til i gruppen først.",
        "Den nye leiaren må vere med i gruppa for ein etat. Legg personen til i gruppa først.",
        "The new lead must be in the network group for an agency. Add the person to the group first.",
    ),
}


def refused(rule: str, *, field: str | None = None, **values: object) -> Refused:
    """The refusal of a rule, its sentence filled with `values`."""
    return Refused(rule, SAYS[rule].with_values(**values), field=field)


def conflict(rule: str, *, field: str | None = None) -> Conflict:
    """The refusal of something that does not fit what has happened already."""
    return Conflict(rule, SAYS[rule], field=field)
