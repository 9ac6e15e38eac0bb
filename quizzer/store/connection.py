"""What the store needs of a database, whichever road leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any, Protocol

Row = tuple[Any, ...]
Params = Mapping[str, Any]
NO_PARAMS: Params = {}


class Asks(Protocol):
    """All that a query needs."""

    def execute(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        """Run one statement; its rows, if it gives any."""
        ...


class Connection(Asks, Protocol):
    """One connection. SQL has `:name` parameters and must be read alike by SQLite and PostgreSQL."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`, for the few statements that differ."""
        ...

    @property
    def place(self) -> str:
        """The database as messages name it; never holds a password."""
        ...

    def add(self, sql: str, key: str, params: Params) -> int:
        """Insert one row into a table that numbers its rows in the column `key`; its number."""
        ...

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each of `rows`."""
        ...

    def stream(self, sql: str, params: Params = NO_PARAMS) -> Iterator[Row]:
        """The rows of a query one by one, for results too large to hold."""
        ...

    def raw(self, statement: str) -> None:
        """Run a statement as it stands, colons and all (schema, pragmas)."""
        ...

    def transaction(self, write: bool) -> AbstractContextManager[None]:
        """All or nothing. A write transaction holds off every other writer from its first moment.

        Inside another transaction it is part of that one.
        """
        ...

    def twin(self) -> Callable[[], Connection] | None:
        """How another thread opens a connection of its own to the same database, for reading; None where there can't
        be one, or none that is cheap."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class Road:
    """What both roads share: nesting, and an end to every transaction."""

    _writing: bool | None = None
    """None outside a transaction, else whether it may write."""

    def twin(self) -> Callable[[], Connection] | None:
        """See `Connection`."""
        return None

    def _begin(self, write: bool) -> None:
        raise NotImplementedError  # each road begins in its own way

    def _commit(self) -> None:
        raise NotImplementedError  # each road commits in its own way

    def _rollback(self) -> None:
        raise NotImplementedError  # each road rolls back in its own way

    def transaction(self, write: bool) -> AbstractContextManager[None]:
        """See `Connection.transaction`."""
        if self._writing is None:
            return _Transaction(self, write)
        if write and not self._writing:
            raise RuntimeError("a write inside a read transaction")
        return nullcontext()


class _Transaction:
    """One transaction of a road, ended whatever happens in it. A class: a generator costs an answer twice as much."""

    def __init__(self, road: Road, write: bool) -> None:
        self._road = road
        self._write = write

    def __enter__(self) -> None:
        self._road._begin(self._write)
        self._road._writing = self._write

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        road = self._road
        try:
            if kind is None:
                road._commit()
            else:
                road._rollback()
        finally:
            road._writing = None
