"""The log as columns for the figures: a few numbers a review, read in one walk, and single cards' reviews in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from itertools import count, islice
from typing import TYPE_CHECKING

from quizzer.model import ReviewRow
from quizzer.scheduling.replay import voided
from quizzer.scheduling.rules import Ruling
from quizzer.store import queries
from quizzer.store.connection import Connection
from quizzer.store.log_columns import CHUNK, DAY_SHIFT
from quizzer.store.reviews import corrections, review_row, steps
from quizzer.store.rows import to_act

if TYPE_CHECKING:
    from quizzer.stats.columns import Columns, Ints


def answers(connection: Connection, rules: Ruling) -> Columns:
    """Every review that stands, in sequence order, as `reviews` gives it row by row."""
    import numpy as np

    from quizzer.stats.columns import DRILL, Columns, without_empty

    uids: dict[str, int] = defaultdict(count().__next__)
    kinds: dict[str, int] = defaultdict(count().__next__)
    mistakes: dict[str, int] = defaultdict(count().__next__)
    whole: list[Ints] = []
    guesses: list[object] = []
    with connection.transaction(write=False):
        gone = [row[0] for row in connection.execute(queries.VOIDED_ANSWERS)]
        regraded = {row[0]: int(row[1].split()[0]) for row in connection.execute(queries.REGRADED)}
        again = {row[0] for row in connection.execute(queries.RESET_CARDS)}
        again |= {uid for uid, _ in corrections(connection)[1].values()}
        replayed = _replayed(connection, rules, again)
        names = {row[0]: (row[1], row[2]) for row in connection.execute(queries.NAMES)}
        rows = connection.stream(queries.FIGURES)
        while chunk := list(islice(rows, CHUNK)):
            # Column by column, so that no line of Python runs for a row.
            seqs, cards, packed, local, times, planned, predicted, asked, slips = zip(*chunk, strict=True)
            part = np.empty((8, len(chunk)), dtype=np.int64)
            part[0], part[2], part[3], part[4], part[5] = seqs, packed, local, times, planned
            part[1] = list(map(uids.__getitem__, cards))
            part[6] = list(map(kinds.__getitem__, asked))
            part[7] = list(map(mistakes.__getitem__, slips))
            whole.append(part)
            guesses.append(np.array(predicted, dtype=np.float64))  # None becomes NaN
    table = np.concatenate(whole, axis=1) if whole else np.empty((8, 0), dtype=np.int64)
    foreseen = np.concatenate(guesses) if guesses else np.empty(0)  # type: ignore[arg-type]  # arrays
    if gone:
        kept = ~np.isin(table[0], gone)
        table, foreseen = table[:, kept], foreseen[kept]
    seq, card, packed_, local_ms, duration, after, asked_, slip = table
    minute = local_ms // 60_000 % 1440  # here, since databases round negative times towards zero
    day, grade, kind = (packed_ >> 5) - DAY_SHIFT, (packed_ >> 2) & 7, packed_ & 3
    if regraded and len(seq):
        at = np.minimum(np.searchsorted(seq, list(regraded)), len(seq) - 1)
        there = seq[at] == list(regraded)
        grade[at[there]] = np.array(list(regraded.values()))[there]
    kind, elapsed, interval = _walked(card, day, kind, after)
    if replayed and len(seq):
        at = np.minimum(np.searchsorted(seq, list(replayed)), len(seq) - 1)
        there = seq[at] == list(replayed)
        told = np.array(list(replayed.values()), dtype=np.int64).reshape(-1, 4)[there]
        at = at[there]
        kind[at] = np.where(told[:, 3] == 1, DRILL, (packed_ & 3)[at])
        elapsed[at], interval[at], after[at] = told[:, 0], told[:, 1], told[:, 2]
    mistake, named = without_empty(slip, tuple(mistakes))
    return Columns(
        day, minute, kind, grade, elapsed, interval, after, duration, foreseen, card, asked_, mistake,
        tuple(uids), tuple(names[uid] for uid in uids), tuple(kinds), named,
    )  # fmt: skip


def _walked(card: Ints, day: Ints, kind: Ints, after: Ints) -> tuple[Ints, Ints, Ints]:
    """Kind, days since the last counted answer (−1: none) and the interval that one gave (0: none) of each row.

    Where two machines' logs were merged, one answer a study day counts: a later one is a drill.
    """
    import numpy as np

    from quizzer.scheduling.arrays import by_card
    from quizzer.stats.columns import AHEAD, DRILL

    n = len(card)
    kind = kind.copy()
    elapsed, interval = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.int64)
    if not n:
        return kind, elapsed, interval
    order = by_card(card)
    own, on, sort = card[order], day[order], kind[order]
    fresh = np.ones(n, dtype=bool)
    fresh[1:] = own[1:] != own[:-1]
    number = np.cumsum(fresh) - 1
    low = int(on.min()) - 1
    span = int(on.max()) - low + 1
    # Lifted card by card, one running maximum serves them all: the last counted day, or the lift itself before any.
    lift = number * span
    last = np.maximum.accumulate(np.where(sort <= AHEAD, on - low + lift, lift))
    before = np.empty(n, dtype=np.int64)
    before[0] = 0
    before[1:] = np.maximum(last[:-1], lift[1:])
    before -= lift
    late = (before > 0) & (on - low <= before)
    sort[late] = DRILL
    gap = np.where(before > 0, on - low - before, -1)
    counted = sort <= AHEAD
    place = np.maximum.accumulate(np.where(counted, np.arange(n), -1))
    previous = np.empty(n, dtype=np.int64)
    previous[0] = -1
    previous[1:] = place[:-1]
    held = before > 0
    gave = np.where(held, np.maximum(after[order][np.maximum(previous, 0)], 0), 0)
    kind[order], elapsed[order], interval[order] = sort, gap, gave
    return kind, elapsed, interval


def _replayed(connection: Connection, rules: Ruling, uids: Collection[str]) -> dict[int, tuple[int, int, int, int]]:
    """Of each review of cards that were reset or overruled: days since the last, interval before, after, is it late."""
    found = {}
    for uid in uids:
        acts = [to_act(row) for row in connection.execute(queries.HISTORY, {"uid": uid})]
        for act, before, after in steps(acts, rules):
            if act.review is not None:
                last = before.last_day
                late = int(last is not None and act.day <= last)
                counts = not late and act.review.kind in ("review", "ahead")
                gap = -1 if last is None else act.day - last
                found[act.seq] = (gap, before.interval, after.interval if counts else -1, late)
    return found


def reviews_of(connection: Connection, rules: Ruling, uid: str, name: tuple[str, str]) -> list[ReviewRow]:
    """One card's reviews that stand, oldest first, in full; `name` is its deck and question now."""
    acts = [to_act(row) for row in connection.execute(queries.HISTORY, {"uid": uid})]
    gone = voided(acts)
    again = any(act.type == "reset" or (act.type == "overrule" and act.uuid not in gone) for act in acts)
    found = []
    last_day, interval = None, 0
    for act, before, after in steps(acts, rules):
        review = act.review
        if review is None:
            continue
        planned = review.planned_interval
        if again:
            last_day, interval, planned = before.last_day, before.interval, after.interval
        if last_day is not None and act.day <= last_day:
            review = replace(review, kind="drill")
        found.append(review_row(act, review, name, last_day, interval, planned))
        if not again and review.kind in ("review", "ahead"):
            last_day, interval = act.day, planned or 0
    return found


def missed(connection: Connection, kind: str, most: int) -> list[tuple[str, str, str, int, str]]:
    """Deck, question, rung, study day and detail of the newest answers to a kind of question that were not all right,
    newest first; undone ones left out."""
    rows = connection.execute(queries.MISSED, {"kind": kind, "most": most})
    return [(deck, question, rung, day, detail) for deck, question, rung, day, detail in rows]
