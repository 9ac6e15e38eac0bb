"""The log as columns for replaying and examining: three numbers a review, read in two walks."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from quizzer.store import queries
from quizzer.store.arrays import blocks, listed, numbers
from quizzer.store.connection import Connection

if TYPE_CHECKING:
    from quizzer.scheduling.reviewlog import Ints, ReviewLog

GRADE_BITS = 3
RESET = 7
"""In the place of a grade: the card was reset."""
CARDS_AT_ONCE = 2_000


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
        parts = list(blocks(connection, queries.ANSWERS, ("day_and_grade",)))
        if not parts:
            return ReviewLog(*np.empty((3, 0), dtype=np.int64))
        seq, packed = (np.concatenate(column) for column in zip(*parts, strict=True))
        del parts
        card = _cards(connection, seq)
    day, grade = packed >> GRADE_BITS, packed & ((1 << GRADE_BITS) - 1)
    if regraded:
        at = np.searchsorted(seq, list(regraded))
        there = seq[np.minimum(at, len(seq) - 1)] == list(regraded)
        grade[at[there]] = np.array(list(regraded.values()))[there]
    if gone:
        kept = ~np.isin(seq, gone)
        card, day, grade = card[kept], day[kept], grade[kept]
    reset = grade == RESET
    if reset.any():
        card = _lives(card, reset)[~reset]
        day, grade = day[~reset], grade[~reset]
    return ReviewLog(card, day, grade)


def _cards(connection: Connection, seq: Ints) -> Ints:
    """The number of the card of each act in `seq`, which rises."""
    import numpy as np

    first, span = int(seq[0]), int(seq[-1]) - int(seq[0]) + 1
    # Where nearly every act is an answer, a table by seq is quicker than a search, and no larger.
    table = np.zeros(span, dtype=np.int64) if span < 4 * len(seq) + 100_000 else None
    card, number = np.zeros(len(seq), dtype=np.int64), 0
    rows = connection.stream(queries.ACTS_BY_CARD.format(seqs=listed(connection, "seq")))
    while chunk := list(islice(rows, CARDS_AT_ONCE)):
        counts = [count for count, _ in chunk]
        text = "[" + ",".join([text[1:-1] for _, text in chunk]) + "]"
        acts = numbers(text, sum(counts), connection)
        owner = np.repeat(np.arange(number, number + len(counts)), counts)
        number += len(counts)
        if table is not None:
            inside = (acts >= first) & (acts < first + span)
            table[acts[inside] - first] = owner[inside]
        else:
            at = np.minimum(np.searchsorted(seq, acts), len(seq) - 1)
            inside = seq[at] == acts
            card[at[inside]] = owner[inside]
    return card if table is None else table[seq - first]


def _lives(card: Ints, reset: Ints) -> Ints:
    """New numbers, one for each stretch of a card's acts between two resets."""
    import numpy as np

    order = np.argsort(card, kind="stable")
    begins = reset[order]
    begins[1:] |= card[order][1:] != card[order][:-1]
    life = np.empty_like(card)
    life[order] = np.cumsum(begins)
    return life
