"""The wide road: any database that SQLAlchemy reaches. Importing it costs twenty bare interpreters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from quizzer.errors import BadUsage, QuizzerError, StorageFault, Unable
from quizzer.store.connection import NO_PARAMS, Params, Road, Row
from quizzer.store.faults import Guard, explained
from quizzer.store.sqlite_road import ask, connect_file

_WRITER = 0x71756974
"""Key of the advisory lock that makes writers on a server take turns, as they do on a SQLite file."""


def parse_url(url: str) -> sa.URL:
    """The URL with the driver we bring. Raises BadUsage for one that can't be read or a database we don't know."""
    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):  # the port may be no number
        raise BadUsage("the database URL can't be read", "Write it as postgresql://user@host/name") from None
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise BadUsage(f"quizzer keeps its data in SQLite or PostgreSQL, not in {backend}", "Name another --db")
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed


def over_file(path: str, place: str, *, read_only: bool = False) -> AlchemyRoad:
    """This road to a SQLite file."""

    def connect() -> sqlite3.Connection:
        return connect_file(path, read_only=read_only)

    return AlchemyRoad(sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.StaticPool), place)


def over_server(url: str) -> AlchemyRoad:
    """This road to a server. Raises Unable without a driver, StorageFault when nobody answers."""
    parsed = parse_url(url)
    try:
        engine = sa.create_engine(parsed, poolclass=sa.pool.NullPool)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise Unable(
            "the PostgreSQL driver is not installed", "Install it with: pip install 'quizzer-study[postgres]'"
        ) from error
    return AlchemyRoad(engine, parsed.render_as_string(hide_password=True))


class AlchemyRoad(Road):
    """A `Connection` over one SQLAlchemy connection, SQL as text."""

    def __init__(self, engine: sa.Engine, place: str) -> None:
        self.place = place
        self.dialect = engine.dialect.name
        self._texts: dict[str, sa.TextClause] = {}
        self._engine = engine
        self._now: sa.RootTransaction | None = None
        self._guard = Guard(place) if self.dialect == "sqlite" else None
        with self._told():
            self._link = engine.connect()

    def execute(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        """See `Connection`."""
        with self._told(), self._inside():
            result = self._link.execute(self._text(sql), dict(params))
            return [tuple(row) for row in result] if result.returns_rows else []

    def add(self, sql: str, key: str, params: Params) -> int:
        """See `Connection`."""
        number: int = self.execute(f"{sql} RETURNING {key}", params)[0][0]
        return number

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """See `Connection`."""
        listed = [dict(row) for row in rows]
        if listed:
            with self._told(), self._inside():
                self._link.execute(self._text(sql), listed)

    def stream(self, sql: str, params: Params = NO_PARAMS) -> Iterator[Row]:
        """See `Connection`."""
        with self._told(), self._inside():
            result = self._link.execute(self._text(sql), dict(params), execution_options={"yield_per": 2000})
            for row in result:
                yield tuple(row)

    def raw(self, statement: str) -> None:
        """See `Connection`."""
        with self._told(), self._inside():
            self._link.exec_driver_sql(statement)

    def close(self) -> None:
        """See `Connection`."""
        self._link.close()
        self._engine.dispose()

    def _text(self, sql: str) -> sa.TextClause:
        found = self._texts.get(sql)
        if found is None:
            found = self._texts[sql] = sa.text(sql)
        return found

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """A statement outside any transaction (and outside a stream that is still read) is one by itself."""
        if self._link.in_transaction():
            yield
        else:
            with self._link.begin():
                yield

    def _begin(self, write: bool) -> None:
        with self._told():
            if write and self._guard is not None:
                self._guard.check()
            self._now = self._link.begin()
            try:
                if self.dialect == "sqlite":
                    driver = self._link.connection.driver_connection
                    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - made by connect_file
                    ask(driver, "BEGIN IMMEDIATE" if write else "BEGIN")
                elif write:
                    self._link.execute(self._text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER})
                else:
                    self._link.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            except BaseException:
                self._rollback()
                raise

    def _commit(self) -> None:
        now, self._now = self._now, None
        assert now is not None  # noqa: S101 - only called between begin and end
        with self._told():
            try:
                if self._writing and self._guard is not None:
                    self._guard.check()
                now.commit()
            except BaseException:
                now.rollback()
                raise

    def _rollback(self) -> None:
        now, self._now = self._now, None
        if now is not None:
            with self._told():
                now.rollback()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explained(error, self.place) or error from error
        except DBAPIError as error:
            raise self._explained(error) or error from error

    def _explained(self, error: DBAPIError) -> QuizzerError | None:
        if isinstance(error.orig, sqlite3.Error):
            return explained(error.orig, self.place)
        if isinstance(error, sa.exc.OperationalError) or error.connection_invalidated:
            reason = " ".join(str(error.orig).split())
            return StorageFault(f"the database server of {self.place} failed: {reason}", "Is it running?")
        return None
