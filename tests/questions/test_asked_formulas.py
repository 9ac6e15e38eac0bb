"""The prompt of a question that asks for the formula in the place of the number."""

from __future__ import annotations

import pytest

from quizzer.formulas import declare
from quizzer.questions.asked_formulas import as_typed, with_names

SCOPE = declare(
    {"n": {"int": [1, 9]}, "alpha": {"real": [0, 1]}, "g": {"real": [0, 1], "length": 2}, "p": {"simplex": 3}}
)


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("a kernel of <<n>>, step <<alpha | fixed(2)>>", "a kernel of n, step alpha"),
        ("a batch of $n = <<n>>$ rows", "a batch of $n$ rows"),
        ("a batch of $n=<<n | sigfigs(2)>>$ rows", "a batch of $n$ rows"),
        ("gradients $g_1 = <<g_1>>$ and $g_2 = <<g_2>>$", "gradients $g_1$ and $g_2$"),
        (r"a step of $\alpha = <<alpha>>$", r"a step of $\alpha = alpha$"),  # tells how it is typed
        ("$n = <<n + 1>>$, $mn = <<n>>$", "$n = n + 1$, $mn = n$"),
        ("probabilities $p = (<<p>>)$", "probabilities $p$"),
        (r"\<< and <<n>>", "<< and n"),
    ],
)
def test_names_stand_where_the_numbers_stood(prompt: str, shown: str) -> None:
    assert with_names(prompt, SCOPE) == shown


def test_a_prompt_without_variables_stays() -> None:
    assert with_names("n = <<n>>", None) == "n = <<n>>"


@pytest.mark.parametrize(
    ("value", "typed"),
    [(3, "p"), ([1, 2], "p_1, p_2"), ((1, 2, 3, 4), "p_1 … p_4"), ([7], "p_1"), ([[1, 2], [3, 4]], "p")],
)
def test_the_elements_of_a_vector_are_named_as_they_are_typed(value: object, typed: str) -> None:
    assert as_typed("p", value) == typed
