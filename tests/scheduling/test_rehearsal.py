"""What a plan for an exam costs and brings, against what can be said without following anything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.model import CardState
from quizzer.scheduling import curve, fsrs, sm2
from quizzer.scheduling.exam import Goal, aimed
from quizzer.scheduling.fsrs import FsrsRules
from quizzer.scheduling.recalling import PROMISE, recall
from quizzer.scheduling.rehearsal import Course, Studied, followed, rehearse, shortfall
from quizzer.scheduling.rules import Rules

RULES: dict[str, Rules] = {"sm2": sm2.Rules(), "fsrs": FsrsRules()}
grades = st.lists(st.integers(0, 5), min_size=1, max_size=6)


def grown(given: list[int], rules: Rules, day: int = 0) -> CardState:
    """A card with these grades, each on its due day."""
    state = CardState()
    for grade in given:
        step = fsrs.advance if isinstance(rules, FsrsRules) else sm2.advance
        state = step(state, grade, state.due_day or day, "review", rules)  # type: ignore[arg-type]  # its own rules
    return state


@given(grades, st.integers(1, 400), st.tuples(*[st.floats(-2, 2)] * 8))
def test_one_card_s_recall_is_the_curve_of_the_arrays(given: list[int], days: int, bent: tuple[float, ...]) -> None:
    state = grown(given, sm2.Rules())
    assert state.last_day is not None
    assert state.last_grade is not None
    row = [[number] for number in (days, state.interval, state.ease, state.repetition, state.lapses, state.last_grade)]
    wanted = curve.recall(bent, curve.features(*(np.array(column) for column in row)))
    assert recall(state, state.last_day + days, sm2.Rules(), bent) == pytest.approx(float(wanted[0]), abs=1e-5)
    assert PROMISE == curve.PRIOR


@given(grades, st.integers(1, 400))
def test_under_fsrs_it_is_what_fsrs_predicts(given: list[int], days: int) -> None:
    state = grown(given, FsrsRules())
    assert state.last_day is not None
    assert recall(state, state.last_day + days, FsrsRules()) == fsrs.predicted(
        state, state.last_day + days, FsrsRules()
    )
    assert recall(CardState(), 7, FsrsRules()) == 0.0


decks = st.tuples(st.sampled_from(sorted(RULES)), st.lists(grades, max_size=12), st.integers(0, 8))


@settings(deadline=None, max_examples=25)
@given(decks, st.integers(1, 60), st.integers(0, 5))
def test_figures_are_shares_and_more_work_is_never_worse(
    made: tuple[str, list[list[int]], int], ahead: int, pace: int
) -> None:
    name, histories, new = made
    rules = RULES[name]
    cards = [Studied(grown(one, rules), rules) for one in histories] + [Studied(CardState(), rules)] * new
    day = max((card.state.last_day or 0 for card in cards), default=0) + 1

    def outcome(course: Course):  # type: ignore[no-untyped-def]  # a row of figures
        return rehearse(cards, course, day=day, exam_day=day + ahead, walks=100)

    none, date = outcome(Course(None, pace)), outcome(Course(Goal(day + ahead), pace))
    eve = outcome(Course(Goal(day + ahead), pace, eve=True))
    for found in (none, date, eve):
        assert 0 <= found.low <= found.known + 1e-9
        assert found.known <= found.high + 1e-9 <= 1 + 2e-9
        assert 0 <= found.later <= 1
        assert 0 <= found.minutes_a_day <= 3 * len(cards)
    assert date.minutes_a_day >= none.minutes_a_day - 0.5 * len(cards)
    assert outcome(Course(Goal(day + ahead), pace)) == date
    need = shortfall(cards, date, eve, min(date.known + 0.01, 1.0))
    assert need is None or 1 <= need[0] <= len(cards)


def test_a_card_that_is_left_alone_is_known_as_the_curve_says() -> None:
    for rules in RULES.values():
        state = grown([4, 4, 4, 4], rules)
        assert state.last_day is not None
        assert state.due_day is not None
        exam = state.due_day - 1
        found = rehearse([Studied(state, rules, 2.0)], Course(), day=state.last_day + 1, exam_day=exam)
        assert found.known == pytest.approx(recall(state, exam, rules))
        assert found.minutes_a_day == 0.0
        asked = rehearse([Studied(state, rules, 2.0)], Course(Goal(exam)), day=state.last_day + 1, exam_day=exam)
        assert asked.known > found.known
        assert 2.0 <= asked.last_week * 7 <= 4.0  # one answer, two where it fails


def test_new_cards_that_never_come_are_not_known() -> None:
    cards = [Studied(CardState(), sm2.Rules())] * 10
    assert rehearse(cards, Course(None, 0), day=0, exam_day=30).known == 0.0
    assert rehearse(cards, Course(None, 1), day=0, exam_day=5).known == pytest.approx(0.5, abs=0.2)
    assert rehearse([], Course(), day=0, exam_day=5).known == 0.0


def test_a_large_deck_is_followed_in_part() -> None:
    rules = sm2.Rules()
    cards = [Studied(grown([4] * (1 + n % 4), rules), rules, 1.0) for n in range(4000)]
    assert len(followed(4000, 400)) == 200
    few = rehearse(cards, Course(Goal(60)), day=30, exam_day=60, walks=400)
    many = rehearse(cards, Course(Goal(60)), day=30, exam_day=60, walks=8000)
    assert few.known == pytest.approx(many.known, abs=0.02)
    assert few.minutes_a_day == pytest.approx(many.minutes_a_day, rel=0.1)
    assert many.high - many.low < 0.02


@given(grades, st.floats(0.7, 0.97), st.integers(1, 300))
def test_a_target_moves_due_days_before_the_exam_and_the_right_way(given: list[int], target: float, left: int) -> None:
    rules = FsrsRules()
    after = grown(given, rules)
    assert after.last_day is not None
    assert after.due_day is not None
    day = after.last_day
    due = aimed(after, day, Goal(day + left, target), rules)
    if due is not None:
        assert (due < after.due_day) == (target > 0.9)
        assert day < due <= max(day + left, after.due_day)
    assert aimed(after, day, Goal(day, target), rules) is None
    assert aimed(after, day, Goal(day + left), rules) is None
    assert aimed(replace(after, stability=None), day, Goal(day + left, target), sm2.Rules()) is None
