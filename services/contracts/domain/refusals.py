"""Every rule of this service in words: a sentence that a user can act on, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Conflict, NotFound, Refused, Sentence

SAYS: dict[str, Sentence] = {
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
        "Et medlem er ført opp to ganger i nettverksgruppen.",
        "Ein medlem er ført opp to gonger i nettverksgruppa.",
        "A member is listed twice in the network group.",
    ),
    "LEAD_IS_WHO_REGISTERS": Sentence(
        "Den som registrerer, leder saken. Velg en annen funksjon for medlemmet.",
        "Den som registrerer, leier saka. Vel ein annan funksjon for medlemmen.",
        "The one who registers leads the case. Choose another function for the member.",
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
        "Kontrakten har ikke startet. Et avvik meldes når kontrakten løper.",
        "Kontrakten har ikkje starta. Eit avvik blir meldt når kontrakten løper.",
        "The contract has not started. A deviation is reported while the contract runs.",
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
        "Datoen er utenfor tiden kontrakten har løpt.",
        "Datoen er utanfor tida kontrakten har løpt.",
        "The date is outside the time that the contract has run.",
    ),
    "DEVIATION_EXISTS": Sentence(
        "Avviket er alt meldt.", "Avviket er alt meldt.", "The deviation has been reported already."
    ),
    "NOT_FOUND": Sentence(
        "Dette finnes ikke, eller du har ikke tilgang til det.",
        "Dette finst ikkje, eller du har ikkje tilgang til det.",
        "There is no such thing, or you have no access to it.",
    ),
}


def refused(rule: str, *, field: str | None = None, **values: object) -> Refused:
    """The refusal of a rule, its sentence filled with `values`."""
    return Refused(rule, SAYS[rule].with_values(**values), field=field)


def conflict(rule: str, *, field: str | None = None) -> Conflict:
    """The refusal of something that does not fit what has happened already."""
    return Conflict(rule, SAYS[rule], field=field)


def not_found() -> NotFound:
    """There is no such thing, or nothing that this person may know of: both sound the same, so that nothing is revealed."""
    return NotFound("NOT_FOUND", SAYS["NOT_FOUND"])
