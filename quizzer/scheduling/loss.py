"""The log loss of FSRS over a log as a function of its 21 parameters, with the gradient by a hand-written reverse pass.

The loss is summed over answers on a later study day than the card's last. C library functions will do here: no state
depends on the last bit.
"""

from __future__ import annotations

from math import log as ln
from typing import TYPE_CHECKING

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling.arrays import Rounds
from quizzer.scheduling.fsrs import LEAST_STABILITY, MOST_STABILITY
from quizzer.scheduling.tape import Tape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

_HELD = 1e-5
"""Probabilities are held this far from 0 and 1 in the loss."""


class Loss:
    """The summed loss of a log laid out by round; `scored` counts the answers that it looks at."""

    def __init__(self, laid: Rounds) -> None:
        self.tape = Tape(laid)
        self.scored = len(self.tape.later)

    def __call__(self, w: Floats) -> tuple[float, Floats]:
        """The loss and its gradient."""
        loss = self._forward(w)
        coefficients = self._coefficients(w)
        return loss, self._gradient(w, *self._back(coefficients), coefficients)

    def _forward(self, w: Floats) -> float:
        """Replay every round, leaving on the tape what the way back needs; the loss."""
        tape = self.tape
        factor, goal = 0.9 ** (-1.0 / w[20]) - 1.0, w[4] - np.exp(3.0 * w[5]) + 1.0
        stability = np.clip(w[tape.first - 1], LEAST_STABILITY, MOST_STABILITY)
        difficulty = np.clip(_first_difficulty(w, tape.first), 1.0, 10.0)
        bonus = np.array([0.0, 0.0, w[15], 1.0, w[16]])[tape.recalled_rating]
        moves, grip = -w[6] * tape.harder, np.exp(-w[17] * w[18])
        stay = w[17] * (tape.same_rating - 3.0 + w[18])
        for part in tape.rounds:
            s, d, new = tape.s[part.rows], tape.d[part.rows], tape.new[part.rows]
            s[:], d[:] = stability[part.source], difficulty[part.source]
            recalled, later = part.recalled.stop - part.recalled.start, part.later.stop - part.later.start
            # u = 1 + F days/S and R = u^-w20
            v, log_u, r = tape.v[part.later], tape.log_u[part.later], tape.r[part.later]
            np.divide(tape.gap[part.later], s[:later], out=v)
            u = factor * v
            u += 1.0
            np.log(u, out=log_u)
            np.exp(-w[20] * log_u, out=r)
            v /= u
            if recalled:
                # grown = e^w8 (11-D) S^-w9 bonus, gain = grown (e^(w10(1-R)) - 1)
                s1, log_s, lift = s[:recalled], tape.log_s[part.recalled], tape.lift[part.recalled]
                room, grown, gain = tape.room[part.recalled], tape.grown[part.recalled], tape.gain[part.recalled]
                np.log(s1, out=log_s)
                np.exp(w[10] - w[10] * r[:recalled], out=lift)
                np.exp(w[8] - w[9] * log_s, out=grown)
                np.subtract(11.0, d[:recalled], out=room)
                grown *= room
                grown *= bonus[part.recalled]
                np.subtract(lift, 1.0, out=gain)
                gain *= grown
                np.multiply(s1, gain, out=new[:recalled])
                new[:recalled] += s1
            if later > recalled:
                s2, log_d, log_1s = s[recalled:later], tape.log_d[part.forgotten], tape.log_1s[part.forgotten]
                scale, long, short = tape.scale[part.forgotten], tape.long[part.forgotten], tape.short[part.forgotten]
                np.log(d[recalled:later], out=log_d)
                np.log1p(s2, out=log_1s)
                np.exp(w[14] * (1.0 - r[recalled:]) - w[12] * log_d, out=scale)
                scale *= w[11]
                np.multiply(scale, np.exp(w[13] * log_1s) - 1.0, out=long)
                np.multiply(s2, grip, out=short)
                np.minimum(long, short, out=new[recalled:later])
            if len(new) > later:
                log_s, change = tape.same_log_s[part.same], tape.change[part.same]
                np.log(s[later:], out=log_s)
                np.exp(stay[part.same] - w[19] * log_s, out=change)
                held = (tape.same_rating[part.same] > 1) & (change < 1.0)
                np.multiply(s[later:], np.where(held, 1.0, change), out=new[later:])
            inner, next_d = tape.inner[part.rows], tape.next_d[part.rows]
            np.subtract(10.0, d, out=inner)
            inner *= moves[part.rows]
            inner += d
            np.multiply(inner, 1.0 - w[7], out=next_d)
            next_d += w[7] * goal
            stability = np.clip(new, LEAST_STABILITY, MOST_STABILITY)
            difficulty = np.clip(next_d, 1.0, 10.0)
        p = np.clip(tape.r, _HELD, 1.0 - _HELD)
        return -float(np.log(np.where(tape.right, p, 1.0 - p)).sum())

    def _coefficients(self, w: Floats) -> _Coefficients:
        """The derivative of each step by what it started from: all rounds at once, for a round has few answers."""
        tape = self.tape
        p = np.clip(tape.r, _HELD, 1.0 - _HELD)
        s_later, s1 = tape.s[tape.later], tape.s[tape.recalled]
        long = tape.long <= tape.short
        held = (tape.same_rating > 1) & (tape.change < 1.0)
        factor = 0.9 ** (-1.0 / w[20]) - 1.0
        return _Coefficients(
            loss_by_r=np.where(p == tape.r, np.where(tape.right, -1.0 / p, 1.0 / (1.0 - p)), 0.0),
            log_r_by_s=w[20] * factor * tape.v / s_later,
            s_moves=(tape.new > LEAST_STABILITY) & (tape.new < MOST_STABILITY),
            d_moves=(tape.next_d > 1.0) & (tape.next_d < 10.0),
            d_by_d=(1.0 - w[7]) * (1.0 + w[6] * tape.harder),
            recalled=(
                1.0 + tape.gain * (1.0 - w[9]),
                -s1 * tape.gain / tape.room,
                -w[10] * s1 * tape.grown * tape.lift,
            ),
            forgotten=(
                np.where(long, tape.scale * w[13] * np.exp((w[13] - 1.0) * tape.log_1s), np.exp(-w[17] * w[18])),
                np.where(long, -w[12] * tape.long * np.exp(-tape.log_d), 0.0),
                np.where(long, -w[14] * tape.long, 0.0),
            ),
            same=np.where(held, 1.0, tape.change * (1.0 - w[19])),
            long=long,
            held=held,
        )

    def _back(self, by: _Coefficients) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """The loss's derivative by each answer's new stability, new difficulty, and the logarithm of its recall; by
        each card's first stability and difficulty."""
        tape = self.tape
        size, r = len(tape.harder), tape.r
        up_s, up_d, by_r = np.zeros(size), np.zeros(size), by.loss_by_r.copy()
        to_s, to_d, source = np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64)
        for part in reversed(tape.rounds):
            us, ud, ur = up_s[part.rows], up_d[part.rows], by_r[part.later]
            us[source], ud[source] = to_s, to_d
            us *= by.s_moves[part.rows]
            ud *= by.d_moves[part.rows]
            to_s, to_d = np.empty(len(us)), ud * by.d_by_d[part.rows]
            recalled, later = part.recalled.stop - part.recalled.start, part.later.stop - part.later.start
            for kind, here, there in (
                (by.recalled, slice(0, recalled), part.recalled),
                (by.forgotten, slice(recalled, later), part.forgotten),
            ):
                if there.stop > there.start:
                    s_by_s, s_by_d, s_by_r = kind
                    g = us[here]
                    np.multiply(g, s_by_s[there], out=to_s[here])
                    to_d[here] += g * s_by_d[there]
                    ur[here] += g * s_by_r[there]
            if len(us) > later:
                np.multiply(us[later:], by.same[part.same], out=to_s[later:])
            ur *= r[part.later]
            to_s[:later] += ur * by.log_r_by_s[part.later]
            source = part.source
        first_s, first_d = np.zeros(len(tape.first)), np.zeros(len(tape.first))
        first_s[source], first_d[source] = to_s, to_d
        return up_s, up_d, by_r, first_s, first_d

    def _gradient(
        self, w: Floats, up_s: Floats, up_d: Floats, by_r: Floats, first_s: Floats, first_d: Floats, by: _Coefficients
    ) -> Floats:
        """What the 21 parameters do at each step, summed over all of them."""
        tape, slope = self.tape, np.zeros(21)
        factor_slope = 0.9 ** (-1.0 / w[20]) * ln(0.9) / w[20] ** 2
        goal, pull = w[4] - np.exp(3.0 * w[5]) + 1.0, float(up_d.sum())
        slope[6] = -(1.0 - w[7]) * dot(up_d, tape.harder * (10.0 - tape.d))
        slope[7] = goal * pull - dot(up_d, tape.inner)
        gained = up_s[tape.recalled] * tape.s[tape.recalled]
        by_mark = gained * tape.gain
        slope[8], slope[9] = by_mark.sum(), -dot(by_mark, tape.log_s)
        slope[10] = dot(gained, tape.grown * tape.lift * (1.0 - tape.r[tape.right]))
        marks = np.bincount(tape.recalled_rating, weights=by_mark, minlength=5)
        slope[15], slope[16] = marks[2] / max(w[15], 1e-9), marks[4] / w[16]
        lost = up_s[tape.forgotten]
        to_long, shortened = np.where(by.long, lost, 0.0), dot(np.where(by.long, 0.0, lost), tape.short)
        slope[11], slope[12] = dot(to_long, tape.long) / w[11], -dot(to_long * tape.long, tape.log_d)
        slope[13] = dot(to_long * tape.scale * tape.log_1s, np.exp(w[13] * tape.log_1s))
        slope[14] = dot(to_long * tape.long, 1.0 - tape.r[~tape.right])
        kept = np.where(by.held, 0.0, up_s[tape.same] * tape.s[tape.same] * tape.change)
        slope[17] = dot(kept, tape.same_rating - 3.0 + w[18]) - shortened * w[18]
        slope[18] = (float(kept.sum()) - shortened) * w[17]
        slope[19] = -dot(kept, tape.same_log_s)
        slope[20] = -dot(by_r, tape.log_u + w[20] * factor_slope * tape.v)
        start, raw, steps = w[tape.first - 1], _first_difficulty(w, tape.first), tape.first - 1
        free = np.where((start > LEAST_STABILITY) & (start < MOST_STABILITY), first_s, 0.0)
        slope[:4] = np.bincount(steps, weights=free, minlength=4)
        free = np.where((raw > 1.0) & (raw < 10.0), first_d, 0.0)
        slope[4] = float(free.sum()) + pull * w[7]
        slope[5] = -dot(free, steps * np.exp(w[5] * steps)) - pull * w[7] * 3.0 * np.exp(3.0 * w[5])
        return slope


@dataclass(frozen=True, slots=True)
class _Coefficients:
    """Derivatives of the steps, an array over the answers of a sort each. `recalled` and `forgotten`: of the new
    stability by the old one, by the difficulty, by the recall; `same`: by the old stability alone."""

    loss_by_r: Floats
    log_r_by_s: Floats
    s_moves: Bools
    d_moves: Bools
    d_by_d: Floats
    recalled: tuple[Floats, Floats, Floats]
    forgotten: tuple[Floats, Floats, Floats]
    same: Floats
    long: Bools
    """Of the forgotten: the long formula holds."""
    held: Bools
    """Of the same day: stability is kept from falling."""


def _first_difficulty(w: Floats, rating: Ints) -> Floats:
    difficulty: Floats = w[4] - np.exp(w[5] * (rating - 1)) + 1.0
    return difficulty


def dot(a: Floats, b: Floats) -> float:
    """The scalar product in one thread: two columns are read sooner than a second thread wakes."""
    return float(np.einsum("i,i", a, b))
