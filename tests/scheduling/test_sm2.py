"""SM-2 against published sequences and against a second formulation in exact fractions."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import CardState
from quizzer.scheduling.sm2 import Rules, advance, preview

SAME = None
UP_TO_310 = [260, 270, 280, 290, 300, 310]
GOLDEN = [
    # grades, author's intervals and ease, paper's intervals and ease
    ("444444", [1, 6, 15, 38, 95, 238], [250] * 6, [1, 6, 15, 38, 95, 238], [250] * 6),
    ("555555", [1, 6, 16, 45, 131, 393], UP_TO_310, [1, 6, 17, 48, 140, 420], UP_TO_310),
    ("333333", [1, 6, 13, 27, 52, 94], [236, 222, 208, 194, 180, 166], [1, 6, 14, 30, 59, 107], SAME),
    (
        "33333333344",
        [1, 6, 13, 27, 52, 94, 156, 237, 327, 425, 553],
        [236, 222, 208, 194, 180, 166, 152, 138, 130, 130, 130],
        [1, 6, 14, 30, 59, 107, 178, 271, 374, 487, 634],
        SAME,
    ),
    ("4440444", [1, 6, 15, 1, 1, 6, 10], [250] * 3 + [170] * 4, [1, 6, 15, 1, 1, 6, 15], [250] * 7),
    ("00044444", [1, 1, 1, 1, 6, 8, 10, 13], [170] + [130] * 7, [1, 1, 1, 1, 6, 15, 38, 95], [250] * 8),
    ("543210", [1, 6, 16, 1, 1, 1], [260, 260, 246, 214, 160, 130], [1, 6, 16, 1, 1, 1], [260, 260] + [246] * 4),
    ("553144", [1, 6, 16, 1, 1, 6], [260, 270, 256, 202, 202, 202], [1, 6, 17, 1, 1, 6], [260, 270] + [256] * 4),
    ("345345", [1, 6, 14, 34, 79, 183], [236, 236, 246, 232, 232, 242], [1, 6, 15, 37, 86, 200], SAME),
    ("535353", [1, 6, 15, 38, 92, 232], [260, 246, 256, 242, 252, 238], [1, 6, 15, 39, 95, 240], SAME),
    ("442555", [1, 6, 1, 1, 6, 14], [250, 250, 218, 228, 238, 248], [1, 6, 1, 1, 6, 17], [250] * 3 + [260, 270, 280]),
    ("00553", [1, 1, 1, 6, 9], [170, 130, 140, 150, 136], [1, 1, 1, 6, 17], [250, 250, 260, 270, 256]),
    ("55553", [1, 6, 16, 45, 131], [260, 270, 280, 290, 276], [1, 6, 17, 48, 140], SAME),
    ("02555", [1, 1, 1, 6, 9], [170, 138, 148, 158, 168], [1, 1, 1, 6, 17], [250, 250, 260, 270, 280]),
    ("2134", [1, 1, 1, 6], [218, 164, 150, 150], [1, 1, 1, 6], [250, 250, 236, 236]),
]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case[0])
def test_golden_sequences(case):
    grades, author, author_ease, paper, paper_ease = case
    for variant, intervals, ease in (
        ("author", author, author_ease),
        ("paper", paper, paper_ease or author_ease),
    ):
        rows = preview([int(grade) for grade in grades], variant)
        assert [row["interval_days"] for row in rows] == intervals
        assert [round(row["ease"] * 100) for row in rows] == ease


def test_preview_rows_are_what_the_command_prints():
    assert preview([5, 4, 2], "author") == [
        {"grade": 5, "repetition": 1, "interval_days": 1, "ease": 2.6},
        {"grade": 4, "repetition": 2, "interval_days": 6, "ease": 2.6},
        {"grade": 2, "repetition": 0, "interval_days": 1, "ease": 2.28},
    ]


def by_the_book(grades, variant):
    """The published formulas in exact fractions, written without looking at ours."""
    ease, n, interval, out = Fraction(5, 2), 0, 0, []
    for q in grades:
        changed = max(
            Fraction(13, 10), ease + (Fraction(1, 10) - (5 - q) * (Fraction(8, 100) + (5 - q) * Fraction(2, 100)))
        )
        if q < 3:
            n, interval = 0, 1
        else:
            n += 1
            exact = Fraction(1) if n == 1 else Fraction(6) if n == 2 else interval * ease
            interval = math.ceil(exact) if variant == "paper" else math.floor(exact + Fraction(1, 2))
        if q >= 3 or variant == "author":
            ease = changed
        out.append((n, interval, ease))
    return out


@pytest.mark.parametrize("variant", ["author", "paper"])
def test_every_sequence_of_five_agrees_with_exact_fractions(variant):
    rules = Rules(variant)
    for grades in product(range(6), repeat=5):
        state, day = CardState(), 0
        for grade, (n, interval, ease) in zip(grades, by_the_book(grades, variant), strict=True):
            state = advance(state, grade, day, "review", rules)
            assert (state.repetition, state.interval, Fraction(state.ease, 100)) == (n, interval, ease), grades
            day = state.due_day


histories = st.lists(st.integers(0, 5), max_size=25)


def after(grades, variant="author", **options):
    state, day = CardState(), 0
    for grade in grades:
        state = advance(state, grade, day, "review", Rules(variant, **options))
        day = state.due_day
    return state


@given(histories, st.sampled_from(["author", "paper"]), st.integers(1, 400))
def test_a_better_grade_never_gives_a_shorter_interval_now(grades, variant, most):
    state = after(grades, variant, max_interval=most)
    futures = {q: advance(state, q, state.due_day or 0, "review", Rules(variant, max_interval=most)) for q in range(6)}
    assert all(worse.interval <= better.interval for worse, better in pairwise(futures[g] for g in range(6)))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=25), st.integers(1, 400))
def test_a_better_history_never_ends_in_a_shorter_interval_for_the_author(pairs, most):
    worse = after([min(pair) for pair in pairs], max_interval=most)
    better = after([max(pair) for pair in pairs], max_interval=most)
    assert worse.interval <= better.interval
    assert worse.ease <= better.ease


def test_a_better_history_can_end_in_a_shorter_interval_for_the_paper():
    # A 3 lowers the ease factor and a 2 leaves it: the price of the published rule 6.
    assert after([4, 2, 0, 4, 4, 4, 4], "paper").interval > after([4, 3, 0, 4, 4, 4, 4], "paper").interval


@given(histories, st.integers(0, 5), st.sampled_from(["author", "paper"]), st.integers(1, 36_500))
def test_bounds_hold(grades, grade, variant, most):
    state = after([*grades, grade], variant, max_interval=most)
    assert state.ease >= 130
    assert 1 <= state.interval <= most
    assert state.due_day == state.last_day + state.interval
    assert (state.streak == 0) or grade >= 3


RIPE = after([4, 4, 4])  # interval 15, due on day 22


def test_a_drill_changes_nothing_but_the_count_and_a_cram_nothing():
    for grade in range(6):
        assert advance(RIPE, grade, 30, "drill", Rules()) == replace(RIPE, counted=RIPE.counted + 1)
        assert advance(RIPE, grade, 30, "cram", Rules()) == RIPE


def test_ahead_recalled_moves_the_due_day_and_learns_nothing():
    state = advance(RIPE, 5, 10, "ahead", Rules())
    assert (state.due_day, state.last_day) == (25, 10)
    assert (state.repetition, state.interval, state.ease) == (RIPE.repetition, RIPE.interval, RIPE.ease)
    assert (state.reviews, state.counted, state.streak) == (4, 4, 4)


def test_ahead_failed_is_a_lapse_like_any_other():
    assert advance(RIPE, 1, 10, "ahead", Rules()) == advance(RIPE, 1, 10, "review", Rules())
    assert advance(RIPE, 1, 10, "ahead", Rules()).lapses == 1


def test_failing_a_card_that_was_never_recalled_is_no_lapse():
    assert after([0, 1, 2]).lapses == 0
    assert after([0, 4, 2, 2, 4, 1]).lapses == 2


def test_a_failed_trial_repeats_the_interval_and_costs_nothing():
    state = advance(RIPE, 1, 22, "review", Rules(), trial=True)
    assert (state.interval, state.ease, state.repetition, state.lapses) == (15, 250, 3, 0)
    assert state.due_day == 37
    assert advance(RIPE, 4, 22, "review", Rules(), trial=True) == advance(RIPE, 4, 22, "review", Rules())


@pytest.mark.parametrize(
    ("percent", "grade", "day", "interval"),
    [
        (0, 4, 52, 38),
        (50, 4, 52, 75),
        (100, 4, 52, 113),
        (100, 5, 52, 113),
        (100, 3, 52, 38),
        (50, 4, 22, 38),
        (50, 2, 52, 1),
    ],
)
def test_credit_for_a_late_recall(percent, grade, day, interval):
    # Interval 15 planned, last answered on day 7, so due on day 22; on day 52 it is 30 days late.
    assert advance(RIPE, grade, day, "review", Rules(overdue_credit=percent)).interval == interval


def test_credit_reaches_the_second_interval_and_never_an_early_answer():
    once = advance(CardState(), 4, 0, "review", Rules())
    credited = Rules(overdue_credit=100)
    assert [advance(once, 4, day, "review", credited).interval for day in (1, 4, 30)] == [6, 6, 30]
    assert advance(RIPE, 4, 10, "ahead", credited).interval == RIPE.interval


@pytest.mark.parametrize("grade", [-1, 6])
def test_a_grade_outside_the_scale_is_refused(grade):
    with pytest.raises(ValueError, match="0 to 5"):
        advance(CardState(), grade, 0, "review", Rules())
