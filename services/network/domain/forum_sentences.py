"""The rules of a forum's year in words, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Sentence

FORUM_SENTENCES: dict[str, Sentence] = {
    "ONLY_KOG_DISCUSSES": Sentence(
        "Bare KOG drøfter enkeltspørsmål, og da uten navn. De andre foraene handler ikke om enkeltsaker.",
        "Berre KOG drøftar enkeltspørsmål, og då utan namn. Dei andre foruma handlar ikkje om enkeltsaker.",
        "Only KOG talks about single matters, and without names. The other forums are not about single cases.",
    ),
    "FORUM_CLOSED": Sentence("Forumet er lagt ned.", "Forumet er lagt ned.", "The forum has been closed."),
    "MEETS_AHEAD": Sentence(
        "Møtedagen må være i dag eller senere, høyst to år fram.",
        "Møtedagen må vere i dag eller seinare, høgst to år fram.",
        "The day must be today or later, at most two years ahead.",
    ),
    "INVITED_ALREADY": Sentence(
        "Innkallingen er alt ført som sendt.",
        "Innkallinga er alt ført som send.",
        "The invitation has been entered as sent already.",
    ),
    "NOT_PLANNED": Sentence(
        "Møtet er ikke satt opp, eller det er holdt eller avlyst.",
        "Møtet er ikkje sett opp, eller det er halde eller avlyst.",
        "The meeting is not planned, or it has been held or cancelled.",
    ),
    "AGREEMENT_EXISTS": Sentence(
        "Avtalen er alt ført inn.", "Avtalen er alt ført inn.", "The agreement has been entered already."
    ),
    "PARTIES_MISSING": Sentence(
        "En avtale har minst to parter.",
        "Ein avtale har minst to partar.",
        "An agreement has at least two parties.",
    ),
    "NO_SUCH_AGREEMENT": Sentence(
        "Avtalen finnes ikke i dette forumet.",
        "Avtalen finst ikkje i dette forumet.",
        "There is no such agreement in this forum.",
    ),
    "REVISED_BEFORE_SIGNED": Sentence(
        "Avtalen kan ikke være revidert før den ble signert.",
        "Avtalen kan ikkje vere revidert før han vart signert.",
        "The agreement cannot have been revised before it was signed.",
    ),
    "REVISED_AHEAD": Sentence(
        "Dagen for neste revisjon må komme etter signeringen, høyst ti år fram.",
        "Dagen for neste revisjon må kome etter signeringa, høgst ti år fram.",
        "The day of the next revision must come after the signing, at most ten years ahead.",
    ),
    "WHEEL_ITEM_EXISTS": Sentence(
        "Oppgaven står alt i årshjulet.",
        "Oppgåva står alt i årshjulet.",
        "The item is in the year wheel already.",
    ),
    "NO_SUCH_MONTH": Sentence("Velg en måned.", "Vel ein månad.", "Choose a month."),
    "NO_SUCH_WHEEL_ITEM": Sentence(
        "Oppgaven står ikke i årshjulet lenger.",
        "Oppgåva står ikkje i årshjulet lenger.",
        "The item is not in the year wheel any more.",
    ),
    "NOT_IN_FORUM": Sentence(
        "Personen er ikke med i forumet.",
        "Personen er ikkje med i forumet.",
        "The person is not in the forum.",
    ),
}
