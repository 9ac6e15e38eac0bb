"""Fitting FSRS's parameters to a log: the least log loss with a Gaussian prior at the published parameters.

The prior's width is a quarter of each parameter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from quizzer.scheduling.arrays import rounds
from quizzer.scheduling.descent import minimise
from quizzer.scheduling.fsrs import DEFAULTS, LEAST, MOST, Weights
from quizzer.scheduling.loss import Loss
from quizzer.scheduling.reviewlog import ReviewLog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""
MOST_ROWS = 200_000
"""Above this, a fit takes a share of the cards: more rows no longer change the parameters that matter."""
_WIDTH = np.maximum(0.25 * np.abs(np.array(DEFAULTS)), 0.01)
_CENTRE, _LEAST, _MOST = np.array(DEFAULTS), np.array(LEAST), np.array(MOST)


def nobody(done: int, total: int) -> None:
    """Nobody waits for this."""


def fit(
    log: ReviewLog,
    start: Weights = DEFAULTS,
    *,
    most_rows: int = MOST_ROWS,
    evaluations: int = 80,
    gain: float = 1e-6,
    progress: Progress = nobody,
) -> Weights:
    """FSRS's parameters for a log, from `start`; the published ones where nothing can be learnt from it.

    `evaluations` and `gain` bound the search, see `minimise`; `progress` is told how far it may be.
    """
    laid = rounds(_some_cards(log, most_rows))
    loss = Loss(laid)
    if not loss.scored:
        return DEFAULTS
    asked = 0
    strength = 3.0 if loss.scored < 1000 else 1.0

    def penalised(x: Floats) -> tuple[float, Floats]:
        nonlocal asked
        asked += 1
        progress(asked, evaluations)
        value, slope = loss(_CENTRE + x * _WIDTH)
        return (value + 0.5 * strength * float(x @ x)) / loss.scored, (slope * _WIDTH + strength * x) / loss.scored

    low, high = (_LEAST - _CENTRE) / _WIDTH, (_MOST - _CENTRE) / _WIDTH
    found, _ = minimise(penalised, (np.array(start) - _CENTRE) / _WIDTH, low, high, evaluations=evaluations, gain=gain)
    progress(evaluations, evaluations)
    weights = np.clip(_CENTRE + found * _WIDTH, _LEAST, _MOST)
    return tuple(round(float(weight), 6) for weight in weights)


def _some_cards(log: ReviewLog, most: int) -> ReviewLog:
    """Whole histories of a share of the cards, picked by their numbers alone."""
    if len(log) <= most:
        return log
    picked = (log.card.astype(np.uint32) * np.uint32(2_654_435_761) >> np.uint32(16)) < 65_536 * most // len(log)
    return ReviewLog(log.card[picked], log.day[picked], log.grade[picked])
