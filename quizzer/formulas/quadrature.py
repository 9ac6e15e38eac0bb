"""The value of an integral and of a derivative, by numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizzer.formulas.limits import Undefined
from quizzer.formulas.tree import Const, Derivative, Integral, Neg, Node, Sym

if TYPE_CHECKING:
    from quizzer.formulas.evaluating import Machine


def integral(machine: Machine, node: Integral) -> Any:
    bounds = [_bound_of(machine, node.low), _bound_of(machine, node.high)]
    saved = machine.bound.get(node.name)

    def inside(x: Any) -> Any:
        machine.bound[node.name] = x
        return machine.at(node.body)

    outside, machine.ctx.far = machine.ctx.far, True
    try:
        value, error = machine.ctx.quad(inside, bounds, error=True)
    finally:
        machine.ctx.far = outside
        machine.bound[node.name] = saved
    if error > machine.ctx.mpf(10) ** -6 * max(1, abs(value)):
        raise Undefined("the integral does not converge")
    return machine.arithmetic.settle(value)


def _bound_of(machine: Machine, node: Node) -> Any:
    if node == Const("inf"):
        return machine.ctx.inf
    if node == Neg(Const("inf")):
        return -machine.ctx.inf
    return machine.ctx.mpf(machine.at(node))


def derivative(machine: Machine, node: Derivative) -> Any:
    if node.bound:
        where, key = machine.bound, node.name
        point = where[key]
    else:
        where, key = machine.values, node.name
        point = machine.sym(Sym(node.name))
    saved = where[key]
    places = [machine.arithmetic.as_int(machine.ctx, machine.at(index)) for index in node.indices]
    for place in places:
        if place is None or not isinstance(point, list) or not 1 <= place <= len(point):
            raise Undefined("an index is out of range")
        point = point[place - 1]

    def inside(x: Any) -> Any:
        where[key] = _replaced(saved, places, x)
        return machine.at(node.body)

    try:
        value = machine.ctx.diff(inside, machine.ctx.mpf(point), node.order)
    finally:
        where[key] = saved
    return machine.arithmetic.settle(value)


def _replaced(value: Any, places: list[int], new: Any) -> Any:
    if not places:
        return new
    out = list(value)
    out[places[0] - 1] = _replaced(out[places[0] - 1], places[1:], new)
    return out
