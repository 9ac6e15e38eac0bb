"""Facts of the deck `actor-critic`: expectations by enumeration, a small decision process solved exactly."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest
from deck_facts import answers, draws, mistake, plain, question, run, value_of
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECK = "actor-critic"


def softmax(x: Array) -> Array:
    e = np.exp(x - x.max())
    out: Array = e / e.sum()
    return out


class Process:
    """Two states and an end (state 2), two actions, random rewards; everything about a policy in closed form."""

    def __init__(self, seed: int, gamma: float = 0.9) -> None:
        rng = np.random.default_rng(seed)
        self.gamma = gamma
        self.next = rng.dirichlet(np.ones(3), size=(2, 2))
        self.reward = rng.normal(size=(2, 2, 3))

    def values(self, pi: Array) -> tuple[Array, Array]:
        """v with the end's 0 appended, and q."""
        mean = (self.next * self.reward).sum(axis=2)
        step = np.einsum("sa,sat->st", pi, self.next)[:, :2]
        v = np.append(np.linalg.solve(np.eye(2) - self.gamma * step, (pi * mean).sum(axis=1)), 0.0)
        return v, mean + self.gamma * self.next @ v

    def visits(self, pi: Array) -> Array:
        """Discounted visits from state 0."""
        step = np.einsum("sa,sat->st", pi, self.next)[:, :2]
        out: Array = np.linalg.solve(np.eye(2) - self.gamma * step.T, np.array([1.0, 0.0]))
        return out


def policy(theta: Array) -> Array:
    return np.array([softmax(row) for row in theta])


def expected_step(process: Process, theta: Array, lines: tuple[str, ...]) -> tuple[Array, Array]:
    """What the listing adds to theta and to the values on average, from each state, with the exact critic."""
    pi = policy(theta)
    v, _ = process.values(pi)
    graph: dict[str, Any] = {
        "gamma": process.gamma, "lr_actor": 1.0, "lr_critic": 1.0,
        # At the end the table holds some number, which no honest update may use.
        "v": lambda s: float(np.append(v[:2], 3.0)[s]),
        "grad_log_pi": lambda a, s: np.eye(2)[s][:, None] * (np.eye(2)[a] - pi[s]),
        "grad_pi": lambda a, s: pi[s, a] * np.eye(2)[s][:, None] * (np.eye(2)[a] - pi[s]),
        "grad_v": lambda s: np.eye(3)[s],
    }  # fmt: skip
    exec("\n".join(lines), graph)
    actor, critic = np.zeros((2, 2)), np.zeros(3)
    for s, a, s2 in product(range(2), range(2), range(3)):
        share = pi[s, a] * process.next[s, a, s2] * process.visits(pi)[s]
        graph["theta"], graph["w"] = np.zeros((2, 2)), np.zeros(3)
        graph["update"](s, a, process.reward[s, a, s2], s2, int(s2 == 2))
        actor += share * graph["theta"]
        critic += share * graph["w"]
    return actor, critic


def test_listing_follows_the_gradient_of_the_return_and_no_bug_does() -> None:
    process, theta = Process(1), np.array([[0.3, -0.4], [0.1, 0.8]])

    def objective(at: Array) -> float:
        return float(process.values(policy(at))[0][0])

    gradient = np.zeros((2, 2))
    for s, a in product(range(2), range(2)):
        h = np.zeros((2, 2))
        h[s, a] = 1e-5
        gradient[s, a] = (objective(theta + h) - objective(theta - h)) / 2e-5
    asked = question(f"{DECK}/a2c-listing")
    actor, critic = expected_step(process, theta, asked.body.sides[0].lines)
    assert actor == pytest.approx(gradient, abs=1e-8)
    assert critic == pytest.approx(np.zeros(3), abs=1e-12)
    for bug in asked.body.bugs:
        assert len(bug.answer) == 1
        actor, critic = expected_step(process, theta, bug.lines)
        same_actor = bool(np.allclose(actor, gradient, atol=1e-6))
        still = bool(np.allclose(critic, 0, atol=1e-9))
        if "grad_v(s2)" in "".join(bug.lines):
            # With the exact critic the error is 0 on average for each s but not for each s2.
            assert same_actor
            assert not still
        elif "v(s) - target" in "".join(bug.lines):
            assert actor == pytest.approx(-gradient, abs=1e-8)
        else:
            assert not same_actor, bug.say


def test_qac_critic_step() -> None:
    asked = question(f"{DECK}/qac-critic-step")
    for values in draws(asked, 40):
        gamma, alpha, q, r, u, m = (plain(values[name]) for name in ("gamma", "alpha", "q", "r", "u", "m"))
        assert answers(asked, values)[""] == pytest.approx((1 - alpha) * q + alpha * (r + gamma * u))
        assert mistake(asked, "The largest entry", values) == pytest.approx(
            (1 - alpha) * q + alpha * (r + gamma * max(u, m))
        )


def test_sarsa_target_evaluates_the_policy_and_the_maximum_does_not() -> None:
    process, pi = Process(2), policy(np.array([[0.3, -0.4], [0.1, 0.8]]))
    _, q = process.values(pi)
    sarsa, greedy = np.zeros((2, 2)), np.zeros((2, 2))
    for _ in range(400):
        mean = (process.next * process.reward).sum(axis=2)
        sarsa = mean + process.gamma * process.next[:, :, :2] @ (pi * sarsa).sum(axis=1)
        greedy = mean + process.gamma * process.next[:, :, :2] @ greedy.max(axis=1)
    assert sarsa == pytest.approx(q)
    assert np.all(greedy > q)


def log_pi(logits: Array, k: int) -> float:
    return float(np.log(softmax(logits)[k]))


def test_softmax_score_is_a_difference_quotient() -> None:
    asked = question(f"{DECK}/softmax-score")
    h = 1e-5
    for values in draws(asked, 60):
        p, k, j = np.array(plain(values["p"])), values["k"] - 1, values["j"] - 1
        logits = np.log(p)
        own = (log_pi(logits + h * np.eye(3)[k], k) - log_pi(logits - h * np.eye(3)[k], k)) / 2 / h
        other = (log_pi(logits + h * np.eye(3)[j], k) - log_pi(logits - h * np.eye(3)[j], k)) / 2 / h
        right = answers(asked, values)
        assert right["own"] == pytest.approx(own, abs=1e-8)
        assert right["other"] == pytest.approx(other, abs=1e-8)


P, Q = np.array([0.2, 0.3, 0.5]), np.array([10, 11, 12.5])


def moments(weights: Array, b: float | Array) -> tuple[Array, float]:
    """Mean and total variance of score times (q - b) over three actions."""
    each = (np.eye(3) - weights) * (Q - b)[:, None]
    mean: Array = weights @ each
    return mean, float(weights @ (each**2).sum(axis=1) - mean @ mean)


def test_baselines() -> None:
    mean, _ = moments(P, 0)
    for b in (5.0, float(P @ Q), -3.0):
        assert moments(P, b)[0] == pytest.approx(mean)
    assert moments(P, Q)[0] == pytest.approx(np.zeros(3))  # b = q(s, a)
    norms = ((np.eye(3) - P) ** 2).sum(axis=1)
    best = float(P @ (norms * Q) / (P @ norms))
    assert [moments(P, b)[1] for b in (0, float(P @ Q), best)] == pytest.approx([77.25, 0.36, 0.26], abs=0.005)
    assert moments(P, best + 0.01)[1] > moments(P, best)[1] < moments(P, best - 0.01)[1]


def test_a_batch_mean_with_the_sample_itself_shrinks_the_gradient() -> None:
    """All batches of N draws, each with its probability."""
    exact = P @ ((np.eye(3) - P) * Q[:, None])
    for n in (2, 3):
        total, apart = np.zeros(3), np.zeros(3)
        for batch in product(range(3), repeat=n):
            chosen = list(batch)
            share = float(np.prod(P[chosen]))
            score, value = np.eye(3)[chosen] - P, Q[chosen]
            others = (value.sum() - value) / (n - 1)
            total += share * (score * (value - value.mean())[:, None]).mean(axis=0)
            apart += share * (score * (value - others)[:, None]).mean(axis=0)
        assert total == pytest.approx((1 - 1 / n) * exact)
        assert apart == pytest.approx(exact)


def test_best_baseline_lines() -> None:
    asked = question(f"{DECK}/best-baseline")
    line = {step.id: step.expect for step in asked.body.milestones}
    rng = np.random.default_rng(3)
    for _ in range(30):
        p, q, b = float(rng.uniform(0.05, 0.95)), rng.uniform(-4, 4, size=2), float(rng.uniform(-4, 4))
        values = {"p": p, "q": q.tolist(), "b": b}
        law = np.array([p, 1 - p])

        def estimates(b: float, p: float = p, q: Array = q) -> Array:
            return np.array([1 - p, -p]) * (q - b)

        each = estimates(b)
        mean = float(law @ each)
        assert value_of(line["first-drawn"], values) == pytest.approx(each[0])
        assert value_of(line["expectation"], values) == pytest.approx(mean)
        # d v / d theta_1 of a softmax over two actions, p = sigmoid(theta_1 - theta_2)
        assert mean == pytest.approx(p * (1 - p) * (q[0] - q[1]))
        assert value_of(line["gap"], values) == pytest.approx(each[0] - each[1])
        assert value_of(line["variance"], values) == pytest.approx(float(law @ (each - mean) ** 2))
        grid = np.linspace(-5, 5, 100_001)
        spread = (np.array([1 - p, -p])[:, None] * (q[:, None] - grid)) ** 2
        assert value_of(line["best"], values) == pytest.approx(grid[(law @ spread).argmin()], abs=1e-4)
    estimate, error = run(asked.body.simulate, "simulate")(np.random.default_rng(4), p=0.2, q=[1.0, 4.0])
    assert abs(estimate - (0.8 * 1 + 0.2 * 4)) < 4.5 * error


def test_what_v_saves_by_enumeration() -> None:
    asked = question(f"{DECK}/what-v-saves")
    for values in draws(asked, 40):
        p, q = plain(values["p"]), np.array(plain(values["q"]), dtype=float)
        law = np.array([p, 1 - p])
        right = answers(asked, values)
        for name, b in (("plain", 0.0), ("with_v", float(law @ q))):
            each = np.array([1 - p, -p]) * (q - b)
            assert right[name] == pytest.approx(float(law @ each**2 - (law @ each) ** 2))


def test_td_errors() -> None:
    asked = question(f"{DECK}/td-error")
    for values in draws(asked, 40):
        gamma, v, u = (plain(values[name]) for name in ("gamma", "v", "u"))
        r = plain(values["r"])
        right = answers(asked, values)
        assert right["first"] + v == pytest.approx(r[0] + gamma * u)
        assert right["second"] + v == pytest.approx(r[1])


def test_mean_td_error_is_the_advantage_and_zero_over_the_policy() -> None:
    process, pi = Process(5), policy(np.array([[0.3, -0.4], [0.1, 0.8]]))
    v, q = process.values(pi)
    delta = process.reward + process.gamma * v - v[:2, None, None]
    mean = (process.next * delta).sum(axis=2)
    assert mean == pytest.approx(q - v[:2, None])
    assert (pi * mean).sum(axis=1) == pytest.approx(np.zeros(2), abs=1e-12)
    assert np.ptp(delta[0, 0]) > 0.1  # it varies


def test_actor_step_and_that_one_over_pi_cancels() -> None:
    asked = question(f"{DECK}/actor-step")
    h = 1e-5
    for values in draws(asked, 40):
        p, k, j = np.array(plain(values["p"])), values["k"] - 1, values["j"] - 1
        d, alpha = plain(values["d"]), plain(values["alpha"])
        logits = np.log(p)
        slope = [(log_pi(logits + h * e, k) - log_pi(logits - h * e, k)) / 2 / h for e in np.eye(3)]
        right = answers(asked, values)
        assert [right["own"], right["other"]] == pytest.approx([alpha * d * slope[k], alpha * d * slope[j]], abs=1e-7)
    equal = sum(P[a] * (np.eye(3)[a] - P) for a in range(3))
    assert equal == pytest.approx(np.zeros(3))  # equal advantages: no drift towards any action


def test_importance_estimate_is_unbiased() -> None:
    asked = question(f"{DECK}/importance-estimate")
    formula = asked.body.wanted[0].formula
    for values in draws(asked, 30):
        a, b = plain(values["a"]), plain(values["b"])
        x = plain(values["x"])
        mean = sum(
            math.comb(10, m) * b**m * (1 - b) ** (10 - m) * value_of(formula, {**values, "m": m}) for m in range(11)
        )
        assert mean == pytest.approx(a * x[0] + (1 - a) * x[1])
    each = np.array([0.5 / 0.8, 0.5 / 0.2]) * np.array([1, -1])
    law = np.array([0.8, 0.2])
    assert law @ each == pytest.approx(0)
    assert law @ each**2 - (law @ each) ** 2 == pytest.approx(1.5625)
    assert law @ np.array([0.5 / 0.8, 0.5 / 0.2]) == pytest.approx(1)


def test_replayed_actions_give_another_direction_unless_weighted() -> None:
    behaviour, advantage = np.array([0.6, 0.3, 0.1]), Q - P @ Q
    right = P @ ((np.eye(3) - P) * advantage[:, None])
    replayed = behaviour @ ((np.eye(3) - P) * advantage[:, None])
    weighted = behaviour @ ((P / behaviour * advantage)[:, None] * (np.eye(3) - P))
    assert weighted == pytest.approx(right)
    assert not np.allclose(replayed, right, atol=0.05)


def test_tabular_a2c_against_one_transition_at_a_time() -> None:
    asked = question(f"{DECK}/tabular-a2c")
    function = run(asked.body.reference, "a2c")
    generate = run(asked.body.generate, "generate")
    rng = np.random.default_rng(6)
    for size in range(1, 60):
        theta, v, steps, gamma, lr_actor, lr_critic = generate(rng, size)
        logits, values = [list(row) for row in theta], list(v)
        for s, a, r, s2, done in steps:
            delta = (r if done else r + gamma * values[s2]) - values[s]
            row = logits[s]
            chances = [1 / sum(math.exp(min(other - own, 700)) for other in row) for own in row]
            for i in range(len(row)):
                row[i] += lr_actor * delta * ((i == a) - chances[i])
            values[s] += lr_critic * delta
        got_theta, got_v = function(theta, v, steps, gamma, lr_actor, lr_critic)
        assert got_theta == pytest.approx(np.array(logits), rel=1e-6, abs=1e-9)
        assert got_v == pytest.approx(np.array(values), rel=1e-6, abs=1e-9)
