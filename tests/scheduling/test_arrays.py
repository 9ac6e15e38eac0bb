"""Replaying on arrays gives what the code for one card gives, to the last bit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizzer.clock import study_day
from quizzer.model import CardState
from quizzer.scheduling import fsrs, sm2
from quizzer.scheduling.arrays import replay_fsrs, replay_sm2, rounds
from quizzer.scheduling.portable import SCALAR, arrays
from quizzer.scheduling.reviewlog import columns, study_days

histories = st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 40), st.integers(0, 5)), max_size=60)
weights = st.builds(
    lambda shares: tuple(
        low + share * (high - low) for low, high, share in zip(fsrs.LEAST, fsrs.MOST, shares, strict=True)
    ),
    st.lists(st.floats(0, 1), min_size=21, max_size=21),
)


def told(steps):
    """Rows of (card, day, grade) in time order: days move on by the steps, now and then backwards."""
    day, rows = 20_000, []
    for card, step, grade in steps:
        day += step
        rows.append((card, day, grade))
    return rows


def one_by_one(rows, advance, rules):
    """The state before each row and every card's last one, by the code for one card."""
    states, before = {}, []
    for card, day, grade in rows:
        state = states.get(card, CardState())
        before.append((state, day))
        kind = "drill" if state.last_day is not None and day <= state.last_day else "review"
        states[card] = advance(state, grade, day, kind, rules)
    return before, states


@given(
    histories,
    st.sampled_from(["author", "paper"]),
    st.sampled_from([36_500, 400, 6, 3]),
    st.sampled_from([0, 0, 50, 100]),
)
def test_sm2_on_arrays_is_sm2(steps, variant, most, credit):
    rows, rules = told(steps), sm2.Rules(variant, most, credit)
    before, last = one_by_one(rows, sm2.advance, rules)
    laid = rounds(columns(*zip(*rows, strict=True)) if rows else columns([], [], []))
    found = replay_sm2(laid, rules)
    for place, (state, _) in zip(laid.place, before, strict=True):
        seen = found.repetition[place], found.interval[place], found.ease[place]
        assert seen == (state.repetition, state.interval, state.ease)
    for number, card in enumerate(laid.cards):
        assert tuple(int(part[number]) for part in found.last) == (
            last[card].repetition, last[card].interval, last[card].ease
        )  # fmt: skip


@given(histories, st.one_of(st.just(fsrs.DEFAULTS), weights))
def test_fsrs_on_arrays_is_fsrs(steps, w):
    rows, rules = told(steps), fsrs.FsrsRules(w)
    before, last = one_by_one(rows, fsrs.advance, rules)
    laid = rounds(columns(*zip(*rows, strict=True)) if rows else columns([], [], []))
    found = replay_fsrs(laid, w, memories=True)
    for place, (state, day) in zip(laid.place, before, strict=True):
        if state.stability is not None:
            assert found.stability[place] == state.stability
            assert found.difficulty[place] == state.difficulty
            assert found.recall[place] == fsrs.predicted(state, day, rules)
    for number, card in enumerate(laid.cards):
        assert (found.last[0][number], found.last[1][number]) == (last[card].stability, last[card].difficulty)


@given(st.lists(st.floats(-600, 600), min_size=1), st.lists(st.floats(1e-300, 1e300), min_size=1))
def test_exp_and_log_are_right_and_the_same_for_floats_and_arrays(some, above):
    many = arrays()
    assert [SCALAR.exp(x) for x in some] == many.exp(np.array(some)).tolist()
    assert [SCALAR.log(x) for x in above] == many.log(np.array(above)).tolist()
    np.testing.assert_allclose(many.exp(np.array(some)), np.exp(some), rtol=4e-16)
    np.testing.assert_allclose(many.log(np.array(above)), np.log(above), rtol=7e-16)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"])
@given(minutes=st.lists(st.integers(0, 30 * 365 * 24 * 60), max_size=20), rollover=st.integers(0, 23))
@example(minutes=[3_590_070, 3_590_071, 3_590_072], rollover=0)  # clocks went back at 00:01 there
def test_study_days_of_many_instants_are_those_of_each(zone, minutes, rollover):
    instants = [datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=number) for number in minutes]
    at_ms = np.array([round(at.timestamp() * 1000) for at in instants], dtype=np.int64)
    each = [study_day(at, rollover, ZoneInfo(zone)) for at in instants]
    assert study_days(at_ms, ZoneInfo(zone), rollover).tolist() == each
