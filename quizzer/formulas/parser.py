"""The reader of formulas: a Pratt parser for a closed grammar. Nothing it reads is ever executed.

Levels of binding, loosest first: `a if c else b`, `or`, `and`, `not`, comparisons, `+ -`, `* /` and juxtaposition
(left to right, so `1/2x` is (1/2)·x), signs, `^` (to the right), postfix `!` and subscripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from quizzer.errors import Unreadable
from quizzer.formulas import binders, calculus
from quizzer.formulas.names import (
    BIG,
    BIG_ONLY_WITH_INDEX,
    CONSTANTS,
    FUNCTIONS,
    KEYWORDS,
    NEED_PARENTHESES,
    function,
    show,
)  # fmt: skip
from quizzer.formulas.scope import Declaration, Scope
from quizzer.formulas.tokens import Kind, Token, literal, read_tokens
from quizzer.formulas.tree import (
    Add,
    Bound,
    Call,
    Cases,
    Compare,
    Const,
    Div,
    Index,
    Indicator,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Sym,
    Vec,
    is_condition,
)  # fmt: skip
from quizzer.text import nearest

MAX_NESTING = 60

TERNARY, OR, AND, NOT, COMPARISON, ADD, MUL, SIGN, POWER = 5, 10, 20, 30, 40, 50, 60, 70, 80
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "⌊": "⌋", "⌈": "⌉"}
_OPENING = (*CLOSING, "|(", "‖(", "‖")


class Parser:
    """One reading. `bound` counts the names that sums, products and integrals bind around the current place."""

    def __init__(self, tokens: list[Token], latex: bool, scope: Scope) -> None:
        self.tokens = tokens
        self.latex = latex
        self.scope = scope
        self.i = 0
        self.bound: dict[str, int] = {}
        self.nesting = 0
        self.bars = 0
        self.norms = 0

    # --- tokens --------------------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        return self.tokens[self.i]

    def ahead(self, n: int = 1) -> Token:
        return self.tokens[min(self.i + n, len(self.tokens) - 1)]

    def is_op(self, *texts: str) -> bool:
        return self.token.kind == "op" and self.token.text in texts

    def is_word(self, *texts: str) -> bool:
        return self.token.kind == "name" and self.token.text in texts

    def take(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.i += 1
        return token

    def expect(self, text: str) -> None:
        if not self.is_op(text):
            shown = text.replace("|)", "|").replace("‖)", "‖")
            raise self.error(f"`{shown}` is missing", "Close what was opened")
        self.i += 1

    def error(self, message: str, fix: str = "", token: Token | None = None) -> Unreadable:
        return Unreadable(message, fix, (token or self.token).at)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.error(f"the formula nests deeper than {MAX_NESTING} levels", "Write it flatter")
        yield
        self.nesting -= 1

    @contextmanager
    def binding(self, *names: str) -> Iterator[None]:
        for name in names:
            self.bound[name] = self.bound.get(name, 0) + 1
        yield
        for name in names:
            self.bound[name] -= 1

    def within(self, start: int, end: int, read: Callable[[], Node]) -> Node:
        """Read the tokens from `start` up to `end` with `read`, which must use them all."""
        saved_tokens, saved_i, saved_bars = self.tokens, self.i, self.bars
        last = Token("end", "", saved_tokens[end].at)
        self.tokens, self.i, self.bars = [*saved_tokens[start:end], last], 0, 0
        node = read()
        self.finish()
        self.tokens, self.i, self.bars = saved_tokens, saved_i, saved_bars
        return node

    def finish(self) -> None:
        if self.is_op(".."):
            raise self.error("two points stand together", "A number has one decimal point")
        if self.token.kind != "end":
            raise self.error(f"`{_shown(self.token)}` is not expected here", "Check the parentheses before it")

    def group_end(self, start: int) -> int:
        """The place of the bracket that closes the one at `start`."""
        stack = [CLOSING[self.tokens[start].text]]
        for place in range(start + 1, len(self.tokens)):
            token = self.tokens[place]
            if token.kind != "op":
                continue
            if token.text == stack[-1]:
                stack.pop()
                if not stack:
                    return place
            elif token.text in CLOSING:
                stack.append(CLOSING[token.text])
        raise self.error(f"`{stack[0]}` is missing", "Close what was opened", self.tokens[start])

    def number_node(self, node: Node, token: Token) -> Node:
        """`node`, refused if it is true or false rather than a number."""
        if is_condition(node):
            raise self.error(
                "a comparison stands where a number is needed",
                "Write [condition] for 1 or 0, or if(condition, a, b)",
                token,
            )
        return node

    def condition_node(self, node: Node, token: Token) -> Node:
        if not is_condition(node):
            raise self.error("a condition is needed here", "For instance x > 0", token)
        return node

    # --- levels --------------------------------------------------------------------------------------------------

    def formula(self) -> Node:
        """A whole formula, up to the end of the tokens."""
        node = self.expression()
        self.finish()
        return node

    def expression(self, level: int = TERNARY) -> Node:
        with self.deeper():
            left = self.prefix()
            while True:
                following = self.infix(left, level)
                if following is None:
                    return left
                left = following

    def prefix(self) -> Node:
        start = self.token
        if self.is_word("not"):
            self.i += 1
            return Logic("not", (self.condition_node(self.expression(NOT), start),))
        if self.is_op("+", "-"):
            negative = False
            while self.is_op("+", "-"):
                negative ^= self.take().text == "-"
            node = self.number_node(self.expression(SIGN), start)
            return Neg(node) if negative else node
        return self.postfix(self.atom())

    def infix(self, left: Node, level: int) -> Node | None:
        """`left` joined with what follows at `level` or tighter; None when nothing does."""
        token = self.token
        if token.kind == "op":
            text = token.text
            if text == "^" and level <= POWER:
                return self.power(left)
            if text in ("*", "/") and level <= MUL:
                return self.product(left)
            if text in ("+", "-") and level <= ADD:
                return self.sum(left)
            if text in COMPARISONS and level <= COMPARISON:
                return self.comparison(left)
        elif token.kind == "name" and token.text in ("and", "or", "if", "mod"):
            word = token.text
            if word == "mod" and level <= MUL:
                self.i += 1
                return Call("mod", (left, self.number_node(self.expression(SIGN), token)))
            if (word == "and" and level <= AND) or (word == "or" and level <= OR):
                return self.logic(left, word)
            if word == "if" and level <= TERNARY and not self.bare_if():
                return self.ternary(left)
            return None
        if level <= MUL and self.starts_factor():
            return self.product(left)
        return None

    def bare_if(self) -> bool:
        """Whether this `if` belongs to an enclosing `cases(value if condition, …)`."""
        depth = 0
        for token in self.tokens[self.i + 1 :]:
            if token.kind == "op":
                depth += (token.text in CLOSING) - (token.text in CLOSING.values())
                if depth < 0 or (depth == 0 and token.text in (",", ";", "\\\\", "&")):
                    return True
            elif token.kind == "name" and token.text == "else" and depth == 0:
                return False
        return True

    def ternary(self, value: Node) -> Node:
        self.i += 1
        start = self.token
        condition = self.condition_node(self.expression(OR), start)
        if not self.is_word("else"):
            raise self.error("`else` is missing", "Write a if condition else b")
        self.i += 1
        return Cases(((condition, value),), self.expression(TERNARY))

    def logic(self, left: Node, word: str) -> Node:
        args = [self.condition_node(left, self.token)]
        while self.is_word(word):
            self.i += 1
            start = self.token
            args.append(self.condition_node(self.expression(NOT if word == "and" else AND), start))
        return Logic(word, tuple(args))

    def comparison(self, left: Node) -> Node:
        operands, ops = [self.number_node(left, self.token)], []
        while self.is_op(*COMPARISONS):
            ops.append(self.take().text)
            start = self.token
            operands.append(self.number_node(self.expression(ADD), start))
        return Compare(tuple(ops), tuple(operands))

    def sum(self, left: Node) -> Node:
        terms = [self.number_node(left, self.token)]
        while self.is_op("+", "-"):
            sign = self.take()
            term = self.number_node(self.expression(MUL), sign)
            terms.append(Neg(term) if sign.text == "-" else term)
        return Add(tuple(terms))

    def product(self, left: Node) -> Node:
        """Factors and divisors, left to right."""
        factors = [self.number_node(left, self.token)]
        while True:
            token = self.token
            if self.is_op("*", "/"):
                self.i += 1
                factor = self.number_node(self.expression(SIGN), token)
                if token.text == "/":
                    top = factors[0] if len(factors) == 1 else Mul(tuple(factors))
                    factors = [Div(top, factor)]
                    continue
            elif self.starts_factor():
                self.refuse_number_beside(token)
                factor = self.number_node(self.expression(SIGN), token)
            else:
                return factors[0] if len(factors) == 1 else Mul(tuple(factors))
            factors.append(factor)

    def refuse_number_beside(self, token: Token) -> None:
        """`2 3`, `x 2` and `(a)3` never multiply: a digit lost or a sign forgotten would pass as a product."""
        if token.kind != "num":
            return
        before = self.tokens[self.i - 1]
        if before.kind == "num":
            raise self.error(
                f"two numbers stand side by side: `{before.text} {token.text}`", "Write an operator between them", token
            )
        raise self.error(
            f"the number {token.text} follows `{_shown(before)}` without an operator",
            "Write * between them, _ for a subscript or ^ for a power",
            token,
        )

    def starts_factor(self) -> bool:
        """Whether the next token can begin a factor that is multiplied without a sign."""
        token = self.token
        if token.kind == "num":
            return True
        if token.kind == "cmd":
            return not token.text.startswith("end:")
        if token.kind == "name":
            return token.text not in KEYWORDS
        if token.kind == "op":
            if token.text == "‖":
                return not self.norms
            return token.text in _OPENING or (token.text == "|" and not self.bars)
        return False

    def power(self, base: Node) -> Node:
        caret = self.take()
        if self.is_op("*", "'"):
            raise self.error("no symbol with this star is declared", self.declared(), caret)
        exponent = self.script("^") if self.latex else self.plain_exponent()
        self.number_node(base, caret)
        return Pow(base, self.number_node(exponent, caret))

    def plain_exponent(self) -> Node:
        if self.is_op("{") and not self.latex:
            node = self.script("^")
            if self.is_op("^"):
                return self.power(node)
            return node
        return self.expression(POWER)

    def script(self, op: str) -> Node:
        """What `^` or `_` is given in LaTeX: a group, a command with its arguments, or one character."""
        token = self.token
        if self.is_op("{"):
            end = self.group_end(self.i)
            node = self.within(self.i + 1, end, self.expression)
            self.i = end + 1
        elif self.is_op("-", "+") and op == "^":
            self.i += 1
            inner = self.script(op)
            node = Neg(inner) if token.text == "-" else inner
        elif token.kind == "num":
            if len(token.text) > 1:
                raise self.error(f"`{op}{token.text}` is ambiguous in LaTeX", f"Write {op}{{{token.text}}}", token)
            node = self.number()
        elif token.kind in ("name", "cmd") or self.is_op(*_OPENING):
            with self.deeper():
                node = self.atom()
        else:
            raise self.error(f"nothing stands after `{op}`", f"Write {op}{{…}}")
        if self.is_op("^") and op == "^":
            with self.deeper():
                return self.power(node)
        return node

    # --- atoms ---------------------------------------------------------------------------------------------------

    def postfix(self, node: Node) -> Node:
        while True:
            if self.is_op("!"):
                token = self.take()
                if self.is_op("!"):
                    raise self.error("a double factorial is not read", "Write (n!)! for the factorial of a factorial")
                node = Call("factorial", (self.number_node(node, token),))
            elif self.is_op("_", "[") and self.indexable(node):
                node = self.indexed(node)
            elif self.is_op("_"):
                raise self.error("a subscript stands on what has no elements", self.declared())
            elif self.is_op("'"):
                raise self.error("no symbol with this prime is declared", self.declared())
            else:
                return node

    def indexable(self, node: Node) -> bool:
        if isinstance(node, Sym):
            return self.scope.symbols[node.name].rank > 0
        if isinstance(node, Index) and isinstance(node.base, Sym):
            return self.scope.symbols[node.base.name].rank > len(node.indices) and self.is_op("[", "_")
        return isinstance(node, Vec) or (isinstance(node, Call) and node.name == "softmax")

    def indexed(self, node: Node) -> Node:
        """`x_i`, `x_{i,j}`, `A_{ij}`, `x[i]`, `A[i][j]`."""
        room = 1
        if isinstance(node, Sym):
            room = self.scope.symbols[node.name].rank
        elif isinstance(node, Index) and isinstance(node.base, Sym):
            room = self.scope.symbols[node.base.name].rank - len(node.indices)
        token = self.take()
        if token.text == "[" or self.is_op("{", "("):
            start = self.i - 1 if token.text == "[" else self.i
            end = self.group_end(start)
            indices = self.index_list(start + 1, end, room)
            self.i = end + 1
        elif self.token.kind == "num" and self.latex and len(self.token.text) > 1:
            raise self.error(f"`_{self.token.text}` is ambiguous in LaTeX", f"Write _{{{self.token.text}}}")
        elif self.token.kind in ("num", "name"):
            self.i += 1
            indices = self.index_list(self.i - 1, self.i, room)
        else:
            raise self.error("an index is missing after `_`", "Write x_i or x_{i,j}")
        if len(indices) > room:
            raise self.error(f"{len(indices)} indices for {room} dimension{'s' if room > 1 else ''}", "", token)
        if isinstance(node, Index):
            return Index(node.base, (*node.indices, *indices))
        return Index(node, tuple(indices))

    def index_list(self, start: int, end: int, room: int) -> list[Node]:
        inside = self.tokens[start:end]
        if not inside:
            raise self.error("the index is empty", "Write x_i")
        if room == 2 and len(inside) == 2 and all(t.kind in ("name", "num") for t in inside):
            return [self.within(start + n, start + n + 1, self.expression) for n in range(2)]
        if room == 2 and len(inside) == 1 and len(inside[0].text) == 2 and not self.known(inside[0].text):
            first, second = inside[0].text[0], inside[0].text[1]
            at = inside[0].at
            if inside[0].kind == "num" or (self.known(first) and (self.known(second) or second.isdigit())):
                kinds: list[Kind] = ["num" if char.isdigit() else "name" for char in (first, second)]
                pair = [Token(kinds[0], first, at), Token(kinds[1], second, at + 1)]
                self.tokens = [*self.tokens[:start], *pair, *self.tokens[end:]]
                nodes = [self.within(start + n, start + n + 1, self.expression) for n in range(2)]
                self.tokens = [*self.tokens[:start], *inside, *self.tokens[start + 2 :]]
                return nodes
        return [
            self.number_node(self.within(a, b, self.expression), self.tokens[a])
            for a, b in self.pieces(start, end, ",")
        ]

    def known(self, name: str) -> bool:
        return bool(self.bound.get(name)) or self.scope.find(name) is not None

    def pieces(self, start: int, end: int, *separators: str) -> list[tuple[int, int]]:
        """The ranges between top-level separators."""
        depth, first, out = 0, start, []
        for place in range(start, end):
            token = self.tokens[place]
            if token.kind == "op":
                depth += (token.text in CLOSING) - (token.text in CLOSING.values())
                if depth == 0 and token.text in separators:
                    out.append((first, place))
                    first = place + 1
            elif token.kind == "cmd" and token.text.startswith(("begin:", "end:")):
                depth += 1 if token.text.startswith("begin:") else -1
        return [*out, (first, end)]

    def number(self) -> Node:
        token = self.take()
        return Num(literal(token.text, token.at), token.text)

    def one_of_condition(self) -> Node | None:
        """`1[x > 0]`, `1_{x > 0}` and `1\\{x > 0\\}` as indicators; None when this 1 is a number."""
        following = self.ahead()
        if self.token.text != "1" or following.kind != "op" or following.text not in ("[", "\\{", "_"):
            return None
        start = self.i + (2 if following.text == "_" else 1)
        if self.tokens[start].text not in CLOSING:
            return None
        inside = self.tokens[start + 1 : self.group_end(start)]
        if not any(token.text in COMPARISONS or token.text in ("and", "or", "not") for token in inside):
            return None
        self.i += 1
        return self.indicator()

    def atom(self) -> Node:
        token = self.token
        if token.kind == "num":
            return self.one_of_condition() or self.number()
        if token.kind == "name":
            return self.name()
        if token.kind == "cmd":
            return self.command()
        if token.kind == "op":
            if token.text in ("(", "{", "\\{"):
                return self.parenthesised()
            if token.text == "[":
                return self.bracketed()
            if token.text in ("⌊", "⌈"):
                end = self.group_end(self.i)
                inner = self.number_node(self.within(self.i + 1, end, self.expression), token)
                self.i = end + 1
                return Call("floor" if token.text == "⌊" else "ceil", (inner,))
            if token.text in ("|", "|("):
                return self.bars_of(token)
            if token.text in ("‖", "‖("):
                return self.norm(token)
        if token.kind == "end":
            raise self.error("the formula ends too early" if self.i else "there is no formula", "Type the missing part")
        if token.text == "..":
            raise self.error("two points stand together", "A number has one decimal point")
        raise self.error(f"`{_shown(token)}` is not expected here", "A number, a symbol or `(` is expected")

    def parenthesised(self) -> Node:
        opened = self.take()
        closing = CLOSING[opened.text]
        saved, self.bars = self.bars, 0
        node = self.expression()
        if self.is_op(",") and opened.text == "(":
            items = [self.number_node(node, opened)]
            while self.is_op(","):
                self.i += 1
                items.append(self.number_node(self.expression(), self.token))
            node = Vec(tuple(items))
        elif (opened.text == "{" and self.is_word("if", "for", "otherwise")) or self.is_op(";"):
            raise self.error("cases are written differently", "Write cases(a if condition, b otherwise)", opened)
        self.expect(closing)
        self.bars = saved
        return node

    def bracketed(self) -> Node:
        """`[condition]` is 1 or 0, `[a, b]` a vector, `[a]` a group."""
        opened = self.token
        end = self.group_end(self.i)
        ranges = self.pieces(self.i + 1, end, ",", ";")
        items = [self.within(a, b, self.expression) for a, b in ranges]
        self.i = end + 1
        if all(is_condition(item) for item in items):
            return Indicator(items[0] if len(items) == 1 else Logic("and", tuple(items)))
        if len(items) == 1:
            return items[0]
        return Vec(tuple(self.number_node(item, opened) for item in items))

    def bars_of(self, opened: Token) -> Node:
        self.i += 1
        self.bars += opened.text == "|"
        inner = self.number_node(self.expression(), opened)
        if not (self.is_op("|)") or (self.is_op("|") and opened.text == "|")):
            raise self.error("the closing `|` is missing", "Write abs(x) when bars nest", opened)
        self.i += 1
        self.bars -= opened.text == "|"
        return Call("abs", (inner,))

    def norm(self, opened: Token) -> Node:
        self.i += 1
        self.norms += 1
        inner = self.expression()
        self.norms -= 1
        if not self.is_op("‖", "‖)"):
            raise self.error("the closing norm bars are missing", "Write norm(x)", opened)
        self.i += 1
        if self.is_op("_"):
            self.i += 1
            order = self.script("_")
            return Call("norm", (inner, order))
        return Call("norm", (inner,))

    # --- names ---------------------------------------------------------------------------------------------------

    def name(self) -> Node:
        token = self.token
        found, end = self.longest_name()
        if found is not None:
            self.i = end
            if isinstance(found, str):
                return Bound(found)
            if found.is_text:
                raise self.error(f"`{found.name}` stands for words, not a number", "", token)
            node: Node = Sym(found.name)
            if found.rank and self.is_op("^") and self.power_then_index():
                return self.squared_element(node)
            return node
        word = token.text
        if word in BIG and self.big_follows(word):
            self.i += 1
            return binders.big(self, BIG[word], token)
        if word in ("E", "mean") and self.ahead().kind == "op" and self.ahead().text == "[":
            raise self.error("an expectation needs its index or distribution", "Write E_{i~p}[x_i]", token)
        if word == "arg" and self.ahead().text in ("max", "min"):
            self.i += 2
            return binders.big(self, "arg" + self.tokens[self.i - 1].text, token)
        special = calculus.named(self, word)
        if special is not None:
            return special
        if word in ("if", "where") and self.ahead().text == "(":
            return self.if_call()
        if word == "cases" and self.ahead().text in ("(", "{"):
            return self.cases_call()
        if word in ("ind", "indicator", "1") and self.ahead().text in ("(", "[", "_", "{"):
            self.i += 1
            return self.indicator()
        known = function(word)
        if known is not None and not (token.latex and word in ("gamma", "psi")) and self.calls(word):
            return self.call(known, token)
        if word in CONSTANTS:
            self.i += 1
            return Const(CONSTANTS[word])
        return self.split(token)

    def longest_name(self) -> tuple[Declaration | str | None, int]:
        """The longest declared or bound name that starts here, with the place after it."""
        token = self.token
        name, place = token.text, self.i + 1
        best: tuple[Declaration | str | None, int] = (None, place)
        declared = self.scope.find(name)
        if self.bound.get(name):
            best = (name, place)
        elif declared is not None:
            best = (declared, place)
        for _ in range(4):
            piece, place = self.suffix(place)
            if not piece:
                break
            name += piece
            declared = self.scope.by_canonical.get(name)
            if declared is not None:
                best = (declared, place)
        return best

    def suffix(self, place: int) -> tuple[str, int]:
        """A prime, a star or a subscript at `place` as a part of a canonical name."""
        tokens = self.tokens
        token = tokens[place]
        following = tokens[min(place + 1, len(tokens) - 1)]
        if token.kind != "op":
            return "", place
        if token.text == "'":
            return "_prime", place + 1
        if token.text == "^":
            if following.text in ("*", "'"):
                return ("_star" if following.text == "*" else "_prime"), place + 2
            inner = tokens[place + 2 : place + 4]
            if following.text == "{" and len(inner) == 2 and inner[0].text in ("*", "'") and inner[1].text == "}":
                return ("_star" if inner[0].text == "*" else "_prime"), place + 4
            return "", place
        if token.text != "_":
            return "", place
        if following.kind in ("name", "num"):
            return f"_{following.text}", place + 2
        if following.kind == "op" and following.text == "{":
            out = ""
            for n in range(place + 2, min(place + 12, len(tokens))):
                part = tokens[n]
                if part.kind == "op" and part.text == "}":
                    return f"_{out}", n + 1
                if part.kind not in ("name", "num") and part.text not in ("-", "+", ",", "_"):
                    break
                out += part.text
        return "", place

    def big_follows(self, word: str) -> bool:
        following = self.ahead()
        return (following.kind == "op" and following.text == "_") or (
            following.kind == "op"
            and following.text == "^"
            and word not in BIG_ONLY_WITH_INDEX
            and word in ("sum", "prod")
        )

    def calls(self, word: str) -> bool:
        following = self.ahead()
        if following.kind == "op" and following.text == "(":
            return True
        return word not in NEED_PARENTHESES

    def call(self, name: str, token: Token) -> Node:
        """A function with its arguments; `log x`, `sin^2 x`, `log_2 x`, `exp[…]`, `max{a, b}`."""
        self.i += 1
        base = exponent = index = None
        while self.is_op("_", "^"):
            if self.take().text == "_":
                if name == "softmax":
                    index = self.script("_")
                elif name == "log":
                    base = self.script("_")
                else:
                    raise self.error(f"`{token.text}` takes no subscript", "", token)
            else:
                caret = self.token
                exponent = self.script("^") if self.latex or self.is_op("{") else self.signed_atom()
                if isinstance(exponent, Neg):
                    raise self.error(
                        f"`{token.text}^-1` may be the inverse function or the reciprocal",
                        f"Write a{token.text}(x) or 1/{token.text}(x)",
                        caret,
                    )
        if name in BIG and self.is_op("("):
            end = self.group_end(self.i)
            spread = binders.spread(self, name, self.i, end)
            if spread is not None:
                self.i = end + 1
                return Pow(spread, exponent) if exponent is not None else spread
        args = self.arguments(name, token)
        if base is not None:
            args.append(base)
        node = self.made(name, args, token)
        if index is not None:
            node = Index(node, (index,))
        return Pow(node, exponent) if exponent is not None else node

    def signed_atom(self) -> Node:
        if self.is_op("-"):
            self.i += 1
            return Neg(self.atom())
        return self.atom()

    def arguments(self, name: str, token: Token) -> list[Node]:
        if self.is_op("(", "[", "\\{", "{"):
            start, end = self.i, self.group_end(self.i)
            ranges = self.pieces(start + 1, end, ",", ";")
            if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
                raise self.error(f"`{token.text}` needs an argument", f"Write {token.text}(x)", token)
            args = [self.number_node(self.within(a, b, self.expression), self.tokens[a]) for a, b in ranges]
            self.i = end + 1
            return args
        return [self.bare_argument(token)]

    def bare_argument(self, token: Token) -> Node:
        """`log x`, `sin 2x`, `log 2πσ²`: one factor, after leading numbers and constants one more each."""
        if self.is_op("-", "+"):
            raise self.error(f"`{token.text} {self.token.text}` is ambiguous", f"Write {token.text}(…)")
        if not self.starts_factor():
            raise self.error(f"`{token.text}` needs an argument", f"Write {token.text}(x)", token)
        factors = [self.expression(SIGN)]
        while self.starts_factor() and self.token.kind in ("name", "num") and not self.is_function_here():
            self.refuse_number_beside(self.token)
            if not isinstance(factors[-1], Num | Const):
                if self.token.spaced and self.latex:
                    break
                raise self.error(
                    f"`{token.text}` without parentheses is followed by two factors", f"Write {token.text}(…)", token
                )
            factors.append(self.expression(SIGN))
        node = factors[0] if len(factors) == 1 else Mul(tuple(factors))
        return self.number_node(node, token)

    def is_function_here(self) -> bool:
        word = self.token.text
        return (
            self.token.kind == "name" and self.longest_name()[0] is None and (function(word) is not None or word in BIG)
        )

    def made(self, name: str, args: list[Node], token: Token) -> Node:
        fewest, most = FUNCTIONS[name]
        if len(args) < fewest or (most >= 0 and len(args) > most):
            wanted = f"{fewest}" if fewest == most else f"{fewest} or more" if most < 0 else f"{fewest} to {most}"
            raise self.error(f"`{token.text}` takes {wanted} arguments, not {len(args)}", "", token)
        return Call(name, tuple(args))

    def split(self, token: Token) -> Node:
        """A run of letters as the product of names that are declared, else a refusal that lists them."""
        word = token.text
        misspelt = self.ahead().text == "(" and len(word) > 2 and nearest(word, list(FUNCTIONS), 1) is not None
        if not token.whole and not self.latex and word.isalpha() and not misspelt:
            parts, place = [], 0
            while place < len(word):
                size = next(
                    (
                        n for n in range(len(word) - place, 0, -1)
                        if self.known(word[place : place + n]) or word[place : place + n] in ("pi", "e")
                    ),
                    0,
                )  # fmt: skip
                if not size:
                    break
                parts.append((word[place : place + size], place))
                place += size
            if place == len(word) and len(parts) > 1:
                split = [Token("name", part, token.at + offset) for part, offset in parts]
                self.tokens = [*self.tokens[: self.i], *split, *self.tokens[self.i + 1 :]]
                return self.name()
        raise self.unknown(token)

    def unknown(self, token: Token) -> Unreadable:
        word = token.text
        names = [d.name for d in self.scope.declarations] + [name for name, count in self.bound.items() if count]
        if function(word) is not None or word in BIG:
            return self.error(f"`{word}` stands without its argument", f"Write {word}(…)", token)
        if self.ahead().kind == "op" and self.ahead().text == "(":
            near = nearest(word, list(FUNCTIONS), 1 if len(word) < 5 else 2)
            if near:
                return self.error(f"unknown function `{word}`", f"Did you mean {near}?", token)
        near = nearest(word, names, 1 if len(word) < 4 else 2) if len(word) > 1 else None
        near = near or next((name for name in names if name.lower() == word.lower()), None)
        hint = f"Did you mean {near}? " if near else ""
        return self.error(f"unknown symbol `{show(word)}`", hint + self.declared(), token)

    def declared(self) -> str:
        names = [d.name for d in self.scope.declarations if not d.is_text]
        bound = [name for name, count in self.bound.items() if count]
        return f"Declared: {', '.join([*names, *bound])}" if names or bound else "No symbol is declared here"

    def power_then_index(self) -> bool:
        """`x^2_i`: a power written before the index of a vector."""
        place = self.i + 1
        if self.tokens[place].kind == "op" and self.tokens[place].text == "{":
            place = self.group_end(place)
        following = self.tokens[min(place + 1, len(self.tokens) - 1)]
        return following.kind == "op" and following.text == "_"

    def squared_element(self, node: Node) -> Node:
        self.i += 1
        if self.is_op("{"):
            end = self.group_end(self.i)
            exponent = self.within(self.i + 1, end, self.expression)
            self.i = end + 1
        else:
            exponent = self.signed_atom()
        return Pow(self.indexed(node), exponent)

    # --- commands and cases --------------------------------------------------------------------------------------

    def command(self) -> Node:
        token = self.take()
        word = token.text
        if word == "frac":
            return self.fraction(token)
        if word == "sqrt":
            if self.is_op("["):
                end = self.group_end(self.i)
                degree = self.within(self.i + 1, end, self.expression)
                self.i = end + 1
                return Call("root", (self.number_node(self.brace(token), token), degree))
            if token.latex or self.is_op("{", "("):
                return Call("sqrt", (self.number_node(self.brace(token), token),))
            with self.deeper():  # √x_i
                return Call("sqrt", (self.number_node(self.postfix(self.atom()), token),))
        if word == "binom":
            top = self.brace(token)
            return Call("binom", (self.number_node(top, token), self.number_node(self.brace(token), token)))
        if word in ("sum", "prod"):
            return binders.big(self, word, token)
        if word == "E":
            if not self.is_op("_"):
                raise self.error("an expectation needs its index or distribution", "Write E_{i~p}[x_i]", token)
            return binders.big(self, "mean", token)
        if word == "ind":
            return self.indicator()
        if word == "int":
            return calculus.integral(self, token)
        if word == "inf":
            return Const("inf")
        if word == "begin:cases" or word == "begin:dcases":
            return self.cases_environment(word[6:], token)
        raise self.error(f"`{word.replace(':', ' ')}` is not read here", "Write the formula on one line", token)

    def brace(self, token: Token) -> Node:
        """The argument of a command: a group, or one character as TeX reads it."""
        if self.token.kind == "num" and len(self.token.text) > 1 and token.text in ("frac", "sqrt", "binom"):
            digits = self.token
            if digits.text.isdigit() and self.latex:
                rest = Token("num", digits.text[1:], digits.at + 1)
                first = Token("num", digits.text[0], digits.at)
                self.tokens = [*self.tokens[: self.i], first, rest, *self.tokens[self.i + 1 :]]
        if self.is_op("{"):
            return self.parenthesised()
        if self.token.kind == "end":
            raise self.error("an argument is missing", "Write \\frac{a}{b}", token)
        with self.deeper():
            return self.atom()

    def fraction(self, token: Token) -> Node:
        derivative = calculus.derivative_fraction(self)
        if derivative is not None:
            return derivative
        top = self.number_node(self.brace(token), token)
        return Div(top, self.number_node(self.brace(token), token))

    def indicator(self) -> Node:
        token = self.token
        if self.is_op("_"):
            self.i += 1
        if not self.is_op("[", "(", "{", "\\{"):
            raise self.error("the indicator needs its condition", "Write 1[x > 0]", token)
        end = self.group_end(self.i)
        ranges = self.pieces(self.i + 1, end, ",")
        if len(ranges) == 1 and self.tokens[self.i].text == "{" and self.tokens[self.i + 1].text in ("\\{", "[", "("):
            self.i += 1
            node = self.indicator()
            self.expect("}")
            return node
        conditions = [self.condition_node(self.within(a, b, self.expression), self.tokens[a]) for a, b in ranges]
        self.i = end + 1
        return Indicator(conditions[0] if len(conditions) == 1 else Logic("and", tuple(conditions)))

    def if_call(self) -> Node:
        token = self.take()
        end = self.group_end(self.i)
        ranges = self.pieces(self.i + 1, end, ",", ";")
        if len(ranges) < 3 or len(ranges) % 2 == 0:
            raise self.error("`if` takes a condition and two values", "Write if(x > 0, a, b)", token)
        nodes = [self.within(a, b, self.expression) for a, b in ranges]
        self.i = end + 1
        branches = tuple(
            (self.condition_node(nodes[n], token), self.number_node(nodes[n + 1], token))
            for n in range(0, len(nodes) - 1, 2)
        )
        return Cases(branches, self.number_node(nodes[-1], token))

    def cases_call(self) -> Node:
        token = self.take()
        end = self.group_end(self.i)
        node = self.branches([self.branch_parts(a, b) for a, b in self.pieces(self.i + 1, end, ",", ";")], token)
        self.i = end + 1
        return node

    def branch_parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """`value if condition` or `value otherwise` as token ranges."""
        depth = 0
        for place in range(start, end):
            token = self.tokens[place]
            if token.kind == "op":
                depth += (token.text in CLOSING) - (token.text in CLOSING.values())
            elif token.kind == "name" and depth == 0 and token.text in ("if", "for", "when", "otherwise", "else"):
                if token.text in ("otherwise", "else"):
                    return [(start, place)]
                return [(start, place), (place + 1, end)]
        return [(start, end)]

    def cases_environment(self, environment: str, token: Token) -> Node:
        depth, end = 1, self.i
        while depth:
            if self.tokens[end].kind == "end":
                raise self.error(f"\\end{{{environment}}} is missing", "Close the environment", token)
            text = self.tokens[end].text
            depth += (text == f"begin:{environment}") - (text == f"end:{environment}")
            end += 1
        rows = []
        for start, stop in self.pieces(self.i, end - 1, "\\\\"):
            if start == stop:
                continue
            cells = self.pieces(start, stop, "&")
            if len(cells) == 1:
                rows.append(self.branch_parts(start, stop))
            else:
                rows.append([self.trimmed(*cells[0]), self.trimmed(*cells[1])])
        node = self.branches(rows, token)
        self.i = end
        return node

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        while end > start and self.tokens[end - 1].text in (",", ";", ":"):
            end -= 1
        while start < end and self.tokens[start].text in ("if", "for", "when", ","):
            start += 1
        return start, end

    def branches(self, rows: list[list[tuple[int, int]]], token: Token) -> Node:
        out: list[tuple[Node, Node]] = []
        default: Node | None = None
        for n, row in enumerate(rows):
            value = self.number_node(self.within(*self.trimmed(*row[0]), self.expression), token)
            words = [t.text for t in self.tokens[slice(*row[1])]] if len(row) > 1 else ["otherwise"]
            if words in (["otherwise"], ["else"], []):
                if n + 1 < len(rows):
                    raise self.error("`otherwise` must be the last case", "Move it to the end", token)
                default = value
                continue
            start = self.tokens[row[1][0]]
            conditions = [
                self.condition_node(self.within(a, b, self.expression), start) for a, b in self.pieces(*row[1], ",")
            ]
            out.append((conditions[0] if len(conditions) == 1 else Logic("and", tuple(conditions)), value))
        if not out:
            raise self.error("cases need at least one condition", "Write cases(a if x > 0, b otherwise)", token)
        return Cases(tuple(out), default)


def read_tree(text: str, scope: Scope) -> Node:
    """The tree of `text`. Raises Unreadable with position and hint."""
    tokens, latex = read_tokens(text, scope.words)
    if len(tokens) == 1:
        raise Unreadable("there is no formula", "Type one", 0)
    while len(tokens) > 2 and tokens[-2].kind == "op" and tokens[-2].text in (",", ";"):
        del tokens[-2]
    return Parser(tokens, latex, scope).formula()


def _shown(token: Token) -> str:
    return {"|(": "|", "|)": "|", "‖(": "‖", "‖)": "‖"}.get(token.text, token.text)
