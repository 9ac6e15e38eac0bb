"""Reading the smallest parts: numbers, brackets, bars, and what follows an atom without a space: indices and `!`."""

from __future__ import annotations

from quizzer.formulas.cursor import CLOSING, Cursor, as_typed
from quizzer.formulas.names import ordered
from quizzer.formulas.scope import canonical
from quizzer.formulas.tokens import Kind, Token, literal
from quizzer.formulas.tree import Call, Index, Indicator, Logic, Node, Num, Sym, Vec, is_condition


class AtomReader(Cursor):
    """The part of the grammar below powers."""

    def postfix(self, node: Node) -> Node:
        while True:
            if self.is_op("!"):
                token = self.take()
                if self.is_op("!"):
                    raise self.error("a double factorial is not read", "Write (n!)! for the factorial of a factorial")
                node = Call("factorial", (self.number_node(node, token),))
            elif self.is_op("_") and self.positive_part():
                node = Call("relu", (self.number_node(node, self.token),))
            elif self.is_op("_", "[") and self.indexable(node):
                node = self.marked(self.indexed(node))
            elif self.is_op("_"):
                raise self.error("a subscript stands on what has no elements", self.declared())
            elif self.is_op("'"):
                raise self.error("no symbol with this prime is declared", self.declared())
            else:
                return node

    def positive_part(self) -> bool:
        """Whether `_+` or `_{+}` stands here, as in `(1 - y z)_+`; it is then passed."""
        texts = [self.ahead(n).text for n in (1, 2, 3)]
        size = 2 if texts[0] == "+" else 4 if texts == ["{", "+", "}"] else 0
        self.i += size
        return size > 0

    def marked(self, node: Node) -> Node:
        """`Q_i'` and `y_i^*` as elements of the declared `Q'` and `y^*`."""
        if not (isinstance(node, Index) and isinstance(node.base, Sym)):
            return node
        mark, place = self.suffix(self.i)
        if mark not in ("_prime", "_star"):
            return node
        declared = self.scope.by_canonical.get(ordered(canonical(node.base.name) + mark))
        if declared is None or declared.rank < len(node.indices):
            return node
        self.i = place
        return Index(Sym(declared.name), node.indices)

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

    def number(self) -> Node:
        token = self.take()
        return Num(literal(token.text, token.at), token.text)

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
            if token.text == "⟨":
                return self.inner_product(token)
            if token.text in ("|", "|("):
                return self.bars_of(token)
            if token.text in ("‖", "‖("):
                return self.norm(token)
        if token.kind == "end":
            raise self.error("the formula ends too early" if self.i else "there is no formula", "Type the missing part")
        if token.text == "..":
            raise self.error("two points stand together", "A number has one decimal point")
        raise self.error(f"`{as_typed(token)}` is not expected here", "A number, a symbol or `(` is expected")

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

    def inner_product(self, opened: Token) -> Node:
        """`⟨x, y⟩`."""
        end = self.group_end(self.i)
        sides = [self.within(a, b, self.expression) for a, b in self.pieces(self.i + 1, end, ",", "|")]
        if len(sides) != 2:
            raise self.error("angle brackets hold two vectors", "Write \\langle x, y\\rangle or dot(x, y)", opened)
        self.i = end + 1
        return Call("dot", (sides[0], sides[1]))

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
