"""The rules of cohorts in words, in bokmål, nynorsk and English; `register_refusals` says them."""

from __future__ import annotations

from backbone.refusal import Sentence

COHORTS_SAY: dict[str, Sentence] = {
    "COHORT_PERIOD_RUNS": Sentence(
        "Året er ikke over. En kohort kan lukkes når året er slutt.",
        "Året er ikkje over. Ein kohort kan lukkast når året er slutt.",
        "The year is not over. A cohort can be closed when its year has ended.",
    ),
    "COHORT_CLOSED": Sentence(
        "Denne kohorten er alt lukket. Tallet telles én gang, så ingen kan regne seg fram til enkeltpersoner.",
        "Denne kohorten er alt lukka. Talet blir talt éin gong, så ingen kan rekne seg fram til enkeltpersonar.",
        "This cohort has been closed already. It is counted once, so that nobody can be found by subtraction.",
    ),
    "COHORT_TOO_SMALL": Sentence(
        "Kohorten har færre enn fem ungdommer. Den blir ikke målt.",
        "Kohorten har færre enn fem ungdommar. Han blir ikkje målt.",
        "The cohort has fewer than five youths. It is not measured.",
    ),
    "COHORT_MEASURED": Sentence(
        "Resultatet for denne kohorten er alt ført inn, og kan ikke endres.",
        "Resultatet for denne kohorten er alt ført inn, og kan ikkje endrast.",
        "The result of this cohort has been registered already, and cannot be changed.",
    ),
    "COHORT_TOO_EARLY": Sentence(
        "Tilbakefall måles når det er gått tre år. Resultatet kan tidligst være fra {day}.",
        "Tilbakefall blir målt når det har gått tre år. Resultatet kan tidlegast vere frå {day}.",
        "Relapse is measured when three years have gone. The result can be from {day} at the earliest.",
    ),
    "COHORT_RESULT_IN_FUTURE": Sentence(
        "Resultatet føres inn når det er kommet. Datoen kan ikke være fram i tid.",
        "Resultatet blir ført inn når det har kome. Datoen kan ikkje vere fram i tid.",
        "The result is registered when it has come. The date cannot be in the future.",
    ),
    "COHORT_COUNT_MISSING": Sentence(
        "Skriv hvor mange som har fått tilbakefall.",
        "Skriv kor mange som har fått tilbakefall.",
        "Enter how many have relapsed.",
    ),
    "COHORT_MORE_THAN_ALL": Sentence(
        "Så mange er det ikke i kohorten. Antallet kan være høyst {youths}.",
        "Så mange er det ikkje i kohorten. Talet kan vere høgst {youths}.",
        "There are not that many in the cohort. The number can be {youths} at most.",
    ),
    "COHORT_DEFINITION_MISSING": Sentence(
        "Velg hva som er regnet som tilbakefall. Uten det kan tallet ikke brukes.",
        "Vel kva som er rekna som tilbakefall. Utan det kan talet ikkje brukast.",
        "Choose what was counted as a relapse. Without it the number cannot be used.",
    ),
    "COHORT_AGENCY_MISSING": Sentence(
        "Velg hvilken etat som har gitt tallet.",
        "Vel kva etat som har gjeve talet.",
        "Choose which agency has handed the number back.",
    ),
    "COHORT_OTHER_AGENCY": Sentence(
        "Tallet må komme fra politiet, påtalemyndigheten, konfliktrådet eller kriminalomsorgen.",
        "Talet må kome frå politiet, påtalemakta, konfliktrådet eller kriminalomsorga.",
        "The number must come from the police, the prosecution, konfliktrådet or the correctional service.",
    ),
    "COHORT_REASON_MISSING": Sentence(
        "Velg hvorfor kohorten ikke ble målt.",
        "Vel kvifor kohorten ikkje vart målt.",
        "Choose why the cohort was not measured.",
    ),
    "COHORT_CONTRADICTION": Sentence(
        "Svarene passer ikke sammen. Fyll bare ut det som hører til resultatet du har valgt.",
        "Svara høver ikkje saman. Fyll berre ut det som høyrer til resultatet du har valt.",
        "The answers do not fit together. Fill in only what belongs to the result you have chosen.",
    ),
    "COHORT_OTHER_MUNICIPALITY": Sentence(
        "Du kan bare lukke og se kohorter i en kommune du arbeider for.",
        "Du kan berre lukke og sjå kohortar i ein kommune du arbeider for.",
        "You can only close and see cohorts of a municipality that you work for.",
    ),
}
