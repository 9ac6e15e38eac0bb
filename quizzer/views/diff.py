"""Two short texts side by side, with marks under the places where the second differs from the first."""

from __future__ import annotations

import re

from quizzer.text import width
from quizzer.views.paint import Painter

_TOKENS = re.compile(r"\w+(?:\.\w+)?|\s+|.")
LONGEST = 400
"""Characters beyond which nobody looks for a mark."""


def compared(expected: str, got: str, paint: Painter, columns: int = 80, *, yours: str = "yours") -> list[str]:
    """`expected` over `got`, marked where they part; single lines that fit the width get the marks.

    >>> compared("[3, 3]", "[3, 4]", Painter())
    ['  expected  [3, 3]', '  yours     [3, 4]', '                ^']
    """
    lines = [*_labelled("expected", expected), *_labelled(yours, got)]
    short = "\n" not in expected + got and len(expected) + len(got) < LONGEST and width(got) + 12 <= columns
    marks = _marks(expected, got) if short and expected and got else ""
    return [*lines, paint.paint(" " * 12 + marks, fg="bad")] if marks.strip() else lines


def _labelled(label: str, text: str) -> list[str]:
    first, *rest = text.split("\n")
    return [f"  {label:<9} {first}", *(f"            {line}" for line in rest)]


def _marks(expected: str, got: str) -> str:
    """`^` under what stands in `got` alone, and at the place where something is missing; empty where all differs."""
    from difflib import SequenceMatcher

    old, new = _TOKENS.findall(expected), _TOKENS.findall(got)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.3:
        return ""
    out = ""
    for what, _, _, start, end in matcher.get_opcodes():
        size = width("".join(new[start:end]))
        if what == "equal":
            out += " " * size
        elif size:
            out += "^" * size
        else:
            out = (out[:-1] if out.endswith(" ") else out) + "^"
    return out.rstrip()
