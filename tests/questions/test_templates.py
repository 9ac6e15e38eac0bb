"""Texts with drawn values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quizzer.errors import Unreadable
from quizzer.formulas import declare
from quizzer.questions.templates import compile_text, render

SCOPE = declare(
    {
        "n": {"int": [1, 9]},
        "x": {"real": [0, 1], "decimals": 2},
        "k": {"int": [1, 3], "length": 3},
        "pet": {"choice": ["cat", "dog"]},
    }
)
VALUES = {"n": 4, "x": Decimal("0.50"), "k": [1, 2, 3], "pet": "cat"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<<n>> and <<n + 1>>", "4 and 5"),
        ("<<x>> <<x | fixed(3)>> <<x | percent>>", "0.50 0.500 50%"),
        ("<<1/3 | sigfigs(3)>>", "0.333"),
        ("<<1/3 | fixed(2)>>", "0.33"),
        ("<<k>>", "1, 2, 3"),
        ("<<k | table>>", "| 1 | 2 | 3 |\n|---|---|---|\n| 1 | 2 | 3 |"),
        ("a <<pet>>", "a cat"),
        (r"\<<n>>", "<<n>>"),
        (r"$\frac{1}{<<n>>}$ {{ n }} {% x %} {# y #}", r"$\frac{1}{4}$ {{ n }} {% x %} {# y #}"),
        ("<<sum_{i=1}^{3} k_i>>", "6"),
        ("<<|x|>>", "0.5"),
        ("没有变量", "没有变量"),
    ],
)
def test_render(text: str, shown: str) -> None:
    assert render(text, SCOPE, VALUES) == shown


@pytest.mark.parametrize("text", ["<<m>>", "<<n", "<<n | upper>>", "<<n | fixed>>", "<<__import__('os')>>", "<<>>"])
def test_a_slot_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        compile_text(text, SCOPE)


def test_without_variables_a_text_stays_as_written() -> None:
    assert render("<<n>>", None, {}) == "<<n>>"


@pytest.mark.parametrize("text", ["<<1/(n - n)>>", "<<log(-n)>>", "<<exp(4000000 + n) | percent>>"])
def test_a_slot_without_a_value_is_said_by_name(text: str) -> None:
    scope = declare({"n": {"int": [2, 5]}})
    with pytest.raises(Unreadable, match="has no value for these numbers"):
        render(text, scope, {"n": 3})
