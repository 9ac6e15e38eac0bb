"""Figures as places on a chart: bars, dots with their intervals, spans. The templates only write them down.

Across, places are percent of the plot's width, so that a page fits any screen without scaling its letters; down, they
are pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quizzer.lean import dataclass
from quizzer.report.scales import log_place, place, ticks, time_ticks
from quizzer.report.tables import Table, days_table, due_table, kinds_table, retention_table, weeks_table
from quizzer.stats.values import Figures, Share
from quizzer.stats.words import counted, duration, long_date, percent, short_date

TOP, BASE = 10.0, 150.0
"""Where the highest tick and the baseline lie, in pixels."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis. `anchor` is SVG's text-anchor; `minor` ones are left out on a narrow screen."""

    at: float
    text: str
    anchor: str = "middle"
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stacked part of a bar; `mark` names its pattern."""

    y: float
    height: float
    mark: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar and the sentence that says it."""

    x: float
    width: float
    parts: tuple[Part, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart. `legend` pairs marks with their meaning."""

    says: str
    down: tuple[Tick, ...]
    across: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Dot:
    """A share with its interval; `hollow` when it rests on few answers."""

    x: float
    y: float
    low: float
    high: float
    hollow: bool
    says: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Shares over time. `lines` join neighbours (x1, y1, x2, y2), `predicted` those of the scheduler's prediction."""

    says: str
    down: tuple[Tick, ...]
    across: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    predicted: tuple[tuple[float, float, float, float], ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Span:
    """A row of a span chart: a middle, an inner and an outer range, all in percent across; None draws nothing."""

    label: str
    middle: float | None
    inner: tuple[float, float] | None
    outer: tuple[float, float] | None
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows of ranges on one scale."""

    says: str
    across: tuple[Tick, ...]
    rows: tuple[Span, ...]
    table: Table


def activity(figures: Figures) -> Bars:
    """Answers a day, the last 30 days; the last 14 in a learner's first two weeks."""
    begun = figures.days[0].day if figures.days else figures.today
    span = 30 if figures.today - begun >= 14 else 14
    by_day = {day.day: day for day in figures.days}
    values = []
    for day in range(figures.today - span + 1, figures.today + 1):
        count = by_day.get(day)
        reviews, practice = (count.reviews, count.drills + count.crams) if count else (0, 0)
        extra = f", {practice} for practice" if practice else ""
        took = f", {duration(count.minutes * 60)}" if count and count.minutes else ""
        values.append((reviews, practice, f"{long_date(day)}: {counted(reviews, 'review')}{extra}{took}"))
    reviews, practice = sum(value[0] for value in values), sum(value[1] for value in values)
    says = f"Answers a day over {span} days: {counted(reviews, 'review')}, {number_of(practice)} for practice."
    days = [figures.today - away for away in range(span - 1, -1, -1)]
    legend = (("solid", "reviews"), ("stripe", "practice: drills and crams"))
    return _bars(says, values, days, figures.today, legend, ("solid", "stripe"), days_table(figures, span))


def forecast(figures: Figures) -> Bars:
    """Cards due on each of the next days."""
    values = []
    for day in figures.forecast:
        late = f", {day.overdue} from earlier days" if day.overdue else ""
        time = f", about {duration(day.minutes * 60)}" if day.minutes else ""
        text = f"{long_date(day.day)}: {counted(day.due, 'card')}{late}{time}"
        values.append((day.due - day.overdue, day.overdue, text))
    total = sum(day.due for day in figures.forecast)
    says = f"Cards due on each of the next {len(values)} days: {counted(total, 'card')} in all."
    legend = (("solid", "due that day"), ("stripe", "overdue, counted today"))
    days = [day.day for day in figures.forecast]
    return _bars(says, values, days, figures.today, legend, ("solid", "stripe"), due_table(figures))


def number_of(value: int) -> str:
    """A count, or "none"."""
    return f"{value:,}" if value else "none"


def _bars(
    says: str,
    values: Sequence[tuple[int, int, str]],
    days: Sequence[int],
    today: int,
    legend: tuple[tuple[str, str], ...],
    marks: tuple[str, str],
    table: Table,
) -> Bars:
    """Bars of two stacked values a day."""
    down = ticks(max(first + second for first, second, _ in values))
    slot = 100 / len(values)
    bars = []
    for i, (first, second, text) in enumerate(values):
        parts, base = [], BASE
        for value, mark in zip((first, second), marks, strict=True):
            height = BASE - place(value, 0, down[-1], BASE, TOP)
            if value:
                parts.append(Part(base - height, height, mark))
            base -= height
        bars.append(Bar(i * slot + slot * 0.14, slot * 0.72, tuple(parts), text))
    used = tuple(pair for pair, part in zip(legend, (0, 1), strict=True) if any(value[part] for value in values))
    return Bars(
        says=says,
        down=tuple(Tick(place(value, 0, down[-1], BASE, TOP), f"{value:,}") for value in down),
        across=_day_ticks(days, today),
        bars=tuple(bars),
        legend=used if len(used) > 1 else (),
        table=table,
    )


def _day_ticks(days: Sequence[int], today: int) -> tuple[Tick, ...]:
    """A tick every seven days counted from today, which is one end."""
    slot = 100 / len(days)
    found = []
    for i, day in enumerate(days):
        if (day - today) % 7 == 0:
            text = "today" if day == today else short_date(day)
            found.append(_near_edge(Tick(i * slot + slot / 2, text, minor=(day - today) % 14 != 0)))
    return tuple(found)


def _near_edge(tick: Tick) -> Tick:
    """A tick whose words would hang over the plot's edge leans inward."""
    if tick.at < 6:
        return replace(tick, at=max(tick.at - 1.5, 0), anchor="start")
    return replace(tick, at=min(tick.at + 1.5, 100), anchor="end") if tick.at > 94 else tick


def weeks(figures: Figures, few: int = 10) -> Dots | None:
    """True retention by week; None until two weeks hold answers. A dot of fewer than ten answers is hollow."""
    held = [(i, week) for i, week in enumerate(figures.weeks) if week.share.total]
    if len(held) < 2:
        return None
    floor = 0.5 if min(week.share.value or 0 for _, week in held) >= 0.6 else 0.0
    slot = 100 / len(figures.weeks)

    def at(i: int) -> float:
        return i * slot + slot / 2

    def down(value: float) -> float:
        return place(value, floor, 1, BASE, TOP)

    dots = []
    for i, week in held:
        share = week.share
        text = f"Week of {short_date(week.day)}: {_share(share)}"
        if week.predicted is not None:
            text += f"; {percent(week.predicted)} predicted"
        dots.append(Dot(at(i), down(share.value or 0), down(share.low), down(share.high), share.total < few, text))
    foreseen = [(at(i), down(week.predicted)) for i, week in held if week.predicted is not None]
    steps = 5 if floor else 4
    down_ticks = [floor + (1 - floor) * i / steps for i in range(steps + 1)]
    stride = max(len(figures.weeks) // 6, 1)
    across = []
    for i, week in enumerate(figures.weeks):
        back = len(figures.weeks) - 1 - i
        if back % stride == 0:
            across.append(_near_edge(Tick(at(i), short_date(week.day), minor=back % (2 * stride) != 0)))
    return Dots(
        says=f"True retention by week, {len(held)} weeks; the latest: {_share(held[-1][1].share)}.",
        down=tuple(Tick(down(value), percent(value)) for value in down_ticks),
        across=tuple(across),
        dots=tuple(dots),
        lines=tuple((a.x, a.y, b.x, b.y) for a, b in pairwise(dots)),
        predicted=tuple((*a, *b) for a, b in pairwise(foreseen)),
        table=weeks_table(figures),
    )


def retention(figures: Figures) -> Spans:
    """True retention, in all and in parts, each with its 95 % interval."""
    kept = figures.retention
    parts = (
        ("Last 30 days", kept.last_30),
        ("Young cards", kept.young),
        ("Mature cards", kept.mature),
        ("All time", kept.overall),
    )
    rows = tuple(_retention_row(label, share) for label, share in parts)
    across = (Tick(0, "0 %", "start"), Tick(50, "50 %"), Tick(100, "100 %", "end"))
    says = "True retention: " + "; ".join(row.says for row in rows) + "."
    return Spans(says, across, rows, retention_table(figures))


def _retention_row(label: str, share: Share) -> Span:
    if share.value is None:
        return Span(label, None, None, None, "no data yet", f"{label}: no data yet")
    inner = (100 * share.low, 100 * share.high)
    return Span(
        label, 100 * share.value, inner, None, f"{percent(share.value)} of {share.total:,}", _says(label, share)
    )


def _says(label: str, share: Share) -> str:
    return f"{label}: {_share(share)}"


def _share(share: Share) -> str:
    interval = f"95 % interval {percent(share.low)} to {percent(share.high)}"
    return f"{percent(share.value)} of {counted(share.total, 'answer')}, {interval}"


def kinds(figures: Figures) -> Spans | None:
    """Answer times by kind of question on a logarithmic scale; None without a timed answer."""
    if not figures.kinds:
        return None
    fastest, slowest = min(kind.p10 for kind in figures.kinds), max(kind.p90 for kind in figures.kinds)
    marks = time_ticks(max(fastest, 0.1), max(slowest, 0.2))
    low, high = marks[0], marks[-1]

    def at(seconds: float) -> float:
        return log_place(seconds, low, high, 0, 100)

    rows = []
    for kind in figures.kinds:
        half = f"half of them {duration(kind.p25)} to {duration(kind.p75)}"
        text = f"{kind.kind}: median {duration(kind.median)}, {half}, {counted(kind.answers, 'answer')}"
        inner, outer = (at(kind.p25), at(kind.p75)), (at(kind.p10), at(kind.p90))
        rows.append(Span(kind.kind, at(kind.median), inner, outer, duration(kind.median), text))
    stride = -(-len(marks) // 5)
    shown = [i for i in range(len(marks)) if (len(marks) - 1 - i) % stride == 0]
    across = []
    for i in shown:
        anchor = "start" if i == 0 else "end" if i == len(marks) - 1 else "middle"
        across.append(Tick(at(marks[i]), duration(marks[i]).replace(".0", ""), anchor))
    says = "Time an answer takes, by kind of question: " + "; ".join(row.says for row in rows) + "."
    return Spans(says, tuple(across), tuple(rows), kinds_table(figures))
