"""A Markdown text as lines for a terminal: emphasis and code in styles, prose broken to the width.

Code keeps its backticks, so that nothing rests on a colour; the stars of emphasis are left out.
"""

from __future__ import annotations

import re

from quizzer.views.paint import Painter
from quizzer.views.wrap import MARKS, prose

_BOLD, _ITALIC, _CODE, _OFF = tuple(MARKS)
_INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)"
    r"|\*\*(?P<bold>\S(?:.*?\S)?)\*\*"
    r"|(?<![\w*])\*(?P<italic>[^\s*](?:[^*]*?[^\s*])?)\*(?![\w*])"
    r"|\[(?P<text>[^\]\n]+)\]\((?P<link>https?://[^)\s]+)\)",
    re.DOTALL,
)


def text_lines(text: str, paint: Painter, columns: int) -> list[str]:
    """The lines of a Markdown text that was made safe to show (`safe`), at most `columns` wide where they may break."""
    lines: list[str] = []
    open_style = ""
    for line in prose(_marked(text, paint), columns):
        painted, open_style = _styled(line, paint, open_style)
        lines.append(painted)
    return lines


def _marked(text: str, paint: Painter) -> str:
    """Inline Markdown outside of code blocks as marks that take no columns."""
    if not any(sign in text for sign in "`*["):
        return text
    out: list[str] = []
    block: list[str] = []
    fenced = False

    def flush() -> None:
        out.append(_INLINE.sub(lambda found: _mark(found, paint), "\n".join(block)))
        block.clear()

    for line in text.split("\n"):
        fence = line.lstrip().startswith("```")
        if fence or fenced or line.startswith("    "):
            if block:
                flush()
            out.append(line)
            fenced = fenced != fence
        else:
            block.append(line)
    if block:
        flush()
    return "\n".join(out)


def _mark(found: re.Match[str], paint: Painter) -> str:
    if found["code"] is not None:
        return f"{_CODE}{found[0]}{_OFF}" if paint.color else found[0]
    if found["bold"] is not None:
        return f"{_BOLD}{found['bold']}{_OFF}"
    if found["italic"] is not None:
        return f"{_ITALIC}{found['italic']}{_OFF}"
    return f"{found['text']} ({found['link']})"


def _styled(line: str, paint: Painter, style: str) -> tuple[str, str]:
    """A line with its marks as styles, and the style that goes on into the next line."""
    if not style and not any(mark in line for mark in MARKS):
        return line, ""
    out, piece = [], ""
    for char in line:
        if char in MARKS:
            out.append(_paint(piece, paint, style))
            piece, style = "", "" if char == _OFF else char
        else:
            piece += char
    return "".join([*out, _paint(piece, paint, style)]), style


def _paint(text: str, paint: Painter, style: str) -> str:
    if style == _BOLD:
        return paint.paint(text, bold=True)
    if style == _ITALIC:
        return paint.paint(text, italic=True)
    return paint.paint(text, fg="number") if style == _CODE else text
