"""The short rungs of code, as far as they need no running: which call, which line, and how an answer is read."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from quizzer.errors import Unreadable
from quizzer.lean import dataclass
from quizzer.questions.seeded import pick
from quizzer.text import fold_width

LONGEST_CALL = 200
"""Characters of a call that a person traces."""
LONGEST_LITERAL = 10_000
_FEW = 3
"""Lines in which a wrong answer differs from the reference when it is a slip in it."""
_GAP = "______"
_WANTED = "Type a value such as 3, [1, 2], 'text', True or None"


@dataclass(frozen=True, slots=True)
class Blanked:
    """A reference without one of its lines: its number from 1, the indentation, and what stood there."""

    lines: tuple[str, ...]
    number: int
    indent: str
    answer: str

    def filled(self, text: str) -> str:
        """The source with a line typed into the gap. Raises Unreadable where it is not one line."""
        line = text.strip()
        if not line or len(line.splitlines()) != 1:
            raise Unreadable("one line is missing here", "Type that line alone; its indentation is kept")
        out = list(self.lines)
        out[self.number - 1] = self.indent + line
        return "\n".join(out) + "\n"

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines with the gap."""
        out = list(self.lines)
        out[self.number - 1] = self.indent + _GAP
        return tuple(out)


def blankable(reference: str, wrong: Sequence[str]) -> list[int]:
    """Line numbers worth asking for: statements on one line, those that declared mistakes change before all others."""
    lines = reference.rstrip("\n").split("\n")
    good = sorted({number for number in _statements(ast.parse(reference)) if number <= len(lines)})
    telling: set[int] = set()
    for source in wrong:
        other = source.rstrip("\n").split("\n")
        differ = [number for number, pair in enumerate(zip(lines, other, strict=False), 1) if pair[0] != pair[1]]
        if len(other) == len(lines) and len(differ) <= _FEW:  # else it is another algorithm
            telling |= set(differ) & set(good)
    return sorted(telling) or good


def _statements(tree: ast.AST) -> list[int]:
    """Lines that hold exactly one statement of a function, or the whole header of one."""
    begun: list[int] = []
    found: list[int] = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.stmt) or node is function:
                continue
            begun.append(node.lineno)
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Pass | ast.Try):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno
            if last == node.lineno or (body and _header_end(node) == node.lineno < body[0].lineno):
                found.append(node.lineno)
    return [number for number in found if begun.count(number) == 1]


def _header_end(node: ast.stmt) -> int:
    """The last line of a compound statement's header."""
    parts = [getattr(node, name, None) for name in ("test", "iter", "target")]
    ends = [part.end_lineno or 0 for part in parts if isinstance(part, ast.AST) and hasattr(part, "end_lineno")]
    return max(ends, default=0)


def blank_line(reference: str, wrong: Sequence[str], seed: int) -> Blanked:
    """The reference with one line blanked, chosen by the seed."""
    numbers = blankable(reference, wrong)
    number = numbers[pick(seed, "line", len(numbers))]
    lines = tuple(reference.rstrip("\n").split("\n"))
    line = lines[number - 1]
    indent = line[: len(line) - len(line.lstrip())]
    return Blanked(lines, number, indent, line.strip())


def read_literal(text: str) -> Any:
    """Plain data typed as Python: numbers, texts, lists, tuples, sets, maps, `np.array([...])`. Raises Unreadable."""
    if len(text) > LONGEST_LITERAL:
        raise Unreadable("the value is too long", "Type what the call returns")
    try:
        return _plain(expression(text))
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError, ZeroDivisionError, OverflowError) as error:
        reason = getattr(error, "msg", None) or error
        raise Unreadable(f"`{text.strip()[:60]}` is no Python value ({reason})", _WANTED) from None


def read_call(text: str, entry: str) -> str:
    """A call as typed, or its arguments alone, as Python text. Raises Unreadable where it is no such call."""
    call = text.strip().rstrip(";；")
    if not fold_width(call).startswith(f"{entry}("):
        call = f"{entry}({call})"
    try:
        tree = expression(call)
        if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id == entry:
            return ast.unparse(tree)
        reason: Any = f"{entry} is to be called"
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = getattr(error, "msg", None) or error
    raise Unreadable(f"`{text.strip()[:80]}` is no call of {entry} ({reason})", f"Type {entry}(…)")


def signature(source: str, entry: str) -> str:
    """How `entry` is called, with its parameters: `window_max(nums, k)`. A case might give the answer away."""
    for item in ast.parse(source).body:
        if isinstance(item, ast.FunctionDef) and item.name == entry:
            names = [part.arg for part in (*item.args.posonlyargs, *item.args.args)]
            return f"{entry}({', '.join(names)})"
    return f"{entry}(…)"


def expression(text: str) -> ast.expr:
    """The tree of a Python expression; full-width signs are folded only where it can't be read without."""
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return ast.parse(fold_width(text).strip(), mode="eval").body


def _plain(node: ast.AST) -> Any:
    match node:
        case ast.Constant(value) if value is not ...:
            return value
        case ast.List(items):
            return [_plain(item) for item in items]
        case ast.Tuple(items):
            return tuple(_plain(item) for item in items)
        case ast.Set(items):
            return {_plain(item) for item in items}
        case ast.Dict(keys, values) if None not in keys:
            return {_plain(key): _plain(value) for key, value in zip(keys, values, strict=True) if key is not None}
        case ast.UnaryOp(ast.USub(), operand):
            return -_number(operand)
        case ast.UnaryOp(ast.UAdd(), operand):
            return _number(operand)
        case ast.BinOp(left, ast.Div(), right):
            return _number(left) / _number(right)
        case ast.BinOp(left, ast.Add(), right):
            return _number(left) + _number(right)
        case ast.BinOp(left, ast.Sub(), right):
            return _number(left) - _number(right)
        case ast.Name("nan" | "inf" as name) | ast.Attribute(ast.Name("np" | "math" | "numpy"), "nan" | "inf" as name):
            return float(name)
        case ast.Call(ast.Name("set"), [], []):
            return set()
        case ast.Call(ast.Name("array") | ast.Attribute(ast.Name("np" | "numpy"), "array"), [ast.List() as inner]):
            return _plain(inner)
    raise Unreadable("this is no plain value", _WANTED)


def _number(node: ast.AST) -> Any:
    value = _plain(node)
    if isinstance(value, bool) or not isinstance(value, int | float | complex):
        raise Unreadable("only numbers can be calculated with here", "Type the value itself")
    return value
