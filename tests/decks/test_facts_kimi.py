"""Facts of the deck `kimi-k1-5`: optima found by search, gradients by symbols, probabilities by enumeration."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import sympy
from deck_facts import answers, draws, mistake, plain, question, run, value_of
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECK = "kimi-k1-5"


def objective(policy: Array, reference: Array, reward: Array, tau: float) -> float:
    return float(policy @ reward - tau * policy @ np.log(policy / reference))


def best(reference: Array, reward: Array, tau: float) -> Array:
    """The maximum by exponentiated-gradient ascent, which knows nothing of the closed form."""
    policy = np.full(len(reference), 1 / len(reference))
    for _ in range(400):
        slope = reward - tau * np.log(policy / reference) - tau
        policy = policy * np.exp(0.2 / tau * slope)
        policy = policy / policy.sum()
    return policy


def test_optimal_policy_by_ascent_and_against_random_policies() -> None:
    asked = question(f"{DECK}/optimal-policy")
    rng = np.random.default_rng(1)
    for values in draws(asked, 25):
        p, tau = np.array(plain(values["p"])), plain(values["tau"])
        reward = np.array([1.0, 0.0, plain(values["h"])])
        found = best(p, reward, tau)
        assert answers(asked, values)[""] == pytest.approx(found[0], abs=1e-9)
        top = objective(found, p, reward, tau)
        for other in rng.dirichlet(np.ones(3), size=100):
            assert objective(other, p, reward, tau) <= top
        z = float(p @ np.exp(reward / tau))
        assert top == pytest.approx(tau * math.log(z))
        assert reward - tau * math.log(z) == pytest.approx(tau * np.log(found / p), abs=1e-8)  # for each answer


def test_limits_of_tau_and_iterations() -> None:
    p, reward = np.array([0.1, 0.2, 0.3, 0.4]), np.array([1.0, 0.0, 1.0, 0.0])

    def tilt(reference: Array, tau: float) -> Array:
        out = reference * np.exp((reward - 1) / tau)
        return out / out.sum()

    assert tilt(p, 1e6) == pytest.approx(p, abs=1e-5)
    assert tilt(p, 1e-3) == pytest.approx([0.25, 0, 0.75, 0], abs=1e-9)
    assert tilt(p, 0.5) == pytest.approx(best(p, reward, 0.5))
    assert tilt(tilt(tilt(p, 3.0), 3.0), 3.0) == pytest.approx(tilt(p, 1.0))
    assert tilt(np.array([0.0, 0.5, 0.0, 0.5]), 0.1) == pytest.approx([0, 0.5, 0, 0.5])


def test_binary_optimum_lines() -> None:
    asked = question(f"{DECK}/binary-optimum")
    line = {step.id: step.expect for step in asked.body.milestones}
    rng = np.random.default_rng(2)
    reward = np.array([1.0, 0.0])
    for _ in range(25):
        s, x, tau = rng.uniform(0.05, 0.95), rng.uniform(0.05, 0.95), rng.uniform(0.2, 3)
        values = {"s": s, "x": x, "tau": tau}
        reference = np.array([s, 1 - s])

        def of(x: float, reference: Array = reference, tau: float = tau) -> float:
            return objective(np.array([x, 1 - x]), reference, reward, tau)

        assert value_of(line["objective"], values) == pytest.approx(of(x))
        assert value_of(line["slope"], values) == pytest.approx((of(x + 1e-6) - of(x - 1e-6)) / 2e-6, abs=1e-6)
        top = best(reference, reward, tau)
        assert value_of(line["odds"], values) == pytest.approx(top[0] / top[1], rel=1e-6)
        assert value_of(line["share"], values) == pytest.approx(top[0])
        assert value_of(line["value"], values) == pytest.approx(of(float(top[0])))
    found, error = run(asked.body.simulate, "simulate")(np.random.default_rng(3), s=0.3, tau=0.5)
    assert abs(found - value_of(line["value"], {"s": 0.3, "tau": 0.5, "x": 0.5})) <= error


def test_mean_for_log_z() -> None:
    asked = question(f"{DECK}/mean-for-log-z")
    for values in draws(asked, 30):
        s, tau = plain(values["s"]), plain(values["tau"])
        right = answers(asked, values)
        top = best(np.array([s, 1 - s]), np.array([1.0, 0.0]), tau)
        assert right["exact"] == pytest.approx(objective(top, np.array([s, 1 - s]), np.array([1.0, 0.0]), tau))
        assert s < right["exact"] < 1
        assert right["exact"] - right["gap"] == pytest.approx(s)

    def log_z(s: float, tau: float) -> float:
        return tau * math.log(1 - s + s * math.exp(1 / tau))

    assert log_z(0.4, 1e4) == pytest.approx(0.4, abs=1e-3)
    assert log_z(0.4, 2e-3) == pytest.approx(1, abs=0.01)


def test_gradient_of_the_squared_bracket() -> None:
    tau, r, mean, v = sympy.symbols("tau r rbar v")
    ratio = sympy.Function("l")(v)  # log of policy over reference
    squared = sympy.diff((r - mean - tau * ratio) ** 2, v)
    step = sympy.diff(ratio, v) * (r - mean) - tau / 2 * sympy.diff(ratio**2, v)
    assert sympy.simplify(squared + 2 * tau * step) == 0
    assert sympy.diff(ratio**2, v).subs(ratio, 0).doit() == 0  # no pull at the first step of an iteration


def test_the_surrogate_is_zero_at_the_optimum_under_any_samples() -> None:
    p, reward, tau = np.array([0.1, 0.2, 0.3, 0.4]), np.array([1.0, 0.0, 1.0, 0.0]), 0.5
    top = best(p, reward, tau)
    bracket = reward - tau * math.log(p @ np.exp(reward / tau)) - tau * np.log(top / p)
    for weights in np.random.default_rng(4).dirichlet(np.ones(4), size=20):
        assert weights @ bracket**2 == pytest.approx(0, abs=1e-15)
    # Without weights the same samples do not give the expected reward of another policy.
    assert p @ reward != pytest.approx(top @ reward)


def test_sample_weights() -> None:
    asked = question(f"{DECK}/sample-weights")
    for values in draws(asked, 40):
        k, c = values["k"], values["c"]
        rewards = np.array([1.0] * c + [0.0] * (k - c))
        weights = rewards - rewards.mean()
        right = answers(asked, values)
        assert [right["right"], right["wrong"]] == pytest.approx([weights[0], weights[-1]])
        assert weights.sum() == pytest.approx(0)
        assert (weights**2).sum() == pytest.approx(k * (c / k) * (1 - c / k))
        assert mistake(asked, "You left the sample itself", values) == pytest.approx(1 - rewards[1:].mean())
        scaled = weights / rewards.std()
        found = {item.say: value_of(item.formula, values) for item in asked.body.mistakes if "GRPO" in item.say}
        assert sorted(found.values()) == pytest.approx([scaled[-1], scaled[0]])


def test_length_rewards_by_interpolation() -> None:
    asked = question(f"{DECK}/length-reward")
    for values in draws(asked, 40):
        t = np.array(values["t"], dtype=float)
        lam = np.interp(t, [t.min(), t.max()], [0.5, -0.5])
        right = answers(asked, values)
        assert right["right"] == pytest.approx(lam[values["j"] - 1])
        assert right["wrong"] == pytest.approx(min(0.0, lam[values["i"] - 1]))


def test_prioritised_sampling() -> None:
    asked = question(f"{DECK}/prioritised")
    for values in draws(asked, 40):
        failures = [1 - Fraction(str(item)) for item in plain(values["s"])]
        assert answers(asked, values)[""] == pytest.approx(float(failures[values["i"] - 1] / sum(failures)))


def test_guessing_by_enumeration() -> None:
    asked = question(f"{DECK}/guessable")
    for values in draws(asked, 60):
        m, n = values["m"], values["n"]
        if m**n <= 7000:
            hits = sum(0 in guesses for guesses in product(range(m), repeat=n))
            assert answers(asked, values)[""] == pytest.approx(hits / m**n)
    assert pytest.approx(0.90, abs=0.001) == 1 - 0.75**8


def test_preference_pairs_follow_the_rule() -> None:
    asked = question(f"{DECK}/preference-pairs")
    samples = {"A": (True, 400), "B": (True, 550), "C": (True, 700), "D": (False, 350), "E": (False, 900)}
    for name, (right, tokens) in samples.items():
        assert f"{name}: {'right' if right else 'wrong'}, {tokens}" in asked.prompt
    shortest = min(tokens for right, tokens in samples.values() if right)
    negative = {name for name, (right, tokens) in samples.items() if tokens > (1.5 if right else 1) * shortest}
    assert {option.text for option in asked.body.options if option.right} == negative


def test_listing_and_its_bugs() -> None:
    asked = question(f"{DECK}/length-listing")
    lens, correct = [100, 200, 300, 400], [False, True, True, False]
    rewards = run("\n".join(asked.body.sides[0].lines), "length_rewards")
    assert rewards(lens, correct) == pytest.approx([0, 1 / 6, -1 / 6, -0.5])
    assert rewards([5, 5], [True, False]) == [0, 0]
    for bug in asked.body.bugs:
        assert len(bug.answer) == 1
        assert run("\n".join(bug.lines), "length_rewards")(lens, correct) != pytest.approx([0, 1 / 6, -1 / 6, -0.5])


def test_length_rewards_code_by_interpolation() -> None:
    asked = question(f"{DECK}/length-rewards")
    function = run(asked.body.reference, "length_rewards")
    generate = run(asked.body.generate, "generate")
    rng = np.random.default_rng(5)
    equal = single = 0
    for size in range(1, 121):
        (groups,) = generate(rng, size)
        for samples, got in zip(groups, function(groups), strict=True):
            lengths = np.array([n for n, _ in samples], dtype=float)
            single += len(samples) == 1
            if lengths.min() == lengths.max():
                equal += len(samples) > 1
                expected = np.zeros(len(samples))
            else:
                expected = np.interp(lengths, [lengths.min(), lengths.max()], [0.5, -0.5])
                expected = np.where([ok for _, ok in samples], expected, np.minimum(expected, 0))
            assert got == pytest.approx(expected)
    assert equal
    assert single
