"""The replay of many cards at once on arrays: answer by answer, all cards that have one. Equal to the scalar code.

Rows are laid out by round: the first answers of all cards, then the second ones …, the cards with most answers first.
Each round is then a slice, and the cards that take part in it are the beginning of every state array.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling.fsrs import RATING, Memory, Weights
from quizzer.scheduling.portable import arrays
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.sm2 import _EASE_STEPS, EASE_FLOOR, Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rounds:
    """A log laid out by round. `place[i]` is where row i of the log stands; `bounds` where each round begins and ends.

    `cards` are the log's card numbers in the order of the state arrays. `gap` counts study days since the card's last
    counted answer, -1 for its first, 0 for another answer on the same (or, with a clock set back, an earlier) day.
    """

    place: NDArray[np.int32]
    bounds: Ints
    cards: Ints
    grade: NDArray[np.int8]
    gap: NDArray[np.int32]

    def __iter__(self) -> Iterator[slice]:
        for k in range(len(self.bounds) - 1):
            yield slice(int(self.bounds[k]), int(self.bounds[k + 1]))


def rounds(log: ReviewLog) -> Rounds:
    """Lay a log out by round."""
    n = len(log)
    if not n:
        nothing = np.zeros(0, dtype=np.int64)
        none = nothing.astype(np.int32)
        return Rounds(none, np.zeros(1, dtype=np.int64), nothing, nothing.astype(np.int8), none)
    order = by_card(log.card)
    card = log.card[order]
    fresh = np.ones(n, dtype=bool)
    np.not_equal(card[1:], card[:-1], out=fresh[1:])
    starts = np.flatnonzero(fresh)
    cards = card[starts]
    del card
    lengths = np.diff(np.append(starts, n))
    by_length = np.argsort(-lengths, kind="stable")
    rank = np.empty_like(by_length)
    rank[by_length] = np.arange(len(by_length))
    # So many cards have a k-th answer: all but those with fewer.
    sizes = len(cards) - np.cumsum(np.bincount(lengths))[:-1]
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    nth = np.arange(n) - np.repeat(starts, lengths)
    at = bounds[nth]
    del nth
    at += np.repeat(rank, lengths)
    place = np.empty(n, dtype=np.int32)
    place[order] = at
    # The last counted day is the greatest so far: an answer that is not after it counts as a drill. Each card's days
    # are lifted above the card's before, so that one running maximum serves them all.
    first, last = int(log.day.min()), int(log.day.max())
    # Day and grade are fetched together: in a long log it is the way to each row that costs.
    day = (log.day.astype(np.int64) * 8 + log.grade)[order]
    marks = (day & 7).astype(np.int8)
    day >>= 3
    day += np.repeat(np.arange(len(cards)) * (last - first + 1) - first, lengths)
    highest = np.maximum.accumulate(day)
    day[1:] -= highest[:-1]
    del highest
    np.maximum(day, 0, out=day)
    day[starts] = -1
    gap, grade = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int8)
    gap[at], grade[at] = day, marks
    return Rounds(place, bounds, cards[by_length], grade, gap)


def by_card(card: Ints) -> Ints:
    """The rows in the order of their cards, each card's in their own: sixteen bits at a time, which numpy sorts by
    counting."""
    number = card - card.min() if len(card) else card
    order = np.argsort((number & 0xFFFF).astype(np.uint16), kind="stable")
    rest = number >> 16
    while rest.any():
        order = order[np.argsort((rest[order] & 0xFFFF).astype(np.uint16), kind="stable")]
        rest >>= 16
    return order


BLOCK = 65_536
"""Cards that are replayed together: enough that two threads seldom wait for each other, few enough for the cache."""


def _blocks(laid: Rounds) -> Iterator[tuple[slice, int, slice]]:
    """A block of cards after the other, and for each its rounds: the cards that take part, the round, their rows."""
    for start in range(0, len(laid.cards), BLOCK):
        for k, rows in enumerate(laid):
            size = min(rows.stop - rows.start, start + BLOCK)
            if size <= start:
                break
            yield slice(start, size), k, slice(rows.start + start, rows.start + size)


@dataclass(frozen=True, slots=True)
class Sm2Replay:
    """SM-2's state before each row (laid out by round) and at the end (by card): see `CardState` for units."""

    interval: NDArray[np.integer[Any]]
    ease: NDArray[np.integer[Any]]
    repetition: NDArray[np.integer[Any]]
    last: tuple[Ints, Ints, Ints]


_STEPS = np.array(_EASE_STEPS, dtype=np.int64)


def sm2_step(
    repetition: Ints, interval: Ints, ease: Ints, grade: Ints, rules: Rules, gap: Ints | None = None
) -> tuple[Ints, Ints, Ints]:
    """`sm2._step` for many cards: repetition, interval and ease after one counted grade each.

    `gap`, the days since the last counted answer, is needed where overdue recalls are credited.
    """
    paper = rules.variant == "paper"
    right = grade >= 3
    new_repetition = (repetition + 1) * right
    second: Ints | int = 6
    if rules.overdue_credit and gap is not None:
        late = np.maximum(gap - interval, 0) * rules.overdue_credit // 100
        interval = interval + late * ((grade >= 4) & (repetition > 0))
        second = np.minimum(np.maximum(6, interval * ((grade >= 4) & (late > 0))), rules.max_interval)
    grown = -(-interval * ease // 100) if paper else (2 * interval * ease + 100) // 200
    new_interval = np.where(
        new_repetition > 2, np.minimum(grown, rules.max_interval), np.where(new_repetition == 2, second, 1)
    )
    if rules.max_interval < 6:
        new_interval = np.minimum(new_interval, np.where(right, rules.max_interval, 1))
    new_ease = np.maximum(ease + _STEPS[grade], EASE_FLOOR)
    return new_repetition, new_interval, np.where(right, new_ease, ease) if paper else new_ease


def replay_sm2(laid: Rounds, rules: Rules, into: NDArray[np.uint16] | None = None) -> Sm2Replay:
    """Every counted answer as a review, due or not; drills change nothing.

    `into`, a row for each of the log's and three columns, is where interval, ease and repetition are to lie; what they
    can't hold counts as the most they can.
    """
    n, cards = len(laid.grade), len(laid.cards)
    interval_before, ease_before, repetition_before = np.empty((3, n), dtype=np.int32) if into is None else into.T
    last = np.zeros(cards, dtype=np.int64), np.zeros(cards, dtype=np.int64), np.full(cards, 250, dtype=np.int64)
    most = np.iinfo(interval_before.dtype).max
    for part, _, rows in _blocks(laid):
        repetition, interval, ease = (state[part] for state in last)
        interval_before[rows], ease_before[rows] = np.minimum(interval, most), np.minimum(ease, most)
        repetition_before[rows] = np.minimum(repetition, most)
        counted = laid.gap[rows] != 0
        after = sm2_step(repetition, interval, ease, laid.grade[rows], rules, laid.gap[rows])
        for state, new in zip((repetition, interval, ease), after, strict=True):
            np.copyto(state, new, where=counted)
    return Sm2Replay(interval_before, ease_before, repetition_before, last)


@dataclass(frozen=True, slots=True)
class FsrsReplay:
    """FSRS's memory before each row (laid out by round; stability 0 and recall NaN at first answers) and at the end.

    Stability and difficulty before the rows are there only where they were asked for.
    """

    recall: Floats
    last: tuple[Floats, Floats]
    stability: Floats
    difficulty: Floats


_RATINGS = np.array(RATING, dtype=np.int64)


def replay_fsrs(laid: Rounds, weights: Weights, *, memories: bool = False) -> FsrsReplay:
    """Every row: recall before it, and the memory it leaves; the days that really passed.

    With `memories` stability and difficulty before each row are kept too.
    """
    memory = Memory(weights, arrays())
    n, cards = len(laid.grade), len(laid.cards)
    kept = n if memories else 0
    before = FsrsReplay(np.empty(n), (np.zeros(cards), np.zeros(cards)), np.empty(kept), np.empty(kept))
    first_s = np.array([0.0, *(memory.first_stability(r) for r in (1, 2, 3, 4))])
    first_d = np.array([0.0, *(memory.first_difficulty(r) for r in (1, 2, 3, 4))])
    for part, k, rows in _blocks(laid):
        stability, difficulty = (state[part] for state in before.last)
        if memories:
            before.stability[rows], before.difficulty[rows] = stability, difficulty
        marks, gap = _RATINGS[laid.grade[rows]], laid.gap[rows]
        if k == 0:
            before.recall[rows] = np.nan
            stability[:], difficulty[:] = first_s[marks], first_d[marks]
            continue
        recall = memory.recall(stability, gap)
        before.recall[rows] = recall
        stability[:], difficulty[:] = fsrs_step(memory, stability, difficulty, recall, marks, gap)
    return before


def fsrs_step(
    memory: Memory, stability: Floats, difficulty: Floats, recall: Floats, rating: Ints, gap: Ints
) -> tuple[Floats, Floats]:
    """`Memory.after` for many cards that all have a memory: stability and difficulty after one answer each."""
    new = np.empty_like(stability)
    bonus = np.array([0.0, 0.0, memory.w[15], 1.0, memory.w[16]])
    some = np.flatnonzero((gap > 0) & (rating > 1))
    new[some] = memory.recalled(stability[some], difficulty[some], recall[some], bonus[rating[some]])
    some = np.flatnonzero((gap > 0) & (rating == 1))
    if len(some):
        new[some] = memory.forgotten(stability[some], difficulty[some], recall[some])
    some = np.flatnonzero(gap <= 0)
    if len(some):
        new[some] = memory.same_day(stability[some], rating[some])
    return new, memory.difficulty(difficulty, rating)
