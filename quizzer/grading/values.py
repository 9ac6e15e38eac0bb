"""Comparing results as a fair teacher does, on plain data that the parent decoded itself.

List, tuple and array alike; integers and equal floats; floats within tolerance; NaN only where the reference has NaN;
lengths and shapes must match; true and false are no numbers; text is no number. What the reference gives decides the
rule: an integer wants exactly that number, unless it stands in a list among floats.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from quizzer.model import Array
from quizzer.questions.accept import Accept

_PAIRED = 300
"""Items of an unordered result up to which every pairing is tried where sorting leaves a doubt."""


def same(expected: Any, got: Any, accept: Accept) -> bool:
    """Whether `got` counts as `expected`. Both are plain data; nothing of the submission's own runs here."""
    if accept.unordered:
        left, right = _members(expected), _members(got)
        if left is not None and right is not None:
            return _same_bag(left, right, accept, has_float(left))
    return same_item(expected, got, accept)


def _members(value: Any) -> list[Any] | None:
    """The items of a result whose order does not count, or None."""
    if isinstance(value, set | frozenset):
        return list(value)
    value = plain(value)
    return value if isinstance(value, list) else None


def same_item(expected: Any, got: Any, accept: Accept, loose: bool = False) -> bool:
    """`same` where order counts. `loose`: an integer stands among floats and is compared like one."""
    if isinstance(expected, Array) and isinstance(got, Array) and expected.shape != got.shape:
        return False  # as lists, an empty array has lost its further axes
    among = isinstance(expected, list | Array)
    expected, got = plain(expected), plain(got)
    if isinstance(expected, bool) or isinstance(got, bool):
        return isinstance(expected, bool) and isinstance(got, bool) and expected == got
    if isinstance(expected, int | float) and isinstance(got, int | float):
        return same_number(expected, got, accept, loose)
    if isinstance(expected, complex) and isinstance(got, complex | int | float):
        real, imaginary = (got.real, got.imag) if isinstance(got, complex) else (got, 0.0)
        return _same_complex(expected, real, imaginary, accept)
    if isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            return False
        if {*map(type, expected), *map(type, got)} == {int}:
            return expected == got
        loose = among and (loose or has_float(expected))
        return all(same_item(a, b, accept, loose) for a, b in zip(expected, got, strict=True))
    if isinstance(expected, set | frozenset) and isinstance(got, set | frozenset):
        return _same_bag(list(expected), list(got), accept, has_float(expected))
    if isinstance(expected, dict) and isinstance(got, dict):
        return _same_map(expected, got, accept)
    return type(expected) is type(got) and bool(expected == got)


def has_float(items: Any) -> bool:
    """Whether integers among these items are compared like floats."""
    return any(isinstance(item, float) for item in items)


def same_number(expected: float, got: float, accept: Accept, loose: bool = False) -> bool:
    """Whether a number is near enough; an expected integer wants equality unless `loose`."""
    if expected == got:
        return True
    if accept.exact or accept.integer or (isinstance(expected, int) and not loose):
        return _is_nan(expected) and _is_nan(got)
    if _is_nan(expected) or _is_nan(got):
        return _is_nan(expected) and _is_nan(got)
    try:
        gap, size = float(abs(expected - got)), float(abs(expected))
    except OverflowError:
        return False
    if math.isinf(size) or math.isinf(gap):
        return False
    return gap <= _tolerance(accept, size)


def _tolerance(accept: Accept, size: float) -> float:
    if accept.sigfigs is not None:
        return 0.0 if size == 0 else 10.0 ** (math.floor(math.log10(size)) - accept.sigfigs + 1) / 2
    return max(float(accept.abs or 0), float(accept.rel or 0) * size)


def _same_complex(expected: complex, real: float, imaginary: float, accept: Accept) -> bool:
    """By the distance in the plane, as a relative tolerance of one part of a small one makes no sense."""
    parts = same_number(expected.real, real, accept), same_number(expected.imag, imaginary, accept)
    if all(parts) or accept.exact or accept.integer:
        return all(parts)
    try:
        gap, size = abs(complex(expected.real - real, expected.imag - imaginary)), abs(expected)
    except OverflowError:
        return False
    return math.isfinite(gap) and math.isfinite(size) and gap <= _tolerance(accept, size)


def _is_nan(value: float) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _same_map(expected: Mapping[Any, Any], got: Mapping[Any, Any], accept: Accept) -> bool:
    """Keys are compared with their types: True and 1 are equal to Python, not to a teacher; 1 and 1.0 are to both."""
    if len(expected) != len(got):
        return False
    theirs = {_key(key): value for key, value in got.items()}
    missing = object()
    loose = has_float(expected.values())
    found = [(value, theirs.get(_key(key), missing)) for key, value in expected.items()]
    if all(other is not missing for _, other in found):
        return all(same_item(value, other, accept, loose) for value, other in found)
    if not has_float(expected):
        return False
    pairs = [[(key, value) for key, value in each.items()] for each in (expected, got)]
    return _same_bag(pairs[0], pairs[1], accept)


def _key(key: Any) -> Any:
    """A key of a dict with what a teacher sees of its type."""
    if isinstance(key, tuple | frozenset):
        return (type(key), type(key)(map(_key, key)))
    return (float if isinstance(key, int | float) and not isinstance(key, bool) else type(key), key)


def _same_bag(expected: list[Any], got: list[Any], accept: Accept, loose: bool = False) -> bool:
    """Equality as multisets: sorted first; where that leaves a doubt, by looking for a perfect pairing."""
    if len(expected) != len(got):
        return False
    try:
        left, right = sorted(expected, key=_rank), sorted(got, key=_rank)
    except (TypeError, RecursionError):  # no order between them, which the pairing does not need
        left, right = expected, got
    if all(same_item(a, b, accept, loose) for a, b in zip(left, right, strict=True)):
        return True
    return len(expected) <= _PAIRED and _pairs(expected, got, accept, loose)


def _rank(value: Any) -> Any:
    """A sorting key that puts like things beside each other."""
    value = plain(value)
    if isinstance(value, list):
        return (3, [_rank(item) for item in value])
    if isinstance(value, set | frozenset):
        return (4, sorted(_rank(item) for item in value))
    if isinstance(value, dict):
        return (5, sorted((_rank(key), _rank(item)) for key, item in value.items()))
    if isinstance(value, bool) or value is None:
        return (0, str(value))
    if isinstance(value, int | float):
        return (1, value)
    return (2, str(value))


def _pairs(expected: list[Any], got: list[Any], accept: Accept, loose: bool) -> bool:
    """Whether each expected item finds a partner of its own (augmenting paths: Kuhn's algorithm)."""
    friends = [[j for j, other in enumerate(got) if same_item(item, other, accept, loose)] for item in expected]
    taken: dict[int, int] = {}

    def place(item: int, seen: set[int]) -> bool:
        for j in friends[item]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = item
                    return True
        return False

    return all(place(item, set()) for item in range(len(expected)))


def plain(value: Any) -> Any:
    """Arrays as nested lists (0-d as the number), tuples as lists, anything else as it is."""
    if isinstance(value, Array):
        return nested(list(value.items), value.shape) if value.shape else value.items[0]
    if isinstance(value, tuple):
        return list(value)
    return value


def nested(items: list[Any], shape: Sequence[int]) -> list[Any]:
    """Items in C order as lists of lists."""
    if len(shape) == 1:
        return items
    step = math.prod(shape[1:])
    return [nested(items[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def size_of(value: Any) -> int:
    """How large an input is: its leaves, with the length of texts as their part."""
    if isinstance(value, Array):
        return 1 + len(value.items)
    if isinstance(value, list | tuple | set | frozenset):
        return 1 + sum(size_of(item) for item in value)
    if isinstance(value, dict):
        return 1 + sum(size_of(key) + size_of(item) for key, item in value.items())
    return 1 + len(value) if isinstance(value, str | bytes) else 1
