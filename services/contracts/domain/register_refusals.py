"""The rules of evaluation, consultations, local offers, surveys and cohorts in words, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Conflict, NotAllowed, Refused, Sentence
from services.contracts.domain.cohort_sentences import COHORTS_SAY

SAYS: dict[str, Sentence] = {
    **COHORTS_SAY,
    "CONSULTATION_TEXT_OF_ANOTHER": Sentence(
        "En konsultasjon kan bare vise til sitt eget notat. Tekster fra saker hører ikke hjemme der.",
        "Ein konsultasjon kan berre vise til sitt eige notat. Tekstar frå saker høyrer ikkje heime der.",
        "A consultation can only refer to its own note. Texts of cases do not belong there.",
    ),
    "EVALUATION_PLAN_MISSING": Sentence(
        "Kontrakten har ingen plan for evaluering. Før den kan signeres og starte, må det stå hvilket mål som skal "
        "vurderes, hvordan, og når.",
        "Kontrakten har ingen plan for evaluering. Før han kan signerast og starte, må det stå kva mål som skal "
        "vurderast, korleis, og når.",
        "The contract has no evaluation plan. Before it can be signed and start, it must say which goal is to be "
        "evaluated, how, and when.",
    ),
    "EVALUATION_MEASURE_MISSING": Sentence(
        "Planen for evaluering må si hvordan minst ett av målene skal vurderes.",
        "Planen for evaluering må seie korleis minst eitt av måla skal vurderast.",
        "The evaluation plan must say how at least one of the goals is to be measured.",
    ),
    "EVALUATION_GOAL_UNKNOWN": Sentence(
        "Planen for evaluering kan bare gjelde mål som står i kontrakten.",
        "Planen for evaluering kan berre gjelde mål som står i kontrakten.",
        "The evaluation plan can only be about goals that stand in the contract.",
    ),
    "EVALUATION_MIDWAY_OUTSIDE": Sentence(
        "Midtveisevalueringen må ligge mellom start og slutt på kontrakten.",
        "Midtvegsevalueringa må liggje mellom start og slutt på kontrakten.",
        "The midway evaluation must lie between the start and the end of the contract.",
    ),
    "EVALUATION_END_OUTSIDE": Sentence(
        "Sluttevalueringen må ligge etter midtveisevalueringen og høyst {days} dager fra sluttdatoen.",
        "Sluttevalueringa må liggje etter midtvegsevalueringa og høgst {days} dagar frå sluttdatoen.",
        "The end evaluation must lie after the midway evaluation and at most {days} days from the end date.",
    ),
    "EVALUATION_OF_ENDED": Sentence(
        "Kontrakten er over. Evalueringen av den kan ikke planlegges på nytt.",
        "Kontrakten er over. Evalueringa av han kan ikkje planleggjast på nytt.",
        "The contract is over. Its evaluation cannot be planned anew.",
    ),
    "CONSULTATION_IN_FUTURE": Sentence(
        "En konsultasjon føres opp når den er holdt. Datoen kan ikke være fram i tid.",
        "Ein konsultasjon blir ført opp når han er halden. Datoen kan ikkje vere fram i tid.",
        "A consultation is logged when it has been held. The date cannot be in the future.",
    ),
    "CONSULTATION_THEME_MISSING": Sentence(
        "Velg minst ett tema for konsultasjonen.",
        "Vel minst eitt tema for konsultasjonen.",
        "Choose at least one theme for the consultation.",
    ),
    "CONSULTATION_AGENCY_MISSING": Sentence(
        "Velg hvilke tjenester som var med i konsultasjonen.",
        "Vel kva tenester som var med i konsultasjonen.",
        "Choose which agencies took part in the consultation.",
    ),
    "CONSULTATION_ADVICE_MISSING": Sentence(
        "Velg hvilket råd konsultasjonen ga.",
        "Vel kva råd konsultasjonen gav.",
        "Choose what the consultation advised.",
    ),
    "CONSULTATION_EXISTS": Sentence(
        "Konsultasjonen er alt ført opp.",
        "Konsultasjonen er alt ført opp.",
        "The consultation has been logged already.",
    ),
    "OFFER_INCOMPLETE": Sentence(
        "Et tiltak må ha et navn og en tilbyder.",
        "Eit tiltak må ha eit namn og ein tilbydar.",
        "A measure needs a name and a provider.",
    ),
    "OFFER_AGES": Sentence(
        "Alderen må gå fra yngst til eldst, og høyst til 25 år.",
        "Alderen må gå frå yngst til eldst, og høgst til 25 år.",
        "The ages must go from the youngest to the oldest, and at most to 25.",
    ),
    "OFFER_ENDED": Sentence(
        "Tiltaket er tatt ut av registeret og kan ikke endres eller velges.",
        "Tiltaket er teke ut av registeret og kan ikkje endrast eller veljast.",
        "The measure has been taken out of the register and can be neither changed nor chosen.",
    ),
    "OFFER_OF_OTHER_MUNICIPALITY": Sentence(
        "Et tiltak kan bare føres og endres av kommunen som har det.",
        "Eit tiltak kan berre førast og endrast av kommunen som har det.",
        "A measure can only be entered and changed by the municipality that has it.",
    ),
    "OFFER_EXISTS": Sentence(
        "Tiltaket er alt ført inn.", "Tiltaket er alt ført inn.", "The measure has been entered already."
    ),
    "OFFER_UNKNOWN": Sentence(
        "Tiltaket finnes ikke i registeret, eller det er tatt ut.",
        "Tiltaket finst ikkje i registeret, eller det er teke ut.",
        "The measure is not in the register, or has been taken out.",
    ),
    "OFFER_ELSEWHERE": Sentence(
        "Tiltaket er i en annen kommune. Velg et fra registeret til kommunen som har saken.",
        "Tiltaket er i ein annan kommune. Vel eit frå registeret til kommunen som har saka.",
        "The measure is in another municipality. Choose one from the register of the municipality that has the case.",
    ),
    "OFFER_OF_OTHER_AGE": Sentence(
        "Tiltaket er for dem som er fra {age_from} til {age_to} år. Velg et som passer alderen til ungdommen.",
        "Tiltaket er for dei som er frå {age_from} til {age_to} år. Vel eit som høver for alderen til ungdommen.",
        "The measure is for those aged {age_from} to {age_to}. Choose one that fits the age of the youth.",
    ),
    "NUMBER_IN_REGISTER": Sentence(
        "Teksten har elleve siffer etter hverandre. Registeret skal ikke ha noe om enkeltpersoner.",
        "Teksten har elleve siffer etter kvarandre. Registeret skal ikkje ha noko om enkeltpersonar.",
        "The text has eleven digits in a row. The register holds nothing about individuals.",
    ),
    "SURVEY_CODE_UNKNOWN": Sentence(
        "Koden er brukt, utløpt eller skrevet feil. Hver kode kan brukes én gang.",
        "Koden er brukt, gått ut eller skriven feil. Kvar kode kan brukast éin gong.",
        "The code has been used, has expired or is mistyped. Each code can be used once.",
    ),
    "SURVEY_EMPTY": Sentence(
        "Svar på minst ett av spørsmålene.",
        "Svar på minst eitt av spørsmåla.",
        "Answer at least one of the questions.",
    ),
    "SURVEY_LEVEL": Sentence(
        "Svarene går fra 1 til 4.", "Svara går frå 1 til 4.", "The answers go from 1 to 4."
    ),
    "SURVEY_OTHER_MUNICIPALITY": Sentence(
        "Du kan bare lage koder for og se svar fra en kommune du arbeider for.",
        "Du kan berre lage kodar for og sjå svar frå ein kommune du arbeider for.",
        "You can only make codes for, and see answers from, a municipality that you work for.",
    ),
}


def refused(rule: str, *, field: str | None = None, **values: object) -> Refused:
    """The refusal of a rule, its sentence filled with `values`."""
    return Refused(rule, SAYS[rule].with_values(**values), field=field)


def conflict(rule: str, *, field: str | None = None) -> Conflict:
    """The refusal of something that does not fit what has happened already."""
    return Conflict(rule, SAYS[rule], field=field)


def not_allowed(rule: str) -> NotAllowed:
    """The refusal of something that is others' to do."""
    return NotAllowed(rule, SAYS[rule])
