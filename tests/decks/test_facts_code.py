"""Each bundled code question: its reference is right, its starter and every declared wrong answer are rejected."""

from __future__ import annotations

import copy
import math
import warnings
from typing import Any

import numpy as np
import pytest
from deck_facts import alike, named, question, run

from quizzer.model import Question

NAMES = named("code")


def generated(asked: Question) -> list[list[Any]]:
    generate = run(asked.body.generate, "generate")
    rng = np.random.default_rng(20240229)
    return [generate(rng, size) for size in range(1, asked.body.generated + 1)]


def written(asked: Question) -> list[list[Any]]:
    """The arguments of the written cases."""
    taken: list[list[Any]] = []
    for case in asked.body.cases:
        eval(case.call, {asked.body.entry: lambda *args: taken.append(list(args)), "np": np})
    return taken


def rejected(asked: Question, source: str) -> bool:
    """Whether some case tells this source from the reference."""
    reference = run(asked.body.reference, asked.body.entry)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        function = run(source, asked.body.entry)
        for args in [*written(asked), *generated(asked)]:
            try:
                got = function(*copy.deepcopy(args))
            except Exception:  # noqa: BLE001 - a wrong answer may raise anything
                return True
            if not alike(got, reference(*args)):
                return True
    return False


@pytest.mark.parametrize("name", NAMES)
def test_reference_gives_what_the_cases_say(name: str) -> None:
    asked = question(name)
    function = run(asked.body.reference, asked.body.entry)
    given = [case for case in asked.body.cases if case.gives is not None]
    assert given
    assert any(case.shown for case in asked.body.cases)
    for case in given:
        got = eval(case.call, {asked.body.entry: function, "np": np})
        assert alike(got, eval(case.gives, {"np": np})), case.call


@pytest.mark.parametrize("name", NAMES)
def test_every_wrong_answer_is_rejected(name: str) -> None:
    asked = question(name)
    assert len(asked.body.wrong) >= 5
    assert not rejected(asked, asked.body.reference)
    assert rejected(asked, asked.body.starter)
    for wrong in asked.body.wrong:
        assert wrong.say
        assert rejected(asked, wrong.source), wrong.name


@pytest.mark.parametrize("name", NAMES)
def test_reference_leaves_its_arguments_alone(name: str) -> None:
    asked = question(name)
    function = run(asked.body.reference, asked.body.entry)
    for args in generated(asked)[:40]:
        before = copy.deepcopy(args)
        function(*args)
        assert alike(args, before)


def test_window_max_is_the_maximum_of_each_slice() -> None:
    asked = question("sliding-window-maximum/window-max")
    function = run(asked.body.reference, "window_max")
    for nums, k in generated(asked):
        assert 1 <= k <= len(nums)
        assert function(nums, k) == [max(nums[i : i + k]) for i in range(len(nums) - k + 1)]


def test_window_max_cases_hold_the_boundaries() -> None:
    cases = generated(question("sliding-window-maximum/window-max"))
    assert any(k == 1 and len(nums) > 1 for nums, k in cases)
    assert any(k == len(nums) > 3 for nums, k in cases)
    assert any(max(nums) < 0 for nums, _ in cases)
    assert any(len(set(nums)) < len(nums) and 1 < k < len(nums) for nums, k in cases)
    assert len(cases[0][0]) <= 3


def test_window_max_samples_of_the_task_accept_most_wrong_answers() -> None:
    """The explanation says so: with the two printed examples alone several wrong answers pass."""
    asked = question("sliding-window-maximum/window-max")
    passing = []
    for wrong in asked.body.wrong:
        function = run(wrong.source, "window_max")
        try:
            if function([1, 3, -1, -3, 5, 3, 6, 7], 3) == [3, 3, 5, 5, 6, 7] and function([1], 1) == [1]:
                passing.append(wrong.name)
        except IndexError:
            pass
    assert len(passing) >= 5, passing


def test_gumbel_max_sample_is_the_exponential_race_too() -> None:
    """The smallest E/p with exponential E = -log u is the same class, computed by another road."""
    asked = question("reparameterization/gumbel-max-sample")
    function = run(asked.body.reference, "gumbel_max_sample")
    for logits, rows in generated(asked):
        top = max(logits)
        expected = []
        for row in rows:
            race = [
                -math.log(min(max(u, 1e-12), 1 - 1e-12)) / math.exp(x - top) for u, x in zip(row, logits, strict=True)
            ]
            expected.append(race.index(min(race)))
        assert function(logits, rows) == expected


def test_gumbel_max_sample_samples_from_the_softmax() -> None:
    function = run(question("reparameterization/gumbel-max-sample").body.reference, "gumbel_max_sample")
    logits = [0.3, -1.0, 1.2, 0.0]
    n = 100_000
    picked = function(logits, np.random.default_rng(5).uniform(size=(n, 4)))
    p = np.exp(logits) / np.exp(logits).sum()
    error = np.sqrt(p * (1 - p) / n)
    assert np.all(abs(np.bincount(picked, minlength=4) / n - p) < 4.5 * error)


def test_receptive_field_counts_the_inputs_reached() -> None:
    asked = question("receptive-field/receptive-field")
    function = run(asked.body.reference, "receptive_field")
    for (layers,) in generated(asked):
        low, high = 0, 0  # only the outermost inputs matter to the span
        for kernel, stride, dilation in reversed(layers):
            low, high = low * stride, high * stride + (kernel - 1) * dilation
        assert function(layers) == high - low + 1


def adamw_in_scalars(theta, g, m, v, t, lr, b1, b2, eps, wd):  # type: ignore[no-untyped-def]  # mirrors the deck's signature
    """One weight at a time with plain floats, decaying first as PyTorch does."""
    out = []
    for weight, grad, first, second in zip(theta, g, m, v, strict=True):
        first = b1 * first + (1.0 - b1) * grad
        second = b2 * second + (1.0 - b2) * grad * grad
        decayed = weight * (1.0 - lr * wd)
        root = math.sqrt(second / (1.0 - math.pow(b2, t)))
        out.append((decayed - lr * (first / (1.0 - math.pow(b1, t))) / (root + eps), first, second))
    return tuple(np.array(column) for column in zip(*out, strict=True))


def test_adamw_step_against_plain_floats() -> None:
    asked = question("adam-vs-adamw/adamw-step")
    function = run(asked.body.reference, "adamw_step")
    for args in [*written(asked), *generated(asked)]:
        assert alike(function(*args), adamw_in_scalars(*args))


@pytest.mark.parametrize(
    ("gradients", "expected"),
    [((0.1, 0.1, 0.1), 0.67328903), ((0.1, -0.2, 0.3), 0.87420915), ((0, 0, 0), 0.970299), ((1e-6,) * 3, 0.67622969)],
)
def test_three_adamw_steps(gradients: tuple[float, ...], expected: float) -> None:
    """Figures computed apart: eta = lambda = 0.1, theta = 1, the usual betas."""
    function = run(question("adam-vs-adamw/adamw-step").body.reference, "adamw_step")
    theta, m, v = np.ones(1), np.zeros(1), np.zeros(1)
    for t, g in enumerate(gradients, 1):
        theta, m, v = function(theta, np.array([g]), m, v, t, 0.1, 0.9, 0.999, 1e-8, 0.1)
    assert theta[0] == pytest.approx(expected, abs=1e-8)
