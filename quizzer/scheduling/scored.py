"""The reviews of a log on which predictions are judged, with everything that the models ask about them.

Scored are the reviews on a later study day than the card's last, all of them.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Scored:
    """The scored reviews in order of time. `row` is their place in the log, `laid` in its layout by round."""

    row: Ints
    laid: Ints
    day: Ints
    recalled: Bools
    bin_of: NDArray[np.int32]
    features: NDArray[np.float32]
    stand_in: Floats
    """0.9^(days/interval) under SM-2, its author's variant."""

    def __len__(self) -> int:
        return len(self.row)


def scored(log: ReviewLog, layout: Rounds) -> Scored:
    """What is scored of a log."""
    row = np.flatnonzero((layout.gap > 0)[layout.place])
    laid = layout.place[row]
    counted, lapses, last = _counts(layout)
    days, lapses = layout.gap[laid], lapses[laid]
    bin_of = metrics.bins(days, counted[laid] + 1, lapses)
    del counted
    sm2 = replay_sm2(layout, Rules())
    interval = np.maximum(sm2.interval[laid], 1)
    features = curve.features(days, interval, sm2.ease[laid], sm2.repetition[laid], lapses, last[laid])
    del sm2
    stand_in = days / interval
    stand_in *= np.log(0.9)
    np.exp(stand_in, out=stand_in)
    return Scored(row, laid, log.day[row], log.grade[row] >= 3, bin_of, features, stand_in)


def _counts(layout: Rounds) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    """Before each row of the layout: the card's counted answers, its failures on a later day, its last grade."""
    n, cards = len(layout.grade), len(layout.cards)
    # They run along the rounds: one addition a round, all cards at once.
    counted, lapses, last = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int8)
    seen, failed, mark = np.zeros(cards, np.int32), np.zeros(cards, np.int32), np.zeros(cards, np.int8)
    for rows in layout:
        size, gap, grade = rows.stop - rows.start, layout.gap[rows], layout.grade[rows]
        counted[rows], lapses[rows], last[rows] = seen[:size], failed[:size], mark[:size]
        takes_part = gap != 0
        seen[:size] += takes_part
        failed[:size] += (gap > 0) & (grade < 3)
        np.copyto(mark[:size], grade, where=takes_part)
    return counted, lapses, last
