"""The study day: the local day that starts at the rollover hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

EPOCH = date(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 9799
"""Of a clock that can be set: a hundred years on, where the longest interval leads, there still is a calendar."""


def study_day(now: datetime, rollover: int = 4, zone: tzinfo | None = None) -> int:
    """The study day of an instant, as days since 1970-01-01.

    `now` must be aware. `zone` is the learner's time zone (default: the offset `now` carries). `rollover` is the
    local hour (0–23) at which a new day starts: at 03:59 it is still yesterday. The calendar date and the hour on the
    wall decide, so a day of 23 or 25 hours is one day like any other.

    >>> from datetime import UTC
    >>> study_day(datetime(1970, 1, 2, 3, 59, tzinfo=UTC)), study_day(datetime(1970, 1, 2, 4, 0, tzinfo=UTC))
    (0, 1)
    """
    if now.tzinfo is None:
        raise ValueError("study_day needs an aware time")
    local = now.astimezone(zone) if zone is not None else now
    days = (local.date() - EPOCH).days
    return days - 1 if local.hour < rollover else days


def day_to_date(day: int) -> date:
    """The calendar date of a study day.

    >>> day_to_date(0).isoformat()
    '1970-01-01'
    """
    return EPOCH + timedelta(days=day)


def date_to_day(value: date) -> int:
    """The study day that carries this calendar date."""
    return (value - EPOCH).days


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def weekday(day: int) -> str:
    """The short name of a study day's weekday.

    >>> weekday(0), weekday(-1), weekday(4)
    ('Thu', 'Wed', 'Mon')
    """
    return WEEKDAYS[(day + 3) % 7]


def milliseconds(now: datetime) -> int:
    """UTC milliseconds since 1970 of an aware time."""
    return round(now.timestamp() * 1000)


def offset_minutes(now: datetime, zone: tzinfo | None = None) -> int:
    """The UTC offset of an aware time in minutes, in `zone` if given."""
    local = now.astimezone(zone) if zone is not None else now
    offset = local.utcoffset()
    assert offset is not None  # noqa: S101 - an aware time has an offset
    return round(offset.total_seconds() / 60)
