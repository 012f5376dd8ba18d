"""Merkle trees and their checkpoints"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "audit_0002"
down_revision = "audit_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("partition", "size", name=op.f("pk_checkpoint")),
        info={"replayed": False},
    )
    op.create_table(
        "tile",
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("partition", "level", "number", name=op.f("pk_tile")),
        info={"replayed": True},
    )
    op.create_table(
        "tree",
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("partition", name=op.f("pk_tree")),
        info={"replayed": True},
    )
    op.execute(APPEND_ONLY)


APPEND_ONLY = """
CREATE FUNCTION refuse_all_but_growth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF substring(NEW.hashes FOR length(OLD.hashes)) IS DISTINCT FROM OLD.hashes
       OR (NEW.partition, NEW.level, NEW.number) IS DISTINCT FROM (OLD.partition, OLD.level, OLD.number) THEN
        RAISE EXCEPTION 'a tile only ever grows at its end' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tile_only_grows BEFORE UPDATE ON tile
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_growth();
CREATE TRIGGER tile_is_never_deleted BEFORE DELETE OR TRUNCATE ON tile
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoint_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE DELETE, TRUNCATE ON tile FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON checkpoint FROM PUBLIC;
"""
