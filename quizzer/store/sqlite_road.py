"""The quick road: a SQLite file through the standard library's driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from quizzer.store.connection import NO_PARAMS, Params, Road, Row
from quizzer.store.faults import explained, is_busy

BUSY_SECONDS = 10.0
TRIES = 3
"""How often a transaction asks for the lock, each time for BUSY_SECONDS."""


def connect_file(path: str, *, read_only: bool = False) -> sqlite3.Connection:
    """A driver connection with our settings; transactions are begun by hand. `path` must exist, or be `:memory:`."""
    if path == ":memory:":
        return _connect(path)
    # What a URI would take for its own; the standard library's quoting costs as much as the whole start.
    uri = "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    if not read_only:
        return _connect(f"{uri}?mode=rw")
    try:
        return _connect(f"{uri}?mode=ro")
    except sqlite3.OperationalError as error:
        if not _needs_shared_memory(error):
            raise
        # A folder that can't be written has no place for SQLite's shared memory. Nobody else writes there either.
        return _connect(f"{uri}?mode=ro&immutable=1")


def _connect(name: str) -> sqlite3.Connection:
    raw = sqlite3.connect(name, uri=name != ":memory:", timeout=BUSY_SECONDS, isolation_level=None)
    try:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
    except BaseException:
        raw.close()
        raise
    return raw


def _needs_shared_memory(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def ask(raw: sqlite3.Connection, statement: str) -> None:
    """Run a statement that needs a lock, patiently. SQLite gives up early in some cases; ask again then."""
    for left in reversed(range(TRIES)):
        try:
            raw.execute(statement)
        except sqlite3.OperationalError as error:
            if not left or not is_busy(error):
                raise
        else:
            return


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        clear = explained(error, place)
        if clear is None:
            raise
        raise clear from error


class SqliteRoad(Road):
    """A `Connection` over a `sqlite3` connection made by `connect_file`."""

    dialect = "sqlite"

    def __init__(self, raw: sqlite3.Connection, place: str) -> None:
        self._raw = raw
        self.place = place

    def execute(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        """See `Connection`."""
        try:
            return self._raw.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise explained(error, self.place) or error from error

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """See `Connection`."""
        with told(self.place):
            self._raw.executemany(sql, rows)

    def stream(self, sql: str, params: Params = NO_PARAMS) -> Iterator[Row]:
        """See `Connection`."""
        with told(self.place):
            yield from self._raw.execute(sql, params)

    def raw(self, statement: str) -> None:
        """See `Connection`."""
        with told(self.place):
            self._raw.execute(statement)

    def _begin(self, write: bool) -> None:
        with told(self.place):
            ask(self._raw, "BEGIN IMMEDIATE" if write else "BEGIN")

    def _commit(self) -> None:
        with told(self.place):
            try:
                ask(self._raw, "COMMIT")
            except sqlite3.Error:
                self._rollback()
                raise

    def _rollback(self) -> None:
        if self._raw.in_transaction:  # a full disk makes SQLite roll back by itself
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """See `Connection`."""
        self._raw.close()
