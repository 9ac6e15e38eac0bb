"""What the symbols of a formula mean: each declared with its domain, in order. There is no default domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, Literal

from quizzer.errors import Unreadable
from quizzer.formulas.names import VARIANT_NAMES, VARIANTS, ordered
from quizzer.formulas.tokens import read_tokens
from quizzer.formulas.tree import Node
from quizzer.lean import dataclass

DeclarationKind = Literal["int", "real", "choice", "simplex", "index", "value", "constant"]


_SHORT = {"epsilon": "eps", "eps": "epsilon", "lambda": "lam", "lam": "lambda", "lamda": "lambda"}
"""Names that stand for each other where only one of them is declared."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One symbol and its domain.

    `low` and `high` bound `int` (in steps of `step` from `low`) and `real`; `size` is the number of elements of a
    simplex or the last index; `dimensions` are the lengths of a vector or the shape of a matrix, all of them
    expressions in earlier symbols. `decimals` puts drawn reals on the decimal grid, `grid` a drawn simplex on multiples
    of 1/grid. `value` is the expression of a derived symbol, or the number of a constant.
    """

    name: str
    kind: DeclarationKind
    low: Node | None = None
    high: Node | None = None
    step: int = 1
    decimals: int | None = None
    choices: tuple[int | Decimal | str, ...] = ()
    size: Node | None = None
    grid: int | None = None
    points: tuple[Node, ...] = ()
    """Values that comparing must try, for a kink or a tie that random points miss; a vector has them all over."""
    dimensions: tuple[Node, ...] = ()
    value: Node | int | Decimal | Fraction | None = None
    rank: int = 0
    """0 a number, 1 a vector, 2 a matrix."""

    @property
    def is_text(self) -> bool:
        """Whether the symbol stands for words: it can be shown, not calculated with."""
        return any(isinstance(choice, str) for choice in self.choices)


@dataclass(frozen=True)
class Scope:
    """The declared symbols in order. Two scopes are equal when they were declared alike."""

    declarations: tuple[Declaration, ...] = field(compare=False)
    key: str

    @cached_property
    def symbols(self) -> Mapping[str, Declaration]:
        """Declarations by the name given to them, in order."""
        return {declaration.name: declaration for declaration in self.declarations}

    @cached_property
    def by_canonical(self) -> Mapping[str, Declaration]:
        """Declarations by canonical name (`names`); `\\theta` and `\\vartheta` are two where both are declared."""
        folded = [ordered(canonical(declaration.name)) for declaration in self.declarations]
        return {
            ordered(canonical(declaration.name, VARIANT_NAMES)) if folded.count(name) > 1 else name: declaration
            for name, declaration in zip(folded, self.declarations, strict=True)
        }

    @cached_property
    def words(self) -> frozenset[str]:
        """Parts of names that are longer than a letter."""
        return frozenset(part for name in self.by_canonical for part in name.split("_") if len(part) > 1)

    def find(self, name: str) -> Declaration | None:
        """The declaration of a canonical name; `beta1` finds `beta_1`, `phi` finds `varphi`."""
        found = self.by_canonical.get(name)
        if found is not None:
            return found
        stem = name.rstrip("0123456789")
        if stem and stem != name and not stem.endswith("_"):
            found = self.by_canonical.get(f"{stem}_{name[len(stem) :]}")
        if found is None:
            head, _, tail = name.partition("_")
            other = _SHORT.get(head)
            found = self.by_canonical.get(f"{other}_{tail}" if tail else other) if other else None
        if found is None:
            base, _, rest = name.partition("_")
            plain = VARIANTS.get(base)
            if plain is not None:
                return self.by_canonical.get(f"{plain}_{rest}" if rest else plain)
            for variant, plain in VARIANTS.items():
                if plain == base and variant.isascii():
                    found = found or self.by_canonical.get(f"{variant}_{rest}" if rest else variant)
        return found

    def with_(self, name: str, spec: Any) -> Scope:
        """The scope with one more symbol. Raises Unreadable as `declare` does."""
        from quizzer.formulas.declaring import extend  # the reader of specs needs scopes itself

        return extend(self, name, spec)


EMPTY = Scope((), "")


@lru_cache(maxsize=4096)
def canonical(name: str, words: frozenset[str] = frozenset()) -> str:
    """The one form of a name's spellings; `words` are spellings to keep. Raises Unreadable when `name` is no name.

    >>> canonical("\\\\hat m_t"), canonical("β₁"), canonical("x^*"), canonical("x'")
    ('m_hat_t', 'beta_1', 'x_star', 'x_prime')
    """
    refusal = Unreadable(
        f"`{name}` can't be the name of a symbol", "Use letters, Greek names, a subscript: x, beta_1, \\hat m, x'"
    )
    try:
        tokens, _ = read_tokens(name, words)
    except Unreadable as error:
        raise refusal from error
    out, depth = "", 0
    for token in tokens[:-1]:
        if token.kind == "name" or (token.kind == "num" and out):
            out += token.text
        elif token.text == "'":
            out += "_prime"
        elif token.text == "*" and out:
            out = out.removesuffix("^") + "_star"
        elif token.text in ("{", "}"):
            depth += 1 if token.text == "{" else -1
        elif (token.text in ("_", "^") and out and not out.endswith("_")) or (depth and token.text in ("-", "+", ",")):
            out += token.text
        else:
            raise refusal
    if not out or not (out[0].isalpha()) or "^" in out or out.endswith("_") or len(out) > 60:
        raise refusal
    return out
