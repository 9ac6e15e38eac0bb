"""Spellings judged against plain Python: none is misread, misjudged or refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import referenced_pairs

from quizzer.errors import Unreadable
from quizzer.formulas import Scope, compare, declare, evaluate, parse, read_answer
from quizzer.formulas.sampling import points

SCOPES = {group: declare(specs) for group, (specs, _) in referenced_pairs.GROUPS.items()}
ENTRIES = [
    pytest.param(group, entry, id=f"{group}-{number}")
    for group, (_, entries) in referenced_pairs.GROUPS.items()
    for number, entry in enumerate(entries)
]


def plain(value: Any) -> Any:
    """A drawn value as a Python int, float or list."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    number = Fraction(value)
    return int(number) if number.denominator == 1 else float(number)


def places(scope: Scope) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    drawn = list(points(scope, frozenset(scope.symbols), 7, 4, 40))
    assert drawn
    return [(values, {name.replace("\\", ""): plain(value) for name, value in values.items()}) for values in drawn]


def test_there_are_many() -> None:
    assert len(ENTRIES) >= 60
    assert len(referenced_pairs.PAIRS) >= 650


@pytest.mark.parametrize(("group", "entry"), ENTRIES)
def test_every_spelling_is_read_and_judged_as_plain_python_says(group: str, entry: referenced_pairs.Entry) -> None:
    reference, right, wrong = entry
    expected = parse(right[0], SCOPES[group])
    here = places(SCOPES[group])
    for text in right:
        formula = read_answer(text, expected)
        for values, numbers in here:
            wanted = reference(numbers)
            assert float(evaluate(formula, values, 16)) == pytest.approx(wanted, rel=1e-8, abs=1e-8), (text, numbers)
        found = compare(formula, expected, seed=1)
        # a singular integral is not known exactly enough to be called equal; it is never called wrong
        assert found.outcome == "equal" or (found.outcome == "undecided" and "integral" in formula.features), text
    for text in wrong:
        assert compare(read_answer(text, expected), expected, seed=1).outcome != "equal", text


SCOPE = declare(
    {"n": {"int": [2, 5]}, "x": {"real": [-2, 2], "length": "n"}, "y": {"real": [-2, 2]}, "p": {"simplex": "n"}}
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"\sum_{j=0}^{\infty} y^j", "a sum without end"),
        (r"\sigma'(y)", "is a derivative"),
        ("mean_i (x_i)^2", "ambiguous"),
        (r"\log y \sum_i x_i", "two factors"),
        (r"\mathbb{E}_p[y]", "does not say what is drawn"),
        ("x - y", "a vector where one number is asked for"),
        (r"\tan^{-1} y", "inverse function or the reciprocal"),
    ],
)
def test_what_could_be_meant_in_two_ways_is_refused_for_free(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_answer(text, parse("sum_i x_i", SCOPE))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\log\frac{1}{n}\sum_i e^{x_i}", "ln(sum_i exp(x_i)/n)"),
        ("max(x) + ln(sum(exp(x - max(x))))", "logsumexp(x)"),
        ("sum((x - mean(x))^2)/n", "sum_i x_i^2/n - (sum_i x_i/n)^2"),
        (r"\nabla_\theta J = \mathbb{E}_p[x]", "sum_i p_i x_i"),
        (r"P(k \mid g) = y^2", "y y"),
        ("(1 - y)_+", "max(0, 1 - y)"),
        (r"\left(1-y\right)_{+}", "relu(1 - y)"),
    ],
)
def test_what_has_one_meaning_is_read(left: str, right: str) -> None:
    expected = parse(right, SCOPE)
    assert compare(read_answer(left, expected), expected).outcome == "equal"


def test_two_spellings_of_a_letter_may_be_declared_apart() -> None:
    scope = declare({r"\theta": {"real": [1, 2]}, r"\vartheta": {"real": [3, 4]}})
    for text in (r"\theta - 2\vartheta", "θ − 2ϑ", "theta - 2 vartheta"):
        assert compare(parse(text, scope), parse(r"\theta-\vartheta-\vartheta", scope)).outcome == "equal"
        assert parse(text, scope).reading == "θ − 2·ϑ"
    alone = declare({r"\vartheta": {"real": [1, 2]}})
    assert compare(parse(r"\theta", alone), parse("vartheta", alone)).outcome == "equal"
