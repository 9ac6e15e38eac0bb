"""Numbers as answers: what is said of a wrong one, which digits are asked for, lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzer.grading import draw
from quizzer.model import Question, Verdict
from quizzer.questions import kind_of
from quizzer.store.compiling import parse_deck

DECK = """format: 1
deck: d
title: D
language: en
questions:
  - id: q
    kind: numeric
    variables:
      n: {{choice: [{n}]}}
    prompt: How many?
    answer: '{answer}'
    {accept}
    mistakes:
      - value: n + 100000
        say: No.
"""


def question(answer: str, accept: str = "", n: str = "3") -> Question:
    text = DECK.format(answer=answer, n=n, accept=f"accept: {accept}" if accept else "unit: ''")
    return parse_deck(Path("d.yaml"), text.replace("    unit: ''\n", "").encode()).questions[0]


def judged(asked: Question, *answers: str) -> Verdict:
    found = kind_of("numeric").judge(draw(asked, 1), answers)
    assert isinstance(found, Verdict)
    return found


@pytest.mark.parametrize(
    ("answer", "accept", "typed", "message"),
    [
        ("n/7", "", "-0.428571", "The sign is wrong."),
        ("n/7", "", "4.28571428571428571", "Off by a factor of 10."),
        ("n/7", "", "300/7", "Off by a factor of 100."),
        ("n/7", "", "-30/7", "Off by a factor of −10."),
        ("n/7", "", "6/7", "Off by a factor of 2."),
        ("n/7", "{rel: 1e-4}", "0.43", "Right to 2 digits, 4 are needed."),
        ("n/7", "{rel: 1e-4}", "0.429", "Right to 3 digits, 4 are needed."),
        ("n/7", "{sigfigs: 4}", "0.4290", "Right to 3 digits, 4 are needed."),
        ("n/7", "{abs: 0.0001}", "0.43", "Right to 2 digits, 4 are needed."),
        ("n", "integer", "4", "Off by one."),
        ("4*n", "integer", "24", "Off by a factor of 2."),
        ("n/7", "", "0.9", ""),
    ],
)
def test_a_wrong_number_is_told_how_far_off_it_is(answer: str, accept: str, typed: str, message: str) -> None:
    found = judged(question(answer, accept), typed)
    assert (found.verdict, found.message) == ("wrong-answer", message)


def test_the_right_answer_is_written_with_all_the_digits_asked_for() -> None:
    for answer, written in (("0.03*n", "0.0900"), ("n/3", "1.00"), ("1000*n", "3000"), ("n*1e-9", "3.00e-9")):
        asked = question(answer, "{sigfigs: 3}")
        variant = draw(asked, 1)
        assert kind_of("numeric").solution(variant) == (written,)
        assert judged(asked, written).verdict == "passed"
        assert "3 significant digits" in kind_of("numeric").present(variant).expects


def test_a_list_says_how_much_of_it_is_right() -> None:
    ordered, free = question("[n, 2*n, 3*n]"), question("[n, 2*n, 3*n]", "{unordered: true}")
    assert judged(ordered, "[3, 6, 9]").verdict == judged(free, "[9, 3, 6]").verdict == "passed"
    assert judged(ordered, "[3, 9, 6]").message == "These are the right numbers in another order."
    assert judged(ordered, "[3, 12, 9]").message == "2 of 3 are right; number 2 is wrong. Off by a factor of 2."
    assert judged(free, "[9, 3, 5]").message == "2 of 3 are right."
    assert kind_of("numeric").present(draw(ordered, 1)).expects == "3 numbers in brackets, for instance [1, 2, 3]"


def test_unordered_alone_keeps_the_default_tolerance() -> None:
    asked = question("[n/7, n/11]", "{unordered: true}")
    assert judged(asked, "[0.2727, 0.4286]").verdict == "passed"
    assert judged(asked, "[0.27, 0.4286]").verdict == "wrong-answer"
