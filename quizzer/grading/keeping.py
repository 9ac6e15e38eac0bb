"""Values as bytes for the cache of expected outputs: exact, checked against damage, unable to run code."""

from __future__ import annotations

import hashlib
import json
import threading
from typing import Any

from quizzer.model import Array, OutputCache

_SUM = 16
"""Bytes of the check sum that stands before what is kept."""
_SIMPLE = frozenset((type(None), bool, float, str))
_TAGS: dict[type, str] = {tuple: "t", set: "s", frozenset: "f"}
_NESTED = frozenset((list, dict))


def fetch(cache: OutputCache | None, key: str) -> Any | None:
    """What was kept under `key`; None without it, and where it is damaged: it is then worked out again."""
    kept = cache.get(key) if cache is not None else None
    if kept is None or hashlib.sha256(kept[_SUM:]).digest()[:_SUM] != kept[:_SUM]:
        return None
    return load(kept[_SUM:])


def keep(cache: OutputCache | None, key: str, value: Any) -> None:
    """Keep plain data under `key`."""
    if cache is not None:
        data = dump(value)
        cache.put(key, hashlib.sha256(data).digest()[:_SUM] + data)


class Shelf:
    """An `OutputCache` in memory for several threads at once, before one (`behind`) that knows its own thread only."""

    def __init__(self, behind: OutputCache | None = None) -> None:
        self._kept: dict[str, bytes] = {}
        self._behind = behind
        self._owner = threading.get_ident()
        self._new: list[str] = []

    def get(self, key: str) -> bytes | None:
        """What was kept under a key; `behind` is asked in the thread that made the shelf."""
        found = self._kept.get(key)
        if found is None and self._behind is not None and threading.get_ident() == self._owner:
            found = self._behind.get(key)
            if found is not None:
                self._kept[key] = found
        return found

    def put(self, key: str, value: bytes) -> None:
        """Keep it here until `flush`."""
        self._kept[key] = value
        self._new.append(key)

    def flush(self) -> None:
        """Hand on to `behind` what is new. To be called in the thread that made the shelf."""
        new, self._new = self._new, []
        if self._behind is not None:
            for key in new:
                self._behind.put(key, self._kept[key])


def dump(value: Any) -> bytes:
    """Plain data as bytes that `load` reads back exactly, NaN, tuples, sets and arrays included."""
    return json.dumps(_tagged(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Any:
    """The value that `dump` wrote."""
    return _untagged(json.loads(data.decode("utf-8", "surrogatepass")))


def _tagged(value: Any) -> Any:
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is int:
        return value if abs(value) < 2**60 else {"i": hex(value)}
    if kind is list:
        return [_tagged(item) for item in value]
    if kind is complex:
        return {"c": [value.real, value.imag]}
    if kind in _TAGS:
        return {_TAGS[kind]: [_tagged(item) for item in value]}
    if kind is bytes:
        return {"b": value.hex()}
    if kind is dict:
        return {"d": [[_tagged(key), _tagged(item)] for key, item in value.items()]}
    if kind is Array:
        return {"a": [value.dtype, list(value.shape), [_tagged(item) for item in value.items]]}
    raise TypeError(f"no result is a {kind.__name__}")


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        # A long list of numbers, the usual large thing, is left as it was read.
        return value if _NESTED.isdisjoint(map(type, value)) else [_untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((tag, inner),) = value.items()
    match tag:
        case "i":
            return int(inner, 16)
        case "c":
            return complex(*inner)
        case "t":
            return tuple(_untagged(inner))
        case "s":
            return set(_untagged(inner))
        case "f":
            return frozenset(_untagged(inner))
        case "b":
            return bytes.fromhex(inner)
        case "d":
            return {_untagged(key): _untagged(item) for key, item in inner}
        case "a":
            return Array(inner[0], tuple(inner[1]), tuple(_untagged(inner[2])))
    raise ValueError(f"unknown tag {tag!r}")
