"""The random numbers of a question: declared once, drawn by the seed alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import Formula, Scope, check_drawable, declare, draw_where, parse
from quizzer.lean import dataclass
from quizzer.model import Question, Rung, Variant
from quizzer.questions.fields import Issues
from quizzer.questions.nodes import Node


@dataclass(frozen=True, slots=True)
class Variables:
    """The declared variables of a question and the conditions every draw must meet."""

    scope: Scope
    where: tuple[Formula, ...] = ()


def read_variables(node: Node | None, where: Node | None, issues: Issues) -> Variables | None:
    """The `variables` and `where` of a question; None without variables or after noting problems."""
    if node is None:
        if where is not None:
            issues.add(where, "`where` without `variables`", "Declare the variables, or remove `where`.")
        return None
    if node.kind != "map" or not node.value:
        issues.add(node, "`variables` must be a map of name: domain", "For instance `n: {int: [2, 5]}`.")
        return None
    try:
        scope = declare(node.plain())
        check_drawable(scope)
    except Unreadable as error:
        issues.add(_place(node, error.message), error.message, error.fix)
        return None
    conditions = []
    elements = where.elements() if where is not None and where.kind == "list" else (where,) if where else ()
    for element in elements:
        try:
            conditions.append(parse(str(element.value), scope))
        except Unreadable as error:
            issues.add(element, error.message, error.fix)
    return Variables(scope, tuple(conditions))


def _place(node: Node, message: str) -> Node:
    """The node of the variable that a complaint names, else the whole map."""
    for name, value in node.items():
        if f"`{name.raw}`" in message:
            return value
    return node


def draw_variant(question: Question, seed: int, rung: Rung = "", *, rejects: Any = None) -> Variant:
    """The question with its numbers drawn: a function of (question, seed) alone.

    `rejects(question, values)` says that a draw must be drawn again. Raises Unreadable when no draw is accepted.
    """
    variables: Variables | None = question.variables
    if variables is None:
        return Variant(question, seed, rung)

    def reject(values: Mapping[str, Any]) -> bool:
        return bool(rejects(question, values)) if rejects is not None else False

    values, _ = draw_where(variables.scope, variables.where, seed, reject)
    return Variant(question, seed, rung, values)
