"""Texts with drawn values: `<<expression>>` and `<<expression | filter>>`, and nothing else.

`\\<<` is a literal `<<`; braces and dollar signs mean themselves, so LaTeX is safe. Only questions with `variables`
are rendered; the text of any other question stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizzer.errors import Unreadable
from quizzer.lean import dataclass

if TYPE_CHECKING:  # a text without drawn values pays for no mathematics
    from quizzer.formulas import Formula, Scope

SLOT = re.compile(r"\\<<|<<(.*?)>>", re.DOTALL)
_FILTER = re.compile(r"^(.*)\|\s*([a-z]+)(?:\((\d{1,2})\))?\s*$", re.DOTALL)
_FILTERS = ("fixed", "sigfigs", "table", "percent")


@dataclass(frozen=True, slots=True)
class Slot:
    """One `<<…>>`: a formula (or the name of a text variable) and how its value is written."""

    formula: Formula | None
    name: str
    filter: str = ""
    digits: int = 0


@lru_cache(maxsize=2048)
def compile_text(text: str, scope: Scope) -> tuple[str | Slot, ...]:
    """The literal parts and slots of a text. Raises Unreadable for a slot that can't be read."""
    parts: list[str | Slot] = []
    end = 0
    for match in SLOT.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match.group(1) is None:
            parts.append("<<")
        else:
            parts.append(_slot(match.group(1), scope))
    rest = text[end:]
    if "<<" in rest:
        raise Unreadable("`<<` without its `>>`", "Close it, or write `\\<<` for the two characters themselves")
    parts.append(rest)
    return tuple(part for part in parts if part != "")


def _slot(inside: str, scope: Scope) -> Slot:
    expression, name, digits = inside.strip(), "", 0
    match = _FILTER.match(inside)
    if match and (match.group(2) in _FILTERS or not inside.rstrip().endswith("|")):
        name = match.group(2)
        if name not in _FILTERS:
            raise Unreadable(f"unknown filter `{name}` in `<<{inside}>>`", "Use fixed(n), sigfigs(n), table or percent")
        if name in ("fixed", "sigfigs") and match.group(3) is None:
            raise Unreadable(f"the filter `{name}` needs a number of digits", f"Write {name}(2), for instance")
        expression, digits = match.group(1).strip(), int(match.group(3) or 0)
    from quizzer.formulas import parse

    if expression in scope.symbols:
        return Slot(None, expression, name, digits)
    return Slot(parse(expression, scope), "", name, digits)


def render(text: str, scope: Scope | None, values: Mapping[str, Any]) -> str:
    """`text` with its slots filled. Raises Unreadable where a slot has no value for these numbers."""
    if scope is None:
        return text
    from quizzer.formulas import evaluate

    out = []
    for part in compile_text(text, scope):
        if isinstance(part, str):
            out.append(part)
        else:
            try:
                value = values[part.name] if part.formula is None else evaluate(part.formula, values)
                out.append(_write(value, part.filter, part.digits))
            except ArithmeticError as error:  # Undefined, or too large for a decimal
                shown = part.formula.text if part.formula is not None else part.name
                raise Unreadable(f"`<<{shown}>>` has no value for these numbers: {error}", "Bound the draws") from error
    return "".join(out)


def _write(value: Any, how: str, digits: int) -> str:
    if isinstance(value, list | tuple):
        if how == "table":
            return _table(value)
        return ", ".join(_write(item, how, digits) for item in value)
    if isinstance(value, str):
        return value
    from quizzer.formulas import show_number, significant

    if how == "fixed":
        return f"{_decimal(value):.{digits}f}"
    if how == "sigfigs":
        return significant(value, digits)
    if how == "percent":
        return show_number(_decimal(value) * 100, 6) + "%"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return show_number(value, 6)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def _table(value: list[Any] | tuple[Any, ...]) -> str:
    """A Markdown table: one row of values under 1…n, or a matrix row by row."""
    rows = value if value and isinstance(value[0], list | tuple) else [value]
    size = len(rows[0])
    lines = ["| " + " | ".join(str(i + 1) for i in range(size)) + " |", "|" + "---|" * size]
    lines += ["| " + " | ".join(_write(item, "", 0) for item in row) + " |" for row in rows]
    return "\n".join(lines)
