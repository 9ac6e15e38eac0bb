"""The reply: right or wrong at a glance, then why, what was right, where it comes from, and when it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizzer.model import CardState, Graded, Question, Variant, Verdict
from quizzer.text import printable
from quizzer.views.diff import compared
from quizzer.views.markdown import text_lines
from quizzer.views.paint import Painter
from quizzer.views.terminal import WIDEST, in_days, safe, when_text
from quizzer.views.wrap import wrap


def verdict_lines(variant: Variant, graded: Graded, paint: Painter, columns: int = 80) -> list[str]:
    """Right or wrong at a glance, then why."""
    verdict = graded.verdict
    good = verdict.passed
    if good:
        head = paint.paint(paint.beside(True, "Correct"), fg="good", bold=True)
    elif verdict.verdict == "no-answer":
        head = paint.strong(paint.beside(None, "Here is the answer"))
    elif good is False:
        head = paint.paint(paint.beside(False, "Not yet"), fg="bad", bold=True)
    else:
        head = paint.beside(None, verdict.verdict.replace("-", " "))
    if graded.grade is not None:
        head += paint.dim(f"   grade {graded.grade}" + (f" ({graded.why})" if graded.why else ""))
    lines = [head]
    if verdict.cases_total:
        used = f", {verdict.seconds:.2f} s" if verdict.seconds is not None else ""
        name = "" if good else f"{verdict.verdict}: "
        lines.append(f"  {name}{verdict.cases_passed} of {verdict.cases_total} cases{used}")
    for part in verdict.parts:
        word = "right" if part.verdict == "passed" else part.verdict.replace("-", " ")
        lines.append(f"  {paint.beside(part.verdict == 'passed', safe(part.label))}: {word}")
        if part.reading:
            lines.append(f"      read as   {safe(part.reading)}")
        if part.verdict != "passed":
            lines.append(f"      expected  {safe(part.expected)}")
            lines += [f"      {line}" for line in safe(part.message).split("\n") if line]
    if verdict.mistake and variant.question.kind == "code":
        lines.append(f"  This behaves like: {safe(verdict.mistake)}")
    if not verdict.parts:
        lines += _single(variant, verdict, paint, columns)
    found = verdict.counterexample
    if found is not None:
        lines.append(f"  call      {safe(found.call)}")
        lines += compared(safe(found.expected), safe(found.got), paint, columns, yours="got")
    if verdict.traceback and not good:
        lines += [f"  {line}" for line in safe(verdict.traceback).split("\n")]
    if verdict.stdout:
        lines.append("  printed by your code:")
        lines += [f"    {line}" for line in safe(verdict.stdout).rstrip("\n").split("\n")[:20]]
    return lines


def _single(variant: Variant, verdict: Verdict, paint: Painter, columns: int) -> list[str]:
    kind, good, lines = variant.question.kind, verdict.passed, []
    if good is False and _comparable(variant) and verdict.got and verdict.expected:
        lines += compared(safe(verdict.expected), safe(verdict.got), paint, columns)
    elif verdict.reading and kind in ("numeric", "derivation"):
        lines.append(f"  read as   {safe(verdict.reading)}")
    if verdict.message and not (good and kind == "code"):
        for line in verdict.message.split("\n"):
            lines += [f"  {piece}" for piece in text_lines(safe(line), paint, min(columns, WIDEST) - 2)]
    return lines


def _comparable(variant: Variant) -> bool:
    """Whether the right answer and the learner's are texts of one sort, worth standing over each other."""
    kind = variant.question.kind
    return kind in ("numeric", "order", "spot", "short") or (kind == "derivation" and variant.rung == "order")


def solution_lines(solution: str, explanation: str, paint: Painter, columns: int = 80, *, told: str = "") -> list[str]:
    """What was right, and the explanation. `told` is what stands on the screen already and isn't said again."""
    wide = min(columns, WIDEST)
    fresh = solution.strip() != told.strip()
    lines = [paint.dim("  answer")] if fresh else []
    for line in safe(solution).rstrip("\n").split("\n") if fresh else []:
        lines += [f"    {piece}" for piece in wrap(line, wide - 4)]
    if explanation.strip():
        text = text_lines(safe(explanation, wide - 2), paint, wide - 2)
        lines += [*([""] if fresh else []), *(f"  {line}" if line else "" for line in text)]
    return lines


def source_lines(question: Question, header: Mapping[str, Any], paint: Painter, columns: int = 80) -> list[str]:
    """The article's own words and where they stand; nothing where the deck names no source."""
    source = header.get("source") or {}
    title, url = printable(str(source.get("title", ""))), printable(str(source.get("url", "")))
    words = f"“{printable(question.quote)}”" if question.quote else ""
    text = "  ".join(part for part in (words, title, url if url.startswith(("https://", "http://")) else "") if part)
    return (
        [paint.dim(f"  {line}") for line in wrap(f"source  {text}", min(columns, WIDEST) - 2, "        ")]
        if text
        else []
    )


def next_line(state: CardState, day: int, kind: str, repeats: bool) -> str:
    """When the card comes back."""
    if kind == "cram":
        return "  crammed: the schedule stays as it was"
    if kind == "drill":
        when = "  drilled: one answer a day counts, and today's was given"
        return when + when_text(state, day, "; due ")
    again = ", and once more in this session" if repeats else ""
    return f"  next{when_text(state, day, ' ')}{again}"


def outlook_line(states: Sequence[CardState], day: int, chosen: int | None, paint: Painter) -> str:
    """What each grade would do next, equal ones together: `0–2 tomorrow · [3–5 in 6 days]`; brackets: the one given."""
    groups: list[tuple[int, int, int | None]] = []
    for grade, state in enumerate(states):
        if groups and groups[-1][2] == state.due_day:
            groups[-1] = (groups[-1][0], grade, state.due_day)
        else:
            groups.append((grade, grade, state.due_day))
    if len(groups) < 2:
        return paint.dim("  the same for every grade") if groups else ""
    told = []
    for first, last, due in groups:
        grades = str(first) if first == last else f"{first}–{last}"
        text = f"{grades} {in_days(due - day) if due is not None else 'new'}"
        told.append(f"[{text}]" if chosen is not None and first <= chosen <= last else text)
    return paint.dim("  grades: " + "  ".join(told))
