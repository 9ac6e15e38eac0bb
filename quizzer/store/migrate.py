"""Making a database, and leading an older one forward: numbered steps, each with its record in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from quizzer.store import queries
from quizzer.store.connection import Connection

Step = Callable[[Connection], None]
MIGRATIONS: Mapping[int, Step] = {}
"""The step that leads to each version from the one before."""


def create(connection: Connection) -> None:
    """Make an empty database ours. Does nothing where another program was faster."""
    from quizzer.store.schema import statements

    with connection.transaction(write=True):
        if version(connection) is not None:
            return
        for statement in statements(connection.dialect):
            connection.raw(statement)
        if connection.dialect == "sqlite":
            connection.raw(f"PRAGMA application_id = {queries.APPLICATION_ID}")
        _note(connection, queries.SCHEMA_VERSION)


def version(connection: Connection) -> int | None:
    """The schema version of a database, None where there is none yet."""
    if not has_table(connection, "meta"):
        return None
    values = {str(key): str(value) for key, value in connection.execute(queries.META)}
    return int(values["schema"]) if "schema" in values else None


def has_table(connection: Connection, name: str) -> bool:
    """Whether the database has this table."""
    if connection.dialect == "sqlite":
        sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name"
    else:
        sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = :name"
    return bool(connection.execute(sql, {"name": name}))


def forward(connection: Connection, steps: Mapping[int, Step], to: int) -> None:
    """Lead a database to version `to`. The caller has made a backup.

    A step that fails leaves the database at the version before it.
    """
    for number in range(1, to + 1):
        with connection.transaction(write=True):
            now = version(connection)
            if now is not None and now < number:
                steps[number](connection)
                _note(connection, number)


def backup(path: str, copy: str) -> None:
    """A complete copy of a SQLite file that may be in use, readable by its owner alone."""
    import os

    os.close(os.open(copy, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


def _note(connection: Connection, number: int) -> None:
    connection.execute(queries.SET_META, {"key": "schema", "value": str(number)})
