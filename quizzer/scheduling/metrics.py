"""How well predicted probabilities of recall agree with what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

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
    held = np.where(recalled, p, 1.0 - p)
    np.clip(held, HELD, 1.0 - HELD, out=held)
    np.log(held, out=held)
    return np.negative(held, out=held)


def bins(gap: Ints, nth: Ints, lapses: Ints) -> Ints:
    """A bin for each review from the days since the last one, its number in the card's history, and earlier lapses.

    The bins of the public benchmark (open-spaced-repetition/srs-benchmark): floors of logarithms to 3.62, 1.89, 1.73.
    """
    key = _floors(gap, 3.62) * 64
    key = (key + _floors(nth, 1.89)) * 64
    key += np.where(lapses > 0, _floors(np.maximum(lapses, 1), 1.73) + 1, 0)
    # Numbered without a gap, in the order of the keys: a table is quicker than sorting a million of them.
    there = np.bincount(key) > 0 if len(key) else np.zeros(0, dtype=bool)
    number: Ints = np.cumsum(there)[key] - 1
    return number


def _floors(number: Ints, base: float) -> Ints:
    """The floor of the logarithm to `base` of whole numbers from 1, by a table of all up to the greatest."""
    if not len(number):
        return number
    table = np.floor(np.log(np.maximum(np.arange(int(number.max()) + 1), 1)) / np.log(base)).astype(np.int64)
    found: Ints = table[number]
    return found


def rmse_bins(p: Floats, recalled: Bools, bin_of: Ints) -> float:
    """The root of the weighted mean square of (mean prediction - share recalled) over the bins."""
    counts = np.bincount(bin_of)
    gap = (np.bincount(bin_of, weights=p) - np.bincount(bin_of, weights=recalled)) / np.maximum(counts, 1)
    return float(np.sqrt((counts * gap**2).sum() / counts.sum()))


def auc(p: Floats, recalled: Bools) -> float | None:
    """The chance that a recalled review was predicted above a forgotten one, ties half; None with only one sort."""
    right = int(recalled.sum())
    wrong = len(recalled) - right
    if not right or not wrong:
        return None
    # Positive floats sort as their bits do. With the last bit for the outcome one sort of whole numbers does, which is
    # several times as quick as an order of floats; two predictions that differ in it alone count as equal.
    keys = p.astype(np.float64).view(np.int64)
    keys &= ~1
    keys |= recalled
    keys.sort()
    keys, outcome = keys >> 1, (keys & 1).astype(np.int64)
    ends = np.append(np.flatnonzero(keys[1:] != keys[:-1]) + 1, len(keys))
    # Ends of runs of equal predictions: among them, and below them, so many were recalled and forgotten.
    up_to = np.append(0, np.cumsum(outcome)[ends - 1])
    recalls, below = np.diff(up_to), np.append(0, ends[:-1]) - up_to[:-1]
    forgotten = np.diff(np.append(0, ends)) - recalls
    return float((recalls * (below + forgotten / 2.0)).sum() / (right * float(wrong)))


EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
_STEPS = 20
"""All edges are multiples of its reciprocal."""


def calibration(p: Floats, recalled: Bools) -> list[CalibrationRow]:
    """Predicted against recalled, by ranges of the prediction; empty ranges left out."""
    size = len(EDGES) - 1
    fine = np.searchsorted(EDGES, (np.arange(_STEPS) + 0.5) / _STEPS, side="right") - 1
    place = fine[np.clip((p * _STEPS).astype(np.int64), 0, _STEPS - 1)]
    counts = np.bincount(place, minlength=size)
    said, done = np.bincount(place, weights=p, minlength=size), np.bincount(place, weights=recalled, minlength=size)
    return [
        CalibrationRow(
            low=EDGES[i],
            high=EDGES[i + 1],
            n=int(counts[i]),
            predicted=round(float(said[i] / counts[i]), 4),
            recalled=round(float(done[i] / counts[i]), 4),
        )
        for i in range(size)
        if counts[i]
    ]


def intervals(differences: Iterable[Floats], day: Ints, samples: int = 1000) -> list[tuple[float, float, float]]:
    """Of each mean difference the low end of its 95 % interval, itself, the high end: a bootstrap over study days.

    The draws come from a fixed seed: the same log gives the same interval.
    """
    _, block = np.unique(day, return_inverse=True)
    counts = np.bincount(block).astype(float)
    generator = np.random.default_rng(20_261_124)  # noqa: TID251 - a fixed seed, no question's
    drawn = generator.multinomial(len(counts), np.full(len(counts), 1.0 / len(counts)), size=samples).astype(float)
    given = list(differences)
    sums = np.stack([counts, *(np.bincount(block, weights=difference) for difference in given)])
    drawn_sums = drawn @ sums.T
    ends = np.quantile(drawn_sums[:, 1:] / drawn_sums[:, :1], [0.025, 0.975], axis=0)
    return [
        (float(low), float(difference.mean()), float(high)) for difference, low, high in zip(given, *ends, strict=True)
    ]
