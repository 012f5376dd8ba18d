"""One database per service: made when missing, brought to the newest migration, connected to."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import psycopg
from psycopg import sql
from sqlalchemy import Engine, MetaData, create_engine, pool
from sqlalchemy.engine import URL
from sqlmodel import SQLModel

from backbone.settings import Settings
from backbone.tables import NAMING, BackboneTable

if TYPE_CHECKING:
    from alembic.config import Config

ROOT = Path(__file__).resolve().parent.parent


def table_base(service: str) -> type[SQLModel]:
    """The base class of one service's rows, with a catalogue of its own."""

    class Table(SQLModel):
        metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING, info={"service": service})

    return Table


def connect(url: URL, *, size: int = 8, flush_each_commit: bool = True) -> Engine:
    """An engine for a service; a lock is waited for at most 5 s and a statement runs at most 30 s.

    Without `flush_each_commit` a commit does not wait for the disk; a crash of the server may take the last commits back, whole and in order.
    """
    flushing = "on" if flush_each_commit else "off"
    return create_engine(
        url,
        pool_size=size,
        max_overflow=8,
        pool_pre_ping=False,
        connect_args={
            "options": f"-c lock_timeout=5000 -c statement_timeout=30000 -c timezone=UTC -c synchronous_commit={flushing}",
            "connect_timeout": 10,
        },
    )


def plain_url(url: URL) -> str:
    """The URL as psycopg itself takes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def ensure_database(settings: Settings, name: str) -> bool:
    """Create the database `name` when it is missing; True when it was."""
    with psycopg.connect(plain_url(settings.maintenance_database()), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
        return True


def drop_database(settings: Settings, name: str) -> None:
    """Drop the database `name`, whoever is connected to it."""
    with psycopg.connect(plain_url(settings.maintenance_database()), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def migrate(settings: Settings, service: str) -> None:
    """Create the service's database when missing and bring it to the newest migration."""
    from alembic import command

    url = settings.database(service)
    ensure_database(settings, str(url.database))
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('felles-migrate'))")
        command.upgrade(migrations(service, connection), "heads")


def migrations(service: str, connection: object = None) -> Config:
    """Alembic's configuration for one service: the backbone's own migrations and the service's."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "backbone" / "migrations"))
    own = ROOT / "services" / service / "migrations"
    shared_only = service == "backbone"
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations",
        f"{ROOT / 'backbone' / 'migrations' / 'versions'}" + ("" if shared_only else f"\n{own}"),
    )
    config.attributes["connection"] = connection
    config.attributes["metadata"] = [
        BackboneTable.metadata,
        *([] if shared_only else [service_metadata(service)]),
    ]
    return config


def service_metadata(service: str) -> MetaData:
    """The catalogue of one service's own tables."""
    return import_module(f"services.{service}.tables").Table.metadata  # type: ignore[no-any-return]
