"""The place of a reading in its tokens, with what every part of the grammar needs: brackets, refusals, bound names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from quizzer.errors import Unreadable
from quizzer.formulas.scope import Scope
from quizzer.formulas.tokens import Token
from quizzer.formulas.tree import Node, is_condition

MAX_NESTING = 60

TERNARY, OR, AND, NOT, COMPARISON, ADD, MUL, SIGN, POWER = 5, 10, 20, 30, 40, 50, 60, 70, 80
"""Levels of binding, loosest first."""
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
CLOSING = {"⟨": "⟩", "(": ")", "[": "]", "{": "}", "\\{": "\\}", "⌊": "⌋", "⌈": "⌉"}
OPENING = (*CLOSING, "|(", "‖(", "‖")


def as_typed(token: Token) -> str:
    """A token as it was typed."""
    return {"|(": "|", "|)": "|", "‖(": "‖", "‖)": "‖"}.get(token.text, token.text)


class Cursor(ABC):
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
        saved_tokens, saved_i, saved_bars, nesting = self.tokens, self.i, self.bars, self.nesting
        last = Token("end", "", saved_tokens[end].at)
        self.tokens, self.i, self.bars = [*saved_tokens[start:end], last], 0, 0
        try:
            node = read()
            self.finish()
        except Unreadable:
            self.nesting = nesting
            raise
        finally:
            self.tokens, self.i, self.bars = saved_tokens, saved_i, saved_bars
        return node

    def finish(self) -> None:
        if self.is_op(".."):
            raise self.error("two points stand together", "A number has one decimal point")
        if self.token.kind != "end":
            raise self.error(f"`{as_typed(self.token)}` is not expected here", "Check the parentheses before it")

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

    def known(self, name: str) -> bool:
        return bool(self.bound.get(name)) or self.scope.find(name) is not None

    def declared(self) -> str:
        names = [d.name for d in self.scope.declarations if not d.is_text]
        bound = [name for name, count in self.bound.items() if count]
        return f"Declared: {', '.join([*names, *bound])}" if names or bound else "No symbol is declared here"

    # What the parts of the grammar give each other; each is defined, and explained, in one of them.

    @abstractmethod
    def expression(self, level: int = TERNARY) -> Node: ...

    @abstractmethod
    def refuse_number_beside(self, token: Token) -> None: ...

    @abstractmethod
    def starts_factor(self) -> bool: ...

    @abstractmethod
    def script(self, op: str) -> Node: ...

    @abstractmethod
    def atom(self) -> Node: ...

    @abstractmethod
    def postfix(self, node: Node) -> Node: ...

    @abstractmethod
    def indexed(self, node: Node) -> Node: ...

    @abstractmethod
    def parenthesised(self) -> Node: ...

    @abstractmethod
    def bracketed(self) -> Node: ...

    @abstractmethod
    def suffix(self, place: int) -> tuple[str, int]: ...

    @abstractmethod
    def name(self) -> Node: ...

    @abstractmethod
    def call(self, name: str, token: Token) -> Node: ...

    @abstractmethod
    def signed_atom(self) -> Node: ...

    @abstractmethod
    def indicator(self) -> Node: ...

    @abstractmethod
    def holds_condition(self, start: int) -> bool: ...

    @abstractmethod
    def one_of_condition(self) -> Node | None: ...

    @abstractmethod
    def command(self) -> Node: ...

    @abstractmethod
    def if_call(self) -> Node: ...

    @abstractmethod
    def cases_call(self) -> Node: ...
