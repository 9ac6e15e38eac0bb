"""Facts of the deck `ddpg`: gradients by difference quotients, noise by exact recursion, its listing run on a task."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from deck_facts import alike, answers, draws, mistake, plain, question, run, value_of
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECK = "ddpg"


def test_grid_of_actions_counts_the_combinations() -> None:
    asked = question(f"{DECK}/grid-of-actions")
    for values in draws(asked, 20):
        if values["d"] <= 4:
            joint = itertools.product(range(values["b"]), repeat=values["d"])
            assert answers(asked, values)[""] == sum(1 for _ in joint)


def test_td_targets() -> None:
    asked = question(f"{DECK}/td-target")
    for values in draws(asked, 40):
        gamma = plain(values["gamma"])
        r, q = (np.array(plain(values[name])) for name in ("r", "q"))
        y = r + gamma * (1 - np.array([0.0, 1.0])) * q
        right = answers(asked, values)
        assert [right["first"], right["second"]] == pytest.approx(y)


def test_actor_gradient_is_a_difference_quotient() -> None:
    asked = question(f"{DECK}/actor-gradient")
    for values in draws(asked, 40):
        c, theta, s = plain(values["c"]), plain(values["theta"]), np.array(plain(values["s"]))

        def value(at: float, s: Array = s, c: float = c) -> float:
            return float(np.mean(-((at * s - c * s) ** 2) + s))

        slope = (value(theta + 0.5) - value(theta - 0.5)) / 1.0  # exact for a parabola
        assert answers(asked, values)[""] == pytest.approx(slope)
        assert mistake(asked, "That is the derivative of the actor's", values) == pytest.approx(-slope)


def test_deterministic_gradient_lines() -> None:
    asked = question(f"{DECK}/deterministic-gradient")
    line = {step.id: step.expect for step in asked.body.milestones}
    rng = np.random.default_rng(1)
    nodes, weights = np.polynomial.legendre.leggauss(8)
    states, weights = (nodes + 1) / 2, weights / 2  # exact means of polynomials over (0, 1)
    for _ in range(30):
        s, a, c, theta = rng.uniform(0.05, 1), rng.uniform(-3, 3), rng.uniform(0.5, 3), rng.uniform(-2, 4)
        values = {"s": s, "a": a, "c": c, "theta": theta}

        def q(state: Any, action: Any, c: float = c) -> Any:
            return -((action - c * state) ** 2)

        def objective(at: float) -> float:
            return float(weights @ q(states, at * states))

        assert value_of(line["slope-of-the-critic"], values) == pytest.approx(q(s, a + 0.5) - q(s, a - 0.5))
        own = theta * s
        assert value_of(line["at-the-policy"], values) == pytest.approx(q(s, own + 0.5) - q(s, own - 0.5))
        one = q(s, (theta + 0.5) * s) - q(s, (theta - 0.5) * s)
        assert value_of(line["one-state"], values) == pytest.approx(one)
        assert value_of(line["objective"], values) == pytest.approx(objective(theta))
        slope = objective(theta + 0.5) - objective(theta - 0.5)
        assert value_of(line["gradient"], values) == pytest.approx(slope)
    estimate, error = run(asked.body.simulate, "simulate")(np.random.default_rng(2), c=2.0, theta=0.5)
    assert abs(estimate - 1) < 4.5 * error


def test_score_function_estimates_scatter_more() -> None:
    """The figures of the explanation, at c = 2 and theta = 0.5: one mean, 4 and 10 times the standard deviation."""
    rng = np.random.default_rng(3)
    n = 400_000
    s = rng.random(n)
    pathwise = -2 * (0.5 - 2) * s * s
    for sigma, times in ((1.0, 4), (0.1, 10)):
        noise = rng.normal(size=n)
        a = 0.5 * s + sigma * noise
        score = -((a - 2 * s) ** 2) * noise / sigma * s
        assert score.mean() == pytest.approx(1, abs=4.5 * score.std() / math.sqrt(n))
        assert score.std() / pathwise.std() == pytest.approx(times, rel=0.1)


def test_soft_update_by_running_it() -> None:
    asked = question(f"{DECK}/soft-update")
    for values in draws(asked, 30):
        tau, w, v = (plain(values[name]) for name in ("tau", "w", "v"))
        right = answers(asked, values)
        slow, steps, gaps = v, 0, [1.0]
        while gaps[-1] > 0.5:
            slow += tau * (w - slow)
            steps += 1
            gaps.append((slow - w) / (v - w))
            if steps == 1:
                assert right["next"] == pytest.approx(slow)
        assert steps - 1 < right["half_life"] <= steps
        assert (1 - tau) ** round(1 / tau) == pytest.approx(0.37, abs=0.025)
    assert math.log(0.5) / math.log(0.999) == pytest.approx(693, abs=0.5)


def test_noise_process_by_its_covariances() -> None:
    asked = question(f"{DECK}/noise-process")
    for values in draws(asked, 30):
        kappa, sigma, dt = (plain(values[name]) for name in ("kappa", "sigma", "dt"))
        variance = 0.0
        for _ in range(400):
            variance += -2 * kappa * dt * variance + (kappa * dt) ** 2 * variance + sigma**2 * dt
        right = answers(asked, values)
        assert right["variance"] == pytest.approx(variance)
        covariance = variance
        for _ in range(values["n"]):
            covariance -= kappa * dt * covariance
        assert right["correlation"] == pytest.approx(covariance / variance)


def test_noise_process_by_simulation() -> None:
    rng = np.random.default_rng(4)
    x = np.zeros(40_000)
    for _ in range(60):
        before = x
        x = x - 0.15 * x + 0.2 * rng.normal(size=len(x))
    assert x.var() == pytest.approx(0.04 / (1 - 0.85**2), rel=0.03)
    assert np.corrcoef(x, before)[0, 1] == pytest.approx(0.85, abs=0.01)


def test_maximising_an_estimate_overestimates_and_the_smaller_of_two_does_not() -> None:
    rng = np.random.default_rng(5)
    first, second = rng.normal(size=(2, 50_000, 6))  # six actions, all worth 0, errors of the critics
    best = first.argmax(axis=1)
    rows = np.arange(len(best))
    assert first[rows, best].mean() > 1
    assert np.minimum(first[rows, best], second[rows, best]).mean() < 0.1


class Net:
    """A function with weights, for the listing."""

    def __init__(self, weights: Array, of: Any) -> None:
        self.weights, self.of = weights, of

    def __call__(self, *given: Any) -> Any:
        return self.of(self.weights, *given)


def trained(lines: tuple[str, ...], rounds: int = 1500) -> tuple[float, float, float]:
    """The actor's weight, the critic's worth of its action at s = 1, and the largest step of the target actor.

    Rewards are -(a - 2s)^2 and every episode ends after one step, so the best weight is 2 and its worth 0.
    """
    rng = np.random.default_rng(6)
    actor, target_actor = (Net(np.array([0.5]), lambda w, s: w[0] * s) for _ in range(2))
    critic, target_critic = (
        Net(np.zeros(4), lambda w, s, a: w[0] * s * s + w[1] * s * a + w[2] * a * a + w[3]) for _ in range(2)
    )
    graph: dict[str, Any] = {
        "actor": actor, "target_actor": target_actor, "critic": critic, "target_critic": target_critic,
        "gamma": 0.9, "tau": 0.05, "mean": np.mean, "noise": lambda: rng.normal(scale=0.5),
    }  # fmt: skip
    source = "\n".join(lines)
    # `step(net, loss)` would differentiate the loss; here the loss is called again with moved weights.
    source = source.replace("step(critic, ", "step(critic, lambda: ").replace("step(actor, ", "step(actor, lambda: ")

    def step(net: Net, loss: Any) -> None:
        here, slope = net.weights.copy(), np.zeros_like(net.weights)
        for i in range(len(here)):
            for sign in (1, -1):
                net.weights = here + sign * 1e-4 * np.eye(len(here))[i]
                slope[i] += sign * loss() / 2e-4
        net.weights = here - (0.15 if len(here) == 4 else 0.1) * np.clip(slope, -5, 5)

    graph["step"] = step
    exec(source, graph)
    largest = 0.0
    for _ in range(rounds):
        s = rng.uniform(0, 1, size=16)
        a = np.clip(actor(s), -1, 3) + rng.normal(scale=0.7, size=16)
        before = target_actor.weights[0]
        graph["update"](s, a, 1 - (a - 2 * s) ** 2, rng.uniform(0, 1, size=16), np.ones(16))
        largest = max(largest, abs(target_actor.weights[0] - before))
    return float(actor.weights[0]), float(critic(1.0, 2.0)), float(largest)


def test_listing_learns_and_its_slips_do_what_their_replies_say() -> None:
    asked = question(f"{DECK}/update-listing")
    weight, worth, calm = trained(asked.body.sides[0].lines)
    assert weight == pytest.approx(2, abs=0.2)
    assert worth == pytest.approx(1, abs=0.3)
    for bug in asked.body.bugs:
        assert len(bug.answer) == 1
        text = bug.lines[min(bug.answer) - 1]
        if "gamma * target_critic" in text:
            assert trained(bug.lines, 700)[1] > 2  # the value of what never comes is added
        elif "actor, mean(" in text:
            assert trained(bug.lines, 400)[0] < 0
        elif "critic(s, a))" in text and "actor" in text:
            assert trained(bug.lines, 100)[0] == 0.5
        elif "(1 - tau) * fast" in text:
            assert trained(bug.lines, 100)[2] > 2 * calm
        else:
            assert "critic(s2, a2)" in text or "noise()" in text  # they only change where y comes from


def test_ddpg_step_against_difference_quotients() -> None:
    asked = question(f"{DECK}/ddpg-step")
    function = run(asked.body.reference, "ddpg_step")
    generate = run(asked.body.generate, "generate")
    rng = np.random.default_rng(7)
    for size in range(1, 50):
        args = generate(rng, size)
        theta, _, theta_t, _, rows, gamma, lr_q, lr_mu, tau = args
        w, w_t = np.array(args[1]), np.array(args[3])

        def q(weights: Array, s: float, a: float) -> float:
            return float(weights[0] * s**2 + weights[1] * s * a + weights[2] * a**2)

        targets = [r + (0 if done else gamma * q(w_t, s2, theta_t * s2)) for _, _, r, s2, done in rows]

        def loss(weights: Array, rows: Any = rows, targets: Any = targets) -> float:
            return sum((q(weights, row[0], row[1]) - y) ** 2 for row, y in zip(rows, targets, strict=True)) / len(rows)

        slope = np.array([(loss(w + e) - loss(w - e)) / 2 for e in np.eye(3)])  # exact: the loss is quadratic
        new_w = w - lr_q * slope

        def worth(at: float, rows: Any = rows, new_w: Array = new_w) -> float:
            return sum(q(new_w, row[0], at * row[0]) for row in rows) / len(rows)

        new_theta = theta + lr_mu * (worth(theta + 1) - worth(theta - 1)) / 2
        expected = (new_theta, new_w, theta_t + tau * (new_theta - theta_t), w_t + tau * (new_w - w_t))
        assert alike(function(*args), expected)


def test_a_deterministic_policy_has_no_importance_weights() -> None:
    played = 0.3 + np.random.default_rng(8).normal(size=1000)
    assert not np.any(played == 0.3)
