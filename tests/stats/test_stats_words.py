"""Code submissions from stored detail, the short text for a terminal, and the numbers as words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_rows import TODAY, card, row, summary

from quizzer.clock import day_to_date
from quizzer.stats import DeckSummary, figures, next_steps, plain, summary_lines
from quizzer.stats.words import counted, duration, percent, when

DETAIL = json.dumps(
    {
        "cases": {"passed": 64, "total": 207},
        "counterexample": {"call": "window_max([2, 2], 1)", "expected": "[2, 2]", "got": "[2]"},
        "message": "The window lost a value.",
    }
)


def test_a_code_submission_shows_its_counterexample() -> None:
    made = row(question_kind="code", grade=1, verdict="wrong-answer", detail=DETAIL, response="def f(): ...")
    (found,) = figures([row(), made], [], [], TODAY, "").code
    assert (found.passed, found.total, found.call, found.got) == (64, 207, "window_max([2, 2], 1)", "[2]")
    assert (found.message, found.source, found.time) == ("The window lost a value.", "def f(): ...", "10:00")


def test_submissions_come_newest_first_and_long_sources_are_cut() -> None:
    made = [row(question_kind="code", question=f"q{i}", response="x" * 50_000) for i in range(20)]
    found = figures(made, [], [], TODAY, "").code
    assert [one.name for one in found] == [f"bias/q{i}" for i in range(19, 11, -1)]
    assert len(found[0].source) < 13_000
    assert found[0].source.endswith("(cut here)")


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["cases", "counterexample", "call"]), inner),
    ).map(json.dumps)
)
def test_any_stored_detail_is_survived(detail: str) -> None:
    (found,) = figures([row(question_kind="code", detail=detail)], [], [], TODAY, "").code
    assert isinstance(found.call, str)
    assert found.passed is None or isinstance(found.passed, int)


def test_deeply_nested_detail_is_survived() -> None:
    assert figures([row(question_kind="code", detail="[" * 100_000)], [], [], TODAY, "").code[0].message == ""


def test_plain_figures_are_json_with_dates() -> None:
    held = [card(due_day=TODAY - 2, last_day=TODAY - 8, lapses=2)]
    made = plain(figures([row(grade=1), row()], held, [summary("bias")], TODAY, "now"))
    again = json.loads(json.dumps(made, allow_nan=False))
    assert again == made
    assert made["today"] == made["weakest"][0]["last_wrong"] == day_to_date(TODAY).isoformat()
    assert made["retention"]["overall"]["value"] == 0.5
    assert made["retention"]["mature"]["value"] is None
    assert made["forecast"][0]["overdue"] == 1
    assert plain(figures([], [], [], TODAY, ""))["days"] == []


def test_first_day_invites() -> None:
    waiting = figures([], [], [summary("bias", new=4, started=False)], TODAY, "")
    assert next_steps(waiting)[0].command == "quizzer decks start bias"
    started = figures([], [], [summary("bias", new=4)], TODAY, "")
    assert next_steps(started)[0].command == "quizzer study"
    assert "4 new cards" in next_steps(started)[0].text


def test_due_cards_come_first_then_the_weakest() -> None:
    held = [card(due_day=TODAY - 2, last_day=TODAY - 8, lapses=2)]
    found = figures([row(grade=1, day=TODAY - 8)] * 12, held, [summary("bias")], TODAY, "")
    steps = next_steps(found)
    assert steps[0].text == "1 card due today, 1 of them from earlier days. About 12 s."
    assert [step.command for step in steps] == ["quizzer study", "quizzer study bias", "quizzer card history bias/q1"]


def test_rest_when_nothing_waits() -> None:
    held = [card(due_day=TODAY + 1, last_day=TODAY)]
    (step,) = next_steps(figures([row()], held, [summary("bias")], TODAY, ""))
    assert step.text == "Nothing is due. Next: 1 card tomorrow."


def test_summary_lines_are_safe_to_print() -> None:
    hostile = DeckSummary("bias", "A\x1b]0;owned\x07\u202e title\n", "en", 5, False, 0, 5)
    held = [card(question="\x1b[2J", lapses=1, last_day=TODAY)]
    lines = summary_lines(figures([row(grade=1)], held, [hostile], TODAY, ""))
    assert len(lines) > 4
    for line in lines:
        assert line.isprintable()
    assert summary_lines(figures([], [], [], TODAY, ""))[0] == "Nothing reviewed yet."


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (3599, "1 h"),
        (3660, "1 h 1 min"),
        (36_000, "10 h"),
    ],
)
def test_duration(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@given(st.integers(1, 10**6), st.data())
def test_percent_never_claims_all_or_nothing_falsely(total: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, total))
    assert (percent(part / total) == "100 %") == (part == total)
    assert (percent(part / total) == "0 %") == (part == 0)


@given(st.integers(0, 40_000), st.integers(-(10**6), 10**7))
def test_when_has_words_for_any_day(today: int, day: int) -> None:
    assert when(day, today)
    assert counted(1, "day") == "1 day"
