"""The fit: its gradient against differences, its minimiser on known ground, what it finds and when it holds back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_histories import history

from quizzer.scheduling import curve, fitting
from quizzer.scheduling.arrays import replay_fsrs, rounds
from quizzer.scheduling.descent import minimise
from quizzer.scheduling.fsrs import DEFAULTS, LEAST, MOST
from quizzer.scheduling.loss import Loss
from quizzer.scheduling.reviewlog import ReviewLog, columns

LOG = history(cards=40, days=90)
LAID = rounds(LOG)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_the_gradient_is_that_of_differences(seed):
    share = np.random.default_rng(seed).uniform(0.1, 0.4, 21)
    low, high = np.array(LEAST), np.array(MOST)
    w = np.where(share < 0.25, np.array(DEFAULTS), low + share * (high - low))
    w = np.clip(w * 1.01, low + 1e-3, high - 1e-3)
    loss = Loss(LAID)
    _, slope = loss(w)
    for i in range(21):
        step = np.zeros(21)
        step[i] = 1e-6 * max(abs(w[i]), 0.05)
        rise = (loss(w + step)[0] - loss(w - step)[0]) / (2 * step[i])
        # Where a bound or the lesser of two formulas changes inside the step, a difference is no slope.
        assert slope[i] == pytest.approx(rise, rel=2e-4, abs=2e-3), i


def test_the_loss_is_the_replay_s():
    loss = Loss(LAID)
    value, _ = loss(np.array(DEFAULTS))
    later = LAID.gap > 0
    p, right = replay_fsrs(LAID, DEFAULTS).recall[later], LAID.grade[later] >= 3
    assert loss.scored == later.sum()
    assert value == pytest.approx(-np.log(np.where(right, p, 1 - p)).sum(), rel=1e-12)


def test_a_fit_lowers_the_loss_and_stays_within_the_bounds():
    found = fitting.fit(LOG)
    loss = Loss(LAID)
    assert loss(np.array(found))[0] < loss(np.array(DEFAULTS))[0]
    assert all(low <= value <= high for low, value, high in zip(LEAST, found, MOST, strict=True))
    assert fitting.fit(LOG) == found


def test_little_data_moves_little_and_none_moves_nothing():
    few = LOG.card < 2
    near = fitting.fit(ReviewLog(LOG.card[few], LOG.day[few], LOG.grade[few]))
    far = fitting.fit(LOG)
    distance = [sum(abs(a - b) / max(abs(b), 0.04) for a, b in zip(w, DEFAULTS, strict=True)) for w in (near, far)]
    assert 0 < distance[0] < distance[1]
    assert fitting.fit(columns([1, 2], [5, 5], [4, 4])) == DEFAULTS


def test_a_large_log_is_fitted_on_a_share_of_its_cards():
    part = fitting._some_cards(LOG, len(LOG) // 2)
    assert 0 < len(part) < len(LOG)
    for card in set(part.card.tolist()):
        assert (part.card == card).sum() == (LOG.card == card).sum()


def test_the_minimiser_finds_a_curved_valley_s_floor_and_stops_at_walls():
    def valley(x):
        a, b = 1 - x[0], x[1] - x[0] ** 2
        return float(a * a + 100 * b * b), np.array([-2 * a - 400 * x[0] * b, 200 * b])

    box = np.array([-5.0, -5.0]), np.array([5.0, 5.0])
    found, value = minimise(valley, np.array([-1.2, 1.0]), *box, evaluations=400, gain=1e-12)
    assert value < 1e-9
    np.testing.assert_allclose(found, [1, 1], atol=1e-4)
    found, _ = minimise(valley, np.array([-1.2, 1.0]), box[0], np.array([0.5, 5.0]), evaluations=400, gain=1e-12)
    np.testing.assert_allclose(found, [0.5, 0.25], atol=1e-4)


def test_the_curve_comes_back_from_data_it_made():
    generator = np.random.default_rng(3)
    n = 20_000
    gap, interval = generator.integers(1, 60, n), generator.integers(1, 60, n)
    rows = curve.features(gap, interval, generator.integers(130, 300, n), generator.integers(0, 8, n),
                          generator.integers(0, 3, n), generator.integers(1, 6, n))  # fmt: skip
    made = (1.8, -0.6, 0.5, -0.05, 0.3, 0.2, -0.3, 0.1)
    found = curve.fit(rows, generator.random(n) < curve.recall(made, rows))
    np.testing.assert_allclose(found, made, atol=0.25)
    assert curve.fit(rows[:0], np.zeros(0, dtype=bool)) == curve.PRIOR
