"""The reader of formulas: a Pratt parser for a closed grammar. Nothing it reads is ever executed.

Levels of binding, loosest first: `a if c else b`, `or`, `and`, `not`, comparisons, `+ -`, `* /` and juxtaposition
(left to right, so `1/2x` is (1/2)·x), signs, `^` (to the right), postfix `!` and subscripts.
"""

from __future__ import annotations

from quizzer.errors import Unreadable
from quizzer.formulas.atoms import AtomReader
from quizzer.formulas.cursor import (
    ADD,
    AND,
    CLOSING,
    COMPARISON,
    COMPARISONS,
    MUL,
    NOT,
    OPENING,
    OR,
    POWER,
    SIGN,
    TERNARY,
    as_typed,
)  # fmt: skip
from quizzer.formulas.names import KEYWORDS
from quizzer.formulas.naming import NameReader
from quizzer.formulas.ranks import TRANSPOSED, rank
from quizzer.formulas.scope import Scope
from quizzer.formulas.structures import StructureReader
from quizzer.formulas.tokens import Token, read_tokens
from quizzer.formulas.tree import Add, Call, Cases, Compare, Div, Logic, Mul, Neg, Node, Pow


class Parser(NameReader, StructureReader, AtomReader):
    """One reading: the levels from `a if c else b` down to powers."""

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
        first = self.i
        node = self.postfix(self.atom())
        return self.chosen(node, first) if self.choose_follows() else node

    def choose_follows(self) -> bool:
        """Whether `n choose k` stands here, rather than `choose(n, k)`."""
        if not self.is_word("choose") or self.known("choose"):
            return False
        group = self.ahead()
        return group.text != "(" or len(self.pieces(self.i + 2, self.group_end(self.i + 1), ",")) < 2

    def chosen(self, top: Node, first: int) -> Node:
        token = self.take()
        before = self.tokens[first - 1] if first else token
        beside = before.kind in ("num", "name") or before.text in CLOSING.values()
        bottom = self.postfix(self.atom())
        if (first and beside) or self.starts_factor():
            raise self.error("what is chosen from what is ambiguous", "Write binom(2n, k)", token)
        return Call("binom", (self.number_node(top, token), self.number_node(bottom, token)))

    def infix(self, left: Node, level: int) -> Node | None:
        """`left` joined with what follows at `level` or tighter; None when nothing does."""
        token = self.token
        if token.kind == "op":
            text = token.text
            if text == "^" and level <= POWER:
                return self.power(left)
            if text in ("*", "/", "//") and level <= MUL:
                return self.product(left)
            if text in ("+", "-") and level <= ADD:
                return self.sum(left)
            if text == "%" and level <= MUL:
                return self.modulo(left)
            if text == "?" and level <= TERNARY:
                return self.question(left)
            if text in COMPARISONS and level <= COMPARISON:
                return self.comparison(left)
        elif token.kind == "name" and token.text in ("and", "or", "if", "mod"):
            word = token.text
            if word == "mod" and level <= MUL:
                return self.modulo(left)
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
        other = self.token
        return Cases(((condition, self.number_node(value, start)),), self.number_node(self.expression(TERNARY), other))

    def question(self, left: Node) -> Node:
        """`condition ? a : b`."""
        condition = self.condition_node(left, self.take())
        start = self.token
        value = self.expression(TERNARY)
        if not self.is_op(":"):
            raise self.error("`:` is missing after `?`", "Write condition ? a : b")
        self.i += 1
        other = self.token
        return Cases(((condition, self.number_node(value, start)),), self.number_node(self.expression(TERNARY), other))

    def modulo(self, left: Node) -> Node:
        """`a mod b`, `a % b`."""
        token = self.take()
        if token.text == "%" and not self.starts_factor() and not self.is_op("-", "+"):
            raise self.error("a percentage is not read inside a formula", "Write 0.05 for 5%", token)
        return Call("mod", (self.number_node(left, token), self.number_node(self.expression(SIGN), token)))

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
            if self.is_op("*", "/", "//"):
                self.i += 1
                factor = self.number_node(self.expression(SIGN), token)
                if token.text != "*":
                    top = factors[0] if len(factors) == 1 else Mul(tuple(factors))
                    share = Div(top, factor)
                    factors = [Call("floor", (share,)) if token.text == "//" else share]
                    continue
            elif self.starts_factor():
                self.refuse_number_beside(token)
                factor = self.number_node(self.expression(SIGN), token)
            else:
                return factors[0] if len(factors) == 1 else Mul(tuple(factors))
            last = factors[-1]
            if isinstance(last, Call) and last.name == TRANSPOSED and rank(factor, self.scope) == 1:
                factors[-1] = Call("dot", (last.args[0], factor))
            elif token.text == "*" and token.whole and self.both_vectors(last, factor):
                factors[-1] = Call("dot", (last, factor))
            else:
                factors.append(factor)

    def both_vectors(self, left: Node, right: Node) -> bool:
        return rank(left, self.scope) == 1 == rank(right, self.scope)

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
            f"the number {token.text} follows `{as_typed(before)}` without an operator",
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
            return token.text not in KEYWORDS and not self.choose_follows()
        if token.kind == "op":
            if token.text == "‖":
                return not self.norms
            return token.text in OPENING or (token.text == "|" and not self.bars)
        return False

    def power(self, base: Node) -> Node:
        caret = self.take()
        if self.transposes(base):
            return Call(TRANSPOSED, (base,))
        if self.is_op("*", "'"):
            raise self.error("no symbol with this star is declared", self.declared(), caret)
        exponent = self.script("^") if self.latex else self.plain_exponent()
        self.number_node(base, caret)
        return Pow(base, self.number_node(exponent, caret))

    def transposes(self, base: Node) -> bool:
        """Whether the exponent is the T of `x^T y`; it is then passed."""
        braced = self.is_op("{")
        place = self.i + braced
        token = self.tokens[min(place, len(self.tokens) - 1)]
        sign = token.kind == "op" and token.text == "⊤"
        letter = token.kind == "name" and token.text in ("T", "top") and not self.known(token.text)
        if not (sign or letter) or (braced and self.ahead(2).text != "}"):
            return False
        if rank(base, self.scope) != 1:
            raise self.error("only a declared vector is transposed", "Write x^T y, or dot(x, y)", token)
        self.i = place + 1 + braced
        return True

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
        elif token.kind in ("name", "cmd") or self.is_op(*OPENING):
            with self.deeper():
                node = self.atom()
        else:
            raise self.error(f"nothing stands after `{op}`", f"Write {op}{{…}}")
        if self.is_op("^") and op == "^":
            with self.deeper():
                return self.power(node)
        return node


def read_tree(text: str, scope: Scope) -> Node:
    """The tree of `text`. Raises Unreadable with position and hint."""
    tokens, latex = read_tokens(text, scope.words)
    if len(tokens) == 1:
        raise Unreadable("there is no formula", "Type one", 0)
    while len(tokens) > 2 and tokens[-2].kind == "op" and tokens[-2].text in (",", ";"):
        del tokens[-2]
    return Parser(tokens, latex, scope).formula()
