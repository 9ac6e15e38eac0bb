"""The quick road: a SQLite file through the standard library's driver."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from typing import Any

from quizzer.store.connection import NO_PARAMS, Connection, Params, Road, Row
from quizzer.store.faults import Guard, explained, is_busy

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
        found = _without_shared_memory(path, uri, error)
        if found is None:
            raise
        return found


def _without_shared_memory(path: str, uri: str, error: sqlite3.Error) -> sqlite3.Connection | None:
    """A connection for reading where there is no place for SQLite's shared memory; None for another kind of trouble."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code & 0xFF == sqlite3.SQLITE_IOERR:
        # A full disk: alone with the file, SQLite keeps in its own memory what it would share.
        return _connect(f"{uri}?mode=rw", alone=True)
    if code & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return None
    if os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal"):  # noqa: PTH110, PTH202 - as in `opening`
        # A program was killed before the folder became read-only: its last answers are in this file alone.
        return _copied(path)
    # A folder that can't be written; nobody else writes there either.
    return _connect(f"{uri}?mode=ro&immutable=1")


def _copied(path: str) -> sqlite3.Connection:
    """A file and its write-ahead log in memory, by way of a temporary folder."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        copy = f"{folder}/copy.db"
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")
        source, memory = sqlite3.connect(copy), _connect(":memory:")
        try:
            source.backup(memory)
        finally:
            source.close()
        memory.execute("PRAGMA query_only = ON")
    return memory


def _connect(name: str, *, alone: bool = False) -> sqlite3.Connection:
    raw = sqlite3.connect(name, uri=name != ":memory:", timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if alone:
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            raw.execute("PRAGMA query_only = ON")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
    except BaseException:
        raw.close()
        raise
    return raw


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


def by_place(sql: str) -> tuple[str, Callable[[Params], Sequence[Any]]]:
    """A statement with numbered instead of named parameters, and what puts their values in that order."""
    import re

    names: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        return names.setdefault(found[1], f"?{len(names) + 1}") if found[1] else found[0]

    numbered = re.sub(r"'[^']*'|:(\w+)", number, sql)  # what stands in quotes is a text
    if len(names) < 2:
        return numbered, lambda params: [params[name] for name in names]
    return numbered, itemgetter(*names)


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
        self._guard = Guard(place)
        self._used: set[str] = set()
        self._ready: dict[str, tuple[str, Callable[[Params], Sequence[Any]]]] = {}

    def execute(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        """See `Connection`."""
        try:
            return self._run(sql, params).fetchall()
        except sqlite3.Error as error:
            raise explained(error, self.place) or error from error

    def add(self, sql: str, key: str, params: Params) -> int:
        """See `Connection`. Not by RETURNING, for which SQLite makes a table each time."""
        with told(self.place):
            number = self._run(sql, params).lastrowid
        assert number is not None  # noqa: S101 - an INSERT that did not fail
        return number

    def _run(self, sql: str, params: Params) -> sqlite3.Cursor:
        ready = self._ready.get(sql)
        if ready is not None:
            return self._raw.execute(ready[0], ready[1](params))
        if sql not in self._used:
            self._used.add(sql)
        elif params:  # values by place bind quicker than by name, which pays for what is asked again and again
            self._ready[sql] = by_place(sql)
        return self._raw.execute(sql, params)

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """See `Connection`."""
        with told(self.place):
            self._raw.executemany(sql, rows)

    def stream(self, sql: str, params: Params = NO_PARAMS) -> Iterator[Row]:
        """See `Connection`."""
        with told(self.place):
            # Through a chain, which has no `close`: a generator that is dropped after the database was closed would
            # otherwise close its cursor, and fail where nobody can hear it.
            yield from chain(self._raw.execute(sql, params))

    def raw(self, statement: str) -> None:
        """See `Connection`."""
        with told(self.place):
            self._raw.execute(statement)

    def twin(self) -> Callable[[], Connection] | None:
        """See `Connection`. A connection that is alone with its file has none."""
        place = self.place
        if place == ":memory:" or self._raw.execute("PRAGMA locking_mode").fetchone()[0] != "normal":
            return None

        def opened() -> Connection:
            with told(place):
                return SqliteRoad(connect_file(place, read_only=True), place)

        return opened

    def _begin(self, write: bool) -> None:
        try:
            ask(self._raw, "BEGIN IMMEDIATE" if write else "BEGIN")
        except sqlite3.Error as error:
            self._guard.check()  # which knows better what is wrong
            raise explained(error, self.place) or error from error

    def _commit(self) -> None:
        try:
            if self._writing:
                self._guard.check()
            ask(self._raw, "COMMIT")
        except BaseException as error:
            self._rollback()
            clear = explained(error, self.place) if isinstance(error, sqlite3.Error) else None
            raise clear or error from error

    def _rollback(self) -> None:
        if self._raw.in_transaction:  # a full disk makes SQLite roll back by itself
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """See `Connection`."""
        self._raw.close()
