"""Points of a scope's domains for comparing formulas: spread out, near zero and near the edges.

Points are made at the top precision: a simplex drawn with fewer digits would not sum to 1 where it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import tree
from quizzer.formulas.drawing import Stream, exact
from quizzer.formulas.evaluating import Machine
from quizzer.formulas.limits import Undefined
from quizzer.formulas.scope import Declaration, Scope, canonical
from quizzer.formulas.tree import Node

LONGEST = 6
LONGER = {0: 24, 1: 12}
"""A length whose domain allows more is sampled up to `LONGEST` (or its lowest value, if that is more), at two points
up to the numbers in `LONGER`: what holds for short vectors only must not pass."""
_MOST_SPECIAL = 8
_BITS = 320


def needed(scope: Scope, names: Iterable[str]) -> frozenset[str]:
    """`names` and every symbol their domains rest on."""
    out: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in out:
            continue
        out.add(name)
        for node in _nodes(scope.symbols[name]):
            todo.extend(part.name for part in tree.walk(node) if isinstance(part, tree.Sym))
    return frozenset(out)


def _nodes(declaration: Declaration) -> list[Node]:
    value = declaration.value if declaration.kind == "value" else None
    parts = [declaration.low, declaration.high, declaration.size, *declaration.dimensions, value]
    return [part for part in parts if part is not None and not isinstance(part, int)]  # type: ignore[misc]  # value is a node here


def points(scope: Scope, names: frozenset[str], seed: int, count: int, digits: int) -> Iterator[dict[str, Any]]:
    """`count` points with values for `names` (closed under `needed`). A point whose domain is empty is left out."""
    lengths = _lengths(scope)
    samplers = _samplers(names, seed, count)
    for number in range(count):
        values = _point(scope, names, samplers, number, digits, lengths, None)
        if values is not None:
            yield values


def special(scope: Scope, names: frozenset[str], seed: int, digits: int) -> Iterator[tuple[dict[str, Any], bool]]:
    """Points that random ones miss: the declared `points` of each symbol, and the edges of the reals.

    The flag says whether the point was declared. At an edge nobody asked for, a formula may have no value.
    """
    wanted: list[tuple[Declaration, Node, bool]] = []
    for declaration in scope.declarations:
        if declaration.name in names:
            wanted += [(declaration, point, True) for point in declaration.points]
    for declaration in scope.declarations:
        if declaration.name in names and declaration.kind == "real" and not declaration.rank:
            edges = [edge for edge in (declaration.low, declaration.high) if edge is not None]
            wanted += [(declaration, edge, False) for edge in edges if len(wanted) < _MOST_SPECIAL]
    lengths = _lengths(scope)
    samplers = _samplers(names, seed, max(24, len(wanted)))
    for number, (declaration, node, declared) in enumerate(wanted):
        values = _point(scope, names, samplers, number, digits, lengths, (declaration.name, node))
        if values is not None:
            yield values, declared


def _lengths(scope: Scope) -> frozenset[str]:
    """The symbols that lengths rest on."""
    return frozenset(
        part.name
        for declaration in scope.declarations
        for node in (declaration.size, *declaration.dimensions)
        if node is not None
        for part in tree.walk(node)
        if isinstance(part, tree.Sym)
    )


def _samplers(names: frozenset[str], seed: int, count: int) -> dict[str, _Sampler]:
    return {name: _Sampler(f"{seed}/{canonical(name)}", count) for name in names}


def _point(
    scope: Scope,
    names: frozenset[str],
    samplers: dict[str, _Sampler],
    number: int,
    digits: int,
    lengths: frozenset[str],
    fixed: tuple[str, Node] | None,
) -> dict[str, Any] | None:
    """Values for `names`, one of them perhaps fixed; None where a domain is empty."""
    values: dict[str, Any] = {}
    try:
        for declaration in scope.declarations:
            name = declaration.name
            if name not in names or declaration.kind in ("value", "constant"):
                continue
            machine = Machine(scope, values, digits)
            if fixed is not None and fixed[0] == name:
                point = exact(machine.run(fixed[1]))
                sizes = [_whole(machine, node) for node in declaration.dimensions]
                values[name] = _shaped(sizes, lambda point=point: point)  # type: ignore[misc]  # bound early on purpose
            else:
                values[name] = _value(machine, declaration, samplers[name], number, name in lengths)
    except (Undefined, Unreadable):
        return None
    return values


class _Sampler:
    """The stream of one symbol. Its first value at each point comes from a stratum of its own."""

    def __init__(self, name: str, count: int) -> None:
        self.stream = Stream(name)
        self.count = count
        self.orders: list[list[int]] = []

    def stratum(self, number: int, element: int) -> int:
        """A number below `count`, different for every point: a permutation for each element."""
        while len(self.orders) <= element:
            order = list(range(self.count))
            for place in range(self.count - 1, 0, -1):
                other = self.stream.below(place + 1)
                order[place], order[other] = order[other], order[place]
            self.orders.append(order)
        return self.orders[element][number]

    def share(self) -> Fraction:
        """A number in (0, 1) with 320 bits."""
        words = [self.stream.word() for _ in range(_BITS // 53 + 1)]
        total = 0
        for word in words:
            total = total << 53 | word
        return Fraction(2 * total + 1, 1 << (53 * len(words) + 1))


def _value(machine: Machine, declaration: Declaration, sampler: _Sampler, number: int, is_length: bool) -> Any:
    dimensions = [_whole(machine, node) for node in declaration.dimensions]
    element = 0

    def one() -> Any:
        nonlocal element
        element += 1
        return _element(machine, declaration, sampler, number, min(element - 1, 8), is_length)

    return _shaped(dimensions, one)


def _shaped(dimensions: list[int], one: Callable[[], Any]) -> Any:
    if not dimensions:
        return one()
    return [_shaped(dimensions[1:], one) for _ in range(dimensions[0])]


def _whole(machine: Machine, node: Node) -> int:
    value = exact(machine.run(node))
    if not isinstance(value, int) or not 1 <= value <= 1000:
        raise Undefined("a length is not a whole number from 1 to 1000")
    return value


def _element(
    machine: Machine, declaration: Declaration, sampler: _Sampler, number: int, element: int, is_length: bool
) -> Any:
    slot = sampler.stratum(number, element)
    if declaration.kind == "choice":
        return declaration.choices[(slot + sampler.stream.below(len(declaration.choices))) % len(declaration.choices)]
    if declaration.kind == "index":
        assert declaration.size is not None  # noqa: S101 - an index is declared with its size
        return _int(1, _whole(machine, declaration.size), 1, slot, sampler, is_length)
    if declaration.kind == "simplex":
        assert declaration.size is not None  # noqa: S101 - a simplex is declared with its size
        return _simplex(_whole(machine, declaration.size), slot, sampler)
    assert declaration.low is not None  # noqa: S101 - int and real are declared with bounds
    assert declaration.high is not None  # noqa: S101 - as above
    low, high = Fraction(exact(machine.run(declaration.low))), Fraction(exact(machine.run(declaration.high)))
    if high < low:
        raise Undefined("an empty domain")
    if declaration.kind == "int":
        return _int(-(-low // 1), high // 1, declaration.step, slot, sampler, is_length)
    return _real(low, high, slot, sampler)


def _int(low: int, high: int, step: int, slot: int, sampler: _Sampler, is_length: bool) -> int:
    if is_length:
        most = LONGER.get(slot, LONGEST)
        if slot in LONGER and high > LONGEST:
            high = min(high, max(low + step, most))
            return low + step * ((high - low) // step)
        high = min(high, max(low + step, LONGEST))
    choices = (high - low) // step + 1
    if choices < 1:
        raise Undefined("an empty domain")
    if choices <= sampler.count:
        return low + step * (slot % choices)
    if slot < 4:  # the edges and their neighbours
        return low + step * (0, choices - 1, 1, choices - 2)[slot]
    if slot < 8:  # small numbers, where the difference of two formulas is easiest to see
        return low + step * sampler.stream.below(min(choices, 10))
    return low + step * (
        (slot - 8) * choices // (sampler.count - 8) + sampler.stream.below(max(1, choices // (sampler.count - 8)))
    )


def _real(low: Fraction, high: Fraction, slot: int, sampler: _Sampler) -> Fraction:
    """65 % of the points one in each stratum, 23 % near zero (or the edge next to it), 12 % near an edge."""
    spread = max(1, round(sampler.count * 0.65))
    width = high - low
    if slot < spread or not width:
        return low + width * (slot + sampler.share()) / spread
    rest = slot - spread
    size = Fraction(10) ** -(1 + rest % 4)
    if rest % 3 == 2:
        share = size * sampler.share()
        return low + width * share if sampler.stream.below(2) else high - width * share
    if low < 0 < high:
        top = min(-low, high) * size * (1 + sampler.share()) / 2
        return top if sampler.stream.below(2) else -top
    near_low = abs(low) <= abs(high)
    share = size * (1 + sampler.share()) / 2
    return low + width * share if near_low else high - width * share


def _simplex(size: int, slot: int, sampler: _Sampler) -> list[Fraction]:
    weights = [sampler.share() for _ in range(size)]
    if slot % 5 == 4 and size > 1:
        weights[sampler.stream.below(size)] *= Fraction(10) ** -(1 + slot % 4)
    if slot % 7 == 6:
        weights[sampler.stream.below(size)] *= 10
    total = sum(weights)
    return [weight / total for weight in weights]
