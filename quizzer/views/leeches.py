"""What is to be said of a leech, as lines of text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizzer.text import printable
from quizzer.views.wrap import wrap

if TYPE_CHECKING:
    from quizzer.scheduling.leech import Leech, WrongAnswers

WIDTH = 60
_WHOM = {"item": "Rather the item", "learner": "Rather the learner", "open": "Hard to say"}


def leech_lines(leech: Leech, columns: int = 80, *, threshold: int = 0) -> list[str]:
    """A card that keeps failing: the question, the wrong answers by mistake, whom they point to.

    Below `threshold` lapses it is called no leech.
    """
    times = "once" if leech.lapses == 1 else f"{leech.lapses} times"
    name, asked = printable(leech.card), list[str]()
    if leech.lapses < threshold or not leech.lapses:
        head = f"{name} is no leech: forgotten {times} after it was known."
    else:
        head = f"{name} is a leech: forgotten {times} after it was known."
        asked = ["  The item or the learner?"]
    lines = [*wrap(f"  {head}", columns, "  "), *asked]
    for group in leech.wrong:
        lines += wrap(f"    {group.count} × {_told(group)}", columns, "        ")
    if leech.wrong:
        lines += wrap(f"    {_WHOM[leech.suspect]}: {leech.why}.", columns, "    ")
    return lines


def leech_after(leech: Leech | None, columns: int = 80) -> list[str]:
    """What follows an answer outside a session: a leech and what may be done about it; nothing where it made none."""
    if leech is None:
        return []
    cure = (
        f"the item: quizzer card flag {printable(leech.card)} · not now: quizzer card suspend {printable(leech.card)}"
    )
    return ["", *leech_lines(leech, columns), *wrap(f"    {cure}", columns, "    ")]


def _told(group: WrongAnswers) -> str:
    """`You forgot the biases (12, 13 and 2 others)`."""
    name = printable(group.mistake, newlines=False).rstrip(".。") if group.mistake else "no known mistake"
    answers = ", ".join(_answer(text) for text in group.answers)
    others = f" and {group.others} other{'s' if group.others > 1 else ''}" if group.others else ""
    return f"{name} ({answers}{others})" if answers else name


def _answer(text: str) -> str:
    """One answer, short: several blanks in a row, `?` in words."""
    if text == "?":
        return "I don't know"
    if text.startswith("["):
        try:
            parts = json.loads(text)
        except ValueError:
            parts = None
        if isinstance(parts, list) and all(isinstance(part, str) for part in parts):
            text = " | ".join(parts)
    shown = printable(text, newlines=False)
    return shown if len(shown) <= WIDTH else f"{shown[: WIDTH - 1]}…"
