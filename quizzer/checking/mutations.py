"""Small changes of a program, each a mistake that people make: the automatic wrong answers. Pure.

A change is one node of the syntax tree replaced. Its name is what stood there and what stands there now, as Python
text, and so is independent of line numbers and layout.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from quizzer.lean import dataclass

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitOr,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
    ast.MatMult: (ast.Mult,),
}
_UNEVEN = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
"""Operators whose sides cannot be exchanged."""
_TWINS = {
    name: twin
    for pair in (
        ("min", "max"), ("any", "all"), ("append", "appendleft"), ("pop", "popleft"), ("argmin", "argmax"),
        ("minimum", "maximum"), ("sum", "prod"), ("floor", "ceil"), ("sin", "cos"), ("heappush", "heappushpop"),
        ("bisect_left", "bisect_right"), ("union", "intersection"), ("zeros", "ones"), ("cumsum", "cumprod"),
    )
    for name, twin in (pair, pair[::-1])
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed program. `text` names the change: `old → new`, or `without: old`."""

    text: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a program's functions, in the order of the text; no two have the same source or the same name."""
    tree = ast.parse(source)
    places = list(_walk(tree))
    seen = {ast.unparse(tree) + "\n"}
    names: dict[str, int] = {}
    out = []
    for number, place in enumerate(places):
        for change in _changes(place[0]):
            text, changed = _apply(tree, number, place, change)
            if changed in seen:
                continue
            seen.add(changed)
            names[text] = names.get(text, 0) + 1
            out.append(Mutant(text if names[text] == 1 else f"{text} (no. {names[text]})", changed))
    return out


_Place = tuple[ast.AST, ast.AST | None, ast.AST | None]
"""A node, its parent, and the node that is shown for both of them: a slice alone says too little."""


def _walk(node: ast.AST, parent: ast.AST | None = None, shown: ast.AST | None = None) -> Iterator[_Place]:
    """Nodes that decide what a program does: no annotations, imports or docstrings."""
    yield node, parent, shown
    above = shown if isinstance(node, ast.Slice) else node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "names"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom) and not _doc(child):
                yield from _walk(child, node, above)


def _doc(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _apply(tree: ast.Module, number: int, place: _Place, change: ast.AST | None) -> tuple[str, str]:
    """The change's name and the program's text with it. None stands for leaving a statement out."""
    node, _, old = place
    copied = copy.deepcopy(tree)
    target, above, shown = list(_walk(copied))[number]
    new: ast.AST = ast.Pass() if change is None else change
    for name, value in ast.iter_fields(above) if above is not None else ():
        if value is target:
            setattr(above, name, new)
        elif isinstance(value, list) and any(item is target for item in value):
            value[:] = [new if item is target else item for item in value]
    program = ast.unparse(ast.fix_missing_locations(copied)) + "\n"
    if change is None:
        return f"without: {_head(node)}", program
    wide = isinstance(node, ast.Constant | ast.Name | ast.Slice) and isinstance(old, ast.expr | ast.stmt | ast.keyword)
    if wide and old is not None and shown is not None:
        return f"{_head(old)} → {_head(shown)}", program
    return f"{_head(node)} → {_head(new)}", program


def _head(node: ast.AST) -> str:
    """The text of an expression; of a statement with a body, its first line."""
    return ast.unparse(node).partition("\n")[0]


def _changes(node: ast.AST) -> Iterator[ast.AST | None]:
    """What may stand in a node's place. The nodes that are reused are copied when the program is written."""
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(value=float() as value):
            yield ast.Constant(2 * value if value else 1.0)
        case ast.Constant(value=str() as value) if value:
            yield ast.Constant("")
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
            for place in range(len(node.values)):
                rest = [value for index, value in enumerate(node.values) if index != place]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        case ast.BinOp():
            for operator in _OPERATORS.get(type(node.op), ()):
                yield ast.BinOp(node.left, operator(), node.right)
            if isinstance(node.op, _UNEVEN):
                yield ast.BinOp(node.right, node.op, node.left)
        case ast.AugAssign():
            for operator in _OPERATORS.get(type(node.op), ()):
                yield ast.AugAssign(node.target, operator(), node.value)
            yield None
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.IfExp():
            yield node.body
            yield node.orelse
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.Call():
            yield from _called(node)
        case ast.Slice():
            yield from _sliced(node)
        case ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()) if len(node.elts) > 1:
            yield type(node)([node.elts[1], node.elts[0], *node.elts[2:]], ast.Load())
        case ast.comprehension() if node.ifs:
            yield ast.comprehension(node.target, node.iter, [], node.is_async)
            negated: list[ast.expr] = [ast.UnaryOp(ast.Not(), node.ifs[0])]
            yield ast.comprehension(node.target, node.iter, [*negated, *node.ifs[1:]], node.is_async)
        case ast.If() | ast.While():
            yield from _branched(node)
        case ast.Return(value=value) if value is not None:
            yield ast.Return(None)
        case ast.For():
            yield ast.For(node.target, node.iter, [*node.body, ast.Break()], [])
            yield None
        case ast.Assign() | ast.AnnAssign() | ast.Expr() | ast.Continue() | ast.Break() | ast.Delete():
            yield None


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        for other in _COMPARISONS.get(type(op), ()):
            yield ast.Compare(node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators)


def _branched(node: ast.If | ast.While) -> Iterator[ast.AST | None]:
    yield None
    negated = ast.UnaryOp(ast.Not(), node.test)
    if isinstance(node, ast.While):
        yield ast.If(node.test, node.body, node.orelse)
        return
    yield ast.If(negated, node.body, node.orelse)
    yield ast.If(ast.Constant(True), node.body, [])
    if node.orelse:
        yield ast.If(node.test, node.body, [])
        yield ast.If(ast.Constant(False), node.body, node.orelse)


def _called(node: ast.Call) -> Iterator[ast.AST]:
    args = node.args
    if len(args) > 1:
        yield ast.Call(node.func, [args[1], args[0], *args[2:]], node.keywords)
    if len(args) == 1 and not isinstance(args[0], ast.Starred):
        yield args[0]
    for place in range(len(node.keywords)):
        yield ast.Call(node.func, args, [word for index, word in enumerate(node.keywords) if index != place])
    if isinstance(node.func, ast.Name) and node.func.id in _TWINS:
        yield ast.Call(ast.Name(_TWINS[node.func.id], ast.Load()), args, node.keywords)
    elif isinstance(node.func, ast.Attribute) and node.func.attr in _TWINS:
        yield ast.Call(ast.Attribute(node.func.value, _TWINS[node.func.attr], ast.Load()), args, node.keywords)
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        for place in range(min(2, len(args))):
            for operator in (ast.Add(), ast.Sub()):
                moved = ast.BinOp(args[place], operator, ast.Constant(1))
                yield ast.Call(node.func, [*args[:place], moved, *args[place + 1 :]], [])
        if len(args) == 1:
            yield ast.Call(node.func, [ast.Constant(1), args[0]], [])


def _sliced(node: ast.Slice) -> Iterator[ast.AST]:
    lower, upper, step = node.lower, node.upper, node.step
    for bound in filter(None, (lower, upper, step)):
        others: list[ast.expr | None] = [None]
        if bound is not step and not isinstance(bound, ast.Constant):
            others += [ast.BinOp(bound, operator, ast.Constant(1)) for operator in (ast.Add(), ast.Sub())]
        for other in others:
            yield ast.Slice(*(other if part is bound else part for part in (lower, upper, step)))
