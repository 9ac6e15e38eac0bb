"""A question, a reply and a schedule as lines of text for a terminal.

Plain lines only: no cursor movement, words beside every mark, colour never alone. All foreign text passes `safe`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import click

from quizzer.clock import day_to_date
from quizzer.model import CardState, Graded, Listing, Presented, Variant, Verdict
from quizzer.text import LETTERS, printable, width
from quizzer.views.wrap import prose, wrap

WIDEST = 100
"""Columns of prose at most: longer lines are hard to read."""


def safe(text: str, columns: int = 0) -> str:
    """Foreign text for a terminal: mathematics readable, control characters visible.

    With `columns`, formulas between `$$` have lines of their own.
    """
    if "$" not in text:
        return printable(text)
    from quizzer.views.mathtext import render_math

    return printable(render_math(text, columns))


@dataclass(frozen=True, slots=True)
class Painter:
    """Colours when wanted; the glyphs that the stream can write."""

    color: bool = False
    unicode: bool = True

    def paint(self, text: str, **style: object) -> str:
        """`text` in a style of click's, or as it is."""
        return click.style(text, **style) if self.color else text  # type: ignore[arg-type]  # click's own keywords

    def dim(self, text: str) -> str:
        """A line that may be overlooked."""
        return self.paint(text, dim=True)

    def mark(self, good: bool | None) -> str:
        """Right, wrong or open: a glyph, to stand beside a word."""
        glyphs = ("✓", "✗", "·") if self.unicode else ("ok", "x", "-")
        return glyphs[0] if good else glyphs[1] if good is False else glyphs[2]


def question_lines(variant: Variant, shown: Presented, paint: Painter, columns: int = 80) -> list[str]:
    """The question as it stands before the learner."""
    wide = min(columns, WIDEST)
    lines = prose(safe(shown.prompt, wide), wide)
    if shown.listings:
        lines += ["", *_listings(shown.listings, paint, columns)]
    if shown.choices:
        lines.append("")
        for number, text in enumerate(shown.choices, 1):
            first, *rest = prose(safe(text), wide - 5)
            lines.append(f"  {paint.paint(str(number), bold=True)}  {first}")
            lines += [f"     {line}" for line in rest]
    if shown.steps:
        lines.append("")
        for letter, text in zip(LETTERS, shown.steps, strict=False):
            first, *rest = prose(safe(text), wide - 5)
            lines.append(f"  {paint.paint(letter, bold=True)}  {first}")
            lines += [f"     {line}" for line in rest]
    if shown.given:
        lines += ["", *(f"  {line}" for text in shown.given for line in wrap(safe(text), wide - 2, "   "))]
    if shown.shown:
        lines.append("")
        for call, gives in shown.shown:
            arrow = "→" if paint.unicode else "->"
            lines.append(f"  {safe(call)}" + (f"  {arrow}  {safe(gives)}" if gives else ""))
    return lines


def _listings(listings: Sequence[Listing], paint: Painter, columns: int) -> list[str]:
    blocks = []
    for letter, listing in zip("ab", listings, strict=False):
        prefix = letter if len(listings) > 1 and letter == "b" else ""
        digits = len(str(len(listing.lines))) + len(prefix)
        title = [paint.paint(printable(listing.title), bold=True)] if listing.title else []
        body = [
            f"{paint.dim((prefix + str(number)).rjust(digits))}  {printable(line, newlines=False)}"
            for number, line in enumerate(listing.lines, 1)
        ]
        blocks.append(title + body)
    wide = max((width(click.unstyle(line)) for line in blocks[0]), default=0)
    right = max((width(click.unstyle(line)) for line in blocks[-1]), default=0)
    if len(blocks) == 2 and wide + right + 6 <= columns:
        out = []
        for index in range(max(map(len, blocks))):
            left = blocks[0][index] if index < len(blocks[0]) else ""
            other = blocks[1][index] if index < len(blocks[1]) else ""
            out.append(f"  {left}{' ' * (wide - width(click.unstyle(left)))}    {other}".rstrip())
        return out
    out = []
    for block in blocks:
        out += [f"  {line}" for line in block] + [""]
    return out[:-1]


def verdict_lines(variant: Variant, graded: Graded, paint: Painter) -> list[str]:
    """Right or wrong at a glance, then why."""
    verdict = graded.verdict
    good = verdict.passed
    if good:
        head = paint.paint(f"{paint.mark(True)} Correct", fg="blue", bold=True)
    elif verdict.verdict == "no-answer":
        head = f"{paint.mark(None)} Here is the answer"
    elif good is False:
        head = paint.paint(f"{paint.mark(False)} Not yet", fg="yellow", bold=True)
    else:
        head = f"{paint.mark(None)} {verdict.verdict.replace('-', ' ')}"
    if graded.grade is not None:
        head += paint.dim(f"   grade {graded.grade}" + (f" ({graded.why})" if graded.why else ""))
    lines = [head]
    if verdict.cases_total:
        used = f", {verdict.seconds:.2f} s" if verdict.seconds is not None else ""
        name = "" if good else f"{verdict.verdict}: "
        lines.append(f"  {name}{verdict.cases_passed} of {verdict.cases_total} cases{used}")
    for part in verdict.parts:
        word = "right" if part.verdict == "passed" else part.verdict.replace("-", " ")
        lines.append(f"  {paint.mark(part.verdict == 'passed')} {safe(part.label)}: {word}")
        if part.reading:
            lines.append(f"      read as   {safe(part.reading)}")
        if part.verdict != "passed":
            lines.append(f"      expected  {safe(part.expected)}")
            lines += [f"      {line}" for line in safe(part.message).split("\n") if line]
    if verdict.mistake and variant.question.kind == "code":
        lines.append(f"  This behaves like: {safe(verdict.mistake)}")
    if not verdict.parts:
        lines += _single(variant, verdict, good)
    found = verdict.counterexample
    if found is not None:
        lines += [
            f"  call      {safe(found.call)}",
            f"  expected  {safe(found.expected)}",
            f"  got       {safe(found.got)}",
        ]
    if verdict.traceback and not good:
        lines += [f"  {line}" for line in safe(verdict.traceback).split("\n")]
    if verdict.stdout:
        lines.append("  printed by your code:")
        lines += [f"    {line}" for line in safe(verdict.stdout).rstrip("\n").split("\n")[:20]]
    return lines


def _single(variant: Variant, verdict: Verdict, good: bool | None) -> list[str]:
    lines = []
    if verdict.reading and variant.question.kind in ("numeric", "derivation"):
        lines.append(f"  read as   {safe(verdict.reading)}")
    if verdict.message and not (good and variant.question.kind == "code"):
        lines += [f"  {line}" for line in prose(safe(verdict.message), WIDEST - 2)]
    return lines


def solution_lines(solution: str, explanation: str, paint: Painter, columns: int = 80) -> list[str]:
    """What was right, and the explanation."""
    lines = [paint.dim("  answer"), *(f"    {line}" for line in safe(solution).rstrip("\n").split("\n"))]
    if explanation.strip():
        lines += [
            "",
            *(f"  {line}" for line in prose(safe(explanation, min(columns, WIDEST) - 2), min(columns, WIDEST) - 2)),
        ]
    return lines


def next_line(state: CardState, day: int, kind: str, repeats: bool) -> str:
    """When the card comes back."""
    if kind == "cram":
        return "  crammed: the schedule stays as it was"
    if kind == "drill":
        when = "  drilled: one answer a day counts, and today's was given"
        return when + when_text(state, day, "; due ")
    again = ", and once more in this session" if repeats else ""
    return f"  next{when_text(state, day, ' ')}{again}"


def when_text(state: CardState, day: int, before: str = "") -> str:
    """`in 6 days (2026-11-30)`."""
    if state.due_day is None:
        return ""
    days = state.due_day - day
    word = "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"
    return f"{before}{word} ({day_text(state.due_day)})"


def day_text(day: int) -> str:
    """The ISO date of a study day."""
    shown: date = day_to_date(day)
    return shown.isoformat()


def bar(done: int, total: int, paint: Painter, cells: int = 20) -> str:
    """A progress bar."""
    full = cells * done // total if total else 0
    glyphs = ("▰", "▱") if paint.unicode else ("#", ".")
    return glyphs[0] * full + glyphs[1] * (cells - full)
