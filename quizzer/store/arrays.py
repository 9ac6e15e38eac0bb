"""Whole-number columns of a long table as arrays: the database lays thousands of numbers into one text.

A row that comes to Python one by one costs several times what reading it costs the database. A list of numbers as
JSON text is one row, and numpy reads it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from quizzer.errors import BadDatabase
from quizzer.store import queries
from quizzer.store.connection import NO_PARAMS, Connection, Params

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

BLOCK = 8_192
"""Rows that one text holds."""
CARDS = 2_000
"""Cards whose acts are taken from the database at once."""


def listed(connection: Connection, expression: str) -> str:
    """SQL for all values of a whole-number expression over the rows of a group, as one text."""
    if connection.dialect == "sqlite":
        return f"json_group_array({expression})"
    return f"CAST(json_agg({expression}) AS text)"


def table(connection: Connection, sql: str, columns: tuple[str, ...], params: Params = NO_PARAMS) -> list[Ints]:
    """The `columns` of a query that gives its rows by rising `seq`, with `seq` first, an array each.

    `sql` has the parameters `:after`, the `seq` behind which to begin, and `:most`, how many rows to give.
    """
    import numpy as np

    parts = list(_blocks(connection, sql, columns, params))
    if not parts:
        return [np.zeros(0, dtype=np.int64) for _ in ("seq", *columns)]
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _blocks(connection: Connection, sql: str, columns: tuple[str, ...], params: Params) -> Iterator[list[Ints]]:
    """The table a block of rows at a time."""
    lists = ", ".join(listed(connection, f"q.{column}") for column in ("seq", *columns))
    whole = f"SELECT COUNT(*), MAX(q.seq), {lists} FROM ({sql}) q"  # noqa: S608 - literals of this package
    after, count = -1, BLOCK
    while count == BLOCK:
        count, last, *texts = connection.execute(whole, {**params, "after": after, "most": BLOCK})[0]
        if count:
            yield [_numbers(text, count, connection) for text in texts]
            after = last


def owners(connection: Connection, seq: Ints) -> tuple[Ints, list[str]]:
    """The number of the card of each act in `seq`, which rises, and the uids of all cards with an act, in order."""
    import numpy as np

    if not len(seq):
        return np.zeros(0, dtype=np.int64), []
    first, span = int(seq[0]), int(seq[-1]) - int(seq[0]) + 1
    # Where nearly every act is asked for, a table by seq is quicker than a search, and no larger.
    by_seq = np.zeros(span, dtype=np.int64) if span < 4 * len(seq) + 100_000 else None
    card, uids = np.zeros(len(seq), dtype=np.int64), list[str]()
    rows = connection.stream(queries.ACTS_BY_CARD.format(seqs=listed(connection, "seq")))
    while chunk := list(islice(rows, CARDS)):
        names, counts, texts = zip(*chunk, strict=True)
        joined = "[" + ",".join([text[1:-1] for text in texts]) + "]"
        acts = _numbers(joined, sum(counts), connection)
        owner = np.repeat(np.arange(len(uids), len(uids) + len(names)), counts)
        uids += names
        if by_seq is not None:
            inside = (acts >= first) & (acts < first + span)
            by_seq[acts[inside] - first] = owner[inside]
        else:
            at = np.minimum(np.searchsorted(seq, acts), len(seq) - 1)
            inside = seq[at] == acts
            card[at[inside]] = owner[inside]
    return card if by_seq is None else by_seq[seq - first], uids


def found_at(seq: Ints, wanted: list[int]) -> tuple[Ints, Bools]:
    """Where the `wanted` acts stand in `seq`, which rises, and which of them are there at all."""
    import numpy as np

    if not len(seq):
        return np.zeros(0, dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    at = np.minimum(np.searchsorted(seq, wanted), len(seq) - 1)
    there = seq[at] == np.array(wanted, dtype=np.int64)
    return at[there], there


def _numbers(text: str, count: int, connection: Connection) -> Ints:
    """The numbers of a text as `listed` makes it. Raises BadDatabase where they are not `count` whole numbers."""
    import warnings

    import numpy as np

    with warnings.catch_warnings():
        # Where something else stands, one numpy raises an error and an older one warns and stops.
        warnings.simplefilter("error", DeprecationWarning)
        try:
            found: Ints | None = np.fromstring(text[1:-1], dtype=np.int64, sep=",")
        except (ValueError, DeprecationWarning):
            found = None
    if found is None or len(found) != count:
        raise BadDatabase(
            f"{connection.place} has something else where a whole number belongs", "See what is wrong: quizzer db check"
        )
    return found
