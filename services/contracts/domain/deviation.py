"""Deviations: avvik in the voluntary programmes, brudd in the sanctions; one model, the programme decides
the word.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import (
    Agency,
    DeviationKind,
    DismissalReason,
    LadderStep,
    MissingReason,
    Programme,
    SkipReason,
)
from schemas.deviation import (
    DeviationAssessed,
    DeviationDismissed,
    DeviationEscalated,
    DeviationFollowedUp,
    DeviationLadderExhausted,
    DeviationReported,
    DeviationResolved,
    DeviationStepSkipped,
    YouthAccountRecorded,
)
from schemas.event import Event
from services.contracts.domain.followed import Followed
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import conflict, refused

ACUTE = 4


class DeviationStatus(StrEnum):
    """Where a deviation stands."""

    REPORTED = "REPORTED"
    ASSESSED = "ASSESSED"
    FOLLOWED_UP = "FOLLOWED_UP"
    RESOLVED = "RESOLVED"
    ESCALATED = "ESCALATED"
    DISMISSED = "DISMISSED"


OPEN = (DeviationStatus.REPORTED, DeviationStatus.ASSESSED, DeviationStatus.FOLLOWED_UP)
WITHOUT_FORM = frozenset(step for step in LadderStep if step.name.startswith("F"))
"""Steps that need no more than to be taken; each step of the sanctions has a decision of its own."""
JUDGED = (DeviationStatus.ASSESSED, DeviationStatus.FOLLOWED_UP)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reports; `severity` from 1 (note) to 4 (acute), the account itself in the vault."""

    deviation_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    text_ref: str | None = None


def report(
    asked: Report, contract: Followed, *, reporter_id: str, reporter_agency: Agency, today: date
) -> list[Event]:
    """A deviation from a contract or a youth plan that runs or has run. Raises Refused."""
    if contract.started_on is None:
        raise refused("NOT_STARTED")
    if not 1 <= asked.severity <= ACUTE:
        raise refused("SEVERITY_UNKNOWN", field="severity")
    if asked.happened_on > today:
        raise refused("HAPPENED_IN_FUTURE", field="happened_on")
    refuse_outside(contract, asked.happened_on)
    return [
        DeviationReported(
            deviation_id=asked.deviation_id,
            contract_id=contract.followed_id,
            kind=asked.kind,
            severity=asked.severity,
            happened_on=asked.happened_on,
            reporter_id=reporter_id,
            reporter_agency=reporter_agency,
            text_ref=asked.text_ref,
        )
    ]


def refuse_outside(contract: Followed, happened_on: date) -> None:
    """Raise Refused for a day on which there was no contract or plan to deviate from."""
    if contract.started_on is None or not contract.started_on <= happened_on <= contract.runs_until:
        raise refused("HAPPENED_OUTSIDE_CONTRACT", field="happened_on")


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation as its events tell it; `version` counts them."""

    case_id: str
    deviation_id: str
    contract_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    reporter_id: str
    account: bool = False
    """The youth's own account stands there, or why it is missing."""
    steps: tuple[LadderStep, ...] = ()
    skipped: tuple[LadderStep, ...] = ()
    status: DeviationStatus = DeviationStatus.REPORTED
    version: int = 1

    @property
    def open(self) -> bool:
        """True until somebody has resolved, escalated or dismissed it."""
        return self.status in OPEN

    @classmethod
    def reported(cls, case_id: str, event: DeviationReported) -> Deviation:
        """The deviation that was reported."""
        return cls(
            case_id=case_id,
            deviation_id=event.deviation_id,
            contract_id=event.contract_id,
            kind=event.kind,
            severity=event.severity,
            happened_on=event.happened_on,
            reporter_id=event.reporter_id,
        )

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def assess(
        self, *, severity: int, assessor_id: str, only_one_leads: bool, text_ref: str | None, today: date
    ) -> list[Event]:
        """Judge how serious it is; not by the one who reported it, unless nobody else leads. Raises Refused and Conflict."""
        if self.status is not DeviationStatus.REPORTED:
            raise conflict("ASSESSED_ALREADY")
        own = assessor_id == self.reporter_id
        if own and not only_one_leads:
            raise refused("REPORTER_ASSESSES")
        if not 1 <= severity <= ACUTE:
            raise refused("SEVERITY_UNKNOWN", field="severity")
        return [
            DeviationAssessed(
                deviation_id=self.deviation_id,
                severity=severity,
                assessor_id=assessor_id,
                assessed_on=today,
                text_ref=text_ref,
                by_reporter=own,
            )
        ]

    def dismiss(self, reason: DismissalReason, *, by: str, only_one_leads: bool, today: date) -> list[Event]:
        """It was none. Raises Refused and Conflict."""
        if self.status is not DeviationStatus.REPORTED:
            raise conflict("ASSESSED_ALREADY")
        if by == self.reporter_id and not only_one_leads:
            raise refused("REPORTER_ASSESSES")
        return [
            DeviationDismissed(
                deviation_id=self.deviation_id, dismissed_by=by, dismissed_on=today, reason=reason
            )
        ]

    def tell(self, *, text_ref: str | None, missing: MissingReason | None, today: date) -> list[Event]:
        """The youth's own account, or why it is missing. Raises Refused and Conflict."""
        self._refuse_closed()
        if (text_ref is None) == (missing is None):
            raise refused("ACCOUNT_OR_REASON", field="text_ref")
        return [
            YouthAccountRecorded(
                deviation_id=self.deviation_id, recorded_on=today, text_ref=text_ref, missing=missing
            )
        ]

    def follow_up(self, step: LadderStep, programme: Programme, *, today: date) -> list[Event]:
        """A person takes a step of the voluntary ladder. Raises Refused and Conflict."""
        taken = self.take(step, programme, today=today)
        if step not in WITHOUT_FORM:
            raise refused("STEP_HAS_FORM", field="step")
        return taken

    def take(self, step: LadderStep, programme: Programme, *, today: date) -> list[Event]:
        """A step was taken, of either ladder; those of the sanctions each come with what they ask for. Raises Refused and Conflict."""
        self._refuse_step(step, programme)
        taken = DeviationFollowedUp(deviation_id=self.deviation_id, step=step, followed_up_on=today)
        return [taken, *self._exhausted(step, programme, today)]

    def skip(self, step: LadderStep, programme: Programme, *, reason: SkipReason, today: date) -> list[Event]:
        """A person does not take a suggested step. Raises Refused and Conflict."""
        self._refuse_step(step, programme)
        skipped = DeviationStepSkipped(
            deviation_id=self.deviation_id, step=step, reason=reason, skipped_on=today
        )
        return [skipped, *self._exhausted(step, programme, today)]

    def _exhausted(self, step: LadderStep, programme: Programme, today: date) -> list[Event]:
        """That the ladder has no step left, said once: with the last that is taken or skipped for the first time."""
        done = {*self.steps, *self.skipped}
        if step in done or not set(ladder_of(programme)) <= done | {step}:
            return []
        return [DeviationLadderExhausted(deviation_id=self.deviation_id, exhausted_on=today)]

    def _refuse_step(self, step: LadderStep, programme: Programme) -> None:
        if self.status not in JUDGED:
            raise conflict("NOT_ASSESSED")
        if not self.account:
            raise refused("ACCOUNT_MISSING")
        if step not in ladder_of(programme):
            raise refused("STEP_NOT_IN_PROGRAMME", field="step")

    def resolve(self, *, today: date) -> list[Event]:
        """What was agreed was done. Raises Refused and Conflict."""
        self._refuse_unjudged()
        return [DeviationResolved(deviation_id=self.deviation_id, resolved_on=today)]

    def escalate(self, programme: Programme, *, decision_ref: str | None, today: date) -> list[Event]:
        """Lift a breach to those who decide; a voluntary programme has nobody to lift it to. Raises Refused and Conflict."""
        self._refuse_unjudged()
        if rules_of(programme).voluntary:
            raise refused("NO_SANCTION_PATH")
        return [
            DeviationEscalated(deviation_id=self.deviation_id, escalated_on=today, decision_ref=decision_ref)
        ]

    def _refuse_unjudged(self) -> None:
        if self.status not in JUDGED:
            raise conflict("NOT_ASSESSED")
        if not self.account:
            raise refused("ACCOUNT_MISSING")

    def _refuse_closed(self) -> None:
        if not self.open:
            raise conflict("DEVIATION_OVER")

    def after(self, event: Event) -> Deviation:
        """The deviation after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case DeviationAssessed():
                return replace(changed, status=DeviationStatus.ASSESSED, severity=event.severity)
            case YouthAccountRecorded():
                return replace(changed, account=True)
            case DeviationFollowedUp():
                return replace(changed, status=DeviationStatus.FOLLOWED_UP, steps=(*self.steps, event.step))
            case DeviationStepSkipped():
                return replace(changed, skipped=(*self.skipped, event.step))
            case DeviationResolved():
                return replace(changed, status=DeviationStatus.RESOLVED)
            case DeviationEscalated():
                return replace(changed, status=DeviationStatus.ESCALATED)
            case DeviationDismissed():
                return replace(changed, status=DeviationStatus.DISMISSED)
            case _:
                return changed


def ladder_of(programme: Programme) -> tuple[LadderStep, ...]:
    """The steps of a programme, in the order in which they are suggested."""
    letter = "F" if rules_of(programme).voluntary else "U"
    return tuple(step for step in LadderStep if step.name.startswith(letter))


def suggested_step(deviation: Deviation, programme: Programme) -> LadderStep | None:
    """The next step that the system suggests; a person takes it or skips it, and the system never does either."""
    if deviation.status not in JUDGED:
        return None
    done = {*deviation.steps, *deviation.skipped}
    return next((step for step in ladder_of(programme) if step not in done), None)
