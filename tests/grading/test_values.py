"""The comparison of results, as a table of what a fair teacher accepts and refuses."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.grading.keeping import dump, load
from quizzer.grading.showing import difference, show, show_pair
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
        ([1, 2.5], [1.0000000001, 2.5]),
        ([0, 0.5], array(1e-17, 0.5, dtype="float64")),
        (1 + 0j, 1.0),
        (1e6 + 1e-9j, 1e6 + 0j),
        ({1: 2}, {1.0: 2.0}),
        ({(1, 2): "a"}, {(1.0, 2): "a"}),
        ({0.1 + 0.2: 1}, {0.3: 1}),
        ({NAN: 1, 2.0: 3}, {2.0: 3, NAN: 1}),
        ({0.1 + 0.2, 1.0}, {0.3, 1.0}),
        (array(shape=(2, 0)), [[], []]),
        (array(shape=(0, 3)), array(shape=(0, 3))),
        (2**70, 2.0**70),
        (1e300 * 10, 10.0**301),
        ([[1, 2], [3, 4]], array(1, 2, 3, 4, shape=(2, 2))),
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
        ((1000000, 2.5), (1000000.4, 2.5)),
        ([1, 2], [1.0000000001, 2]),
        ([True, 0.5], [1, 0.5]),
        (1.0, True),
        (array(shape=(0, 3)), array(shape=(0, 5))),
        (array(1, 2, shape=(2, 1)), [1, 2]),
        (5, array(5)),
        ({0.1: 1}, {0.2: 1}),
        ({1: 1}, {"1": 1}),
        ({1, True + 1}, {True, 2}),
        (frozenset({1}), [1]),
        (1 + 1j, 1),
        (INF, 10**400),
        (10**400, INF),
        ("", []),
        (b"", ""),
        ([[]], []),
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


def test_unordered_takes_sets_and_finds_a_pairing_within_tolerance() -> None:
    rule = Accept(abs=Decimal("0.1"), unordered=True)
    assert same([3, 1], {1, 3}, rule)
    assert same({3, 1}, [1, 3], rule)
    assert not same([1, 1], {1}, rule)
    # Sorted, the pairs would not fit: 0.05 may stand for 0 as well as for 0.1.
    assert same([[0.0, 2], [0.06, 1]], [[0.05, 2], [0.02, 1]], rule)
    assert same([[0.0], [0.09]], [[0.1], [0.1]], rule)
    assert not same([[0.0], [0.05]], [[0.1], [0.2]], rule)
    assert same([[1, 2], [2, 1], [None], "a", {1: 2}], [{1: 2}, "a", [None], [2, 1], [1, 2]], rule)
    assert not same([[1, 2]], [[2, 1]], rule), "the order inside the items counts"
    rows = [[i, i % 7] for i in range(5000)]
    assert same(rows, rows[::-1], rule)
    assert not same(rows, [*rows[1:], [0, 5]], rule)


def test_significant_digits() -> None:
    rule = Accept(sigfigs=3)
    assert same(3.14159, 3.14, rule)
    assert not same(3.14159, 3.15, rule)
    assert not same(0.0, 1e-30, rule)


def test_hostile_values_are_compared_and_shown_without_harm() -> None:
    deep: Any = []
    for _ in range(500):
        deep = [deep]
    for expected in (1, [1], [[1]], {1: 2}, {1}, "x", None, array(1)):
        for rule in (CODE_DEFAULT, Accept(unordered=True)):
            assert not same(expected, deep, rule)
        assert isinstance(difference(expected, deep, CODE_DEFAULT), str)
        assert all(len(text) < 1000 for text in show_pair(expected, deep, CODE_DEFAULT))
    assert "bits" in show(10**6000)
    assert show([NAN, -INF, (INF,)]) == "[np.nan, -np.inf, (np.inf,)]"


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
