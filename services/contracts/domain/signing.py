"""Who must sign a contract as the youth grows older, and what becomes of what is not signed in time."""

from __future__ import annotations

from datetime import date

from schemas.codes import AgeBand, SignerRole
from schemas.contract import ContractChangeExpired, ContractExpiredUnsigned, ContractSignersChanged
from schemas.event import Event
from services.contracts.domain.contract import UNSIGNED, Contract
from services.contracts.domain.programmes import rules_of


def grown(contract: Contract, age_band: AgeBand, *, on: date, held: bool = False) -> list[Event]:
    """The youth is in this age band on a day: those who decide for the youth fall away from what waits for signatures, when the
    rules no longer ask for theirs. What the youth has signed already is then signed by everyone. The start may be `held` back
    because a consent was taken back.

    Nobody is added: the older the youth, the fewer must sign.
    """
    waiting = contract.change or contract
    alone = tuple(signer for signer in waiting.signers if signer.role is SignerRole.YOUTH)
    if alone == waiting.signers or (contract.change is None and contract.status not in UNSIGNED):
        return []
    if age_band in rules_of(contract.programme).guardians_sign.on(on) or _too_late(contract, on):
        return []
    changed = ContractSignersChanged(
        contract_id=contract.contract_id,
        contract_version=contract.change.version if contract.change else contract.contract_version,
        age_band=age_band,
        signers=alone,
    )
    after = contract.after(changed)
    return [changed, *([] if after.unsigned else after.signed_by_all(on, today=on, held=held))]


def _too_late(contract: Contract, on: date) -> bool:
    """True when what waits is over: it is left to expire."""
    sign_by = (contract.change or contract).sign_by
    return on > contract.ends_on or (sign_by is not None and on > sign_by)


def expire(contract: Contract, *, today: date) -> list[Event]:
    """The time for signing is over: the contract never starts, or the proposed version falls away and the one in force goes on. Nothing
    while the time is not over, or when nothing waits.
    """
    waiting = contract.change or contract
    if waiting.sign_by is None or today <= waiting.sign_by:
        return []
    if contract.change is not None:
        return [
            ContractChangeExpired(
                contract_id=contract.contract_id, to_version=contract.change.version, expired_on=today
            )
        ]
    if contract.status in UNSIGNED:
        return [ContractExpiredUnsigned(contract_id=contract.contract_id, expired_on=today)]
    return []
