"""What is to be said of a leech, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.text import printable

if TYPE_CHECKING:
    from quizzer.scheduling.leech import Leech

WIDTH = 60
_WHOM = {
    "item": "It points to the item",
    "learner": "It points to you",
    "open": "It points to neither",
}


def leech_lines(leech: Leech) -> list[str]:
    """A leech: the question, the wrong answers by mistake, whom they point to."""
    lines = [f"  Lapse {leech.lapses}: {printable(leech.card)} is a leech. The item or the learner?"]
    for group in leech.wrong:
        said = " · ".join(printable(answer)[:WIDTH] for answer in group.answers) or "not kept"
        name = printable(group.mistake) if group.mistake else "no known mistake"
        lines.append(f"    {group.count} × {name}: {said}")
    lines.append(f"    {_WHOM[leech.suspect]}: {leech.why}.")
    return lines
