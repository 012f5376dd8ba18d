"""What differs between the programmes, as configuration: each value with the dates it is in force and where it comes from.

Numbers that no source gives are the product's own defaults and say so. What was read only in older or secondary sources is marked
"to be confirmed": a lawyer looks it over before real cases are entered.
"""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import COORDINATORS, AgeBand, Programme, Role
from schemas.dated import OUR_CHOICE, Dated, Sourced, always
from schemas.sanction_codes import ImposedBy, ParticipationBasis

LAW_OF_2024 = date(2024, 9, 1)
"""When the changes of konfliktrådsloven chapter IV took effect (Prop. 139 L (2022-2023))."""
LAST_OF_OLD_LAW = date(2024, 8, 31)


class Sanction(msgspec.Struct, frozen=True, kw_only=True):
    """What a sanction asks for beyond what every programme does."""

    ages_at_offence: Dated[frozenset[AgeBand]]
    imposed_by: Dated[frozenset[ImposedBy]]
    participation: Dated[ParticipationBasis]
    meeting_months: Dated[int]
    """The longest time between two meetings with the youth and the team."""
    evaluation_months: Dated[int | None]
    """How often it is evaluated on the way; None for once, at half-time."""
    goes_back_to_prosecution: bool
    """A broken plan goes back to the prosecution; otherwise to kriminalomsorgen."""


_UNDER_18 = always(
    frozenset(AgeBand) - {AgeBand.ADULT},
    "SLT handbook: under 18 the guardians sign too; vergemålsloven § 9: of age at 18",
)


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What one programme asks for. Months are calendar months; days are calendar days."""

    length_months: Dated[tuple[int, int]]
    """Shortest and longest first term."""
    lead_roles: frozenset[Role]
    extension_months: Dated[int]
    """Longest single extension; 0 when the programme knows none."""
    unsigned_days: Dated[int] = always(30, OUR_CHOICE)
    """How long a contract, or a proposed version, waits for signatures. The event that asks for them carries the last day, and every
    service takes it from there."""
    guardians_sign: Dated[frozenset[AgeBand]] = _UNDER_18
    """The ages at which those who decide for the youth sign too; the youth always does."""
    backdated_days: Dated[int] = always(183, OUR_CHOICE)
    """How long after the fact something may be entered from paper: a contract that still runs can be taken in."""
    longest_pause_days: Dated[int] = always(
        180, f"{OUR_CHOICE}: half a year on hold is as long as the contract itself"
    )
    ladder_pause_days: Dated[int] = always(
        30, f"{OUR_CHOICE}: a pause as a step of the voluntary ladder (F5)"
    )
    consent_lost_days: Dated[int] = always(14, OUR_CHOICE)
    """How long a case rests when the consent it rests on is gone; then it is decided what becomes of it."""
    sanction: Sanction | None = None

    @property
    def voluntary(self) -> bool:
        """True for what nobody has imposed."""
        return self.sanction is None


_AGES = always(frozenset({AgeBand.AGE_15, AgeBand.AGE_16_17}), "SLT handbook: 15 to 17 years at the offence")
_MONTHLY = always(1, "konfliktraadet.no: the coordinator meets youth and team at least once a month")
_CONTRACT = Rules(
    length_months=always((6, 6), "Felles ansvar, Nordland politidistrikt: the contract lasts six months"),
    lead_roles=frozenset(COORDINATORS),
    extension_months=always(6, OUR_CHOICE),
)
PROGRAMMES: dict[Programme, Rules] = {
    Programme.FA_YOUTH_CONTRACT: _CONTRACT,
    Programme.FA_SUBSTANCE_CONTRACT: _CONTRACT,
    Programme.YOUTH_FOLLOW_UP: Rules(
        length_months=always((0, 12), "SLT handbook: ungdomsoppfølging lasts at most one year"),
        lead_roles=frozenset({Role.YOUTH_COORDINATOR}),
        extension_months=always(0, "the decision sets the length"),
        sanction=Sanction(
            ages_at_offence=_AGES,
            imposed_by=always(
                frozenset(ImposedBy),
                "SLT handbook and konfliktraadet.no name both; which body after 1 September 2024 is to be confirmed",
            ),
            participation=Dated(
                (
                    Sourced(
                        ParticipationBasis.CONSENT,
                        "SLT handbook: real, informed consent of the youth and the guardian",
                        to_on=LAST_OF_OLD_LAW,
                    ),
                    Sourced(
                        ParticipationBasis.CONSENT,
                        "kept from the older law until the wording of the new one is confirmed",
                        from_on=LAW_OF_2024,
                    ),
                )
            ),
            meeting_months=_MONTHLY,
            evaluation_months=always(None, f"{OUR_CHOICE}: at half-time"),
            goes_back_to_prosecution=True,
        ),
    ),
    Programme.YOUTH_PENALTY: Rules(
        length_months=always((6, 36), "konfliktraadet.no: ungdomsstraff lasts six months to three years"),
        lead_roles=frozenset({Role.YOUTH_COORDINATOR}),
        extension_months=always(0, "the decision sets the length"),
        sanction=Sanction(
            ages_at_offence=_AGES,
            imposed_by=always(frozenset({ImposedBy.COURT}), "SLT handbook: the court imposes ungdomsstraff"),
            participation=Dated(
                (
                    Sourced(
                        ParticipationBasis.CONSENT,
                        "SLT handbook: real, informed consent of the youth and the guardian",
                        to_on=LAST_OF_OLD_LAW,
                    ),
                    Sourced(
                        ParticipationBasis.SUITABILITY,
                        "konfliktraadet.no and Prop. 139 L: consent replaced by a suitability test; wording to be confirmed",
                        from_on=LAW_OF_2024,
                    ),
                )
            ),
            meeting_months=_MONTHLY,
            evaluation_months=always(6, f"{OUR_CHOICE}: every six months"),
            goes_back_to_prosecution=False,
        ),
    ),
}


def rules_of(programme: Programme) -> Rules:
    """The rules of a programme."""
    return PROGRAMMES[programme]
