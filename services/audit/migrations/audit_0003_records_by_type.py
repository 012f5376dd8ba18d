"""Records by type"""

from alembic import op

revision = "audit_0003"
down_revision = "audit_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_record_type", "record", ["type", "time"], unique=False)
