"""Scales, ticks and what charts make of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import histories
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import ReviewRow
from quizzer.report import charts, heat, recall
from quizzer.report.scales import TIMES, level, log_place, place, thresholds, ticks, time_ticks
from quizzer.report.shapes import BASE
from quizzer.stats import Figures
from quizzer.stats import figures as of_columns
from quizzer.stats.columns import columns
from quizzer.stats.values import DueDay


def figures(rows: list[ReviewRow], *rest: object) -> Figures:
    return of_columns(columns(rows), *rest)  # type: ignore[arg-type]


@given(st.integers(0, 10**9), st.integers(2, 8))
def test_ticks_reach_the_top_in_few_equal_steps(top: int, most: int) -> None:
    found = ticks(top, most)
    assert found[0] == 0
    assert found[-1] >= top
    assert len(found) - 1 <= most
    steps = {b - a for a, b in pairwise(found)}
    assert len(steps) == 1
    assert str(steps.pop()).rstrip("0") in {"1", "2", "5"}
    assert len(found) == 2 or found[-2] < top


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_places_stay_between_the_ends(value: float, low: float, high: float) -> None:
    assert 0 <= place(value, low, high, 0, 100) <= 100
    assert place(low, low, high, 150, 10) == 150
    if high - low > 1e-3:
        assert place(high, low, high, 150, 10) == pytest.approx(10)


def test_a_logarithmic_place_halves_at_the_geometric_mean() -> None:
    assert log_place(10, 1, 100, 0, 100) == pytest.approx(50)
    assert log_place(0, 1, 100, 0, 100) == 0


@given(st.floats(0.01, 50_000), st.floats(0.01, 50_000))
def test_time_ticks_hold_the_range(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    found = time_ticks(low, high)
    assert len(found) >= 2
    assert list(found) == sorted(set(found))
    assert found[0] <= max(low, TIMES[0])
    assert found[-1] >= min(high, TIMES[-1])


@given(st.lists(st.integers(0, 500), max_size=60))
def test_levels_are_quantiles_of_days_with_answers(values: list[int]) -> None:
    starts = thresholds(values)
    positive = [value for value in values if value > 0]
    if positive:
        assert starts == pytest.approx(np.quantile(positive, (0.25, 0.5, 0.75)))
        assert level(max(positive), starts) == 4
    assert level(0, starts) == 0
    levels = [level(value, starts) for value in sorted(values)]
    assert levels == sorted(levels)


def test_one_big_day_leaves_the_others_apart() -> None:
    starts = thresholds([5, 10, 15, 20, 4000])
    assert [level(value, starts) for value in (5, 10, 15, 20, 4000)] == [1, 2, 3, 4, 4]


def test_bars_are_as_high_as_their_counts() -> None:
    made = figures([], [], [], histories.TODAY, "")
    due = tuple(DueDay(histories.TODAY + i, i % 7, 2 if i == 3 else 0, None) for i in range(30))
    bars = charts.forecast(replace(made, forecast=due)).bars
    unit = bars[1].parts[0].height
    for i, bar in enumerate(bars):
        assert sum(part.height for part in bar.parts) == pytest.approx(i % 7 * unit)
        assert all(part.y + part.height <= BASE + 1e-9 for part in bar.parts)
        assert 0 <= bar.x <= bar.x + bar.width <= 100
    assert [part.mark for part in bars[3].parts] == ["solid", "stripe"]


def test_the_year_ends_today_and_holds_every_answer_of_its_days() -> None:
    rows, cards, decks = histories.year(3000, span=500)
    made = figures(rows, cards, decks, histories.TODAY, "")
    found = heat.year(made)
    assert found is not None
    first = histories.TODAY - len(found.cells) + 1
    assert (first + 3) % 7 == 0  # a Monday
    shown = {first + i for i, cell in enumerate(found.cells) if cell.level}
    assert shown == {row.day for row in rows if row.day >= first}
    assert all(cell.x + cell.width <= 100 and cell.y + 12 <= found.height for cell in found.cells)
    gaps = [b.at - a.at for a, b in pairwise(found.months)]
    assert min(gaps) >= 3 * 100 / heat.WEEKS - 1e-9


def test_young_histories_draw_no_year_and_no_weeks() -> None:
    made = figures(*histories.first_day(), histories.TODAY, "")
    assert heat.year(made) is None
    assert recall.weeks(made) is None
    assert len(charts.activity(made).bars) == 14


def test_weeks_with_few_answers_are_hollow() -> None:
    rows, cards, decks = histories.year(800)
    found = recall.weeks(figures(rows, cards, decks, histories.TODAY, ""))
    assert found is not None
    table = {cells[0]: int(cells[2]) for cells in found.table.rows}
    assert sum(dot.hollow for dot in found.dots) == sum(total < 10 for total in table.values())
    assert len(found.lines) == len(found.dots) - 1
    assert len(found.foreseen) == len(found.dots) - 1


def test_predictions_are_drawn_beside_what_happened() -> None:
    rows, cards, decks = histories.year(800)
    found = recall.weeks(figures([replace(row, predicted=0.9) for row in rows], cards, decks, histories.TODAY, ""))
    assert found is not None
    assert len(found.foreseen) == len(found.dots) - 1
    assert "90 % expected" in found.dots[0].says
