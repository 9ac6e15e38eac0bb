"""Expected outputs of reference code, kept between runs."""

from __future__ import annotations

from quizzer.errors import StorageFault
from quizzer.store import queries
from quizzer.store.connection import Connection

BYTES = 64_000_000
"""Of all outputs together; beyond it the largest go."""
TRIMMED = 100
"""How many go at once, so that the next hundred find room."""


class Outputs:
    """An `OutputCache` in the database. What can't be kept is worked out again next time."""

    def __init__(self, connection: Connection, *, read_only: bool) -> None:
        self._connection = connection
        self._read_only = read_only
        self._here: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The value kept under `key`."""
        if key in self._here:
            return self._here[key]
        rows = self._connection.execute(queries.OUTPUT, {"key": key})
        return bytes(rows[0][0]) if rows else None

    def put(self, key: str, value: bytes) -> None:
        """Keep a value, in memory where the database can't be written."""
        if self._read_only:
            self._here[key] = value
            return
        try:
            with self._connection.transaction(write=True):
                self._connection.execute(queries.KEEP_OUTPUT, {"key": key, "value": value})
                trim = {"key": key, "bytes": BYTES, "most": TRIMMED}
                self._connection.execute(queries.TRIM_OUTPUTS, trim)
        except StorageFault:
            self._here[key] = value
