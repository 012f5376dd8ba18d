"""What refusals on the way to the archive say, in bokmål, nynorsk and English."""

from __future__ import annotations

from backbone.refusal import Sentence

PACKAGE_UNKNOWN = Sentence(
    "Sjekksummen hører ikke til noen pakke som er laget i denne saken. Da har arkivet noe annet enn det som ble sendt. Lag en ny pakke.",
    "Sjekksummen høyrer ikkje til noka pakke som er laga i denne saka. Då har arkivet noko anna enn det som vart sendt. Lag ei ny pakke.",
    "The checksum is not that of any package made in this case. The archive then holds something else than what was sent. Make a new package.",
)
PACKAGE_OLD = Sentence(
    "Det er kommet dokumenter i saken etter at arkivets pakke ble laget. Lag en ny pakke, og registrer kvitteringen for den.",
    "Det er kome dokument i saka etter at pakka til arkivet vart laga. Lag ei ny pakke, og registrer kvitteringa for den.",
    "Documents have come into the case since the archive's package was made. Make a new package, and register its receipt.",
)
NOT_RECORDS_OWNER = Sentence(
    "Bare den som har ansvar for arkivet i organet som eier saken, kan gjøre dette.",
    "Berre den som har ansvar for arkivet i organet som eig saka, kan gjere dette.",
    "Only the one who answers for the records of the body that owns the case can do this.",
)
CASE_HELD = Sentence(
    "En hendelse i saken er ikke forstått ennå, så pakken kan ikke bli fullstendig. Si fra til driften, og prøv igjen når det er ordnet.",
    "Ei hending i saka er ikkje forstått enno, så pakka kan ikkje bli fullstendig. Sei frå til drifta, og prøv igjen når det er ordna.",
    "An event of the case has not been understood yet, so the package cannot be complete. Tell operations, and try again when it is mended.",
)
DOES_NOT_OPEN = Sentence(
    "Et dokument i saken lar seg ikke åpne, så pakken ble ikke laget. Si fra til driften.",
    "Eit dokument i saka lèt seg ikkje opne, så pakka vart ikkje laga. Sei frå til drifta.",
    "A document of the case does not open, so the package was not made. Tell operations.",
)
