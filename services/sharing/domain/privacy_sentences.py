"""What refusals about breaches and requests say, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Sentence

IN_FUTURE = Sentence(
    "Tidspunktet er ikke kommet ennå. Skriv når det skjedde.",
    "Tidspunktet er ikkje kome enno. Skriv når det hende.",
    "That moment has not come yet. Write when it happened.",
)
BEFORE_FOUND = Sentence(
    "Dette kan ikke ha skjedd før bruddet ble oppdaget.",
    "Dette kan ikkje ha hendt før brotet blei oppdaga.",
    "This cannot have happened before the breach was found.",
)
NOBODY_CONCERNED = Sentence(
    "Skriv hvor mange det gjelder. Er det usikkert, skriver du det høyeste anslaget.",
    "Skriv kor mange det gjeld. Er det usikkert, skriv du det høgaste anslaget.",
    "Write how many are concerned. When that is uncertain, write the highest estimate.",
)
ASSESS_FIRST = Sentence("Vurder risikoen først.", "Vurder risikoen først.", "Judge the risk first.")
RISK_IS_NOTIFIED = Sentence(
    "Bruddet er vurdert til å være en risiko for dem det gjelder. Da skal det meldes til Datatilsynet.",
    "Brotet er vurdert til å vere ein risiko for dei det gjeld. Då skal det meldast til Datatilsynet.",
    "The breach was judged to be a risk to those concerned. It must then be notified to Datatilsynet.",
)
NOTIFIED_ALREADY = Sentence(
    "Bruddet er alt meldt til Datatilsynet.",
    "Brotet er alt meldt til Datatilsynet.",
    "The breach has been notified already.",
)
SAY_WHY_LATE = Sentence(
    "Det er gått mer enn 72 timer siden bruddet ble oppdaget. Skriv hvorfor det ikke ble meldt i tide.",
    "Det har gått meir enn 72 timar sidan brotet blei oppdaga. Skriv kvifor det ikkje blei meldt i tide.",
    "More than 72 hours have passed since the breach was found. Write why it was not notified in time.",
)
NO_SUCH_BREACH = Sentence("Bruddet finnes ikke.", "Brotet finst ikkje.", "There is no such breach.")
NO_SUCH_REQUEST = Sentence("Kravet finnes ikke.", "Kravet finst ikkje.", "There is no such request.")
ANSWERED_ALREADY = Sentence(
    "Kravet er alt besvart.", "Kravet har alt fått svar.", "The request has been answered already."
)
EXTENDED_ALREADY = Sentence(
    "Fristen er alt forlenget, og det kan bare gjøres én gang.",
    "Fristen er alt lengd, og det kan berre gjerast éin gong.",
    "The time has been extended already, and that can be done once only.",
)
TOO_LATE_TO_EXTEND = Sentence(
    "Fristen må forlenges, og den som spurte må få vite hvorfor, innen en måned. Den tiden er over. Svar nå.",
    "Fristen må lengjast, og den som spurde må få vite kvifor, innan ein månad. Den tida er over. Svar no.",
    "The time must be extended, and whoever asked told why, within a month. That time is over. Answer now.",
)
GROUND_MISSING = Sentence(
    "Velg hvorfor kravet ikke blir fulgt helt ut, og skriv begrunnelsen.",
    "Vel kvifor kravet ikkje blir følgt heilt ut, og skriv grunngivinga.",
    "Choose why the request is not granted in full, and write the grounds.",
)
GROUND_TOO_MUCH = Sentence(
    "Kravet blir fulgt helt ut. Da er det ingen grunn til avslag å velge.",
    "Kravet blir følgt heilt ut. Då er det ingen grunn til avslag å velje.",
    "The request is granted in full. Then there is no ground of refusal to choose.",
)
NOT_PRIVACY = Sentence(
    "Dette avgjør personvernansvarlig eller en leder i organet som eier saken.",
    "Dette avgjer personvernansvarleg eller ein leiar i organet som eig saka.",
    "The privacy officer or a leader of the body that owns the case decides this.",
)
