"""Reading LaTeX commands as tokens: names with accents and fonts, big signs, brackets, words in `\\text`."""

from __future__ import annotations

import re

from quizzer.errors import Unreadable
from quizzer.formulas.characters import FONTS, IGNORED, LATEX_COMMANDS, LATEX_OPS, WORDS
from quizzer.formulas.lexer import Lexer
from quizzer.formulas.names import ACCENTS, GREEK, VARIANTS, function

_FONT = re.compile(rf"\\(?:{'|'.join(sorted(FONTS | WORDS))})(?![A-Za-z])\s*")


def _plain(inside: str) -> str:
    """The name inside an argument, without fonts, braces and backslashes."""
    return _FONT.sub("", inside).strip().replace("{", "").replace("}", "").replace("\\", "")


class LatexLexer(Lexer):
    """A reading of characters that knows LaTeX."""

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
        if word in IGNORED or word in ("(", ")"):
            self.space = True
        elif word in ACCENTS:
            base, _, rest = self.argument(word, at).partition("_")
            self.put("name", f"{base}_{ACCENTS[word]}", at, whole=True, latex=True)
            if rest:  # \hat{m_t} is \hat m_t
                self.put("op", "_", at)
                self.put("num" if rest.isdigit() else "name", rest, at, whole=True)
        elif word in ("mathbb", "mathbf", "mathds", "mathbbm") and self.blackboard(at):
            pass
        elif word in FONTS or word in ("mathbb", "mathds", "mathbbm"):
            self.put("name", self.argument(word, at), at, whole=True, latex=True)
        elif word in WORDS:
            self.words_of(word, at)
        elif word == "underset":
            self.underset(at)
        elif word == "substack":
            self.substack(at)
        elif word in ("begin", "end"):
            environment = self.argument(word, at)
            self.put("cmd", f"{word}:{environment}", at)
            if (word, environment) == ("begin", "array"):
                self.group("begin{array}", at)
        elif word in LATEX_COMMANDS:
            self.put("cmd", LATEX_COMMANDS[word], at, latex=True)
        elif word in LATEX_OPS:
            op = LATEX_OPS[word]
            self.put("name" if op.isalpha() else "op", op, at, whole=op.isalpha() or word == "cdot")
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

    def underset(self, at: int) -> None:
        """`\\underset{j}{\\arg\\max}` is `\\arg\\max_{j}`."""
        under, base = self.group("underset", at), self.group("underset", at)
        for start, end, script in ((*base, False), (*under, True)):
            if script:
                self.put("op", "_", at)
                self.put("op", "{", at)
            inner = type(self)("", self.words)
            inner.chars, inner.source, inner.latex = self.chars[start:end], self.source, True
            for token in inner.run()[0][:-1]:
                self.put(token.kind, token.text, token.at, whole=token.whole, latex=token.latex)
        self.put("op", "}", at)

    def substack(self, at: int) -> None:
        """`\\substack{a \\\\ b}`: lines of conditions, as if commas stood between them."""
        start, end = self.group("substack", at)
        inner = type(self)("", self.words)
        inner.chars, inner.source, inner.latex = self.chars[start:end], self.source, True
        for token in inner.run()[0][:-1]:
            text = "," if token.text == "\\\\" else token.text
            self.put(token.kind, text, token.at, whole=token.whole, latex=token.latex)

    def group(self, word: str, at: int) -> tuple[int, int]:
        """The characters inside the `{…}` that comes next."""
        while self.look() == " ":
            self.i += 1
        depth, start = 0, self.i
        while self.look():
            depth += (self.look() == "{") - (self.look() == "}")
            self.i += 1
            if not depth:
                break
        if depth or self.i - start < 3:
            raise Unreadable(f"`\\{word}` needs two groups in braces", "Write \\underset{j}{\\max} x_j", at)
        return start + 1, self.i - 1

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
        rest = "".join(c for c, _ in self.chars[self.i : self.i + 16]).replace(" ", "")
        if self.look() == "." or (opens and rest.startswith(("\\{\\begin{", "\\lbrace\\begin"))):
            self.i += 1 if self.look() == "." else rest.index("\\begin")
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
            depth = 0
            while self.look() and (depth or self.look() != "}"):
                depth += (self.look() == "{") - (self.look() == "}")
                self.i += 1
        elif self.look() == "\\":
            self.i += 1
            while self.look().isascii() and self.look().isalpha():
                self.i += 1
        else:
            self.i += 1
        inside = _plain("".join(c for c, _ in self.chars[start : self.i])).replace("*", "")
        if braced:
            if not self.look():
                raise Unreadable(f"`\\{word}{{` is not closed", "Add the missing `}`", at)
            self.i += 1
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
            clean = part.strip(",;:.")
            if not clean.replace("_", "").replace("-", "").isalnum():
                raise Unreadable(f"the text `{inside}` is not read here", "Write names, numbers and operators", at)
            self.put("name", clean, at, whole=True)
