"""Scales and ticks: numbers to places on a chart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil, floor, log, log10

TIMES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 18_000, 36_000)
"""Lengths of time, in seconds, that read well on an axis."""


def place(value: float, low: float, high: float, start: float, end: float) -> float:
    """`value` of the range low–high as a place between start and end; outside values stay at the ends."""
    if high <= low:
        return start
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return start + share * (end - start)


def log_place(value: float, low: float, high: float, start: float, end: float) -> float:
    """As `place`, on a logarithmic scale; all values above 0."""
    return place(log(max(value, low)), log(low), log(high), start, end)


def ticks(top: float, most: int = 4) -> tuple[int, ...]:
    """Whole-number ticks 0, step, 2·step … that reach `top`, at most `most` steps, each step 1, 2 or 5 times 10ᵏ.

    >>> ticks(7), ticks(0), ticks(130)
    ((0, 2, 4, 6, 8), (0, 1), (0, 50, 100, 150))
    """
    if top <= 1:
        return (0, 1)
    power = 10 ** max(floor(log10(top / most)), 0)
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step * most >= top)
    return tuple(range(0, ceil(top / step) * step + 1, step))


def time_ticks(low: float, high: float) -> tuple[float, ...]:
    """Readable lengths of time, in seconds, from the last at or below `low` to the first at or above `high`."""
    first = max(bisect_right(TIMES, low) - 1, 0)
    last = next((i for i, time in enumerate(TIMES) if time >= high), len(TIMES) - 1)
    return TIMES[first : max(last, first + 1) + 1] if first < len(TIMES) - 1 else TIMES[-2:]


def thresholds(values: Sequence[float], levels: int = 4) -> tuple[float, ...]:
    """Where the levels of a heatmap begin: quantiles of the values above zero, so that one big day can't wash out the
    others. Linear interpolation between order statistics; empty without values."""
    ordered = sorted(value for value in values if value > 0)
    if not ordered:
        return ()
    found = []
    for level in range(1, levels):
        position = (len(ordered) - 1) * level / levels
        below = floor(position)
        above = min(below + 1, len(ordered) - 1)
        found.append(ordered[below] + (ordered[above] - ordered[below]) * (position - below))
    return tuple(found)


def level(value: float, starts: Sequence[float]) -> int:
    """The level of a value: 0 for nothing, else 1 … len(starts)+1."""
    return 0 if value <= 0 else bisect_right(starts, value) + 1
