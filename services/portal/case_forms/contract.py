"""What those who lead a case do with its contract: change it, prolong it, put its start right, end it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from schemas.codes import ClauseKind, EndingReason, Programme, SigningMethod
from schemas.contract import Clause
from services.portal.clause_fields import clause_fields
from services.portal.command_form import Area, CommandForm, Target, Who
from services.portal.domain.case_view import CaseView, Contract, Signature
from services.portal.form_fields import (
    Choice,
    Day,
    NewTexts,
    Option,
    Picks,
    Rows,
    Situation,
    blank_rows,
    members,
)
from services.portal.rendering import signer_label
from services.portal.texts import N_
from services.portal.words import word

IN_SANCTIONS = (ClauseKind.REPORTING,)
NEW_CLAUSES = 3
OF_CASE = (EndingReason.COMPLETED, EndingReason.DEATH, EndingReason.MOVED)
"""What ends more than the contract, or ends it in time."""
METHODS = (SigningMethod.PAPER, SigningMethod.ORAL_IN_MEETING)


def contract_where(so: Callable[[Contract], bool]) -> Callable[[Situation], bool]:
    """While the newest contract is so, and the case is open."""

    def offered(situation: Situation) -> bool:
        contract = situation.view.contract
        return situation.view.closed_on is None and contract is not None and so(contract)

    return offered


def contract_over(situation: Situation) -> bool:
    """When the contract has run past its end date and nobody has said so."""
    return contract_where(lambda contract: contract.runs and contract.ends_on < situation.today)(situation)


def contract_version(view: CaseView) -> int | None:
    """The version of the newest contract."""
    return view.contract.version if view.contract else None


def around(situation: Situation) -> list[Option]:
    """Everybody who can owe something in a contract: the youth, the guardians, the group and who leads it."""
    family, known = situation.view.family, dict(members(situation))
    for one in family.signatures if family else ():
        known.setdefault(one.person_id, signer_label(situation.t, family, one.person_id))
    if situation.view.lead_id:
        known.setdefault(situation.view.lead_id, situation.name_of(situation.view.lead_id))
    return list(known.items())


def clause_kinds(situation: Situation) -> Sequence[ClauseKind]:
    """The kinds of the library that the programme knows."""
    if situation.view.sanction:
        return list(ClauseKind)
    dry = situation.view.programme is Programme.FA_YOUTH_CONTRACT
    return [
        kind
        for kind in ClauseKind
        if kind not in IN_SANCTIONS and not (dry and kind is ClauseKind.DRUG_CONTROL)
    ]


def goals(situation: Situation) -> list[Option]:
    """The goals that stand; their words lie in the vault."""
    contract, t = situation.view.contract, situation.t
    refs = contract.goal_refs if contract else ()
    return [(ref, t("Mål %(number)s", number=place)) for place, ref in enumerate(refs, start=1)]


def clauses(situation: Situation) -> list[Option]:
    """The clauses that stand, by kind and by who owes them."""
    contract, t = situation.view.contract, situation.t
    return [
        (one.clause_id, f"{t(word(one.kind))} – {situation.name_of(one.owed_by)}")
        for one in (contract.clauses if contract else ())
    ]


def standing_clauses(situation: Situation) -> list[dict[str, Any]]:
    """The clauses that stand, as the command takes them."""
    contract = situation.view.contract
    return [clause_body(one) for one in contract.clauses] if contract else []


def clause_body(clause: Clause) -> dict[str, Any]:
    """A clause as the command takes it."""
    return {key: value for key, value in msgspec.to_builtins(clause).items() if value is not None}


@dataclass(frozen=True)
class KeptClauses(Picks):
    """The clauses that are to go on standing."""

    def becomes(self, situation: Situation, chosen: str) -> dict[str, Any]:
        """The clause as it stands."""
        contract = situation.view.contract
        return next(
            clause_body(one) for one in (contract.clauses if contract else ()) if one.clause_id == chosen
        )


def unsigned(signatures: Sequence[Signature], situation: Situation) -> list[Target]:
    """Those who have not signed."""
    contract = situation.view.contract
    return [
        Target(
            one.person_id,
            signer_label(situation.t, contract, one.person_id),
            contract.version if contract else None,
        )
        for one in signatures
        if one.signed_on is None
    ]


def signers(situation: Situation) -> list[Target]:
    """Those who have not signed the contract."""
    contract = situation.view.contract
    return unsigned(contract.signatures, situation) if contract else []


def signers_of_change(situation: Situation) -> list[Target]:
    """Those who have not signed the change that waits."""
    contract = situation.view.contract
    return unsigned(contract.change.signatures, situation) if contract and contract.change else []


def role_of_signer(situation: Situation) -> str | None:
    """In what capacity the target signs the contract, or the change of it that waits."""
    contract = situation.view.contract
    first = contract.signatures if contract else ()
    change = contract.change.signatures if contract and contract.change else ()
    roles = {one.person_id: one.role.value for one in (*first, *change)}
    return roles.get(str(situation.target))


def today(situation: Situation) -> str:
    """The local date."""
    return situation.today.isoformat()


def goal_refs(situation: Situation) -> list[str]:
    """The goals that stand."""
    return list(situation.view.contract.goal_refs) if situation.view.contract else []


def _common(**more: Any) -> dict[str, Any]:
    return {"area": Area.CONTRACT, "who": Who.LEAD, "service": "contracts", **more}


SIGNATURE = _common(
    path="/contracts/{contract_id}/signatures",
    fields=(
        Choice(
            "method",
            N_("Hvordan ble det skrevet under?"),
            lambda _: METHODS,
            proposed=lambda _: SigningMethod.PAPER.value,
        ),
        Day("signed_on", N_("Dato"), proposed=today),
    ),
    fixed={"person_id": lambda situation: situation.target, "role": role_of_signer},
    button=N_("Registrer underskriften"),
)
FORMS = (
    CommandForm(
        **_common(path="/contracts/{contract_id}/changes", version=contract_version),
        slug="endre-kontrakten",
        title=N_("Endre mål og punkter"),
        lead=N_(
            "Den nye utgaven gjelder først når alle som må, har skrevet under. Til da gjelder kontrakten slik den står."
        ),
        offered=contract_where(lambda contract: contract.runs and contract.change is None),
        fields=(
            Picks(
                "kept_goals",
                N_("Mål som blir stående"),
                goals,
                proposed=goal_refs,
                optional=True,
                into="goal_refs",
            ),
            NewTexts("own_goal_refs", N_("Nye mål med ungdommens egne ord"), optional=True),
            NewTexts("new_goals", N_("Andre nye mål"), optional=True, into="goal_refs"),
            KeptClauses(
                "kept_clauses",
                N_("Punkter som blir stående"),
                clauses,
                proposed=lambda situation: [value for value, _ in clauses(situation)],
                optional=True,
                into="clauses",
                when=lambda situation: bool(clauses(situation)),
            ),
            Rows(
                "new_clauses",
                N_("Nye punkter"),
                clause_fields(
                    about=N_("Hva gjelder punktet?"),
                    agreed=N_("Hva er avtalt?"),
                    kinds=clause_kinds,
                    owners=around,
                ),
                blank_rows(NEW_CLAUSES, N_("Nytt punkt %(number)s")),
                ids=("clause_id",),
                optional=True,
                help=N_("La det som ikke trengs, stå tomt. Også tjenestene kan skylde noe."),
                into="clauses",
            ),
        ),
        button=N_("Legg fram endringen"),
        note=N_("Endringen er lagt fram. Nå mangler underskriftene."),
    ),
    CommandForm(
        **_common(path="/contracts/{contract_id}/changes", version=contract_version),
        slug="forleng-kontrakten",
        title=N_("Forleng kontrakten"),
        lead=N_("En kontrakt kan forlenges én gang. Alle som må, skriver under på nytt."),
        offered=contract_where(
            lambda contract: contract.runs and contract.change is None and not contract.extended
        ),
        fields=(Day("ends_on", N_("Ny sluttdato")),),
        fixed={"goal_refs": goal_refs, "clauses": standing_clauses},
        button=N_("Legg fram forlengelsen"),
        note=N_("Forlengelsen er lagt fram. Nå mangler underskriftene."),
    ),
    CommandForm(
        **(SIGNATURE | {"area": None}),
        slug="underskrift",
        title=N_("Registrer underskrift"),
        lead=N_("Kontrakten starter når alle har skrevet under, tidligst på startdatoen."),
        targets=signers,
        offered=contract_where(lambda contract: contract.ended_on is None),
        note=N_("Underskriften er registrert."),
    ),
    CommandForm(
        **SIGNATURE,
        slug="underskrift-pa-endringen",
        title=N_("Registrer underskrift på endringen"),
        lead=N_("Når alle har skrevet under, gjelder den nye utgaven."),
        targets=signers_of_change,
        note=N_("Underskriften på endringen er registrert."),
    ),
    CommandForm(
        **_common(path="/contracts/{contract_id}/changes/declined", version=contract_version),
        slug="legg-bort-endringen",
        title=N_("Legg bort endringen"),
        lead=N_("Noen sa nei, eller dere ble enige om noe annet. Kontrakten gjelder videre slik den står."),
        offered=contract_where(lambda contract: contract.change is not None),
        note=N_("Endringen er lagt bort. Kontrakten gjelder slik den stod."),
    ),
    CommandForm(
        **_common(path="/contracts/{contract_id}/start-corrected", version=contract_version),
        slug="rett-startdatoen",
        title=N_("Rett startdatoen"),
        lead=N_("Når startdatoen er skrevet feil. Sluttdatoen og fristene regnes ut på nytt."),
        offered=contract_where(lambda contract: contract.ended_on is None and not contract.extended),
        fields=(Day("starts_on", N_("Riktig startdato")),),
        note=N_("Startdatoen er rettet."),
    ),
    CommandForm(
        **_common(path="/contracts/{contract_id}/rejected", version=contract_version),
        slug="nei-til-kontrakten",
        title=N_("Noen sa nei til kontrakten"),
        lead=N_("Kontrakten er frivillig. Et nei får ingen følger, og dere kan lage en ny senere."),
        offered=contract_where(lambda contract: contract.signed_on is None and contract.ended_on is None),
        button=N_("Registrer at noen sa nei"),
        note=N_("Det er registrert at noen sa nei til kontrakten."),
    ),
    CommandForm(
        **_common(path="/contracts/{contract_id}/completed", version=contract_version),
        slug="kontrakten-er-gjennomfort",
        title=N_("Kontrakten er gjennomført"),
        lead=N_("Kontraktstiden er ute. Nå gjenstår sluttevalueringen og å avslutte saken."),
        offered=contract_over,
        note=N_("Kontrakten er gjennomført."),
    ),
    CommandForm(
        **_common(path="/contracts/{contract_id}/ended-early", version=contract_version),
        slug="avslutt-kontrakten",
        title=N_("Avslutt kontrakten før tiden"),
        lead=N_("Å gå ut er frivillig og trenger ikke mer enn en grunn."),
        offered=contract_where(lambda contract: contract.signed_on is not None and contract.ended_on is None),
        fields=(
            Choice(
                "reason",
                N_("Hvorfor avsluttes den?"),
                lambda _: [reason for reason in EndingReason if reason not in OF_CASE],
            ),
        ),
        button=N_("Avslutt kontrakten"),
        note=N_("Kontrakten er avsluttet."),
    ),
)
