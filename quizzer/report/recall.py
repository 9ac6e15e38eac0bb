"""What is remembered, as charts with their tables: true retention, over time, and against what was expected."""

from __future__ import annotations

from quizzer.report.scales import place
from quizzer.report.shapes import (
    SHARE_HEAD,
    Dots,
    Spans,
    Table,
    Tick,
    dots,
    floor_of,
    near_edge,
    share_cells,
    share_ticks,
    shares,
    told,
)
from quizzer.stats.values import Figures
from quizzer.stats.words import iso, percent, short_date


def retention(figures: Figures) -> Spans:
    """True retention, in all and in parts, each with its 95 % interval and what was expected."""
    kept = figures.retention
    parts = (
        ("All", kept.overall),
        ("Young cards", kept.young),
        ("Mature cards", kept.mature),
        ("Last 30 days", kept.last_30),
    )
    rows = tuple((label, *share_cells(share)) for label, share in parts)
    return shares("True retention", parts, Table(("Answers", *SHARE_HEAD), rows))


def weeks(figures: Figures) -> Dots | None:
    """True retention by stretches of weeks; None until two of them hold answers."""
    held = [(i, week) for i, week in enumerate(figures.weeks) if week.share.total]
    if len(held) < 2:
        return None
    slot = 100 / len(figures.weeks)
    name = "Week of" if figures.weeks[0].weeks == 1 else f"{figures.weeks[0].weeks} weeks from"
    points = [
        (i * slot + slot / 2, week.share, f"{name} {short_date(week.day)}: {told(week.share)}") for i, week in held
    ]
    stride = max(len(figures.weeks) // 6, 1)
    across = []
    for i, week in enumerate(figures.weeks):
        back = len(figures.weeks) - 1 - i
        if back % stride == 0:
            across.append(near_edge(Tick(i * slot + slot / 2, short_date(week.day), minor=back % (2 * stride) != 0)))
    rows = tuple((iso(week.day), *share_cells(week.share)) for _, week in reversed(held))
    return dots(
        f"True retention over time, {len(held)} points; the latest: {told(held[-1][1].share)}.",
        points,
        across,
        Table((name, *SHARE_HEAD), rows),
        joined=True,
        foreseen=[(x, share.expected or 0) for x, share, _ in points],
        floor=floor_of([share for _, share, _ in points]),
    )


def calibration(figures: Figures) -> Dots | None:
    """Expected recall across, recall in fact down; on the line both agree. None without answers."""
    held = figures.calibration
    if not held:
        return None
    floor = min(floor_of([part.share for part in held]), 0.5 if held[0].low >= 0.5 else 0.0)

    def across(value: float) -> float:
        return place(value, floor, 1, 0, 100)

    names = [f"{percent(part.low)} to {percent(part.high)}" for part in held]
    points = [
        (across(part.share.expected or 0), part.share, f"Expected {name}: {told(part.share)}")
        for part, name in zip(held, names, strict=True)
    ]
    labels = tuple(near_edge(Tick(across(value), percent(value))) for value in share_ticks(floor))
    rows = tuple((name, *share_cells(part.share)) for part, name in zip(held, names, strict=True))
    return dots(
        "Expected against measured recall: " + "; ".join(text for _, _, text in points) + ".",
        points,
        labels,
        Table(("Expected between", *SHARE_HEAD), rows),
        joined=False,
        foreseen=((0, floor), (100, 1)),
        floor=floor,
    )
