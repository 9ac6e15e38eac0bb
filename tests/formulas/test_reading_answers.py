"""What learners write around a formula, spellings added for them, and points that random ones miss."""

from __future__ import annotations

import pytest

from quizzer.errors import Unreadable
from quizzer.formulas import compare, declare, evaluate, parse, read_answer

SCOPE = declare(
    {
        "n": {"int": [2, 40]},
        "x": {"real": [-3, 3], "length": "n"},
        "w": {"real": [-3, 3], "length": "n"},
        "t": {"real": [-3, 3]},
        "k": {"index": "n"},
        "eps": {"real": [0, 1]},
        "A": {"real": [0, 1], "shape": ["n", "n"]},
    }
)
EXPECTED = parse("2t", SCOPE)


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("2t", ""),
        ("y = 2t", "y ="),
        (r"$y = 2t$", "y ="),
        (r"\hat{y}_i=2t", r"\hat{y}_i ="),
        ("f(t) = t + t", "f(t) ="),
        (r"F_1\left(t\right) := 2t", r"F_1\left(t\right) : ="),
        ("loss＝２ｔ", "loss ="),
        ("t = 2t", "t ="),
        ("损失 = 2t", "损失 ="),
        ("t = 0 ? 2t : 2t", ""),
    ],
)
def test_a_name_before_the_sign_is_left_out_and_said(text: str, dropped: str) -> None:
    found = read_answer(text, EXPECTED)
    assert found.dropped == dropped
    assert compare(found, EXPECTED).outcome == "equal"
    assert ("without" in found.reading) == bool(dropped)


@pytest.mark.parametrize(
    ("text", "words", "position"),
    [
        ("y = 2q", "unknown symbol `q`", 5),
        ("t + 1 = 2t", "relation", 6),
        ("y = t = 2t", "relation", 2),
        ("t > 2", "relation", None),
        ("sum_i=1^n x_i", "braces", 5),
        ("y =", "no formula", 3),
        ("=2t", "not expected", 0),
    ],
)
def test_what_is_no_single_formula_is_unreadable(text: str, words: str, position: int | None) -> None:
    with pytest.raises(Unreadable, match=words) as caught:
        read_answer(text, EXPECTED)
    assert caught.value.position == position


def test_a_condition_stays_one_where_a_condition_is_asked_for() -> None:
    assert read_answer("t = 2", parse("t = 1", SCOPE)).is_condition


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (r"w^\top x", "dot(w, x)"),
        ("w^T x", "dot(w, x)"),
        ("wᵀx", "dot(w, x)"),
        (r"2\,w^{\top} x + t", "2·dot(w, x) + t"),
        (r"w\cdot x", "dot(w, x)"),
        ("w·x/n", "dot(w, x)/n"),
        (r"\langle w, x \rangle", "dot(w, x)"),
        (r"\underset{j}{\arg\max}\ x_j", "argmax_j x_j"),
        (r"\underset{1\le j\le k}{\max}x_j", "max_{j=1}^{k} x_j"),
        ("n choose 2", "binom(n, 2)"),
        ("2*(n choose 2)", "2·binom(n, 2)"),
        ("t - n choose k", "t − binom(n, k)"),
        ("C_n^2", "binom(n, 2)"),
        ("C(n, 2)", "binom(n, 2)"),
        ("t > 0 ? t : -t", "cases(t if t > 0; −t otherwise)"),
        ("n % 3", "mod(n, 3)"),
        ("n // 3 + 1", "⌊n/3⌋ + 1"),
        (r"\sum x_i w_i", "∑_i (x_i·w_i)"),
        (r"\sum (x_i - w_i)^2", "∑_i (x_i − w_i)^2"),
        (r"\delta_{1k}", "𝟙[1 = k]"),
        (r"\varepsilon t", "eps·t"),
        ("Σ_i x_i", "∑_i x_i"),
        (r"\Pi_i x_i", "∏_i x_i"),
    ],
)
def test_reading(text: str, reading: str) -> None:
    found = parse(text, SCOPE)
    assert found.reading == reading
    assert parse(found.reading, SCOPE).node == found.node


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("w x", "two vectors are not multiplied"),
        ("w * x", "two vectors are not multiplied"),
        ("w^T", "transposed vector stands alone"),
        ("t^T", "only a declared vector"),
        ("2n choose n", "ambiguous"),
        ("n choose 2t", "ambiguous"),
        ("5%", "percentage"),
        ("t > 0 ? 1", "`:` is missing"),
        ("t ? 1 : 2", "condition is needed"),
        ("t > 0 ? t : t > 1", "number is needed"),
        ("t if t > 0 else t > 1", "number is needed"),
        (r"\sum x_i w_j", "needs its index"),
        (r"\underset{j} x", "groups in braces"),
        (r"\langle w\rangle", "two vectors"),
        (r"\mathbb{E}[x]", "expectation needs"),
    ],
)
def test_ambiguous_spellings_are_refused(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        parse(text, SCOPE)


def test_a_declared_d_is_never_silently_a_fraction_nor_a_derivative() -> None:
    with pytest.raises(Unreadable, match="fraction or a derivative"):
        parse(r"\frac{d}{dx} x^2", declare({"x": {"real": [0, 1]}, "d": {"real": [1, 2]}}))


def test_dots_between_vectors_mean_what_python_says() -> None:
    values = {"n": 3, "x": [1, 2, 3], "w": [4, 5, 6], "t": 2}
    assert evaluate(parse(r"t\,w^\top x - 1", SCOPE), values) == 2 * (4 + 10 + 18) - 1


def test_a_kink_is_seen_where_the_deck_says_to_look() -> None:
    without = declare({"x": {"real": [-1, 1]}})
    given, expected = "[x >= 0]", "[x > 0]"
    assert compare(parse(given, without), parse(expected, without)).outcome == "equal"
    told = declare({"x": {"real": [-1, 1], "points": [0]}})
    found = compare(parse(given, told), parse(expected, told))
    assert found.outcome == "different"
    assert found.point == {"x": "0"}


def test_ties_are_seen_where_the_deck_says_to_look() -> None:
    scope = declare({"n": {"int": [2, 4]}, "x": {"real": [-1, 1], "length": "n", "points": ["1/2"]}})
    found = compare(parse("sum_i i*[x_i = max_j x_j]", scope), parse("argmax(x)", scope))
    assert found.outcome == "different"
    assert found.point["x"].count("0.5") >= 2


def test_the_edges_of_reals_are_tried_but_a_missing_value_there_is_no_fault() -> None:
    scope = declare({"q": {"real": [0, 1]}, "T": {"int": [1, 5]}})
    assert compare(parse("[q < 1] + q", scope), parse("1 + q", scope)).outcome == "different"
    geometric, series = parse("(1 - q^(T+1))/(1 - q)", scope), parse("sum_{i=0}^{T} q^i", scope)
    assert compare(geometric, series).outcome == "equal"


def test_a_length_is_tried_beyond_a_handful() -> None:
    assert compare(parse("min(n, 6)", SCOPE), parse("len(x)", SCOPE)).outcome == "different"


def test_conditions_bound_the_points() -> None:
    scope = declare({"a": {"real": [-3, 3]}, "b": {"real": [-3, 3]}})
    given, expected = parse("max(a, b)", scope), parse("a", scope)
    assert compare(given, expected).outcome == "different"
    assert compare(given, expected, where=[parse("a > b", scope)]).outcome == "equal"
    assert compare(given, expected, where=[parse("a > b + 5", scope)]).outcome in ("equal", "undecided")
    assert compare(given, expected, where=[parse("a > 9", scope)]).outcome == "undecided"


@pytest.mark.parametrize("points", [0, {"x": 1}, ["q"], list(range(11))])
def test_points_are_checked_when_a_symbol_is_declared(points: object) -> None:
    with pytest.raises(Unreadable, match="`x`"):
        declare({"x": {"real": [0, 1], "points": points}})


def test_numbers_of_a_million_digits_are_shown_short() -> None:
    scope = declare({"t": {"real": [1, 2]}})
    for formula in ("exp(9000000 t/2)", "exp(-9000000 t/2)"):
        found = compare(parse(formula, scope), parse("t", scope))
        assert found.outcome == "different"
        assert len(found.given_value) < 20
