"""steps of moved deadlines are raised again, for the new day"""

import sqlalchemy as sa
from alembic import op

revision = "scheduler_0002"
down_revision = "scheduler_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("raised", sa.Column("turn", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE raised r SET turn = d.due_on::text FROM deadline d WHERE d.deadline_id = r.deadline_id"
        " AND r.what IN ('BEFORE', 'ON_THE_DAY', 'PASSED', 'LEAD', 'UNIT_LEADER')"
    )
    op.alter_column("raised", "turn", server_default=None)
    op.drop_constraint("pk_raised", "raised", type_="primary")
    op.create_primary_key("pk_raised", "raised", ["deadline_id", "what", "turn"])
