"""A formula as it was read: its tree, what it uses, how it is echoed. Checked once, so that evaluating can trust it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from quizzer.errors import Unreadable
from quizzer.formulas import tree
from quizzer.formulas.names import OVER_VECTORS
from quizzer.formulas.parser import read_tree
from quizzer.formulas.reading import reading
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

MAX_NODES = 2000
MAX_DEPTH = 120

_FEATURES = {"sum": "sum", "prod": "product", "mean": "expectation"}


@dataclass(frozen=True)
class Formula:
    """One formula read in one scope.

    `text` is what was typed, `node` its tree. Equal when typed alike in equal scopes.
    """

    text: str
    scope: Scope
    node: Node = field(compare=False, repr=False)

    @cached_property
    def reading(self) -> str:
        """The formula as it was understood, on one line."""
        return reading(self.node, frozenset(self.scope.by_canonical))

    @cached_property
    def symbols(self) -> frozenset[str]:
        """The declared symbols it uses."""
        used = {part.name for part in tree.walk(self.node) if isinstance(part, Sym)}
        for part in tree.walk(self.node):
            if isinstance(part, Derivative) and not part.bound:
                used.add(part.name)
        return frozenset(used)

    @cached_property
    def features(self) -> frozenset[str]:
        """What it is made of: `integral`, `derivative`, `sum`, `product`, `expectation`, `max`, `min`, `cases`,
        `indicator`, `power`, `division`, and the functions it calls by name (`log`, `exp`…)."""
        out = set()
        for part in tree.walk(self.node):
            match part:
                case Integral():
                    out.add("integral")
                case Derivative():
                    out.add("derivative")
                case Big(kind):
                    out.add(_FEATURES.get(kind, kind))
                case Call(name):
                    out.add(_FEATURES.get(name, name))
                case Cases():
                    out.add("cases")
                case Indicator():
                    out.add("indicator")
                case Compare() | Logic():
                    out.add("condition")
                case Pow():
                    out.add("power")
                case Div():
                    out.add("division")
                case _:
                    pass
        return frozenset(out)

    @cached_property
    def operations(self) -> int:
        """How many operators and functions it is written with."""
        count = 0
        for part in tree.walk(self.node):
            if isinstance(part, Add | Mul):
                count += len(tree.children(part)) - 1
            elif isinstance(part, Compare):
                count += len(part.ops)
            elif not isinstance(part, Num | Const | Sym | Bound | Index | Vec):
                count += 1
        return count

    @cached_property
    def rank(self) -> int:
        """0 a number or a condition, 1 a vector, 2 a matrix."""
        return rank(self.node, self.scope)

    @property
    def is_condition(self) -> bool:
        """Whether it is true or false rather than a number."""
        return tree.is_condition(self.node)


@lru_cache(maxsize=4096)
def parse(text: str, scope: Scope) -> Formula:
    """Read a formula typed plainly, in LaTeX or in Unicode.

    Raises Unreadable with the position and a hint: unknown symbols, ambiguous spellings, anything beyond the limits
    (2,000 characters, 600 tokens, 60 levels, 2,000 nodes).
    """
    node = read_tree(text, scope)
    _limit(node)
    formula = Formula(text, scope, node)
    rank(node, scope)
    return formula


def _limit(node: Node) -> None:
    stack = [(node, 1)]
    count = 0
    while stack:
        part, depth = stack.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            raise Unreadable("the formula is too large", "Shorten it")
        stack.extend((child, depth + 1) for child in tree.children(part))


def rank(node: Node, scope: Scope) -> int:
    """The rank of a node's value. Raises Unreadable where a vector stands in a number's place."""
    match node:
        case Num() | Const() | Bound():
            return 0
        case Sym(name):
            return scope.symbols[name].rank
        case Index(base, indices):
            for index in indices:
                _scalar(index, scope, "an index")
            return rank(base, scope) - len(indices)
        case Vec(items):
            return 1 + max(rank(item, scope) for item in items)
        case Mul(factors):
            ranks = [rank(factor, scope) for factor in factors]
            vectors = [factor for factor, r in zip(factors, ranks, strict=True) if r]
            if len(vectors) > 1:
                raise _vector(vectors[0], scope, "two vectors are not multiplied")
            return max(ranks)
        case Add(terms):
            ranks = [rank(term, scope) for term in terms]
            if len(set(ranks)) > 1:
                vector = next(term for term, r in zip(terms, ranks, strict=True) if r)
                raise _vector(vector, scope, "a vector and a number are not added")
            return ranks[0]
        case Div(top, bottom):
            _scalar(bottom, scope, "a divisor")
            return rank(top, scope)
        case Neg(inner):
            return rank(inner, scope)
        case Call(name, args):
            ranks = [rank(arg, scope) for arg in args]
            if name in OVER_VECTORS:
                if name not in ("max", "min", "norm", "sum", "prod", "mean") and not ranks[0]:
                    raise Unreadable(f"`{name}` takes a vector", f"Write {name}(x) of a declared vector x")
                return 1 if name == "softmax" else 0
            if len(args) > 1:
                for arg in args:
                    _scalar(arg, scope, f"an argument of `{name}`")
            return max(ranks)
        case Big(_, binders, body, condition, weight):
            for binder in binders:
                for bound in (binder.low, binder.high):
                    if bound is not None:
                        _scalar(bound, scope, "a bound")
            for part in (condition, weight):
                if part is not None:
                    _scalar(part, scope, "a condition or weight")
            _scalar(body, scope, "the body of a sum, product or maximum")
            return 0
        case Integral() | Derivative() | Pow() | Compare() | Logic() | Indicator() | Cases():
            for part in tree.children(node):
                _scalar(part, scope, "this place")
            return 0


def _scalar(node: Node, scope: Scope, what: str) -> None:
    if rank(node, scope):
        raise _vector(node, scope, f"{what} must be a number")


def _vector(node: Node, scope: Scope, message: str) -> Unreadable:
    shown = reading(node, frozenset(scope.by_canonical))
    hint = f"write {shown}_i, or sum_i over it" if isinstance(node, Sym) else "index it"
    return Unreadable(f"`{shown}` is a vector: {message}", hint[0].upper() + hint[1:])
