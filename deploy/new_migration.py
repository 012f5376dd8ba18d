"""Write the next migration of a service from the difference between its tables and a fresh database: `python -m deploy.new_migration contracts "what changed"`.

Read what it wrote before you commit it. `backbone` as the service's name is the part that all services share.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool

from backbone.clock import new_id
from backbone.database import ROOT, drop_database, ensure_database, migrations
from backbone.settings import Settings, settings


def new_migration(service: str, message: str) -> None:
    """Write one migration file."""
    scratch = Settings(**{**settings().model_dump(), "namespace": "felles_migration"})
    name = f"{new_id()[:8]}"
    url = scratch.database(name)
    ensure_database(scratch, str(url.database))
    engine = create_engine(url, poolclass=pool.NullPool)
    try:
        with engine.begin() as connection:
            config = migrations(service, connection)
            if ScriptDirectory.from_config(config).get_heads():
                command.upgrade(config, "heads")
        with engine.begin() as connection:
            _write(migrations(service, connection), service, message)
    finally:
        engine.dispose()
        drop_database(scratch, str(url.database))


def _write(config: Config, service: str, message: str) -> None:
    folder = (
        ROOT / "backbone" / "migrations" / "versions"
        if service == "backbone"
        else ROOT / "services" / service / "migrations"
    )
    folder.mkdir(parents=True, exist_ok=True)
    number = len(list(folder.glob("*.py"))) + 1
    first = number == 1
    command.revision(
        config,
        message=message,
        autogenerate=True,
        head="base" if first else f"{service}@head",
        branch_label=service if first else None,
        version_path=str(folder),
        rev_id=f"{service}_{number:04d}",
        splice=first,
    )


if __name__ == "__main__":
    if len(sys.argv) != 3 or not (
        Path(ROOT / "services" / sys.argv[1]).is_dir() or sys.argv[1] == "backbone"
    ):
        sys.exit('usage: python -m deploy.new_migration SERVICE "what changed"')
    new_migration(sys.argv[1], sys.argv[2])
