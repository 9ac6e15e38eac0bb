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
    held = np.clip(p, HELD, 1.0 - HELD)
    return -np.log(np.where(recalled, held, 1.0 - held))


def bins(gap: Ints, nth: Ints, lapses: Ints) -> Ints:
    """A bin for each review from the days since the last one, its number in the card's history, and earlier lapses.

    The bins of the public benchmark (open-spaced-repetition/srs-benchmark): floors of logarithms to 3.62, 1.89, 1.73.
    """
    key = np.floor(np.log(gap) / np.log(3.62)).astype(np.int64) * 64
    key = (key + np.floor(np.log(nth) / np.log(1.89)).astype(np.int64)) * 64
    some = np.maximum(lapses, 1)
    key += np.where(lapses > 0, np.floor(np.log(some) / np.log(1.73)).astype(np.int64) + 1, 0)
    return np.unique(key, return_inverse=True)[1]


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
    order = np.argsort(p)
    ordered = p[order]
    fresh = np.ones(len(p), dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(fresh)
    ends = np.append(starts[1:], len(p))
    rank = ((starts + ends + 1) / 2.0)[np.cumsum(fresh) - 1]
    return float((rank[recalled[order]].sum() - right * (right + 1) / 2.0) / (right * wrong))


EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


def calibration(p: Floats, recalled: Bools) -> list[CalibrationRow]:
    """Predicted against recalled, by ranges of the prediction; empty ranges left out."""
    place = np.clip(np.searchsorted(EDGES, p, side="right") - 1, 0, len(EDGES) - 2)
    size = len(EDGES) - 1
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


def intervals(differences: Iterable[Floats], day: Ints, samples: int = 2000) -> list[tuple[float, float, float]]:
    """Of each mean difference the low end of its 95 % interval, itself, the high end: a bootstrap over study days.

    The draws come from a fixed seed: the same log gives the same interval.
    """
    _, block = np.unique(day, return_inverse=True)
    counts = np.bincount(block).astype(float)
    generator = np.random.default_rng(20_261_124)  # noqa: TID251 - a fixed seed, no question's
    drawn = generator.multinomial(len(counts), np.full(len(counts), 1.0 / len(counts)), size=samples)
    total, out = drawn @ counts, []
    for difference in differences:
        low, high = np.quantile((drawn @ np.bincount(block, weights=difference)) / total, [0.025, 0.975])
        out.append((float(low), float(difference.mean()), float(high)))
    return out
