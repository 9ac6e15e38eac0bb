"""LaTeX as MathML in the page itself: no script, no network. What can't be converted safely stands as its source.

math-core does the conversion. It is young, so nothing it says is trusted: its output is read again and built anew from
a closed list of elements and attributes, and its input is bounded: its time doubles with each bracket left open.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any

from quizzer.text import printable

MAX_CHARACTERS = 2000
MAX_OPEN = 8
MAX_NESTING = 60

_ELEMENT_NAMES = (
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd mpadded mphantom mstyle"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_FLAGS = "displaystyle stretchy fence separator symmetric largeop movablelimits accent accentunder"
_LENGTHS = "lspace rspace minsize maxsize width height depth voffset linethickness"
_ATTRIBUTES = {
    "display": re.compile("block|inline"),
    "mathvariant": re.compile("normal"),
    "form": re.compile("prefix|infix|postfix"),
    **dict.fromkeys(_FLAGS.split(), re.compile("true|false")),
    **dict.fromkeys(_LENGTHS.split(), re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(em|ex|px|%)?")),
    "scriptlevel": re.compile(r"[+-]?[0-9]"),
}
_DROPPED = frozenset({"style", "class"})
"""Cosmetics: left out, except that the alignment of cells becomes a class of ours."""
_ALIGNED = re.compile(r"text-align: ?(left|right)")

_OPENING = (
    "lbrace lbrack lparen langle lfloor lceil lgroup lmoustache llbracket lvert lVert lBrace lBrack lAngle lParen"
)
_OPENERS = {*_OPENING.split(), "ulcorner", "llcorner", "{"}
_CLOSERS = {*(name.replace("l", "r", 1) for name in _OPENING.split()), "rrbracket", "urcorner", "lrcorner", "}"}
_TOKEN = re.compile(r"\\([a-zA-Z]+|.)|(.)", re.DOTALL)


class _Refused(Exception):
    """The converter's output holds what a page should not."""


@lru_cache(maxsize=512)
def mathml(latex: str, *, display: bool = False) -> str:
    """HTML that is safe to put into a page as it is: a `<math>` element, or the escaped source in `<code>`.

    >>> mathml("x^2")
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
    >>> mathml(r"\\\\href{javascript:alert(1)}{x}")
    '<code>\\\\href{javascript:alert(1)}{x}</code>'
    """
    source = latex.strip()
    converted = _converted(source, display) if source and _bounded(source) else None
    return converted or f"<code>{escape(printable(source))}</code>"


def math_prose(text: str, *, newlines: bool = True) -> str:
    """A deck's words as safe HTML: formulas between `$…$` and `$$…$$` as MathML, everything else escaped.

    Without `newlines` it is one line: formulas set apart stand in it, and a newline is made visible.
    """
    from quizzer.views.mathtext import parts

    out = []
    for kind, part in parts(text):
        if kind == "text":
            out.append(escape(printable(part, newlines=newlines)))
        else:
            out.append(mathml(part, display=newlines and kind == "display"))
    return "".join(out)


def _converted(source: str, display: bool) -> str | None:
    try:
        made = _converter().convert_with_local_state(source, displaystyle=display)
        reader = _Builder()
        reader.feed(made)
        reader.close()
        return reader.result()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a panic of the Rust converter is no Exception; the source is shown instead
        return None


@cache
def _converter() -> Any:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False, max_expansions=100)


def _bounded(source: str) -> bool:
    """Whether converting takes bounded time: not too long, not too deep, no heap of brackets that nothing closes."""
    if len(source) > MAX_CHARACTERS:
        return False
    unclosed = depth = deepest = commands = 0
    for command, char in _TOKEN.findall(source):
        kind = unicodedata.category(char) if char else ""
        if command in _OPENERS or (kind == "Ps" and char != "{"):
            unclosed += 1
        elif command in _CLOSERS or (kind == "Pe" and char != "}"):
            unclosed = max(0, unclosed - 1)
        elif char == "{" or command in ("left", "begin"):
            depth += 1
            deepest = max(deepest, depth)
        elif char == "}" or command in ("right", "end"):
            depth -= 1
        elif command in ("pmod", "pod"):  # each doubles the time as well
            unclosed += 1
        commands += bool(command)
    return unclosed <= MAX_OPEN and deepest <= MAX_NESTING and commands <= MAX_CHARACTERS // 4


class _Builder(HTMLParser):
    """Reads markup and writes it anew; raises _Refused for anything that is not on the lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS or bool(self.open) == (tag == "math") or (not self.open and self.out):
            raise _Refused(tag)
        self.out.append(f"<{tag}{''.join(_attribute(tag, name, value or '') for name, value in attrs)}>")
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise _Refused(tag)
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.open and data.strip():
            raise _Refused("text")
        self.out.append(escape(_shown(data)))

    def handle_comment(self, data: str) -> None:
        raise _Refused("comment")

    def handle_decl(self, decl: str) -> None:
        raise _Refused("declaration")

    def unknown_decl(self, data: str) -> None:
        raise _Refused("declaration")

    def handle_pi(self, data: str) -> None:
        raise _Refused("instruction")

    def result(self) -> str:
        if self.open or not self.out:
            raise _Refused("unclosed")
        return "".join(self.out)


_INVISIBLE = {"\u2061", "\u2062", "\u2063", "\u2064"}
"""Function application and invisible operators: MathML's own, and no danger."""


def _shown(data: str) -> str:
    return "".join(char if char in _INVISIBLE else printable(char) for char in data)


def _attribute(tag: str, name: str, value: str) -> str:
    if name in _DROPPED:
        aligned = _ALIGNED.search(value) if tag == "mtd" and name == "style" else None
        return f' class="{aligned.group(1)}"' if aligned else ""
    if name not in _ATTRIBUTES or not _ATTRIBUTES[name].fullmatch(value):
        raise _Refused(f"{name}={value}")
    return f' {name}="{value}"'
