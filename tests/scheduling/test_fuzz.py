"""A due day near the interval's end: inside the usual window, the same everywhere, away from full days."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import CardState
from quizzer.scheduling.fuzz import choose, number_of, reach, window

FRACTION = st.floats(0, 1, exclude_max=True)
LOAD = st.dictionaries(st.integers(0, 60), st.integers(0, 1000))


@given(st.integers(1, 40_000), st.integers(0, 40_000), st.integers(1, 40_000))
def test_the_window_holds_the_interval_and_keeps_the_order(interval, before, most):
    interval = min(interval, most)
    low, high = window(interval, before, most)
    assert 1 <= low <= interval <= high <= most
    if interval < 3:
        assert low == high
    if interval > before:
        assert low > before
    assert max(interval - low, high - interval) <= 3 + 0.06 * interval


@given(FRACTION, st.integers(0, 60), st.integers(0, 20), LOAD)
def test_every_number_falls_on_a_day_of_the_window(number, low, more, load):
    assert low <= choose(number, low, low + more, load) <= low + more


def test_without_load_every_day_is_as_likely():
    days = Counter(choose(n / 1000, 10, 14, {}) for n in range(1000))
    assert set(days) == {10, 11, 12, 13, 14}
    assert max(days.values()) - min(days.values()) <= 2


def test_a_number_is_the_card_s_and_its_count_s_for_ever():
    assert number_of("a", 3) == number_of("a", 3)
    assert len({number_of("a", n) for n in range(50)}) == 50
    # Pinned: another machine or version must not put a card on another day.
    assert [round(number_of("6f1e", n), 9) for n in (0, 7)] == PINNED


PINNED = [0.55598627, 0.906300403]


def test_balance_levels_what_comes_due():
    levels = []
    for balanced in (False, True):
        due: Counter[int] = Counter()
        for n in range(2000):
            day = n % 20
            low, high = window(30, 15, 36_500)
            due[choose(number_of(f"card {n}", 5), day + low, day + high, due if balanced else {})] += 1
        middle = [due[day] for day in range(36, 44)]
        levels.append(max(middle) - min(middle))
    assert levels[1] < levels[0] / 2


def test_only_the_schedule_s_own_day_is_moved():
    before, after = CardState(interval=6, last_day=1, due_day=7), CardState(interval=15, last_day=7, due_day=22)
    assert reach(before, after, 7, "spread", 36_500) == (20, 24)
    assert reach(before, after, 7, "off", 36_500) is None
    assert reach(before, CardState(interval=15, last_day=7, due_day=23), 7, "spread", 36_500) is None
    assert reach(before, CardState(interval=1, last_day=7, due_day=8), 7, "balance", 36_500) is None
