"""The tree of a formula: a closed set of frozen nodes and what can be asked of them without values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quizzer.lean import dataclass


@dataclass(frozen=True, slots=True)
class Num:
    """An exact number; `text` is its spelling."""

    value: int | Fraction
    text: str = ""


@dataclass(frozen=True, slots=True)
class Const:
    """`pi`, `e` or `inf`."""

    name: str


@dataclass(frozen=True, slots=True)
class Sym:
    """A declared symbol, under the name its declaration gives it."""

    name: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A name bound by a sum, a product, an integral, an expectation."""

    name: str


@dataclass(frozen=True, slots=True)
class Add:
    """Two or more terms; a subtracted term is a `Neg`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mul:
    """Two or more factors."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Div:
    """A quotient."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Neg:
    """A change of sign."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Pow:
    """A power; chains associate to the right."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the closed list (`names.FUNCTIONS`) with its arguments."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An element of a vector or matrix; indices count from 1."""

    base: Node
    indices: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Vec:
    """A vector written out."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binder:
    """One bound index and its range.

    Without bounds the range is 1 to the common length of `spans`, (symbol, axis) pairs of what the index selects in
    the body.
    """

    name: str
    low: Node | None = None
    high: Node | None = None
    spans: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Big:
    """`sum`, `prod`, `max`, `min`, `argmax`, `argmin`, `mean` or `logsumexp` of a body over indices.

    `condition` filters the terms; `weight` is the distribution of an expectation over one index.
    """

    kind: str
    binders: tuple[Binder, ...]
    body: Node
    condition: Node | None = None
    weight: Node | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """Branches of (condition, value), the first true one counts; undefined when none is and there is no default."""

    branches: tuple[tuple[Node, Node], ...]
    default: Node | None


@dataclass(frozen=True, slots=True)
class Compare:
    """A chain of comparisons: `ops[i]` stands between `operands[i]` and `operands[i + 1]`."""

    ops: tuple[str, ...]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """`and`, `or` or `not` of conditions."""

    op: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """1 where the condition holds, else 0."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Integral:
    """A definite integral over the bound name."""

    name: str
    low: Node
    high: Node
    body: Node


@dataclass(frozen=True, slots=True)
class Derivative:
    """A derivative with respect to a symbol or an element of one (`indices`), taken at its value."""

    body: Node
    name: str
    bound: bool
    indices: tuple[Node, ...] = ()
    order: int = 1


Node = (
    Num | Const | Sym | Bound | Add | Mul | Div | Neg | Pow | Call | Index | Vec | Big | Cases | Compare | Logic
    | Indicator | Integral | Derivative
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node, in reading order."""
    match node:
        case Num() | Const() | Sym() | Bound():
            return ()
        case Add(terms):
            return terms
        case Mul(factors):
            return factors
        case Div(top, bottom):
            return (top, bottom)
        case Neg(inner):
            return (inner,)
        case Pow(base, exponent):
            return (base, exponent)
        case Call(_, args):
            return args
        case Index(base, indices):
            return (base, *indices)
        case Vec(items):
            return items
        case Big():
            bounds = [b for binder in node.binders for b in (binder.low, binder.high) if b is not None]
            return (*bounds, *(part for part in (node.condition, node.weight) if part is not None), node.body)
        case Cases(branches, default):
            parts = [part for branch in branches for part in branch]
            return (*parts, default) if default is not None else tuple(parts)
        case Compare(_, operands):
            return operands
        case Logic(_, args):
            return args
        case Indicator(condition):
            return (condition,)
        case Integral(_, low, high, body):
            return (low, high, body)
        case Derivative():
            return (*node.indices, node.body)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))


def is_condition(node: Node) -> bool:
    """Whether the node is true or false rather than a number."""
    return isinstance(node, Compare | Logic)


def uses_bound(node: Node, name: str) -> bool:
    """Whether `name`, bound outside, is used inside."""
    if isinstance(node, Bound):
        return node.name == name
    if isinstance(node, Big) and any(binder.name == name for binder in node.binders):
        return any(uses_bound(b, name) for binder in node.binders for b in (binder.low, binder.high) if b is not None)
    if isinstance(node, Integral) and node.name == name:
        return uses_bound(node.low, name) or uses_bound(node.high, name)
    if isinstance(node, Derivative) and node.bound and node.name == name:
        return True
    return any(uses_bound(part, name) for part in children(node))


def spans(node: Node, name: str) -> tuple[tuple[str, int], ...]:
    """The (symbol, axis) pairs that the bound `name` selects by itself, e.g. ("x", 0) in `x_i`."""
    found: dict[tuple[str, int], None] = {}
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Big) and any(binder.name == name for binder in current.binders):
            stack.extend(b for binder in current.binders for b in (binder.low, binder.high) if b is not None)
            continue
        if isinstance(current, Integral) and current.name == name:
            stack.extend((current.low, current.high))
            continue
        if isinstance(current, Index) and isinstance(current.base, Call) and current.indices == (Bound(name),):
            vector = current.base.args[0]  # softmax(x)_i runs as far as x
            if isinstance(vector, Sym):
                found[(vector.name, 0)] = None
        if isinstance(current, Index) and isinstance(current.base, Sym):
            for axis, index in enumerate(current.indices):
                if index == Bound(name):
                    found[(current.base.name, axis)] = None
        stack.extend(reversed(children(current)))
    return tuple(found)
