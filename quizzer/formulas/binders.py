"""Reading sums, products, maxima and expectations: which names they bind, over which range, and how far they reach."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise

from quizzer.errors import Unreadable
from quizzer.formulas import tree
from quizzer.formulas.cursor import COMPARISONS, Cursor
from quizzer.formulas.names import BIG, CONSTANTS, function
from quizzer.formulas.ranks import rank
from quizzer.formulas.tokens import Token
from quizzer.formulas.tree import Add, Big, Binder, Bound, Call, Compare, Index, Indicator, Logic, Neg, Node, Num, Sym

_SUM_ONLY = frozenset({"sum", "prod"})


def big(p: Cursor, kind: str, token: Token) -> Node:
    """A big operator whose name has been taken: its scripts, then its body."""
    place: tuple[int, int] | None = None
    upper: Node | None = None
    while p.is_op("_", "^"):
        if p.take().text == "_":
            place = _script_range(p)
        else:
            upper = p.script("^") if p.latex or p.is_op("{") else p.signed_atom()
    if place is None:
        index = _index_meant(p) if token.kind == "cmd" and upper is None else None
        if index is not None:
            with p.binding(index):
                body = _body(p, kind, [index])
            return _finished(p, kind, [Binder(index)], body, [], None, token)
        if p.is_op("(") and upper is None and kind != "mean":
            p.i -= 1
            return p.call(kind, token)
        raise p.error(f"`{kind}` needs its index", f"Write {kind}_i x_i or {kind}_{{i=1}}^{{n}} x_i", token)
    if p.is_op("="):
        raise p.error("the bounds need braces", f"Write {kind}_{{i=1}}^{{n}} x_i")
    if kind == "mean" and (under := _distribution(p, *place)) is not None:
        body = _body(p, kind, [])
        if rank(body, p.scope) != 1:
            raise p.error("the expectation does not say what is drawn", "Write E_{i~p}[x_i]", token)
        return Call("dot", (under, body))
    binders, conditions, weight = _subscript(p, *place, upper)
    if upper is not None and all(binder.high is None for binder in binders):
        raise p.error("an upper bound needs a lower one", f"Write {kind}_{{i=1}}^{{n}}", token)
    with p.binding(*(binder.name for binder in binders)):
        body = _body(p, kind, [binder.name for binder in binders])
    return _finished(p, kind, binders, body, conditions, weight, token)


def _index_meant(p: Cursor) -> str | None:
    """The one name that a sum without an index can run over: `\\sum x_i w_i` means `\\sum_i`."""
    found: set[str] = set()
    depth = 0
    for place in range(p.i, len(p.tokens) - 1):
        token, before = p.tokens[place], p.tokens[place - 1]
        if token.kind == "op":
            depth += (token.text in ("(", "[", "{", "\\{")) - (token.text in (")", "]", "}", "\\}"))
            if depth < 0:
                break
        if token.kind != "op" or token.text != "_" or before.kind == "cmd" or before.text in BIG:
            continue
        end = p.group_end(place + 1) if p.tokens[place + 1].text == "{" else place + 2
        found |= {t.text for t in p.tokens[place + 1 : end] if t.kind == "name" and not p.known(t.text)}
    return found.pop() if len(found) == 1 else None


def _distribution(p: Cursor, start: int, end: int) -> Node | None:
    """The declared simplex that is all of a subscript: `\\mathbb{E}_\\pi[q]` is the inner product of both."""
    first = p.tokens[start]
    if start == end or first.kind != "name" or any(t.text in ("=", "~", ",", ";") for t in p.tokens[start:end]):
        return None
    try:
        node = p.within(start, end, p.expression)
    except Unreadable:
        return None
    simplex = isinstance(node, Sym) and p.scope.symbols[node.name].kind == "simplex" and rank(node, p.scope) == 1
    return node if simplex else None


def _script_range(p: Cursor) -> tuple[int, int]:
    """The tokens of a subscript, which the parser then stands behind."""
    if p.is_op("{", "("):
        start, end = p.i + 1, p.group_end(p.i)
        p.i = end + 1
        return start, end
    if p.token.kind != "name":
        raise p.error("an index is missing after `_`", "Write sum_{i=1}^{n}")
    word = p.token.text
    if len(word) > 1 and not p.token.whole and word.isalpha() and not p.latex and p.scope.find(word) is None:
        letters = [Token("name", letter, p.token.at + n) for n, letter in enumerate(word)]
        p.tokens = [*p.tokens[: p.i], *letters, *p.tokens[p.i + 1 :]]
        p.i += len(letters)
        return p.i - len(letters), p.i
    p.i += 1
    return p.i - 1, p.i


def _subscript(
    p: Cursor, start: int, end: int, upper: Node | None
) -> tuple[list[Binder], list[Node], tuple[str, Node] | None]:
    """Binders, conditions and the distribution written under a big operator."""
    binders: list[Binder] = []
    conditions: list[Node] = []
    weight: tuple[str, Node] | None = None
    if start == end:
        raise p.error("the index is empty", "Write sum_{i=1}^{n}")
    _split_such_that(p, start, end)
    with ExitStack() as bound:
        for a, b in p.pieces(start, end, ",", ";"):
            part = p.tokens[a:b]
            if not part:
                raise p.error("an index is missing", "Write sum_{i,j}", p.tokens[a])
            second = part[1].text if len(part) > 1 and part[1].kind == "op" else ""
            if all(token.kind == "name" for token in part):
                fresh = [Binder(token.text) for token in part]
            elif part[0].kind == "name" and second == "=":
                fresh = [_with_bounds(p, part[0].text, a + 2, b, upper)]
            elif part[0].kind == "name" and second == "~":
                fresh = [Binder(part[0].text)]
                weight = (part[0].text, p.within(a + 2, b, p.expression))
            else:
                free = _unknown_names(p, part) if binders else _free_names(p, part)
                fresh = [Binder(name) for name in free]
                bound.enter_context(p.binding(*(binder.name for binder in fresh)))
                condition = p.condition_node(p.within(a, b, p.expression), p.tokens[a])
                fresh = [_narrowed(binder, condition) for binder in fresh]
                redundant = len(fresh) == 1 and fresh[0].high is not None and _is_plain_range(condition)
                if not redundant:
                    conditions.append(condition)
                binders.extend(fresh)
                continue
            bound.enter_context(p.binding(*(binder.name for binder in fresh)))
            binders.extend(fresh)
    names = [binder.name for binder in binders]
    if len(set(names)) < len(names):
        raise p.error("an index is bound twice", "Use different letters", p.tokens[start])
    return binders, conditions, weight


def _with_bounds(p: Cursor, name: str, start: int, end: int, upper: Node | None) -> Binder:
    """`i=1` with the upper bound above, or `i=1..n` and `i=1:n`."""
    for place in range(start, end):
        if p.tokens[place].kind == "op" and p.tokens[place].text in ("..", ":"):
            low = p.within(start, place, p.expression)
            return Binder(name, low, p.within(place + 1, end, p.expression))
    if upper is None:
        raise p.error(f"the upper bound of `{name}` is missing", f"Write {{{name}=1}}^{{n}}", p.tokens[start - 1])
    return Binder(name, p.number_node(p.within(start, end, p.expression), p.tokens[start]), upper)


def _split_such_that(p: Cursor, start: int, end: int) -> None:
    """`{j : a_j > 0}` and `{j | a_j > 0}` are `{j, a_j > 0}`."""
    for place in range(start, end):
        token = p.tokens[place]
        if token.kind == "op" and token.text in (":", "|") and place > start:
            comma = Token("op", ",", token.at)
            p.tokens = [*p.tokens[:place], comma, *p.tokens[place + 1 :]]
            return
        if token.kind != "name" and token.text != ",":
            return


def _unknown_names(p: Cursor, part: list[Token]) -> list[str]:
    names = [t.text for t in part if t.kind == "name"]
    fresh = [
        n for n in names if not p.known(n) and n not in CONSTANTS and function(n) is None and n not in ("and", "or")
    ]
    return list(dict.fromkeys(fresh))


def _between(p: Cursor, part: list[Token]) -> list[str]:
    """The declared indices that a chain such as `1 <= j < i <= n` gives a range of their own."""
    signs = [place for place, token in enumerate(part) if token.kind == "op" and token.text in COMPARISONS]
    middle = [part[a + 1] for a, b in pairwise(signs) if b == a + 2 and part[a + 1].kind == "name"]
    if len(middle) < 2:
        return []
    return [t.text for t in middle if (found := p.scope.find(t.text)) is not None and found.kind == "index"]


def _free_names(p: Cursor, part: list[Token]) -> list[str]:
    """The names a relation such as `j != k` binds: those that mean nothing yet, else its first one."""
    names = [t.text for t in part if t.kind == "name"]
    fresh = _unknown_names(p, part)
    if fresh:
        return [*fresh, *(name for name in _between(p, part) if name not in fresh)]
    indices = [n for n in names if (found := p.scope.find(n)) is not None and found.kind == "index"]
    if not names:
        raise p.error("an index is missing", "Write sum_{j != k}", part[0])
    return (indices or names)[:1]


def _is_plain_range(condition: Node) -> bool:
    return isinstance(condition, Compare) and len(condition.ops) == 2 and isinstance(condition.operands[1], Bound)


def _narrowed(binder: Binder, condition: Node) -> Binder:
    """Bounds that a chain `a <= i <= b` gives; one side alone stays a condition."""
    low: Node | None = None
    high: Node | None = None
    me = Bound(binder.name)
    if isinstance(condition, Compare):
        for op, left, right in zip(condition.ops, condition.operands, condition.operands[1:], strict=False):
            if op in (">", ">="):
                op, left, right = op.replace(">", "<"), right, left
            if op not in ("<", "<="):
                continue
            if right == me and low is None and not tree.uses_bound(left, binder.name):
                low = left if op == "<=" else Add((left, Num(1, "1")))
            if left == me and high is None and not tree.uses_bound(right, binder.name):
                high = right if op == "<=" else Add((right, Neg(Num(1, "1"))))
    if low is not None and high is not None and _is_plain_range(condition):
        return Binder(binder.name, low, high)
    return binder


def _body(p: Cursor, kind: str, names: list[str]) -> Node:
    token = p.token
    if kind == "mean" and p.is_op("[", "(", "\\{", "{"):
        body = p.bracketed() if p.is_op("[") else p.parenthesised()
        if token.text == "(" and p.is_op("^"):
            raise p.error("what the power belongs to is ambiguous", "Write E_i[(…)^2] or (E_i[…])^2")
        return Indicator(body) if tree.is_condition(body) else body
    if kind == "sum":
        return p.number_node(p.expression(60), token)
    top = [p.number_node(p.expression(70), token)]
    while True:  # a product, a maximum: as far as factors are joined without a sign or use the index
        token = p.token
        if p.is_op("*", "/"):
            if not _uses_ahead(p, names):
                break
            p.i += 1
            factor = p.number_node(p.expression(70), token)
            if token.text == "/":
                top = [tree.Div(top[0] if len(top) == 1 else tree.Mul(tuple(top)), factor)]
                continue
        elif p.starts_factor():
            p.refuse_number_beside(token)
            factor = p.number_node(p.expression(70), token)
        else:
            break
        top.append(factor)
    return top[0] if len(top) == 1 else tree.Mul(tuple(top))


def _uses_ahead(p: Cursor, names: list[str]) -> bool:
    """Whether the rest of this term uses one of the names, as far as no other operator binds it anew."""
    depth = 0
    for place in range(p.i + 1, len(p.tokens)):
        token = p.tokens[place]
        if token.kind == "op":
            if token.text in "([{⌊⌈" or token.text == "\\{":
                depth += 1
            elif token.text in ")]}⌋⌉" or token.text == "\\}":
                depth -= 1
                if depth < 0:
                    return False
            elif depth == 0 and token.text in ("+", "-", ",", ";", "=", "<", ">", "<=", ">=", "!=", "&", "\\\\"):
                return False
        elif token.text in BIG or token.text in ("int", "E"):
            scripts = p.tokens[place + 1 : place + 4]
            if any(t.kind == "name" and t.text in names for t in scripts):
                return False
        elif token.kind == "name" and token.text in names:
            return True
    return False


def _finished(
    p: Cursor,
    kind: str,
    binders: list[Binder],
    body: Node,
    conditions: list[Node],
    weight: tuple[str, Node] | None,
    token: Token,
) -> Node:
    share: Node | None = None
    if weight is not None:
        name, distribution = weight
        if len(binders) != 1:
            raise p.error("a distribution needs exactly one index", "Write E_{i~p}[x_i]", token)
        share = distribution
        if isinstance(distribution, Sym | Call | tree.Vec):
            share = Index(distribution, (Bound(name),))
    condition = conditions[0] if len(conditions) == 1 else Logic("and", tuple(conditions)) if conditions else None
    parts = [part for part in (body, condition, share) if part is not None]
    ranged = []
    for binder in binders:
        if any(part == tree.Const("inf") for bound in (binder.low, binder.high) if bound for part in tree.walk(bound)):
            raise p.error("a sum without end is not evaluated", "Write it in closed form", token)
        if binder.high is not None:
            ranged.append(binder)
            continue
        found = tuple(dict.fromkeys(span for part in parts for span in tree.spans(part, binder.name)))
        declared = p.scope.find(binder.name)
        if found:
            ranged.append(replace(binder, spans=found))
        elif declared is not None and declared.kind == "index":
            ranged.append(Binder(binder.name, Num(1, "1"), declared.size))
        elif condition is not None and (high := _upper_of(condition, binder.name)) is not None:
            ranged.append(Binder(binder.name, Num(1, "1"), high))
        else:
            raise p.error(
                f"the range of `{binder.name}` is not known",
                f"Write its bounds: {kind}_{{{binder.name}=1}}^{{n}}",
                token,
            )
    return Big(kind, tuple(ranged), body, condition, share)


def _upper_of(condition: Node, name: str) -> Node | None:
    if isinstance(condition, Compare) and len(condition.ops) == 1:
        left, right = condition.operands
        if left == Bound(name) and condition.ops[0] in ("<", "<=") and not tree.uses_bound(right, name):
            return right
    return None


def spread(p: Cursor, name: str, start: int, end: int) -> Node | None:
    """The plain spellings `sum(x_i, i, 1, n)`, `sum(x_i, i)` and `sum(x_i for i in 1..n)`; None for anything else."""
    kind = BIG[name]
    token = p.tokens[start]
    ranges = p.pieces(start + 1, end, ",", ";")
    if len(ranges) == 1:
        a, b = ranges[0]
        depth = 0
        for place in range(a, b):
            word = p.tokens[place]
            if word.kind == "op":
                depth += (word.text in ("(", "[", "{")) - (word.text in (")", "]", "}"))
            elif depth == 0 and word.kind == "name" and word.text == "for" and place + 1 < b:
                index = p.tokens[place + 1].text
                binder = Binder(index)
                if place + 3 < b and p.tokens[place + 2].text == "in":
                    binder = _with_bounds(p, index, place + 3, b, None)
                with p.binding(index):
                    body = p.number_node(p.within(a, place, p.expression), token)
                return _finished(p, kind, [binder], body, [], None, token)
        return None
    second = p.tokens[ranges[1][0] : ranges[1][1]]
    if len(second) != 1 or second[0].kind != "name" or len(ranges) not in (2, 4):
        return None
    index = second[0].text
    if name not in _SUM_ONLY and (len(ranges) != 2 or p.known(index) or index in CONSTANTS):
        return None
    binder = Binder(index)
    if len(ranges) == 4:
        binder = Binder(index, p.within(*ranges[2], p.expression), p.within(*ranges[3], p.expression))
    with p.binding(index):
        body = p.number_node(p.within(*ranges[0], p.expression), token)
    return _finished(p, kind, [binder], body, [], None, token)
