"""Comparing results as a fair teacher does, on plain data that the parent decoded itself.

List, tuple and array alike; integers and equal floats; floats within tolerance; NaN only where the reference has NaN;
lengths and shapes must match; true and false are no numbers; text is no number.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from quizzer.model import Array
from quizzer.questions.accept import Accept

_SHOWN = 240
"""Characters of a value that are shown before it is cut."""


def same(expected: Any, got: Any, accept: Accept) -> bool:
    """Whether `got` counts as `expected`. Both are plain data; nothing of the submission's own runs here."""
    expected, got = _unpack(expected), _unpack(got)
    if accept.unordered and isinstance(expected, list) and isinstance(got, list):
        return _same_bag(expected, got, accept)
    return _same(expected, got, accept)


def _same(expected: Any, got: Any, accept: Accept) -> bool:
    expected, got = _unpack(expected), _unpack(got)
    if isinstance(expected, bool) or isinstance(got, bool):
        return isinstance(expected, bool) and isinstance(got, bool) and expected == got
    if isinstance(expected, int | float) and isinstance(got, int | float):
        return _same_number(expected, got, accept)
    if isinstance(expected, complex) and isinstance(got, complex):
        return _same_number(expected.real, got.real, accept) and _same_number(expected.imag, got.imag, accept)
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(_same(a, b, accept) for a, b in zip(expected, got, strict=True))
    if isinstance(expected, set | frozenset) and isinstance(got, set | frozenset):
        return len(expected) == len(got) and _same_bag(list(expected), list(got), accept)
    if isinstance(expected, dict) and isinstance(got, dict):
        return _same_map(expected, got, accept)
    return type(expected) is type(got) and bool(expected == got)


def _same_number(expected: float, got: float, accept: Accept) -> bool:
    if isinstance(expected, int):  # an integer result wants exactly that number, be it written 3 or 3.0
        return expected == got
    if math.isnan(expected) or (isinstance(got, float) and math.isnan(got)):
        return math.isnan(expected) and isinstance(got, float) and math.isnan(got)
    if expected == got:
        return True
    if math.isinf(expected) or accept.exact or accept.integer:
        return False
    try:
        gap = abs(expected - got)
    except OverflowError:
        return False
    if math.isnan(gap) or math.isinf(gap):
        return False
    tolerance = max(float(accept.abs or 0), float(accept.rel or 0) * abs(expected))
    return gap <= tolerance


def _same_map(expected: Mapping[Any, Any], got: Mapping[Any, Any], accept: Accept) -> bool:
    if len(expected) != len(got):
        return False
    # Keys are compared with their types: True and 1 are equal to Python, not to a teacher.
    typed = {(type(key), key): value for key, value in got.items()}
    return all(
        (type(key), key) in typed and _same(value, typed[type(key), key], accept) for key, value in expected.items()
    )


def _same_bag(expected: list[Any], got: list[Any], accept: Accept) -> bool:
    """Equality as multisets: numbers and texts by sorting, anything else by pairing off."""
    if len(expected) != len(got):
        return False
    for plain in (int | float, str):
        if all(isinstance(x, plain) and not isinstance(x, bool) and x == x for x in (*expected, *got)):
            return all(_same(a, b, accept) for a, b in zip(sorted(expected), sorted(got), strict=True))
    left = list(got)
    for item in expected:
        index = next((i for i, other in enumerate(left) if _same(item, other, accept)), None)
        if index is None:
            return False
        del left[index]
    return True


def _unpack(value: Any) -> Any:
    """Arrays as nested lists (0-d as the number), tuples as lists."""
    if isinstance(value, Array):
        return _nested(list(value.items), value.shape) if value.shape else value.items[0]
    if isinstance(value, tuple):
        return list(value)
    return value


def _nested(items: list[Any], shape: Sequence[int]) -> list[Any]:
    if len(shape) == 1:
        return items
    step = math.prod(shape[1:])
    return [_nested(items[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def size_of(value: Any) -> int:
    """How large an input is: its leaves, with the length of texts and the digits of numbers as a small part."""
    if isinstance(value, Array):
        return 1 + len(value.items)
    if isinstance(value, list | tuple | set | frozenset):
        return 1 + sum(size_of(item) for item in value)
    if isinstance(value, dict):
        return 1 + sum(size_of(key) + size_of(item) for key, item in value.items())
    return 1 + len(value) if isinstance(value, str | bytes) else 1


def show(value: Any, most: int = _SHOWN) -> str:
    """A value as Python text, cut in the middle when long."""
    text = _text(value)
    if len(text) <= most:
        return text
    head, tail = most * 2 // 3, most // 3
    return f"{text[:head]} … {text[-tail:]}"


def _text(value: Any) -> str:
    if isinstance(value, Array):
        inner = _text(_nested(list(value.items), value.shape) if value.shape else value.items[0])
        kind = "" if value.dtype in ("int64", "float64", "bool") else f", dtype='{value.dtype}'"
        return f"np.array({inner}{kind})"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_text, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, set | frozenset):
        inner = ", ".join(sorted(map(_text, value)))
        return ("{" + inner + "}") if value else "set()"
    if isinstance(value, int) and value.bit_length() > 10_000:
        return f"<an integer of {value.bit_length()} bits>"
    return repr(value)


# --- keeping values as text (for the cache of expected outputs) -------------------------------------------------------


def dump(value: Any) -> bytes:
    """Plain data as bytes that `load` reads back exactly, NaN, tuples, sets and arrays included."""
    return json.dumps(_tagged(value), ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes) -> Any:
    """The value that `dump` wrote."""
    return _untagged(json.loads(data))


def _tagged(value: Any) -> Any:
    if value is None or isinstance(value, bool | float | str):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**60 else {"i": hex(value)}
    if isinstance(value, list):
        return [_tagged(item) for item in value]
    if isinstance(value, complex):
        return {"c": [value.real, value.imag]}
    if isinstance(value, tuple | set | frozenset):
        return {{tuple: "t", set: "s", frozenset: "f"}[type(value)]: [_tagged(item) for item in value]}
    if isinstance(value, bytes):
        return {"b": value.hex()}
    if isinstance(value, dict):
        return {"d": [[_tagged(key), _tagged(item)] for key, item in value.items()]}
    if isinstance(value, Array):
        return {"a": [value.dtype, list(value.shape), [_tagged(item) for item in value.items]]}
    raise TypeError(f"no result is a {type(value).__name__}")


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((tag, inner),) = value.items()
    match tag:
        case "i":
            return int(inner, 16)
        case "c":
            return complex(*inner)
        case "t":
            return tuple(_untagged(item) for item in inner)
        case "s":
            return {_untagged(item) for item in inner}
        case "f":
            return frozenset(_untagged(item) for item in inner)
        case "b":
            return bytes.fromhex(inner)
        case "d":
            return {_untagged(key): _untagged(item) for key, item in inner}
        case "a":
            return Array(inner[0], tuple(inner[1]), tuple(_untagged(item) for item in inner[2]))
    raise ValueError(f"unknown tag {tag!r}")
