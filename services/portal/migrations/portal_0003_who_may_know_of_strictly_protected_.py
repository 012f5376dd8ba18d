"""who may know of strictly protected cases and who has declared secrecy"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "portal_0003"
down_revision = "portal_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What stands there already gets its values when the view is made anew from the log."""
    not_yet, nobody = sa.text("false"), sa.text("'[]'::jsonb")
    op.add_column("case_member", sa.Column("declared", sa.Boolean(), nullable=False, server_default=not_yet))
    op.add_column(
        "case_view", sa.Column("strictly_protected", sa.Boolean(), nullable=False, server_default=not_yet)
    )
    op.add_column(
        "case_view",
        sa.Column("cleared", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default=nobody),
    )
    for table, column in (
        ("case_member", "declared"),
        ("case_view", "strictly_protected"),
        ("case_view", "cleared"),
    ):
        op.alter_column(table, column, server_default=None)
