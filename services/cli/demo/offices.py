"""Who does what in the municipalities of the demonstration: the offices that "Hvem er hvem" shows. None of them exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemas.register_codes import LocalFunction
from services.cli.demo.people import SALTEN


class Office(NamedTuple):
    """Who has a function in a municipality, and how they are reached."""

    municipality_no: str
    function: LocalFunction
    office: str
    reached: str
    open_when: str


BY_DAY, SHORT_DAY, ALWAYS = "kl. 8–15.30", "kl. 9–14", "hele døgnet"
OWN = (
    Office("1804", LocalFunction.SLT_COORDINATOR, "SLT-kontoret i Bodø", "slt@salten.example", "kl. 8–15"),
    Office("1804", LocalFunction.POLICE_PREVENTION, "Forebyggende, Bodø", "75 00 00 02", "kl. 8–22"),
    Office("1804", LocalFunction.OUTREACH, "Utekontakten", "75 00 00 03", "kl. 12–22, fredag til kl. 01"),
    Office("1804", LocalFunction.HEALTH_CENTRE, "Helsestasjon for ungdom", "75 00 00 04", "tirsdag og torsdag kl. 14–18"),
    Office("1841", LocalFunction.SLT_COORDINATOR, "SLT-kontoret i Fauske", "slt.fauske@salten.example", "kl. 8–15"),
    Office("1841", LocalFunction.CHILD_WELFARE, "Barneverntenesta i Fauske", "75 00 00 05", "kl. 8–15.30"),
    Office("1841", LocalFunction.LEISURE, "Fritidsklubben", "75 00 00 06", "måndag til fredag kl. 17–21"),
)  # fmt: skip
"""What a municipality calls its own."""
EVERYWHERE = {
    LocalFunction.PRIMARY_SCHOOL: ("Grunnskolen i {place}", "skole", BY_DAY),
    LocalFunction.HEALTH_CENTRE: ("Helsestasjonen i {place}", "helsestasjon", SHORT_DAY),
    LocalFunction.CHILD_WELFARE: ("Barnevernet i {place}", "barnevern", BY_DAY),
    LocalFunction.CHILD_WELFARE_DUTY: ("Salten eksempelbarnevernvakt", "vakt", ALWAYS),
    LocalFunction.NAV: ("Nav {place}", "nav", SHORT_DAY),
    LocalFunction.POLICE_CONTACT: ("Politikontakten i {place}", "politikontakt", BY_DAY),
}
IN_TOWN = {
    LocalFunction.UPPER_SECONDARY: ("{place} eksempelgymnas", "gymnas", BY_DAY),
    LocalFunction.PPT: ("PPT i {place}", "ppt", BY_DAY),
    LocalFunction.FOLLOW_UP_SERVICE: ("OT i {place}", "ot", BY_DAY),
    LocalFunction.BUP: ("BUP Salten eksempel", "bup", BY_DAY),
    LocalFunction.FAMILY_COUNSELLING: ("Familievernet i {place}", "familievern", SHORT_DAY),
    LocalFunction.SUBSTANCE_AND_MENTAL_HEALTH: ("Rus og psykisk helse i {place}", "psykiskhelse", BY_DAY),
    LocalFunction.REFUGEE_SERVICE: ("Flyktningkontoret i {place}", "flyktning", SHORT_DAY),
    LocalFunction.POLICE_PREVENTION: ("Forebyggende, {place}", "forebyggende", BY_DAY),
    LocalFunction.POLICE_OPERATIONS: ("Operasjonssentralen", "operasjon", ALWAYS),
    LocalFunction.MEDIATION_SERVICE: ("Konfliktrådet, {place}", "konfliktrad", BY_DAY),
    LocalFunction.VICTIM_SUPPORT: ("Støttesenteret", "stottesenter", BY_DAY),
    LocalFunction.CHILDRENS_HOUSE: ("Barnehuset", "barnehus", BY_DAY),
    LocalFunction.LEISURE: ("Ungdomshuset i {place}", "ungdomshus", "kl. 17–21"),
    LocalFunction.OUTREACH: ("Utekontakten i {place}", "utekontakt", "kl. 12–20"),
    LocalFunction.VOLUNTEERS: ("Frivilligsentralen i {place}", "frivillig", SHORT_DAY),
}
"""What the two towns have beside that."""
TOWNS = ("1804", "1841")
ASCII = str.maketrans("æøå", "eoa")


def offices() -> Iterator[Office]:
    """Every office, by municipality: what it calls its own, and the usual names for the rest."""
    own = {(office.municipality_no, office.function): office for office in OWN}
    for number, place in SALTEN.items():
        usual = EVERYWHERE | (IN_TOWN if number in TOWNS else {})
        for function in LocalFunction:
            if (number, function) in own:
                yield own[number, function]
            elif function in usual:
                name, address, hours = usual[function]
                reached = f"{address}@{place.lower().translate(ASCII)}.example"
                yield Office(number, function, name.format(place=place), reached, hours)
