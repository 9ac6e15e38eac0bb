"""Values survive the way to a child and back, whatever they are; what is no plain data is refused."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzer.errors import GraderFault
from quizzer.model import Array, Limits
from quizzer.sandbox.child import SandboxChild
from quizzer.sandbox.runner import ForkRunner

SOURCE = """
import numpy as np

def same(x):
    return x

def kind(x):
    return type(x).__name__

def dtype(x):
    return [x.dtype.name, list(x.shape), x.flags.writeable]
"""

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

integers = st.integers() | st.integers(min_value=-(2**70), max_value=2**70) | st.integers(0, 300).map(lambda n: 3**n)
texts = st.text(st.characters(codec=None), max_size=8)  # lone surrogates included
hashables = st.recursive(
    st.none() | st.booleans() | integers | st.floats() | st.complex_numbers() | texts | st.binary(max_size=8),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3),
    max_leaves=4,
)


def arrays() -> st.SearchStrategy[Array]:
    bounds = {f"{sign}int{bits}": (bits, sign) for bits in (8, 16, 32, 64) for sign in ("", "u")}

    def items(dtype: str) -> st.SearchStrategy[Any]:
        if dtype == "bool":
            return st.booleans()
        if dtype in bounds:
            bits, sign = bounds[dtype]
            low, high = (0, 2**bits - 1) if sign else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
            return st.integers(low, high)
        width = int(dtype.lstrip("floatcmpex"))
        if dtype.startswith("complex"):
            parts = st.floats(width=width // 2)  # type: ignore[arg-type]  # 32 or 64
            return st.builds(complex, parts, parts)
        return st.floats(width=width)  # type: ignore[arg-type]  # 16, 32 or 64

    dtypes = st.sampled_from(["bool", "float16", "float32", "float64", "complex64", "complex128", *bounds])
    shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)
    return st.tuples(dtypes, shapes).flatmap(
        lambda made: st.lists(items(made[0]), min_size=math.prod(made[1]), max_size=math.prod(made[1])).map(
            lambda found: Array(made[0], made[1], tuple(found))
        )
    )


values = st.recursive(
    hashables | arrays(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(hashables, inner, max_size=3)
        | st.sets(hashables, max_size=3)
    ),
    max_leaves=12,
)


def exact(value: Any) -> Any:
    """A value as something that compares by type and by bits, so that 1, 1.0 and True, 0.0 and -0.0, NaNs differ."""
    kind = type(value).__name__
    if isinstance(value, float):
        return kind, "nan" if math.isnan(value) else struct.pack("d", value)
    if isinstance(value, complex):
        return kind, exact(value.real), exact(value.imag)
    if isinstance(value, list | tuple):
        return kind, [exact(item) for item in value]
    if isinstance(value, dict):
        return kind, sorted(([exact(key), exact(item)] for key, item in value.items()), key=repr)
    if isinstance(value, set | frozenset):
        return kind, sorted(map(exact, value), key=repr)
    if isinstance(value, Array):
        return kind, value.dtype, value.shape, [exact(item) for item in value.items]
    return kind, value


@pytest.fixture(scope="module")
def child(runner: ForkRunner) -> Iterator[SandboxChild]:
    with runner.start(SOURCE, Limits(seconds=5)) as made:
        yield made


@QUICK
@given(values)
def test_plain_data_comes_back_exactly(child: SandboxChild, value: Any) -> None:
    reply = child.call("same", [value])
    assert (reply.status, exact(reply.value)) == ("value", exact(value))
    assert not reply.mutated


@QUICK
@given(arrays())
def test_arrays_are_arrays_in_the_child(child: SandboxChild, value: Array) -> None:
    assert child.call("dtype", [value]).value == [value.dtype, list(value.shape), True]


def test_large_integers_pass_up_to_200000_bits(child: SandboxChild) -> None:
    for number in (2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, (1 << 200_000) - 1, -(1 << 199_999)):
        assert child.call("same", [number]).value == number
    assert child.evaluate("1 << 200_000").status == "bad-result"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("np.float64(1.5)", 1.5),
        ("np.float16(0.5)", 0.5),
        ("np.longdouble(0.5)", 0.5),
        ("np.int8(-3)", -3),
        ("np.uint64(2**64 - 1)", 2**64 - 1),
        ("np.bool_(True)", True),
        ("np.complex64(1 + 2j)", 1 + 2j),
        ("np.str_('text')", "text"),
        ("[np.int64(1), (np.float32(0.5),)]", [1, (0.5,)]),
        ("range(3)", [0, 1, 2]),
        ("(n * n for n in range(3))", [0, 1, 4]),
        ("map(str, [1, 2])", ["1", "2"]),
        ("{'a': 1}.keys()", ["a"]),
        ("{'a': 1}.items()", [("a", 1)]),
        ("deque([1, 2])", [1, 2]),
        ("reversed([1, 2])", [2, 1]),
        ("array('d', [0.5])", [0.5]),
        ("Counter('aab')", {"a": 2, "b": 1}),
        ("OrderedDict(a=1)", {"a": 1}),
        ("Point(1, 2)", (1, 2)),
        ("Color.RED", 7),
        ("Fraction(3, 4)", 0.75),
        ("Fraction(8, 4)", 2),
        ("Decimal('2.5')", 2.5),
        ("bytearray(b'ab')", b"ab"),
        ("Large(2**100)", 2**100),
        ("Turn(1, -0.0)", complex(1, -0.0)),
        ("np.arange(4.0).reshape(2, 2).T", Array("float64", (2, 2), (0.0, 2.0, 1.0, 3.0))),
        ("np.arange(3, dtype='>i4')", Array("int32", (3,), (0, 1, 2))),
        ("np.arange(6)[::-2]", Array("int64", (3,), (5, 3, 1))),
        ("np.array(5)", Array("int64", (), (5,))),
        ("np.zeros((0, 3))", Array("float64", (0, 3), ())),
        ("np.ones(2, dtype=np.longdouble)", Array("float64", (2,), (1.0, 1.0))),
        ("np.matrix([[1, 2]])", Array("int64", (1, 2), (1, 2))),
    ],
)
def test_what_a_fair_teacher_takes_for_plain_data(runner: ForkRunner, expression: str, expected: Any) -> None:
    source = """
from array import array
from collections import Counter, OrderedDict, deque, namedtuple
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
Point = namedtuple("Point", "x y")
Color = IntEnum("Color", {"RED": 7})
class Large(int): pass
class Turn(complex): pass
"""
    with runner.start(source, Limits(seconds=5)) as child:
        reply = child.evaluate(expression)
    assert (reply.status, exact(reply.value)) == ("value", exact(expected))


def test_a_refused_result_says_what_it_is(child: SandboxChild) -> None:
    assert child.evaluate("object").message == (
        "returned a type; expected numbers, text, lists, tuples, dicts, sets or arrays"
    )
    assert child.evaluate("[object()]").message.startswith("returned an object; expected")
    assert child.evaluate("np.array([object()])").message.startswith("returned an object; expected")
    assert child.evaluate("np.array([2**70, None])").value == [2**70, None]
    assert child.evaluate("np.array([['a', '语文']])").value == [["a", "语文"]]
    assert child.evaluate("np.array(['2020-01-01'], dtype='M8[D]')").message == (
        "returned an array of datetime64[D]; expected an array of numbers, booleans or text"
    )
    assert child.call("same", [1]).value == 1  # the child lives on


def test_decimals_and_fractions_reach_a_function_as_floats(child: SandboxChild) -> None:
    assert child.call("kind", [Decimal("0.5")]).value == "float"
    assert child.call("same", [Fraction(1, 4)]).value == 0.25


def test_arguments_that_are_no_plain_data_are_our_own_fault(child: SandboxChild) -> None:
    with pytest.raises(GraderFault, match="arguments of same"):
        child.call("same", [object()])
    assert child.call("same", [[1]]).value == [1]
