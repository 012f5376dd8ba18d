"""Cosignatures of witnesses, and a tree that is never made smaller"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "audit_0004"
down_revision = "audit_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cosignature",
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("witness", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("taken_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("partition", "size", "witness", name=op.f("pk_cosignature")),
        info={"replayed": False},
    )
    op.execute(APPEND_ONLY)


APPEND_ONLY = """
CREATE TRIGGER cosignature_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON cosignature FROM PUBLIC;
CREATE FUNCTION refuse_a_smaller_tree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size < OLD.size OR NEW.partition <> OLD.partition THEN
        RAISE EXCEPTION 'a tree only ever grows' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tree_only_grows BEFORE UPDATE ON tree
    FOR EACH ROW EXECUTE FUNCTION refuse_a_smaller_tree();
CREATE TRIGGER tree_is_never_deleted BEFORE DELETE OR TRUNCATE ON tree
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE DELETE, TRUNCATE ON tree FROM PUBLIC;
"""
