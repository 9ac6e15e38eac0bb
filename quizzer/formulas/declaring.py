"""Reading declarations: plain deck data becomes a scope, every complaint names its symbol."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas.formula import parse
from quizzer.formulas.names import KEYWORDS
from quizzer.formulas.scope import EMPTY, Declaration, DeclarationKind, Scope, canonical
from quizzer.formulas.tree import Node, Num
from quizzer.text import nearest

_KINDS = ("int", "real", "choice", "simplex", "index", "value")
_OPTIONS = {
    "int": ("length", "shape", "step", "points"),
    "real": ("length", "shape", "decimals", "points"),
    "choice": ("length", "shape"),
    "simplex": ("grid", "length"),
    "index": (),
    "value": (),
}
_EXAMPLE = "For instance {real: [-3, 3]}, {int: [1, 5]}, {choice: [1, 2]}, {simplex: 3}, {index: n} or {value: '2*n'}"


def declare(specs: Mapping[str, Any]) -> Scope:
    """The scope that plain deck data declares, in order.

    A value is a number (a constant) or a map with exactly one of `int: [lo, hi]` (optional `step`), `real: [lo, hi]`
    (`decimals` when drawn), `choice: [...]`, `simplex: n` (optional `grid`), `index: n` (1 to n), `value: expression`;
    `length: n` makes a vector, `shape: [l, m]` a matrix; `points: [...]` of an int or real are values that comparing
    must try. Bounds and lengths are numbers or expressions in earlier symbols. Raises Unreadable naming the symbol.
    """
    scope = EMPTY
    for name, spec in specs.items():
        scope = extend(scope, str(name), spec)
    return scope


def extend(scope: Scope, name: str, spec: Any) -> Scope:
    """`scope` with one more symbol."""
    known = canonical(name)
    if known in KEYWORDS:
        raise Unreadable(f"`{name}` is a word of the formula language", "Choose another name")
    try:
        declaration = _read(scope, name, spec)
    except Unreadable as error:
        if error.message.startswith(f"`{name}`"):
            raise
        raise Unreadable(f"`{name}`: {error.message}", error.fix) from error
    longer = Scope((*scope.declarations, declaration), f"{scope.key}{name}={spec!r};")
    if len(longer.by_canonical) < len(longer.declarations):
        raise Unreadable(f"`{name}` is declared twice", "Declare each symbol once")
    return longer


def _read(scope: Scope, name: str, spec: Any) -> Declaration:
    if isinstance(spec, bool):
        raise Unreadable(f"`{name}` has no domain", _EXAMPLE)
    if isinstance(spec, int | float | Decimal | Fraction):
        return Declaration(name, "constant", value=_exact(spec))
    if not isinstance(spec, Mapping):
        raise Unreadable(f"`{name}` has no domain", _EXAMPLE)
    kinds = [key for key in spec if key in _KINDS]
    if len(kinds) != 1:
        other = next((key for key in spec if key not in _KINDS), "")
        near = nearest(str(other), _KINDS) if other else None
        hint = f"Did you mean {near}? " if near else ""
        problem = "has two domains" if kinds else "has no domain"
        raise Unreadable(f"`{name}` {problem}", hint + _EXAMPLE)
    kind = kinds[0]
    for key in spec:
        if key != kind and key not in _OPTIONS[kind]:
            near = nearest(str(key), _OPTIONS[kind])
            allowed = ", ".join(_OPTIONS[kind]) or "nothing else"
            raise Unreadable(
                f"`{name}`: `{key}` does not go with `{kind}`",
                f"Did you mean {near}?" if near else f"Allowed: {allowed}",
            )
    return _of_kind(scope, name, kind, spec)


def _of_kind(scope: Scope, name: str, kind: str, spec: Mapping[str, Any]) -> Declaration:
    dimensions = _dimensions(scope, name, spec)
    rank = len(dimensions)
    if kind in ("int", "real"):
        low, high = _bounds(scope, name, kind, spec[kind])
        step = _whole(name, "step", spec["step"], 1, 10**9) if "step" in spec else 1
        decimals = _whole(name, "decimals", spec["decimals"], 0, 12) if "decimals" in spec else None
        which: DeclarationKind = "int" if kind == "int" else "real"
        points = _points(scope, name, spec)
        return Declaration(name, which, low, high, step, decimals, points=points, dimensions=dimensions, rank=rank)
    if kind == "choice":
        choices = _choices(name, spec["choice"])
        return Declaration(name, "choice", choices=choices, dimensions=dimensions, rank=rank)
    if kind == "simplex":
        grid = _whole(name, "grid", spec["grid"], 1, 10**6) if "grid" in spec else None
        size = _expression(scope, name, spec["simplex"])
        return Declaration(name, "simplex", size=size, grid=grid, dimensions=dimensions, rank=rank + 1)
    if kind == "index":
        return Declaration(name, "index", size=_expression(scope, name, spec["index"]))
    if not isinstance(spec["value"], str | int | Decimal | float):
        raise Unreadable(f"`{name}`: `value` must be an expression", "For instance {value: '2*n + 1'}")
    formula = parse(str(spec["value"]), scope)
    if formula.is_condition:
        raise Unreadable(f"`{name}`: `value` is a condition, not a number", "Write [condition] for 1 or 0")
    return Declaration(name, "value", value=formula.node, rank=formula.rank)


def _dimensions(scope: Scope, name: str, spec: Mapping[str, Any]) -> tuple[Node, ...]:
    if "length" in spec and "shape" in spec:
        raise Unreadable(f"`{name}` has both `length` and `shape`", "A vector has a length, a matrix a shape")
    if "length" in spec:
        return (_expression(scope, name, spec["length"]),)
    if "shape" in spec:
        shape = spec["shape"]
        if not isinstance(shape, list | tuple) or len(shape) != 2:
            raise Unreadable(f"`{name}`: `shape` is a list of two lengths", "For instance shape: [2, 3]")
        return tuple(_expression(scope, name, part) for part in shape)
    return ()


def _points(scope: Scope, name: str, spec: Mapping[str, Any]) -> tuple[Node, ...]:
    points = spec.get("points", [])
    if not isinstance(points, list | tuple) or len(points) > 10:
        raise Unreadable(
            f"`{name}`: `points` is a list of at most 10 values that comparing must try", "For instance points: [0, 1]"
        )
    return tuple(_expression(scope, name, point) for point in points)


def _bounds(scope: Scope, name: str, kind: str, bounds: Any) -> tuple[Node, Node]:
    if not isinstance(bounds, list | tuple) or len(bounds) != 2:
        raise Unreadable(f"`{name}`: `{kind}` needs its lowest and highest value", f"For instance {{{kind}: [1, 5]}}")
    low, high = (_expression(scope, name, bound) for bound in bounds)
    first, last = _number_of(low), _number_of(high)
    if first is not None and last is not None and first > last:
        raise Unreadable(f"`{name}`: the lowest value is above the highest", "Swap the bounds")
    if kind == "int":
        for value in (first, last):
            if value is not None and Fraction(value).denominator != 1:
                raise Unreadable(f"`{name}`: the bounds of an int are whole numbers", "Use real for others")
    return low, high


def _number_of(node: Node) -> int | Fraction | None:
    from quizzer.formulas.tree import Neg

    if isinstance(node, Num):
        return node.value
    if isinstance(node, Neg) and isinstance(node.inner, Num):
        return -node.inner.value
    return None


def _choices(name: str, values: Any) -> tuple[int | Decimal | str, ...]:
    if not isinstance(values, list | tuple) or not values:
        raise Unreadable(f"`{name}`: `choice` needs a list of values", "For instance {choice: [1, 2, 4]}")
    out: list[int | Decimal | str] = []
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | Decimal | float | str):
            raise Unreadable(f"`{name}`: `{value}` can't be chosen", "Choices are numbers or texts")
        out.append(Decimal(repr(value)) if isinstance(value, float) else value)
    if len({isinstance(value, str) for value in out}) > 1:
        raise Unreadable(f"`{name}`: choices are all numbers or all texts", "Unquote the numbers, or quote them all")
    if len(set(out)) < len(out):
        raise Unreadable(f"`{name}`: a choice stands twice", "Write each value once")
    return tuple(out)


def _whole(name: str, key: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Unreadable(f"`{name}`: `{key}` must be a whole number from {low} to {high}", "")
    return value


def _expression(scope: Scope, name: str, value: Any) -> Node:
    """A bound or a length: a number, or an expression in earlier symbols."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise Unreadable(
            f"`{name}`: `{value}` is no bound or length", "Write a number, or an expression in earlier symbols"
        )
    text = (
        format(Decimal(repr(value)) if isinstance(value, float) else value, "") if not isinstance(value, str) else value
    )
    formula = parse(text, scope)
    if formula.is_condition or formula.rank:
        raise Unreadable(f"`{name}`: `{value}` is not a number", "Write a number, or an expression in earlier symbols")
    return formula.node


def _exact(value: int | float | Decimal | Fraction) -> int | Decimal | Fraction:
    return Decimal(repr(value)) if isinstance(value, float) else value


def check_drawable(scope: Scope) -> None:
    """Raise Unreadable for a symbol whose domain can be sampled but not drawn: a real needs its decimals."""
    for declaration in scope.declarations:
        if declaration.kind == "real" and declaration.decimals is None:
            raise Unreadable(
                f"`{declaration.name}` is drawn without a number of decimals",
                f"Add `decimals`, for instance {declaration.name}: {{real: [...], decimals: 2}}",
            )
