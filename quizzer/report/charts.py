"""Figures as charts, each with its table: what was done, what comes, where cards stand."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.report.shapes import (
    SHARE_HEAD,
    Bars,
    Column,
    Spans,
    Table,
    bars,
    share_cells,
    times,
)
from quizzer.stats.values import Bin, DueDay, Figures, Standing
from quizzer.stats.words import counted, duration, iso, long_date, percent, short_date

PRACTICE = (("solid", "reviews"), ("stripe", "practice: drills and crams"))
DUE = (("solid", "due that day"), ("stripe", "overdue, counted today"))
KNOWN = (("mature", "mature"), ("young", "young"), ("learning", "learning"))


def number_of(value: int) -> str:
    """A count, or "none"."""
    return f"{value:,}" if value else "none"


def activity(figures: Figures) -> Bars:
    """Answers a day, the last 30 days; the last 14 in a learner's first two weeks."""
    begun = figures.days[0].day if figures.days else figures.today
    span = 30 if figures.today - begun >= 14 else 14
    by_day = {day.day: day for day in figures.days}
    columns, rows = [], []
    for day in range(figures.today - span + 1, figures.today + 1):
        count = by_day.get(day)
        reviews, practice = (count.reviews, count.drills + count.crams) if count else (0, 0)
        minutes = count.minutes if count else 0.0
        extra = f", {practice} for practice" if practice else ""
        took = f", {duration(minutes * 60)}" if minutes else ""
        says = f"{long_date(day)}: {counted(reviews, 'review')}{extra}{took}"
        columns.append(Column((reviews, practice), says, *_day_label(day, figures.today)))
        if count:
            rows.append((iso(day), f"{reviews:,}", f"{practice:,}", duration(minutes * 60)))
    reviews, practice = (int(sum(column.values[i] for column in columns)) for i in (0, 1))
    says = f"Answers a day over {span} days: {counted(reviews, 'review')}, {number_of(practice)} for practice."
    return bars(says, columns, PRACTICE, Table(("Day", "Reviews", "Practice", "Time"), tuple(reversed(rows))))


def _day_label(day: int, today: int) -> tuple[str, bool]:
    """A label every seven days counted from today, and whether it is a minor one."""
    away = day - today
    if away % 7:
        return "", False
    return "today" if day == today else short_date(day), away % 14 != 0


def forecast(figures: Figures, ahead: int = 30) -> Bars:
    """Cards due on each of the next days."""
    columns, rows = [], []
    for day in figures.forecast[:ahead]:
        columns.append(Column((day.due - day.overdue, day.overdue), _due(long_date(day.day), (day,)),
                              *_day_label(day.day, figures.today)))  # fmt: skip
        if day.due:
            rows.append((iso(day.day), *_due_cells((day,))))
    total = sum(day.due for day in figures.forecast[:ahead])
    says = f"Cards due on each of the next {ahead} days: {counted(total, 'card')} in all."
    return bars(says, columns, DUE, Table(("Day", "Due", "Of them overdue", "Time"), tuple(rows)))


def year_ahead(figures: Figures) -> Bars:
    """Cards due in each of the next 53 weeks, as they stand now; the first begins today."""
    columns, rows = [], []
    for i in range(0, len(figures.forecast), 7):
        week = figures.forecast[i : i + 7]
        away = i // 7
        label = "today" if not i else short_date(week[0].day) if away % 8 == 0 else ""
        late = sum(day.overdue for day in week)
        due = sum(day.due for day in week)
        says = _due(f"Week from {short_date(week[0].day)}", week)
        columns.append(Column((due - late, late), says, label, away % 16 != 0))
        if due:
            rows.append((iso(week[0].day), *_due_cells(week)))
    total = sum(day.due for day in figures.forecast)
    says = f"Cards due in each week of the next 365 days: {counted(total, 'card')} in all."
    return bars(says, columns, DUE, Table(("Week from", "Due", "Of them overdue", "Time"), tuple(rows)))


def _due(label: str, days: Sequence[DueDay]) -> str:
    due, late = sum(day.due for day in days), sum(day.overdue for day in days)
    minutes = sum(day.minutes or 0 for day in days)
    time = f", about {duration(minutes * 60)}" if minutes else ""
    return f"{label}: {counted(due, 'card')}" + (f", {late:,} from earlier days" if late else "") + time


def _due_cells(days: Sequence[DueDay]) -> tuple[str, str, str]:
    minutes = sum(day.minutes or 0 for day in days)
    late = sum(day.overdue for day in days)
    return f"{sum(day.due for day in days):,}", f"{late:,}", duration(minutes * 60) if minutes else "–"


def mastery(figures: Figures) -> Bars | None:
    """How many cards were mature, young, learning, over time; None before a second look."""
    looks = [one for one in figures.mastery if not one.of]
    if len(looks) < 2:
        return None
    stride = max(len(looks) // 6, 1)
    columns = []
    for i, one in enumerate(looks):
        back = len(looks) - 1 - i
        label = "" if back % stride else "today" if one.day == figures.today else short_date(one.day)
        columns.append(Column((one.mature, one.young, one.learning), _stood(one), label, back % (2 * stride) != 0))
    rows = tuple((iso(one.day), *(f"{n:,}" for n in (one.mature, one.young, one.learning))) for one in reversed(looks))
    says = f"Cards by maturity over time; the last: {_stood(looks[-1])}."
    return bars(says, columns, KNOWN, Table(("Day", "Mature", "Young", "Learning"), rows))


def _stood(one: Standing) -> str:
    return f"{long_date(one.day)}: {one.mature:,} mature, {one.young:,} young, {one.learning:,} learning"


def intervals(figures: Figures) -> Bars | None:
    """Cards by their interval; None without cards."""
    return _binned("Cards by interval", "Interval", figures.intervals, interval_name)


def eases(figures: Figures) -> Bars | None:
    """Cards under SM-2 by their ease factor; None without any."""
    return _binned("Cards by ease factor", "Ease factor", figures.eases, ease_name)


def interval_name(low: int, high: int | None) -> tuple[str, str]:
    """A range of days in full, and as short as an axis wants it.

    >>> interval_name(0, 2), interval_name(45, 90), interval_name(730, None)
    (('1 day', '1 d'), ('45 to 89 days', '45 d'), ('2 years and more', '2 y'))
    """
    if high is None:
        return f"{low // 365} years and more", f"{low // 365} y"
    short = f"{low // 365} y" if low >= 365 else f"{max(low, 1)} d"
    first, last = max(low, 1), high - 1
    return (f"{first} day" if first == last == 1 else f"{first} to {last} days"), short


def ease_name(low: int, high: int | None) -> tuple[str, str]:
    """A range of ease factors in full, and its beginning.

    >>> ease_name(130, 150), ease_name(310, None)
    (('1.30 to 1.49', '1.3'), ('3.10 and more', '3.1'))
    """
    text = f"{low / 100:.2f} and more" if high is None else f"{low / 100:.2f} to {(high - 1) / 100:.2f}"
    return text, f"{low / 100:.1f}"


def _binned(says: str, head: str, found: Sequence[Bin], name: object) -> Bars | None:
    assert callable(name)  # noqa: S101 - one of the two above
    total = sum(one.cards for one in found)
    if not total:
        return None
    columns, rows = [], []
    for i, one in enumerate(found):
        full, short = name(one.low, one.high)
        columns.append(Column((one.cards,), f"{full}: {counted(one.cards, 'card')}", short, i % 2 != 0))
        rows.append((full, f"{one.cards:,}"))
    return bars(
        f"{says}, {counted(total, 'card')}.", columns, (("solid", "cards"),), Table((head, "Cards"), tuple(rows))
    )


def hours(figures: Figures) -> Bars | None:
    """Answers by the hour of the learner's day; None without answers."""
    if not figures.hours:
        return None
    columns, rows = [], []
    for hour in figures.hours:
        name = f"{hour.hour:02d}:00"
        recall = f", {percent(hour.share.value)} of {hour.share.total:,} recalled" if hour.share.total else ""
        says = f"{name} to {hour.hour + 1:02d}:00: {counted(hour.answers, 'answer')}{recall}"
        columns.append(Column((hour.answers,), says, "" if hour.hour % 3 else name, hour.hour % 6 != 0))
        if hour.answers:
            rows.append((name, f"{hour.answers:,}", *share_cells(hour.share)[:4]))
    total = sum(hour.answers for hour in figures.hours)
    says = f"Answers by hour of the day, {counted(total, 'answer')}."
    return bars(says, columns, (("solid", "answers"),), Table(("From", "Answers", *SHARE_HEAD[:4]), tuple(rows)))


def kinds(figures: Figures) -> Spans | None:
    """Answer times by kind of question; None without a timed answer."""
    rows = [(one.kind, one.answers, (one.p10, one.p25, one.median, one.p75, one.p90)) for one in figures.kinds]
    head = ("Kind", "Answers", "Fastest 10 %", "Quartile", "Median", "Quartile", "Slowest 10 %", "In all")
    table = Table(
        head,
        tuple(
            (kind, f"{answers:,}", *(duration(seconds) for seconds in points), duration(one.minutes * 60))
            for (kind, answers, points), one in zip(rows, figures.kinds, strict=True)
        ),
    )
    return times("Time an answer takes, by kind of question", rows, table)
