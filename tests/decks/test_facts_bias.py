"""Facts of the deck `bias`, by trying inputs, by finite differences, and by small networks in numpy."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from deck_facts import answers, draws, mistake, plain, question, run, value_of
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECK = "bias"
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))


def line(name: str, milestone: str, values: dict[str, Any]) -> float:
    step = next(step for step in question(f"{DECK}/{name}").body.milestones if step.id == milestone)
    return value_of(step.expect, values)


def normed(z: Array, axes: tuple[int, ...], eps: float = 1e-5) -> Array:
    return (z - z.mean(axis=axes, keepdims=True)) / np.sqrt(z.var(axis=axes, keepdims=True) + eps)


def softmax(scores: Array) -> Array:
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def test_what_is_compared_fires_with_the_threshold() -> None:
    asked = question(f"{DECK}/what-is-compared")
    for values in draws(asked, 80):
        w, x, threshold = np.array(values["w"]), np.array(values["x"]), values["T"]
        right = answers(asked, values)
        assert (right["z"] > 0) == (w @ x > threshold)
        assert right["z"] == w @ x + right["b"]
        assert (right["b"] > 0) == bool(w @ np.zeros(3) > threshold)  # fires at 0 iff the bias is positive


def test_boundary_facts() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4000, 2))
    w, b = np.array([1.5, -0.7]), 0.6
    fires = x @ w + b > 0
    assert np.array_equal(fires, x @ (3 * w) + 3 * b > 0)
    assert np.array_equal(~fires, x @ -w - b > 0)
    assert not np.array_equal(fires, x @ (2 * w) + b > 0)
    assert 0 < np.mean(x @ w > 0) < 1

    def distance(w: Array, b: float) -> float:
        return float(np.linalg.norm(np.linalg.lstsq(w[None], np.array([-b]), rcond=None)[0]))

    assert distance(2 * w, b) == pytest.approx(distance(w, b) / 2)
    assert distance(np.array([3.0, 4.0]), -10) == pytest.approx(2)
    assert distance(0.9 * w, b) > distance(w, b)  # weight decay on w alone


def test_at_least_m_of_n() -> None:
    asked = question(f"{DECK}/at-least-m-of-n")

    def right_rule(n: int, m: int, w: float, b: float) -> bool:
        return all((on * w + b > 0) == (on >= m) for on in range(n + 1))

    for values in draws(asked, 80):
        n, m, w = values["n"], values["m"], plain(values["w"])
        ends = answers(asked, values)
        low, high = ends["lower"], ends["upper"]
        assert not right_rule(n, m, w, low)
        assert not right_rule(n, m, w, low - 1e-6)
        assert right_rule(n, m, w, low + 1e-6)
        assert right_rule(n, m, w, high)
        assert not right_rule(n, m, w, high + 1e-6)
        assert not right_rule(n, m, w, mistake(asked, "With such a bias", values) + 1e-6)
    assert right_rule(5, 1, 2.0, 0.0)  # OR without a bias


def test_gates_without_a_bias() -> None:
    gates = {
        "AND": (0, 0, 0, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0), "OR": (0, 1, 1, 1),
        "$x_1$ AND NOT $x_2$": (0, 0, 1, 0),
    }  # fmt: skip
    grid = np.arange(-3, 3.25, 0.25)

    def made(biases: Any) -> set[tuple[int, ...]]:
        w1, w2, b = np.meshgrid(grid, grid, biases)
        fires = [(w1 * x1 + w2 * x2 + b > 0).ravel() for x1, x2 in CORNERS]
        return {tuple(map(int, row)) for row in np.unique(np.stack(fires, axis=1), axis=0)}

    without, with_bias = made(np.zeros(1)), made(grid)
    options = question(f"{DECK}/gates-without-bias").body.options
    assert {option.text: option.right for option in options} == {
        name: table not in without for name, table in gates.items()
    }
    assert {name for name, table in gates.items() if table not in with_bias} == {"XOR"}
    assert tuple(int(x1 + x2 - 1.5 > 0) for x1, x2 in CORNERS) == gates["AND"]
    assert tuple(int(-x1 - x2 + 1.5 > 0) for x1, x2 in CORNERS) == gates["NAND"]


def test_relu_kink() -> None:
    asked = question(f"{DECK}/relu-kink")
    for values in draws(asked, 80):
        w, b, x = (plain(values[name]) for name in "wbx")
        right = answers(asked, values)

        def unit(at: float, w: float = w, b: float = b) -> float:
            return max(0.0, w * at + b)

        kink, h = right["kink"], 1e-4
        slopes = [(unit(at + h) - unit(at - h)) / (2 * h) for at in (kink - 0.1, kink, kink + 0.1)]
        assert sorted(abs(slope) for slope in slopes) == pytest.approx([0, abs(w) / 2, abs(w)], abs=1e-6)
        assert right["out"] == pytest.approx(unit(x))


def test_distance_of_the_boundary_lines() -> None:
    name, rng = "distance-of-the-boundary", np.random.default_rng(2)
    for _ in range(40):
        n = int(rng.integers(2, 5))
        w, x = rng.uniform(-3, 3, size=(2, n))
        threshold, t, i = float(rng.uniform(-4, 4)), float(rng.uniform(-2, 2)), int(rng.integers(1, n + 1))
        values = {"n": n, "w": w.tolist(), "x": x.tolist(), "i": i, "t": t, "T": threshold}
        assert (line(name, "moved", values) > 0) == bool(w @ x > threshold)
        assert line(name, "along", values) == pytest.approx(w @ (t * w) - threshold)
        root = line(name, "root", values)
        assert line(name, "along", values | {"t": root}) == pytest.approx(0, abs=1e-9)
        # Any point of the boundary: the nearest one plus a step across w.
        nearest = np.linalg.lstsq(w[None], np.array([threshold]), rcond=None)[0]
        across = rng.normal(size=n)
        across -= w * (w @ across) / (w @ w)
        assert w @ (nearest + across) == pytest.approx(threshold)
        assert np.linalg.norm(nearest + across) >= np.linalg.norm(nearest)
        assert line(name, "point", values) == pytest.approx(nearest[i - 1])
        assert line(name, "distance", values) == pytest.approx(np.linalg.norm(nearest))


def test_gradient_of_the_bias() -> None:
    asked = question(f"{DECK}/gradient-of-the-bias")
    for values in draws(asked, 60):
        x, d = np.array(plain(values["x"]), float), np.array(plain(values["d"]))

        def loss(w: float, b: float, x: Array = x, d: Array = d) -> float:
            """Any loss whose derivative in z_i is d_i at w = 0.3, b = -0.2."""
            z = w * x + b
            return float(np.sum(d * z + 0.5 * (z - (0.3 * x - 0.2)) ** 2))

        h = 1e-4
        right = answers(asked, values)
        assert right["dw"] == pytest.approx((loss(0.3 + h, -0.2) - loss(0.3 - h, -0.2)) / (2 * h), abs=1e-6)
        assert right["db"] == pytest.approx((loss(0.3, -0.2 + h) - loss(0.3, -0.2 - h)) / (2 * h), abs=1e-6)
    # Augmented by a constant 1, one rule gives both.
    rng = np.random.default_rng(3)
    x, w, b = rng.normal(size=4), rng.normal(size=4), 0.4
    assert np.append(x, 1) @ np.append(w, b) == pytest.approx(w @ x + b)


def test_symmetry_is_broken_by_weights_alone() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(20, 3)), rng.normal(size=20)

    def gradients(w1: Array, w2: Array) -> tuple[Array, Array]:
        """Of the hidden weights and biases of a tanh network with all biases at 0, squared error."""
        hidden = np.tanh(x @ w1)
        delta = (hidden @ w2 - y)[:, None] * w2 * (1 - hidden**2)
        return x.T @ delta, delta.sum(axis=0)

    dead_w, dead_b = gradients(np.zeros((3, 5)), np.zeros(5))
    assert not dead_w.any()
    assert not dead_b.any()
    same_w, same_b = gradients(np.full((3, 5), 0.3), np.full(5, 0.3))
    assert np.ptp(same_w, axis=1) == pytest.approx(0)
    assert np.ptp(same_b) == pytest.approx(0)
    _, free_b = gradients(rng.normal(size=(3, 5)), rng.normal(size=5))
    assert len(set(free_b.round(6))) == 5


def test_parameters_of_a_convolution() -> None:
    asked = question(f"{DECK}/parameters-of-a-convolution")
    for values in draws(asked, 40):
        k, cin, cout = values["k"], values["cin"], values["cout"]
        arrays = [np.empty((cout, cin, k, k)), np.empty(cout)]
        right = answers(asked, values)
        assert right == {"biases": arrays[1].size, "total": sum(array.size for array in arrays)}
        assert right["biases"] / right["total"] == pytest.approx(1 / (k * k * cin + 1))


def test_bias_before_batch_norm_lines() -> None:
    name, rng = "bias-before-batch-norm", np.random.default_rng(5)
    for _ in range(40):
        n = int(rng.integers(2, 7))
        x = rng.uniform(-3, 3, size=n)
        w, b, s, i = rng.uniform(-2, 2), rng.uniform(-3, 3), rng.uniform(0.01, 1), int(rng.integers(1, n + 1))
        values = {"n": n, "x": x.tolist(), "i": i, "w": w, "b": b, "s": s, "m": x.mean(), "V": x.var()}
        z = w * x + b
        assert line(name, "mean", values) == pytest.approx(z.mean())
        assert line(name, "centred", values) == pytest.approx(z[i - 1] - z.mean())
        assert line(name, "variance", values) == pytest.approx(z.var())
        assert line(name, "normalised", values) == pytest.approx(normed(z, (0,), s)[i - 1])


def test_which_biases_the_next_step_cancels() -> None:
    rng = np.random.default_rng(6)
    maps, shift = rng.normal(size=(16, 8, 5, 5)), rng.normal(size=(1, 8, 1, 1))
    over_batch = (0, 2, 3)
    assert normed(maps + shift, over_batch) == pytest.approx(normed(maps, over_batch))
    bent, plain_ = np.maximum(maps + shift, 0), np.maximum(maps, 0)
    assert abs(normed(bent, over_batch) - normed(plain_, over_batch)).max() > 0.1
    rows, vector = rng.normal(size=(16, 128)), rng.normal(size=128)
    assert abs(normed(rows + vector, (1,)) - normed(rows, (1,))).max() > 0.1
    assert normed(rows + 3.0, (1,)) == pytest.approx(normed(rows, (1,)))
    logits = rng.normal(size=(6, 10))
    assert softmax(logits + 2.5) == pytest.approx(softmax(logits))
    assert abs(softmax(logits + rng.normal(size=10)) - softmax(logits)).max() > 0.1

    queries, keys, extra = rng.normal(size=(7, 4)), rng.normal(size=(9, 4)), rng.normal(size=4)
    attention = softmax(queries @ keys.T)
    assert softmax(queries @ (keys + extra).T) == pytest.approx(attention)
    assert abs(softmax((queries + extra) @ keys.T) - attention).max() > 0.05


def test_droppable_bias_is_the_layer_right_before_batch_norm() -> None:
    (listing,) = question(f"{DECK}/droppable-bias").body.sides
    layers = [text.strip() for text in listing.lines]
    before = {
        number
        for number, (layer, after) in enumerate(itertools.pairwise(layers), 1)
        if layer.startswith(("nn.Conv2d", "nn.Linear")) and after.startswith("nn.BatchNorm2d")
    }
    assert listing.answer == before == {2}


def test_start_at_the_prior() -> None:
    asked = question(f"{DECK}/start-at-the-prior")
    for values in draws(asked, 40):
        p = plain(values["p"])
        right = answers(asked, values)
        start = 1 / (1 + np.exp(-right["b"]))
        assert start == pytest.approx(p)
        labels = np.repeat([1, 0], [round(100 * p), 100 - round(100 * p)])
        assert right["loss"] == pytest.approx(-np.log(np.where(labels == 1, start, 1 - start)).mean())
        assert right["loss"] < np.log(2)
    assert np.log(0.01 / 0.99) == pytest.approx(-4.595, abs=5e-4)


def test_intercept_left_out() -> None:
    rng = np.random.default_rng(8)

    def slopes(x: Array, y: Array) -> tuple[float, float]:
        with_b = np.linalg.lstsq(np.stack([x, np.ones_like(x)], axis=1), y, rcond=None)[0]
        assert with_b[1] == pytest.approx(y.mean() - with_b[0] * x.mean())
        return float(with_b[0]), float(np.linalg.lstsq(x[:, None], y, rcond=None)[0][0])

    x, y = rng.normal(2, 1, size=50), rng.normal(5, 2, size=50)
    assert slopes(x - x.mean(), y)[0] == pytest.approx(slopes(x - x.mean(), y)[1])
    assert slopes(np.array([1.0, 2.0]), np.array([-1.0, 1.0])) == pytest.approx((2, 0.2))
    many = rng.normal(2, 1, size=20_000)
    assert slopes(many, np.full(20_000, 5.0))[1] > 1
    assert slopes(many, np.full(20_000, 5.0))[0] == pytest.approx(0, abs=1e-9)


def test_perceptron_train_as_one_augmented_vector() -> None:
    asked = question(f"{DECK}/perceptron-train")
    function = run(asked.body.reference, "perceptron_train")
    generate = run(asked.body.generate, "generate")
    rng = np.random.default_rng(9)
    for size in range(1, 80):
        inputs, labels, epochs = generate(rng, size)
        wide = np.array([[*x, 1] for x in inputs])
        vector = np.zeros(wide.shape[1], dtype=int)
        for _ in range(epochs):
            for x, label in zip(wide, labels, strict=True):
                vector = vector + (label - int(vector @ x > 0)) * x
        w, b = function(inputs, labels, epochs)
        assert [*w, b] == vector.tolist()


def test_perceptron_settles_on_and_but_not_on_xor() -> None:
    function = run(question(f"{DECK}/perceptron-train").body.reference, "perceptron_train")
    points = [list(corner) for corner in CORNERS]
    assert [function(points, [0, 0, 0, 1], epochs) for epochs in (8, 20, 60)] == [([2, 1], -2)] * 3
    after = [function(points, [0, 1, 1, 0], epochs) for epochs in range(100, 140)]
    predicted = [[int(w[0] * x1 + w[1] * x2 + b > 0) for x1, x2 in points] for w, b in after]
    assert [0, 1, 1, 0] not in predicted
    # At the input 0 only the bias can learn.
    assert function([[0]], [1], 3) == ([0], 1)


def test_one_pass_by_hand() -> None:
    asked = question(f"{DECK}/one-pass-by-hand")
    train = run(question(f"{DECK}/perceptron-train").body.reference, "perceptron_train")
    compute = run(asked.body.compute, "compute")
    rng = np.random.default_rng(10)
    for _ in range(80):
        x, y = rng.integers(-3, 4, size=4).tolist(), rng.integers(0, 2, size=4).tolist()
        (w,), b = train([[value] for value in x], y, 1)
        assert compute(x, y) == {"w": w, "b": b}
        fires, at_w, at_b = [], 0, 0
        for value, label in zip(x, y, strict=True):
            fires.append(int(at_w * value + at_b > 0))
            at_w, at_b = at_w + (label - fires[-1]) * value, at_b + label - fires[-1]
        missed = sum(label > fired for label, fired in zip(y, fires, strict=True))
        false = sum(label < fired for label, fired in zip(y, fires, strict=True))
        assert b == missed - false
