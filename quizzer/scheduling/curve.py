"""SM-2 with a forgetting curve: the probability that SM-2 itself doesn't give, from a small logistic model.

The features are what SM-2 knows of a card. The prior is where theory puts the curve: 0.9 at the planned day, falling
with the logarithm of the time as a power law does. It holds while there is little data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]
    Floats = NDArray[np.float64]
    Rows = NDArray[np.float32]
    Bools = NDArray[np.bool_]

NAMES = ("at the planned day", "ln days", "ln interval", "ln² (days/interval)", "ease", "ln repetitions", "ln lapses",
         "last grade")  # fmt: skip
PRIOR = (2.2, -0.4, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0)
_WIDTH = np.array([1.0, 0.3, 0.3, 0.1, 0.5, 0.3, 0.4, 0.2])


def features(gap: Ints, interval: Ints, ease: Ints, repetition: Ints, lapses: Ints, last_grade: Ints) -> Rows:
    """A row a review from SM-2's state before it (ease in hundredths) and the study days since the last answer.

    Each feature lies in one piece of memory, as `recall` reads them.
    """
    rows = np.empty((len(NAMES), len(gap)), dtype=np.float32).T  # half the memory; seven digits are plenty here
    days, planned = _logarithms(gap), _logarithms(np.maximum(interval, 1))
    rows[:, 0], rows[:, 1], rows[:, 2] = 1.0, days, planned
    days -= planned
    np.square(days, out=rows[:, 3])
    rows[:, 4] = ease
    rows[:, 4] -= 250
    rows[:, 4] /= 100
    rows[:, 5], rows[:, 6] = _logarithms(repetition, 1), _logarithms(lapses, 1)
    rows[:, 7] = last_grade
    rows[:, 7] -= 4
    return rows


def _logarithms(number: Ints, more: int = 0) -> NDArray[np.float32]:
    """Of whole numbers and `more`, by a table of all up to the greatest; 0 for 0."""
    if not len(number):
        return np.zeros(0, dtype=np.float32)
    every = np.arange(more, int(number.max()) + more + 1, dtype=np.float32)
    found: NDArray[np.float32] = np.log(np.maximum(every, 1))[number]
    return found


def recall(curve: tuple[float, ...], rows: Rows) -> Floats:
    """The probability of recall of each row of features."""
    odds = rows[:, 0] * np.float32(curve[0])
    for k in range(1, len(curve)):
        odds += rows[:, k] * np.float32(curve[k])
    np.clip(odds, -30.0, 30.0, out=odds)
    result: Floats = np.negative(odds, dtype=np.float64)
    np.exp(result, out=result)
    result += 1.0
    np.reciprocal(result, out=result)
    return result


def fit(rows: Rows, recalled: Bools) -> tuple[float, ...]:
    """The curve for these reviews: Newton's method on the penalised log loss; the prior without any."""
    centre, weight = np.array(PRIOR), np.diag(1.0 / _WIDTH**2)
    now, rows = centre.copy(), rows.astype(np.float64, order="C")
    for _ in range(25 if len(rows) else 0):
        p = 1.0 / (1.0 + np.exp(-np.clip(rows @ now, -30.0, 30.0)))
        slope = rows.T @ (p - recalled) + weight @ (now - centre)
        bend = (rows * (p * (1.0 - p))[:, None]).T @ rows + weight
        step = np.linalg.solve(bend, slope)
        # A long step can overshoot where the curve is nearly flat.
        now = now - step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < 1e-8:
            break
    return tuple(round(float(value), 6) for value in now)
