"""Whole-number columns of a long table as arrays: the database lays thousands of numbers into one text.

A row that comes to Python one by one costs several times what reading it costs the database. A list of numbers as
JSON text is one row, and numpy reads it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from quizzer.errors import BadDatabase, QuizzerError
from quizzer.store import queries
from quizzer.store.connection import NO_PARAMS, Connection, Params, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
    Bools = NDArray[np.bool_]
    Acts = tuple[list[str], list[int], Ints]

BLOCK = 8_192
"""Rows that one text holds."""
CARDS = 2_000
"""Cards whose acts are taken from the database at once."""
_LONG = 100_000
"""Acts from which a second thread is worth its start."""


def listed(connection: Connection, expression: str) -> str:
    """SQL for all values of a whole-number expression over the rows of a group, as one text."""
    if connection.dialect == "sqlite":
        return f"json_group_array({expression})"
    return f"CAST(json_agg({expression}) AS text)"


def table(connection: Connection, sql: str, columns: tuple[str, ...], params: Params = NO_PARAMS) -> list[Ints]:
    """The `columns` of a query that gives its rows by rising `seq`, with `seq` first, an array each.

    `sql` has the parameters `:after`, the `seq` behind which to begin, and `:most`, how many rows to give. Numbers have
    four bytes where all of a column fit into them, and eight elsewhere.
    """
    import numpy as np

    parts = [list(map(_narrow, block)) for block in _blocks(connection, sql, columns, params)]
    if not parts:
        return [np.zeros(0, dtype=np.int64) for _ in ("seq", *columns)]
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _narrow(block: Ints) -> Ints:
    import numpy as np

    fits = np.iinfo(np.int32)
    return block.astype(np.int32) if fits.min <= block.min() and block.max() <= fits.max else block


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


def owners(connection: Connection, seq: Ints, acts: Acts | None = None) -> tuple[Ints, list[str]]:
    """The number of the card of each act in `seq`, which rises, and the uids of all cards with an act, in order.

    `acts` are those of `connection`, where they were read already.
    """
    import numpy as np

    if not len(seq):
        return np.zeros(0, dtype=np.int32), []
    uids, counts, by_card = acts or acts_by_card(connection)
    owner = np.repeat(np.arange(len(uids), dtype=np.int32), counts)
    first, span = int(seq[0]), int(seq[-1]) - int(seq[0]) + 1
    if span < 4 * len(seq) + 100_000:
        # Where nearly every act is asked for, a table by seq is quicker than a search, and no larger.
        by_seq = np.zeros(span, dtype=np.int32)
        inside = (by_card >= first) & (by_card < first + span)
        by_seq[by_card[inside] - first] = owner[inside]
        return by_seq[seq - first], uids
    card = np.zeros(len(seq), dtype=np.int32)
    at = np.minimum(np.searchsorted(seq, by_card), len(seq) - 1)
    inside = seq[at] == by_card
    card[at[inside]] = owner[inside]
    return card, uids


def acts_by_card(connection: Connection) -> Acts:
    """All cards with an act, in order, how many each has, and the acts, a card's after the other's."""
    import numpy as np

    uids: list[str] = []
    counts: list[int] = []
    parts: list[Ints] = []
    rows = connection.stream(queries.ACTS_BY_CARD.format(seqs=listed(connection, "seq")))
    while chunk := list(islice(rows, CARDS)):
        names, numbers, texts = zip(*chunk, strict=True)
        joined = "[" + ",".join([text[1:-1] for text in texts]) + "]"
        parts.append(_narrow(_numbers(joined, sum(numbers), connection)))
        uids += names
        counts += numbers
    return uids, counts, np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


@contextmanager
def meanwhile(connection: Connection) -> Iterator[Callable[[], Acts]]:
    """While something else is read inside a transaction, read the acts by card in another thread; what is given waits
    for them.

    The other thread sees the database through a connection of its own. An act is never changed and every change adds
    one, so both saw the same log if the newest act is the same one; else the acts are read again.
    """
    newest, twin = connection.execute(queries.NEWEST_ACT), connection.twin()
    if twin is None or not newest or newest[0][0] < _LONG:
        yield lambda: acts_by_card(connection)
        return

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_beside, twin, newest)
        yield lambda: waiting.result() or acts_by_card(connection)


def _beside(twin: Callable[[], Connection], newest: list[Row]) -> Acts | None:
    """The acts by card as another connection sees them; None where it sees another log, or nothing."""
    try:
        with closing(twin()) as own, own.transaction(write=False):
            return acts_by_card(own) if own.execute(queries.NEWEST_ACT) == newest else None
    except QuizzerError:
        return None  # busy, or gone: the first connection will tell, or has it already


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
