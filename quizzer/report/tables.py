"""The numbers behind each figure, as tables: for a screen reader, for a doubt, for paper."""

from __future__ import annotations

from quizzer.lean import dataclass
from quizzer.stats.values import Figures, Share
from quizzer.stats.words import duration, iso, percent


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of text. The first column names the row and is text; `words` more columns are text too, the
    rest are numbers (set to the right)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 0


def days_table(figures: Figures, span: int) -> Table:
    """Days with answers among the last `span`, newest first."""
    shown = [day for day in reversed(figures.days) if figures.today - span < day.day <= figures.today]
    return Table(
        ("Day", "Reviews", "Drills", "Crams", "Time"),
        tuple(
            (iso(day.day), f"{day.reviews:,}", f"{day.drills:,}", f"{day.crams:,}", duration(day.minutes * 60))
            for day in shown
        ),
    )


def year_table(figures: Figures, first: int) -> Table:
    """Weeks with answers since the study day `first`, a Monday, newest first."""
    held: dict[int, list[int]] = {}
    for day in figures.days:
        if first <= day.day <= figures.today:
            week = held.setdefault(first + (day.day - first) // 7 * 7, [0, 0, 0])
            week[0] += 1
            week[1] += day.reviews
            week[2] += day.drills + day.crams
    rows = tuple((iso(week), *(f"{value:,}" for value in held[week])) for week in sorted(held, reverse=True))
    return Table(("Week of", "Days studied", "Reviews", "Practice"), rows)


def due_table(figures: Figures) -> Table:
    """Days with cards due."""
    return Table(
        ("Day", "Due", "Of them overdue", "Time"),
        tuple(
            (iso(day.day), f"{day.due:,}", f"{day.overdue:,}", duration(day.minutes * 60) if day.minutes else "–")
            for day in figures.forecast
            if day.due
        ),
    )


def retention_table(figures: Figures) -> Table:
    """Each share with its interval."""
    kept = figures.retention
    parts = (
        ("Last 30 days", kept.last_30),
        ("Young cards (interval under 21 days)", kept.young),
        ("Mature cards (21 days and more)", kept.mature),
        ("All time", kept.overall),
    )
    rows = tuple((label, *_share(share)) for label, share in parts)
    return Table(("Answers", "Recalled", "Of", "Share", "95 % interval"), rows)


def weeks_table(figures: Figures) -> Table:
    """True retention by week, newest first."""
    rows = tuple(
        (iso(week.day), *_share(week.share), percent(week.predicted))
        for week in reversed(figures.weeks)
        if week.share.total
    )
    return Table(("Week of", "Recalled", "Of", "Share", "95 % interval", "Predicted"), rows)


def decks_table(figures: Figures) -> Table:
    """Each deck's state."""
    return Table(
        ("Deck", "Started", "New", "Learning", "Young", "Mature", "Suspended", "Due", "Recall, 30 days"),
        tuple(
            (
                deck.deck,
                "yes" if deck.started else "no",
                *(f"{n:,}" for n in (deck.new, deck.learning, deck.young, deck.mature, deck.suspended, deck.due)),
                f"{percent(deck.recall.value)} of {deck.recall.total:,}" if deck.recall.total else "–",
            )
            for deck in figures.decks
        ),
        words=1,
    )


def kinds_table(figures: Figures) -> Table:
    """Answer times by kind."""
    return Table(
        ("Kind", "Answers", "Fastest 10 %", "Quartile", "Median", "Quartile", "Slowest 10 %", "In all"),
        tuple(
            (
                kind.kind,
                f"{kind.answers:,}",
                *(duration(seconds) for seconds in (kind.p10, kind.p25, kind.median, kind.p75, kind.p90)),
                duration(kind.minutes * 60),
            )
            for kind in figures.kinds
        ),
    )


def _share(share: Share) -> tuple[str, str, str, str]:
    interval = f"{percent(share.low)} – {percent(share.high)}" if share.total else "–"
    return f"{share.recalled:,}", f"{share.total:,}", percent(share.value), interval
