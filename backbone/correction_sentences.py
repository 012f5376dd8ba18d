"""Why something cannot be put right the way somebody asked, in words that name the rule and the way that is open."""

from __future__ import annotations

from backbone.refusal import Sentence
from schemas.correctable import Instead

NOT_REGISTERED = Sentence(
    "Denne registreringen finnes ikke her, eller den er ikke din å se.",
    "Denne registreringa finst ikkje her, eller ho er ikkje di å sjå.",
    "There is no such registration here, or none that you may see.",
)
ALREADY_STRUCK = Sentence(
    "Registreringen er alt strøket. Det som er strøket, rettes ikke; registrer det på nytt hvis det likevel hendte.",
    "Registreringa er alt stroken. Det som er stroke, blir ikkje retta; registrer det på nytt om det likevel hende.",
    "The registration has been struck already. What is struck is not corrected; register it anew if it happened after all.",
)
ONLY_AUTHOR_OR_LEAD = Sentence(
    "Bare den som registrerte dette, eller den som leder saken, kan rette eller stryke det. Si fra til lederen av saken.",
    "Berre den som registrerte dette, eller den som leier saka, kan rette eller stryke det. Sei frå til leiaren av saka.",
    "Only the one who registered this, or the one who leads the case, can correct or strike it. Tell the case's lead.",
)
NOT_CORRECTED = Sentence(
    "Dette feltet kan ikke rettes. {instead}",
    "Dette feltet kan ikkje rettast. {instead}",
    "This field cannot be corrected. {instead}",
)
NOT_STRUCK = Sentence(
    "Denne registreringen kan ikke strykes. {instead}",
    "Denne registreringa kan ikkje strykast. {instead}",
    "This registration cannot be struck. {instead}",
)
DOES_NOT_FIT = Sentence(
    "Verdien passer ikke i dette feltet. Se over hva som er skrevet eller valgt.",
    "Verdien passar ikkje i dette feltet. Sjå over kva som er skrive eller valt.",
    "The value does not fit this field. Look over what was written or chosen.",
)
NOTHING_CHANGED = Sentence(
    "Ingenting er endret. En rettelse må si noe annet enn det som står.",
    "Ingenting er endra. Ei retting må seie noko anna enn det som står.",
    "Nothing has changed. A correction must say something else than what stands.",
)
IN_THE_FUTURE = Sentence(
    "Datoen ligger fram i tid. Det som er registrert, har alt hendt.",
    "Datoen ligg fram i tid. Det som er registrert, har alt hendt.",
    "The date lies ahead. What has been registered has happened already.",
)
LATER_ONES_FIRST = Sentence(
    "Det er registrert noe om det samme etterpå, og det hviler på dette. Stryk det siste først.",
    "Det er registrert noko om det same etterpå, og det kviler på dette. Stryk det siste først.",
    "Something has been registered about the same thing since, and rests on this. Strike the last one first.",
)
INSTEAD: dict[Instead, Sentence] = {
    Instead.FOLLOWS: Sentence(
        "Systemet førte den, og den følger av andre registreringer. Rett dem, så endres denne.",
        "Systemet førte ho, og ho følgjer av andre registreringar. Rett dei, så endrar denne seg.",
        "The system made it, and it follows from other registrations. Correct those, and this changes.",
    ),
    Instead.NEW_STEP: Sentence(
        "Gjør steget på nytt slik det skulle vært; det nye steget gjelder.",
        "Gjer steget på nytt slik det skulle vore; det nye steget gjeld.",
        "Do the step again as it should have been; the new step counts.",
    ),
    Instead.CANCEL: Sentence(
        "Flytt eller avlys den i stedet, med grunnen «registrert ved en feil».",
        "Flytt eller avlys ho i staden, med grunnen «registrert ved ein feil».",
        "Move or cancel it instead, with the reason “registered by mistake”.",
    ),
    Instead.END: Sentence(
        "Avslutt i stedet, med grunnen «registrert ved en feil».",
        "Avslutt i staden, med grunnen «registrert ved ein feil».",
        "End it instead, with the reason “registered by mistake”.",
    ),
    Instead.WITHDRAW: Sentence(
        "Andre har handlet etter samtykket slik det ble gitt. Trekk det tilbake, og be om et nytt.",
        "Andre har handla etter samtykket slik det vart gitt. Trekk det tilbake, og be om eit nytt.",
        "Others have acted on the consent as it was given. Take it back, and ask for a new one.",
    ),
    Instead.CORRECT_START: Sentence(
        "Rett startdatoen på kontrakten i stedet; slutten og fristene følger av den.",
        "Rett startdatoen på kontrakten i staden; slutten og fristane følgjer av han.",
        "Correct the contract's start date instead; its end and the deadlines follow.",
    ),
    Instead.REDACT: Sentence(
        "Slett innholdet ved å sladde teksten i stedet.",
        "Fjern innhaldet ved å sladde teksten i staden.",
        "Take the content away by redacting the text instead.",
    ),
    Instead.DECISION: Sentence(
        "Et vedtak eller en avgjørelse står slik den ble tatt. Ta en ny.",
        "Eit vedtak eller ei avgjerd står slik ho vart teken. Ta ei ny.",
        "A decision stands as it was made. Make a new one.",
    ),
    Instead.OWN_WORD: Sentence(
        "Det er en persons eget ord, og bare den personen kan si noe annet, som et nytt steg.",
        "Det er ein persons eige ord, og berre den personen kan seie noko anna, som eit nytt steg.",
        "It is a person's own word, and only that person can say otherwise, as a new step.",
    ),
    Instead.ON_THE_LOG: Sentence(
        "Den forteller hva som ble sett eller gjort i systemet, og endres aldri.",
        "Ho fortel kva som vart sett eller gjort i systemet, og blir aldri endra.",
        "It tells what was looked at or done in the system, and is never changed.",
    ),
    Instead.CORRECT_AGAIN: Sentence(
        "Rett selve registreringen én gang til.",
        "Rett sjølve registreringa éin gong til.",
        "Correct the registration itself once more.",
    ),
}


def pointing(sentence: Sentence, instead: Instead | None) -> Sentence:
    """The sentence with what to do instead, in each language."""
    way = INSTEAD[instead] if instead is not None else Sentence("", "", "")
    return Sentence(*(text.format(instead=other).strip() for text, other in zip(sentence, way, strict=True)))
