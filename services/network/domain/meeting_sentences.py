"""The rules of agendas, interpreters, attendance and minutes in words, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Sentence

MEETING_SENTENCES: dict[str, Sentence] = {
    "ITEM_TWICE": Sentence(
        "Saken står alt på sakslisten.",
        "Saka står alt på sakslista.",
        "The item is on the agenda already.",
    ),
    "AGENDA_TOO_LONG": Sentence(
        "En saksliste kan ha høyst 30 saker.",
        "Ei saksliste kan ha høgst 30 saker.",
        "An agenda can have at most 30 items.",
    ),
    "FIXED_ITEM_COMES_BY_ITSELF": Sentence(
        "Saken «Hvem kan si hva» kommer av seg selv på gruppens første møte. Den kan ikke legges til.",
        "Saka «Kven kan seie kva» kjem av seg sjølv på det første møtet i gruppa. Ho kan ikkje leggjast til.",
        "The item “Who may say what” comes by itself in the group's first meeting. It cannot be added.",
    ),
    "NO_SUCH_ITEM": Sentence(
        "Saken står ikke på sakslisten for dette møtet.",
        "Saka står ikkje på sakslista for dette møtet.",
        "The item is not on the agenda of this meeting.",
    ),
    "ITEM_NOT_OPEN": Sentence(
        "Utfallet av saken er alt ført opp, eller saken er overført til et annet møte.",
        "Utfallet av saka er alt ført opp, eller saka er overført til eit anna møte.",
        "The outcome of the item has been entered already, or the item has gone on to another meeting.",
    ),
    "FIXED_ITEM_NEEDS_OUTCOME": Sentence(
        "Gruppen må bli enig, helt, delvis eller ikke, om hvem som kan si hva. Saken kan ikke bare utgå.",
        "Gruppa må bli samd, heilt, delvis eller ikkje, om kven som kan seie kva. Saka kan ikkje berre gå ut.",
        "The group has to agree, fully, in part or not, on who may say what. The item cannot just be dropped.",
    ),
    "FIXED_ITEM_NEEDS_WORDS": Sentence(
        "Skriv hva gruppen kom fram til om hvem som kan si hva.",
        "Skriv kva gruppa kom fram til om kven som kan seie kva.",
        "Write what the group came to about who may say what.",
    ),
    "WHO_MAY_SAY_WHAT_FIRST": Sentence(
        "Før opp utfallet av saken «Hvem kan si hva» før referatet sendes ut.",
        "Før opp utfallet av saka «Kven kan seie kva» før referatet blir sendt ut.",
        "Enter the outcome of the item “Who may say what” before the minutes are issued.",
    ),
    "WHO_NEEDS_INTERPRETER": Sentence(
        "Velg hvem som trenger tolk.", "Vel kven som treng tolk.", "Choose who needs an interpreter."
    ),
    "INTERPRETER_FOR_INVITED": Sentence(
        "Tolk bestilles bare til dem som er kalt inn til møtet.",
        "Tolk blir berre tinga til dei som er kalla inn til møtet.",
        "An interpreter is booked only for those who are invited to the meeting.",
    ),
    "INTERPRETER_NEEDED_ALREADY": Sentence(
        "Det er alt meldt at de trenger tolk.",
        "Det er alt meldt at dei treng tolk.",
        "It has been said already that they need an interpreter.",
    ),
    "NO_INTERPRETER_NEEDED": Sentence(
        "Det er ikke meldt at noen trenger tolk i møtet, eller svaret er alt ført opp.",
        "Det er ikkje meldt at nokon treng tolk i møtet, eller svaret er alt ført opp.",
        "Nobody has been said to need an interpreter in the meeting, or the answer has been entered already.",
    ),
    "FAMILY_NEVER_INTERPRETS": Sentence(
        "Ungdommen og familien tolker aldri. Bestill en tolk.",
        "Ungdommen og familien tolkar aldri. Ting ein tolk.",
        "The youth and the family never interpret. Book an interpreter.",
    ),
    "NO_PLACE_FOR_PROTECTED": Sentence(
        "Ungdommen har strengt fortrolig adresse. Da føres ikke noe møtested. Avtal det muntlig.",
        "Ungdommen har strengt fortruleg adresse. Då blir det ikkje ført nokon møtestad. Avtal han munnleg.",
        "The youth's address is strictly confidential, so no place is entered. Agree on it orally.",
    ),
    "VICTIM_HAS_NOT_SAID_YES": Sentence(
        "Et slikt møte kan bare kalles inn når det er åpnet en meklingsmappe og alle fornærmede i den selv har sagt ja.",
        "Eit slikt møte kan berre kallast inn når det er opna ei meklingsmappe og alle krenkte i ho sjølve har sagt ja.",
        "Such a meeting can be called only when a mediation record is open and every victim in it has said yes themselves.",
    ),
    "NO_CONTACT_AT_THAT_TIME": Sentence(
        "En kontaktsperre hindrer møte ansikt til ansikt på dette tidspunktet. Velg et annet tidspunkt, eller møtes på video.",
        "Ei kontaktsperre hindrar møte ansikt til ansikt på dette tidspunktet. Vel eit anna tidspunkt, eller møt på video.",
        "A bar on contact prevents meeting in person at this time. Choose another time, or meet by video.",
    ),
    "REASON_FOR_ABSENT": Sentence(
        "Grunn til fravær føres bare for dem som ikke var der.",
        "Grunn til fråvær blir berre ført for dei som ikkje var der.",
        "A reason for absence is entered only for those who were not there.",
    ),
    "NOT_HELD_YET": Sentence(
        "Før møtet som holdt først.",
        "Før møtet som halde først.",
        "Enter the meeting as held first.",
    ),
    "MINUTES_IN_OWN_RECORD": Sentence(
        "Det som blir sagt i mekling og gjenopprettende møte, står i meklingsmappen og aldri i ungdommens sak.",
        "Det som blir sagt i mekling og gjenopprettande møte, står i meklingsmappa og aldri i ungdommen si sak.",
        "What is said in mediation and restorative meetings stands in the mediation record, never in the youth's case.",
    ),
    "LOOKED_BACK_ALREADY": Sentence(
        "Gjort, lært, lurt er alt ført for dette møtet. Rett det som står der, fra historikken i saken.",
        "Gjort, lært, lurt er alt ført for dette møtet. Rett det som står der, frå historikken i saka.",
        "Done, learnt, smart has been entered for this meeting already. Correct what stands there, from the history of the case.",
    ),
    "MINUTES_EMPTY": Sentence(
        "Skriv hva som ble sagt og avtalt, før referatet lagres.",
        "Skriv kva som vart sagt og avtalt, før referatet blir lagra.",
        "Write what was said and agreed before the minutes are saved.",
    ),
    "MINUTES_ALREADY_ISSUED": Sentence(
        "Referatet er sendt ut og kan ikke endres. Rett det med en ny versjon til de samme mottakerne.",
        "Referatet er sendt ut og kan ikkje endrast. Rett det med ein ny versjon til dei same mottakarane.",
        "The minutes have been issued and cannot change. Correct them by a new version to the same receivers.",
    ),
    "MINUTES_NOT_DRAFTED": Sentence(
        "Skriv et utkast til referatet først.",
        "Skriv eit utkast til referatet først.",
        "Write a draft of the minutes first.",
    ),
    "MINUTES_NOT_ISSUED": Sentence(
        "Referatet er ikke sendt ut ennå.",
        "Referatet er ikkje sendt ut enno.",
        "The minutes have not been issued yet.",
    ),
    "NO_RECEIVERS": Sentence(
        "Velg hvem som skal få referatet.",
        "Vel kven som skal få referatet.",
        "Choose who is to get the minutes.",
    ),
    "RECEIVER_NOT_MEMBER": Sentence(
        "Bare de som er med i nettverksgruppen, kan få referatet.",
        "Berre dei som er med i nettverksgruppa, kan få referatet.",
        "Only those who are in the network group can get the minutes.",
    ),
    "TASKS_OR_NONE": Sentence(
        "Et referat har oppgaver med én ansvarlig og en frist, eller det sies uttrykkelig at det ikke ble noen oppgaver.",
        "Eit referat har oppgåver med éin ansvarleg og ein frist, eller det blir sagt uttrykkjeleg at det ikkje vart nokon oppgåver.",
        "Minutes have tasks, each with one owner and a due date, or say expressly that there are no tasks.",
    ),
    "TASKS_AND_NONE": Sentence(
        "Det kan ikke både være oppgaver fra møtet og stå at det ikke ble noen.",
        "Det kan ikkje både vere oppgåver frå møtet og stå at det ikkje vart nokon.",
        "There cannot both be tasks from the meeting and a statement that there are none.",
    ),
    "TASK_TWICE": Sentence(
        "Den samme oppgaven er ført opp to ganger.",
        "Den same oppgåva er ført opp to gonger.",
        "The same task is listed twice.",
    ),
    "NOT_A_RECEIVER": Sentence(
        "Bare de som har fått referatet, kan ha merknader til det.",
        "Berre dei som har fått referatet, kan ha merknader til det.",
        "Only those who got the minutes can comment on them.",
    ),
    "COMMENT_EXISTS": Sentence(
        "Merknaden er alt ført inn.",
        "Merknaden er alt ført inn.",
        "The comment has been entered already.",
    ),
    "MINUTES_CONFIRMED_ALREADY": Sentence(
        "Referatet er alt godkjent.",
        "Referatet er alt godkjent.",
        "The minutes have been confirmed already.",
    ),
    "COMMENTS_WAIT": Sentence(
        "Det er merknader til referatet. Rett det, eller kryss av for at merknadene er vurdert.",
        "Det er merknader til referatet. Rett det, eller kryss av for at merknadene er vurderte.",
        "There are comments on the minutes. Correct them, or tick that the comments have been considered.",
    ),
}
