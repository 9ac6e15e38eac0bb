"""A question as it stands before the learner."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.model import Listing, Presented, Variant
from quizzer.text import LETTERS, printable
from quizzer.views.code import highlight
from quizzer.views.markdown import text_lines
from quizzer.views.paint import Painter, bare
from quizzer.views.terminal import WIDEST, safe
from quizzer.views.wrap import width, wrap


def question_lines(
    variant: Variant, shown: Presented, paint: Painter, columns: int = 80, *, steps: bool = True
) -> list[str]:
    """The question's text and what belongs to it. `steps` False leaves out steps, for a face that has them moved."""
    wide = min(columns, WIDEST)
    lines = text_lines(safe(shown.prompt, wide), paint, wide)
    if shown.listings:
        lines += ["", *_listings(shown.listings, paint, columns)]
    if shown.choices:
        lines += ["", *items([str(number) for number in range(1, len(shown.choices) + 1)], shown.choices, paint, wide)]
    if shown.steps and steps:
        lines += ["", *items(LETTERS, shown.steps, paint, wide)]
    if shown.given:
        lines += ["", *(f"  {line}" for text in shown.given for line in wrap(safe(text), wide - 2, "   "))]
    if shown.shown:
        lines.append("")
        for call, gives in shown.shown:
            arrow = paint.glyph("→")
            lines.append(f"  {safe(call)}" + (f"  {arrow}  {safe(gives)}" if gives else ""))
    return lines


def items(labels: Sequence[str], texts: Sequence[str], paint: Painter, columns: int) -> list[str]:
    """Texts under numbers or letters, further lines indented."""
    lines = []
    for label, text in zip(labels, texts, strict=False):
        first, *rest = text_lines(safe(text), paint, columns - 5) or [""]
        lines.append(f"  {paint.strong(label)}  {first}")
        lines += [f"     {line}" for line in rest]
    return lines


def starter_lines(starter: str, paint: Painter) -> list[str]:
    """What the learner starts from."""
    return [f"  {line}" for line in highlight([safe(line) for line in starter.rstrip().split("\n")], paint)]


def _listings(listings: Sequence[Listing], paint: Painter, columns: int) -> list[str]:
    blocks = []
    for letter, listing in zip("ab", listings, strict=False):
        prefix = letter if len(listings) > 1 and letter == "b" else ""
        digits = len(str(len(listing.lines))) + len(prefix)
        title = [paint.strong(printable(listing.title))] if listing.title else []
        code = highlight([printable(line, newlines=False) for line in listing.lines], paint)
        body = [f"{paint.dim((prefix + str(number)).rjust(digits))}  {line}" for number, line in enumerate(code, 1)]
        blocks.append(title + body)
    wide = max((width(bare(line)) for line in blocks[0]), default=0)
    right = max((width(bare(line)) for line in blocks[-1]), default=0)
    if len(blocks) == 2 and wide + right + 6 <= columns:
        out = []
        for index in range(max(map(len, blocks))):
            left = blocks[0][index] if index < len(blocks[0]) else ""
            other = blocks[1][index] if index < len(blocks[1]) else ""
            out.append(f"  {left}{' ' * (wide - width(bare(left)))}    {other}".rstrip())
        return out
    out = []
    for block in blocks:
        out += [f"  {line}" for line in block] + [""]
    return out[:-1]
