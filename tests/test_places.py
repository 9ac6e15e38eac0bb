"""A mark under the place where reading a typed line stopped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learner import Learner

from quizzer.text import width
from quizzer.views.places import caret_lines


@pytest.mark.parametrize(
    ("text", "position", "shown"),
    [
        ("t + qq", 4, ["  t + qq", "      ^"]),
        ("t +", 3, ["  t +", "     ^"]),
        ("学习率 + q", 6, ["  学习率 + q", "           ^"]),
        ("a\x1b[31m q", 7, ["  a\\x1b[31m q", "            ^"]),
        ("m\u0302 + q", 5, ["  m\u0302 + q", "      ^"]),
        ("t", None, []),
        ("t", 5, []),
        ("  ", 0, []),
    ],
)
def test_the_mark_stands_under_the_place(text: str, position: int | None, shown: list[str]) -> None:
    assert caret_lines(text, position) == shown


@given(st.text(max_size=300), st.integers(0, 300), st.integers(10, 120))
def test_the_lines_fit_and_steer_nothing(text: str, position: int, columns: int) -> None:
    for line in caret_lines(text, position, columns):
        assert "\n" not in line
        assert "\x1b" not in line
        assert width(line) <= 6 * max(columns, 24)  # escapes take more room than what they stand for


def test_the_session_points_at_the_place(learner: Learner) -> None:
    said = learner.run("study", "--kind", "numeric", typed="1 + qq\n:quit\n")
    lines = said.out.splitlines()
    typed = next(i for i, line in enumerate(lines) if line.strip() == "1 + qq")
    assert lines[typed + 1].index("^") == lines[typed].index("qq")
    assert "not a number" in lines[typed + 2]


def test_a_single_command_points_at_the_place(learner: Learner) -> None:
    said = learner.run("grade", "sample/area", "--answer", "1 + qq")
    assert said.code == 2
    lines = said.out.splitlines()
    assert lines[1].index("^") == lines[0].index("qq")
    assert learner.run("submit", "sample/area", "--answer", "1 + qq").out.splitlines()[:2] == lines[:2]


def test_a_name_before_a_line_of_a_derivation_is_left_out(learner: Learner) -> None:
    lines = ("D = 1 - r^n", r"q := 1-r", r"$S_n = \frac{1-r^n}{1-r}$")
    flags = [part for line in lines for part in ("--answer", line)]
    said = learner.run("grade", "sample/geometric", "--rung", "recall", *flags)
    assert said.code == 0, said.out
    assert "(without `D =`)" in said.out
