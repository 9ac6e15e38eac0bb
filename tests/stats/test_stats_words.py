"""Code submissions from stored detail, the short text for a terminal, and the numbers as words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_rows import TODAY, card, row, summary

from quizzer.clock import day_to_date
from quizzer.model import ReviewRow
from quizzer.stats import DeckSummary, Figures, next_steps, plain, summary_lines
from quizzer.stats import figures as of_columns
from quizzer.stats.answers import missed_steps, stories
from quizzer.stats.columns import columns
from quizzer.stats.values import CodeStory, CodeSubmission, without_code
from quizzer.stats.words import counted, duration, percent, when

DETAIL = json.dumps(
    {
        "cases": {"passed": 64, "total": 207},
        "counterexample": {"call": "window_max([2, 2], 1)", "expected": "[2, 2]", "got": "[2]"},
        "message": "The window lost a value.",
    }
)


def figures(rows: list[ReviewRow], *rest: object) -> Figures:
    return of_columns(columns(rows), *rest)  # type: ignore[arg-type]


def story(*rows: ReviewRow) -> CodeStory:
    (found,) = stories({"bias/q1": rows})
    return found


def only(row: ReviewRow) -> CodeSubmission:
    (found,) = story(row).latest
    return found


def test_a_code_submission_shows_its_counterexample() -> None:
    found = only(row(question_kind="code", grade=1, verdict="wrong-answer", detail=DETAIL, response="def f(): ..."))
    assert (found.passed, found.total, found.call, found.got) == (64, 207, "window_max([2, 2], 1)", "[2]")
    assert (found.message, found.source, found.time) == ("The window lost a value.", "def f(): ...", "10:00")


def test_answers_come_newest_first_and_long_sources_are_cut() -> None:
    found = story(*(row(question_kind="code", day=TODAY - 9 + i, response="x" * 50_000) for i in range(9)))
    assert [one.day for one in found.latest] == [TODAY - 1, TODAY - 2, TODAY - 3]
    assert found.answers == 9
    assert len(found.latest[0].source) < 13_000
    assert found.latest[0].source.endswith("(cut here)")


def test_a_story_goes_from_the_first_answer_to_the_last() -> None:
    lost = {"question_kind": "code", "grade": 1, "verdict": "wrong-answer", "detail": DETAIL}
    before = row(**lost, attempts=3, response="def f(x):\n    a\n    b\n    c\n    return x\n")
    after = row(question_kind="code", attempts=2, response="def f(x):\n    a\n    b\n    c\n    return x + 1\n")
    found = story(before, row(**lost, response="nothing like it"), after, row(**lost, response=after.response))
    assert (found.answers, found.until_passed, found.first_failing) == (4, 6, "window_max([2, 2], 1)")
    assert found.diff == ((" ", "    b"), (" ", "    c"), ("-", "    return x"), ("+", "    return x + 1"))
    assert story(before).until_passed is None
    assert story(before).diff == ()
    shared = without_code(of_columns(columns([before]), [], [], TODAY, "", code={"bias/q1": [before, after]}))
    assert "return" not in json.dumps(plain(shared.code))
    assert "window_max([2, 2], 1)" in json.dumps(plain(shared.code))


def test_a_submission_that_changed_nothing_has_no_difference_and_rungs_are_not_compared() -> None:
    one = row(question_kind="code", rung="write", response="a\n")
    assert story(one, one).diff == ()
    assert story(row(question_kind="code", rung="fill", response="b"), one).diff == ()


def test_missed_steps_are_counted_from_what_is_kept_and_from_older_messages() -> None:
    rows = [
        ("d", "q", "recall", TODAY, json.dumps({"steps": {"step 1": True, "step 3": False}})),
        ("d", "q", "fill", TODAY - 1, json.dumps({"steps": {"step 3": True}})),
        ("d", "q", "recall", TODAY - 2, json.dumps({"message": "step 3: a sign\nstep 2: no"})),
        ("d", "r", "recall", TODAY - 2, json.dumps({"steps": {"step 9999": False, "x": False, "step 1": None}})),
        ("d", "s", "recall", TODAY, "[1]"),
    ]
    found = missed_steps(rows, {"d/q": ["one", "two", "three"]})
    assert [(one.name, one.step, one.missed, one.asked, one.say) for one in found] == [
        ("d/q", 3, 2, 2, "three"),
        ("d/q", 2, 1, 0, "two"),
        ("d/r", 1, 1, 1, ""),
    ]


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["cases", "counterexample", "call"]), inner),
    ).map(json.dumps)
)
def test_any_stored_detail_is_survived(detail: str) -> None:
    found = only(row(question_kind="code", detail=detail))
    assert missed_steps([("d", "q", "", TODAY, detail)], {}) == ()
    assert isinstance(found.call, str)
    assert found.passed is None or isinstance(found.passed, int)


def test_deeply_nested_detail_is_survived() -> None:
    assert only(row(question_kind="code", detail="[" * 100_000)).message == ""


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
