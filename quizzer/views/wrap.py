"""Breaking prose to a terminal's width by display width, so that Chinese breaks right and code stays as it is."""

from __future__ import annotations

import re
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


_ITEM = re.compile(r"\s{0,3}(?:[-*+]|(?P<number>\d{1,3})[.)])\s+\S")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


def prose(text: str, columns: int) -> list[str]:
    """A Markdown text's lines, prose broken to `columns`, tables in columns; code and indented lines stay whole.

    Soft line breaks of the source are joined first, as Markdown has it.
    """
    out: list[str] = []
    paragraph: list[str] = []
    item = fenced = False
    lines = text.rstrip("\n").split("\n")
    past = 0

    def flush() -> None:
        nonlocal item
        if paragraph:
            out.extend(wrap(" ".join(paragraph), columns, "  " if item else ""))
            paragraph.clear()
        item = False

    for place, line in enumerate(lines):
        begins = _ITEM.match(line)
        if place < past:
            continue
        if line.lstrip().startswith("```"):
            flush()
            fenced = not fenced
        elif fenced:
            out.append("    " + line)
        elif not line.strip():
            flush()
            out.append("")
        elif line.startswith("|"):
            flush()
            past = next((at for at in range(place, len(lines)) if not lines[at].startswith("|")), len(lines))
            out.extend(_table(lines[place:past], columns))
        elif begins and (item or begins["number"] in (None, "1")):
            flush()
            paragraph.append(line.rstrip())
            item = True
        elif not paragraph and line.startswith(("    ", "\t")):
            out.append(line)
        else:
            paragraph.append(line.strip())
    flush()
    return out


def _table(lines: Sequence[str], columns: int) -> list[str]:
    """A Markdown table in columns, numbers flush right; as it was written where it is no table or too wide."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    if len(lines) < 3 or not _RULE.fullmatch(lines[1].strip()) or len({len(row) for row in rows}) > 1:
        return list(lines)
    del rows[1]
    sizes = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    right = [all(_is_number(row[at]) for row in rows[1:]) for at in range(len(sizes))]
    if 2 + sum(sizes) + 2 * (len(sizes) - 1) > columns:
        return list(lines)
    laid = []
    for row in [rows[0], ["-" * size for size in sizes], *rows[1:]]:
        spaces = [" " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True)]
        cells = [pad + cell if flush else cell + pad for cell, pad, flush in zip(row, spaces, right, strict=True)]
        laid.append("  " + "  ".join(cells).rstrip())
    return laid


def _is_number(text: str) -> bool:
    return text.lstrip("+-−").replace(".", "", 1).replace("%", "").isdecimal()
