"""Facts of the deck `smooth-metrics`: finite differences, enumeration, many digits by mpmath, gradients by sympy."""

from __future__ import annotations

import math
import re
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from deck_facts import answers, draws, mistake, plain, question, run, value_of
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECK = "smooth-metrics"


def softmax(x: Any) -> Array:
    e = np.exp(np.asarray(x, float) - np.max(x))
    return e / e.sum()


def smax(x: Any, tau: float) -> float:
    return float(tau * np.logaddexp.reduce(np.asarray(x, float) / tau))


def lines(name: str) -> dict[str, Any]:
    return {step.id: step.expect for step in question(f"{DECK}/{name}").body.milestones}


def test_accuracy_is_flat() -> None:
    rng = np.random.default_rng(1)
    x, w, y = rng.normal(size=(500, 4)), rng.normal(size=(4, 3)), rng.integers(0, 3, size=500)
    for _ in range(20):
        nudged = w + 1e-7 * rng.normal(size=w.shape)
        assert np.mean((x @ nudged).argmax(axis=1) == y) == np.mean((x @ w).argmax(axis=1) == y)


def test_three_scores() -> None:
    asked = question(f"{DECK}/three-scores")
    for values in draws(asked, 60):
        p = plain(values["p"])
        labels = [[q, 1 - q] for q in p]  # the true class first
        right = answers(asked, values)
        assert right["ce"] == pytest.approx(np.mean([math.log(1 / q) for q in p]))
        assert right["acc"] == pytest.approx(np.mean([int(np.argmax(row)) == 0 for row in labels]))
        assert right["soft"] == pytest.approx(np.mean(p))


def test_better_loss_worse_accuracy() -> None:
    before = math.log(1 / 0.51)
    assert before == pytest.approx(0.67, abs=0.005)
    named = {"0.49,0.90,0.90": 0.31, "0.51,0.90,0.90": 0.29, "0.10,0.90,0.90": 0.84, "0.49,0.49,0.49": 0.71}
    for option in question(f"{DECK}/better-loss-worse-accuracy").body.options:
        p = [float(text) for text in re.findall(r"0\.\d+", option.text)]
        after = float(np.mean([math.log(1 / q) for q in p]))
        assert after == pytest.approx(named[",".join(f"{q:.2f}" for q in p)], abs=0.005)
        assert option.right == (after < before and np.mean(np.array(p) > 0.5) < 1)


def test_smooth_maximum() -> None:
    asked = question(f"{DECK}/smooth-maximum")
    for values in draws(asked, 60):
        x, tau = plain(values["x"]), plain(values["tau"])
        assert answers(asked, values)[""] == pytest.approx(smax(x, tau))
        assert mistake(asked, "That is the mean weighted", values) == pytest.approx(softmax(np.array(x) / tau) @ x)
        assert mistake(asked, "That is the mean weighted", values) < max(x) < smax(x, tau)


def test_how_far_above_lines() -> None:
    expect, rng = lines("how-far-above"), np.random.default_rng(2)
    for _ in range(40):
        n, tau = int(rng.integers(2, 7)), float(rng.uniform(0.2, 2))
        x = rng.uniform(-2, 2, size=n)
        values = {"n": n, "x": x.tolist(), "tau": tau, "m": float(x.max())}
        rest = np.exp(x / tau).sum() / np.exp(x.max() / tau)
        assert value_of(expect["rest"], values) == pytest.approx(rest)
        assert value_of(expect["largest-term"], values) == pytest.approx(np.exp((x - x.max()) / tau).max())
        assert value_of(expect["largest-term"], values) < rest <= value_of(expect["most"], values)
        assert value_of(expect["shifted"], values) == pytest.approx(smax(x, tau))
        assert smax(x, tau) - x.max() <= value_of(expect["gap"], values)
        assert smax(np.full(n, 1.3), tau) - 1.3 == pytest.approx(value_of(expect["gap"], values))


def test_temperature_for_a_gap() -> None:
    asked = question(f"{DECK}/temperature-for-a-gap")
    for values in draws(asked, 40):
        tie, gap = np.zeros(values["n"]), plain(values["e"])
        tau = answers(asked, values)[""]
        assert smax(tie, tau) == pytest.approx(gap)
        assert smax(tie, 1.02 * tau) > gap


def test_softmax_is_the_gradient_and_softens_onehot() -> None:
    a, b, c = x = sympy.symbols("a b c", real=True)
    total = sympy.exp(a) + sympy.exp(b) + sympy.exp(c)
    for part in x:
        assert sympy.simplify(sympy.diff(sympy.log(total), part) - sympy.exp(part) / total) == 0
    assert softmax(np.array([1, 2, 3]) / 0.1) == pytest.approx([0, 0.00005, 0.99995], abs=6e-6)
    assert softmax([7, 0, 0, 7]) == pytest.approx(softmax([7, 0, 0, 7])[::-1])
    for tau in (1.0, 0.1, 0.01):
        assert softmax(np.array([7, 0, 0, 0, 7]) / tau) @ np.arange(5) == pytest.approx(2)
    assert softmax(np.array([1, 2, 3]) / 0.1) @ np.arange(3) == pytest.approx(2, abs=1e-3)


def bracket(x: Array) -> dict[str, float]:
    """Every number of the two questions on bounds, by its text in the deck."""
    p, n = softmax(x), len(x)
    return {
        r"$\log \sum_i e^{x_i}$": smax(x, 1),
        r"$\sum_i p_i x_i + H(p)$": float(p @ x - p @ np.log(p)),
        r"$\frac1{10} \log \sum_i e^{10 x_i}$": smax(x, 0.1),
        r"$\sum_i p_i x_i$": float(p @ x),
        r"the weighted mean $\sum_i p_i x_i$": float(p @ x),
        r"$\log\big(\frac1n \sum_i e^{x_i}\big)$": math.log(np.mean(np.exp(x))),
        r"the mean, $\frac1n \sum_i x_i$": float(x.mean()),
        r"$\max_i x_i$": float(x.max()),
        r"$\max_i x_i + \log n$": float(x.max() + math.log(n)),
        r"the sum, $\sum_i x_i$": float(x.sum()),
        r"the length $\sqrt{\sum_i x_i^2}$": float(np.linalg.norm(x)),
    }


def test_above_the_maximum_and_the_order() -> None:
    rng = np.random.default_rng(3)
    tried = [rng.normal(scale=scale, size=n) for scale in (0.1, 1, 5) for n in (2, 3, 6) for _ in range(60)]
    numbers = [bracket(x) for x in tried]
    for option in question(f"{DECK}/above-the-maximum").body.options:
        above = all(found[option.text] >= x.max() - 1e-12 for found, x in zip(numbers, tried, strict=True))
        assert above == option.right, option.text
    asked = question(f"{DECK}/from-mean-to-bound")
    steps = asked.body.steps
    assert list(asked.body.ranks) == sorted(set(asked.body.ranks))
    for found in numbers:
        chain = [found[step] for step in steps]
        assert chain == sorted(chain)
        assert found[r"$\log \sum_i e^{x_i}$"] == pytest.approx(found[r"$\sum_i p_i x_i + H(p)$"])
    for text, _ in asked.body.distractors:  # their place is not always the same
        assert (
            len({sorted([*(found[step] for step in steps), found[text]]).index(found[text]) for found in numbers}) > 2
        )
    small = [bracket(np.array([0.0, 1.0]))[step] for step in steps]
    assert small == pytest.approx([0.5, 0.620, 0.731, 1, 1.313, 1.693], abs=6e-4)
    for x, place in (([5.0, 6.0], 6), ([-5.0, -6.0], 0)):
        found = bracket(np.array(x))
        assert sum(found[step] < found[r"the sum, $\sum_i x_i$"] for step in steps) == place
    low, high = bracket(np.array([-3.0, -2.0])), bracket(np.array([1.0, 10.0]))
    length, bound = r"the length $\sqrt{\sum_i x_i^2}$", r"$\max_i x_i + \log n$"
    assert low[length] > low[bound]
    assert high[length] < high[bound]


def test_softplus() -> None:
    x, h = np.linspace(-6, 6, 241), 1e-5
    softplus = np.logaddexp(0, x)
    assert (np.logaddexp(0, x + h) - np.logaddexp(0, x - h)) / (2 * h) == pytest.approx(1 / (1 + np.exp(-x)))
    assert softplus.max() - 6 < 0.003
    assert np.argmax(softplus - np.maximum(x, 0)) == 120
    assert np.logaddexp(0, 0) == pytest.approx(math.log(2))
    size = np.logaddexp(x, -x)
    assert np.gradient(size, x)[1:-1] == pytest.approx(np.tanh(x)[1:-1], abs=1e-3)


def test_two_pulls_lines() -> None:
    expect, h = lines("two-pulls"), 1e-6

    def p(z: float) -> float:
        return 1 / (1 + math.exp(-z))

    for z in np.linspace(-4, 4, 41):
        values = {"z": float(z), "p": p(z)}
        slope = (p(z + h) - p(z - h)) / (2 * h)
        cross_entropy = (math.log(p(z - h)) - math.log(p(z + h))) / (2 * h)
        assert value_of(expect["slope"], values) == pytest.approx(slope, abs=1e-8)
        assert value_of(expect["pull-of-cross-entropy"], values) == pytest.approx(cross_entropy, abs=1e-8)
        assert value_of(expect["pull-of-accuracy"], values) == pytest.approx(-slope, abs=1e-8)
        assert value_of(expect["difference"], values) == pytest.approx(abs(cross_entropy) - slope, abs=1e-8)


def test_reward_by_sampling_climbs_the_soft_accuracy() -> None:
    z, y, h = np.array([0.3, -1.0, 0.8, 0.1]), 1, 1e-6
    p = softmax(z)
    scores = np.eye(4) - p  # row k: the gradient of log p_k in the logits
    estimator = sum(p[k] * (k == y) * scores[k] for k in range(4))
    of_p = [(softmax(z + h * unit)[y] - softmax(z - h * unit)[y]) / (2 * h) for unit in np.eye(4)]
    assert estimator == pytest.approx(of_p, abs=1e-8)
    assert abs(estimator - scores[y]).max() > 0.1  # scores[y] is the gradient of log p_y


def f1(predicted: Any, labels: Any) -> float:
    """The harmonic mean of precision and recall, hard or soft."""
    hits = float(np.dot(predicted, labels))
    precision, recall = hits / np.sum(predicted), hits / np.sum(labels)
    return 2 / (1 / precision + 1 / recall)


def test_soft_f1() -> None:
    asked = question(f"{DECK}/soft-f1")
    for values in draws(asked, 60):
        p, t = np.array(plain(values["p"])), np.array(values["t"])
        assert answers(asked, values) == pytest.approx({"soft": f1(p, t), "hard": f1((p > 0.5).astype(int), t)})
    assert f1(np.array([0.8, 0.4, 0.6, 0.1]), np.array([1, 0, 1, 0])) == pytest.approx(0.71795, abs=1e-5)


def test_pull_of_soft_f1() -> None:
    asked = question(f"{DECK}/pull-of-soft-f1")
    h = 1e-6
    for values in draws(asked, 60):
        s, t, a = (plain(values[name]) for name in "STA")
        right = answers(asked, values)
        for name, label in (("pos", 1), ("neg", 0)):
            up, down = (2 * (a + label * step) / (s + step + t) for step in (h, -h))
            assert right[name] == pytest.approx((up - down) / (2 * h), rel=1e-5)
        assert right["neg"] < 0 < right["pos"]
        assert right["pos"] / -right["neg"] == pytest.approx((s + t - a) / a)


def test_f1_of_batches() -> None:
    asked = question(f"{DECK}/f1-of-batches")

    def batch(tp: int, fp: int, fn: int) -> tuple[Array, Array]:
        return np.repeat([1.0, 1.0, 0.0], [tp, fp, fn]), np.repeat([1.0, 0.0, 1.0], [tp, fp, fn])

    for values in draws(asked, 60):
        first, second = (batch(*(values[name] for name in names)) for names in ("abc", "def"))
        both = [np.concatenate(pair) for pair in zip(first, second, strict=True)]
        assert answers(asked, values) == pytest.approx(
            {"whole": f1(both[0], both[1]), "mean": (f1(*first) + f1(*second)) / 2}
        )


def test_f1_listing() -> None:
    asked = question(f"{DECK}/f1-listing")
    p, t, h = np.array([0.8, 0.3, 0.6, 0.2, 0.7]), np.array([1.0, 1.0, 0.0, 0.0, 1.0]), 1e-6

    def loss(lines: Any) -> Any:
        return run("\n".join(lines), "soft_f1_loss")

    def gradient(function: Any) -> Array:
        return np.array([(function(p + h * e, t) - function(p - h * e, t)) / (2 * h) for e in np.eye(5)])

    right = loss(asked.body.sides[0].lines)
    assert right(p, t) == pytest.approx(1 - f1(p, t))
    assert right(t, t) == pytest.approx(0, abs=1e-7)
    assert np.array_equal(gradient(right) < 0, t == 1)
    assert right(np.zeros(3), np.zeros(3)) == 1
    by_say = {bug.say.split(",")[0].split(".")[0]: loss(bug.lines) for bug in asked.body.bugs}
    assert len(by_say) == len(asked.body.bugs) >= 5
    for say, function in by_say.items():
        assert abs(function(p, t) - right(p, t)) > 0.01, say
    stepped = gradient(by_say["A comparison is a step again"])
    assert (stepped > 0).all()  # it would push every probability down
    counted = gradient(by_say["The number of examples is a constant"])
    assert counted[t == 0] == pytest.approx(0, abs=1e-9)
    halved = by_say["Without the 2 the best possible loss is one half"]
    assert halved(t, t) == pytest.approx(0.5)
    assert np.array_equal(gradient(halved) < 0, t == 1)
    precise = by_say["Then a positive that is missed hardly costs anything"]
    precision = p @ t / p.sum()
    assert 1 - precise(p, t) == pytest.approx(2 * precision / (1 + precision))


def test_smooth_max_in_many_digits() -> None:
    asked = question(f"{DECK}/smooth-max")
    function, generate = run(asked.body.reference, "smooth_max"), run(asked.body.generate, "generate")
    rng = np.random.default_rng(5)
    tried = [generate(rng, size) for size in range(1, 100)]
    tried += [[[1e6, -1e6], 1e-6], [[-1e6, -1e6], 1e-6], [[1e6, 1e6 - 1], 0.5]]
    with mpmath.workdps(60):
        for x, tau in tried:
            exact = tau * mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(v) / tau) for v in x))
            assert function(x, tau) == pytest.approx(float(exact), rel=1e-12, abs=1e-12)
