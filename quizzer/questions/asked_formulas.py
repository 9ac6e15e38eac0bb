"""Formulas of a deck and of a learner: read, told apart in words, and asked for in the place of a number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import Comparison, Formula, Scope, parse
from quizzer.model import Question
from quizzer.questions.fields import Issues
from quizzer.questions.nodes import Node
from quizzer.questions.templates import SLOT

_LONGEST = 14
"""Operations of a formula that a learner can be asked to type."""
_SAYS_ITSELF = re.compile(r"(?<![\w\\])(\w+) *= *(\()?<< *\1 *(?:\|[^>]*)?>>(?(2)\))")
_HARD = frozenset({"indicator", "cases", "condition", "integral", "derivative"})


@lru_cache(maxsize=512)
def _named_of(formulas: tuple[Formula, ...]) -> tuple[str, ...]:
    used = frozenset(name for formula in formulas for name in formula.symbols)
    return tuple(name for name in formulas[0].scope.symbols if name in used)


def named(question: Question) -> tuple[str, ...]:
    """The variables that the right formulas use, in the order declared."""
    return _named_of(tuple(item.formula for item in question.body.wanted if item.formula is not None))


def as_typed(name: str, value: Any) -> str:
    """How a learner types a variable: `n`, and the elements of a vector, `p_1 … p_3`."""
    if not isinstance(value, list | tuple) or any(isinstance(item, list | tuple) for item in value):
        return name
    return (
        f"{name}_1 … {name}_{len(value)}"
        if len(value) > 2
        else ", ".join(f"{name}_{place}" for place in range(1, len(value) + 1))
    )


def asks_formula(question: Question) -> bool:
    """Whether the formula itself can be asked for: it has variables, is short, and is more than one of them."""
    formulas = [item.formula for item in question.body.wanted]
    return question.variables is not None and all(
        formula is not None
        and formula.symbols
        and formula.rank == 0
        and 0 < formula.operations <= _LONGEST
        and not formula.features & _HARD
        for formula in formulas
    )


def with_names(prompt: str, scope: Scope | None) -> str:
    """A prompt whose `<<n | fixed(2)>>` reads `n`, and `n = <<n>>` no more than that."""
    if scope is None:
        return prompt
    prompt = _SAYS_ITSELF.sub(r"\1", prompt)
    return SLOT.sub(lambda match: "<<" if match.group(1) is None else match.group(1).partition("|")[0].strip(), prompt)


def describe(found: Comparison) -> str:
    """A comparison's finding in words: the diagnosis, and a point where the two differ."""
    out = []
    if found.diagnosis:
        out.append(found.diagnosis[0].upper() + found.diagnosis[1:].rstrip(".") + ".")
    if found.outcome == "close":
        out.append("That is an approximation; the exact form is wanted.")
    if found.point:
        where = ", ".join(f"{name} = {value}" for name, value in found.point.items())
        out.append(f"At {where} yours is {found.given_value}, expected {found.expected_value}.")
    return " ".join(out)


def read_formula(text: str, scope: Scope, node: Node, issues: Issues) -> Formula | None:
    """A formula of a deck, or None after noting where and why it can't be read."""
    try:
        return parse(text, scope)
    except Unreadable as error:
        issues.add(node, f"`{text.strip()}`: {error.message}", error.fix)
        return None
