"""The routes of contracts: read the request, call the command."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import Agency, DeviationKind, Function, Programme, Reason, Role, SignerRole, SigningMethod
from schemas.contract import PlannedMember
from services.contracts import commands
from services.contracts.access import case_for_reading
from services.contracts.ages import TheAges
from services.contracts.domain.contract import Application
from services.contracts.domain.deviation import Report
from services.contracts.repository import CONTRACTS, DEVIATIONS, all_of

routes = APIRouter(tags=["contracts"])
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Ref = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9:_-]+$")]
LEADS = (Role.COORDINATOR, Role.YOUTH_COORDINATOR)
MEMBERS = (*LEADS, Role.AGENCY_MEMBER, Role.UNIT_LEADER)


class MemberAsked(Body):
    """Somebody who is to be in the network group."""

    person_id: Id
    agency: Agency
    function: Function


class RegisterContract(Body):
    """A contract to be registered; names and texts lie in the vault already, under the references given."""

    case_id: Id
    contract_id: Id
    programme: Programme
    municipality_no: str = Field(pattern=r"^[0-9]{4}$")
    youth_id: Id
    guardian_ids: list[Id] = Field(default=[], max_length=8)
    reason: Reason
    starts_on: date
    goal_refs: list[Ref] = Field(default=[], max_length=20)
    identity_refs: list[Ref] = Field(default=[], max_length=20)
    members: list[MemberAsked] = Field(default=[], max_length=40)

    def application(self) -> Application:
        """The request in the domain's words."""
        return Application(
            contract_id=self.contract_id,
            programme=self.programme,
            youth_id=self.youth_id,
            guardian_ids=tuple(self.guardian_ids),
            reason=self.reason,
            starts_on=self.starts_on,
            goal_refs=tuple(self.goal_refs),
            identity_refs=tuple(self.identity_refs),
            members=tuple(PlannedMember(**dict(member)) for member in self.members),
        )


class RegisterSignature(Body):
    """One person's signature."""

    person_id: Id
    role: SignerRole
    method: SigningMethod
    signed_on: date
    seen_version: int | None = None


class ReportDeviation(Body):
    """Something that did not go as agreed; the account lies in the vault."""

    deviation_id: Id
    contract_id: Id
    kind: DeviationKind
    severity: int
    happened_on: date
    text_ref: Ref | None = None


@routes.post("/contracts", status_code=201)
def register(body: RegisterContract, ask: TheAsk, ages: TheAges) -> Answer:
    """Register a contract and open its case; whoever registers leads the case."""
    ask.require(*LEADS)
    age_band = ages(body.case_id, body.youth_id, body.starts_on)
    return ask.perform(
        lambda work: commands.register_contract(
            work,
            body.application(),
            case_id=body.case_id,
            municipality_no=body.municipality_no,
            age_band=age_band,
        ),
        body,
    )


@routes.post("/contracts/{contract_id}/signatures", status_code=201)
def sign(contract_id: str, body: RegisterSignature, ask: TheAsk) -> Answer:
    """Register a signature; with the last one the contract is signed, and starts on its start date."""
    ask.require(*LEADS)
    return ask.perform(lambda work: commands.register_signature(work, contract_id, **dict(body)), body)


@routes.post("/cases/{case_id}/deviations", status_code=201)
def report(case_id: str, body: ReportDeviation, ask: TheAsk) -> Answer:
    """Report a deviation; every member of the case may."""
    ask.require(*MEMBERS)
    asked = Report(**body.model_dump(exclude={"contract_id"}))
    return ask.perform(
        lambda work: commands.report_deviation(work, asked, case_id=case_id, contract_id=body.contract_id),
        body,
    )


@routes.get("/cases/{case_id}/contracts")
def contracts(case_id: str, ask: TheAsk) -> list[Answer]:
    """The contracts of a case, for its members."""

    def look(work: Work) -> list[Answer]:
        case_for_reading(work, case_id)
        return [json_ready(contract) for contract in all_of(work, CONTRACTS, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]


@routes.get("/cases/{case_id}/deviations")
def deviations(case_id: str, ask: TheAsk) -> list[Answer]:
    """The deviations of a case, for its members."""

    def look(work: Work) -> list[Answer]:
        case_for_reading(work, case_id)
        return [json_ready(deviation) for deviation in all_of(work, DEVIATIONS, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]
