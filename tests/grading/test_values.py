"""The comparison of results, as a table of what a fair teacher accepts and refuses."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.grading.keeping import dump, load
from quizzer.grading.showing import show
from quizzer.grading.values import same, size_of
from quizzer.model import Array
from quizzer.questions.accept import CODE_DEFAULT, Accept

NAN = math.nan
INF = math.inf


def array(*items: Any, dtype: str = "int64", shape: tuple[int, ...] | None = None) -> Array:
    return Array(dtype, shape if shape is not None else (len(items),), items)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ([1, 2], (1, 2)),
        ([1, 2], array(1, 2)),
        (array(1, 2, 3, 4, shape=(2, 2)), [[1, 2], [3, 4]]),
        ((1, [2, 3]), [1, (2, 3)]),
        (3, 3.0),
        (3.0, 3),
        (3, array(3, shape=())),
        (0.1 + 0.2, 0.3),
        (1e9, 1e9 + 100),
        (0.0, -0.0),
        (0.0, 1e-10),
        (NAN, NAN),
        ([1.0, NAN], [1.0, NAN]),
        (INF, INF),
        (2**200, 2**200),
        ({1, 2}, {2, 1}),
        ({1, 2}, frozenset({2, 1})),
        ({"a": 1, "b": [1.0]}, {"b": [1.0 + 1e-9], "a": 1}),
        (1 + 2j, 1 + 2.0000000001j),
        ("text", "text"),
        (True, True),
        (None, None),
        ([], array(shape=(0,))),
        (array(True, False, dtype="bool"), [True, False]),
    ],
)
def test_accepted(expected: Any, got: Any) -> None:
    assert same(expected, got, CODE_DEFAULT)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ([1, 2], [2, 1]),
        ([1, 2], [1, 2, 3]),
        ([[1, 2]], [1, 2]),
        (array(1, 2, 3, 4, shape=(2, 2)), [1, 2, 3, 4]),
        (1, True),
        (True, 1),
        (0, False),
        (3, 3.0000001),
        (10**18, 10**18 + 1),
        (10**18, float(10**18 + 1000)),
        (1.0, NAN),
        (NAN, 1.0),
        (INF, 1e308),
        (INF, -INF),
        (1.0, 1.00001),
        (1.0, 1 + 0j),
        ("1", 1),
        ("a", b"a"),
        ([1], {1}),
        ({1: "a"}, {True: "a"}),
        ({"a": 1}, {"a": 1, "b": 2}),
        (None, 0),
        (None, []),
        ([None], []),
        (2.0**900, 10**400),
    ],
)
def test_refused(expected: Any, got: Any) -> None:
    assert not same(expected, got, CODE_DEFAULT)


def test_unordered_is_a_multiset() -> None:
    rule = Accept(rel=Decimal("1e-6"), unordered=True)
    assert same([3, 1, 2], (2, 3, 1), rule)
    assert same([[1, 2], [3]], [[3], [1, 2]], rule)
    assert same(["b", "a"], ["a", "b"], rule)
    assert not same([1, 1, 2], [1, 2, 2], rule)
    assert not same([1, 2], [1, 2, 2], rule)


def test_exact_has_no_tolerance() -> None:
    assert not same(0.1 + 0.2, 0.3, Accept(exact=True))
    assert same(0.5, 0.5, Accept(exact=True))


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5)
    | st.complex_numbers(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4)
    | st.tuples(inner, inner)
    | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(plain)
def test_a_value_equals_itself_and_what_was_kept_of_it(value: Any) -> None:
    assert same(value, load(dump(value)), CODE_DEFAULT)
    assert dump(load(dump(value))) == dump(value)
    assert isinstance(show(value), str)
    assert size_of(value) >= 1


def test_kept_values_keep_their_types() -> None:
    value = [(1,), {1, 2}, frozenset({3}), 2**70, array(1.5, NAN, dtype="float64"), {(1, 2): "x"}, b"\x00", 1j]
    assert repr(load(dump(value))) == repr(value)


def test_long_values_are_cut_in_the_middle() -> None:
    text = show(list(range(1000)))
    assert len(text) < 300
    assert text.startswith("[0, 1")
    assert text.endswith("999]")
    assert show(array(1, 2)) == "np.array([1, 2])"
    assert show((1,)) == "(1,)"
    assert show(set()) == "set()"
