"""Breaking prose to a terminal's width by display width, so that Chinese breaks right and code stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.text import width as plain_width

MARKS = "\ue000\ue001\ue002\ue003"
"""Bold, italic, code, and the end of each: private-use characters, which no text that was made safe holds."""
_NO_MARKS = {ord(mark): None for mark in MARKS}


def width(text: str) -> int:
    """Columns that a text takes, its marks left out."""
    return plain_width(text if text.isascii() else text.translate(_NO_MARKS))


def wrap(line: str, columns: int, indent: str = "") -> list[str]:
    """One line of prose as lines of at most `columns`; the second and later ones begin with `indent`.

    Breaks at spaces, and between wide characters, which need none.
    """
    if width(line) <= columns:
        return [line]
    out: list[str] = []
    current, used = "", 0
    for piece in _pieces(line):
        size = width(piece)
        if current.strip() and used + len_without_end(piece) > columns:
            out.append(current.rstrip())
            current, used = indent, width(indent)
        current += piece
        used += size
    return [*out, current.rstrip()] if current.strip() else out


def parts_lines(parts: Sequence[str], columns: int, indent: str = "  ", between: str = " · ") -> list[str]:
    """Short parts in a row, broken between them only."""
    lines = [indent]
    for part in parts:
        if lines[-1] == indent:
            lines[-1] += part
        elif width(lines[-1]) + len(between) + width(part) <= columns:
            lines[-1] += between + part
        else:
            lines.append(indent + part)
    return lines


def len_without_end(piece: str) -> int:
    """Columns of a piece without its trailing space, which may stand over the edge."""
    return width(piece.rstrip())


def _pieces(line: str) -> list[str]:
    """Words with their space, and wide characters one by one."""
    out: list[str] = []
    word = ""
    for char in line:
        if width(char) == 2:
            if word:
                out.append(word)
                word = ""
            out.append(char)
        else:
            word += char
            if char == " ":
                out.append(word)
                word = ""
    return [*out, word] if word else out


def prose(text: str, columns: int) -> list[str]:
    """A Markdown text's lines, prose broken to `columns`; code blocks, tables and indented lines stay whole.

    Soft line breaks of the source are joined first, as Markdown has it.
    """
    out: list[str] = []
    paragraph: list[str] = []
    fenced = False

    def flush() -> None:
        if paragraph:
            out.extend(wrap(" ".join(paragraph), columns))
            paragraph.clear()

    for line in text.rstrip("\n").split("\n"):
        if line.lstrip().startswith("```"):
            flush()
            fenced = not fenced
        elif fenced:
            out.append("    " + line)
        elif not line.strip():
            flush()
            out.append("")
        elif line.startswith(("|", "    ", "\t")):
            flush()
            out.append(line)
        elif line.lstrip().startswith(("- ", "* ", "1. ")):
            flush()
            out.extend(wrap(line, columns, "  "))
        else:
            paragraph.append(line.strip())
    flush()
    return out
