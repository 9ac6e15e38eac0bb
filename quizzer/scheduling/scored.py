"""The reviews of a log on which predictions are judged, with everything that the models ask about them.

Scored are the reviews on a later study day than the card's last, all of them. What is known of each before it was
answered is kept as small whole numbers; features are made of them a part at a time. In a long log most of the time
goes into fresh memory: what is small, used again, and fetched in one piece, is quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling import curve, metrics
from quizzer.scheduling.arrays import Rounds, replay_sm2
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.sm2 import Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Facts = NDArray[np.uint16]

PIECE = 524_288
"""Reviews that are looked at together: with fewer, two threads wait for each other more than for memory."""
_MOST = 65_535


@dataclass(frozen=True, slots=True)
class Scored:
    """The scored reviews in order of time. `row` is their place in the log, `laid` in its layout by round."""

    row: NDArray[np.int32]
    laid: NDArray[np.int32]
    day: Ints
    recalled: Bools
    bin_of: NDArray[np.int16]
    facts: Facts
    """What was known before each, see `_facts`."""

    def __len__(self) -> int:
        return len(self.row)

    def features(self, some: slice) -> NDArray[np.float32]:
        """What SM-2's curve looks at, a row for each of `some` scored reviews."""
        days, interval, ease, repetition, lapses, _, last, _ = self.facts[some].T
        return curve.features(days, interval, ease, repetition, lapses, last)

    def stand_in(self) -> Floats:
        """0.9^(days/interval) under SM-2, its author's variant."""
        out = np.empty(len(self))
        for part in pieces(len(self)):
            days, interval = self.facts[part, 0], self.facts[part, 1]
            np.exp(np.log(0.9) * (days / np.maximum(interval, 1)), out=out[part])
        return out


def scored(log: ReviewLog, layout: Rounds) -> Scored:
    """What is scored of a log."""
    row = np.flatnonzero((layout.gap > 0)[layout.place]).astype(np.int32)
    laid, by_round = layout.place[row], _facts(layout)
    bin_of, facts = np.empty(len(row), dtype=np.int32), np.empty((len(row), by_round.shape[1]), dtype=np.uint16)
    for part in pieces(len(row)):
        facts[part] = by_round[laid[part]]
        bin_of[part] = metrics.bins(facts[part, 0], facts[part, 5], facts[part, 4])
    return Scored(row, laid, log.day[row], log.grade[row] >= 3, metrics.numbered(bin_of), facts)


def pieces(n: int) -> Iterator[slice]:
    """n rows in parts that need little memory beside them."""
    for start in range(0, n, PIECE):
        yield slice(start, min(start + PIECE, n))


def fetched(values: Floats, at: Ints) -> Floats:
    """The values at those places."""
    out = np.empty(len(at))
    for part in pieces(len(at)):
        out[part] = values[at[part]]
    return out


def _facts(layout: Rounds) -> Facts:
    """Before each row of the layout: the days since the card's last counted answer; SM-2's interval, ease and
    repetition; its failures on a later day, its counted answers with this one, its last grade. Nothing there is above
    65,535 but in jest, and such a thing counts as that. A row lies in one piece, since rows are fetched in another
    order."""
    n, cards = len(layout.grade), len(layout.cards)
    facts = np.empty((n, 8), dtype=np.uint16)
    replay_sm2(layout, Rules(), facts[:, 1:4])
    # Counts run along the rounds: one addition a round, all cards at once.
    seen, failed, mark = (np.zeros(cards, dtype=np.int32) for _ in range(3))
    for rows in layout:
        size, gap, grade = rows.stop - rows.start, layout.gap[rows], layout.grade[rows]
        facts[rows, 0] = np.clip(gap, 0, _MOST)
        facts[rows, 4] = np.minimum(failed[:size], _MOST)
        facts[rows, 6] = mark[:size]
        takes_part = gap != 0
        seen[:size] += takes_part
        facts[rows, 5] = np.minimum(seen[:size], _MOST)
        failed[:size] += (gap > 0) & (grade < 3)
        np.copyto(mark[:size], grade, where=takes_part)
    return facts
