"""Reading integrals and derivatives. They are features a question usually forbids in an answer."""

from __future__ import annotations

from quizzer.formulas.cursor import Cursor
from quizzer.formulas.tokens import Token
from quizzer.formulas.tree import Bound, Derivative, Index, Integral, Node, Num, Sym

MAX_ORDER = 4


def named(p: Cursor, word: str) -> Node | None:
    """`integrate(f, x, a, b)`, `int_a^b f dx`, `diff(f, x)`, `d/dx f`; None when `word` begins none of them."""
    following = p.ahead()
    if word in ("integrate", "int", "integral") and following.text == "(":
        return _call(p, word)
    if word in ("int", "integral") and following.text in ("_", "^"):
        return integral(p, p.take())
    if word in ("diff", "derivative") and following.text == "(":
        return _call(p, "diff")
    if word == "d" and following.text == "/" and p.ahead(2).kind == "name" and p.ahead(2).text.startswith("d"):
        token = p.take()
        p.i += 1
        end = p.i + (2 if p.token.text == "d" else 1)
        target = _target(p, p.i, end, token)
        p.i = end
        return _derivative(p, p.expression(60), target, 1, token)
    return None


def _call(p: Cursor, word: str) -> Node:
    token = p.take()
    end = p.group_end(p.i)
    ranges = p.pieces(p.i + 1, end, ",")
    wanted = (2, 3) if word == "diff" else (4,)
    if len(ranges) not in wanted:
        form = "diff(f, x)" if word == "diff" else "integrate(f, x, a, b)"
        raise p.error(f"`{token.text}` is written {form}", "", token)
    if word == "diff":
        target = p.within(*ranges[1], p.expression)
        order = 1
        if len(ranges) == 3:
            node = p.within(*ranges[2], p.expression)
            order = node.value if isinstance(node, Num) and isinstance(node.value, int) else 0
        result = _derivative(p, p.within(*ranges[0], p.expression), target, order, token)
    else:
        name = _variable(p, p.tokens[ranges[1][0]])
        low, high = p.within(*ranges[2], p.expression), p.within(*ranges[3], p.expression)
        with p.binding(name):
            body = p.number_node(p.within(*ranges[0], p.expression), token)
        result = Integral(name, low, high, body)
    p.i = end + 1
    return result


def integral(p: Cursor, token: Token) -> Node:
    """`\\int_a^b f \\, dx`, its sign already taken."""
    low = high = None
    while p.is_op("_", "^"):
        op = p.take().text
        bound = p.script(op) if p.latex or p.is_op("{") else p.signed_atom()
        low, high = (bound, high) if op == "_" else (low, bound)
    if low is None or high is None:
        raise p.error("an integral needs both bounds", "Write int_{a}^{b} f dx", token)
    found = _differential(p, fresh=True) or _differential(p, fresh=False)
    if found is None:
        raise p.error("the integral has no `dx`", "Write int_{a}^{b} f dx", token)
    place, after, name = found
    with p.binding(name):
        body = p.within(p.i, place, p.expression) if place > p.i else Num(1, "1")
    p.number_node(body, token)
    p.i = after
    return Integral(name, low, high, body)


def _differential(p: Cursor, *, fresh: bool) -> tuple[int, int, str] | None:
    """Where the `dx` of this integral begins and ends, and its name. `fresh`: only where `d` is no symbol itself."""
    depth = opened = 0
    for place in range(p.i, len(p.tokens) - 1):
        token = p.tokens[place]
        if token.kind == "op":
            depth += (token.text in ("(", "[", "{", "\\{")) - (token.text in (")", "]", "}", "\\}"))
            if depth < 0:
                return None
        elif token.text in ("int", "integral") and token.kind in ("cmd", "name"):
            opened += 1
        elif depth == 0 and token.kind == "name" and token.text.startswith("d") and not (fresh and p.known(token.text)):
            after = p.tokens[place + 1]
            if token.text == "d" and after.kind == "name":
                name, end = after.text, place + 2
            elif len(token.text) > 1 and not p.known(token.text):
                name, end = token.text[1:], place + 1
            else:
                continue
            if not opened:
                return place, end, name
            opened -= 1
    return None


def derivative_fraction(p: Cursor) -> Node | None:
    """`\\frac{d}{dx} f` and `\\frac{\\partial f}{\\partial x_i}` after `\\frac`; None for an ordinary fraction."""
    if not p.is_op("{"):
        return None
    token = p.token
    top, top_end = p.i + 1, p.group_end(p.i)
    if top_end == top + 1 and p.tokens[top].text == "d" and p.known("d") and p.tokens[top_end + 2].text[:1] == "d":
        raise p.error("`d` is a symbol here, so this may be a fraction or a derivative", "Write 1/x, or diff(f, x)")
    if p.tokens[top_end + 1].text != "{" or not _is_d(p, top):
        return None
    bottom, bottom_end = top_end + 2, p.group_end(top_end + 1)
    split = p.tokens[bottom].kind == "name" and p.tokens[bottom].text.startswith("d") and len(p.tokens[bottom].text) > 1
    if not (_is_d(p, bottom) or (split and not p.known(p.tokens[bottom].text))):
        return None
    order, start = 1, top + 1
    if p.tokens[start].text == "^" and start < top_end:
        number = p.tokens[start + 1] if p.tokens[start + 1].text != "{" else p.tokens[start + 2]
        order = int(number.text) if number.text.isdigit() and len(number.text) == 1 else 0
        start += 2 if p.tokens[start + 1].text != "{" else 4
    target_end = next(
        (n for n in range(bottom, bottom_end) if p.tokens[n].kind == "op" and p.tokens[n].text == "^"), bottom_end
    )
    target = _target(p, bottom, target_end, token)
    if start < top_end:
        body = p.within(start, top_end, p.expression)
        p.i = bottom_end + 1
    else:
        p.i = bottom_end + 1
        body = p.expression(60)
    return _derivative(p, body, target, order, token)


def partial(p: Cursor, token: Token) -> Node:
    """`\\partial_\\sigma f`, its sign already taken."""
    p.i += 1
    target = p.script("_") if p.latex or p.is_op("{") else p.atom()
    return _derivative(p, p.expression(60), target, 1, token)


def _is_d(p: Cursor, place: int) -> bool:
    token = p.tokens[place]
    if token.kind == "cmd":
        return token.text == "partial"
    return token.kind == "name" and token.text in ("d", "partial") and not p.known(token.text)


def _target(p: Cursor, start: int, end: int, token: Token) -> Node:
    """What follows the `d` of a denominator."""
    first = p.tokens[start]
    if first.kind == "name" and len(first.text) > 1 and first.text.startswith("d"):
        saved = p.tokens
        p.tokens = [*p.tokens[:start], Token("name", first.text[1:], first.at + 1), *p.tokens[start + 1 :]]
        node = p.within(start, end, p.expression)
        p.tokens = saved
        return node
    if start + 1 >= end:
        raise p.error("the derivative has no variable", "Write \\frac{d}{dx} f", token)
    return p.within(start + 1, end, p.expression)


def _variable(p: Cursor, token: Token) -> str:
    if token.kind != "name":
        raise p.error("the variable of an integral must be a name", "", token)
    return token.text


def _derivative(p: Cursor, body: Node, target: Node, order: int, token: Token) -> Node:
    p.number_node(body, token)
    if not 1 <= order <= MAX_ORDER:
        raise p.error(f"derivatives up to order {MAX_ORDER} are read", "", token)
    if isinstance(target, Sym | Bound):
        return Derivative(body, target.name, isinstance(target, Bound), (), order)
    if isinstance(target, Index) and isinstance(target.base, Sym):
        return Derivative(body, target.base.name, False, target.indices, order)
    raise p.error("a derivative is taken by a symbol", "Write \\frac{d}{dx} f", token)
