"""The rules of evaluation, consultations, local offers and surveys in words, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Conflict, Refused, Sentence

SAYS: dict[str, Sentence] = {
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
}


def refused(rule: str, *, field: str | None = None, **values: object) -> Refused:
    """The refusal of a rule, its sentence filled with `values`."""
    return Refused(rule, SAYS[rule].with_values(**values), field=field)


def conflict(rule: str, *, field: str | None = None) -> Conflict:
    """The refusal of something that does not fit what has happened already."""
    return Conflict(rule, SAYS[rule], field=field)
