"""What each model predicts of the scored reviews, from nothing but the reviews before.

In order of time the scored reviews make six equal parts, and each part is predicted by models fitted to everything
before it, as the public benchmark does (open-spaced-repetition/srs-benchmark). It leaves the first part out; here it
is divided again, each piece four times the one before, and the first 64 reviews are predicted by the priors (published
parameters, a curve from theory).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from quizzer.scheduling import curve, fitting
from quizzer.scheduling.arrays import Rounds, replay_fsrs, rounds
from quizzer.scheduling.fsrs import DEFAULTS
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.scored import Scored, fetched, pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

PARTS = 6
FIRST = 64
MANY = 300_000
"""Scored reviews above which a log is a very long one."""
FIT_ROWS = 20_000
"""A fit on the way looks at about this many rows (FSRS's: at the whole histories of so many cards)."""

WHAT = {
    "constant": "the share recalled so far, for every card alike",
    "moving-average": "the share recalled lately, for every card alike",
    "sm2": "SM-2 makes no prediction; 0.9^(days/interval) is the usual stand-in",
    "sm2-curve": "SM-2 with a forgetting curve fitted to the reviews before",
    "fsrs": "FSRS-6 with its published parameters",
    "fsrs-fitted": "FSRS-6 with parameters fitted to the reviews before",
}


def parts(n: int) -> list[tuple[int, int]]:
    """Where each part of n scored reviews begins and ends: 64, four times that … up to a sixth, then sixths.

    >>> parts(3000)
    [(0, 64), (64, 256), (256, 500), (500, 1000), (1000, 1500), (1500, 2000), (2000, 2500), (2500, 3000)]
    """
    # In a very long log a little more of the past changes no parameter: fits are fewer, at sixteen and three times.
    times, later = (16, (1, 3, PARTS)) if n > MANY else (4, range(1, PARTS + 1))
    early = [FIRST * times**k for k in range(n.bit_length()) if FIRST * times**k < n // PARTS]
    return list(pairwise([0, *early, *(n * k // PARTS for k in later)]))


def models(log: ReviewLog, layout: Rounds, seen: Scored) -> dict[str, Callable[[], Floats]]:
    """How each model's predictions come about: the longest work first, last what keeps other threads waiting."""
    return {
        "fsrs-fitted": lambda: _fsrs_fitted(log, layout, seen),
        "fsrs": lambda: fetched(replay_fsrs(layout, DEFAULTS).recall, seen.laid),
        "sm2-curve": lambda: _sm2_curve(seen),
        "sm2": seen.stand_in,
        "constant": lambda: _constant(seen.recalled),
        "moving-average": lambda: _moving_average(seen.recalled),
    }


def _constant(recalled: Bools) -> Floats:
    """The share recalled before each review, with nine of ten before the first."""
    known: Floats = np.cumsum(recalled, dtype=float)
    known -= recalled
    known += 1.8
    known /= np.arange(2.0, len(recalled) + 2.0)
    return known


def _moving_average(recalled: Bools) -> Floats:
    """The benchmark's MOVING-AVG: an intercept that follows the stream, and no memory of any card."""
    x, out = 1.2, np.empty(len(recalled))
    for start in range(0, len(recalled), 65_536):
        said = []
        for y in recalled[start : start + 65_536].tolist():
            p = 1.0 / (1.0 + exp(-x))
            said.append(p)
            x += 0.3 * (y - p)
        out[start : start + 65_536] = said
    return out


def _sm2_curve(seen: Scored) -> Floats:
    """SM-2's curve, fitted before each part to the reviews before it."""
    out = np.empty(len(seen))
    for start, end in parts(len(seen)):
        stride = slice(0, start, 1 + start // FIT_ROWS)
        bent = curve.fit(seen.features(stride), seen.recalled[stride])
        for part in pieces(end - start):
            some = slice(start + part.start, start + part.stop)
            out[some] = curve.recall(bent, seen.features(some))
    return out


def _fsrs_fitted(log: ReviewLog, layout: Rounds, seen: Scored) -> Floats:
    """FSRS, fitted before each part to the reviews before it."""
    out, weights = np.empty(len(seen)), DEFAULTS
    for start, end in parts(len(seen)):
        if start:
            weights = fitting.fit(log.until(int(seen.row[start])), weights, most_rows=FIT_ROWS, evaluations=20,
                                  gain=1e-5)  # fmt: skip
        stop = int(seen.row[end - 1]) + 1
        short = layout if 2 * stop >= len(log) else rounds(log.until(stop))
        laid = seen.laid[start:end] if short is layout else short.place[seen.row[start:end]]
        out[start:end] = fetched(replay_fsrs(short, weights).recall, laid)
    return out
