"""Values between quizzer and a child: msgpack with a few extension types, read without trusting the sender.

Nothing that a child writes can run code here, and whatever it writes costs bounded time and memory: every value is of
an exact plain type or the whole message is refused. Arrays become `model.Array`, so quizzer needs no numpy.
"""

from __future__ import annotations

import array
import struct
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from time import perf_counter
from typing import Any

import msgpack

from quizzer.model import Array
from quizzer.sandbox.watch import FRAME_LIMIT

ITEM_LIMIT = 4_000_000
"""Items of one list; twice that for an array and for all lists of a message together."""
HASH_SECONDS = 5.0
"""Time for building the sets and dicts of one message: a hostile one can choose keys that all collide."""
INTEGER_BYTES = 25_001

KIND, COMPLEX, INTEGER, ARRAY = 1, 2, 3, 4

_FORMATS: dict[str, str] = {
    "bool": "?", "int8": "b", "int16": "h", "int32": "i", "int64": "q", "uint8": "B", "uint16": "H", "uint32": "I",
    "uint64": "Q", "float16": "e", "float32": "f", "float64": "d", "complex64": "f", "complex128": "d",
}  # fmt: skip
_PLAIN = frozenset(
    (type(None), bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, Array)
)  # fmt: skip


class Damaged(ValueError):
    """A message that no honest child writes, or one too large to accept."""


class TooLarge(Damaged):
    """An honest value beyond what is accepted; the text says beyond what."""


class _Mark:
    """Stands first in a list whose rest is a tuple, set or frozenset."""

    __slots__ = ("kind",)

    def __init__(self, kind: bytes) -> None:
        self.kind = kind


_MARKS = {kind: _Mark(kind) for kind in (b"t", b"s", b"f")}
_EXT: dict[type, Any] = {
    tuple: msgpack.ExtType(KIND, b"t"),
    set: msgpack.ExtType(KIND, b"s"),
    frozenset: msgpack.ExtType(KIND, b"f"),
}


def decode(data: bytes | bytearray | memoryview) -> Any:
    """The plain value of a child's bytes. Raises Damaged."""
    reader = _Reader()
    try:
        value = msgpack.unpackb(
            data, ext_hook=reader.extension, list_hook=reader.sequence, object_pairs_hook=reader.mapping, raw=False,
            strict_map_key=False, unicode_errors="surrogatepass", max_array_len=ITEM_LIMIT + 1,
            max_map_len=ITEM_LIMIT // 2, max_str_len=FRAME_LIMIT, max_bin_len=FRAME_LIMIT, max_ext_len=FRAME_LIMIT,
        )  # fmt: skip
    except Damaged:
        raise
    except Exception as error:  # noqa: BLE001 - a hostile sender: whatever reading raises, the message is refused
        if " exceeds max_" in str(error):
            raise TooLarge(f"a list of more than {ITEM_LIMIT:,} items, or a dict of half as many") from None
        raise Damaged(str(error) or type(error).__name__) from None
    if type(value) not in _PLAIN:
        raise Damaged("a bare mark")
    return value


class _Reader:
    """The hooks of one message, with what it has cost so far."""

    def __init__(self) -> None:
        self._items = 0
        self._stop = perf_counter() + HASH_SECONDS

    def sequence(self, items: list[Any]) -> Any:
        """A list, or what its first item says that it is."""
        self._count(len(items))
        mark = items[0] if items else None
        if type(mark) is not _Mark:
            _check(items)
            return items
        del items[0]
        _check(items)
        if mark.kind == b"t":
            return tuple(items)
        made: set[Any] = set()
        self._fill(made.update, items)
        return made if mark.kind == b"s" else frozenset(made)

    def mapping(self, pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
        """A dict, filled while time is left."""
        self._count(2 * len(pairs))
        _check(chain.from_iterable(pairs))
        made: dict[Any, Any] = {}
        self._fill(made.update, pairs)
        return made

    def extension(self, code: int, data: bytes) -> Any:
        """A mark, a complex number, a large integer or an array."""
        if code == KIND:
            return _MARKS[data]
        if code == COMPLEX:
            return complex(*struct.unpack("<dd", data))
        if code == INTEGER and len(data) <= INTEGER_BYTES:
            return int.from_bytes(data, "little", signed=True)
        if code == ARRAY:
            made = _array(data)
            self._count(len(made.items))
            return made
        raise Damaged(f"extension {code}")

    def _count(self, items: int) -> None:
        self._items += items + 1
        if self._items > 2 * ITEM_LIMIT:
            raise TooLarge(f"more than {2 * ITEM_LIMIT:,} items altogether")

    def _fill(self, update: Callable[[Iterable[Any]], None], items: list[Any]) -> None:
        rest = iter(items)
        while part := list(islice(rest, 2048)):
            update(part)
            if perf_counter() > self._stop:
                raise Damaged("keys that collide")


def _check(items: Iterable[Any]) -> None:
    if not _PLAIN.issuperset(map(type, items)):
        raise Damaged("a value of an unknown type")


def _array(data: bytes) -> Array:
    length, dimensions = data[0], data[1]
    name = data[2 : 2 + length].decode("ascii")
    shape = struct.unpack_from(f"<{dimensions}Q", data, 2 + length)
    body = memoryview(data)[2 + length + 8 * dimensions :]
    form = _FORMATS[name]
    size = 1
    for extent in shape:
        size *= extent
    parts = size * 2 if name.startswith("complex") else size
    if size > 2 * ITEM_LIMIT or len(body) != parts * struct.calcsize(form):
        raise Damaged("an array whose size is not its shape's")
    if form == "e":
        items: tuple[Any, ...] = struct.unpack(f"={parts}e", body)
    else:
        view: Any = body.cast(form) if len(body) else ()  # type: ignore[call-overload]  # the format is a variable
        items = tuple(view)
    if name.startswith("complex"):
        items = tuple(map(complex, items[::2], items[1::2]))
    return Array(name, shape, items)


def encode(value: Any) -> bytes:
    """Bytes of plain data for a child. Decimals and fractions become floats.

    Raises TypeError for anything else, ValueError or OverflowError for what does not fit.
    """
    packed: bytes = msgpack.packb(
        value, default=_plain, strict_types=True, use_bin_type=True, unicode_errors="surrogatepass"
    )
    return packed


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _EXT:
        return [_EXT[kind], *value]
    if kind is int:
        return msgpack.ExtType(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True))
    if kind is complex:
        return msgpack.ExtType(COMPLEX, struct.pack("<dd", value.real, value.imag))
    if kind is Array:
        return msgpack.ExtType(ARRAY, _array_bytes(value))
    if kind is Decimal or kind is Fraction:
        return float(value)
    raise TypeError(f"a {kind.__name__} can't be handed to a sandboxed function")


def _array_bytes(value: Array) -> bytes:
    form, items, name = _FORMATS[value.dtype], value.items, value.dtype.encode()
    if value.dtype.startswith("complex"):
        items = tuple(part for item in items for part in (item.real, item.imag))
    body = struct.pack(f"={len(items)}{form}", *items) if form in "e?" else array.array(form, items).tobytes()
    head = struct.pack(f"<BB{len(name)}s{len(value.shape)}Q", len(name), len(value.shape), name, *value.shape)
    return head + body
