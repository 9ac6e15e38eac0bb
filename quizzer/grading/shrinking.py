"""Smaller inputs of the same shape: shorter lists, numbers nearer to zero, the same place dropped everywhere.

Pure. Whether such an input may be given to the function is not known here: only a deck's `valid` can say that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from quizzer.model import Array


def smaller(args: list[Any]) -> Iterator[list[Any]]:
    """Candidates that are simpler than `args`, boldest first."""
    lengths = sorted({length for arg in args if (length := _length(arg))}, reverse=True)
    for length in lengths:  # lists of one length often belong together
        for first, last in _spans(length):
            yield [_without(arg, first, last) if _length(arg) == length else arg for arg in args]
    for place, arg in enumerate(args):
        for simpler in _simpler(arg):
            yield [*args[:place], simpler, *args[place + 1 :]]


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """Stretches to leave out: halves, quarters, … single places."""
    step = length // 2
    while step:
        for first in range(0, length, step):
            yield first, min(first + step, length)
        step //= 2
    if length == 1:
        yield 0, 1


def _length(value: Any) -> int:
    if isinstance(value, Array):
        return value.shape[0] if value.shape else 0
    return len(value) if isinstance(value, list | tuple | str) else 0


def _without(value: Any, first: int, last: int) -> Any:
    if isinstance(value, Array):
        step = math.prod(value.shape[1:])
        items = value.items[: first * step] + value.items[last * step :]
        return Array(value.dtype, (value.shape[0] - (last - first), *value.shape[1:]), items)
    return value[:first] + value[last:]


def _simpler(value: Any) -> Iterator[Any]:
    """One value made simpler."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield from dict.fromkeys(
            n for n in (0, 1, value // 2, value - 1 if value > 0 else value + 1) if _less(n, value)
        )
    elif isinstance(value, float):
        if math.isfinite(value):
            near = (0.0, 1.0, float(round(value)), round(value, 1), round(value, 2))
            yield from dict.fromkeys(x for x in near if x != value and abs(x) <= abs(value) + 1)
    elif isinstance(value, str):
        for first, last in _spans(len(value)):
            yield value[:first] + value[last:]
    elif isinstance(value, list | tuple):
        yield from _inside(value)
    elif isinstance(value, Array):
        for place, item in enumerate(value.items[:50]):
            for simpler in _simpler(item):
                yield Array(value.dtype, value.shape, (*value.items[:place], simpler, *value.items[place + 1 :]))


def _inside(value: list[Any] | tuple[Any, ...]) -> Iterator[Any]:
    kind = type(value)
    for first, last in _spans(len(value)):
        yield kind([*value[:first], *value[last:]])
    for place, item in enumerate(value[:50]):
        for simpler in _simpler(item):
            yield kind([*value[:place], simpler, *value[place + 1 :]])


def _less(left: int, right: int) -> bool:
    """Whether an integer is simpler: nearer to zero, or positive where the other is its opposite."""
    return (abs(left), left < 0) < (abs(right), right < 0)


def weight(value: Any) -> float:
    """How hard a value is to read: many items first, then long numbers. Smaller is better."""
    if isinstance(value, Array):
        return 2 + sum(weight(item) for item in value.items)
    if isinstance(value, list | tuple | set | frozenset):
        return 2 + sum(weight(item) for item in value)
    if isinstance(value, dict):
        return 2 + sum(weight(key) + weight(item) for key, item in value.items())
    if isinstance(value, str | bytes):
        return 1 + len(value)
    if isinstance(value, bool) or value is None:
        return 1
    if isinstance(value, int) and value.bit_length() > 10_000:  # Python refuses to write such numbers out
        return 1.0 + value.bit_length()
    near = min(float(abs(value)), 1e12) if isinstance(value, int | float) and value == value else 1e12
    return 1 + len(repr(value)) / 10 + 0.05 * near / (1 + near)
