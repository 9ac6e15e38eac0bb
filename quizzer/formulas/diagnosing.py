"""What kind of difference it is, from values already computed: a factor, a sign, a constant, an index off by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import tree
from quizzer.formulas.evaluating import Budget, Machine
from quizzer.formulas.formula import Formula
from quizzer.formulas.limits import Undefined
from quizzer.formulas.names import show
from quizzer.formulas.numbers import show_number
from quizzer.formulas.scope import Scope, canonical
from quizzer.formulas.tree import Add, Big, Binder, Bound, Call, Index, Neg, Node, Num, Sym
from quizzer.lean import dataclass

_MOST = 10
_TRIED = 16


@dataclass(frozen=True, slots=True)
class Pair:
    """Both values at one point; `gap` is their distance as a share of the larger."""

    values: dict[str, Any]
    given: Any
    expected: Any
    gap: Any


def diagnose(given: Formula, expected: Formula, pairs: list[Pair]) -> str:
    """The kind of difference in a few words, "" when none is recognised."""
    pairs = pairs[:_MOST]
    if len(pairs) < 3 or any(isinstance(value, list | bool) for pair in pairs for value in (pair.given, pair.expected)):
        return ""
    import mpmath

    with mpmath.workdps(50):
        return _by_values(mpmath, pairs, bool(expected.symbols)) or _by_variants(mpmath, expected, pairs)


def _by_values(mpmath: Any, pairs: list[Pair], varies: bool) -> str:
    nonzero = [pair for pair in pairs if pair.expected and pair.given]
    if len(nonzero) == len(pairs) and varies and _spread(mpmath, [pair.expected for pair in pairs]):
        ratio = _constant(mpmath, [pair.given / pair.expected for pair in pairs])
        if ratio is not None:
            return _named_ratio(mpmath, ratio)
    difference = _constant(mpmath, [pair.given - pair.expected for pair in pairs])
    if difference is not None and varies and _spread(mpmath, [pair.expected for pair in pairs]):
        shown = _named(mpmath, abs(difference))
        return f"differs by a constant: yours is {shown} too {'large' if difference > 0 else 'small'}"
    if len(nonzero) == len(pairs):
        if _constant(mpmath, [pair.given * pair.expected for pair in pairs], 1) is not None:
            return "yours is the reciprocal"
        if all(_near(mpmath, abs(pair.given), abs(pair.expected)) for pair in pairs):
            return "the sign is wrong in places"
        if all(_near(mpmath, pair.given, pair.expected**2) for pair in pairs):
            return "yours is the square of what is expected"
        if all(pair.expected > 0 and _near(mpmath, pair.given**2, pair.expected) for pair in pairs):
            return "yours is the square root of what is expected"
    if all(pair.expected > 0 and _near(mpmath, pair.given, mpmath.log(pair.expected)) for pair in pairs):
        return "yours is the logarithm of what is expected"
    if all(pair.given > 0 and _near(mpmath, mpmath.log(pair.given), pair.expected) for pair in pairs):
        return "yours is the exponential of what is expected"
    if all(_near(mpmath, pair.given, 1 - pair.expected) for pair in pairs):
        return "yours is 1 minus what is expected"
    return ""


def _near(mpmath: Any, left: Any, right: Any) -> bool:
    return bool(abs(left - right) <= mpmath.mpf(10) ** -25 * max(abs(left), abs(right)))


def _spread(mpmath: Any, values: list[Any]) -> bool:
    return not all(_near(mpmath, value, values[0]) for value in values)


def _constant(mpmath: Any, values: list[Any], wanted: Any = None) -> Any:
    first = values[0] if wanted is None else mpmath.mpf(wanted)
    return first if first and all(_near(mpmath, value, first) for value in values) else None


def _named_ratio(mpmath: Any, ratio: Any) -> str:
    if _near(mpmath, ratio, mpmath.mpf(-1)):
        return "the sign is wrong"
    sign = " and the sign is wrong" if ratio < 0 else ""
    size = abs(ratio)
    if _near(mpmath, size * mpmath.log(2), mpmath.mpf(1)) or _near(mpmath, size * mpmath.log(10), mpmath.mpf(1)):
        base = 2 if size > 1 else 10
        return f"your logarithm has base {base}, another is expected{sign}"
    if _near(mpmath, size, mpmath.log(2)) or _near(mpmath, size, mpmath.log(10)):
        base = 2 if size < 1 else 10
        return f"a logarithm to base {base} is expected{sign}"
    return f"off by a factor of {_named(mpmath, size)}{sign}"


def _named(mpmath: Any, value: Any) -> str:
    """A constant as a small fraction, a multiple of a known one, or six digits."""
    known = {"": mpmath.mpf(1), "π": mpmath.pi, "√2": mpmath.sqrt(2), "√π": mpmath.sqrt(mpmath.pi),
             "√(2π)": mpmath.sqrt(2 * mpmath.pi), "ln 2": mpmath.log(2), "e": mpmath.e}  # fmt: skip
    for name, constant in known.items():
        for power, shape in ((1, "{}"), (-1, "1/{}")):
            if power < 0 and not name:
                continue
            share = value / constant**power
            for bottom in range(1, 13):
                whole = mpmath.nint(share * bottom)
                if 0 < whole < 1000 and _near(mpmath, share * bottom, whole):
                    fraction = Fraction(int(whole), bottom)
                    if not name:
                        return str(fraction)
                    base = shape.replace("{}", name)
                    return base if fraction == 1 else f"{fraction}·{base}"
    return show_number(value)


# --- variants of the expected formula ------------------------------------------------------------------------------


def _by_variants(mpmath: Any, expected: Formula, pairs: list[Pair]) -> str:
    """Whether the given formula equals the expected one with an index shifted or another logarithm."""
    budget = Budget(60_000)
    for tried, (note, node) in enumerate(_variants(expected.node, expected.scope)):
        if tried >= _TRIED or budget.left < 0:
            break
        agreed = 0
        for pair in pairs:
            try:
                machine = Machine(expected.scope, pair.values, 40, budget)
                value = machine.published(machine.run(node))
            except Undefined:
                continue
            except Unreadable:
                agreed = 0
                break
            if isinstance(value, list) or not _near(mpmath, value, pair.given):
                agreed = 0
                break
            agreed += 1
        if agreed >= 2:
            return note
    return ""


def _variants(node: Node, scope: Scope) -> Iterator[tuple[str, Node]]:
    one = Num(1, "1")

    def shifted(part: Node, by: int) -> Node:
        return Add((part, one if by > 0 else Neg(one)))

    indices = {
        index
        for part in tree.walk(node)
        if isinstance(part, Index)
        for index in part.indices
        if any(isinstance(leaf, Sym | Bound) for leaf in tree.walk(index))
    }
    for part in tree.walk(node):
        if isinstance(part, Big):
            for place, binder in enumerate(_ranged(binder, scope) for binder in part.binders):
                if binder.low is None or binder.high is None:
                    continue
                for low, high in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                    changed = replace(
                        binder,
                        low=shifted(binder.low, low) if low else binder.low,
                        high=shifted(binder.high, high) if high else binder.high,
                    )
                    binders = (*part.binders[:place], changed, *part.binders[place + 1 :])
                    yield "a bound is off by one", _swapped(node, part, replace(part, binders=binders))
    for index in sorted(indices, key=str):
        for by in (1, -1):
            yield "an index is shifted by one", _mapped(node, lambda part, i=index, by=by: _moved(part, i, by))  # type: ignore[misc]  # bound early on purpose
    whole = {
        part.name: part
        for part in tree.walk(node)
        if isinstance(part, Sym)
        and scope.symbols[part.name].kind in ("int", "index")
        and not scope.symbols[part.name].rank
    }
    for name, symbol in whole.items():
        for by in (1, -1):
            note = f"yours is right for {show(canonical(name))} {'+' if by > 0 else '−'} 1: shifted by one"
            yield note, _replaced(node, symbol, shifted(symbol, by))
    for function in ("log2", "log10"):
        if any(isinstance(part, Call) and part.name == "log" and len(part.args) == 1 for part in tree.walk(node)):
            yield (
                f"your logarithm has base {function[3:]}, another is expected",
                _mapped(node, lambda part, name=function: _logged(part, name)),  # type: ignore[misc]  # bound early on purpose
            )
    if any(isinstance(part, Call) and part.name in ("log2", "log10") for part in tree.walk(node)):
        yield "a logarithm to another base is expected", _mapped(node, _natural)


def _ranged(binder: Binder, scope: Scope) -> Binder:
    """The binder with the bounds that an inferred range has, where the declaration says how long it is."""
    if binder.low is not None or not binder.spans:
        return binder
    name, axis = binder.spans[0]
    declaration = scope.symbols[name]
    lengths = (*declaration.dimensions, *((declaration.size,) if declaration.kind == "simplex" else ()))
    return replace(binder, low=Num(1, "1"), high=lengths[axis]) if axis < len(lengths) else binder


def _moved(part: Node, index: Node, by: int) -> Node | None:
    if isinstance(part, Index) and index in part.indices:
        step: Node = Num(1, "1") if by > 0 else Neg(Num(1, "1"))
        return replace(part, indices=tuple(Add((i, step)) if i == index else i for i in part.indices))
    return None


def _logged(part: Node, name: str) -> Node | None:
    return replace(part, name=name) if isinstance(part, Call) and part.name == "log" and len(part.args) == 1 else None


def _natural(part: Node) -> Node | None:
    return replace(part, name="log") if isinstance(part, Call) and part.name in ("log2", "log10") else None


def _replaced(node: Node, old: Node, new: Node) -> Node:
    return _mapped(node, lambda part: new if part == old else None)


def _swapped(node: Node, old: Node, new: Node) -> Node:
    return _mapped(node, lambda part: new if part is old else None)


def _mapped(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """The tree with every part replaced for which `change` gives another."""
    changed = change(node)
    if changed is not None and type(changed) is not type(node):
        return changed  # n + 1 holds n itself
    node = changed if changed is not None else node
    match node:
        case tree.Add(terms):
            return Add(tuple(_mapped(part, change) for part in terms))
        case tree.Mul(factors):
            return tree.Mul(tuple(_mapped(part, change) for part in factors))
        case tree.Div(top, bottom):
            return tree.Div(_mapped(top, change), _mapped(bottom, change))
        case tree.Neg(inner):
            return Neg(_mapped(inner, change))
        case tree.Pow(base, exponent):
            return tree.Pow(_mapped(base, change), _mapped(exponent, change))
        case Call(name, args):
            return Call(name, tuple(_mapped(part, change) for part in args))
        case Big():
            return replace(node, body=_mapped(node.body, change))
        case tree.Cases(branches, default):
            moved = tuple((test, _mapped(value, change)) for test, value in branches)
            return tree.Cases(moved, _mapped(default, change) if default is not None else None)
        case _:
            return node
