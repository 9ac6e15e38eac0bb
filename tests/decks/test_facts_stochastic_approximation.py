"""Facts of the deck `stochastic-approximation`: exact fractions, iterations run to the end, simulated noise."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from deck_facts import answers, draws, mistake, plain, question, run, value_of

DECK = "stochastic-approximation"


def test_incremental_mean_is_the_mean_of_all_values() -> None:
    asked = question(f"{DECK}/incremental-mean")
    for values in draws(asked, 60):
        m, w, x = values["m"], plain(values["w"]), plain(values["x"])
        kept = [w] * m  # any m values with this mean
        kept[0], kept[1] = w - 3, w + 3
        assert answers(asked, values)[""] == pytest.approx(np.mean([*kept, x]))
        assert mistake(asked, "That gives the newest value as much", values) == pytest.approx(np.mean([w, x]))


def test_the_start_of_the_running_mean_is_wiped_out() -> None:
    samples = [5.5, 4.0, 6.0, 5.0, 4.5, 5.0, 5.5, 6.5, 4.0, 5.0]
    ends = []
    for offset in (0, 1):
        w = Fraction(1000)
        for k, x in enumerate(samples, 1):
            w -= (w - Fraction(x)) / (k + offset)
        ends.append(w)
    assert ends[0] == sum(map(Fraction, samples)) / 10
    assert ends[1] == (1000 + sum(map(Fraction, samples))) / 11  # with 1/(k + 1) the start stays like a sample
    assert pytest.approx(0.35, abs=0.005) == 0.9**10


def test_biased_noise_moves_the_root() -> None:
    w = 4.0
    for k in range(1, 20_001):
        w -= (math.tanh(w - 1) + 0.3) / k
    assert math.tanh(w - 1) == pytest.approx(-0.3, abs=0.01)


def test_next_dose_and_that_the_rule_finds_the_dose() -> None:
    asked = question(f"{DECK}/next-dose")
    for values in draws(asked, 40):
        c, step, k, w, y = (plain(values[name]) for name in ("c", "A", "k", "w", "y"))
        moved = answers(asked, values)[""]
        assert moved == pytest.approx(w - step / k * y + step / k * c)
        assert (moved < w) == (y > c)
    rng = np.random.default_rng(1)
    w = 10.0
    for k in range(1, 40_001):
        w -= 4 / k * (0.4 * w + rng.normal() - 5)  # mean response 0.4 w, wanted 5
    assert w == pytest.approx(12.5, abs=0.1)


def test_step_sizes_by_sums() -> None:
    n = sympy.Symbol("n", positive=True)

    def finite(term: sympy.Expr) -> bool:
        return bool(sympy.Sum(term, (n, 1, sympy.oo)).is_convergent())

    asked = question(f"{DECK}/step-sizes")
    tenths = {"0.7": sympy.Rational(7, 10), "0.01": sympy.Rational(1, 100)}
    for option in asked.body.options:
        text = (
            option.text.strip("$").replace(r"\sqrt k", "k**(1/2)").replace("{", "").replace("}", "").replace("^", "**")
        )
        for shown, exact in tenths.items():
            text = text.replace(shown, f"({exact})")
        term = sympy.sympify(text, locals={"k": n})
        assert option.right == (not finite(term) and finite(term**2)), option.text


def test_out_of_steps() -> None:
    asked = question(f"{DECK}/out-of-steps")
    for values in draws(asked, 40):
        w = Fraction(values["w"])
        other = w
        for k in range(2, values["n"] + 1):
            w -= w / k**2
            other -= other / k
        right = answers(asked, values)
        assert right["now"] == pytest.approx(float(w))
        assert mistake(asked, "That is the product of the factors", values) == pytest.approx(float(other))
        assert right["limit"] == pytest.approx(
            values["w"] * float(np.prod(1 - 1 / np.arange(2, 200_000.0) ** 2)), rel=1e-4
        )
    assert math.pi**2 / 6 - 1 < 0.65


def walk(g, w: float, step, steps: int) -> list[float]:  # type: ignore[no-untyped-def]  # small local helper
    path = [w]
    for k in range(1, steps + 1):
        path.append(path[-1] - step(k) * g(path[-1]))
    return path


def test_unbounded_slope() -> None:
    def g(w: float) -> float:
        return w**3 + w - 10

    assert g(2) == 0
    path = walk(g, 3.0, lambda k: 1 / k, 3)
    assert path[1:3] == [-17, 2453]
    assert path[3] == pytest.approx(-4.9e9, rel=0.01)
    assert walk(g, 3.0, lambda k: 1 / k**2, 5)[-1] ** 2 > 1e60
    assert walk(g, 3.0, lambda k: 1 / (k + 20), 500)[-1] == pytest.approx(2, abs=1e-6)
    assert walk(lambda w: max(-5.0, min(5.0, g(w))), 3.0, lambda k: 1 / k, 500)[-1] == pytest.approx(2, abs=1e-3)


def test_growing_noise_keeps_a_variance_of_one_half() -> None:
    rng = np.random.default_rng(2)
    runs, n = 4000, 400
    w = np.full(runs, 7.0)
    for k in range(1, n + 1):
        w -= (w + rng.normal(scale=math.sqrt(k), size=runs)) / k
    exact = Fraction(sum(range(1, n + 1)), n**2)
    assert float(exact) == pytest.approx(0.5, abs=0.002)
    assert w.var() == pytest.approx(float(exact), rel=4.5 * math.sqrt(2 / runs))


def test_constant_step_by_the_exact_recursion() -> None:
    asked = question(f"{DECK}/constant-step")
    for values in draws(asked, 40):
        alpha, mu, sigma = Fraction(str(values["alpha"])), Fraction(values["mu"]), Fraction(str(values["sigma"]))
        w, variance = Fraction(values["w"]), 0.0
        for _ in range(values["n"]):
            w -= alpha * (w - mu)
        for _ in range(2000):
            variance = float((1 - alpha) ** 2) * variance + float(alpha * sigma) ** 2
        right = answers(asked, values)
        assert right["bias"] == pytest.approx(float(w - mu))
        assert right["variance"] == pytest.approx(variance)


def test_stationary_variance_lines() -> None:
    asked = question(f"{DECK}/stationary-variance")
    line = {step.id: step.expect for step in asked.body.milestones}
    rng = np.random.default_rng(3)
    for _ in range(30):
        a, q, z, d = rng.uniform(0.1, 0.9), *rng.uniform(-3, 3, size=3)
        n, big, s = int(rng.integers(1, 13)), rng.uniform(0.1, 3), rng.uniform(0.5, 3)
        values = {"a": a, "q": q, "z": z, "d": d, "n": n, "V": big, "s": s}
        mu = 2.7
        w, x = mu + q, mu + z
        assert value_of(line["error-step"], values) == pytest.approx(w - a * (w - x) - mu)
        w = mu + d
        for _ in range(n):
            w -= a * (w - mu)
        assert value_of(line["expected-error"], values) == pytest.approx(w - mu)
        # A two-point variable of variance V and a two-point sample of variance s^2, all four cases.
        ends = [i * math.sqrt(big) * (1 - a) + a * j * s for i in (-1, 1) for j in (-1, 1)]
        assert value_of(line["variance-step"], values) == pytest.approx(np.var(ends))
        fixed = value_of(line["fixed-point"], values)
        assert value_of(line["variance-step"], {**values, "V": fixed}) == pytest.approx(fixed)
        assert value_of(line["equal-mean"], values) == pytest.approx(s**2 / fixed)
    estimate, error = run(asked.body.simulate, "simulate")(np.random.default_rng(4), a=0.1, s=2.0)
    assert abs(estimate - 19) < 4.5 * error


def test_small_gain_by_running_the_product() -> None:
    asked = question(f"{DECK}/small-gain")
    k = np.arange(1, 4_000_001.0)
    kept: dict[float, np.ndarray] = {}
    for values in draws(asked, 30):
        gain = plain(values["A"]) * plain(values["c"])
        factor = answers(asked, values)[""]
        start = 1000
        if factor * start > len(k):
            continue
        product = kept.setdefault(gain, np.cumsum(np.log1p(-gain / k)))
        later = product[round(factor * start) - 1]
        assert math.exp(product[start - 1] - later) == pytest.approx(plain(values["F"]), rel=2e-3)
    assert len(kept) >= 4


def test_best_gain_for_the_noise_is_one_over_the_slope() -> None:
    """k Var(w_k) tends to A^2 sigma^2 / (2Ac - 1), least at A = 1/c; c = 2, sigma = 1 here."""
    found = {}
    for gain in (0.35, 0.5, 1.0):
        variance = 1.0
        for k in range(1, 200_001):
            variance = (1 - gain * 2 / k) ** 2 * variance + (gain / k) ** 2
        found[gain] = 200_000 * variance
        assert found[gain] == pytest.approx(gain**2 / (4 * gain - 1), rel=0.02)
    assert found[0.5] == min(found.values())


def test_drifting_target() -> None:
    alpha, n = 0.01, 400
    weights = np.zeros(n)
    for k in range(n):
        weights *= 1 - alpha
        weights[k] = alpha
    assert weights[n - 1 - 50] == pytest.approx(0.01 * 0.99**50)
    assert alpha / (2 - alpha) == pytest.approx(1 / 199)


def test_sgd_noise_has_mean_zero_given_the_past() -> None:
    w, x = sympy.symbols("w x")
    loss = (w - x) ** 4
    law = {-1: sympy.Rational(1, 4), 0: sympy.Rational(1, 4), 2: sympy.Rational(1, 2)}
    mean_loss = sum(p * loss.subs(x, value) for value, p in law.items())
    noise = sum(p * (sympy.diff(loss, w).subs(x, value) - sympy.diff(mean_loss, w)) for value, p in law.items())
    assert sympy.expand(noise) == 0


def test_listing_finds_the_root_and_its_bugs_do_not() -> None:
    asked = question(f"{DECK}/robbins-monro-listing")

    def found(lines: tuple[str, ...]) -> float:
        rng = np.random.default_rng(5)
        find = run("\n".join(lines), "find")
        with np.errstate(all="ignore"):
            return float(find(lambda w: w + rng.normal(), 30.0, 2.0, 5000))

    assert found(asked.body.sides[0].lines) == pytest.approx(2, abs=0.1)
    for bug in asked.body.bugs:
        assert len(bug.answer) == 1
        try:
            assert abs(found(bug.lines) - 2) > 0.5, bug.say
        except ZeroDivisionError:
            assert "range(steps)" in "".join(bug.lines)


def test_running_stats_against_exact_fractions() -> None:
    asked = question(f"{DECK}/running-stats")
    function = run(asked.body.reference, "running_stats")
    generate = run(asked.body.generate, "generate")
    rng = np.random.default_rng(6)
    for size in range(1, 80):
        (xs,) = generate(rng, size)
        exact = [Fraction(x) for x in xs]
        for k, (mean, variance) in enumerate(function(xs), 1):
            true_mean = sum(exact[:k]) / k
            true_variance = sum((x - true_mean) ** 2 for x in exact[:k]) / k
            assert mean == pytest.approx(float(true_mean), rel=1e-9, abs=1e-9)
            assert variance == pytest.approx(float(true_variance), rel=1e-6, abs=1e-9)
