"""Functions of whole vectors: sums, means, norms, softmax, the place of the largest element."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from quizzer.formulas.limits import Undefined

if TYPE_CHECKING:
    from quizzer.formulas.evaluating import Machine


def flat(machine: Machine, value: Any) -> list[Any]:
    if not isinstance(value, list):
        return [value]
    out: list[Any] = []
    for item in value:
        out.extend(flat(machine, item))
    return out


def filled(machine: Machine, value: Any) -> list[Any]:
    items = flat(machine, value)
    if not items:
        raise Undefined("of nothing")
    return items


def total(machine: Machine, value: Any) -> Any:
    return machine.arithmetic.settle(sum(flat(machine, value)))


def multiplied(machine: Machine, value: Any) -> Any:
    out: Any = 1
    for item in flat(machine, value):
        out = machine.arithmetic.settle(out * item)
    return out


def mean(machine: Machine, value: Any) -> Any:
    items = filled(machine, value)
    return machine.arithmetic.divide(machine.ctx, total(machine, items), len(items))


def exps(machine: Machine, value: Any) -> tuple[list[Any], Any]:
    items = filled(machine, value)
    top = max(items)
    exp = machine.arithmetic.FUNCTIONS["exp"]
    return [exp(machine.ctx, item - top) for item in items], top


def softmax(machine: Machine, value: Any) -> list[Any]:
    parts, _ = exps(machine, value)
    total = sum(parts)
    return [part / total for part in parts]


def logsumexp(machine: Machine, value: Any) -> Any:
    parts, top = exps(machine, value)
    return top + machine.ctx.log(sum(parts))


def norm(machine: Machine, value: Any, order: Any = 2) -> Any:
    items = [abs(item) for item in flat(machine, value)]
    if order == 1:
        return total(machine, items)
    if order == 2:
        return machine.ctx.sqrt(sum(item * item for item in items))
    power, ctx = machine.arithmetic.power, machine.ctx
    if order < 1:
        raise Undefined("a norm of order below 1")
    return power(ctx, sum(power(ctx, item, order) for item in items), machine.arithmetic.divide(ctx, 1, order))


def dot(machine: Machine, left: Any, right: Any) -> Any:
    if len(left) != len(right):
        raise Undefined("vectors of different lengths")
    return machine.arithmetic.settle(sum(a * b for a, b in zip(left, right, strict=True)))


def argmax(machine: Machine, value: Any) -> int:
    items = filled(machine, value)
    return items.index(max(items)) + 1


def argmin(machine: Machine, value: Any) -> int:
    items = filled(machine, value)
    return items.index(min(items)) + 1


VECTORS: dict[str, Callable[..., Any]] = {
    "sum": total, "prod": multiplied, "mean": mean, "softmax": softmax,
    "logsumexp": logsumexp, "norm": norm, "dot": dot, "argmax": argmax,
    "argmin": argmin, "max": lambda machine, value: max(filled(machine, value)),
    "min": lambda machine, value: min(filled(machine, value)), "len": lambda machine, value: len(value),
}  # fmt: skip
