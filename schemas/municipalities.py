"""Nordland's municipalities by their official numbers (Statistics Norway and Kartverket, 2024 on), and the functions looked for in each.

Keyed by number, since Bø and Herøy also exist elsewhere. Telephone numbers are configuration, entered by each municipality: none is
written here.
"""

from __future__ import annotations

from schemas.codes import Agency
from schemas.register_codes import LocalFunction

NORDLAND: dict[str, str] = {
    "1804": "Bodø", "1806": "Narvik", "1811": "Bindal", "1812": "Sømna", "1813": "Brønnøy", "1815": "Vega",
    "1816": "Vevelstad", "1818": "Herøy", "1820": "Alstahaug", "1822": "Leirfjord", "1824": "Vefsn",
    "1825": "Grane", "1826": "Hattfjelldal", "1827": "Dønna", "1828": "Nesna", "1832": "Hemnes",
    "1833": "Rana", "1834": "Lurøy", "1835": "Træna", "1836": "Rødøy", "1837": "Meløy", "1838": "Gildeskål",
    "1839": "Beiarn", "1840": "Saltdal", "1841": "Fauske", "1845": "Sørfold", "1848": "Steigen",
    "1851": "Lødingen", "1853": "Evenes", "1856": "Røst", "1857": "Værøy", "1859": "Flakstad",
    "1860": "Vestvågøy", "1865": "Vågan", "1866": "Hadsel", "1867": "Bø", "1868": "Øksnes",
    "1870": "Sortland", "1871": "Andøy", "1874": "Moskenes", "1875": "Hamarøy",
}  # fmt: skip
SALTEN = frozenset(
    {"1804", "1836", "1837", "1838", "1839", "1840", "1841", "1845", "1848", "1856", "1857", "1875"}
)
"""Those that share the Felles ansvar scheme of Salten."""

AGENCY_OF: dict[LocalFunction, Agency | None] = {
    LocalFunction.PRIMARY_SCHOOL: Agency.SKOLE_GRUNN,
    LocalFunction.UPPER_SECONDARY: Agency.SKOLE_VGS,
    LocalFunction.PPT: Agency.PPT,
    LocalFunction.FOLLOW_UP_SERVICE: Agency.OPPFOLGINGSTJENESTE,
    LocalFunction.BUP: Agency.BUP,
    LocalFunction.NAV: Agency.NAV,
    LocalFunction.HEALTH_CENTRE: Agency.SKOLEHELSETJENESTE,
    LocalFunction.FAMILY_COUNSELLING: None,
    LocalFunction.CHILD_WELFARE: Agency.BARNEVERN,
    LocalFunction.CHILD_WELFARE_DUTY: Agency.BARNEVERN,
    LocalFunction.SUBSTANCE_AND_MENTAL_HEALTH: None,
    LocalFunction.REFUGEE_SERVICE: None,
    LocalFunction.SLT_COORDINATOR: Agency.KOMMUNE_SLT,
    LocalFunction.POLICE_PREVENTION: Agency.POLITI_FOREBYGGENDE,
    LocalFunction.POLICE_CONTACT: Agency.POLITI_FOREBYGGENDE,
    LocalFunction.POLICE_OPERATIONS: None,
    LocalFunction.MEDIATION_SERVICE: Agency.KONFLIKTRAAD,
    LocalFunction.VICTIM_SUPPORT: None,
    LocalFunction.CHILDRENS_HOUSE: Agency.BARNEHUS,
    LocalFunction.LEISURE: Agency.FRITID,
    LocalFunction.OUTREACH: Agency.UTEKONTAKT,
    LocalFunction.VOLUNTEERS: Agency.FRIVILLIG_ORG,
}
"""Under which agency the directory lists the people of a function; None for those who join no group as an agency of ours."""
