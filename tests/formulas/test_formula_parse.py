"""What is read, how it is echoed, and what is refused with which hint."""

from __future__ import annotations

import pytest

from quizzer.errors import Unreadable
from quizzer.formulas import declare, parse

SCOPE = declare(
    {
        "n": {"int": [2, 5]},
        "x": {"real": [-3, 3], "length": "n"},
        "A": {"real": [0, 1], "shape": ["n", 3]},
        "k": {"index": "n"},
        "p": {"simplex": "n"},
        "t": {"real": [0, 1]},
        "a": {"real": [0, 1]},
        "r": {"real": [0, 1]},
        "d": {"real": [0, 1]},
        "beta_1": {"real": [0, 1]},
        "\\hat m": {"real": [0, 1]},
        "lr": {"real": [0, 1]},
        "theta": {"real": [0, 1]},
        "V^*": {"real": [0, 1]},
        "y'": {"real": [0, 1]},
        "x_0": {"real": [0, 1]},
        "学习率": {"real": [0, 1]},
        "name": {"choice": ["cat", "dog"]},
        "phi": {"real": [0, 1], "length": "n"},
    }
)

READINGS = [
    ("1/2t", "(1/2)·t"),
    ("a/d r", "(a/d)·r"),
    ("2^3^2", "2^(3^2)"),
    ("-t^2", "−t^2"),
    ("(-t)^2", "(−t)^2"),
    ("e^-t", "e^(−t)"),
    ("t**2", "t^2"),
    ("t²", "t^2"),
    ("t⁻¹", "t^(−1)"),
    ("r(d+k)", "r·(d + k)"),
    ("lr*a", "lr·a"),
    ("t a", "t·a"),
    ("ta", "t·a"),
    ("３＋ｔ×２", "3 + t·2"),
    ("exp(-(t - phi_k))", "exp(−(t − φ_k))"),
    (r"\frac12 t", "(1/2)·t"),
    (r"\frac{1+t}{2}", "(1 + t)/2"),
    (r"\sqrt{t}", "√(t)"),
    (r"\sqrt[3]t", "root(t, 3)"),
    (r"\log\theta^2", "ln(θ^2)"),
    (r"\log 2\pi\theta", "ln(2·π·θ)"),
    ("ln(t) a", "ln(t)·a"),
    (r"\sin^2 t", "sin(t)^2"),
    (r"\left\lfloor\frac{n}{2}\right\rfloor", "⌊n/2⌋"),
    ("⌈n/2⌉", "⌈n/2⌉"),
    ("|t-a|", "|t − a|"),
    ("|t||a|", "|t|·|a|"),
    ("2|t|", "2·|t|"),
    ("n!", "n!"),
    ("-n!", "−n!"),
    ("2^n!", "2^(n!)"),
    (r"\binom{n}{2}", "binom(n, 2)"),
    ("x_k", "x_k"),
    ("x_{k-1}", "x_{k − 1}"),
    ("x[k]", "x_k"),
    ("A_{k,1}", "A_{k,1}"),
    ("A_{k1}", "A_{k,1}"),
    ("A[k][1]", "A_{k,1}"),
    ("x₁", "x_1"),
    ("x_0", "x_0"),
    ("x_k^2", "x_k^2"),
    ("x^2_k", "x_k^2"),
    ("β₁ t", "β_1·t"),
    (r"\beta_1", "β_1"),
    (r"\hat{m}", "m̂"),
    ("m̂", "m̂"),
    ("m_hat", "m̂"),
    ("V^*", "V^*"),
    ("y'", "y′"),
    ("学习率 * 2", "学习率·2"),
    ("sum_i x_i", "∑_i x_i"),
    (r"\sum_{i=1}^n x_i", "∑_{i=1}^{n} x_i"),
    ("sum(x_i, i, 1, n)", "∑_{i=1}^{n} x_i"),
    ("sum_{i=1..n} x_i", "∑_{i=1}^{n} x_i"),
    ("sum_i x_i + t", "∑_i x_i + t"),
    ("sum_i (x_i + t)", "∑_i (x_i + t)"),
    (r"\sum_{j\ne k}p_j", "∑_{j, j ≠ k} p_j"),
    ("prod_i x_i / 2", "(∏_i x_i)/2"),
    ("prod_i x_i / p_i", "∏_i (x_i/p_i)"),
    ("max_i x_i * t", "(max_i x_i)·t"),
    (r"\max(t, a)", "max(t, a)"),
    ("E_{i~p}[x_i]", "𝔼_{i~p} (x_i)"),
    (r"\mathbb{1}[t>0]", "𝟙[t > 0]"),
    ("1[t>0]", "𝟙[t > 0]"),
    ("1{t}", "1·t"),
    ("[t > 0] a", "𝟙[t > 0]·a"),
    ("a if t>0 else 0", "cases(a if t > 0; 0 otherwise)"),
    (r"\begin{cases} a & t>0 \\ 0 & \text{otherwise} \end{cases}", "cases(a if t > 0; 0 otherwise)"),
    ("0 < t <= 1", "0 < t ≤ 1"),
    ("t > 0 and not a = 1", "t > 0 and not (a = 1)"),
    ("softmax(x)_k", "softmax(x)_k"),
    ("$t + 1$", "t + 1"),
    (r"t\,a", "t·a"),
    (r"\int_0^1 u^2\,du", "∫_{0}^{1} (u^2) du"),
    ("phi_k", "φ_k"),
    ("log_2(t)", "log_{2}(t)"),
    ("sigma(t)", "σ(t)"),
    ("[1, 2, 3]", "[1, 2, 3]"),
    (r"\lVert x\rVert", "norm(x)"),
    ("a mod 2", "mod(a, 2)"),
    (r"\exp\{t\}", "exp(t)"),
    ("t!=a", "t ≠ a"),
    ("1e-3 t", "(1e-3)·t"),
    ("½t", "½·t"),
    ("theta_{k}".replace("theta", "phi"), "φ_k"),
    ("2 pi", "2·π"),
    (r"\text{lr}\cdot t", "lr·t"),
    ("argmax_i x_i", "argmax_i x_i"),
    ("max x_k".replace("max x_k", "max(x)"), "max(x)"),
    ("(t)", "t"),
    ("+t", "t"),
]


@pytest.mark.parametrize(("text", "reading"), READINGS)
def test_reading(text: str, reading: str) -> None:
    formula = parse(text, SCOPE)
    assert formula.reading == reading
    assert parse(formula.reading, SCOPE).node == formula.node


REFUSALS = [
    ("", "no formula", None),
    ("   ", "no formula", None),
    ("2 3", "side by side", 2),
    (r"\exp t^12", "ambiguous", 7),
    ("t 2", "without an operator", 2),
    ("(t)2", "without an operator", 3),
    ("y+1", "unknown symbol `y`", 0),
    ("thet", "Did you mean theta", 0),
    ("T", "Did you mean t", 0),
    ("(t", "`)` is missing", None),
    ("t)", "not expected", 1),
    ("t +", "ends too early", None),
    ("1..2", "two points", None),
    ("1.2.3", "point", None),
    ("exp", "argument", 0),
    ("expp(t)", "Did you mean exp", 0),
    ("x^x + t", "is a vector", None),
    ("x*phi", "is a vector", None),
    ("t_1", "no elements", 1),
    ("x_{1,2}", "2 indices", None),
    ("sin^-1(t)", "inverse", None),
    ("name", "words", 0),
    ("log t a", "followed by two factors", 0),
    ("sum_i=1^n x_i", "braces", None),
    ("sum_j 1", "range of `j`", 0),
    ("sum x_i", "", None),
    ("(t>0)*a", "a comparison stands", None),
    ("if(t, 1, 2)", "condition", None),
    ("t'", "prime", 1),
    ("t$%", "", None),
    ("\u202e", "no meaning", 0),
    ("t!!", "double factorial", None),
    (r"\foo", "not read", 0),
    ("binom(n)", "takes 2 arguments", 0),
    ("0x10", "decimal", None),
    ("1e401", "1e400", 0),
    (r"1+\dots+n", "dots", 2),
    ("E[x_1]", "distribution", 0),
    ("max_i x_i + p_i", "unknown symbol `i`", None),
    ("t == ", "too early", None),
    (r"\int x_k", "both bounds", 0),
    ("a; b", "", None),
    ("=", "", 0),
    ("lambda: 0", "", 0),
]


@pytest.mark.parametrize(("text", "words", "position"), REFUSALS)
def test_refusal(text: str, words: str, position: int | None) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text, SCOPE)
    assert words in str(caught.value)
    assert caught.value.fix or words
    if position is not None:
        assert caught.value.position == position


def test_unknown_symbols_list_the_declared_ones() -> None:
    with pytest.raises(Unreadable, match="Declared: n, x, A, k"):
        parse("q", SCOPE)


def test_a_declared_symbol_wins_over_function_and_constant() -> None:
    scope = declare({"pi": {"simplex": 2}, "e": {"real": [0, 1]}, "sigma": {"real": [1, 2]}, "gamma": {"real": [0, 1]}})
    assert parse("pi_1 e sigma(2) gamma(3)", scope).reading == "π_1·e·σ·2·γ·3"


def test_symbols_features_and_operations() -> None:
    formula = parse("sum_i p_i log(p_i) + max(t, 0) + [t > 0]", SCOPE)
    assert formula.symbols == {"p", "t"}
    assert {"sum", "log", "max", "indicator", "condition"} <= formula.features
    assert "integral" not in formula.features
    assert parse(r"\int_0^1 u\,du", SCOPE).features == {"integral"}
    assert parse(r"\frac{d}{dt} t^2", declare({"t": {"real": [0, 1]}})).symbols == {"t"}
    assert parse("t + 2a", SCOPE).operations == 2


def test_bound_names_shadow_declared_ones() -> None:
    formula = parse(r"\int_0^1 t^2\,dt + \sum_{k=1}^{3} k", declare({"t": {"real": [5, 6]}, "k": {"real": [7, 8]}}))
    assert formula.symbols == frozenset()


@pytest.mark.parametrize(
    ("specs", "words"),
    [
        ({"x": {}}, "no domain"),
        ({"x": None}, "no domain"),
        ({"x": "real"}, "no domain"),
        ({"x": {"reel": [0, 1]}}, "Did you mean real"),
        ({"x": {"real": [1, 0]}}, "above"),
        ({"x": {"real": [1]}}, "lowest and highest"),
        ({"x": {"int": ["0.5", 2]}}, "whole"),
        ({"x": {"real": [0, 1], "lenght": 2}}, "Did you mean length"),
        ({"x": {"real": [0, "m"]}}, "unknown symbol `m`"),
        ({"x": {"choice": []}}, "list"),
        ({"x": {"choice": [1, "a"]}}, "all numbers or all texts"),
        ({"x": {"int": [0, 1], "real": [0, 1]}}, "two domains"),
        ({"2": {"real": [0, 1]}}, "name"),
        ({"x": {"value": "x + 1"}}, "unknown symbol"),
        ({"x": {"real": [0, 1], "decimals": -1}}, "decimals"),
        ({"x": True}, "no domain"),
        ({"beta_1": 1, "β₁": 2}, "twice"),
        ({"x": {"real": [0, 1], "length": 2, "shape": [2, 2]}}, "both"),
        ({"if": 3}, "word of the formula language"),
        ({"x": {"index": 3, "length": 2}}, "does not go with"),
    ],
)
def test_declarations_are_refused_by_name(specs: dict[str, object], words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        declare(specs)
    assert words in str(caught.value)
    assert f"`{list(specs)[-1]}`" in caught.value.message


def test_scopes_compare_by_what_was_declared() -> None:
    specs = {"n": {"int": [2, 5]}, "x": {"real": [0, 1], "length": "n"}}
    assert declare(specs) == declare(dict(specs))
    assert hash(declare(specs)) == hash(declare(dict(specs)))
    assert declare(specs) != declare({"n": {"int": [2, 6]}})
    assert list(declare(specs).with_("z", {"value": "n^2"}).symbols) == ["n", "x", "z"]
