"""Mathematics as deck authors and learners type it: declared, read, evaluated, compared, drawn.

One closed grammar serves every formula of a deck and of a learner. Nothing ever reaches `eval`.

Names are imported at first use: a question without formulas, or a text without mathematics, pays for none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizzer.formulas.answers import read_answer
    from quizzer.formulas.comparing import Comparison, compare
    from quizzer.formulas.declaring import check_drawable, declare
    from quizzer.formulas.drawing import draw, draw_where
    from quizzer.formulas.evaluating import evaluate, holds
    from quizzer.formulas.formula import Formula, parse
    from quizzer.formulas.limits import Undefined
    from quizzer.formulas.numbers import TypedNumber, read_number, show_number, significant
    from quizzer.formulas.scope import Declaration, Scope

__all__ = [
    "Comparison",
    "Declaration",
    "Formula",
    "Scope",
    "TypedNumber",
    "Undefined",
    "check_drawable",
    "compare",
    "declare",
    "draw",
    "draw_where",
    "evaluate",
    "holds",
    "parse",
    "read_answer",
    "read_number",
    "show_number",
    "significant",
]
_HOMES = {
    "answers": ("read_answer",),
    "comparing": ("Comparison", "compare"),
    "declaring": ("check_drawable", "declare"),
    "drawing": ("draw", "draw_where"),
    "evaluating": ("evaluate", "holds"),
    "formula": ("Formula", "parse"),
    "limits": ("Undefined",),
    "numbers": ("TypedNumber", "read_number", "show_number", "significant"),
    "scope": ("Declaration", "Scope"),
}


def __getattr__(name: str) -> Any:
    """A name from the module that it lives in, imported now."""
    for module, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"quizzer.formulas.{module}"), name)
    raise AttributeError(f"module `quizzer.formulas` has no attribute `{name}`")
