"""Where a session stands: the bar, what is left by state, the deck and the topic."""

from __future__ import annotations

from quizzer.lean import dataclass
from quizzer.text import printable
from quizzer.views.paint import Painter
from quizzer.views.wrap import width


@dataclass(frozen=True, slots=True)
class Standing:
    """What the header tells. `done` of `total` cards are answered; `minutes` is what the rest is expected to take."""

    done: int
    total: int
    new: int
    due: int
    again: int
    minutes: float
    title: str
    topic: str
    kind: str
    state: str


def bar(done: int, total: int, paint: Painter, cells: int = 20) -> str:
    """A progress bar."""
    full = cells * done // total if total else 0
    return paint.glyph("▰") * full + paint.glyph("▱") * (cells - full)


def header_lines(at: Standing, paint: Painter, columns: int = 80) -> list[str]:
    """Two lines over a question; sentences in the plain mode."""
    counts = ", ".join(f"{n} {word}" for n, word in ((at.new, "new"), (at.due, "due"), (at.again, "again")) if n)
    time = "under a minute" if at.minutes < 0.75 else f"about {at.minutes:.0f} min"
    number, total = at.done + 1, max(at.total, at.done + 1)
    about = [part for part in (at.topic, at.kind, at.state) if part]
    if paint.words:
        left = f" Left: {counts}, {time}." if counts else ""
        return [f"Question {number} of {total}.{left}", f"{printable(at.title)}: {', '.join(about)}."]
    first = f"{number} of {total}"
    rest = f"{counts} · {time}" if counts else time
    line = f"{bar(at.done, total, paint, 20 if columns >= 80 else 10)}  {paint.strong(first)}"
    room = columns - (20 if columns >= 80 else 10) - 2 - len(first)
    line += paint.dim(rest.rjust(min(room, 100 - 22 - len(first)))) if len(rest) + 2 <= room else ""
    tail = " · ".join(about)
    title = _cut(printable(at.title), max(20, columns - width(tail) - 3))
    return [
        line,
        f"{paint.strong(title)}" + paint.dim(f"   {tail}" if width(title) + width(tail) + 3 <= columns else ""),
    ]


def _cut(text: str, columns: int) -> str:
    """`text`, shortened to so many columns."""
    if width(text) <= columns:
        return text
    out = ""
    for char in text:
        if width(out + char) > columns - 3:
            break
        out += char
    return out.rstrip() + "..."
