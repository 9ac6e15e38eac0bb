"""Charts as places: bars, dots with their intervals, spans, and the numbers behind them. Templates write them down.

Across, places are percent of the plot's width, so that a page fits any screen without scaling its letters; down, they
are pixels. `report.js` lays out filtered figures by the same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quizzer.report.scales import log_place, place, ticks, time_ticks
from quizzer.stats.values import Share
from quizzer.stats.words import counted, duration, percent

TOP, BASE = 10.0, 150.0
"""Where the highest tick and the baseline lie, in pixels."""
FEW = 10
"""A share of fewer answers is drawn hollow."""


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of text. The first column names the row and is text; `words` more columns are text too, the
    rest are numbers (set to the right)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 0


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


Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dots:
    """Shares on a scale. `lines` join neighbours (x1, y1, x2, y2), `foreseen` what was expected."""

    says: str
    down: tuple[Tick, ...]
    across: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    foreseen: tuple[Line, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Span:
    """A row of a span chart: a middle, an inner and an outer range, what was expected, all in percent across.

    None draws nothing.
    """

    label: str
    middle: float | None
    inner: tuple[float, float] | None
    outer: tuple[float, float] | None
    text: str
    says: str
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows of ranges on one scale."""

    says: str
    across: tuple[Tick, ...]
    rows: tuple[Span, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Column:
    """What a bar is made of: its values, the sentence that says it, and its label below, if it has one."""

    values: tuple[float, ...]
    says: str
    label: str = ""
    minor: bool = False


def bars(says: str, columns: Sequence[Column], legend: Sequence[tuple[str, str]], table: Table) -> Bars:
    """Columns of stacked values; marks that nothing has are left out of the legend, which says nothing of one alone."""
    scale = ticks(max((sum(column.values) for column in columns), default=0))
    slot = 100 / max(len(columns), 1)
    drawn, across = [], []
    for i, column in enumerate(columns):
        parts, base = [], BASE
        for value, (mark, _) in zip(column.values, legend, strict=True):
            height = BASE - place(value, 0, scale[-1], BASE, TOP)
            if value:
                parts.append(Part(base - height, height, mark))
            base -= height
        drawn.append(Bar(i * slot + slot * 0.14, slot * 0.72, tuple(parts), column.says))
        if column.label:
            across.append(near_edge(Tick(i * slot + slot / 2, column.label, minor=column.minor)))
    used = tuple(pair for i, pair in enumerate(legend) if any(column.values[i] for column in columns))
    down = tuple(Tick(place(value, 0, scale[-1], BASE, TOP), f"{value:,}") for value in scale)
    return Bars(says, down, tuple(across), tuple(drawn), used if len(legend) > 1 else (), table)


def near_edge(tick: Tick) -> Tick:
    """A tick whose words would hang over the plot's edge leans inward."""
    if tick.at < 6:
        return replace(tick, at=max(tick.at - 1.5, 0), anchor="start")
    return replace(tick, at=min(tick.at + 1.5, 100), anchor="end") if tick.at > 94 else tick


def floor_of(shares: Sequence[Share]) -> float:
    """Where an axis of shares begins: at one half, unless something lies below 0.6."""
    return 0.5 if min((share.value or 0 for share in shares), default=1) >= 0.6 else 0.0


def share_ticks(floor: float) -> tuple[float, ...]:
    """Where an axis of shares has its ticks."""
    steps = 5 if floor else 4
    return tuple(floor + (1 - floor) * i / steps for i in range(steps + 1))


def dots(
    says: str,
    points: Sequence[tuple[float, Share, str]],
    across: Sequence[Tick],
    table: Table,
    *,
    joined: bool,
    foreseen: Sequence[tuple[float, float]],
    floor: float,
) -> Dots:
    """Shares with their intervals at places across; `foreseen` are places and what was expected there."""

    def down(value: float) -> float:
        return place(value, floor, 1, BASE, TOP)

    drawn = tuple(
        Dot(x, down(share.value or 0), down(share.low), down(share.high), share.total < FEW, text)
        for x, share, text in points
    )
    return Dots(
        says,
        tuple(Tick(down(value), percent(value)) for value in share_ticks(floor)),
        tuple(across),
        drawn,
        tuple((a.x, a.y, b.x, b.y) for a, b in pairwise(drawn)) if joined else (),
        tuple((x1, down(y1), x2, down(y2)) for (x1, y1), (x2, y2) in pairwise(foreseen)),
        table,
    )


def shares(says: str, parts: Sequence[tuple[str, Share]], table: Table) -> Spans:
    """Shares one below the other, each with its interval and what was expected."""
    rows = []
    for label, share in parts:
        if share.value is None:
            rows.append(Span(label, None, None, None, "no data yet", f"{label}: no data yet"))
            continue
        text = f"{percent(share.value)} of {share.total:,}"
        hoped = None if share.expected is None else 100 * share.expected
        inner = (100 * share.low, 100 * share.high)
        rows.append(Span(label, 100 * share.value, inner, None, text, f"{label}: {told(share)}", hoped))
    across = (Tick(0, "0 %", "start"), Tick(50, "50 %"), Tick(100, "100 %", "end"))
    return Spans(f"{says}: " + "; ".join(row.says for row in rows) + ".", across, tuple(rows), table)


def told(share: Share) -> str:
    """A share in words."""
    hoped = f"; {percent(share.expected)} expected" if share.expected is not None else ""
    interval = f"95 % interval {percent(share.low)} to {percent(share.high)}"
    return f"{percent(share.value)} of {counted(share.total, 'answer')}, {interval}{hoped}"


def share_cells(share: Share) -> tuple[str, str, str, str, str]:
    """Recalled, of, share, interval, expected, as cells of a table."""
    interval = f"{percent(share.low)} – {percent(share.high)}" if share.total else "–"
    return f"{share.recalled:,}", f"{share.total:,}", percent(share.value), interval, percent(share.expected)


SHARE_HEAD = ("Recalled", "Of", "Share", "95 % interval", "Expected")


def times(says: str, rows: Sequence[tuple[str, int, tuple[float, ...]]], table: Table) -> Spans | None:
    """Lengths of time on a logarithmic scale: label, answers, and their 10, 25, 50, 75 and 90 % points in seconds."""
    if not rows:
        return None
    marks = time_ticks(max(min(points[0] for _, _, points in rows), 0.1), max(points[4] for _, _, points in rows))
    low, high = marks[0], marks[-1]

    def at(seconds: float) -> float:
        return log_place(seconds, low, high, 0, 100)

    drawn = []
    for label, answers, (p10, p25, median, p75, p90) in rows:
        half = f"half of them {duration(p25)} to {duration(p75)}"
        text = f"{label}: median {duration(median)}, {half}, {counted(answers, 'answer')}"
        drawn.append(Span(label, at(median), (at(p25), at(p75)), (at(p10), at(p90)), duration(median), text))
    stride = -(-len(marks) // 5)
    across = []
    for i in range(len(marks)):
        if (len(marks) - 1 - i) % stride == 0:
            anchor = "start" if i == 0 else "end" if i == len(marks) - 1 else "middle"
            across.append(Tick(at(marks[i]), duration(marks[i]).replace(".0", ""), anchor))
    return Spans(f"{says}: " + "; ".join(row.says for row in drawn) + ".", tuple(across), tuple(drawn), table)
