"""Reading what a liar wrote: refused, in bounded time and memory, whatever it is."""

from __future__ import annotations

import struct
import time

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.model import Array
from quizzer.sandbox import codec

PLAIN = {type(None), bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, Array}


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_plain_data_or_are_refused(data: bytes) -> None:
    try:
        value = codec.decode(data)
    except codec.Damaged:
        return
    todo = [value]
    while todo:
        item = todo.pop()
        assert type(item) in PLAIN
        if isinstance(item, dict):
            todo += [*item.keys(), *item.values()]
        elif isinstance(item, list | tuple | set | frozenset):
            todo += item


def mark(kind: bytes) -> msgpack.ExtType:
    return msgpack.ExtType(codec.KIND, kind)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x93\x01",  # three items announced, one there
        b"\x01\x01",  # more than one value
        b"\xdd\xff\xff\xff\xff",  # four thousand million items announced
        b"\x91" * 100_000 + b"\xc0",  # too deep
        msgpack.packb(mark(b"t")),
        msgpack.packb([1, mark(b"t")]),
        msgpack.packb([mark(b"t"), mark(b"s")]),
        msgpack.packb([mark(b"x")]),
        msgpack.packb({mark(b"t"): 1}),
        msgpack.packb([mark(b"s"), [1]]),  # a list is no item of a set
        msgpack.packb([msgpack.Timestamp(1)]),
        msgpack.packb(msgpack.ExtType(99, b"")),
        msgpack.packb(msgpack.ExtType(codec.COMPLEX, b"123")),
        msgpack.packb(msgpack.ExtType(codec.INTEGER, b"\x01" * 30_000)),
        msgpack.packb(msgpack.ExtType(codec.ARRAY, b"")),
        msgpack.packb(msgpack.ExtType(codec.ARRAY, b"\x06\x01object" + struct.pack("<Q", 1) + bytes(8))),
        msgpack.packb(msgpack.ExtType(codec.ARRAY, b"\x05\x01int64" + struct.pack("<Q", 2) + bytes(8))),
        msgpack.packb(msgpack.ExtType(codec.ARRAY, b"\x05\xffint64" + bytes(8))),
        msgpack.packb(msgpack.ExtType(codec.ARRAY, b"\x05\x02int64" + struct.pack("<2Q", 2**63, 2**63))),
    ],
)
def test_forged_messages_are_refused(data: bytes) -> None:
    with pytest.raises(codec.Damaged):
        codec.decode(data)


def test_many_empty_lists_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "ITEM_LIMIT", 400_000)
    inner = b"\xdc\xff\xff" + b"\x90" * 0xFFFF  # 65,535 empty lists, a byte each
    with pytest.raises(codec.TooLarge):
        codec.decode(b"\xdc" + struct.pack(">H", 200) + inner * 200)


@pytest.mark.parametrize("kind", ["set", "dict"])
def test_keys_chosen_to_collide_cost_bounded_time(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "HASH_SECONDS", 0.3)
    keys = [n * (2**61 - 1) for n in range(1, 60_000)]  # all have the hash of 0 or nearly so
    ext = [msgpack.ExtType(codec.INTEGER, key.to_bytes(12, "little", signed=True)) for key in keys]
    packed = msgpack.packb([mark(b"s"), *ext] if kind == "set" else dict.fromkeys(ext))
    started = time.perf_counter()
    with pytest.raises(codec.Damaged):
        codec.decode(packed)
    assert time.perf_counter() - started < 60  # tells a hang from work


def test_an_array_must_hold_what_its_dtype_can() -> None:
    with pytest.raises((OverflowError, struct.error)):
        codec.encode(Array("int8", (1,), (1000,)))
