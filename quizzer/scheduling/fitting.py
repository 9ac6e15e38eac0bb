"""Fitting FSRS's parameters to a log: the log loss of a replay and its gradient by a hand-written reverse pass.

The loss is summed over answers on a later study day than the card's last, with a Gaussian prior at the published
parameters whose width is a quarter of each. C library functions will do here: no state depends on the last bit.
"""

from __future__ import annotations

from math import log as ln
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.scheduling.arrays import Rounds, rounds
from quizzer.scheduling.descent import minimise
from quizzer.scheduling.fsrs import DEFAULTS, LEAST, LEAST_STABILITY, MOST, MOST_STABILITY, RATING, Weights
from quizzer.scheduling.reviewlog import ReviewLog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

MOST_ROWS = 200_000
"""Above this, a fit takes a share of the cards: more rows no longer change the parameters that matter."""
_WIDTH = np.maximum(0.25 * np.abs(np.array(DEFAULTS)), 0.01)
_CENTRE, _LEAST, _MOST = np.array(DEFAULTS), np.array(LEAST), np.array(MOST)
_RATINGS = np.array(RATING, dtype=np.int64)
_HELD = 1e-5
"""Probabilities are held this far from 0 and 1 in the loss."""


def fit(
    log: ReviewLog,
    start: Weights = DEFAULTS,
    *,
    most_rows: int = MOST_ROWS,
    evaluations: int = 80,
    gain: float = 1e-6,
) -> Weights:
    """FSRS's parameters for a log, from `start`; the published ones where nothing can be learnt from it.

    `evaluations` and `gain` bound the search, see `minimise`.
    """
    laid = rounds(_some_cards(log, most_rows))
    loss = Loss(laid)
    if not loss.scored:
        return DEFAULTS
    strength = 3.0 if loss.scored < 1000 else 1.0

    def penalised(x: Floats) -> tuple[float, Floats]:
        value, slope = loss(_CENTRE + x * _WIDTH)
        return (value + 0.5 * strength * float(x @ x)) / loss.scored, (slope * _WIDTH + strength * x) / loss.scored

    low, high = (_LEAST - _CENTRE) / _WIDTH, (_MOST - _CENTRE) / _WIDTH
    found, _ = minimise(penalised, (np.array(start) - _CENTRE) / _WIDTH, low, high, evaluations=evaluations, gain=gain)
    weights = np.clip(_CENTRE + found * _WIDTH, _LEAST, _MOST)
    return tuple(round(float(weight), 6) for weight in weights)


def _some_cards(log: ReviewLog, most: int) -> ReviewLog:
    """Whole histories of a share of the cards, picked by their numbers alone."""
    if len(log) <= most:
        return log
    picked = (log.card * 2_654_435_761) % 65_536 < 65_536 * most // len(log)
    return ReviewLog(log.card[picked], log.day[picked], log.grade[picked])


class Loss:
    """The summed log loss of a log laid out by round, as a function of the 21 parameters, with its gradient."""

    def __init__(self, laid: Rounds) -> None:
        self.cards = len(laid.cards)
        self.first = _RATINGS[laid.grade[: self.cards]]
        self.rounds: list[tuple[Any, ...]] = []
        self.scored = 0
        for rows in list(laid)[1:]:
            gap, rating = laid.gap[rows], _RATINGS[laid.grade[rows]]
            later = gap > 0
            self.scored += int(later.sum())
            recalled, forgotten = np.flatnonzero(later & (rating > 1)), np.flatnonzero(later & (rating == 1))
            same = np.flatnonzero(~later)
            self.rounds.append((gap.astype(float), rating.astype(float), later, recalled, forgotten, same))

    def __call__(self, w: Floats) -> tuple[float, Floats]:
        """The loss and its gradient."""
        factor = 0.9 ** (-1.0 / w[20]) - 1.0
        goal, slope = w[4] - np.exp(3.0 * w[5]) + 1.0, np.zeros(21)
        stability = np.clip(w[self.first - 1], LEAST_STABILITY, MOST_STABILITY)
        raw = w[4] - np.exp(w[5] * (self.first - 1)) + 1.0
        difficulty = np.clip(raw, 1.0, 10.0)
        tape, total = [], 0.0
        bonus = np.array([0.0, 0.0, w[15], 1.0, w[16]])
        for gap, rating, later, recalled, forgotten, same in self.rounds:
            size = len(gap)
            s, d = stability[:size].copy(), difficulty[:size].copy()
            u = 1.0 + factor * gap / s
            log_u = np.log(u)
            r = np.exp(-w[20] * log_u)
            new = np.empty(size)
            # recalled: grown = e^w8 (11-D) S^-w9 bonus, gain = grown (e^(w10(1-R)) - 1)
            s1, d1 = s[recalled], d[recalled]
            log_s1, lift = np.log(s1), np.exp(w[10] * (1.0 - r[recalled]))
            grown = np.exp(w[8] - w[9] * log_s1) * (11.0 - d1) * bonus[rating[recalled].astype(np.int64)]
            gain = grown * (lift - 1.0)
            new[recalled] = s1 * (1.0 + gain)
            s2, d2, r2 = s[forgotten], d[forgotten], r[forgotten]
            scale = w[11] * np.exp(w[14] * (1.0 - r2) - w[12] * np.log(d2))
            power = (s2 + 1.0) ** w[13]
            long, short = scale * (power - 1.0), s2 * np.exp(-w[17] * w[18])
            new[forgotten] = np.minimum(long, short)
            s3, g3 = s[same], rating[same] - 3.0
            change = np.exp(w[17] * (g3 + w[18]) - w[19] * np.log(s3))
            held = (rating[same] > 1) & (change < 1.0)
            new[same] = s3 * np.where(held, 1.0, change)
            inner = d - w[6] * (rating - 3.0) * (10.0 - d) / 9.0
            next_d = w[7] * goal + (1.0 - w[7]) * inner
            p = np.clip(r[later], _HELD, 1.0 - _HELD)
            right = rating[later] > 1
            total -= float(np.log(np.where(right, p, 1.0 - p)).sum())
            tape.append((s, d, u, log_u, r, new, log_s1, lift, grown, gain, scale, power, long, short, change, held,
                         inner, next_d, p, right))  # fmt: skip
            stability[:size] = np.clip(new, LEAST_STABILITY, MOST_STABILITY)
            difficulty[:size] = np.clip(next_d, 1.0, 10.0)
        to_s, to_d, to_goal = np.zeros(self.cards), np.zeros(self.cards), 0.0
        factor_slope = (factor + 1.0) * ln(0.9) / w[20] ** 2
        for (gap, rating, later, recalled, forgotten, same), kept in zip(
            reversed(self.rounds), reversed(tape), strict=True
        ):
            (s, d, u, log_u, r, new, log_s1, lift, grown, gain, scale, power, long, short, change, held,
             inner, next_d, p, right) = kept  # fmt: skip
            size = len(gap)
            up_s = np.where((new > LEAST_STABILITY) & (new < MOST_STABILITY), to_s[:size], 0.0)
            up_d = np.where((next_d > 1.0) & (next_d < 10.0), to_d[:size], 0.0)
            back_s, back_r = np.empty(size), np.zeros(size)
            c = (rating - 3.0) / 9.0
            back_d = up_d * (1.0 - w[7]) * (1.0 + w[6] * c)
            slope[6] -= float(up_d @ (c * (10.0 - d))) * (1.0 - w[7])
            slope[7] += float(up_d @ (goal - inner))
            to_goal += float(up_d.sum()) * w[7]

            g, s1, d1 = up_s[recalled], s[recalled], d[recalled]
            back_s[recalled] = g * (1.0 + gain * (1.0 - w[9]))
            g = g * s1
            back_d[recalled] -= g * gain / (11.0 - d1)
            back_r[recalled] = -g * grown * w[10] * lift
            slope[8] += float(g @ gain)
            slope[9] -= float(g @ (gain * log_s1))
            slope[10] += float(g @ (grown * lift * (1.0 - r[recalled])))
            marks, by_mark = rating[recalled], g * gain
            slope[15] += float(by_mark[marks == 2].sum()) / max(w[15], 1e-9)
            slope[16] += float(by_mark[marks == 4].sum()) / w[16]

            if len(forgotten):
                g, s2, d2, r2 = up_s[forgotten], s[forgotten], d[forgotten], r[forgotten]
                by_long, by_short = np.where(long <= short, g, 0.0), np.where(long <= short, 0.0, g)
                grip = np.exp(-w[17] * w[18])
                back_s[forgotten] = by_long * scale * w[13] * power / (s2 + 1.0) + by_short * grip
                back_d[forgotten] -= by_long * w[12] * long / d2
                back_r[forgotten] = -by_long * w[14] * long
                slope[11] += float(by_long @ long) / w[11]
                slope[12] -= float(by_long @ (long * np.log(d2)))
                slope[13] += float(by_long @ (scale * power * np.log(s2 + 1.0)))
                slope[14] += float(by_long @ (long * (1.0 - r2)))
                slope[17] -= float(by_short @ short) * w[18]
                slope[18] -= float(by_short @ short) * w[17]

            if len(same):
                g, s3, g3 = up_s[same], s[same], rating[same] - 3.0
                back_s[same] = g * np.where(held, 1.0, change * (1.0 - w[19]))
                moved = np.where(held, 0.0, g * s3 * change)
                slope[17] += float(moved @ (g3 + w[18]))
                slope[18] += float(moved.sum()) * w[17]
                slope[19] -= float(moved @ np.log(s3))

            inside = (p > _HELD) & (p < 1.0 - _HELD)
            back_r[later] += np.where(inside, np.where(right, -1.0 / p, 1.0 / (1.0 - p)), 0.0)
            by_r = back_r * r
            back_s += by_r * w[20] * factor * gap / (u * s * s)
            slope[20] -= float(by_r @ (log_u + w[20] / u * gap / s * factor_slope))
            to_s[:size], to_d[:size] = back_s, back_d
        start = w[self.first - 1]
        free = np.where((start > LEAST_STABILITY) & (start < MOST_STABILITY), to_s, 0.0)
        slope[:4] += np.bincount(self.first - 1, weights=free, minlength=4)
        free = np.where((raw > 1.0) & (raw < 10.0), to_d, 0.0)
        slope[4] += float(free.sum()) + to_goal
        steps = self.first - 1
        slope[5] -= float(free @ (steps * np.exp(w[5] * steps))) + to_goal * 3.0 * np.exp(3.0 * w[5])
        return total, slope
