"""How well predicted probabilities of recall agree with what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

_MANY = 200_000
HELD = 1e-4
"""Probabilities are held this far from 0 and 1, so that one surprise can't decide a comparison."""


class CalibrationRow(TypedDict):
    """Of the reviews predicted between `low` and `high`: how many, predicted on average, recalled in fact."""

    low: float
    high: float
    n: int
    predicted: float
    recalled: float


def losses(p: Floats, recalled: Bools) -> Floats:
    """The log loss of each prediction."""
    held = p - ~recalled  # p, or p - 1
    np.abs(held, out=held)
    np.clip(held, HELD, 1.0 - HELD, out=held)
    np.log(held, out=held)
    return np.negative(held, out=held)


def bins(gap: Ints, nth: Ints, lapses: Ints) -> NDArray[np.int32]:
    """A bin for each review from the days since the last one, its number in the card's history, and earlier lapses.

    The bins of the public benchmark (open-spaced-repetition/srs-benchmark): floors of logarithms to 3.62, 1.89, 1.73.
    """
    if not len(gap):
        return np.zeros(0, dtype=np.int32)
    key = _floors(gap, 3.62)
    key *= 64
    key += _floors(nth, 1.89)
    key *= 64
    key += _floors(lapses, 1.73, zero=-1)
    key += 1
    return key


def numbered(bin_of: NDArray[np.int32]) -> NDArray[np.int16]:
    """Bins in the same order, but numbered without a gap. A table is quicker than sorting a million of them."""
    if not len(bin_of):
        return bin_of.astype(np.int16)
    there = np.zeros(int(bin_of.max()) + 1, dtype=bool)
    there[bin_of] = True
    number = np.cumsum(there, dtype=np.int16) - np.int16(1)
    found: NDArray[np.int16] = number[bin_of]
    return found


def _floors(number: Ints, base: float, zero: int = 0) -> NDArray[np.int32]:
    """The floor of the logarithm to `base` of whole numbers, `zero` for 0; by a table of all up to the greatest."""
    table = np.floor(np.log(np.maximum(np.arange(int(number.max()) + 1), 1)) / np.log(base)).astype(np.int32)
    table[0] = zero
    found: NDArray[np.int32] = table[number]
    return found


class BinErrors:
    """The sum of (prediction - recalled) in each bin, over as many parts of a log as are added."""

    def __init__(self, counts: Ints) -> None:
        self._counts, self._sums = np.maximum(counts, 1), np.zeros(len(counts))

    def add(self, error: Floats, bin_of: Ints) -> None:
        """Take in some reviews."""
        self._sums += np.bincount(bin_of, weights=error, minlength=len(self._sums))

    def rmse(self) -> float:
        """The root of the weighted mean square of (mean prediction - share recalled) over the bins."""
        return float(np.sqrt((self._sums**2 / self._counts).sum() / self._counts.sum()))

    def influence(self, error: Floats, bin_of: Ints) -> Floats:
        """What each of these reviews moves `rmse` by: the mean square, (sum of errors)²/count summed over bins and
        divided by all, moves by 2 gap error - gap² - itself."""
        gap, rmse = self._sums / self._counts, self.rmse()
        moved = error * (2.0 * gap)[bin_of]
        moved -= (gap**2 + rmse**2)[bin_of]
        moved /= max(2.0 * rmse, 1e-12) * float(self._counts.sum())
        return moved


def auc(p: Floats, recalled: Bools) -> float | None:
    """The chance that a recalled review was predicted above a forgotten one, ties half; None with only one sort."""
    right = int(recalled.sum())
    wrong = len(recalled) - right
    if not right or not wrong:
        return None
    # Positive floats sort as their bits do. With the last bit for the outcome one sort of whole numbers does, which is
    # several times as quick as an order of floats; two predictions that differ in it alone count as equal. In a long
    # log seven digits will do: so few pairs lie nearer that no digit shown depends on them.
    keys = p.astype(np.float64).view(np.int64) if len(p) < _MANY else p.astype(np.float32).view(np.int32)
    keys &= ~1
    keys |= recalled
    keys.sort()
    up_to = np.cumsum(keys & 1, dtype=keys.dtype)
    keys >>= 1
    # Ends of runs of equal predictions: among them, and below them, so many were recalled and forgotten.
    ends = np.append(np.flatnonzero(keys[1:] != keys[:-1]) + 1, len(keys))
    up_to = np.append(0, up_to[ends - 1].astype(np.int64))
    recalls, below = np.diff(up_to), np.append(0, ends[:-1]) - up_to[:-1]
    forgotten = np.diff(np.append(0, ends)) - recalls
    return float((recalls * (below + forgotten / 2.0)).sum() / (right * float(wrong)))


EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
LEVELS = 500
"""Steps in which predictions are counted; every edge is a multiple of their reciprocal."""


class Levels:
    """How many reviews were recalled, and how many forgotten, at each level of the prediction, over as many parts of a
    log as are added."""

    def __init__(self) -> None:
        self._said, self._counts = np.zeros(LEVELS), np.zeros(2 * LEVELS, dtype=np.int64)

    def add(self, p: Floats, recalled: Bools) -> None:
        """Take in some reviews."""
        cell = self._cell(p, recalled)
        self._counts += np.bincount(cell, minlength=2 * LEVELS)
        self._said += np.bincount(cell >> 1, weights=p, minlength=LEVELS)

    @staticmethod
    def _cell(p: Floats, recalled: Bools) -> NDArray[np.int32]:
        level = (p * LEVELS).astype(np.int32)
        np.clip(level, 0, LEVELS - 1, out=level)
        level <<= 1
        level += recalled
        return level

    def calibration(self) -> list[CalibrationRow]:
        """Predicted against recalled, by ranges of the prediction; empty ranges left out."""
        place = np.searchsorted(EDGES, (np.arange(LEVELS) + 0.5) / LEVELS, side="right") - 1
        wrong, right = self._counts.reshape(LEVELS, 2).T
        counts, said, done = (np.bincount(place, weights=column) for column in (wrong + right, self._said, right))
        return [
            CalibrationRow(
                low=EDGES[i],
                high=EDGES[i + 1],
                n=int(counts[i]),
                predicted=round(float(said[i] / counts[i]), 4),
                recalled=round(float(done[i] / counts[i]), 4),
            )
            for i in range(len(EDGES) - 1)
            if counts[i]
        ]

    def auc_influence(self, p: Floats, recalled: Bools, found: float) -> Floats:
        """What each of these reviews moves the area under the curve by, which is `found`: how many of the other sort
        it is on the right side of, against the mean; predictions at one level count as equal."""
        wrong, right = self._counts.reshape(LEVELS, 2).T
        wrongs, rights = max(int(wrong.sum()), 1), max(int(right.sum()), 1)
        won = (np.cumsum(wrong) - wrong / 2) / wrongs
        lost = (rights - np.cumsum(right) + right / 2) / rights
        table = np.stack([(lost - found) / wrongs, (won - found) / rights], axis=1).ravel()
        influence: Floats = table[self._cell(p, recalled)]
        return influence
