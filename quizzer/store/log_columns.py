"""The log as columns for replaying and examining: three numbers a review, read in one walk."""

from __future__ import annotations

from collections import defaultdict
from itertools import count, islice
from typing import TYPE_CHECKING

from quizzer.store import queries
from quizzer.store.connection import Connection

if TYPE_CHECKING:
    from quizzer.scheduling.reviewlog import Ints, ReviewLog

GRADE_BITS = 3
DAY_SHIFT = 1 << 23
"""Study days before 1970 are negative; lifted, they pack with the grade into one number."""
RESET = 7
"""In the place of a grade: the card was reset."""
CHUNK = 20_000
"""Rows that are taken from the database at once."""


def review_log(connection: Connection) -> ReviewLog:
    """Every answer that stands and shows a memory, oldest first, with its effective grade.

    Crams and failed trials of a higher rung are left out; a card that was reset is another card from then on.
    """
    import numpy as np

    from quizzer.scheduling.reviewlog import ReviewLog

    with connection.transaction(write=False):
        gone = [row[0] for row in connection.execute(queries.VOIDED_ANSWERS)]
        regraded = {row[0]: int(row[1].split()[0]) for row in connection.execute(queries.REGRADED)}
        codes: dict[str, int] = defaultdict(count().__next__)
        parts: list[Ints] = []
        rows = connection.stream(queries.ANSWERS)
        while chunk := list(islice(rows, CHUNK)):
            # Column by column, so that no line of Python runs for a row.
            seqs, uids, packed = zip(*chunk, strict=True)
            part = np.empty((3, len(chunk)), dtype=np.int64)
            part[0], part[1], part[2] = seqs, list(map(codes.__getitem__, uids)), packed
            parts.append(part)
    seq, card, packed_days = np.concatenate(parts, axis=1) if parts else np.empty((3, 0), dtype=np.int64)
    del parts
    day, grade = (packed_days >> GRADE_BITS) - DAY_SHIFT, packed_days & ((1 << GRADE_BITS) - 1)
    if regraded:
        at = np.searchsorted(seq, list(regraded))
        there = (at < len(seq)) & (seq[np.minimum(at, len(seq) - 1)] == list(regraded)) if len(seq) else at < 0
        grade[at[there]] = np.array(list(regraded.values()))[there]
    if gone:
        kept = ~np.isin(seq, gone)
        card, day, grade = card[kept], day[kept], grade[kept]
    resets = np.flatnonzero(grade == RESET)
    for life, row in enumerate(resets, len(codes)):
        # What follows is another card's; a later reset takes it from the life that an earlier one began.
        after = card[row:]
        after[after == card[row]] = life
    if len(resets):
        kept = grade != RESET
        card, day, grade = card[kept], day[kept], grade[kept]
    return ReviewLog(card, day, grade)
