"""The corpus: every pair is judged as labelled, at several seeds."""

from __future__ import annotations

from dataclasses import replace

import article_pairs
import formula_pairs
import pytest

from quizzer.formulas import Formula, compare, declare, parse, read_answer

GROUPS = formula_pairs.GROUPS | {f"article {group}": found for group, found in article_pairs.GROUPS.items()}
PAIRS = formula_pairs.PAIRS + [(f"article {group}", *pair) for group, *pair in article_pairs.PAIRS]
SCOPES = {group: declare(specs) for group, (specs, _) in GROUPS.items()}
IDS = [f"{group}-{number}" for number, (group, *_) in enumerate(PAIRS)]


def read(group: str, text: str) -> Formula:
    return parse(text, SCOPES[group])


def test_there_are_enough_pairs_of_each_kind() -> None:
    outcomes = [outcome for _, outcome, _, _ in PAIRS]
    assert len(PAIRS) >= 430
    assert outcomes.count("equal") >= 270
    assert outcomes.count("different") >= 130
    assert outcomes.count("near") >= 12


@pytest.mark.parametrize(("group", "outcome", "left", "right"), PAIRS, ids=IDS)
def test_pair(group: str, outcome: str, left: str, right: str) -> None:
    for seed in range(3):
        expected = read(group, right)
        found = compare(read_answer(left, expected), expected, seed=seed)
        if outcome == "near":
            assert found.outcome in ("close", "different"), (seed, found)
        else:
            assert found.outcome == outcome, (seed, found)
        if found.outcome in ("different", "domain", "close"):
            assert found.given_value != found.expected_value or found.diagnosis


@pytest.mark.parametrize(("group", "outcome", "left", "right"), PAIRS, ids=IDS)
def test_the_reading_reads_back_as_the_same_formula(group: str, outcome: str, left: str, right: str) -> None:
    expected = read(group, right)
    for formula in (replace(read_answer(left, expected), dropped=""), expected):
        assert read(group, formula.reading).node == formula.node


@pytest.mark.parametrize(("group", "outcome", "left", "right"), PAIRS[::4], ids=IDS[::4])
def test_metamorphic(group: str, outcome: str, left: str, right: str) -> None:
    """+ c − c changes nothing, * c / c neither; + 1e-12 is never the same."""
    original = read(group, right)
    if original.is_condition or original.rank or original.features & {"integral", "derivative"}:
        return
    for changed in (f"({right}) + 17 - 17", f"({right}) * 3 / 3", f"-(-({right}))"):
        assert compare(read(group, changed), original).outcome == "equal"
    assert compare(read(group, f"({right}) + 1e-12"), original).outcome in ("close", "different")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sum_j exp(x_j)", "sum_m exp(x_m)"),
        ("sum_{j=1}^{n} x_j y_j", "sum_{l=1}^{n} x_l y_l"),
        ("prod_j (1 + x_j^2)", "prod_k (1 + x_k^2)"),
        ("max_j x_j", "max_m x_m"),
        ("sum_j x_j sum_k y_k", "sum_k x_k sum_j y_j"),
        ("sum_i x_i", "sum_j x_j"),
    ],
)
def test_a_renamed_dummy_index_changes_nothing(left: str, right: str) -> None:
    assert compare(read("sums", left), read("sums", right)).outcome == "equal"


@pytest.mark.parametrize(
    ("group", "given", "expected", "words"),
    [
        ("powers", "2 t^2", "t^2", "factor of 2"),
        ("powers", "t^2/3", "t^2", "factor of 1/3"),
        ("powers", "-t^3", "t^3", "the sign is wrong"),
        ("powers", "t + 3", "t", "3 too large"),
        ("powers", "1/x", "x", "reciprocal"),
        ("powers", "log2(x)", "ln(x)", "your logarithm has base 2"),
        ("powers", "ln(x)", "log2(x)", "a logarithm to base 2"),
        ("powers", "sqrt(2pi) x", "x", "√(2π)"),
        ("powers", "x^2", "x", "square"),
        ("powers", "t + log10(x)", "t + ln(x)", "your logarithm has base 10"),
        ("sums", "sum_{j=1}^{n-1} x_j + 0*y_1", "sum_{j=1}^{n} x_j", "off by one"),
        ("sums", "sum_{k=1}^{N} r^k", "sum_{k=0}^{N} r^k", "1 too small"),
        ("policy", "sum_{t=0}^{T} gamma^t (r+t)", "sum_{t=1}^{T} gamma^t (r+t)", "off by one"),
        ("sums", "sum_{j=2}^{n} x_j y_j", "sum_j x_j y_j", "off by one"),
        ("sums", "(1 - r^(N+1))/(1-r)", "(1 - r^N)/(1-r)", "right for N + 1"),
        ("sums", "N(N-1)/2 + r", "N(N+1)/2 + r", "right for N − 1"),
    ],
)
def test_diagnosis(group: str, given: str, expected: str, words: str) -> None:
    assert words in compare(read(group, given), read(group, expected)).diagnosis


def test_a_vector_given_for_a_number_is_told() -> None:
    assert "vector" in compare(read("softmax", "softmax(x)"), read("softmax", "softmax(x)_k")).diagnosis


def test_nothing_to_compare_is_undecided() -> None:
    assert compare(read("powers", "log(-x)"), read("powers", "log(-2x)")).outcome == "undecided"


def test_the_point_is_one_where_they_differ() -> None:
    found = compare(read("piecewise", "sqrt(x^2)"), read("piecewise", "x"))
    x = float(found.point["x"])
    assert x < 0
    assert float(found.given_value) == -float(found.expected_value) == -x


def test_huge_formulas_are_undecided_not_equal() -> None:
    big = "sum_{a=1}^{99} sum_{b=1}^{99} sin(a b N)"
    found = compare(read("sums", big), read("sums", f"{big} + 0 N"))
    assert found.outcome == "undecided"
