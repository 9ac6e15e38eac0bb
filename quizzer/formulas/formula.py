"""A formula as it was read: its tree, what it uses, how it is echoed. Checked once, so that evaluating can trust it."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property, lru_cache

from quizzer.errors import Unreadable
from quizzer.formulas import tree
from quizzer.formulas.parser import read_tree
from quizzer.formulas.ranks import rank
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
    Node,
    Num,
    Pow,
    Sym,
    Vec,
)  # fmt: skip
from quizzer.lean import dataclass

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
    dropped: str = field(default="", compare=False)
    """The `y =` that a learner typed before it, left out (`answers`)."""

    @cached_property
    def reading(self) -> str:
        """The formula as it was understood, on one line."""
        text = reading(self.node, frozenset(self.scope.by_canonical))
        return f"{text}   (without `{self.dropped}`)" if self.dropped else text

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
    try:
        rank(node, scope)
    except Unreadable as error:  # nodes have no places: point at the symbol where its name stands once in the text
        name = error.message.split("`")[1] if error.message.startswith("`") else ""
        if error.position is None and name and text.count(name) == 1:
            raise Unreadable(error.message, error.fix, text.index(name)) from None
        raise
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
