"""Python with colours: keywords bold, comments quiet, strings and numbers in the two hues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizzer.views.paint import Painter


def highlight(lines: Sequence[str], paint: Painter) -> list[str]:
    """Lines of code, made safe to show before, in styles; as they are where there are no colours."""
    if not paint.color:
        return list(lines)
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    styles: tuple[tuple[Any, dict[str, Any]], ...] = (
        (Comment, {"dim": True}),
        (String, {"fg": "string"}),
        (Number, {"fg": "number"}),
        (Keyword, {"bold": True}),
        (Operator.Word, {"bold": True}),
        (Name.Function, {"fg": "number", "bold": True}),
        (Name.Class, {"fg": "number", "bold": True}),
    )
    out = [""]
    for token, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens("\n".join(lines)):
        style = next((style for kind, style in styles if token in kind), {})
        for number, piece in enumerate(text.split("\n")):
            if number:
                out.append("")
            out[-1] += paint.paint(piece, **style)
    return out
