"""The log as columns for the figures: a few numbers a review, and single cards' reviews in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import count, islice
from typing import TYPE_CHECKING

from quizzer.model import ReviewRow
from quizzer.scheduling.replay import voided
from quizzer.scheduling.rules import Ruling
from quizzer.store import queries
from quizzer.store.arrays import found_at, meanwhile, owners, table
from quizzer.store.connection import Connection, Row
from quizzer.store.reviews import corrections, review_row, steps
from quizzer.store.rows import to_act

if TYPE_CHECKING:
    from quizzer.stats.columns import Columns, Floats, Ints


def answers(connection: Connection, rules: Ruling) -> Columns:
    """Every review that stands, in sequence order, as `reviews` gives it row by row."""
    import numpy as np

    from quizzer.stats.columns import DRILL, Columns

    with connection.transaction(write=False):
        gone = [row[0] for row in connection.execute(queries.VOIDED_ANSWERS)]
        regraded = {row[0]: int(row[1].split()[0]) for row in connection.execute(queries.REGRADED)}
        again = {row[0] for row in connection.execute(queries.RESET_CARDS)}
        again |= {uid for uid, _ in corrections(connection)[1].values()}
        replayed = _replayed(connection, rules, again)
        names = {row[0]: (row[1], row[2]) for row in connection.execute(queries.NAMES)}
        kinds = _kinds(connection)
        cases = " ".join(f"WHEN :k{code} THEN {code}" for code in range(len(kinds)))
        with meanwhile(connection) as acts:
            seq, packed, local_ms, duration, after, asked = table(
                connection,
                queries.FIGURES.format(asked=f"CASE r.question_kind {cases} END" if kinds else "0"),
                ("day_grade_kind", "local_ms", "duration", "planned", "asked"),
                {f"k{code}": kind for code, kind in enumerate(kinds)},
            )
            foreseen, (slip, mistakes) = _foreseen(connection, seq), _mistakes(connection, seq)
            card, uids = owners(connection, seq, acts())
        packed, duration, after, asked, card = (
            column.astype(np.int64) for column in (packed, duration, after, asked, card)
        )
    if gone:
        kept = ~np.isin(seq, gone)
        seq, packed, local_ms, duration = seq[kept], packed[kept], local_ms[kept], duration[kept]
        after, asked, card, foreseen, slip = after[kept], asked[kept], card[kept], foreseen[kept], slip[kept]
    minute = local_ms // 60_000 % 1440  # here, since databases round negative times towards zero
    day, grade, kind = packed >> 5, (packed >> 2) & 7, packed & 3
    at, there = found_at(seq, list(regraded))
    grade[at] = np.array(list(regraded.values()), dtype=np.int64)[there]
    kind, elapsed, interval = _walked(card, day, kind, after)
    at, there = found_at(seq, list(replayed))
    told = np.array(list(replayed.values()), dtype=np.int64).reshape(-1, 4)[there]
    kind[at] = np.where(told[:, 3] == 1, DRILL, (packed & 3)[at])
    elapsed[at], interval[at], after[at] = told[:, 0], told[:, 1], told[:, 2]
    card, uids = _present(card, uids)
    slip, mistakes = _present(slip, mistakes)
    return Columns(
        day, minute, kind, grade, elapsed, interval, after, duration, foreseen, card, asked, slip,
        tuple(uids), tuple(names[uid] for uid in uids), tuple(kinds), tuple(mistakes),
    )  # fmt: skip


def _kinds(connection: Connection) -> list[str]:
    """The kinds of question that were answered."""
    kinds, kind = list[str](), ""
    while (kind := connection.execute(queries.NEXT_KIND, {"kind": kind})[0][0]) is not None:
        kinds.append(kind)
    return kinds


def _foreseen(connection: Connection, seq: Ints) -> Floats:
    """The recall that was predicted of each answer; NaN where none was."""
    import numpy as np

    foreseen = np.full(len(seq), np.nan)
    for chunk in _chunks(connection.stream(queries.FORESEEN)):
        places, values = zip(*chunk, strict=True)
        foreseen[np.searchsorted(seq, places)] = values
    return foreseen


def _mistakes(connection: Connection, seq: Ints) -> tuple[Ints, list[str]]:
    """The declared mistake of each answer as a place in a list of all there are; −1 for none."""
    import numpy as np

    codes: dict[str, int] = defaultdict(count().__next__)
    slip = np.full(len(seq), -1, dtype=np.int64)
    for chunk in _chunks(connection.stream(queries.MISTAKEN)):
        places, texts = zip(*chunk, strict=True)
        slip[np.searchsorted(seq, places)] = list(map(codes.__getitem__, texts))
    return slip, list(codes)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, 20_000)):
        yield chunk


def _present(code: Ints, names: list[str]) -> tuple[Ints, list[str]]:
    """The codes (−1: none) numbered anew without the names that no code stands for, and the names that are left."""
    import numpy as np

    there = np.bincount(code[code >= 0], minlength=len(names)) > 0
    if there.all():
        return code, names
    number = np.append(np.cumsum(there) - 1, -1)  # −1 finds the last one
    return number[code], [name for name, is_there in zip(names, there.tolist(), strict=True) if is_there]


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
