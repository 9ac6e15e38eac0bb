"""Facts of the deck `activation-functions`: finite differences, grids, simulation, and sympy for the derivative."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import sympy
from deck_facts import answers, draws, mistake, plain, question, run, value_of
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECK = "activation-functions"
GRID = np.linspace(-8, 8, 32_001)


def phi(x: Array) -> Array:
    """The standard normal distribution function, by erf one number at a time."""
    return 0.5 * (1 + np.array([math.erf(t / math.sqrt(2)) for t in np.ravel(x)])).reshape(np.shape(x))


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(x, float)))


GELU, SILU, MISH = GRID * phi(GRID), GRID * sigmoid(GRID), GRID * np.tanh(np.logaddexp(0, GRID))
ELU = np.where(GRID > 0, GRID, np.exp(np.minimum(GRID, 0)) - 1)


def test_threshold_units_have_no_slope_and_are_not_linear() -> None:
    def step(x: Array) -> Array:
        return (x > 0.3).astype(float)

    away = GRID[abs(GRID - 0.3) > 1e-3]
    assert not ((step(away + 1e-4) - step(away - 1e-4)) / 2e-4).any()
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    any_, both = corners.sum(axis=1) > 0.5, corners.sum(axis=1) > 1.5
    assert (any_.astype(int) - both > 0.5).astype(int).tolist() == [0, 1, 1, 0]


def test_slope_of_silu_lines() -> None:
    asked = question(f"{DECK}/slope-of-silu")
    lines = {step.id: step.expect for step in asked.body.milestones}
    x, h = sympy.Symbol("x", real=True), 1e-5
    s = 1 / (1 + sympy.exp(-x))
    sigma_slope, silu_slope = sympy.diff(s, x), sympy.diff(x * s, x)
    assert sympy.simplify(sigma_slope - s * (1 - s)) == 0
    assert sympy.simplify(silu_slope - (x * s + s * (1 - x * s))) == 0
    for at in np.linspace(-4, 4, 33):
        values = {"x": float(at), "s": float(sigmoid(at)), "f": float(at * sigmoid(at))}
        slope = (sigmoid(at + h) - sigmoid(at - h)) / (2 * h)
        assert value_of(lines["sigmoid-in-x"], values) == pytest.approx(slope, rel=1e-7)
        assert value_of(lines["sigmoid-in-s"], values) == pytest.approx(slope, rel=1e-7)
        for name in ("product-rule", "silu-in-f"):
            assert value_of(lines[name], values) == pytest.approx(float(silu_slope.subs(x, at)))


def test_minima_and_slopes_named_in_the_deck() -> None:
    found = [(GRID[f.argmin()], f.min()) for f in (GELU, SILU, MISH)]
    assert np.ravel(found) == pytest.approx([-0.752, -0.170, -1.278, -0.278, -1.192, -0.309], abs=6e-4)
    slope = np.gradient(SILU, GRID)
    assert (GRID[slope.argmax()], slope.max()) == pytest.approx((2.4, 1.0998), abs=1e-3)
    assert np.gradient(sigmoid(GRID), GRID).max() == pytest.approx(0.25, abs=1e-5)
    assert np.gradient(np.tanh(GRID), GRID).max() == pytest.approx(1, abs=1e-5)


def test_not_monotone() -> None:
    functions = {
        "GELU": GELU, "SiLU": SILU, "Mish": MISH, "ELU": ELU,
        "softplus": np.logaddexp(0, GRID), "leaky": np.where(GRID > 0, GRID, 0.01 * GRID),
    }  # fmt: skip
    for option in question(f"{DECK}/not-monotone").body.options:
        values = functions[option.text.split()[0].rstrip(",")]
        assert option.right == bool((np.diff(values) < 0).any()), option.text


def test_vanishing_bound_is_reached_and_never_passed() -> None:
    asked = question(f"{DECK}/vanishing-bound")
    rng = np.random.default_rng(1)

    def derivative(w: float, biases: Array, start: float) -> float:
        a, product = start, 1.0
        for b in biases:
            s = sigmoid(a)
            product *= w * s * (1 - s)
            a = w * s + b
        return float(product)

    for values in draws(asked, 30):
        w, n = plain(values["w"]), values["n"]
        bound = answers(asked, values)[""]
        assert derivative(w, np.full(n, -w / 2), 0.0) == pytest.approx(bound)
        assert all(derivative(w, rng.normal(size=n), rng.normal()) <= bound for _ in range(20))
    assert 0.25**10 < 1e-6


def test_a_dead_unit_gets_no_gradient() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(200, 3))

    def gradients(w: Array, b: float) -> tuple[int, float]:
        """Examples that reach the unit's weights, and the size of the gradient of the sum of its outputs."""
        awake = x @ w + b > 0
        return int(awake.sum()), float(abs(np.append(awake @ x, awake.sum())).max())

    assert gradients(np.ones(3), -100.0) == (0, 0.0)
    assert 0 < gradients(np.ones(3), 0.0)[0] < 200
    assert gradients(np.zeros(3), 0.5)[0] == 200


def test_left_of_zero() -> None:
    asked = question(f"{DECK}/left-of-zero")
    for values in draws(asked, 40):
        x = plain(values["x"])
        assert answers(asked, values) == pytest.approx(
            {"silu": x / (1 + math.exp(-x)), "elu": math.expm1(x), "leaky": max(0.1 * x, x)}
        )
        assert mistake(asked, "That is GELU", values) == pytest.approx(float(x * phi(np.array(x))))


def test_the_gate_identity() -> None:
    asked = question(f"{DECK}/the-gate-identity")
    for values in draws(asked, 40):
        a = plain(values["a"])
        assert answers(asked, values)[""] == pytest.approx(-a * 0.5 * (1 + math.erf(-a / math.sqrt(2))))
    for f in (GELU, SILU, np.maximum(GRID, 0)):
        assert np.allclose(f - f[::-1], GRID, atol=1e-9)


def test_which_gelu() -> None:
    tanh_form = GRID / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (GRID + 0.044715 * GRID**3)))
    cruder = GRID * sigmoid(1.702 * GRID)
    gap, large = abs(tanh_form - GELU), abs(cruder - GELU)
    assert (gap.max(), abs(GRID[gap.argmax()])) == pytest.approx((4.73e-4, 2.70), rel=5e-3)
    assert (large.max(), abs(GRID[large.argmax()])) == pytest.approx((0.0203, 2.27), rel=5e-3)
    assert 35 < large.max() / gap.max() < 48
    assert gap[abs(GRID) > 6].max() < 1e-6


def test_variance_through_relu() -> None:
    asked = question(f"{DECK}/variance-through-relu")
    rng = np.random.default_rng(3)
    width, depth = 400, 3
    for c in (1.0, 2.5):
        ratios = []
        for _ in range(12):
            z = start = rng.normal(size=(width, 60))
            for _ in range(depth):
                z = rng.normal(scale=math.sqrt(c / width), size=(width, width)) @ np.maximum(z, 0)
            ratios.append(z.var() / start.var())
        formula = asked.body.wanted[0].formula
        assert value_of(formula, {"c": c, "L": depth}) == pytest.approx(np.mean(ratios), rel=0.1)
        wrong = mistake(asked, "You took the *variance*", {"c": c, "L": depth})
        assert wrong < 0.5 * np.mean(ratios)
    z = rng.normal(size=1_000_000)
    assert np.mean(np.maximum(z, 0) ** 2) == pytest.approx(0.5, abs=0.005)
    assert np.maximum(z, 0).var() == pytest.approx(0.5 - 1 / (2 * math.pi), abs=0.005)
    assert pytest.approx(1e-6, rel=0.1) == 0.5**20


def test_one_gated_unit() -> None:
    asked = question(f"{DECK}/one-gated-unit")
    for values in draws(asked, 60):
        a, b = plain(values["a"]), plain(values["b"])
        gate = 0.5 * (1 + math.tanh(a / 2))
        assert answers(asked, values) == pytest.approx(
            {"swiglu": a * gate * b, "glu": gate * b, "reglu": (a > 0) * a * b}
        )


def test_width_of_the_block() -> None:
    asked = question(f"{DECK}/width-of-the-block")

    def least(d: int, m: int) -> int:
        """The least multiple of m that is not below the width of equal weights."""
        return next(h for h in range(m, 4 * d + m, m) if 3 * d * h >= 8 * d * d)

    for values in draws(asked, 60):
        d, m = int(values["d"]), values["m"]
        arrays = [np.empty(shape) for shape in ((d, least(d, m)), (d, least(d, m)), (least(d, m), d))]
        assert answers(asked, values) == {"h": least(d, m), "weights": sum(array.size for array in arrays)}
    assert least(4096, 256) == 11008


def block(x: Array, w: Array, v: Array, w2: Array) -> Array:
    """One row and one hidden unit at a time, the logistic function by the branch that can't overflow."""
    rows = []
    for row in np.atleast_2d(x):
        out = np.zeros(w2.shape[1])
        for j in range(w.shape[1]):
            gate, value = float(row @ w[:, j]), float(row @ v[:, j])
            e = math.exp(-abs(gate))
            out += gate * ((1 if gate > 0 else e) / (1 + e)) * value * w2[j]
        rows.append(out)
    return np.array(rows) if x.ndim == 2 else rows[0]


def test_swiglu_against_single_numbers() -> None:
    asked = question(f"{DECK}/swiglu")
    function, generate = (
        run(asked.body.reference, "swiglu"),
        run(asked.body.generate, "generate"),
    )
    rng = np.random.default_rng(4)
    for size in range(1, 61):
        args = generate(rng, size)
        got = function(*args)
        assert got.shape == args[0].shape
        assert got == pytest.approx(block(*args), rel=1e-9, abs=1e-12)


def test_listing_is_right_and_every_bug_shows_in_the_numbers_only() -> None:
    asked = question(f"{DECK}/block-listing")
    rng = np.random.default_rng(5)
    x, w, v, w2 = rng.normal(size=(4, 3)), rng.normal(size=(3, 5)), rng.normal(size=(3, 5)), rng.normal(size=(5, 3))
    text = "\n".join(asked.body.sides[0].lines)
    right = block(x, w, v, w2)

    def result(source: str) -> Array:
        return np.asarray(run("import numpy as np\n" + source, "feed_forward")(x, w, v, w2))

    assert result(text) == pytest.approx(right)
    assert len(asked.body.bugs) >= 5
    for bug in asked.body.bugs:
        wrong = result("\n".join(bug.lines))
        assert wrong.shape == right.shape
        assert abs(wrong - right).max() > 0.05, bug.say


def test_swapped_projections_are_another_function() -> None:
    rng = np.random.default_rng(6)
    x, w, v = rng.normal(size=(4, 3)), rng.normal(size=(3, 5)), rng.normal(size=(3, 5))
    assert abs(block(x, w, v, np.eye(5)) - block(x, v, w, np.eye(5))).max() > 0.1
