"""Reading characters: plain ASCII, LaTeX, Unicode and full-width input become one stream of tokens."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quizzer.errors import Unreadable
from quizzer.formulas.names import ACCENTS, COMBINING, GREEK, VARIANTS, function
from quizzer.text import fold_width

MAX_CHARACTERS = 2000
MAX_TOKENS = 600
MAX_EXPONENT = 400

Kind = Literal["num", "name", "op", "cmd", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `whole` marks a name that must not be split into letters, `spaced` white space before it."""

    kind: Kind
    text: str
    at: int
    whole: bool = False
    spaced: bool = False
    latex: bool = False


SUPERSCRIPTS = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴸᴺ", "0123456789+-=()inabcdefghjklmoprstuvwxyzTLN", strict=True)
)
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₐₑₕₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+-=()ijaehklmnoprstuvxβγρφχ", strict=True))
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip

_ONE = {
    "−": "-", "–": "-", "﹣": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "÷": "/", "∕": "/",
    "⁄": "/", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "≠": "!=", "∧": "and", "∨": "or",
    "¬": "not", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "‖": "‖", "∥": "‖", "′": "'", "’": "'", "∼": "~", "∣": "|",
    "⋆": "*",
}  # fmt: skip
_COMMANDS_ONE = {"∑": "sum", "∏": "prod", "∫": "int", "√": "sqrt", "𝔼": "E", "𝟙": "ind", "𝟏": "ind", "∞": "inf"}
_OPS = ("**", "==", "!=", "<=", ">=", "&&", "..", *"+-*/^_()[]{}|<>=!,;'&~%:?")
_PLAIN = {"**": "^", "==": "=", "&&": "and"}

_LATEX_OPS = {
    "cdot": "*", "times": "*", "ast": "*", "star": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=",
    "ge": ">=", "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "land": "and",
    "wedge": "and", "lor": "or", "vee": "or", "lnot": "not", "neg": "not", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "lvert": "|(", "rvert": "|)", "vert": "|", "mid": "|", "lVert": "‖(", "rVert": "‖)",
    "Vert": "‖", "|": "‖", "{": "\\{", "}": "\\}", "lbrace": "\\{", "rbrace": "\\}", "lbrack": "[", "rbrack": "]",
    "prime": "'", "sim": "~", "\\": "\\\\", "&": "&", "%": "%", "bmod": "mod", "mod": "mod", "_": "_", "lparen": "(",
    "rparen": ")",
}  # fmt: skip
_LATEX_COMMANDS = {
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt", "sum": "sum", "prod": "prod",
    "int": "int", "binom": "binom", "dbinom": "binom", "tbinom": "binom", "infty": "inf", "partial": "partial",
}  # fmt: skip
_SPACING = (
    "left right big Big bigl bigr Bigl Bigr bigg Bigg biggl biggr Biggl Biggr middle displaystyle textstyle limits "
    "nolimits scriptstyle quad qquad ; : ! > thinspace medspace nonumber"
)
_IGNORED = frozenset(_SPACING.split()) | {",", " "}
_FONT_NAMES = "mathbf boldsymbol bm vec mathcal mathsf mathit mathscr mathfrak mathnormal bold pmb mathtt"
_FONTS = frozenset(_FONT_NAMES.split())
_WORDS = frozenset({"text", "mathrm", "operatorname", "textrm", "textit", "mbox", "mathop", "textbf"})


def read_tokens(text: str, words: frozenset[str] = frozenset()) -> tuple[list[Token], bool]:
    """The tokens of `text` with an end token, and whether it is LaTeX (it holds a backslash).

    `words` are the names of more than one letter that a run of letters in LaTeX may hold. Raises Unreadable with the
    position of a character that has no meaning here.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"the formula has {len(text)} characters; {MAX_CHARACTERS} are read", "Shorten it", MAX_CHARACTERS
        )
    return _Lexer(text, words).run()


class _Lexer:
    def __init__(self, text: str, words: frozenset[str]) -> None:
        self.source = text
        self.chars = _fold(text)
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
        elif char.isascii() and (char.isdigit() or (char == "." and _digit(self.look(1)))):
            self.number()
        elif char in SUPERSCRIPTS:
            self.script("^", SUPERSCRIPTS)
        elif char in SUBSCRIPTS:
            self.script("_", SUBSCRIPTS)
        elif char in FRACTIONS:
            self.i += 1
            self.put("num", char, at)
        elif char in _COMMANDS_ONE:
            self.i += 1
            self.put("cmd", _COMMANDS_ONE[char], at)
        elif char in _ONE:
            self.i += 1
            word = _ONE[char]
            self.put("name" if word.isalpha() else "op", word, at, whole=word.isalpha())
        elif char.isalpha():
            self.name()
        else:
            self.operator()

    def operator(self) -> None:
        at = self.at()
        two = self.look() + self.look(1)
        for op in _OPS:
            if two.startswith(op):
                self.i += len(op)
                word = _PLAIN.get(op, op)
                self.put("name" if word.isalpha() else "op", word, at, whole=word.isalpha())
                return
        shown = self.look() if self.look().isprintable() else f"U+{ord(self.look()):04X}"
        raise Unreadable(
            f"`{shown}` has no meaning in a formula", "Type the formula with letters, digits and + - * / ^", at
        )

    def number(self) -> None:
        at, start = self.at(), self.i
        while _digit(self.look()):
            self.i += 1
        if self.look() == "." and self.look(1) != ".":
            self.i += 1
            while _digit(self.look()):
                self.i += 1
        if self.look() in ("e", "E"):
            sign = 1 if self.look(1) in ("+", "-", "−") else 0
            if _digit(self.look(1 + sign)):
                self.i += 1 + sign
                while _digit(self.look()):
                    self.i += 1
        text = "".join(c for c, _ in self.chars[start : self.i]).replace("−", "-")
        if self.look() == "." and _digit(self.look(1)):
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
        inner = _Lexer(run, self.words)
        tokens, _ = inner.run()
        self.put("op", op, at)
        self.put("op", "{", at)
        for token in tokens[:-1]:
            self.put(token.kind, token.text, at, whole=token.whole)
        self.put("op", "}", at)

    # --- LaTeX ---------------------------------------------------------------------------------------------------

    def command(self) -> None:
        at = self.at()
        self.i += 1
        start = self.i
        while self.look().isascii() and self.look().isalpha():
            self.i += 1
        word = "".join(c for c, _ in self.chars[start : self.i])
        if not word:
            word = self.look()
            self.i += 1
        if word in ("left", "right", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr") and self.side(word, at):
            return
        if word in _IGNORED or word in ("(", ")"):
            self.space = True
        elif word in ACCENTS:
            self.put("name", self.argument(word, at) + "_" + ACCENTS[word], at, whole=True, latex=True)
        elif word in ("mathbb", "mathbf", "mathds", "mathbbm") and self.blackboard(at):
            pass
        elif word in _FONTS or word in ("mathbb", "mathds", "mathbbm"):
            self.put("name", self.argument(word, at), at, whole=True, latex=True)
        elif word in _WORDS:
            self.words_of(word, at)
        elif word in ("begin", "end"):
            self.put("cmd", f"{word}:{self.argument(word, at)}", at)
        elif word in _LATEX_COMMANDS:
            self.put("cmd", _LATEX_COMMANDS[word], at, latex=True)
        elif word in _LATEX_OPS:
            op = _LATEX_OPS[word]
            self.put("name" if op.isalpha() else "op", op, at, whole=op.isalpha())
        elif word in ("ldots", "dots", "cdots"):
            raise Unreadable("dots can't be evaluated", "Write the sum or product with its bounds", at)
        else:
            plain = VARIANTS.get(word, word) if word not in self.words else word
            if not (
                plain in GREEK.values()
                or function(word)
                or word in self.words
                or word in ("lim", "argmax", "ell", "sup", "arg", "imath", "jmath")
            ):
                raise Unreadable(f"the command `\\{word}` is not read here", "Use plain names and functions", at)
            self.put("name", plain + self.accents(), at, whole=True, latex=True)

    def side(self, word: str, at: int) -> bool:
        """`\\left|` opens, `\\right|` closes, `\\left.` is nothing."""
        while self.look() == " ":
            self.i += 1
        opens = word.endswith(("left", "l"))
        for spelling, op in (("|", "|"), ("\\vert", "|"), ("∣", "|"), ("\\|", "‖"), ("\\Vert", "‖")):
            if "".join(c for c, _ in self.chars[self.i : self.i + len(spelling)]) == spelling:
                self.i += len(spelling)
                self.put("op", op + ("(" if opens else ")"), at)
                return True
        if self.look() == ".":
            self.i += 1
            self.space = True
            return True
        return False

    def argument(self, word: str, at: int) -> str:
        """The name in `{…}`, or the single letter or command, that a command stands before."""
        while self.look() == " ":
            self.i += 1
        braced = self.look() == "{"
        if braced:
            self.i += 1
        start = self.i
        if braced:
            while self.look() and self.look() != "}":
                self.i += 1
        elif self.look() == "\\":
            self.i += 1
            while self.look().isascii() and self.look().isalpha():
                self.i += 1
        else:
            self.i += 1
        inside = "".join(c for c, _ in self.chars[start : self.i]).strip().strip("\\").replace("*", "")
        if braced:
            if not self.look():
                raise Unreadable(f"`\\{word}{{` is not closed", "Add the missing `}`", at)
            self.i += 1
        if inside.startswith("{"):
            inside = inside[1:]
        inside = GREEK.get(inside) or VARIANTS.get(inside) or inside
        if not inside or len(inside) > 30 or not inside.replace("_", "").replace("-", "").replace(" ", "").isalnum():
            raise Unreadable(f"`\\{word}` needs one name", f"Write \\{word}{{x}}, for instance", at)
        return inside

    def blackboard(self, at: int) -> bool:
        """`\\mathbb{E}` and `\\mathbb{1}`, `\\mathbf{1}`, `\\mathbb{I}`."""
        rest = "".join(c for c, _ in self.chars[self.i : self.i + 6]).replace(" ", "")
        inside = rest[1:2] if rest.startswith("{") else rest[:1]
        if rest.startswith("{") and rest[2:3] != "}":
            return False
        if inside not in ("1", "I", "E"):
            return False
        if inside == "I" and "I" in self.words:
            return False
        while self.look() != inside:
            self.i += 1
        self.i += 1
        if rest.startswith("{"):
            while self.look() != "}":
                self.i += 1
            self.i += 1
        self.put("cmd", "E" if inside == "E" else "ind", at)
        return True

    def words_of(self, word: str, at: int) -> None:
        """`\\text{if }`, `\\mathrm{softmax}`: a keyword, or one name that is never split."""
        if self.look() == "*":
            self.i += 1
        while self.look() == " ":
            self.i += 1
        if self.look() != "{":
            self.put("name", self.argument(word, at), at, whole=True, latex=True)
            return
        end = self.i
        while end < len(self.chars) and self.chars[end][0] != "}":
            end += 1
        inside = "".join(c for c, _ in self.chars[self.i + 1 : end])
        if end == len(self.chars):
            raise Unreadable(f"`\\{word}{{` is not closed", "Add the missing `}`", at)
        words = inside.replace("\\,", " ").replace("\\ ", " ").strip().rstrip(",").replace("arg\\max", "argmax")
        self.i = end + 1
        if words in ("1", "I"):
            self.put("cmd", "ind", at)
            return
        for part in words.split():
            clean = part.strip(",;:")
            if not clean.replace("_", "").replace("-", "").isalnum():
                raise Unreadable(f"the text `{inside}` is not read here", "Write names, numbers and operators", at)
            self.put("name", clean, at, whole=True)


def _digit(char: str) -> bool:
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


def _fold(text: str) -> list[tuple[str, int]]:
    """Characters with their positions: full-width and mathematical letters as plain ones, accents apart."""
    out: list[tuple[str, int]] = []
    for place, char in enumerate(text):
        if char.isascii():
            out.append((char, place))
            continue
        folded = fold_width(char)
        if folded == char and char not in _COMMANDS_ONE:
            if 0x1D400 <= ord(char) <= 0x1D7FF or char in "ℓℝℯℎ":
                folded = unicodedata.normalize("NFKC", char)
            else:
                parts = unicodedata.normalize("NFD", char)
                if len(parts) == 2 and parts[1] in COMBINING:
                    folded = parts
        out.extend((c, place) for c in folded)
    return out
