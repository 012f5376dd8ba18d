"""The policy of the gate as data: what a decision weighs besides what it knows of the case. A recorded decision
names its version, so that it can be made again under the same one, or under another to see what would change.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from schemas.codes import Agency, Category

POLICY_VERSION = "2026.6"
GROUP_CATEGORIES = frozenset({Category.IDENTITY_CONTACT, Category.CASE_STATUS})
"""What a signed contract lets the whole network group see: who it is about, and where the case stands."""
GROUP_SEES_AFTER_END = timedelta(days=14)
"""The group still sees that much for two weeks after the contract's end, for the end evaluation (a product
default).
"""
NOT_ONE_BODY = frozenset(
    {
        Agency.PRIVATE_NETWORK,
        Agency.MENTOR,
        Agency.FRIVILLIG_ORG,
        Agency.FRITID,
        Agency.ADVOKAT,
        Agency.TOLK,
        Agency.FASTLEGE,
    }
)
"""Codes that many separate persons and offices share: here nobody sees another's content as their own body's.
"""


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of the policy. `signing_rules` is the version of the rules on who must sign."""

    version: str = POLICY_VERSION
    signing_rules: str = "2026.2"
    group_categories: frozenset[Category] = GROUP_CATEGORIES
    group_sees_days_after_end: int = GROUP_SEES_AFTER_END.days
    not_one_body: frozenset[Agency] = NOT_ONE_BODY
    a_no_outlasts_what_was_before: bool = True
    """A sharing that somebody said no to rests on nothing that was given or decided before that no."""
    knows_texts_by_their_events: bool = True
    """A draft is its writers', a word to the next lead is the lead's, and where a meeting is, is an address."""
    lead_acts_for_owner: bool = True
    """Whoever leads a case opens it for the agency that owns it, as a member does for theirs."""
    asking_reopens_nothing: bool = True
    """Taking part that was taken back is taken up again by everybody's yes after that, not by asking for it."""
    a_consent_ends_with_the_contract: bool = True
    """No consent carries a sharing after the last day of the contract or the youth plan, whatever day it names itself."""
    keeping_out_awaits_a_leader: bool = True
    """A guardian whom somebody keeps out or removes must still have said yes, until a leader has confirmed it."""
    a_no_may_be_for_some_receivers: bool = True
    """A yes that was taken back for some receivers stands for the others; before, no receiver could be named."""

    @property
    def group_sees_after_end(self) -> timedelta:
        """How long the group sees basic content after the contract's end."""
        return timedelta(days=self.group_sees_days_after_end)


POLICY = Policy()
"""The policy in force. A changed one gets a new version, and the old one stays in `services.sharing.rules`."""
UNTIL_2026_6: dict[str, Any] = {"a_no_may_be_for_some_receivers": False}
UNTIL_2026_5: dict[str, Any] = {**UNTIL_2026_6, "keeping_out_awaits_a_leader": False}
UNTIL_2026_4: dict[str, Any] = {
    **UNTIL_2026_5,
    "lead_acts_for_owner": False,
    "asking_reopens_nothing": False,
    "a_consent_ends_with_the_contract": False,
}
UNTIL_2026_3: dict[str, Any] = {
    **UNTIL_2026_4,
    "a_no_outlasts_what_was_before": False,
    "knows_texts_by_their_events": False,
}
EARLIER_POLICIES = (
    Policy(version="2026.1", signing_rules="2026.1", **UNTIL_2026_3),
    Policy(version="2026.2", **UNTIL_2026_3),
    Policy(version="2026.3", **UNTIL_2026_4),
    Policy(version="2026.4", **UNTIL_2026_5),
    Policy(version="2026.5", **UNTIL_2026_6),
)
"""Policies that have decided something; under 2026.1 a yes from before the 18th birthday went on carrying, and until 2026.3 a withdrawal
fell back on an older consent or disclosure of the same, and a text was what its category said; until 2026.4 a lead opened a case whichever
agency they had logged in for, a participation that was asked for anew stood for the one that had been taken back, and a consent could outlive
the contract; until 2026.5 a guardian whom the lead alone had kept out was asked no more; until 2026.6 a yes was taken back wholly or not at all."""
