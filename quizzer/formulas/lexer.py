"""Reading characters: plain ASCII, Unicode and full-width input become one stream of tokens."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import Literal

from quizzer.errors import Unreadable
from quizzer.formulas.characters import COMMANDS_ONE, DOTS, FRACTIONS, ONE, OPS, PLAIN, SUBSCRIPTS, SUPERSCRIPTS, fold
from quizzer.formulas.names import COMBINING, GREEK, VARIANT_LETTERS, VARIANTS, function
from quizzer.lean import dataclass

MAX_TOKENS = 600
MAX_EXPONENT = 400

Kind = Literal["num", "name", "op", "cmd", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `spaced` marks white space before it.

    `whole` marks a name that must not be split into letters, and a `*` that was typed as a centred dot.
    """

    kind: Kind
    text: str
    at: int
    whole: bool = False
    spaced: bool = False
    latex: bool = False


class Lexer(ABC):
    """One reading of characters, but for LaTeX commands (`latex`)."""

    def __init__(self, text: str, words: frozenset[str]) -> None:
        self.source = text
        self.chars = fold(text)
        self.words = words
        self.latex = "\\" in text
        self.i = 0
        self.out: list[Token] = []
        self.space = False

    def run(self) -> tuple[list[Token], bool]:
        while self.i < len(self.chars):
            self.one()
            if len(self.out) > MAX_TOKENS:
                raise Unreadable(f"the formula has more than {MAX_TOKENS} parts", "Shorten it", self.out[-1].at)
        self.out.append(Token("end", "", len(self.source), spaced=self.space))
        return self.out, self.latex

    def look(self, ahead: int = 0) -> str:
        place = self.i + ahead
        return self.chars[place][0] if place < len(self.chars) else ""

    def at(self) -> int:
        return self.chars[self.i][1] if self.i < len(self.chars) else len(self.source)

    def put(self, kind: Kind, text: str, at: int, *, whole: bool = False, latex: bool = False) -> None:
        self.out.append(Token(kind, text, at, whole, self.space, latex))
        self.space = False

    def one(self) -> None:
        char, at = self.look(), self.at()
        if char.isspace():
            self.space = True
            self.i += 1
        elif char == "$":
            self.i += 1
        elif char == "\\":
            self.command()
        elif char.isascii() and (char.isdigit() or (char == "." and is_digit(self.look(1)))):
            self.number()
        elif char in SUPERSCRIPTS:
            self.script("^", SUPERSCRIPTS)
        elif char in SUBSCRIPTS:
            self.script("_", SUBSCRIPTS)
        elif char in FRACTIONS:
            self.i += 1
            self.put("num", char, at)
        elif char in COMMANDS_ONE:
            self.i += 1
            self.put("cmd", COMMANDS_ONE[char], at)
        elif char in ONE:
            self.i += 1
            word = ONE[char]
            self.put("name" if word.isalpha() else "op", word, at, whole=word.isalpha() or char in DOTS)
        elif char.isalpha():
            self.name()
        else:
            self.operator()

    def operator(self) -> None:
        at = self.at()
        two = self.look() + self.look(1)
        for op in OPS:
            if two.startswith(op):
                self.i += len(op)
                word = PLAIN.get(op, op)
                self.put("name" if word.isalpha() else "op", word, at, whole=word.isalpha())
                return
        shown = self.look() if self.look().isprintable() else f"U+{ord(self.look()):04X}"
        raise Unreadable(
            f"`{shown}` has no meaning in a formula", "Type the formula with letters, digits and + - * / ^", at
        )

    def number(self) -> None:
        at, start = self.at(), self.i
        while is_digit(self.look()):
            self.i += 1
        if self.look() == "." and self.look(1) != ".":
            self.i += 1
            while is_digit(self.look()):
                self.i += 1
        if self.look() in ("e", "E"):
            sign = 1 if self.look(1) in ("+", "-", "−") else 0
            if is_digit(self.look(1 + sign)):
                self.i += 1 + sign
                while is_digit(self.look()):
                    self.i += 1
        text = "".join(c for c, _ in self.chars[start : self.i]).replace("−", "-")
        if self.look() == "." and is_digit(self.look(1)):
            raise Unreadable(f"`{text}.` is followed by another point", "A number has one decimal point", self.at())
        if text.startswith("0") and len(text) == 1 and self.look() in ("x", "X", "b", "o") and self.look(1).isalnum():
            raise Unreadable("numbers are written in decimal", "Write the number in base ten", at)
        literal(text, at)
        self.put("num", text, at)

    def name(self) -> None:
        char, at = self.look(), self.at()
        if not char.isascii():
            self.i += 1
            word = GREEK.get(char) or VARIANTS.get(char) or char
            word = VARIANT_LETTERS.get(char, word) if VARIANT_LETTERS.get(char) in self.words else word
            if word == char:  # a word in another script is one name
                while self.look().isalpha() and not self.look().isascii() and self.look() not in GREEK:
                    word += self.look()
                    self.i += 1
            word += self.trailing_digits() if not self.latex else ""
            self.put("name", word + self.accents(), at, whole=True)
            return
        start = self.i
        while self.look().isascii() and self.look().isalpha():
            self.i += 1
        run = "".join(c for c, _ in self.chars[start : self.i])
        if not self.latex:
            run += self.trailing_digits()
            self.put("name", run + self.accents(), at)
            return
        if run in self.words or function(run) or run in ("and", "or", "if", "otherwise", "else", "for", "when"):
            self.put("name", run + self.accents(), at, whole=True)
            return
        place = 0
        while place < len(run):  # LaTeX: letters are names of their own, unless the deck declares a longer one
            size = next((n for n in range(len(run) - place, 1, -1) if run[place : place + n] in self.words), 1)
            last = place + size == len(run)
            self.put("name", run[place : place + size] + (self.accents() if last else ""), self.chars[start + place][1])
            place += size

    def trailing_digits(self) -> str:
        start = self.i
        while self.look().isascii() and (self.look().isdigit() or (self.i > start and self.look().isalpha())):
            self.i += 1
        return "".join(c for c, _ in self.chars[start : self.i])

    def accents(self) -> str:
        out = ""
        while self.look() in COMBINING and self.look():
            out += "_" + COMBINING[self.look()]
            self.i += 1
        return out

    def script(self, op: str, table: dict[str, str]) -> None:
        """A run of superscripts or subscripts: `⁻¹` is `^{-1}`."""
        at, start = self.at(), self.i
        while self.look() in table and self.look():
            self.i += 1
        run = "".join(table[c] for c, _ in self.chars[start : self.i])
        inner = type(self)(run, self.words)
        tokens, _ = inner.run()
        self.put("op", op, at)
        self.put("op", "{", at)
        for token in tokens[:-1]:
            self.put(token.kind, token.text, at, whole=token.whole)
        self.put("op", "}", at)

    @abstractmethod
    def command(self) -> None:
        """Read what begins with a backslash."""


def is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def literal(text: str, at: int | None = None) -> int | Fraction:
    """The exact value of a spelled number. Raises Unreadable beyond 1e±400."""
    if text in FRACTIONS:
        return Fraction(*FRACTIONS[text])
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    if len(exponent.lstrip("+-0")) > 4:
        shift = MAX_EXPONENT + 1 + len(whole)
    else:
        shift = int(exponent or "0")
    if abs(shift) > MAX_EXPONENT or len(whole.lstrip("0")) > MAX_EXPONENT or len(decimals) > MAX_EXPONENT:
        raise Unreadable("a number is outside 1e-400 to 1e400", "Write a smaller number", at)
    value = Fraction(int((whole + decimals) or "0")) * Fraction(10) ** (shift - len(decimals))
    return int(value) if value.denominator == 1 else value
