"""Random numbers of a question: a function of (seed, attempt, variable name) alone, through SHA-256.

The same on every machine, version and year; adding a variable does not change the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas.declaring import check_drawable
from quizzer.formulas.evaluating import Machine, holds
from quizzer.formulas.formula import Formula
from quizzer.formulas.limits import Undefined
from quizzer.formulas.scope import Declaration, Scope, canonical
from quizzer.formulas.tree import Node

_RANGE = 1 << 53
MAX_ELEMENTS = 10_000
_DIGITS = 30
_GRID = 20
"""A simplex without a `grid` is drawn in twentieths: numbers that can be printed whole and still add up to 1."""


class Stream:
    """An endless sequence of 53-bit integers named by a text: SHA-256 of the name and a counter."""

    def __init__(self, name: str) -> None:
        self._words = self._run(name.encode())

    @staticmethod
    def _run(name: bytes) -> Iterator[int]:
        counter = 0
        while True:
            digest = hashlib.sha256(name + b"\0" + str(counter).encode()).digest()
            for start in range(0, 32, 8):
                yield int.from_bytes(digest[start : start + 8], "big") >> 11
            counter += 1

    def word(self) -> int:
        """The next integer of 53 bits."""
        return next(self._words)

    def below(self, n: int) -> int:
        """The next integer from 0 to n-1, each equally likely (words beyond the last full range are passed over)."""
        if not 0 < n <= _RANGE:
            raise Unreadable("a range holds more than 2^53 values", "Use a smaller range")
        limit = _RANGE - _RANGE % n
        while True:
            word = self.word()
            if word < limit:
                return word % n


def draw(scope: Scope, seed: int, attempt: int = 0) -> dict[str, Any]:
    """The drawn values by symbol: int, Decimal, Fraction, str, lists, lists of lists.

    Reals lie on their decimal grid, a simplex on its grid, a derived value is an int when whole, else a Decimal of 30
    digits. Raises Unreadable for a domain that can't be drawn or is empty, Undefined where a derived value is.
    """
    check_drawable(scope)
    values: dict[str, Any] = {}
    for declaration in scope.declarations:
        stream = Stream(f"{seed}/{attempt}/{canonical(declaration.name)}")
        if declaration.kind == "value":
            machine = Machine(scope, values, _DIGITS + 10)
            values[declaration.name] = exact(machine.run(declaration.value))  # type: ignore[arg-type]  # a derived symbol holds a node
        elif declaration.kind == "constant":
            values[declaration.name] = declaration.value
        else:
            lengths = [size_of(scope, node, values, declaration.name) for node in declaration.dimensions]
            if _product(lengths) > MAX_ELEMENTS:
                raise Unreadable(f"`{declaration.name}` has more than {MAX_ELEMENTS:,} elements", "Make it smaller")
            values[declaration.name] = _shaped(lengths, _one_of(scope, declaration, values, stream))
    return values


def draw_where(
    scope: Scope,
    conditions: Sequence[Formula],
    seed: int,
    reject: Callable[[dict[str, Any]], bool] | None = None,
    attempts: int = 400,
) -> tuple[dict[str, Any], int]:
    """The first draw that meets every condition and is not rejected, with its attempt number.

    A draw at which something is undefined is passed over. Raises Unreadable when no attempt is accepted.
    """
    for attempt in range(attempts):
        try:
            values = draw(scope, seed, attempt)
            if all(holds(condition, values) for condition in conditions) and not (reject and reject(values)):
                return values, attempt
        except Undefined:
            continue
    raise Unreadable(
        f"no draw met the conditions in {attempts} attempts (seed {seed})",
        "Loosen `where`, the domains or the mistakes",
    )


def size_of(scope: Scope, node: Node, values: Mapping[str, Any], name: str) -> int:
    """A length or a bound that must be a whole number from 1."""
    value = exact(Machine(scope, values, _DIGITS).run(node))
    if not isinstance(value, int) or not 1 <= value <= MAX_ELEMENTS:
        raise Unreadable(f"`{name}` would have {value} elements", "A length is a whole number from 1")
    return value


def exact(value: Any) -> Any:
    """A computed value as plain data: an int when whole, else a Decimal rounded to 30 digits; lists alike."""
    if isinstance(value, list):
        return [exact(item) for item in value]
    if isinstance(value, int):
        return int(value)
    sign, mantissa, exponent, _ = value._mpf_
    with localcontext() as context:
        context.prec = _DIGITS
        top = Decimal(int(mantissa))
        with localcontext() as wide:
            wide.prec = 600
            scaled = top * Decimal(2) ** exponent if exponent >= 0 else top / Decimal(2) ** -exponent
        rounded = (-scaled if sign else +scaled).normalize()
    if rounded == rounded.to_integral_value() and abs(rounded) < Decimal(10) ** (_DIGITS - 1):
        return int(rounded)
    return rounded


def _one_of(scope: Scope, declaration: Declaration, values: Mapping[str, Any], stream: Stream) -> Callable[[], Any]:
    """What draws one element."""
    if declaration.kind == "choice":
        choices = declaration.choices
        return lambda: choices[stream.below(len(choices))]
    if declaration.kind == "index":
        assert declaration.size is not None  # noqa: S101 - an index is declared with its size
        size = size_of(scope, declaration.size, values, declaration.name)
        return lambda: 1 + stream.below(size)
    if declaration.kind == "simplex":
        assert declaration.size is not None  # noqa: S101 - a simplex is declared with its size
        size, grid = size_of(scope, declaration.size, values, declaration.name), declaration.grid or _GRID
        if size > grid:
            raise Unreadable(f"`{declaration.name}` has more elements than its grid", "Give it a larger `grid`")
        return lambda: _composition(stream, size, grid)
    low, high = (_edge(scope, declaration, values, node) for node in (declaration.low, declaration.high))
    if declaration.kind == "int":
        step = declaration.step
        first, last = -(-low.numerator // low.denominator), high.numerator // high.denominator
        if last < first:
            raise Unreadable(f"`{declaration.name}` has no whole number from {first} to {last}", "Widen its bounds")
        return lambda: first + step * stream.below((last - first) // step + 1)
    scale = 10 ** (declaration.decimals or 0)
    first = -(-low.numerator * scale // low.denominator)
    last = high.numerator * scale // high.denominator
    if last < first:
        raise Unreadable(f"`{declaration.name}` has no value with {declaration.decimals} decimals", "Widen its bounds")
    return lambda: Decimal(first + stream.below(last - first + 1)).scaleb(-(declaration.decimals or 0))


def _edge(scope: Scope, declaration: Declaration, values: Mapping[str, Any], node: Node | None) -> Fraction:
    assert node is not None  # noqa: S101 - int and real are declared with bounds
    return Fraction(exact(Machine(scope, values, _DIGITS + 10).run(node)))


def _composition(stream: Stream, size: int, grid: int) -> list[Any]:
    """`size` positive multiples of 1/grid that sum to 1, every such list equally likely."""
    cuts: set[int] = set()
    while len(cuts) < size - 1:
        cuts.add(1 + stream.below(grid - 1))
    ends = [0, *sorted(cuts), grid]
    return [_share(b - a, grid) for a, b in pairwise(ends)]


def _share(part: int, grid: int) -> Decimal | Fraction | int:
    share = Fraction(part, grid)
    rest = share.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if share.denominator == 1:
        return share.numerator
    return Decimal(share.numerator) / Decimal(share.denominator) if rest == 1 else share


def _shaped(lengths: list[int], one: Callable[[], Any]) -> Any:
    if not lengths:
        return one()
    return [_shaped(lengths[1:], one) for _ in range(lengths[0])]


def _product(lengths: list[int]) -> int:
    total = 1
    for length in lengths:
        total *= length
    return total
