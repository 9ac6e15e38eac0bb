"""The value of a formula at given values. A walk over the tree: no generated code, every step counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import ModuleType
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import quadrature, ranging
from quizzer.formulas.formula import Formula
from quizzer.formulas.limits import MAX_OPERATIONS, TooLarge, Undefined
from quizzer.formulas.scope import Scope
from quizzer.formulas.tree import (
    Add,
    Big,
    Bound,
    Call,
    Cases,
    Compare,
    Const,
    Derivative,
    Div,
    Index,
    Indicator,
    Integral,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Sym,
    Vec,
)  # fmt: skip
from quizzer.formulas.vectors import VECTORS

_arithmetic: ModuleType | None = None


def _load() -> Any:
    """mpmath's import takes longer than everything else here; a question without numbers never pays for it."""
    global _arithmetic  # noqa: PLW0603 - the module is looked up in every evaluation, an import statement costs more
    if _arithmetic is None:
        from quizzer.formulas import arithmetic

        _arithmetic = arithmetic
    return _arithmetic


class Budget:
    """Operations left. One budget may serve many evaluations."""

    __slots__ = ("left",)

    def __init__(self, operations: int = MAX_OPERATIONS) -> None:
        self.left = operations

    def spend(self, operations: int) -> None:
        self.left -= operations
        if self.left < 0:
            raise TooLarge("the formula takes too many operations", "Write it with fewer terms")


def evaluate(formula: Formula, values: Mapping[str, Any], digits: int = 30) -> Any:
    """The value of `formula` at `values`: an mpf, a bool for a condition, a list for a vector.

    `values` maps symbols to int, Decimal, Fraction, mpf or lists of them; constants and derived symbols may be left
    out. Raises Undefined where there is no real value, Unreadable beyond the limits (`limits`) or without a value for
    a symbol.
    """
    machine = Machine(formula.scope, values, digits)
    return machine.published(machine.run(formula.node))


def holds(condition: Formula, values: Mapping[str, Any]) -> bool:
    """Whether a condition is true at `values`. Raises Unreadable for a formula that is no condition."""
    if not condition.is_condition:
        raise Unreadable(f"`{condition.text}` is a number, not a condition", "Write a comparison, for instance x > 0")
    return bool(Machine(condition.scope, values, 30).run(condition.node))


class Machine:
    """Evaluates nodes of one scope at one set of values and one precision (decimal digits)."""

    def __init__(self, scope: Scope, values: Mapping[str, Any], digits: int, budget: Budget | None = None) -> None:
        self.arithmetic = _load()
        self.digits = digits
        self.ctx = self.arithmetic.context(digits)
        self.scope = scope
        self.given = values
        self.values: dict[str, Any] = {}
        self.bound: dict[str, Any] = {}
        self.budget = budget or Budget()
        self.literals: dict[tuple[int, int], Any] = {}

    def run(self, node: Node) -> Any:
        """The value in the private context. Raises Undefined or Unreadable, nothing else."""
        self.arithmetic.context(self.digits)  # another machine may have set another precision since
        try:
            return self.at(node)
        except (OverflowError, ValueError, ZeroDivisionError, TypeError) as error:
            raise Undefined(str(error)) from error
        except RecursionError as error:
            raise TooLarge("the formula nests too deeply") from error

    def published(self, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, list):
            return [self.published(item) for item in value]
        return self.arithmetic.public(value)

    def at(self, node: Node) -> Any:
        self.budget.left -= 1
        if self.budget.left < 0:
            self.budget.spend(0)
        return _STEPS[type(node)](self, node)

    # --- leaves --------------------------------------------------------------------------------------------------

    def num(self, node: Num) -> Any:
        value = node.value
        return value if isinstance(value, int) else self.fraction(value)

    def fraction(self, value: Fraction) -> Any:
        key = (id(value), self.ctx.prec)
        found = self.literals.get(key)
        if found is None:
            found = self.literals[key] = self.ctx.mpf(value.numerator) / value.denominator
        return found

    def const(self, node: Const) -> Any:
        if node.name == "inf":
            raise Undefined("infinity is no number")
        return +self.ctx.pi if node.name == "pi" else +self.ctx.e

    def sym(self, node: Sym) -> Any:
        found = self.values.get(node.name)
        if found is None:
            found = self.values[node.name] = self.value_of(node.name)
        return found

    def value_of(self, name: str) -> Any:
        if name in self.given:
            return self.number(name, self.given[name])
        declaration = self.scope.symbols[name]
        if declaration.kind == "constant":
            return self.number(name, declaration.value)
        if declaration.kind == "value":
            saved, self.bound = self.bound, {}
            value = self.at(declaration.value)  # type: ignore[arg-type]  # a derived symbol holds a node
            self.bound = saved
            return value
        raise Unreadable(f"`{name}` has no value", "Give every symbol a value")

    def number(self, name: str, value: Any) -> Any:
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, int):
            return value
        if isinstance(value, list | tuple):
            return [self.number(name, item) for item in value]
        if isinstance(value, Decimal):
            value = Fraction(value) if value.is_finite() else None
        if isinstance(value, Fraction):
            if value.denominator == 1:
                return value.numerator
            return self.ctx.mpf(value.numerator) / value.denominator
        if value is None or isinstance(value, str):
            raise Unreadable(f"`{name}` is no number", "Use it in texts only")
        return self.arithmetic.settle(
            self.ctx.mpf(value) if isinstance(value, float) else self.ctx.make_mpf(value._mpf_)
        )

    def bound_name(self, node: Bound) -> Any:
        return self.bound[node.name]

    # --- arithmetic ----------------------------------------------------------------------------------------------

    def add(self, node: Add) -> Any:
        total = self.at(node.terms[0])
        for term in node.terms[1:]:
            total = self.both(_plus, total, self.at(term))
        return total if isinstance(total, list) else self.arithmetic.settle(total)

    def both(self, step: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
        """`step` on numbers, on vectors of one length element by element, or on a number and every element."""
        if isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                raise Undefined("vectors of different lengths")
            self.budget.spend(len(left))
            return [self.both(step, a, b) for a, b in zip(left, right, strict=True)]
        if isinstance(left, list):
            return self.each(lambda item: step(item, right), left)
        if isinstance(right, list):
            return self.each(lambda item: step(left, item), right)
        return step(left, right)

    def each(self, step: Callable[[Any], Any], value: Any) -> Any:
        if isinstance(value, list):
            self.budget.spend(len(value))
            return [self.each(step, item) for item in value]
        return step(value)

    def mul(self, node: Mul) -> Any:
        total = self.at(node.factors[0])
        for factor in node.factors[1:]:
            other = self.at(factor)
            if isinstance(total, list):
                total, other = other, total
            if isinstance(other, list):
                by = total
                total = self.each(lambda item, by=by: self.arithmetic.settle(by * item), other)  # type: ignore[misc]  # by is bound early on purpose
            else:
                total = self.arithmetic.settle(total * other)
        return total

    def div(self, node: Div) -> Any:
        bottom = self.at(node.bottom)
        return self.each(
            lambda top: self.arithmetic.settle(self.arithmetic.divide(self.ctx, top, bottom)), self.at(node.top)
        )

    def neg(self, node: Neg) -> Any:
        return self.each(lambda value: -value, self.at(node.inner))

    def pow(self, node: Pow) -> Any:
        self.budget.left -= 2
        if node.base == _E:
            return self.arithmetic.settle(self.arithmetic.FUNCTIONS["exp"](self.ctx, self.at(node.exponent)))
        base, exponent = self.at(node.base), self.at(node.exponent)
        return self.each(lambda item: self.arithmetic.power(self.ctx, item, exponent), base)

    # --- functions -----------------------------------------------------------------------------------------------

    def call(self, node: Call) -> Any:
        name = node.name
        args = [self.at(arg) for arg in node.args]
        special = VECTORS.get(name)
        if special is not None:
            if len(args) > 1 and name not in ("norm", "dot"):
                args = [args]
            self.budget.spend(3 * (len(args[0]) if isinstance(args[0], list) else 1))
            return special(self, *args)
        self.budget.spend(self.arithmetic.COSTS.get(name, 2))
        step = self.arithmetic.FUNCTIONS[name]
        if len(args) == 1:
            return self.each(lambda x: self.arithmetic.settle(step(self.ctx, x)), args[0])
        return self.arithmetic.settle(step(self.ctx, *args))

    # --- elements, cases, conditions -----------------------------------------------------------------------------

    def index(self, node: Index) -> Any:
        value = self.at(node.base)
        for part in node.indices:
            place = self.at(part)
            if not isinstance(place, int):
                place = self.arithmetic.as_int(self.ctx, place)
            if place is None or not isinstance(value, list) or not 1 <= place <= len(value):
                raise Undefined("an index is out of range")
            value = value[place - 1]
        return value

    def vec(self, node: Vec) -> list[Any]:
        return [self.at(item) for item in node.items]

    def cases(self, node: Cases) -> Any:
        for condition, value in node.branches:
            if self.at(condition):
                return self.at(value)
        if node.default is None:
            raise Undefined("no case applies")
        return self.at(node.default)

    def compare(self, node: Compare) -> bool:
        left = self.at(node.operands[0])
        for op, operand in zip(node.ops, node.operands[1:], strict=True):
            right = self.at(operand)
            equal = self.arithmetic.same(self.ctx, left, right)
            if not (
                equal if op in ("=", "<=", ">=") and equal
                else op != "=" and not equal and (op == "!=" or ((left < right) == op.startswith("<")))
            ):  # fmt: skip
                return False
            left = right
        return True

    def logic(self, node: Logic) -> bool:
        if node.op == "not":
            return not self.at(node.args[0])
        if node.op == "and":
            return all(self.at(arg) for arg in node.args)
        return any(self.at(arg) for arg in node.args)

    def indicator(self, node: Indicator) -> int:
        return int(self.at(node.condition))


def _plus(left: Any, right: Any) -> Any:
    return left + right


_E = Const("e")
_STEPS: dict[type, Callable[[Machine, Any], Any]] = {
    Num: Machine.num, Const: Machine.const, Sym: Machine.sym, Bound: Machine.bound_name, Add: Machine.add,
    Mul: Machine.mul, Div: Machine.div, Neg: Machine.neg, Pow: Machine.pow, Call: Machine.call, Index: Machine.index,
    Vec: Machine.vec, Big: ranging.big, Cases: Machine.cases, Compare: Machine.compare, Logic: Machine.logic,
    Indicator: Machine.indicator, Integral: quadrature.integral, Derivative: quadrature.derivative,
}  # fmt: skip
