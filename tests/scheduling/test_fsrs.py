"""FSRS-6 against the `fsrs` and `fsrs-rs-python` packages, which are handed study days, and its own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import CardState
from quizzer.scheduling import sm2
from quizzer.scheduling.fsrs import DEFAULTS, LEAST, MOST, MOST_STABILITY, RATING, FsrsRules, advance, predicted
from quizzer.scheduling.rules import RuleBook, preview, rules_of

answers = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 5)), min_size=1, max_size=25)
weights = st.builds(
    lambda shares: tuple(
        0.5 * default + 0.5 * (low + share * (high - low))
        for default, low, high, share in zip(DEFAULTS, LEAST, MOST, shares, strict=True)
    ),
    st.lists(st.floats(0, 1), min_size=21, max_size=21),
)
RIPE = CardState(
    repetition=3, interval=20, due_day=30, last_day=10, first_day=1, reviews=3, counted=3, streak=3, last_grade=4,
    stability=20.0, difficulty=5.0,
)  # fmt: skip

# stability, difficulty, interval at 0.9, of each answer on its due day; computed with the `fsrs` package 6.3.2
GOLDEN = {
    (4, 4, 4, 4): [
        (2.3065, 2.1181, 2),
        (10.9643, 2.1112, 11),
        (46.2802, 2.1043, 46),
        (162.8622, 2.0975, 163),
    ],
    (5, 4, 3, 2, 5): [
        (8.2956, 1.0, 8),
        (38.9051, 1.0, 39),
        (107.5218, 4.0106, 108),
        (3.9034, 8.0166, 4),
        (13.4336, 7.339, 13),
    ],
    (0, 4): [
        (0.212, 6.4133, 1),
        (1.8868, 6.4021, 2),
    ],
}


@pytest.mark.parametrize("grades", GOLDEN)
def test_golden_sequences(grades):
    rows = preview(grades, FsrsRules())
    for row, (stability, difficulty, interval) in zip(rows, GOLDEN[grades], strict=True):
        assert row["stability"] == pytest.approx(stability, abs=1.1e-4)
        assert row["difficulty"] == pytest.approx(difficulty, abs=1.1e-4)
        assert (row["interval_days"], row["ease"]) == (interval, None)


def lived(steps, rules):
    """(state, day) after each answer, days counted from the steps."""
    state, day, out = CardState(), 20_000, []
    for gap, grade in steps:
        day += gap
        kind = "drill" if state.last_day is not None and day <= state.last_day else "review"
        out.append((predicted(state, day, rules), state := advance(state, grade, day, kind, rules), day))
    return out


@given(answers, st.one_of(st.just(DEFAULTS), weights), st.sampled_from([0.8, 0.9, 0.95]))
def test_memory_and_intervals_are_those_of_the_fsrs_package(steps, w, target):
    oracle = pytest.importorskip("fsrs")
    scheduler = oracle.Scheduler(
        w, desired_retention=target, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card, rules = oracle.Card(), FsrsRules(w, retention=target)
    for (_, grade), (before, state, day) in zip(steps, lived(steps, rules), strict=True):
        # Noon of the study day: the package floors to 24 hours, which then are study days.
        at = datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        if before is not None:
            assert scheduler.get_card_retrievability(card, at) == pytest.approx(before, rel=1e-11)
        card, _ = scheduler.review_card(card, oracle.Rating(RATING[grade]), at)
        if state.stability == MOST_STABILITY:  # a hundred years: there ours stops, as the Rust package does
            assert card.stability >= MOST_STABILITY
            return
        assert state.stability == pytest.approx(card.stability, rel=1e-10)
        assert state.difficulty == pytest.approx(card.difficulty, rel=1e-10)
        if state.last_day == day and state.reviews:
            assert abs(rules.interval(state.stability) - (card.due - at).days) <= 1e-9 * state.interval


@given(answers)
def test_memory_is_that_of_fsrs_rs(steps):
    oracle = pytest.importorskip("fsrs_rs_python")
    history = lived(steps, FsrsRules())
    days = [20_000 + sum(gap for gap, _ in steps[: i + 1]) for i in range(len(steps))]
    reviews = [
        oracle.FSRSReview(rating=RATING[grade], delta_t=0 if i == 0 else days[i] - days[i - 1])
        for i, (_, grade) in enumerate(steps)
    ]
    memory = oracle.FSRS(parameters=list(DEFAULTS)).memory_state(oracle.FSRSItem(reviews=reviews))
    assert history[-1][1].stability == pytest.approx(memory.stability, rel=1e-4)
    assert history[-1][1].difficulty == pytest.approx(memory.difficulty, rel=1e-4)


@given(answers, st.one_of(st.just(DEFAULTS), weights), st.integers(1, 400))
def test_a_better_grade_never_gives_a_shorter_interval_and_states_stay_in_bounds(steps, w, gap):
    rules = FsrsRules(w, max_interval=1000)
    _, state, day = lived(steps, rules)[-1]
    futures = {grade: advance(state, grade, day + gap, "review", rules) for grade in range(6)}
    assert futures[0] == replace(futures[1], last_grade=0) == replace(futures[2], last_grade=0)
    for future in futures.values():
        assert 0.001 <= future.stability <= 36_500
        assert 1 <= future.difficulty <= 10
        assert 1 <= future.interval <= 1000
    for better, worse in zip((5, 4), (4, 3), strict=True):
        if w[15] <= 1 <= w[16]:
            assert futures[better].interval >= futures[worse].interval
        assert futures[better].difficulty <= futures[worse].difficulty


def test_recall_is_nine_tenths_after_stability_days_and_falls():
    memory = FsrsRules().memory
    assert memory.recall(12.0, 12) == pytest.approx(0.9, rel=1e-14)
    assert memory.recall(12.0, 0) == 1.0
    assert memory.days_until(12.0, 0.9) == pytest.approx(12.0, rel=1e-13)
    assert memory.recall(12.0, memory.days_until(12.0, 0.8)) == pytest.approx(0.8, rel=1e-13)


def test_a_drill_moves_memory_and_leaves_the_schedule():
    state = advance(RIPE, 4, 10, "drill", FsrsRules())
    assert (state.interval, state.due_day, state.last_day, state.reviews) == (20, 30, 10, 3)
    assert state.counted == 4
    assert state.stability >= RIPE.stability
    assert advance(CardState(), 4, 10, "drill", FsrsRules()) == replace(CardState(), counted=1)


def test_a_cram_changes_nothing():
    assert advance(RIPE, 0, 12, "cram", FsrsRules()) == RIPE


def test_an_early_answer_counts_with_its_real_days():
    early, late = (advance(RIPE, 4, day, "ahead" if day < 30 else "review", FsrsRules()) for day in (12, 60))
    assert RIPE.stability < early.stability < late.stability
    assert early.due_day == 12 + early.interval


def test_a_failed_trial_repeats_the_interval():
    state = advance(RIPE, 1, 30, "review", FsrsRules(), trial=True)
    assert (state.interval, state.due_day, state.lapses, state.stability, state.difficulty) == (20, 50, 0, 20.0, 5.0)
    assert advance(RIPE, 1, 30, "review", FsrsRules()).lapses == 1


@pytest.mark.parametrize("grade", [-1, 6])
def test_a_grade_outside_0_to_5_is_refused(grade):
    with pytest.raises(ValueError, match="0 to 5"):
        advance(RIPE, grade, 30, "review", FsrsRules())


def test_a_choice_names_its_rules_and_an_unknown_one_falls_back():
    rules = RuleBook(sm2.Rules("paper", 99), 0.8, {"abc": (1.0, *DEFAULTS[1:])})
    assert rules.named("") == rules.named("fsrs7 default") == sm2.Rules("paper", 99)
    assert rules.named("sm2 default") == sm2.Rules("author", 99)
    assert rules.named("fsrs abc") == FsrsRules((1.0, *DEFAULTS[1:]), "abc", 0.8, 99)
    assert rules.named("fsrs gone").weights == DEFAULTS
    assert rules_of(CardState(scheduler="fsrs abc"), rules).weights[0] == 1.0
    assert rules.text == 'sm2-paper {"max_interval": 99} 0.8'
