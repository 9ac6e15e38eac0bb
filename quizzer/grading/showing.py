"""Values as Python text, and where two of them part: what a learner reads beside a counterexample."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

from quizzer.grading.values import has_float, nested, plain, same_item
from quizzer.model import Array
from quizzer.questions.accept import Accept

_SHOWN = 240
"""Characters of a value that are shown before it is cut."""
_SHORT = 100
"""Characters of a result that is shown whole; of a longer one, the neighbourhood of the first difference."""
_NEAR = 3
"""Items shown on either side of the first difference."""
_DEEPEST = 60
"""Lists inside lists that are written out."""
_ARRAY_KINDS = ("int64", "float64", "bool")
"""What `np.array` makes of a list by itself."""


def show(value: Any, most: int = _SHOWN) -> str:
    """A value as Python text, cut in the middle when long."""
    text = _text(value)
    if len(text) <= most:
        return text
    head, tail = most * 2 // 3, most // 3
    return f"{text[:head]} … {text[-tail:]}"


def show_call(entry: str, args: Sequence[Any], most: int = 4000) -> str:
    """A call as a learner would type it."""
    return f"{entry}({', '.join(show(arg, most) for arg in args)})"


def show_pair(expected: Any, got: Any, accept: Accept) -> tuple[str, str]:
    """Both results as text; long ones as the few items around the first difference."""
    texts = show(expected), show(got)
    if max(map(len, texts)) <= _SHORT:
        return texts
    path = _path(expected, got, accept)
    left, right = plain(expected), plain(got)
    if not path or not isinstance(left, list) or not isinstance(right, list):
        return texts
    return _around(left, path[0], texts[0]), _around(right, path[0], texts[1])


def difference(expected: Any, got: Any, accept: Accept) -> str:
    """One line on where and how two results differ, empty where showing both says it all."""
    if got is None and expected is not None:
        return "It returned None: a `return` is missing on the way that this call takes."
    mine, theirs = _shape(expected), _shape(got)
    if isinstance(expected, Array) and isinstance(got, Array) and mine != theirs:
        return f"The shape is {theirs}, expected {mine}."
    left, right = plain(expected), plain(got)
    if _kind(left) != _kind(right) and not (isinstance(left, complex) and _kind(right) == "a number"):
        return f"It returned {_kind(right)}, expected {_kind(left)}."
    if not isinstance(left, list):
        return ""
    if len(left) != len(right):
        at = _path(expected, got, accept)
        where = f"; the first difference is at index {at[0]}" if at and min(len(left), len(right)) > _NEAR else ""
        return f"It has {_count(len(right))}, expected {len(left)}{where}."
    if accept.unordered or max(len(show(expected)), len(show(got))) <= _SHORT:
        return ""
    path = _path(expected, got, accept)
    wrong = sum(not same_item(a, b, accept, has_float(left)) for a, b in zip(left, right, strict=True))
    if not path:
        return ""
    for index in path:
        left, right = plain(left)[index], plain(right)[index]
    place = ", ".join(map(str, path))
    return f"First difference at index [{place}]: {show(left, 60)} expected, {show(right, 60)} got ({wrong} differ)."


def _count(number: int) -> str:
    return f"{number} item" if number == 1 else f"{number} items"


def _path(expected: Any, got: Any, accept: Accept) -> list[int]:
    """The indices that lead to the first difference; for lists of other lengths, at most to the end of the shorter."""
    path: list[int] = []
    left, right = plain(expected), plain(got)
    while isinstance(left, list) and isinstance(right, list) and not (accept.unordered and not path):
        loose = has_float(left)
        for index, (a, b) in enumerate(zip(left, right, strict=False)):
            if not same_item(a, b, accept, loose):
                path.append(index)
                left, right = plain(a), plain(b)
                break
        else:
            if len(left) != len(right):
                path.append(min(len(left), len(right)))
            break
        if len(path) > 20:
            break
    return path


def _around(items: list[Any], index: int, whole: str) -> str:
    """A list with the items near an index, counting the others."""
    first, last = max(0, index - _NEAR), min(len(items), index + _NEAR + 1)
    parts = [show(item, 60) for item in items[first:last]]
    if first:
        parts.insert(0, f"… {first} more")
    if last < len(items):
        parts.append(f"… {len(items) - last} more")
    text = "[" + ", ".join(parts) + "]"
    return text if len(text) < len(whole) else whole


def _shape(value: Any) -> tuple[int, ...] | None:
    return value.shape if isinstance(value, Array) else None


def _kind(value: Any) -> str:
    if value is None:
        return "None"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    names = {list: "a list", dict: "a dict", str: "text", bytes: "bytes", complex: "a complex number"}
    return "a set" if isinstance(value, set | frozenset) else names.get(type(value), type(value).__name__)


def _text(value: Any, depth: int = _DEEPEST) -> str:
    if not depth:
        return "…"
    inside = partial(_text, depth=depth - 1)
    if isinstance(value, Array):
        inner = inside(nested(list(value.items), value.shape) if value.shape else value.items[0])
        kind = "" if value.dtype in _ARRAY_KINDS else f", dtype='{value.dtype}'"
        return f"np.array({inner}{kind})"
    if isinstance(value, list):
        return "[" + ", ".join(map(inside, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(inside, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inside(key)}: {inside(item)}" for key, item in value.items()) + "}"
    if isinstance(value, set | frozenset):
        inner = ", ".join(sorted(map(inside, value)))
        inner = "{" + inner + "}" if value else "set()"
        return f"frozenset({inner})" if isinstance(value, frozenset) else inner
    if isinstance(value, int) and value.bit_length() > 10_000:
        return f"<an integer of {value.bit_length()} bits>"
    if isinstance(value, float) and not math.isfinite(value):
        return "np.nan" if value != value else "np.inf" if value > 0 else "-np.inf"
    return repr(value)
