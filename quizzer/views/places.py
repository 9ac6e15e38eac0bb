"""Pointing at the place in a typed line where reading stopped."""

from __future__ import annotations

from quizzer.text import printable, width


def caret_lines(text: str, position: int | None, columns: int = 80) -> list[str]:
    """The line that was typed with a mark under the place, as two lines; none where the place is not known.

    `position` counts characters of `text` from 0 and may stand behind its end. A line longer than `columns` is shown
    around the place.

    >>> caret_lines("t + qq", 4)
    ['  t + qq', '      ^']
    """
    if position is None or not text.strip() or not 0 <= position <= len(text):
        return []
    room = max(20, columns - 4)
    start, end = 0, len(text)
    if width(printable(text, newlines=False)) > room:
        start, end = max(0, position - room // 3), min(len(text), position + room // 3)
    before = ("..." if start else "") + printable(text[start:position], newlines=False)
    after = printable(text[position:end], newlines=False) + ("..." if end < len(text) else "")
    return [f"  {before}{after}", "  " + " " * width(before) + "^"]
