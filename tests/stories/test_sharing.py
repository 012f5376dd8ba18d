"""Kim's say: a consent, a meeting, an opening, a withdrawal, a refusal, receipts, the youth's report, the erasure, and a log that verifies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.log import read
from backbone.tree_client import TreeClient
from schemas.codes import Agency, Role
from tests.stories.cast import Cast, Story
from tests.system import System, eventually, staff

pytestmark = [pytest.mark.integration, pytest.mark.slow]
WRITTEN = "Til stede fire av fem dager"


def test_kims_say_from_the_consent_to_the_erasure(system: System, tmp_path: Path) -> None:
    cast = Cast(system)
    cast.moves_in()
    leader = staff(new_id(), Agency.FELLES_ANSVAR, Role.UNIT_LEADER)
    kim = Story(cast)
    kim.registers()
    kim.has_a_group()
    kim.signs()
    for member in (cast.teacher, cast.police):
        kim.declares_secrecy(member)
    ref = kim.school_writes(WRITTEN)
    consent = kim.consents()

    kim.calls_a_meeting()
    opened = eventually(
        lambda: (one := kim.opens(cast.police, ref)[ref])["outcome"] == "PERMIT" and one, what="the opening"
    )
    assert (opened["content"]["text"], opened["basis"]) == (WRITTEN, "CONSENT")

    kim.withdraws(consent)
    refused = kim.opens(cast.police, ref)[ref]
    assert (refused["outcome"], refused["reason"]) == ("DENY", "CONSENT_WITHDRAWN")
    assert refused.get("content") is None

    assert [one["answer"] for one in receipts(system, kim)] == [None]
    (asked,) = system.calls.get("sharing", "/receipts", actor=cast.police)
    answer = {"answer": "NOT_USED_ANY_MORE"}
    kim.post(cast.police, "sharing", f"/receipts/{asked['receipt_id']}/given", answer)
    assert [one["answer"] for one in receipts(system, kim)] == ["NOT_USED_ANY_MORE"]

    report = kim.post(cast.coordinator, "sharing", f"/cases/{kim.case_id}/reports")
    told = [
        (one["agency"], one["basis"] or one["reason"])
        for one in report["openings"]
        if one["category"] == "SCHOOL_ATTENDANCE"
    ]
    police = Agency.POLITI_FOREBYGGENDE.value
    assert (police, "CONSENT") in told
    assert (police, "CONSENT_WITHDRAWN") in told
    assert [one["answer"] for one in report["receipts"]] == ["NOT_USED_ANY_MORE"]
    assert WRITTEN not in str(report)

    closes(kim)
    retention(kim, cast.coordinator, "retention/reviewed", {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"})
    retention(kim, cast.coordinator, "erasure/proposed")
    with pytest.raises(CalledRefused) as alone:
        kim.post(cast.coordinator, "sharing", f"/cases/{kim.case_id}/erasure/approved")
    assert alone.value.status == 403
    retention(kim, leader, "erasure/approved")
    gone = system.calls.get("sharing", f"/cases/{kim.case_id}/retention", actor=cast.coordinator)
    assert gone["erased_on"] is not None
    assert all(one["outcome"] == "DENY" for one in kim.opens(cast.coordinator, ref).values())

    system.quiet()
    types = [event["type"] for event in kim.trail()]
    told_in_order = (
        *("consent.given", "opening.decided", "consent.withdrawn", "receipt.requested"),
        *("receipt.given", "report.made", "case.closed", "retention.reviewed", "erasure.proposed"),
        *("erasure.approved", "case.content_erased"),
    )
    places = [types.index(one) for one in told_in_order]
    assert places == sorted(places)
    assert "meeting.called" in types  # another service's: the log orders a service's own events only
    the_log_verifies(system, tmp_path)


def receipts(system: System, kim: Story) -> list[dict[str, Any]]:
    """The receipts as the lead sees them."""
    path = f"/cases/{kim.case_id}/receipts"
    return list(system.calls.get("sharing", path, actor=kim.cast.coordinator))


def closes(kim: Story) -> None:
    """The contract ends by agreement, and the case is closed with it."""
    lead = kim.cast.coordinator
    kim.post(lead, "contracts", f"/contracts/{kim.contract_id}/ended-early", {"reason": "BY_AGREEMENT"})
    body = {"reason": "BY_AGREEMENT", "outcome": "GOALS_PARTLY_REACHED", "evaluation_missing": "NOT_WANTED"}
    kim.post(lead, "contracts", f"/cases/{kim.case_id}/closed", body)


def retention(kim: Story, who: Any, what: str, body: Any = None) -> None:
    """One step towards the end."""
    kim.post(who, "sharing", f"/cases/{kim.case_id}/{what}", body)


def the_log_verifies(system: System, folder: Path) -> None:
    """Signed to its end, the whole log is as it was written; what was erased was never on it."""
    system.start_signer()
    trees = TreeClient(system.address("audit"))
    newest = {record.partition: record.offset for batch in read(system.settings) for record in batch}

    def covered() -> bool:
        notes = {partition: trees.newest_note(partition) for partition in newest}
        return all(note and int(note.split(b"\n")[1]) > newest[place] for place, note in notes.items())

    eventually(covered, what="checkpoints over the whole log")
    verified = system.cli("verify", "--seen", str(folder / "seen"))
    assert verified.returncode == 0, verified.stdout
    assert "Nothing was changed, removed, inserted or moved" in verified.stdout
    whole = b"".join(record.value or b"" for batch in read(system.settings) for record in batch)
    assert WRITTEN.encode() not in whole
