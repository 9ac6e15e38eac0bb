"""Reading commands with arguments, cases and indicators."""

from __future__ import annotations

from quizzer.formulas import binders, calculus
from quizzer.formulas.cursor import CLOSING, COMPARISONS, Cursor
from quizzer.formulas.tokens import Token
from quizzer.formulas.tree import Call, Cases, Const, Div, Indicator, Logic, Node


class StructureReader(Cursor):
    """The part of the grammar that TeX commands and conditions make up."""

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
        if word == "partial" and self.is_op("_"):
            return calculus.partial(self, token)
        if word in ("begin:cases", "begin:dcases", "begin:array"):
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

    def one_of_condition(self) -> Node | None:
        """`1[x > 0]`, `1_{x > 0}` and `1\\{x > 0\\}` as indicators; None when this 1 is a number."""
        following = self.ahead()
        if self.token.text != "1" or following.kind != "op" or following.text not in ("[", "(", "{", "\\{", "_"):
            return None
        start = self.i + (2 if following.text == "_" else 1)
        if self.tokens[start].text not in CLOSING:
            return None
        if not self.holds_condition(start):
            return None
        self.i += 1
        return self.indicator()

    def holds_condition(self, start: int) -> bool:
        """Whether the group that opens at `start` is a condition rather than a number."""
        depth = 0
        for token in self.tokens[start + 1 : self.group_end(start)]:
            if token.kind == "op":
                outside = depth == 0 or self.tokens[start].text not in ("(", "{")
                if outside and token.text in COMPARISONS:
                    return True
                depth += (token.text in CLOSING) - (token.text in CLOSING.values())
            elif token.kind == "name" and token.text in ("and", "or", "not"):
                return True
        return False

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
