"""The value of a sum, a product, a maximum or an expectation over indices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizzer.formulas.limits import MAX_TERMS, TooLarge, Undefined
from quizzer.formulas.tree import Big, Binder, Sym
from quizzer.formulas.vectors import logsumexp, multiplied

if TYPE_CHECKING:
    from quizzer.formulas.evaluating import Machine


def big(machine: Machine, node: Big) -> Any:
    terms: list[Any] = []
    places: list[Any] = []
    count = 0

    def loop(depth: int) -> None:
        nonlocal count
        if depth == len(node.binders):
            count += 1
            if count > MAX_TERMS:
                raise TooLarge(f"a sum has more than {MAX_TERMS:,} terms", "Write it with fewer terms")
            if node.condition is not None and not machine.at(node.condition):
                return
            term = machine.at(node.body)
            if node.weight is not None:
                term = machine.arithmetic.settle(term * machine.at(node.weight))
            terms.append(term)
            places.append(machine.bound[node.binders[0].name])
            return
        binder = node.binders[depth]
        low, high = _range(machine, binder)
        if high - low >= MAX_TERMS:
            raise TooLarge(f"a sum has more than {MAX_TERMS:,} terms", "Write it with fewer terms")
        saved = machine.bound.get(binder.name)
        for value in range(low, high + 1):
            machine.bound[binder.name] = value
            loop(depth + 1)
        machine.bound[binder.name] = saved

    loop(0)
    return _gathered(machine, node, terms, places)


def _range(machine: Machine, binder: Binder) -> tuple[int, int]:
    if binder.low is not None and binder.high is not None:
        low = machine.arithmetic.as_int(machine.ctx, machine.at(binder.low))
        high = machine.arithmetic.as_int(machine.ctx, machine.at(binder.high))
        if low is None or high is None:
            raise Undefined("a bound is not a whole number")
        return low, high
    lengths = set()
    for name, axis in binder.spans:
        value = machine.sym(Sym(name))
        for _ in range(axis):
            value = value[0] if value else []
        lengths.add(len(value))
    if len(lengths) != 1:
        raise Undefined("an index runs over vectors of different lengths")
    return 1, lengths.pop()


def _gathered(machine: Machine, node: Big, terms: list[Any], places: list[Any]) -> Any:
    if node.kind == "sum" or node.weight is not None:
        return machine.arithmetic.settle(sum(terms))
    if node.kind == "prod":
        return multiplied(machine, terms)
    if not terms:
        raise Undefined("of no terms")
    if node.kind == "mean":
        return machine.arithmetic.divide(machine.ctx, sum(terms), len(terms))
    if node.kind == "logsumexp":
        return logsumexp(machine, terms)
    if node.kind in ("argmax", "argmin"):
        best = max(terms) if node.kind == "argmax" else min(terms)
        return places[terms.index(best)]
    return max(terms) if node.kind == "max" else min(terms)
