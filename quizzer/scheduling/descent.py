"""A small bounded minimiser: L-BFGS on the free variables, steps projected onto the box.

For two dozen variables and a costly smooth function. It is here so that fitting needs no scipy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MEMORY = 10


def minimise(
    value_and_gradient: Callable[[Floats], tuple[float, Floats]],
    start: Floats,
    least: Floats,
    most: Floats,
    *,
    evaluations: int = 80,
    gain: float = 1e-6,
) -> tuple[Floats, float]:
    """A local minimum within `least` … `most` and its value.

    Stops when two steps in a row gain less than `gain` of the value, or after `evaluations` calls.
    """
    x = np.clip(start, least, most)
    value, slope = value_and_gradient(x)
    left, small = evaluations - 1, 0
    pairs: list[tuple[Floats, Floats]] = []
    while left > 0 and small < 2:
        free = ~(((x <= least) & (slope > 0)) | ((x >= most) & (slope < 0)))
        if not np.any(np.abs(slope[free]) > 1e-9):
            break
        direction = -_scaled(slope * free, pairs) * free
        if direction @ slope >= 0:
            pairs, direction = [], -slope * free
        # Without a memory the length of the step is a guess: a tenth of a unit at most.
        step = 1.0 if pairs else min(1.0, 0.1 / float(np.max(np.abs(direction))))
        found = False
        while left > 0 and step > 1e-10:
            new = np.clip(x + step * direction, least, most)
            new_value, new_slope = value_and_gradient(new)
            left -= 1
            if new_value <= value + 1e-4 * float(slope @ (new - x)):
                found = True
                break
            step *= 0.35
        if not found:
            if not pairs:
                break
            pairs = []
            continue
        moved, turned = new - x, new_slope - slope
        if moved @ turned > 1e-12 * float(moved @ moved):
            pairs = [*pairs[-MEMORY + 1 :], (moved, turned)]
        small = small + 1 if value - new_value < gain * abs(value) else 0
        x, value, slope = new, new_value, new_slope
    return x, value


def _scaled(slope: Floats, pairs: list[tuple[Floats, Floats]]) -> Floats:
    """The inverse Hessian's estimate times a slope: the two-loop recursion."""
    q, shares = slope.copy(), []
    for moved, turned in reversed(pairs):
        share = float(moved @ q) / float(moved @ turned)
        shares.append(share)
        q -= share * turned
    if pairs:
        moved, turned = pairs[-1]
        q *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), share in zip(pairs, reversed(shares), strict=True):
        q += (share - float(turned @ q) / float(moved @ turned)) * moved
    return q
