"""The log as columns for replaying and examining: three numbers a review, read in two walks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.store import queries
from quizzer.store.arrays import found_at, meanwhile, owners, table
from quizzer.store.connection import Connection

if TYPE_CHECKING:
    from quizzer.scheduling.reviewlog import Ints, ReviewLog

GRADE_BITS = 3
RESET = 7
"""In the place of a grade: the card was reset."""


def review_log(connection: Connection) -> ReviewLog:
    """Every answer that stands and shows a memory, oldest first, with its effective grade.

    Crams and failed trials of a higher rung are left out; a card that was reset is another card from then on. Cards
    are numbered in the order of their uids.
    """
    import numpy as np

    from quizzer.scheduling.reviewlog import ReviewLog

    with connection.transaction(write=False):
        gone = [row[0] for row in connection.execute(queries.VOIDED_ANSWERS)]
        regraded = {row[0]: int(row[1].split()[0]) for row in connection.execute(queries.REGRADED)}
        with meanwhile(connection) as acts:
            seq, packed = table(connection, queries.ANSWERS, ("day_and_grade",))
            card, _ = owners(connection, seq, acts())
    day, grade = packed >> GRADE_BITS, packed & ((1 << GRADE_BITS) - 1)
    if regraded:
        at, there = found_at(seq, list(regraded))
        grade[at] = np.array(list(regraded.values()))[there]
    if gone:
        kept = ~np.isin(seq, gone)
        card, day, grade = card[kept], day[kept], grade[kept]
    reset = grade == RESET
    if reset.any():
        card = _lives(card, reset)[~reset]
        day, grade = day[~reset], grade[~reset]
    return ReviewLog(card, day, grade.astype(np.int8))


def _lives(card: Ints, reset: Ints) -> Ints:
    """New numbers, one for each stretch of a card's acts between two resets."""
    import numpy as np

    order = np.argsort(card, kind="stable")
    begins = reset[order]
    begins[1:] |= card[order][1:] != card[order][:-1]
    life = np.empty_like(card)
    life[order] = np.cumsum(begins)
    return life
