"""How well predicted probabilities of recall agree with what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
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
    # Numbered without a gap, in the order of the keys: a table is quicker than sorting a million of them.
    number = np.cumsum(np.bincount(key) > 0, dtype=np.int32) - 1
    found: NDArray[np.int32] = number[key]
    return found


def _floors(number: Ints, base: float, zero: int = 0) -> NDArray[np.int32]:
    """The floor of the logarithm to `base` of whole numbers, `zero` for 0; by a table of all up to the greatest."""
    table = np.floor(np.log(np.maximum(np.arange(int(number.max()) + 1), 1)) / np.log(base)).astype(np.int32)
    table[0] = zero
    found: NDArray[np.int32] = table[number]
    return found


def rmse_bins(p: Floats, recalled: Bools, bin_of: Ints) -> tuple[float, Floats]:
    """The root of the weighted mean square of (mean prediction - share recalled) over the bins, and what each review
    moves it by."""
    counts, n = np.maximum(np.bincount(bin_of), 1), len(p)
    error = p - recalled
    gap = np.bincount(bin_of, weights=error) / counts
    square = float((counts * gap**2).sum()) / n
    found = square**0.5
    # The mean square is the sum over bins of (sum of errors)²/count, over n: it moves by 2 gap error - gap² - itself.
    error *= (2.0 * gap)[bin_of]
    error -= (gap**2 + square)[bin_of]
    error /= max(2.0 * found, 1e-12) * n
    return found, error


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
    up_to = np.cumsum(keys & 1, dtype=np.int64)
    keys >>= 1
    # Ends of runs of equal predictions: among them, and below them, so many were recalled and forgotten.
    ends = np.append(np.flatnonzero(keys[1:] != keys[:-1]) + 1, len(keys))
    up_to = np.append(0, up_to[ends - 1])
    recalls, below = np.diff(up_to), np.append(0, ends[:-1]) - up_to[:-1]
    forgotten = np.diff(np.append(0, ends)) - recalls
    return float((recalls * (below + forgotten / 2.0)).sum() / (right * float(wrong)))


EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
LEVELS = 500
"""Steps in which predictions are counted; every edge is a multiple of their reciprocal."""


class Levels:
    """How many reviews were recalled, and how many forgotten, at each level of the prediction."""

    def __init__(self, p: Floats, recalled: Bools) -> None:
        level = (p * LEVELS).astype(np.int32)
        np.clip(level, 0, LEVELS - 1, out=level)
        self._said = np.bincount(level, weights=p, minlength=LEVELS)
        level *= 2
        level += recalled
        self._cell = level
        self._wrong, self._right = np.bincount(level, minlength=2 * LEVELS).reshape(LEVELS, 2).T

    def calibration(self) -> list[CalibrationRow]:
        """Predicted against recalled, by ranges of the prediction; empty ranges left out."""
        place = np.searchsorted(EDGES, (np.arange(LEVELS) + 0.5) / LEVELS, side="right") - 1
        counts, said, done = (
            np.bincount(place, weights=column) for column in (self._wrong + self._right, self._said, self._right)
        )
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

    def auc_influence(self, found: float) -> Floats:
        """What each review moves the area under the curve by, which is `found`: how many of the other sort it is on
        the right side of, against the mean; predictions at one level count as equal."""
        right, wrong = max(int(self._right.sum()), 1), max(int(self._wrong.sum()), 1)
        won = (np.cumsum(self._wrong) - self._wrong / 2) / wrong
        lost = (right - np.cumsum(self._right) + self._right / 2) / right
        influence: Floats = np.stack([(lost - found) / wrong, (won - found) / right], axis=1).ravel()[self._cell]
        return influence
