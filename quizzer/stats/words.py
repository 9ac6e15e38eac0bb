"""Numbers and days as a person reads them. English, the same on every machine (no locale)."""

from __future__ import annotations

from quizzer.clock import day_to_date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def number(value: int) -> str:
    """A count with a comma between thousands."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "card"), counted(1200, "card"), counted(0, "lapse")
    ('1 card', '1,200 cards', '0 lapses')
    """
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def percent(value: float | None) -> str:
    """A share 0–1 in whole percent; a dash for none. Only a full share reads 100 %, only an empty one 0 %.

    >>> percent(0.876), percent(0.999), percent(0.001), percent(None)
    ('88 %', '99 %', '1 %', '–')
    """
    if value is None:
        return "–"
    whole = int(value * 100 + 0.5)
    if 0 < value < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"


def duration(seconds: float) -> str:
    """A length of time in the unit that fits.

    >>> duration(4.26), duration(45), duration(119), duration(5400), duration(360000)
    ('4.3 s', '45 s', '2 min', '1 h 30 min', '100 h')
    """
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    minutes = int(seconds / 60 + 0.5)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{number(round(minutes / 60))} h"


def iso(day: int) -> str:
    """A study day as YYYY-MM-DD."""
    try:
        return day_to_date(day).isoformat()
    except OverflowError:
        return f"day {day}"


def short_date(day: int) -> str:
    """Day and month.

    >>> short_date(0)
    '1 Jan'
    """
    date = day_to_date(day)
    return f"{date.day} {MONTHS[date.month - 1]}"


def long_date(day: int) -> str:
    """Weekday, day, month.

    >>> long_date(0)
    'Thu 1 Jan 1970'
    """
    date = day_to_date(day)
    return f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def when(day: int | None, today: int) -> str:
    """A study day as seen from today.

    >>> when(5, 5), when(6, 5), when(3, 5), when(25, 5), when(None, 5)
    ('today', 'tomorrow', '2 days ago', '26 Jan', '–')
    """
    if day is None:
        return "–"
    away = day - today
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if away in near:
        return near[away]
    if abs(away) <= 14:
        return f"in {away} days" if away > 0 else f"{-away} days ago"
    try:
        here, there = day_to_date(today), day_to_date(day)
    except OverflowError:
        return iso(day)
    return short_date(day) if here.year == there.year else there.isoformat()
