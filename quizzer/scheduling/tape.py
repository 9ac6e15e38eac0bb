"""A log laid out for FSRS's loss: what a replay forward leaves for the way back, an array for each quantity.

Answers are of three sorts: recalled on a later day, forgotten on a later day, given on the same day. Within a round
(an answer of each card that has so many) they stand in this order, so that each sort of a round is a slice of the
arrays that hold a quantity for all answers of that sort.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling.arrays import Rounds
from quizzer.scheduling.fsrs import RATING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_RATINGS = np.array(RATING, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Part:
    """A round's places in the arrays over all answers (`rows`), over those on a later day, and over each sort.

    `source` is where each of its cards stood in the round before.
    """

    source: Ints
    rows: slice
    later: slice
    recalled: slice
    forgotten: slice
    same: slice


class Tape:
    """The rounds of a log after the first, and room for what a replay finds there.

    `first` is each card's first rating (1 to 4). `later`, `recalled`, `forgotten` and `same` are where such answers
    stand among all; `gap` (days) and `right` belong to the later ones; `harder` is (rating - 3)/9 of all.
    """

    def __init__(self, laid: Rounds) -> None:
        self.first = _RATINGS[laid.grade[: len(laid.cards)]]
        sources, counts, gaps, ratings = [], [], [], []
        stood = np.arange(len(laid.cards))
        for rows in list(laid)[1:]:
            gap, rating = laid.gap[rows], _RATINGS[laid.grade[rows]]
            sort = np.where(gap > 0, rating == 1, 2).astype(np.int8)
            order = np.argsort(sort, kind="stable")
            sources.append(stood[order])
            stood = np.empty(len(order), dtype=np.int64)
            stood[order] = np.arange(len(order))
            counts.append(np.bincount(sort, minlength=3))
            gaps.append(gap[order])
            ratings.append(rating[order])
        sizes = np.array(counts, dtype=np.int64).reshape(-1, 3)
        columns = (sizes.sum(axis=1), sizes[:, :2].sum(axis=1), *sizes.T)
        self.rounds = [Part(*parts) for parts in zip(sources, *map(_slices, columns), strict=True)]
        sort = np.repeat(np.tile(np.arange(3), len(sizes)), sizes.ravel())
        rating = np.concatenate(ratings) if ratings else np.zeros(0, dtype=np.int64)
        self.later, self.recalled, self.forgotten, self.same = (
            np.flatnonzero(mask) for mask in (sort < 2, sort == 0, sort == 1, sort == 2)
        )
        self.gap = (np.concatenate(gaps) if gaps else np.zeros(0))[self.later].astype(float)
        self.right = sort[self.later] == 0
        self.harder = (rating - 3) / 9.0
        self.recalled_rating, self.same_rating = rating[self.recalled], rating[self.same]
        self.s, self.d, self.new, self.inner, self.next_d = (np.empty(len(rating)) for _ in range(5))
        self.v, self.log_u, self.r = (np.empty(len(self.later)) for _ in range(3))
        self.log_s, self.lift, self.room, self.grown, self.gain = (np.empty(len(self.recalled)) for _ in range(5))
        self.log_d, self.log_1s, self.scale, self.long, self.short = (np.empty(len(self.forgotten)) for _ in range(5))
        self.same_log_s, self.change = (np.empty(len(self.same)) for _ in range(2))


def _slices(sizes: Ints) -> list[slice]:
    return [slice(start, end) for start, end in pairwise([0, *np.cumsum(sizes).tolist()])]
