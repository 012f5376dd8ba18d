"""What refusals about documents, redactions and notes say, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Sentence

NOT_AUTHOR = Sentence(
    "Bare den som skrev teksten, kan erstatte den eller gjøre den endelig.",
    "Berre den som skreiv teksten, kan byte han ut eller gjere han endeleg.",
    "Only the one who wrote the text can replace it or make it final.",
)
FINAL_STANDS = Sentence(
    "Teksten er endelig og endres ikke. Rett den med en ny versjon; den første blir stående i loggen.",
    "Teksten er endeleg og blir ikkje endra. Rett han med ein ny versjon; den første blir ståande i loggen.",
    "The text is final and does not change. Correct it with a new version; the first stays on the log.",
)
REPLACED_ALREADY = Sentence(
    "En nyere versjon har alt tatt over for denne teksten. Erstatt den nyeste.",
    "Ein nyare versjon har alt teke over for denne teksten. Byt ut den nyaste.",
    "A newer version has already taken over from this text. Replace the newest one.",
)
NOTE_STAYS_NOTE = Sentence(
    "Et privat notat er bare ditt og kan ikke gjøres endelig. Legg inn en egen opplysning i stedet.",
    "Eit privat notat er berre ditt og kan ikkje gjerast endeleg. Legg inn ei eiga opplysning i staden.",
    "A private note is yours alone and cannot be made final. Record a piece of information instead.",
)
NOT_IN_PROGRESS = Sentence(
    "Bare en tekst som er under arbeid, kan gjøres endelig.",
    "Berre ein tekst som er under arbeid, kan gjerast endeleg.",
    "Only a text that is work in progress can be made final.",
)
NO_NOTES_AFTER_CLOSURE = Sentence(
    "Saken er avsluttet. Private notater slettes da, og det kan ikke legges inn nye.",
    "Saka er avslutta. Private notat blir då sletta, og det kan ikkje leggjast inn nye.",
    "The case is closed. Private notes are destroyed then, and no new ones can be made.",
)
ONLY_LEAD_REDACTS = Sentence(
    "Bare den som leder saken, kan sladde en tekst. Si fra til lederen av saken.",
    "Berre den som leier saka, kan sladde ein tekst. Sei frå til leiaren av saka.",
    "Only the one who leads the case can redact a text. Tell the case's lead.",
)
NO_SUCH_TEXT = Sentence(
    "Denne teksten ligger ikke i saken.",
    "Denne teksten ligg ikkje i saka.",
    "There is no such text in the case.",
)
IDENTITY_IS_NOT_TEXT = Sentence(
    "Dette er navnet på noen i saken, ikke en tekst. Det sladdes ikke.",
    "Dette er namnet på nokon i saka, ikkje ein tekst. Det blir ikkje sladda.",
    "This is somebody's name in the case, not a text. It is not redacted.",
)
REDACTED_ALREADY = Sentence(
    "Teksten er alt sladdet. Ingen kan åpne den.",
    "Teksten er alt sladda. Ingen kan opne han.",
    "The text has been redacted already. Nobody can open it.",
)
NOT_REDACTED = Sentence(
    "Teksten må være sladdet før den kan slettes for godt.",
    "Teksten må vere sladda før han kan slettast for godt.",
    "The text must be redacted before it can be destroyed.",
)
DESTROYED_ALREADY = Sentence(
    "Teksten er alt slettet for godt.",
    "Teksten er alt sletta for godt.",
    "The text has been destroyed already.",
)
REDACTED_IS_KEPT = Sentence(
    "En tekst som er sladdet av denne grunnen, kan ha arkivverdi og slettes ikke her. Den følger saken når oppbevaringen vurderes.",
    "Ein tekst som er sladda av denne grunnen, kan ha arkivverdi og blir ikkje sletta her. Han følgjer saka når oppbevaringa blir vurdert.",
    "A text redacted for this reason may have to be archived and is not destroyed here. It follows the case when retention is reviewed.",
)
TWO_PERSONS = Sentence(
    "Sletting må godkjennes av en annen enn den som sladdet teksten.",
    "Sletting må godkjennast av ein annan enn den som sladda teksten.",
    "Destruction must be approved by another than the one who redacted the text.",
)
NEW_TEXT_MISSING = Sentence(
    "Den nye versjonen ligger ikke i arkivet, eller er lagt inn av en annen tjeneste eller om noe annet.",
    "Den nye versjonen ligg ikkje i arkivet, eller er lagd inn av ei anna teneste eller om noko anna.",
    "The new version does not lie in the vault, or was laid there by another agency or about something else.",
)
NOTE_IS_INFORMATION = Sentence(
    "Et privat notat legges inn som en opplysning med klassen privat notat.",
    "Eit privat notat blir lagt inn som ei opplysning med klassen privat notat.",
    "A private note is recorded as information of the class private note.",
)
