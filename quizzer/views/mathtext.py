"""LaTeX as one line of readable Unicode that never loses grouping, for terminals and plain text.

Braces become parentheses unless they hold one atom; superscripts and subscripts are Unicode only where every character
has one; a fraction gets parentheses wherever its neighbours could be read into it. Any LaTeX may come in: what is
unknown is kept as it was written, what can't be read at all is returned unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzer.formulas.names import GREEK
from quizzer.lean import dataclass
from quizzer.views.mathmode import mode
from quizzer.views.mathsymbols import (
    ACCENTS,
    BIG,
    BLACKBOARD,
    FONTS,
    IGNORED,
    RELATIONS,
    SCRIPT_LETTERS,
    SPACES,
    SUB,
    SUPER,
    SYMBOLS,
    WORDS,
)  # fmt: skip

MAX_CHARACTERS = 4000
MAX_NESTING = 60

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
CASES = ("cases", "dcases", "rcases")
BRACKETS = {"pmatrix": ("(", ")"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "Bmatrix": ("{", "}")}
_ATOMS = ("atom", "number", "close", "word")
_RAISED = frozenset(SUPER.values())
_LETTER = {name: letter for letter, name in GREEK.items()}


class TooDeep(Exception):
    """Nested beyond reason: the source is shown."""


@dataclass(slots=True)
class Piece:
    """A stretch of output and how it joins its neighbours.

    Kinds: atom, number, word (log), big (∑), frac, open, close, bin, rel, punct, space, text, bar.
    """

    text: str
    kind: str


def linear(latex: str) -> str:
    """One line for a formula.

    >>> linear(r"\\frac{e^{x_i}}{\\sum_j e^{x_j}}")
    'e^(xᵢ)/(∑ⱼ e^(xⱼ))'
    """
    source = latex.strip().strip("$").strip()
    if len(source) > MAX_CHARACTERS:
        return source
    try:
        return re.sub(r" {2,}", " ", Reader(source).whole()).strip()
    except (TooDeep, RecursionError):
        return source


def render_math(text: str, columns: int = 0) -> str:
    """Markdown with every `$…$` and `$$…$$` as Unicode. Code is untouched, `\\$` is a dollar sign.

    Everything is one line of text, unless `columns` are given: then what stands between `$$` has lines of its own,
    indented by four, and is set over several of them (`mathart`) where they are wide enough. `mathmode` changes both.
    """
    if mode() == "latex":
        return text
    if not columns:
        return _MARKDOWN.sub(_rendered, text)
    out = []
    for kind, part in parts(text):
        if kind == "display":
            art = _set_apart(part, columns - len(_INDENT))
            out.append("\n\n" + "\n".join(_INDENT + line.rstrip() for line in art) + "\n\n")
        else:
            out.append(linear(part) if kind == "inline" else part)
    return re.sub(r"\n{3,}", "\n\n", "".join(out)).strip("\n")


def _set_apart(latex: str, columns: int) -> list[str]:
    if mode() == "2d":
        from quizzer.views.mathart import display

        art = display(latex, columns)
        if art is not None:
            return art
    return [linear(" ".join(latex.split()))]


_INDENT = "    "

_MARKDOWN = re.compile(
    r"(?P<fence>^(?P<marks>```+|~~~+)[^\n]*\n.*?(?:^(?P=marks)[ \t]*$|\Z))"
    r"|(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<dollar>\\\$)"
    r"|\$\$(?P<display>.+?)\$\$"
    r"|\$(?P<inline>(?! )(?:\\.|[^$\\\n]|\n(?!\s*\n))+?(?<![\s\\]))\$(?!\d)",
    re.DOTALL | re.MULTILINE,
)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """A Markdown text in pieces: ("text", as it is with `\\$` as a dollar), ("inline", LaTeX), ("display", LaTeX)."""
    place, plain = 0, ""
    for match in _MARKDOWN.finditer(text):
        plain += text[place : match.start()]
        place = match.end()
        formula = match.group("display") or match.group("inline")
        if not formula:
            plain += "$" if match.group("dollar") else match.group()
            continue
        if plain:
            yield "text", plain
        plain = ""
        yield ("display" if match.group("display") else "inline"), formula
    if plain + text[place:]:
        yield "text", plain + text[place:]


def _rendered(match: re.Match[str]) -> str:
    if match.group("dollar"):
        return "$"
    formula = match.group("display") or match.group("inline")
    return linear(formula) if formula else match.group()


class Reader:
    deepest = MAX_NESTING

    def __init__(self, source: str) -> None:
        self.tokens = _TOKEN.findall(source)
        self.i = 0
        self.depth = 0

    def whole(self) -> str:
        out = []
        while self.i < len(self.tokens):
            out.append(joined(self.row()))
            if self.i < len(self.tokens):  # a closing brace too many, a cell outside a table
                stray = self.tokens[self.i]
                self.i += 1
                out.append({"\\\\": "; ", "&": " "}.get(stray, stray))
        return "".join(out)

    def peek(self) -> str:
        return self.tokens[self.i] if self.i < len(self.tokens) else ""

    def skip_space(self) -> None:
        while self.peek().isspace():
            self.i += 1

    def row(self) -> list[Piece]:
        """Pieces up to a closing brace, a cell or row end, or `\\end`."""
        self.depth += 1
        if self.depth > self.deepest:
            raise TooDeep
        out: list[Piece] = []
        while self.i < len(self.tokens) and self.peek() not in ("}", "&", "\\\\", "\\end"):
            self.one(out)
        self.depth -= 1
        return out

    def one(self, out: list[Piece]) -> None:
        mark = self.tokens[self.i]
        self.i += 1
        if mark.isspace():
            return
        if mark == "{":
            out.append(self.grouped(self.closed_row()))
        elif mark in ("^", "_"):
            self.script(out, mark)
        elif mark == "'":
            count = 1
            while self.peek() == "'":
                self.i += 1
                count += 1
            _attach(out, "′" * count)
        elif mark == "~":
            out.append(Piece(" ", "space"))
        elif mark.startswith("\\"):
            self.command(out, mark)
        elif mark[0].isdigit():
            out.append(Piece(mark, "number"))
        elif mark in "([":
            out.append(Piece(mark, "open"))
        elif mark in ")]":
            out.append(Piece(mark, "close"))
        elif mark in "+-*/":
            shown = {"-": "−"}.get(mark, mark)
            out.append(Piece(shown, "bin" if out and out[-1].kind in (*_ATOMS, "frac", "bar", "text") else "sign"))
        elif mark in "=<>":
            out.append(Piece(mark, "rel"))
        elif mark in ",;:":
            out.append(Piece(mark, "punct"))
        elif mark == "|":
            out.append(Piece("|", "bar"))
        else:
            out.append(Piece(mark, "atom"))

    def closed_row(self) -> list[Piece]:
        row = self.row()
        if self.peek() == "}":
            self.i += 1
        return row

    def grouped(self, row: list[Piece]) -> Piece:
        """A brace group: itself when it is one atom, else in parentheses."""
        row = [piece for piece in row if piece.kind != "space"]
        if len(row) == 1 and row[0].kind == "punct":
            return Piece(row[0].text, "number")  # 1{,}000
        if len(row) == 1 and row[0].kind in ("atom", "number", "word", "text", "big", "bin", "rel", "sign"):
            return row[0]
        if not row:
            return Piece("", "atom")
        return Piece(f"({joined(row)})", "atom")

    def argument(self) -> list[Piece]:
        """The argument of a command: a group or one token."""
        self.skip_space()
        if self.peek() == "{":
            self.i += 1
            return self.closed_row()
        out: list[Piece] = []
        if self.i < len(self.tokens) and self.peek() not in ("}", "&", "\\\\", "\\end"):
            if len(self.peek()) > 1 and self.peek()[0].isdigit():  # TeX takes one digit
                digits = self.tokens[self.i]
                self.tokens[self.i : self.i + 1] = [digits[0], digits[1:]]
            self.one(out)
        return out

    def raw_argument(self) -> str:
        """The source of a brace group."""
        self.skip_space()
        if self.peek() != "{":
            token = self.peek()
            self.i += 1
            return token
        depth, start = 0, self.i
        while self.i < len(self.tokens):
            depth += (self.peek() == "{") - (self.peek() == "}")
            self.i += 1
            if not depth:
                break
        return "".join(self.tokens[start + 1 : self.i - (0 if depth else 1)])

    def optional(self) -> str:
        """The source inside `[…]`, if that comes next."""
        if self.peek() != "[":
            return ""
        start = self.i + 1
        while self.i < len(self.tokens) and self.peek() != "]":
            self.i += 1
        self.i += 1
        return "".join(self.tokens[start : self.i - 1])

    def script(self, out: list[Piece], mark: str) -> None:
        row = [piece for piece in self.argument() if piece.kind != "space"]
        text = joined(row)
        table = SUPER if mark == "^" else SUB
        tight = text.replace(" ", "")
        if tight in ("′", "*", "⋆", "∗") or (mark == "^" and tight and not tight.strip("′")):
            _attach(out, tight if tight.startswith("′") else "*" if mark == "^" and not out else f"{mark}{tight}")
        elif (
            tight
            and all(char in table for char in tight)
            and not (mark == "^" and out and out[-1].text[-1:] in _RAISED)
        ):
            _attach(out, "".join(table[char] for char in tight))
        elif len(tight) == 1 or (len(row) == 1 and row[0].kind in ("number", "word", "text") and tight.isalnum()):
            _attach(out, f"{mark}{tight}")
        elif tight:
            _attach(out, f"{mark}({text})")

    # --- commands ------------------------------------------------------------------------------------------------

    def command(self, out: list[Piece], token: str) -> None:
        name = token[1:]
        if name in ("left", "right", "middle"):
            self.skip_space()
            if self.peek() == ".":
                self.i += 1
            elif self.peek() == "|" and name != "middle":
                self.i += 1
                out.append(Piece("|", "open" if name == "left" else "close"))
            elif self.peek() in ("\\|", "\\Vert"):
                self.i += 1
                out.append(Piece("‖", "open" if name == "left" else "close"))
        elif name in IGNORED:
            pass
        elif name in SPACES:
            out.append(Piece(SPACES[name], "space"))
        elif name in ("frac", "dfrac", "tfrac", "cfrac", "nicefrac"):
            out.append(self.fraction())
        elif name == "sqrt":
            out.append(self.root())
        elif name in ("binom", "dbinom", "tbinom"):
            out.append(Piece(f"binom({joined(self.argument())}, {joined(self.argument())})", "atom"))
        elif name in ("text", "textrm", "mbox", "textit", "textbf", "textnormal"):
            text = self.raw_argument().replace("\\ ", " ").replace("$", "")
            out.append(Piece(text, "text"))
        elif name in ("operatorname", "operatorname*", "mathrm", "mathop", "mathsf", "mathtt", "rm"):
            self.named(out, name)
        elif name in FONTS:
            self.font(out, name)
        elif name in ACCENTS:
            self.accent(out, name)
        elif name in ("overset", "underset", "stackrel"):
            over, base = joined(self.argument()), self.grouped(self.argument())
            out.append(Piece(f"{base.text}{'_' if name == 'underset' else '^'}({over})", base.kind))
        elif name in ("boxed", "underbrace", "overbrace", "underline", "cancel", "mathstrut", "ensuremath"):
            row = self.argument()
            out.extend(row if name == "boxed" else [self.grouped(row)])
        elif name == "begin":
            out.append(self.environment())
        elif name == "tag":
            out.append(Piece(f"  ({self.raw_argument()})", "text"))
        elif name in ("label", "color", "vspace", "hspace", "phantom"):
            self.raw_argument()
        elif name == "not":
            self.negated(out)
        elif name == "substack":
            out.append(Piece(", ".join(self.rows(self.raw_argument())), "text"))
        else:
            self.symbol(out, token, name)

    def symbol(self, out: list[Piece], token: str, name: str) -> None:
        if name in _LETTER:
            out.append(Piece(_LETTER[name], "atom"))
        elif name in BIG:
            out.append(Piece(BIG[name], "big"))
        elif name in WORDS:
            out.append(Piece(WORDS[name], "word"))
        elif name in RELATIONS:
            out.append(Piece(RELATIONS[name], "rel"))
        elif name in SYMBOLS:
            text, kind = SYMBOLS[name]
            if kind == "bin" and not (out and out[-1].kind in (*_ATOMS, "frac", "bar", "text")):
                kind = "sign"
            out.append(Piece(text, kind))
        else:  # unknown: as it was written, with its arguments
            source = token
            while self.peek() == "{":
                source += "{" + self.raw_argument() + "}"
            out.append(Piece(source, "word"))

    def fraction(self) -> Piece:
        top, bottom = self.argument(), self.argument()
        return self.divided(top, bottom)

    def divided(self, top: list[Piece], bottom: list[Piece]) -> Piece:
        """A fraction of two rows."""
        above, below = joined(top), joined(bottom)
        if any(piece.kind in ("bin", "rel", "frac", "big", "sign", "space", "punct") for piece in top[1:]) or (
            top and top[0].kind in ("frac", "big")
        ):
            above = f"({above})"
        solid = [piece for piece in bottom if piece.kind != "space"]
        differential = len(solid) == 2 and solid[0].text in ("∂", "d") and solid[1].kind == "atom"
        if differential:
            pass
        elif len(solid) != 1 or solid[0].kind not in ("atom", "number", "word") or "/" in below:
            below = f"({below})"
        return Piece(f"{above}/{below}", "frac")

    def root(self) -> Piece:
        degree = self.optional()
        row = [piece for piece in self.argument() if piece.kind != "space"]
        inside = joined(row)
        if (
            len(row) != 1
            or row[0].kind not in ("atom", "number")
            or "^" in inside
            or (inside and inside[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹")
        ):
            inside = f"({inside})"
        if not degree:
            return Piece(f"√{inside}", "atom")
        if all(char in SUPER for char in degree):
            return Piece("".join(SUPER[char] for char in degree) + f"√{inside}", "atom")
        return Piece(f"root({linear(degree)}, {inside})", "atom")

    def named(self, out: list[Piece], name: str) -> None:
        text = self.raw_argument().replace("\\,", " ").replace("\\ ", " ").strip()
        if "\\" in text or "{" in text or "^" in text or "_" in text:
            text = linear(text)
        single = len(text) == 1
        out.append(Piece(text, "atom" if single or not text else "word"))

    def font(self, out: list[Piece], name: str) -> None:
        if name in ("mathbb", "mathcal", "mathscr", "mathds", "mathbbm"):
            table = BLACKBOARD if name in ("mathbb", "mathds", "mathbbm") else SCRIPT_LETTERS
            text = self.raw_argument().strip()
            out.append(Piece("".join(table.get(char, char) for char in text), "atom"))
            return
        out.append(self.grouped(self.argument()))

    def accent(self, out: list[Piece], name: str) -> None:
        mark = ACCENTS[name]
        row = [piece for piece in self.argument() if piece.kind != "space"]
        text = joined(row)
        if len(text) == 1 and mark:
            out.append(Piece(text + mark, "atom"))
        else:
            out.append(Piece(f"{name}({text})", "atom"))

    def negated(self, out: list[Piece]) -> None:
        self.skip_space()
        following = self.peek()
        self.i += 1
        known = {"=": "≠", "\\in": "∉", "\\subset": "⊄", "\\sim": "≁", "<": "≮", ">": "≯", "\\equiv": "≢", "\\mid": "∤"}
        out.append(Piece(known.get(following, f"not {following}"), "rel"))

    # --- environments --------------------------------------------------------------------------------------------

    def environment(self) -> Piece:
        name = self.raw_argument().strip()
        bare = name.rstrip("*")
        if bare == "array":
            self.optional()
            self.raw_argument()
        rows: list[list[list[Piece]]] = [[]]
        while self.i < len(self.tokens):
            rows[-1].append(self.row())
            stop = self.peek()
            self.i += 1
            if stop == "\\\\":
                self.optional()
                rows.append([])
            elif stop == "\\end":
                self.raw_argument()
                break
        return self.table(bare, rows)

    def table(self, name: str, cells: list[list[list[Piece]]]) -> Piece:
        """An environment of rows and cells."""
        rows = [[joined(cell).strip() for cell in row] for row in cells]
        rows = [row for row in rows if any(row)]
        if name in CASES:
            return Piece("{ " + "; ".join(case_text(row) for row in rows) + " }", "atom")
        if name.endswith("matrix") or name == "array":
            left, right = BRACKETS.get(name, ("[", "]"))
            return Piece(left + "; ".join(", ".join(row) for row in rows) + right, "atom")
        return Piece("; ".join(" ".join(cell for cell in row if cell) for row in rows), "text")

    def rows(self, source: str) -> list[str]:
        return [linear(part) for part in source.split("\\\\")]


def case_text(row: list[str]) -> str:
    value = row[0].rstrip(", ")
    test = " ".join(row[1:]).strip()
    if not test:
        return value
    begins = re.match(r"(if|for|when|otherwise|else|若|当|其他|否则|如果)", test)
    return f"{value} {test}" if begins else f"{value} if {test}"


def _attach(out: list[Piece], script: str) -> None:
    """Put a script on the piece before it; what is not one atom gets parentheses first."""
    while out and out[-1].kind == "space":
        out.pop()
    if not out or out[-1].kind in ("bin", "rel", "sign", "punct", "open"):
        out.append(Piece(script, "atom"))
        return
    last = out[-1]
    if last.kind == "frac" or (last.text.startswith("√") and last.text[1:2] != "(" and script[0] != "_"):
        out[-1] = Piece(f"({last.text}){script}", "atom")
    else:
        last.text += script


def joined(row: list[Piece]) -> str:
    """The pieces as text: spaces around relations and binary signs, parentheses around fractions that touch others."""
    out = ""
    solid = [piece for piece in row if piece.text]
    for place, piece in enumerate(solid):
        before = solid[place - 1] if place else None
        after = solid[place + 1] if place + 1 < len(solid) else None
        text = piece.text
        if piece.kind == "frac":
            touching = [p for p in (_neighbour(solid, place, -1), _neighbour(solid, place, 1)) if p is not None]
            left, right = _neighbour(solid, place, -1), _neighbour(solid, place, 1)
            glued = (left is not None and left.kind in (*_ATOMS, "frac", "big")) or (
                right is not None and right.kind in ("atom", "number", "word", "open", "frac", "big", "text")
            )
            slashed = any(p.text in ("/", "·", "×", "*", "!") for p in touching)
            text = f"({text})" if glued or slashed else text
        elif piece.kind == "rel":
            text = f" {text} "
        elif piece.kind == "bin":
            text = text if text in ("/", "·", "*") else f" {text} "
        elif piece.kind == "punct":
            text = f"{text} " if after is not None else text
        elif before is not None and needs_space(before, piece):
            text = f" {text}"
        out += text
    return out


def _neighbour(row: list[Piece], place: int, step: int) -> Piece | None:
    place += step
    while 0 <= place < len(row) and row[place].kind == "space":
        place += step
    return row[place] if 0 <= place < len(row) else None


def needs_space(before: Piece, piece: Piece) -> bool:
    if before.kind in ("space", "rel", "bin", "punct", "open", "sign") or piece.kind in ("space", "close", "text"):
        return False
    if before.kind == "big":
        return True
    if before.kind == "word":
        return piece.kind not in ("open", "bar")
    if piece.kind in ("word", "big"):
        return before.kind in (*_ATOMS, "frac", "bar")
    if before.kind == "atom" and piece.kind in ("atom", "number"):
        # `x_a y` must not read as one subscript
        return "_" in before.text or "^" in before.text or (before.text[-1:].isalnum() and piece.kind == "number")
    return before.kind == "number" and piece.kind == "number" and "," not in (before.text, piece.text)
