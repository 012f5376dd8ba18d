"""escalations ask the case itself"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy import Text

revision = "notifications_0004"
down_revision = "notifications_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("escalation", "municipality_no")
    op.drop_column("escalation", "agency")
