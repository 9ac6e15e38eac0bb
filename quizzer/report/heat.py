"""The year as a calendar of small squares: a column a week, a row a weekday."""

from __future__ import annotations

from quizzer.clock import day_to_date
from quizzer.lean import dataclass
from quizzer.report.scales import level, thresholds
from quizzer.report.shapes import Table, Tick
from quizzer.stats.values import DayCount, Figures
from quizzer.stats.words import MONTHS, counted, duration, iso, long_date

WEEKS = 53
PITCH = 15.0
SIZE = 12.0
HEAD = 18.0
"""Pixels from row to row, of a square, and above the first row."""
SIDE = (0.0, 0.5, 0.66, 0.83, 1.0)
"""The side of the inner square by level, as a share of the outer one: size says what shade says."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: the ground square and, on days with answers, the inner one. Across in percent, down in pixels."""

    x: float
    y: float
    width: float
    inner_x: float
    inner_y: float
    inner_width: float
    inner_height: float
    level: int
    says: str


@dataclass(frozen=True, slots=True)
class Heat:
    """The calendar; `months` are labels above their first week."""

    says: str
    height: float
    cells: tuple[Cell, ...]
    months: tuple[Tick, ...]
    weekdays: tuple[Tick, ...]
    table: Table


def year(figures: Figures) -> Heat | None:
    """Answers a day over 53 weeks; None until the history is older than the bars beside it show."""
    if figures.empty or figures.today - figures.days[0].day < 30:
        return None
    weekday = day_to_date(figures.today).weekday()
    first = figures.today - weekday - 7 * (WEEKS - 1)
    held = {day.day: day for day in figures.days if first <= day.day <= figures.today}
    counts = {day: one.reviews + one.drills + one.crams for day, one in held.items()}
    starts = thresholds(list(counts.values()))
    slot = 100 / WEEKS
    width = slot * SIZE / PITCH
    cells = []
    for day in range(first, figures.today + 1):
        week, row = divmod(day - first, 7)
        x, y = week * slot, HEAD + row * PITCH
        count = counts.get(day, 0)
        depth = level(count, starts)
        side = SIDE[depth]
        cells.append(
            Cell(
                x,
                y,
                width,
                x + width * (1 - side) / 2,
                y + SIZE * (1 - side) / 2,
                width * side,
                SIZE * side,
                depth,
                f"{long_date(day)}: {counted(count, 'answer')}{_took(held[day].minutes)}" if count else "",
            )
        )
    says = f"Answers on each day of the last {WEEKS} weeks: {counted(sum(counts.values()), 'answer')} "
    weekdays = tuple(Tick(HEAD + row * PITCH + 10, name) for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")))
    return Heat(
        says=says + f"on {counted(len(counts), 'day')}.",
        height=HEAD + 7 * PITCH,
        cells=tuple(cells),
        months=_months(first, slot),
        weekdays=weekdays,
        table=_weeks(held, first),
    )


def _took(minutes: float) -> str:
    return f", {duration(minutes * 60)}" if minutes else ""


def _weeks(held: dict[int, DayCount], first: int) -> Table:
    """Weeks with answers since the study day `first`, a Monday, newest first."""
    weeks: dict[int, list[DayCount]] = {}
    for day, one in held.items():
        weeks.setdefault(first + (day - first) // 7 * 7, []).append(one)
    rows = tuple(
        (
            iso(week),
            f"{len(own):,}",
            f"{sum(one.reviews for one in own):,}",
            f"{sum(one.drills + one.crams for one in own):,}",
            duration(sum(one.minutes for one in own) * 60),
        )
        for week, own in sorted(weeks.items(), reverse=True)
    )
    return Table(("Week of", "Days studied", "Reviews", "Practice", "Time"), rows)


def _months(first: int, slot: float) -> tuple[Tick, ...]:
    """Month names above the first whole week of each, none closer than three weeks to another or to the end."""
    found: list[Tick] = []
    last = -3
    for week in range(WEEKS - 2):
        date = day_to_date(first + 7 * week)
        if date.day <= 7 and week - last >= 3:
            found.append(Tick(week * slot, MONTHS[date.month - 1], "start", minor=len(found) % 2 == 1))
            last = week
    return tuple(found)
