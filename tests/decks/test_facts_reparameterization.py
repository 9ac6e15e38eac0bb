"""Facts of the deck `reparameterization`, computed by simulation, quadrature and symbols."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
import sympy
from deck_facts import answers, draws, mistake, plain, question, run
from numpy.typing import NDArray

from quizzer.model import Question

Array = NDArray[np.float64]
DECK = "reparameterization"


def softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def shares(scores: Array) -> Array:
    """How often each column holds the row's largest score."""
    return np.bincount(scores.argmax(axis=1), minlength=scores.shape[1]) / len(scores)


def test_one_draw_gradients_are_difference_quotients() -> None:
    asked = question(f"{DECK}/one-draw-gradients")

    def loss(mu: float, sigma: float, eps: float) -> float:
        return (mu + sigma * eps) ** 2

    for values in draws(asked, 60):
        mu, sigma, eps = plain(values["mu"]), plain(values["sigma"]), plain(values["eps"])
        right = answers(asked, values)
        h = 1e-3
        assert right["d_mu"] == pytest.approx((loss(mu + h, sigma, eps) - loss(mu - h, sigma, eps)) / 2 / h, abs=1e-8)
        assert right["d_sigma"] == pytest.approx(
            (loss(mu, sigma + h, eps) - loss(mu, sigma - h, eps)) / 2 / h, abs=1e-8
        )
        z = mu + sigma * eps
        score = z**2 * (z - mu) / sigma**2
        assert mistake(asked, "That is the score-function", values) == pytest.approx(score, abs=1e-9)


def test_samples_needed_is_the_ratio_of_the_variances() -> None:
    asked = question(f"{DECK}/samples-needed")
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)  # exact for polynomials up to degree 23
    weights = weights / weights.sum()
    for values in draws(asked, 40):
        mu, sigma = plain(values["mu"]), plain(values["sigma"])
        z = mu + sigma * nodes
        estimators = (z**2 * (z - mu) / sigma**2, 2 * z)
        means = [float(weights @ item) for item in estimators]
        variances = [float(weights @ (item - mean) ** 2) for item, mean in zip(estimators, means, strict=True)]
        assert means == pytest.approx([2 * mu, 2 * mu])
        assert answers(asked, values)[""] == pytest.approx(variances[0] / variances[1])
        assert mistake(asked, "You divided by the second moment", values) == pytest.approx(
            variances[0] / float(weights @ estimators[1] ** 2)
        )


def test_variance_formula_of_the_prompt_by_symbols() -> None:
    mu, e = sympy.symbols("mu epsilon", real=True)
    sigma = sympy.symbols("sigma", positive=True)

    def mean(f: sympy.Expr) -> sympy.Expr:
        """Gaussian moments: E[e^n] is (n - 1)!! for even n, else 0."""
        poly = sympy.Poly(sympy.expand(f), e)
        return sum(c * (sympy.factorial2(n - 1) if n % 2 == 0 else 0) for (n,), c in poly.terms())

    z = mu + sigma * e
    score = z**2 * e / sigma
    variance = mean(score**2) - mean(score) ** 2
    assert sympy.simplify(variance - (mu**4 / sigma**2 + 14 * mu**2 + 15 * sigma**2)) == 0
    assert sympy.simplify(mean(score) - 2 * mu) == 0
    assert sympy.simplify(mean((2 * z) ** 2) - mean(2 * z) ** 2 - 4 * sigma**2) == 0


def test_gumbel_from_uniform_inverts_the_distribution_function() -> None:
    asked = question(f"{DECK}/gumbel-from-uniform")
    for values in draws(asked, 60):
        u = plain(values["u"])
        low, high = -5.0, 10.0
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if math.exp(-math.exp(-middle)) < u else (low, middle)
        assert answers(asked, values)[""] == pytest.approx(low, abs=1e-9)


def test_minus_log_of_an_exponential_is_gumbel() -> None:
    g = -np.log(np.random.default_rng(1).exponential(size=200_000))
    assert g.mean() == pytest.approx(0.5772156649, abs=4.5 * math.sqrt(math.pi**2 / 6 / len(g)))
    assert np.mean(g < 1.0) == pytest.approx(math.exp(-math.exp(-1)), abs=0.005)


def test_temperature_does_not_move_the_law_of_the_argmax() -> None:
    asked = question(f"{DECK}/temperature-argmax")
    rng = np.random.default_rng(2)
    for values in draws(asked, 5):
        x, tau, k = np.array(plain(values["x"]), dtype=float), plain(values["tau"]), values["k"]
        n = 100_000
        g = rng.gumbel(size=(n, 3))
        error = 4.5 * 0.5 / math.sqrt(n)
        share = shares(softmax((x + g) / tau))[k - 1]
        assert answers(asked, values)[""] == pytest.approx(share, abs=error)
        only_logits = shares(x / tau + g)[k - 1]
        assert mistake(asked, "That would be the law if only", values) == pytest.approx(only_logits, abs=error)


def test_mean_of_the_max_by_quadrature() -> None:
    asked = question(f"{DECK}/mean-of-the-max")
    t = np.linspace(-30, 60, 200_001)
    for values in draws(asked, 20):
        x = np.array(plain(values["x"]), dtype=float)
        with np.errstate(over="ignore"):
            cdf = np.prod([np.exp(-np.exp(-(t - item))) for item in x], axis=0)
        mean = np.trapezoid(np.where(t > 0, 1 - cdf, -cdf), t)
        assert answers(asked, values)[""] == pytest.approx(mean, abs=1e-3)


def test_soft_sample_claims() -> None:
    rng = np.random.default_rng(3)
    p = np.array([0.1, 0.2, 0.3, 0.4])
    scores = np.log(p) + rng.gumbel(size=(200_000, 4))
    for tau in (0.3, 1.0, 5.0):
        assert shares(softmax(scores / tau)) == pytest.approx(p, abs=0.005)
    assert softmax(scores).mean(axis=0) == pytest.approx([0.133, 0.220, 0.292, 0.355], abs=0.002)
    assert softmax(scores / 1e-4).max(axis=1).mean() > 0.999
    assert np.allclose(softmax(scores / 1e4), 0.25, atol=0.002)


def test_gradient_variance_explodes_at_low_temperature() -> None:
    """d y_1 / d log p_1 = y_1 (1 - y_1) / tau has growing variance as tau falls."""
    scores = np.log([0.3, 0.7]) + np.random.default_rng(4).gumbel(size=(100_000, 2))
    variances = []
    for tau in (1.0, 0.1, 0.01):
        y = softmax(scores / tau)[:, 0]
        variances.append((y * (1 - y) / tau).var())
    assert variances[0] < variances[1] / 5 < variances[2] / 50


def test_baselines() -> None:
    """A constant baseline keeps the score-function mean, a baseline that copies f makes the estimate 0."""
    rng = np.random.default_rng(6)
    mu, n = 0.7, 400_000
    z = mu + rng.normal(size=n)
    score = z - mu
    plain_estimate, with_constant = z**2 * score, (z**2 - 1.5) * score
    assert plain_estimate.mean() == pytest.approx(2 * mu, abs=0.05)
    assert with_constant.mean() == pytest.approx(2 * mu, abs=0.05)
    assert with_constant.var() < plain_estimate.var()
    assert ((z**2 - z**2) * score).mean() == 0


def listing(asked: Question, lines: tuple[str, ...]) -> Callable[..., Array]:
    function: Callable[..., Array] = run("import numpy as np\n" + "\n".join(lines), "gumbel_softmax")
    return function


def test_listing_and_its_bugs_do_what_their_replies_say() -> None:
    asked = question(f"{DECK}/gumbel-softmax-listing")

    def law(lines: tuple[str, ...], p: Array, tau: float) -> tuple[Array, Array]:
        rng = np.random.default_rng(7)
        function = listing(asked, lines)
        y = np.array([function(p, tau, rng) for _ in range(6000)])
        return shares(y), y

    p, two, tau = np.array([0.1, 0.2, 0.7]), np.array([0.2, 0.8]), 0.5
    near = 4.5 * 0.5 / math.sqrt(6000)
    found, y = law(asked.body.sides[0].lines, p, tau)
    assert found == pytest.approx(p, abs=near)
    assert np.allclose(y.sum(axis=1), 1)
    for bug in asked.body.bugs:
        assert len(bug.answer) == 1
        found, soft = law(bug.lines, p, tau)
        sums = bool(np.allclose(soft.sum(axis=1), 1))
        follows = bool(np.all(abs(found - p) < near))
        text = bug.lines[min(bug.answer) - 1]
        if "w.max" in text:
            assert not sums
        elif "* tau" in text:
            assert sums
            assert follows
            assert soft.max(axis=1).mean() < y.max(axis=1).mean() - 0.05
        else:
            assert sums
            assert not follows
        if "np.log(-np.log" in text and "-np.log(-" not in text:
            assert law(bug.lines, two, tau)[0] == pytest.approx(two, abs=near)
        if "tau + g" in text:
            assert found == pytest.approx(p ** (1 / tau) / np.sum(p ** (1 / tau)), abs=near)
        if "p + g" in text.replace("log(p)", ""):
            assert found == pytest.approx(softmax(p), abs=near)


def test_one_hot_plus_soft_minus_soft_is_the_one_hot() -> None:
    """Straight-through: value of y_hard, derivative of y_soft, by complex step with the stopped term held fixed."""
    x = np.array([0.3, 1.1, -0.2])
    soft = softmax(x)
    hard = np.eye(3)[soft.argmax()]
    assert hard - soft + soft == pytest.approx(hard)
    h = 1e-30
    moved = np.exp(x + 1j * h * np.eye(3)[0])
    moved = moved / moved.sum()
    derivative = (hard - soft + moved).imag / h
    assert derivative == pytest.approx(soft * (np.eye(3)[0] - soft[0]))
