"""Foreign text for a terminal, and days as a learner reads them.

What is shown is plain lines: no cursor movement, words beside every mark, colour never alone.
"""

from __future__ import annotations

from quizzer.clock import day_to_date
from quizzer.model import CardState
from quizzer.text import printable

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


def when_text(state: CardState, day: int, before: str = "") -> str:
    """`in 6 days (2026-11-30)`."""
    if state.due_day is None:
        return ""
    return f"{before}{in_days(state.due_day - day)} ({day_text(state.due_day)})"


def in_days(days: int) -> str:
    """`today`, `tomorrow`, `in 6 days`."""
    return "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"


def day_text(day: int) -> str:
    """The ISO date of a study day."""
    return day_to_date(day).isoformat()
