"""Colours, and the few signs of ours that a stream may not be able to write.

Two hues carry meaning, blue and orange, which the common kinds of colour blindness tell apart; both have a contrast of
about 4:1 on black and on white, so that dark and light terminals need no setting. A word always stands beside them.
"""

from __future__ import annotations

_STYLES = {
    "good": ("38;5;32", "36"), "bad": ("38;5;166", "33"), "quiet": ("38;5;244", "2"), "number": ("38;5;32", "36"),
    "string": ("38;5;166", "33"),
}  # fmt: skip
"""Name → SGR parameters with 256 colours, and with 8."""

GLYPHS = {
    "▰": "#", "▱": ".", "✓": "ok", "✗": "x", "›": ">", "·": "-", "→": "->", "–": "-", "…": "...", "─": "-",
    "“": '"', "”": '"', "−": "-", "≥": ">=", "≤": "<=", "×": "x", "½": "1/2", "«": '"', "»": '"',
}  # fmt: skip
"""What stands for our signs where only ASCII can be written."""


class Painter:
    """Colours when wanted; the glyphs that the stream can write; words in the place of glyphs in the plain mode."""

    __slots__ = ("color", "many", "unicode", "words")

    def __init__(self, color: bool = False, unicode: bool = True, *, words: bool = False, many: bool = False) -> None:
        self.color = color
        self.unicode = unicode
        self.words = words
        self.many = many

    def paint(self, text: str, *, fg: str = "", bold: bool = False, dim: bool = False, italic: bool = False) -> str:
        """`text` in a style, or as it is."""
        if not self.color or not text:
            return text
        codes = [code for code, on in (("1", bold), ("3", italic)) if on]
        name = "quiet" if dim else fg
        if name:
            codes.append(_STYLES[name][not self.many])
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes else text

    def dim(self, text: str) -> str:
        """A line that may be overlooked."""
        return self.paint(text, dim=True)

    def strong(self, text: str) -> str:
        """What the eye should find first."""
        return self.paint(text, bold=True)

    def mark(self, good: bool | None) -> str:
        """Right, wrong or open: a glyph, to stand beside a word."""
        glyphs = ("✓", "✗", "·") if self.unicode else ("ok", "x", "-")
        return glyphs[0] if good else glyphs[1] if good is False else glyphs[2]

    def beside(self, good: bool | None, word: str) -> str:
        """A mark and its word; the word alone in the plain mode."""
        return word if self.words else f"{self.mark(good)} {word}"

    def glyph(self, sign: str) -> str:
        """One of our signs, or what stands for it."""
        return sign if self.unicode else GLYPHS.get(sign, sign)


def bare(text: str) -> str:
    """`text` without the styles of a painter."""
    if "\x1b[" not in text:
        return text
    out: list[str] = []
    for part in text.split("\x1b["):
        out.append(part if not out else part.partition("m")[2])
    return "".join(out)


def ascii_signs(text: str) -> str:
    """Our own signs as ASCII; other characters stay."""
    return text if text.isascii() else "".join(GLYPHS.get(char, char) for char in text)
