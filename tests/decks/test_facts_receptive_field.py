"""Facts of the deck `receptive-field`, by following indices and counting kernel positions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from deck_facts import answers, draws, mistake, question, run

DECK = "receptive-field"
Layer = tuple[int, int, int]


def reached(layers: list[Layer], start: range = range(1)) -> set[int]:
    """The input positions that the outputs `start` depend on; layers are (kernel, stride, dilation) from the input."""
    positions = set(start)
    for kernel, stride, dilation in reversed(layers):
        positions = {p * stride + tap * dilation for p in positions for tap in range(kernel)}
    return positions


def span(layers: list[Layer], start: range = range(1)) -> int:
    positions = reached(layers, start)
    return max(positions) - min(positions) + 1


def places(n: int, k: int, s: int, p: int, d: int) -> int:
    """At how many places a kernel fits, by trying."""
    return sum(place + d * (k - 1) < n + 2 * p for place in range(0, n + 2 * p, s))


def test_top_down_step() -> None:
    asked = question(f"{DECK}/top-down-step")
    for values in draws(asked, 60):
        layer = (values["k"], values["s"], 1)
        inputs = reached([layer], range(values["r"]))
        assert answers(asked, values)[""] == len(inputs) == max(inputs) + 1


def test_rf_of_a_stack() -> None:
    asked = question(f"{DECK}/rf-of-a-stack")
    stacks = set()
    for values in draws(asked, 150):
        layers = [(k, s, 1) for k, s in zip(values["k"], values["s"], strict=True)]
        stacks.add(tuple(layers))
        right = answers(asked, values)[""]
        assert right == span(layers)
        assert right == span([*layers[:-1], (layers[-1][0], 1, 1)])  # the last stride makes no difference
        assert mistake(asked, "You left the strides out", values) == span([(k, 1, 1) for k, _, _ in layers])
        assert mistake(asked, "You multiplied by the strides of the layers above", values) == span(layers[::-1])
    assert len(stacks) > 100


def test_output_size() -> None:
    asked = question(f"{DECK}/output-size")
    for values in draws(asked, 150):
        n, k, s, p, d = (values[name] for name in "nkspd")
        assert answers(asked, values)[""] == places(n, k, s, p, d)
        assert mistake(asked, "The dilation is missing", values) == places(n, k, s, p, 1)


def test_effective_kernel_and_the_padding_that_keeps_the_size() -> None:
    asked = question(f"{DECK}/effective-kernel")
    for values in draws(asked, 60):
        k, d = values["k"], values["d"]
        right = answers(asked, values)
        assert right["span"] == span([(k, 1, d)])
        assert places(200, k, 1, int(right["padding"]), d) == 200


def test_layers_needed() -> None:
    asked = question(f"{DECK}/layers-needed")
    for values in draws(asked, 30):
        k, goal = values["k"], values["R"]
        layers = 0
        while span([(k, 1, 1)] * layers) < goal:
            layers += 1
        assert answers(asked, values)[""] == layers


def test_gridding() -> None:
    asked = question(f"{DECK}/gridding")
    for values in draws(asked, 40):
        layers = [(3, 1, values["d"])] * values["n"]
        assert answers(asked, values) == {"span": span(layers), "touched": len(reached(layers))}
    mixed = [(3, 1, 1), (3, 1, 2), (3, 1, 5)]
    assert span(mixed) == len(reached(mixed)) == 17


def test_gridding_neighbours_rest_on_disjoint_inputs() -> None:
    layers = [(3, 1, 2)] * 3
    assert not reached(layers, range(1)) & reached(layers, range(1, 2))


def test_stride_order() -> None:
    a, b = [(3, 2, 1), (3, 1, 1)], [(3, 1, 1), (3, 2, 1)]
    assert (span(a), span(b)) == (7, 5)
    for n in range(8, 70):
        sizes = []
        for stack in (a, b):
            size = n
            for k, s, d in stack:
                size = places(size, k, s, 1, d)
            sizes.append(size)
        assert sizes[0] == sizes[1]


def test_what_changes_the_field() -> None:
    base = [(3, 2, 1), (3, 1, 1), (3, 2, 1)]
    assert span([(3, 2, 1), (5, 1, 1), (3, 2, 1)]) != span(base)
    assert span([(3, 3, 1), (3, 1, 1), (3, 2, 1)]) != span(base)
    assert span([(3, 2, 1), (3, 1, 1), (3, 2, 2)]) != span(base)
    assert span([(3, 2, 1), (3, 1, 1), (3, 5, 1)]) == span(base)


def test_effective_field() -> None:
    for n, share in ((5, 0.66), (80, 0.18)):
        influence = np.ones(1)
        for _ in range(n):
            influence = np.convolve(influence, np.ones(3) / 3)
        x = np.arange(len(influence)) - n
        std = float(np.sqrt((influence * x**2).sum()))
        assert std == pytest.approx((2 * n / 3) ** 0.5)
        assert len(influence) == 2 * n + 1
        assert 4 * std / len(influence) == pytest.approx(share, abs=0.005)
        assert influence.argmax() == n
        assert influence[0] == influence.min()


def test_listing_is_right_and_each_bug_shows() -> None:
    asked = question(f"{DECK}/rf-listing")
    stacks: list[list[Any]] = [[(3, 2, 1), (3, 2, 1), (3, 1, 1)], [(5, 2, 2), (3, 3, 1), (2, 2, 3)], []]
    right = run("\n".join(asked.body.sides[0].lines), "receptive_field")
    assert [right(stack) for stack in stacks[:1]] == [15]
    assert [right(stacks[0][:n]) for n in (1, 2, 3)] == [3, 7, 15]
    assert all(right(stack) == span(stack) for stack in stacks)
    for bug in asked.body.bugs:
        assert len(bug.answer) == 1
        wrong = run("\n".join(bug.lines), "receptive_field")
        assert any(wrong(stack) != span(stack) for stack in stacks), bug.say


@pytest.mark.parametrize(
    ("layers", "field"),
    [
        ([(3, 1, 1)] * 2, 5),
        ([(3, 1, 1)] * 3, 7),
        ([(3, 1, 1), (3, 1, 2), (3, 1, 4)], 15),
        (([(3, 1, 1)] * 2 + [(2, 2, 1)]) * 2 + ([(3, 1, 1)] * 3 + [(2, 2, 1)]) * 3, 212),  # VGG-16 up to pool5
    ],
)
def test_known_networks(layers: list[Layer], field: int) -> None:
    assert span(layers) == field
