"""Whole-number columns of a long table as arrays: the database lays thousands of numbers into one text.

A row that comes to Python one by one costs several times what reading it costs the database. A list of numbers as
JSON text is one row, and numpy reads it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.errors import BadDatabase
from quizzer.store.connection import Connection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

BLOCK = 8_192
"""Rows that one text holds."""


def listed(connection: Connection, expression: str) -> str:
    """SQL for all values of a whole-number expression over the rows of a group, as one text."""
    if connection.dialect == "sqlite":
        return f"json_group_array({expression})"
    return f"CAST(json_agg({expression}) AS text)"


def blocks(connection: Connection, sql: str, columns: tuple[str, ...]) -> Iterator[list[Ints]]:
    """The `columns` of a query that gives its rows by rising `seq`, a block of rows at a time, `seq` first.

    `sql` has the parameters `:after`, the `seq` behind which to begin, and `:most`, how many rows to give.
    """
    lists = ", ".join(listed(connection, f"q.{column}") for column in ("seq", *columns))
    whole = f"SELECT COUNT(*), MAX(q.seq), {lists} FROM ({sql}) q"  # noqa: S608 - literals of this package
    after, count = -1, BLOCK
    while count == BLOCK:
        count, last, *texts = connection.execute(whole, {"after": after, "most": BLOCK})[0]
        if count:
            yield [numbers(text, count, connection) for text in texts]
            after = last


def numbers(text: str, count: int, connection: Connection) -> Ints:
    """The numbers of a text as `listed` makes it. Raises BadDatabase where they are not `count` whole numbers."""
    import warnings

    import numpy as np

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # how numpy says that it stopped before the end
        found: Ints = np.fromstring(text[1:-1], dtype=np.int64, sep=",")
    if len(found) != count:
        raise BadDatabase(
            f"{connection.place} has something else where a whole number belongs", "See what is wrong: quizzer db check"
        )
    return found
