"""Whole parametric questions: drawn numbers, answers and mistakes against plain Python written without the parser."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from quizzer.formulas import compare, declare, draw_where, evaluate, parse

Values = dict[str, Any]


def receptive_field(v: Values) -> float:
    size, jump = 1, 1
    for kernel, stride in zip(v["k"], v["s"], strict=True):
        size += (kernel - 1) * jump
        jump *= stride
    return size


def gumbel_winner(v: Values) -> float:
    scores = [math.log(p) + float(g) for p, g in zip(v["p"], v["g"], strict=True)]
    return scores.index(max(scores)) + 1


def adamw(v: Values) -> float:
    theta, g, lr, wd = (float(v[name]) for name in ("theta", "g", "lr", "wd"))
    m, u = 0.1 * g, 0.001 * g * g
    return theta - lr * wd * theta - lr * (m / (1 - 0.9)) / (math.sqrt(u / (1 - 0.999)) + 1e-8)


CARDS: list[tuple[Values, list[str], str, str, Callable[[Values], float]]] = [
    (
        {
            "L": {"int": [2, 4]},
            "k": {"choice": [1, 3, 5, 7], "length": "L"},
            "s": {"choice": [1, 2], "length": "L"},
        },
        ["sum_l s_l > L"],
        "1 + sum_{l=1}^{L} (k_l - 1) * prod_{i=1}^{l-1} s_i",
        "1 + sum_{l=1}^{L} (k_l - 1) * prod_{i=1}^{l} s_i",
        receptive_field,
    ),
    (
        {
            "n": {"int": [3, 4]},
            "p": {"simplex": "n", "grid": 20},
            "g": {"real": [-1, 3], "decimals": 2, "length": "n"},
            "m": {"value": "max_i (ln p_i + g_i)"},
        },
        [],
        "sum_{i=1}^{n} i * 1[ln p_i + g_i = m]",
        "sum_{i=1}^{n} i * 1[g_i = max_j g_j]",
        gumbel_winner,
    ),
    (
        {
            "theta": {"real": ["0.5", 2], "decimals": 1},
            "g": {"real": [-2, 2], "decimals": 1},
            "lr": {"choice": ["0.01", "0.1"]},
            "wd": {"choice": ["0.01", "0.1"]},
        },
        ["abs(g) > 0.2", "abs(g + wd*theta) > 0.05"],
        "theta - lr*wd*theta - lr*g/(abs(g) + 1e-8)",
        "theta - wd*theta - lr*g/abs(g)",
        adamw,
    ),
    (
        {
            "n": {"int": [4, 32]},
            "k": {"choice": [2, 3, 4, 5]},
            "s": {"int": [1, 3]},
            "p": {"int": [0, 2]},
            "o": {"int": [0, 1]},
        },
        ["o < s", "(n-1)*s - 2*p + k + o > 0"],
        "(n-1)*s - 2*p + k + o",
        "floor((n+2*p-k)/s)+1",
        lambda v: len(range(0, v["n"] * v["s"], v["s"])) * v["s"] - v["s"] - 2 * v["p"] + v["k"] + v["o"],
    ),
]


@pytest.mark.parametrize("number", range(len(CARDS)))
def test_card(number: int) -> None:
    specs, where, answer, mistake, reference = CARDS[number]
    if number == 2:  # choices of numbers come from the deck reader as Decimals
        from decimal import Decimal

        specs = {
            name: {**spec, **({"choice": [Decimal(c) for c in spec["choice"]]} if "choice" in spec else {})}
            for name, spec in specs.items()
        }
    scope = declare(specs)
    right, wrong = parse(answer, scope), parse(mistake, scope)
    conditions = [parse(text, scope) for text in where]

    def coincides(values: Values) -> bool:
        return abs(evaluate(right, values) - evaluate(wrong, values)) < 1e-4

    seen = set()
    for seed in range(60):
        values, attempt = draw_where(scope, conditions, seed, coincides)
        assert attempt < 100
        assert abs(float(evaluate(right, values)) - reference(values)) < 1e-9
        seen.add(repr(values))
    assert len(seen) >= 20
    assert compare(wrong, right).outcome == "different"


def test_derived_symbols_take_part_in_comparing() -> None:
    scope = declare({"n": {"int": [2, 4]}, "x": {"real": [-1, 1], "length": "n"}, "m": {"value": "max_i x_i"}, "c": 2})
    assert compare(parse("c m", scope), parse("2 max(x)", scope)).outcome == "equal"
    found = compare(parse("m", scope), parse("x_1", scope))
    assert found.outcome == "different"
    assert set(found.point) >= {"x"}
