"""Which rung a state asks for, and what a first time at a higher one costs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import Act, CardState, ReviewData, Rung
from quizzer.scheduling.replay import fold
from quizzer.scheduling.rungs import choose, is_trial, seen_rungs
from quizzer.scheduling.sm2 import Rules

LADDER: tuple[Rung, ...] = ("order", "fill", "recall")
CODE: tuple[Rung, ...] = ("trace", "break", "fill", "write")


def lived(kind: str, rungs: tuple[Rung, ...], grades: Sequence[int]) -> tuple[list[str], list[bool], CardState]:
    """The rungs and trials of reviews that got these grades, each on its due day, and the state after them."""
    acts: list[Act] = []
    asked: list[str] = []
    trials: list[bool] = []
    state = CardState()
    for number, grade in enumerate(grades):
        rung = choose(kind, rungs, state)
        trial = not state.is_new and is_trial(rungs, rung, seen_rungs(acts))
        review = ReviewData(grade=grade, verdict="passed", kind="review", rung=rung, trial=trial)
        acts.append(Act(number, f"u{number}", "me", "c", "review", 0, 0, state.due_day or 0, review=review))
        asked.append(rung)
        trials.append(trial)
        state = fold(acts, Rules())
    return asked, trials, state


@pytest.mark.parametrize(
    ("grades", "rungs", "trials"),
    [
        ((4, 4, 4, 4), "order fill recall recall", "-xx-"),
        ((4, 1, 4, 4, 4), "order fill order fill recall", "-x--x"),
        ((4, 4, 4, 1, 4, 4), "order fill recall recall fill recall", "-xx---"),
        ((1, 1, 4, 4), "order order order fill", "---x"),
        ((4, 4, 1, 4, 1, 4), "order fill recall fill recall fill", "-xx---"),
    ],
)
def test_a_derivation_climbs(grades: tuple[int, ...], rungs: str, trials: str) -> None:
    asked, tried, _ = lived("derivation", LADDER, grades)
    assert " ".join(asked) == rungs
    assert "".join("x" if trial else "-" for trial in tried) == trials


def test_a_failed_trial_costs_nothing_and_repeats_the_interval() -> None:
    _, _, before = lived("derivation", LADDER, (4, 4))
    asked, _, after = lived("derivation", LADDER, (4, 4, 0))
    assert asked[-1] == "recall"
    assert (after.ease, after.repetition, after.interval, after.lapses) == (250, before.repetition, before.interval, 0)
    assert after.due_day == (before.due_day or 0) + before.interval
    _, _, second = lived("derivation", LADDER, (4, 4, 0, 4, 0))
    assert (second.lapses, second.repetition, second.interval) == (1, 0, 1)


def test_code_is_written_at_first_after_a_lapse_and_every_third_time() -> None:
    assert lived("code", CODE, (4,) * 5)[0] == ["write", "trace", "break", "write", "fill"]
    assert lived("code", CODE, (4, 4, 1, 4))[0] == ["write", "trace", "break", "write"]
    asked, _, state = lived("code", CODE, (4,) * 9)
    assert state.interval > 120
    assert asked[6:] == ["break", "fill", "trace"]  # the third review would be written, but the interval is long


def test_a_first_written_answer_after_a_short_introduction_is_a_trial() -> None:
    state = CardState(1, 1, 250, 1, 0, 0, 1, 1, 0, 1, 4, rung="trace")
    assert choose("code", CODE, state) == "break"
    assert is_trial(CODE, "write", {"trace"})
    assert not is_trial(CODE, "break", {"write"})
    assert not is_trial(CODE, "write", set())


def test_the_formula_is_asked_for_once_after_four_in_a_row() -> None:
    asked, trials, _ = lived("numeric", ("", "formula"), (4,) * 8)
    assert asked == ["", "", "", "", "formula", "", "", ""]
    assert trials.index(True) == 4
    asked, _, state = lived("numeric", ("", "formula"), (4, 4, 4, 4, 1, 4, 4))
    assert asked == ["", "", "", "", "formula", "", ""]
    assert state.lapses == 0


@given(st.lists(st.integers(0, 5), max_size=30), st.sampled_from([("derivation", LADDER), ("code", CODE)]))
def test_any_history_asks_a_rung_of_the_question(grades: list[int], of: tuple[str, tuple[Rung, ...]]) -> None:
    kind, rungs = of
    asked, trials, _ = lived(kind, rungs, grades)
    assert set(asked) <= set(rungs)
    assert sum(trials) < len(rungs)  # each rung is tried for the first time once
