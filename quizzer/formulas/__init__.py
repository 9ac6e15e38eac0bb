"""Mathematics as deck authors and learners type it: declared, read, evaluated, compared, drawn.

One closed grammar serves every formula of a deck and of a learner. Nothing ever reaches `eval`.
"""

from quizzer.formulas.comparing import Comparison, compare
from quizzer.formulas.declaring import check_drawable, declare
from quizzer.formulas.drawing import draw, draw_where
from quizzer.formulas.evaluating import evaluate, holds
from quizzer.formulas.formula import Formula, parse
from quizzer.formulas.limits import Undefined
from quizzer.formulas.numbers import TypedNumber, read_number, show_number
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
    "read_number",
    "show_number",
]
