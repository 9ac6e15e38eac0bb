"""Reading names: symbols with their subscripts, primes and stars, functions with their arguments, constants."""

from __future__ import annotations

from quizzer.errors import Unreadable
from quizzer.formulas import binders, calculus
from quizzer.formulas.cursor import CLOSING, SIGN, Cursor
from quizzer.formulas.names import (
    BIG,
    BIG_ONLY_WITH_INDEX,
    CONSTANTS,
    FUNCTIONS,
    NEED_PARENTHESES,
    function,
    ordered,
    show,
    with_mark,
)
from quizzer.formulas.scope import Declaration
from quizzer.formulas.tokens import Token
from quizzer.formulas.tree import Bound, Call, Compare, Const, Div, Index, Indicator, Mul, Neg, Node, Num, Pow, Sym
from quizzer.text import nearest

LONGEST_RUN = 40
"""Letters typed without a space that are read as a product of names; longer runs take time and mean nothing."""


class NameReader(Cursor):
    """The part of the grammar that begins with a name."""

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
        if word == "delta" and self.ahead().text == "_":
            kronecker = self.kronecker()
            if kronecker is not None:
                return kronecker
        if word == "C" and self.ahead().text in ("_", "^"):
            return self.combinations()
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
        if word == "I" and self.ahead().text in ("(", "[", "\\{") and self.holds_condition(self.i + 1):
            self.i += 1
            return self.indicator()
        known = function(word)
        if known is not None and self.ahead().text == "'":
            raise self.error(f"`{word}'` is a derivative", "Write out the function that it is", token)
        if known is not None and not (token.latex and word in ("gamma", "psi")) and self.calls(word):
            return self.call(known, token)
        if word in CONSTANTS:
            self.i += 1
            return Const(CONSTANTS[word])
        return self.split(token)

    def kronecker(self) -> Node | None:
        """`\\delta_{ij}`, 1 where both indices are the same; None where there are not two."""
        place = self.i + 2
        if self.tokens[place].text == "{":
            inside = self.tokens[place + 1 : self.group_end(place)]
            end = self.group_end(place) + 1
        else:
            inside, end = self.tokens[place : place + 1], place + 1
        if len(inside) == 1 and len(inside[0].text) == 2 and inside[0].text.isalpha():
            first = inside[0]
            inside = [Token("name", first.text[0], first.at), Token("name", first.text[1], first.at + 1)]
        inside = [token for token in inside if token.text != ","]
        if len(inside) != 2:
            return None
        pair = []
        for token in inside:
            saved, self.tokens = self.tokens, [token, Token("end", "", token.at)]
            saved_i, self.i = self.i, 0
            pair.append(self.number_node(self.expression(), token))
            self.tokens, self.i = saved, saved_i
        self.i = end
        return Indicator(Compare(("=",), (pair[0], pair[1])))

    def combinations(self) -> Node:
        """`C_n^k`, the binomial coefficient with n below."""
        token = self.take()
        scripts: dict[str, Node] = {}
        while self.is_op("_", "^") and self.token.text not in scripts:
            op = self.take().text
            scripts[op] = self.script(op) if self.latex or self.is_op("{") else self.signed_atom()
        if len(scripts) < 2:
            self.i -= 1
            raise self.unknown(token)
        return Call("binom", (self.number_node(scripts["_"], token), self.number_node(scripts["^"], token)))

    def longest_name(self) -> tuple[Declaration | str | None, int]:
        """The longest declared or bound name that starts here, with the place after it."""
        token = self.token
        name, place = token.text, self.i + 1
        if not (self.known(name) or token.latex or function(name)):
            name = with_mark(name)  # yhat, mbar_t
        best: tuple[Declaration | str | None, int] = (None, place)
        declared = self.scope.find(name)
        if self.bound.get(name):
            best = (name, place)
        elif declared is not None:
            best = (declared, place)
        for _ in range(4):
            piece, place = self.suffix(place) if not self.stars(name, place) else ("_star", place + 1)
            if not piece:
                break
            whole, _, rest = piece.rpartition(",")
            vector = self.scope.by_canonical.get(ordered(name + whole)) if whole else None
            name += piece
            declared = self.scope.by_canonical.get(ordered(name))
            if declared is None and vector is not None and vector.rank and rest:  # \pi_{\theta_i,j}
                return vector, self.indexed_within(place)
            if declared is not None:
                best = (declared, place)
        return best

    def indexed_within(self, place: int) -> int:
        """Cut the last index out of the subscript that ends before `place`: `_{theta_i,j}` becomes `_{theta_i}_{j}`."""
        comma = next(n for n in range(place - 1, 0, -1) if self.tokens[n].text == ",")
        at = self.tokens[comma].at
        cut = [Token("op", text, at) for text in ("}", "_", "{")]
        self.tokens = [*self.tokens[:comma], *cut, *self.tokens[comma + 1 :]]
        return comma + 1

    def stars(self, name: str, place: int) -> bool:
        """Whether the `*` at `place` belongs to a declared starred name, as in `(y* - 1)`, and multiplies nothing."""
        token, following = self.tokens[place], self.tokens[min(place + 1, len(self.tokens) - 1)]
        if token.kind != "op" or token.text != "*" or token.whole or f"{name}_star" not in self.scope.by_canonical:
            return False
        if following.kind == "op" and following.text in ("+", "-"):
            return not self.known(name)
        ends = following.text in ("*", "/", "^", ",", ";", "=", "<", ">", "<=", ">=", *CLOSING.values())
        return following.kind == "end" or (following.kind == "op" and ends)

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
        if self.starts_big():  # \log\frac1n\sum_i x_i
            if not isinstance(factors[-1], Div):
                raise self.error(
                    f"`{token.text}` without parentheses is followed by two factors", f"Write {token.text}(…)", token
                )
            factors.append(self.expression(SIGN))
        node = factors[0] if len(factors) == 1 else Mul(tuple(factors))
        return self.number_node(node, token)

    def starts_big(self) -> bool:
        """Whether a sum, product, maximum or expectation begins here."""
        if self.token.kind == "cmd":
            return self.token.text in ("sum", "prod", "E", "int")
        return self.token.kind == "name" and self.token.text in BIG and self.big_follows(self.token.text)

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
        if not token.whole and not self.latex and word.isalpha() and not misspelt and len(word) <= LONGEST_RUN:
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
        stem = word.rstrip("0123456789")
        vector = self.scope.find(stem) if stem and stem != word else None
        if vector is not None and vector.rank:
            return self.error(
                f"unknown symbol `{show(word)}`", f"Write {stem}_{word[len(stem) :]} for an element", token
            )
        near = nearest(word, names, 1 if len(word) < 4 else 2) if len(word) > 1 else None
        near = near or next((name for name in names if name.lower() == word.lower()), None)
        hint = f"Did you mean {near}? " if near else ""
        return self.error(f"unknown symbol `{show(word)}`", hint + self.declared(), token)

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
