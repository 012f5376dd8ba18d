"""The rules about guardians and who decides in words, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Conflict, Refused, Sentence

SAYS: dict[str, Sentence] = {
    "GUARDIAN_ALREADY": Sentence(
        "Denne personen er alt ført opp som foresatt i saken.",
        "Denne personen er alt ført opp som føresett i saka.",
        "This person is a guardian in the case already.",
    ),
    "GUARDIAN_IN_TWO_ROLES": Sentence(
        "En foresatt kan ikke også være ungdommen, den som leder saken eller med i gruppen for en etat.",
        "Ein føresett kan ikkje også vere ungdommen, den som leier saka eller med i gruppa for ein etat.",
        "A guardian cannot also be the youth, the one who leads the case, or in the group for an agency.",
    ),
    "NOT_A_GUARDIAN": Sentence(
        "Denne personen er ikke ført opp som foresatt i saken. Før opp personen først.",
        "Denne personen er ikkje ført opp som føresett i saka. Før opp personen først.",
        "This person is not a guardian in the case. Add the person first.",
    ),
    "CARE_IS_A_CHANGE": Sentence(
        "Har barnevernet overtatt omsorgen, velger du «Endre hvem som bestemmer» og den som er med i gruppen for barnevernet.",
        "Har barnevernet overteke omsorga, vel du «Endre kven som bestemmer» og den som er med i gruppa for barnevernet.",
        "When the child welfare service has taken over care, change who decides and choose the one who is in the group for it.",
    ),
    "CARE_BY_NAMED_PERSON": Sentence(
        "Barnevernet bestemmer ved en navngitt person. Ta personen inn i gruppen for barnevernet først.",
        "Barnevernet bestemmer ved ein namngitt person. Ta personen inn i gruppa for barnevernet først.",
        "The child welfare service decides by a named person. Take the person into the group for it first.",
    ),
    "CARE_ENDS_BY_REMOVAL": Sentence(
        "Har barnevernet ikke lenger omsorgen, tar du barnevernet bort som den som bestemmer. Da bestemmer foreldrene igjen.",
        "Har barnevernet ikkje lenger omsorga, tek du barnevernet bort som den som bestemmer. Då bestemmer foreldra igjen.",
        "When the child welfare service no longer has care, remove it as the one who decides. Then the parents decide again.",
    ),
    "CARE_IS_NOT_RESTRICTED": Sentence(
        "Barnevernet kan ikke holdes utenfor. Før opp hvem andre som bestemmer, i stedet.",
        "Barnevernet kan ikkje haldast utanfor. Før opp kven andre som bestemmer, i staden.",
        "The child welfare service cannot be kept out. Register who else decides instead.",
    ),
    "SOURCE_DOES_NOT_SHOW": Sentence(
        "Dette må vises på en annen måte: foreldreansvar av Folkeregisteret eller en dom, omsorg av vedtaket, verge og representant av "
        "oppnevningen. Det noen selv sier, er ikke nok til å ta bestemmelsen fra andre. Den som får nei, skal få grunnen og kan klage til statsforvalteren.",
        "Dette må visast på ein annan måte: foreldreansvar av Folkeregisteret eller ein dom, omsorg av vedtaket, verje og representant av "
        "oppnemninga. Det nokon sjølv seier, er ikkje nok til å ta avgjerda frå andre. Den som får nei, skal få grunnen og kan klage til statsforvaltaren.",
        "This must be shown otherwise: parental responsibility by the population register or a judgment, care by the decision, a guardian or "
        "representative by the appointment. What somebody says is not enough to take the decision from others. Whoever is refused is given the reason "
        "and can complain to the county governor.",
    ),
    "SOLE_PARENT_NOT_ALONE": Sentence(
        "Har én forelder ansvaret alene, kan ingen annen forelder ha det. Før først opp at den andre ikke har foreldreansvar.",
        "Har éin forelder ansvaret åleine, kan ingen annan forelder ha det. Før først opp at den andre ikkje har foreldreansvar.",
        "When one parent has the responsibility alone, no other parent can have it. First register that the other has none.",
    ),
    "FROM_DAY_AHEAD": Sentence(
        "Dagen kan ikke ligge fram i tid. Det du fører opp her, gjelder med en gang. Før det opp den dagen det gjelder fra.",
        "Dagen kan ikkje liggje fram i tid. Det du fører opp her, gjeld med ein gong. Før det opp den dagen det gjeld frå.",
        "The day cannot lie ahead. What you register here counts at once. Register it on the day it counts from.",
    ),
    "LAST_DECISION_MAKER": Sentence(
        "Ungdommen må alltid ha noen som bestemmer. Før opp den som bestemmer nå, før du tar bort denne.",
        "Ungdommen må alltid ha nokon som bestemmer. Før opp den som bestemmer no, før du tek bort denne.",
        "The youth must always have somebody who decides. Register who decides now before you remove this one.",
    ),
    "REMOVAL_DOES_NOT_FIT": Sentence(
        "Velg «Omsorgen er tilbakeført» for barnevernet, og bare for barnevernet.",
        "Vel «Omsorga er tilbakeført» for barnevernet, og berre for barnevernet.",
        "Choose that care has ended for the child welfare service, and only for it.",
    ),
    "RESTRICTED_ALREADY": Sentence(
        "Denne foresatte holdes alt utenfor saken.",
        "Denne føresette blir alt halden utanfor saka.",
        "This guardian is kept out of the case already.",
    ),
    "NOT_RESTRICTED": Sentence(
        "Denne foresatte holdes ikke utenfor saken.",
        "Denne føresette blir ikkje halden utanfor saka.",
        "This guardian is not kept out of the case.",
    ),
    "ONLY_UNIT_LEADER": Sentence(
        "Bare en leder i etaten som eier saken, og som ikke selv leder den, bekrefter endringer i hvem som bestemmer, og slipper foresatte inn igjen.",
        "Berre ein leiar i etaten som eig saka, og som ikkje sjølv leier ho, stadfestar endringar i kven som bestemmer, og slepper føresette inn igjen.",
        "Only a leader of the agency that owns the case, who does not lead it, confirms changes of who decides and lets guardians in again.",
    ),
    "NOTHING_TO_CONFIRM": Sentence(
        "Det er ikke noe å bekrefte om denne personen.",
        "Det er ikkje noko å stadfeste om denne personen.",
        "There is nothing to confirm about this person.",
    ),
    "AWAITS_LEADER": Sentence(
        "Noen skal ikke lenger bestemme for ungdommen, og en leder har ikke bekreftet det ennå. Ingen kan be om en ny underskrift fra dem som "
        "bestemmer, før det er bekreftet.",
        "Nokon skal ikkje lenger bestemme for ungdommen, og ein leiar har ikkje stadfesta det enno. Ingen kan be om ei ny underskrift frå dei som "
        "bestemmer, før det er stadfesta.",
        "Somebody is not to decide for the youth any longer, and a leader has not confirmed it yet. Those who decide cannot be asked to sign anything "
        "new until then.",
    ),
    "NOTHING_CHANGED": Sentence("Slik står det alt.", "Slik står det alt.", "That is how it stands already."),
    "NOBODY_OF_THE_CASE": Sentence(
        "Velg ungdommen, en foresatt eller en som er med i gruppen.",
        "Vel ungdommen, ein føresett eller ein som er med i gruppa.",
        "Choose the youth, a guardian or somebody in the group.",
    ),
    "NOT_A_SAMI_LANGUAGE": Sentence(
        "Retten etter sameloven gjelder nordsamisk, lulesamisk og sørsamisk. Velg en annen grunn.",
        "Retten etter samelova gjeld nordsamisk, lulesamisk og sørsamisk. Vel ein annan grunn.",
        "The right under the Sámi Act is for North, Lule and South Sámi. Choose another reason.",
    ),
    "GUARDIAN_REMOVED_SIGNS_NOT": Sentence(
        "Denne personen er ikke lenger foresatt i saken og signerer ikke.",
        "Denne personen er ikkje lenger føresett i saka og signerer ikkje.",
        "This person is no longer a guardian in the case and does not sign.",
    ),
    "GUARDIAN_RESTRICTED_SIGNS_NOT": Sentence(
        "Denne foresatte holdes utenfor saken og signerer ikke.",
        "Denne føresette blir halden utanfor saka og signerer ikkje.",
        "This guardian is kept out of the case and does not sign.",
    ),
    "CARE_TAKEN_OVER_SIGNS_NOT": Sentence(
        "Barnevernet har omsorgen og bestemmer i stedet for foreldrene.",
        "Barnevernet har omsorga og bestemmer i staden for foreldra.",
        "The child welfare service has care and decides in the parents' place.",
    ),
    "WITHOUT_RESPONSIBILITY_SIGNS_NOT": Sentence(
        "Denne forelderen har ikke foreldreansvar og kan ikke signere for ungdommen.",
        "Denne forelderen har ikkje foreldreansvar og kan ikkje signere for ungdommen.",
        "This parent has no parental responsibility and cannot sign for the youth.",
    ),
    "OTHERS_DECIDE": Sentence(
        "En annen bestemmer i stedet for denne foresatte nå, og denne signerer ikke.",
        "Ein annan bestemmer i staden for denne føresette no, og denne signerer ikkje.",
        "Somebody else decides in this guardian's place now, and this one does not sign.",
    ),
}


def refused(rule: str, *, field: str | None = None) -> Refused:
    """The refusal of a rule about guardians."""
    return Refused(rule, SAYS[rule], field=field)


def conflict(rule: str, *, field: str | None = None) -> Conflict:
    """The refusal of something about guardians that does not fit what stands."""
    return Conflict(rule, SAYS[rule], field=field)
