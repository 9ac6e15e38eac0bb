"""What a part of a formula is: a number, a vector or a matrix."""

from __future__ import annotations

from quizzer.errors import Unreadable
from quizzer.formulas import tree
from quizzer.formulas.names import OVER_VECTORS
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

TRANSPOSED = "transposed"
"""A call of this name stands for `x^T` until the vector after it makes it an inner product; nothing evaluates it."""


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
            if len(set(ranks) - {0}) > 1:
                vector = next(term for term, r in zip(terms, ranks, strict=True) if r)
                raise _vector(vector, scope, "a vector and a matrix are not added")
            return max(ranks)  # a number is added to every element
        case Div(top, bottom):
            _scalar(bottom, scope, "a divisor")
            return rank(top, scope)
        case Neg(inner):
            return rank(inner, scope)
        case Call(name, args):
            ranks = [rank(arg, scope) for arg in args]
            if name == TRANSPOSED:
                raise Unreadable("a transposed vector stands alone", "Write x^T y with two vectors, or dot(x, y)")
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
        case Pow(base, exponent):  # of every element
            _scalar(exponent, scope, "an exponent")
            return rank(base, scope)
        case Integral() | Derivative() | Compare() | Logic() | Indicator() | Cases():
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
