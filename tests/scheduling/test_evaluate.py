"""The examination against slow, plain computations of the same figures, and that nothing learns from the future."""

from __future__ import annotations

import json
import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_histories import history

from quizzer.model import CardState
from quizzer.scheduling import fsrs, intervals, metrics, sm2
from quizzer.scheduling.arrays import by_card, rounds
from quizzer.scheduling.evaluate import ENOUGH, evaluate
from quizzer.scheduling.models import WHAT, models, parts
from quizzer.scheduling.reviewlog import ReviewLog, columns
from quizzer.scheduling.scored import scored

LOG = history()
FOUND = evaluate(LOG)
ROWS = {row["model"]: row for row in FOUND["rows"]}


def predictions(log):
    """The scored reviews and what each model predicted for them."""
    layout = rounds(log)
    seen = scored(log, layout)
    each = models(log, layout, seen)
    return seen, {name: each[name]() for name in WHAT}


def rmse_bins(p, recalled, bin_of):
    errors = metrics.BinErrors(np.bincount(bin_of))
    errors.add(p - recalled, bin_of)
    return errors.rmse()


def plainly():
    """Each scored review with the predictions that need no fit, computed card by card."""
    states, memory, nth, lapses = {}, {}, defaultdict(int), defaultdict(int)
    known, right, level, out = 0, 0, 1.2, []
    for card, day, grade in zip(LOG.card.tolist(), LOG.day.tolist(), LOG.grade.tolist(), strict=True):
        state, remembered = states.get(card, CardState()), memory.get(card, CardState())
        later = state.last_day is not None and day > state.last_day
        y = grade >= 3
        if later:
            t = day - state.last_day
            moving = 1 / (1 + math.exp(-level))
            out.append(
                {
                    "y": y, "constant": (1.8 + right) / (2 + known), "moving-average": moving,
                    "sm2": 0.9 ** (t / state.interval), "fsrs": fsrs.predicted(remembered, day, fsrs.FsrsRules()),
                    "bin": (
                        math.floor(math.log(t, 3.62)), math.floor(math.log(nth[card] + 1, 1.89)),
                        math.floor(math.log(lapses[card], 1.73)) if lapses[card] else -1,
                    ),
                }
            )  # fmt: skip
            known, right, level = known + 1, right + y, level + 0.3 * (y - moving)
            lapses[card] += not y
        kind = "review" if later or state.last_day is None else "drill"
        nth[card] += kind == "review"
        states[card] = sm2.advance(state, grade, day, kind, sm2.Rules())
        memory[card] = fsrs.advance(remembered, grade, day, kind, fsrs.FsrsRules())
    return out


PLAIN = plainly()


@pytest.mark.parametrize("model", ["constant", "moving-average", "sm2", "fsrs"])
def test_figures_are_those_of_a_plain_computation(model):
    assert FOUND["scored"] == len(PLAIN) > 2 * ENOUGH
    loss = [-math.log(min(max(row[model] if row["y"] else 1 - row[model], 1e-4), 1 - 1e-4)) for row in PLAIN]
    assert ROWS[model]["log_loss"] == pytest.approx(sum(loss) / len(loss), abs=2e-6)
    sixth = len(PLAIN) // 6
    assert ROWS[model]["log_loss_later"] == pytest.approx(sum(loss[sixth:]) / len(loss[sixth:]), abs=2e-6)
    groups = defaultdict(list)
    for row in PLAIN:
        groups[row["bin"]].append(row[model] - row["y"])
    square = sum(sum(group) ** 2 / len(group) for group in groups.values()) / len(PLAIN)
    assert ROWS[model]["rmse_bins"] == pytest.approx(math.sqrt(square), abs=2e-6)
    right, wrong = [[row[model] for row in PLAIN if row["y"] is wanted] for wanted in (True, False)]
    wins = sum((a > b) + (a == b) / 2 for a in right for b in wrong)
    assert ROWS[model]["auc"] == pytest.approx(wins / len(right) / len(wrong), abs=2e-6)
    table = ROWS[model]["calibration"]
    assert sum(line["n"] for line in table) == len(PLAIN)
    for line in table:
        assert line["low"] <= line["predicted"] <= line["high"]


def test_no_prediction_knows_its_future():
    n = len(PLAIN)
    edge = parts(n)[-1][0]
    seen, said = predictions(LOG)
    cut = int(seen.row[edge])
    other = LOG.grade.copy()
    other[cut:] = 5 - other[cut:]
    _, changed = predictions(ReviewLog(LOG.card, LOG.day, other))
    for model in WHAT:
        assert said[model][: edge + 1].tolist() == changed[model][: edge + 1].tolist(), model


def test_models_stand_in_the_order_of_what_they_know_of_this_world():
    # Its cards differ in difficulty and are forgotten with time: models of memory must beat those without.
    assert ROWS["sm2-curve"]["log_loss"] < ROWS["constant"]["log_loss"] < ROWS["sm2"]["log_loss"]
    assert ROWS["fsrs-fitted"]["log_loss"] < ROWS["fsrs"]["log_loss"]


def test_intervals_hold_their_difference_and_the_sentence_follows_them():
    for row in FOUND["differences"]:
        expected = ROWS[row["model"]]["log_loss"] - ROWS[row["against"]]["log_loss"]
        assert row["log_loss"] == pytest.approx(expected, abs=3e-6)
        assert row["low"] < row["log_loss"] < row["high"]
    fitted = FOUND["differences"][0]
    sure = "surely better than FSRS with its published" in FOUND["conclusion"]
    assert sure == (fitted["high"] < 0)


def drawn_by_days(figure, samples=300):
    """Half the width of a figure's 95 % interval by the slow way: whole study days drawn with replacement."""
    seen, said = predictions(LOG)
    days = [np.flatnonzero(seen.day == day) for day in np.unique(seen.day)]
    dice = np.random.default_rng(1)
    draws = []
    for _ in range(samples):
        rows = np.concatenate([days[k] for k in dice.integers(0, len(days), len(days))])
        draws.append(figure(said["fsrs"][rows], seen.recalled[rows], seen.bin_of[rows]))
    low, high = np.quantile(draws, [0.025, 0.975])
    return (high - low) / 2


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("log_loss", lambda p, y, _: metrics.losses(p, y).mean()),
        ("rmse_bins", rmse_bins),
        ("auc", lambda p, y, _: metrics.auc(p, y)),
    ],
)
def test_intervals_are_as_wide_as_those_of_drawn_days(name, figure):
    low, high = ROWS["fsrs"][f"{name}_95"]
    assert low < ROWS["fsrs"][name] < high
    assert (high - low) / 2 == pytest.approx(drawn_by_days(figure), rel=0.25)


def test_answers_of_one_day_have_no_interval_and_prove_nothing():
    cards = list(range(300))
    grades = [4 if card % 5 else 1 for card in cards]
    found = evaluate(columns(cards * 2, [20_000] * 300 + [20_001] * 300, [4] * 300 + grades))
    assert found["scored"] == 300
    assert all(row["log_loss_95"] is None and row["rmse_bins_95"] is None for row in found["rows"])
    assert all(row["low"] is None and row["high"] is None for row in found["differences"])
    pairs = [(row["model"], row["against"]) for row in found["differences"]]
    assert len(set(pairs)) == len(pairs)
    assert "No model predicts which ones surely better" in found["conclusion"]
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize(("freedom", "quantile"), [(5, 2.5706), (9, 2.2622), (30, 2.0423), (10_000, 1.9602)])
def test_the_quantile_is_student_s(freedom, quantile):
    # A table of Student's t, two-sided at 95 %.
    assert intervals.student(freedom) == pytest.approx(quantile, rel=3e-3)


def test_too_little_data_is_said():
    few = LOG.card < 8
    found = evaluate(ReviewLog(LOG.card[few], LOG.day[few], LOG.grade[few]))
    assert found["rows"] == []
    assert found["conclusion"].startswith(f"Not enough data: {found['scored']} of the 200")
    assert evaluate(columns([], [], []))["scored"] == 0


def test_a_log_of_recalls_alone_has_no_auc():
    days = list(range(20_000, 20_300))
    found = evaluate(columns([1] * 300, days, [4] * 300))
    assert found["scored"] == 299
    assert all(row["auc"] is None for row in found["rows"])
    assert "No model" in found["conclusion"] or "predicts best" in found["conclusion"]


@given(st.integers(0, 5000))
def test_parts_cover_everything_once(n):
    edges = parts(n)
    assert [row for start, end in edges for row in range(start, end)] == list(range(n))


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=40))
def test_auc_counts_pairs(rows):
    p, y = np.array([row[0] / 4 for row in rows]), np.array([row[1] for row in rows])
    pairs = [(a > b) + (a == b) / 2 for a in p[y] for b in p[~y]]
    found = metrics.auc(p, y)
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


def test_a_very_long_log_is_fitted_when_its_past_has_tripled():
    assert [start for start, _ in parts(600_000)] == [0, 64, 1024, 16_384, 100_000, 300_000]
    assert parts(600_000)[-1][1] == 600_000


@given(st.lists(st.tuples(st.integers(0, 2**40), st.integers(0, 5)), max_size=60))
def test_rows_are_laid_out_by_card_whatever_its_number(rows):
    log = columns([card for card, _ in rows], range(len(rows)), [grade for _, grade in rows])
    order = by_card(log.card)
    assert order.tolist() == sorted(range(len(rows)), key=lambda row: (rows[row][0], row))
