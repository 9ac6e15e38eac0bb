"""Columns of text for a terminal. It imports next to nothing, since the quickest command prints with it."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.text import width


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Columns aligned by width of display; those in `right` flush right. The first row is the heading."""
    if not rows:
        return []
    sizes = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    out = []
    for row in rows:
        cells = []
        for i, text in enumerate(row):
            pad = " " * (sizes[i] - width(text))
            cells.append(pad + text if i in right else text + pad)
        out.append("  ".join(cells).rstrip())
    return out
