"""The log as columns for replaying and examining: three numbers a review, read in one walk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.store import queries
from quizzer.store.connection import Connection, Row

if TYPE_CHECKING:
    from quizzer.scheduling.reviewlog import ReviewLog

_DAY_BITS, _GRADE_BITS = 24, 3
_DAY_SHIFT = 1 << (_DAY_BITS - 1)
"""Study days before 1970 are negative; lifted, they pack."""


def review_log(connection: Connection) -> ReviewLog:
    """Every answer that stands and shows a memory, oldest first, with its effective grade.

    Crams and failed trials of a higher rung are left out; a card that was reset is another card from then on.
    """
    import numpy as np

    from quizzer.scheduling.reviewlog import ReviewLog

    with connection.transaction(write=False):
        gone = {row[0] for row in connection.execute(queries.VOIDED_REVIEWS)}
        regraded = {row[0]: int(row[1].split()[0]) for row in connection.execute(queries.REGRADED)}
        resets = connection.execute(queries.RESETS)
        codes: dict[str, int] = {}
        numbers: list[int] = []
        above = _DAY_BITS + _GRADE_BITS
        packed = (
            (codes.setdefault(uid, len(codes)) << above) | ((day + _DAY_SHIFT) << _GRADE_BITS) | grade
            for _, uid, day, grade in _wanted(connection, gone, numbers if resets or regraded else None)
        )
        column = np.fromiter(packed, dtype=np.int64)
    card = column >> (_DAY_BITS + _GRADE_BITS)
    grade = column & ((1 << _GRADE_BITS) - 1)
    day = ((column >> _GRADE_BITS) & ((1 << _DAY_BITS) - 1)) - _DAY_SHIFT
    if regraded or resets:
        seqs, lives = np.array(numbers, dtype=np.int64), dict[str, int]()
        for seq, value in regraded.items():
            grade[seqs == seq] = value
        for life, (seq, uid) in enumerate(resets, len(codes)):
            if uid in codes:
                # A card's later reset takes the rows after it from the life that the earlier one began.
                card[(seqs > seq) & (card == lives.get(uid, codes[uid]))] = life
                lives[uid] = life
    return ReviewLog(card, day, grade)


def _wanted(connection: Connection, gone: set[int], numbers: list[int] | None) -> Iterator[Row]:
    """Rows of (seq, card uid, day, grade); their seqs go into `numbers` if it is there."""
    rows = connection.stream(queries.ANSWERS)
    return rows if not gone and numbers is None else _kept(rows, gone, numbers)


def _kept(rows: Iterator[Row], gone: set[int], numbers: list[int] | None) -> Iterator[Row]:
    for row in rows:
        if row[0] not in gone:
            if numbers is not None:
                numbers.append(row[0])
            yield row
