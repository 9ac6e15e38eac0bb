"""The bundled derivations: each line against an independent computation, and each line refusing all others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from deck_facts import named, plain, question, run, value_of

from quizzer.formulas.sampling import points
from quizzer.model import Question
from quizzer.questions.derivation import judge_line

NAMES = ["reparameterization/gumbel-max", "receptive-field/closed-form", "adam-vs-adamw/bias-correction"]
"""Those whose lines are computed here; other decks have theirs in their own file of facts."""
EVERY = named("derivation")


def line(asked: Question, milestone: str, values: Mapping[str, Any]) -> float:
    step = next(step for step in asked.body.milestones if step.id == milestone)
    return value_of(step.expect, values)


def test_gumbel_max_lines() -> None:
    asked = question(NAMES[0])
    rng = np.random.default_rng(11)
    for _ in range(8):
        n = int(rng.integers(2, 6))
        x = rng.uniform(-2, 2, size=n).round(3)
        k, g, u = int(rng.integers(1, n + 1)), float(rng.uniform(-1, 3)), float(rng.uniform(0.1, 3))
        total = float(sum(math.exp(item - x[k - 1]) for item in x))
        values = {"n": n, "x": x.tolist(), "k": k, "g": g, "u": u, "S": total}

        def conditional(at: float, x: Any = x, k: int = k) -> float:
            """Product of Gumbel distribution functions of the others."""
            return math.prod(math.exp(-math.exp(-(x[k - 1] + at - item))) for j, item in enumerate(x, 1) if j != k)

        density = math.exp(-g - math.exp(-g))
        assert line(asked, "given-the-noise", values) == pytest.approx(conditional(g))
        assert line(asked, "integrand", values) == pytest.approx(conditional(g) * density)
        grid = np.linspace(-6, 40, 8001)
        whole = np.trapezoid([conditional(at) * math.exp(-at - math.exp(-at)) for at in grid], grid)
        assert line(asked, "probability", values) == pytest.approx(whole, abs=1e-6)
        assert line(asked, "value", values) == pytest.approx(whole, abs=1e-6)
        # The integrand over u is the one over g times |dg/du|, at g = -log u.
        at = -math.log(u)
        over_g = conditional(at) * math.exp(-at - math.exp(-at))
        assert line(asked, "substituted", values) == pytest.approx(over_g / u)


def test_gumbel_max_conditional_by_simulation() -> None:
    asked = question(NAMES[0])
    x, g, k = [0.5, -0.4, 1.0, 0.1], 0.3, 2
    others = np.delete(np.array(x), k - 1) + np.random.default_rng(12).gumbel(size=(200_000, 3))
    share = float(np.mean(others.max(axis=1) < x[k - 1] + g))
    values = {"n": 4, "x": x, "k": k, "g": g, "u": 1.0, "S": sum(math.exp(item - x[k - 1]) for item in x)}
    assert line(asked, "given-the-noise", values) == pytest.approx(share, abs=4.5 * 0.5 / math.sqrt(200_000))


def test_closed_form_lines() -> None:
    asked = question(NAMES[1])
    rng = np.random.default_rng(13)

    def covered(count: int, layers: list[tuple[int, int]]) -> int:
        """Span of inputs under `count` neighbouring outputs; layers from the input upward."""
        positions = set(range(count))
        for kernel, stride in reversed(layers):
            positions = {p * stride + tap for p in positions for tap in range(kernel)}
        return max(positions) + 1

    for _ in range(60):
        depth = int(rng.integers(2, 6))
        k, s = rng.integers(1, 8, size=depth).tolist(), rng.integers(1, 5, size=depth).tolist()
        layer, r, q = int(rng.integers(1, depth + 1)), int(rng.integers(1, 31)), int(rng.integers(0, 31))
        values = {"L": depth, "k": k, "s": s, "l": layer, "r": r, "q": q}
        own = [(k[layer - 1], s[layer - 1])]
        layers = list(zip(k, s, strict=True))
        assert line(asked, "one-step", values) == covered(r, own)
        assert line(asked, "excess", values) == covered(q + 1, own) - 1
        assert line(asked, "two-steps", values) == covered(1, layers[:2]) - 1
        assert line(asked, "all-steps", values) == covered(1, layers) - 1
        assert line(asked, "field", values) == covered(1, layers)


def test_bias_correction_lines() -> None:
    asked = question(NAMES[2])
    rng = np.random.default_rng(14)
    for _ in range(40):
        t, b, second = int(rng.integers(1, 9)), float(rng.uniform(0.2, 0.95)), float(rng.uniform(0.2, 4))
        g = rng.uniform(-3, 3, size=t)
        values = {"t": t, "b": b, "g": g.tolist(), "G": second}
        v = expected = 0.0
        for item in g:
            v, expected = b * v + (1 - b) * item**2, b * expected + (1 - b) * second
        assert line(asked, "unrolled", values) == pytest.approx(v)
        assert line(asked, "expectation", values) == pytest.approx(expected)
        assert line(asked, "geometric-sum", values) == pytest.approx(sum(b**i for i in range(t)))
        assert line(asked, "closed-form", values) == pytest.approx(expected)
        assert line(asked, "factor", values) == pytest.approx(second / expected)


@pytest.mark.parametrize("name", NAMES)
def test_simulation_agrees_with_the_result(name: str) -> None:
    asked = question(name)
    simulate = run(asked.body.simulate, "simulate")
    points: dict[str, list[dict[str, Any]]] = {
        NAMES[0]: [
            {"n": 3, "x": [0.2, -1.0, 1.5], "k": 3, "g": 0.0, "u": 1.0, "S": 1 + math.exp(-1.3) + math.exp(-2.5)},
            {"n": 2, "x": [-2.0, 2.0], "k": 1, "g": 0.0, "u": 1.0, "S": 1 + math.exp(4.0)},
        ],
        NAMES[1]: [{"L": 4, "k": [7, 3, 1, 5], "s": [2, 1, 4, 3], "l": 2, "r": 3, "q": 4}],
        NAMES[2]: [{"t": t, "b": 0.9, "g": [1.0] * t, "G": 2.5} for t in (1, 8)],
    }
    for seed, values in enumerate(points[name]):
        estimate, error = simulate(np.random.default_rng(seed), **values)
        exact = value_of(asked.body.milestones[-1].expect, values)
        assert abs(estimate - exact) <= 4.5 * error
        assert error < 0.05 * abs(exact)


@pytest.mark.parametrize("name", EVERY)
def test_each_line_passes_at_its_place_and_nowhere_else(name: str) -> None:
    asked = question(name)
    for step in asked.body.milestones:
        for other in asked.body.milestones:
            verdict = judge_line(asked.body, step, "line", other.expect.text).verdict
            if other is step:
                assert verdict == "passed", step.id
            else:
                assert verdict in ("wrong-form", "wrong-answer"), (step.id, other.id)


@pytest.mark.parametrize("name", EVERY)
def test_declared_mistakes_are_wrong_and_told_apart(name: str) -> None:
    asked = question(name)
    for step in asked.body.milestones:
        for formula, say in step.mistakes:
            part = judge_line(asked.body, step, "line", formula.text)
            assert part.verdict in ("wrong-answer", "wrong-form"), (step.id, formula.text)
            if part.verdict == "wrong-answer":
                assert part.message == say


@pytest.mark.parametrize(
    ("name", "milestone", "typed"),
    [
        (NAMES[0], "given-the-noise", r"\prod_{j \ne k} e^{-e^{-(x_k + g - x_j)}}"),
        (NAMES[0], "given-the-noise", "exp(-exp(-g) * sum_{j != k} exp(x_j - x_k))"),
        (NAMES[0], "integrand", r"e^{-g - S e^{-g}}"),
        (NAMES[0], "value", r"\frac{1}{S}"),
        (NAMES[0], "probability", "softmax(x)_k"),
        (NAMES[0], "probability", "1 / sum_j exp(x_j - x_k)"),
        (NAMES[0], "probability", r"\frac{e^{x_k}}{\sum_{j=1}^n e^{x_j}}"),
        (NAMES[1], "one-step", "s_l r + k_l - s_l"),
        (NAMES[1], "field", r"1 + \sum_{l=1}^{L} (k_l - 1) \prod_{i=1}^{l-1} s_i"),
        (NAMES[2], "unrolled", r"(1-b) \sum_{i=1}^{t} b^{t-i} g_i^2"),
        (NAMES[2], "geometric-sum", "(b^t - 1)/(b - 1)"),
        (NAMES[2], "closed-form", "G - G b^t"),
    ],
)
def test_other_spellings_pass(name: str, milestone: str, typed: str) -> None:
    asked = question(name)
    step = next(step for step in asked.body.milestones if step.id == milestone)
    part = judge_line(asked.body, step, "line", typed)
    assert part.verdict == "passed", part


@pytest.mark.parametrize("name", EVERY)
def test_the_result_typed_first_does_not_pass(name: str) -> None:
    asked = question(name)
    first, last = asked.body.milestones[0], asked.body.milestones[-1]
    assert judge_line(asked.body, first, "line", last.expect.text).verdict in ("wrong-answer", "wrong-form")


@pytest.mark.parametrize("name", EVERY)
def test_its_own_simulation_proves_the_result_at_several_draws(name: str) -> None:
    body = question(name).body
    assert 3 <= len(body.milestones) <= 6
    simulate = run(body.simulate, "simulate")
    for seed, values in enumerate(points(body.scope, frozenset(body.scope.symbols), 5, 4, 30)):
        given = {key: plain(value) for key, value in values.items() if key not in body.derived}
        estimate, error = simulate(np.random.default_rng(seed), **given)
        assert abs(estimate - value_of(body.milestones[-1].expect, values)) <= 4.5 * error, given
