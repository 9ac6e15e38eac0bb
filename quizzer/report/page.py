"""The page: figures laid out by the templates, under a policy that allows only the page's own style and script."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from quizzer.lean import dataclass
from quizzer.report import charts, heat
from quizzer.report.tables import decks_table
from quizzer.stats import next_steps
from quizzer.stats.values import DeckState, Figures
from quizzer.stats.words import counted, duration, iso, long_date, number, percent, when
from quizzer.views.html import environment

STATES = (
    ("mature", "mature: interval of 21 days or more"),
    ("young", "young: under 21 days"),
    ("learning", "learning: first steps"),
    ("new", "new"),
    ("suspended", "suspended"),
)
"""A deck's states in the order of its bar, with their meaning; the name is the mark's too."""

VERDICTS = {
    "passed": "passed",
    "wrong-answer": "wrong answer",
    "exception": "raised an exception",
    "timeout": "ran out of time",
    "memory": "ran out of memory",
    "output-limit": "printed too much",
    "too-slow": "too slow on large input",
    "mutated-input": "changed its input",
    "forbidden": "tried what the sandbox refuses",
    "self-graded": "graded by yourself",
    "no-answer": "given up",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that answers a question at a glance."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a deck's bar, in percent across."""

    x: float
    width: float
    mark: str


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck's bar with its words."""

    deck: DeckState
    segments: tuple[Segment, ...]
    words: str
    says: str


def render(figures: Figures, *, include_code: bool = True) -> str:
    """One self-contained HTML page. Without `include_code` it holds no source text a learner submitted.

    Every foreign text passes `quizzer.views.html`; the policy in the page's head refuses every request, every style
    and every script but the two whose hashes it names.
    """
    style, script = _own("report.css"), _own("report.js")
    made = environment(_own)
    made.filters.update(
        counted=counted, duration=duration, iso=iso, number=number, percent=percent, when=_when(figures.today)
    )
    from markupsafe import Markup

    return made.get_template("page.html.j2").render(
        figures=figures,
        include_code=include_code,
        steps=next_steps(figures),
        tiles=tiles(figures),
        date=long_date(figures.today),
        now_line=figures.now_text or long_date(figures.today),
        states=STATES,
        verdicts=VERDICTS,
        deck_rows=deck_rows(figures),
        decks_table=decks_table(figures),
        activity=charts.activity(figures),
        forecast=charts.forecast(figures),
        retention=charts.retention(figures),
        weeks=charts.weeks(figures),
        kinds=charts.kinds(figures),
        year=heat.year(figures),
        style=Markup(style),  # noqa: S704 - the package's own file, and the policy holds its hash
        script=Markup(script),  # noqa: S704 - the same
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def tiles(figures: Figures) -> tuple[Tile, ...]:
    """What do I know, what slips, what comes next, in four numbers."""
    today = figures.forecast[0]
    lately = figures.retention.last_30
    begun, total = sum(deck.begun for deck in figures.decks), sum(deck.total for deck in figures.decks)
    mature = sum(deck.mature for deck in figures.decks)
    week = [day for day in figures.days if figures.today - 7 < day.day <= figures.today]
    spent = sum(day.minutes for day in week)
    if lately.total:
        interval = f"{percent(lately.low)} to {percent(lately.high)}, {counted(lately.total, 'answer')}"
        recall = Tile("Recalled, 30 days", percent(lately.value), interval)
    else:
        recall = Tile("Recalled, 30 days", "–", "known once a card comes back on a later day")
    if today.due:
        note = f"about {duration(today.minutes * 60)}" if today.minutes else "ready"
    else:
        later = [day for day in figures.forecast if day.due]
        note = (
            f"next: {counted(later[0].due, 'card')} {when(later[0].day, figures.today)}" if later else "nothing waits"
        )
    return (
        Tile("Due today", number(today.due), note),
        recall,
        Tile("Cards begun", number(begun), f"of {number(total)}, {number(mature)} mature"),
        Tile(
            "Days this month",
            f"{figures.month.studied} of {figures.month.so_far}",
            f"{duration(spent * 60)} in 7 days" if week else "no answer in 7 days",
        ),
    )


def deck_rows(figures: Figures) -> tuple[DeckRow, ...]:
    """Decks with a card begun first, in the given order; then the others."""
    ordered = sorted(figures.decks, key=lambda deck: (deck.begun + deck.suspended == 0, not deck.started))
    return tuple(_deck_row(deck) for deck in ordered)


def _deck_row(deck: DeckState) -> DeckRow:
    segments, x, parts = [], 0.0, []
    for name, _ in STATES:
        count = getattr(deck, name)
        if count:
            width = 100 * count / deck.total
            segments.append(Segment(x, width, name))
            x += width
            parts.append(f"{number(count)} {name}")
    says = ", ".join(parts) or "no questions ready"
    if deck.due:
        parts.append(f"{number(deck.due)} due")
    if deck.recall.total:
        parts.append(f"recall {percent(deck.recall.value)} of {number(deck.recall.total)}")
    words = " · ".join(part.replace(" ", "\u00a0") for part in parts)  # lines break between parts only
    return DeckRow(deck, tuple(segments), words or "no questions ready", says)


def _when(today: int) -> Any:
    """`when` as a filter that knows today."""
    return lambda day: when(day, today)


@cache
def _own(name: str) -> str:
    """A file of the templates folder, from a wheel or a checkout, with the line ends a browser hashes."""
    text = files("quizzer.report").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    """The text's hash as a Content-Security-Policy names it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
