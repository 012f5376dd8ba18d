"""when consents end"""

import sqlalchemy as sa
from alembic import op

revision = "sharing_0002"
down_revision = "sharing_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Consents that stand already are taken as answered and open until a replay says better."""
    fills = {
        "valid_to": ("date", "(state->>'valid_to')::date"),
        "requested_on": ("date", "(state->>'valid_from')::date"),
        "unanswered": ("boolean", "false"),
        "ended": ("boolean", "false"),
    }
    for name, (kind, fill) in fills.items():
        op.execute(f"ALTER TABLE consent ADD COLUMN {name} {kind}")
        op.execute(f"UPDATE consent SET {name} = {fill}")
        op.execute(f"ALTER TABLE consent ALTER COLUMN {name} SET NOT NULL")
    op.execute(
        "UPDATE consent SET state = state || jsonb_build_object('requested_on', state->>'valid_from')"
        " WHERE NOT state ? 'requested_on'"
    )
    op.create_index(
        "ix_consent_open", "consent", ["valid_to"], unique=False, postgresql_where=sa.text("NOT ended")
    )
