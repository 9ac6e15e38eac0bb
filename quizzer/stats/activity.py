"""What was done and how well it was remembered: days, months, weeks, hours, time a kind."""

from __future__ import annotations

import numpy as np

from quizzer.clock import date_to_day, day_to_date
from quizzer.stats.columns import CRAM, DRILL, Columns, Floats, Mask
from quizzer.stats.shares import share
from quizzer.stats.values import MATURE, Calibration, DayCount, Hour, KindTime, Month, Retention, Share, Week

PERIODS = 52
"""Stretches of whole weeks that a history is looked back on in, at most."""
RECENT = 30
"""Days that count as lately, today among them."""
EDGES = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Ranges of expected recall, each from its edge up to, but not including, the next; the last with its end."""


def recent(data: Columns, today: int) -> Mask:
    """The answers of the last 30 study days."""
    return (data.day > today - RECENT) & (data.day <= today)


def days(data: Columns) -> tuple[DayCount, ...]:
    """A count for each study day that has answers, ascending."""
    if not len(data):
        return ()
    first = int(data.day.min())
    span = int(data.day.max()) - first + 1
    if span > 10 * len(data) + 100_000:  # an imported log may hold any day
        first, places = 0, np.unique(data.day, return_inverse=True)
        there, where, size = places[0], places[1], len(places[0])
    else:
        where, size = data.day - first, span
        there = np.flatnonzero(np.bincount(where, minlength=size)) + first
    sorts = np.bincount(where * 4 + data.kind, minlength=size * 4).reshape(size, 4)
    # Whole milliseconds are summed exactly in 64-bit integers; bincount's float weights are exact below 2**53.
    timed = np.bincount(where, weights=np.maximum(data.duration_ms, 0), minlength=size) / 60_000
    held = np.flatnonzero(sorts.sum(axis=1))
    reviews = sorts[:, :DRILL].sum(axis=1)
    return tuple(
        DayCount(int(day), int(reviews[i]), int(sorts[i, DRILL]), int(sorts[i, CRAM]), float(timed[i]))
        for day, i in zip(there.tolist(), held.tolist(), strict=True)
    )


def month(counts: tuple[DayCount, ...], today: int) -> Month:
    """Days with answers in today's calendar month, up to today."""
    first = date_to_day(day_to_date(today).replace(day=1))
    return Month(sum(first <= count.day <= today for count in counts), today - first + 1)


def retention(data: Columns, today: int, foreseen: Floats) -> Retention:
    """True retention in all, lately, and by maturity before the answer."""
    mature = data.interval >= MATURE
    counted, lately = data.counted, recent(data, today)
    recalled = data.recalled

    def part(mask: Mask) -> Share:
        return share(int((mask & recalled).sum()), int(mask.sum()), float(foreseen[mask].sum()))

    return Retention(part(counted), part(counted & lately), part(counted & ~mature), part(counted & mature))


def weeks(data: Columns, today: int, foreseen: Floats) -> tuple[Week, ...]:
    """True retention in stretches of weeks from the first counted answer to this week, no gaps.

    A stretch is one week, or as many as bring the history into 52 stretches.
    """
    monday = today - (today + 3) % 7  # study day 0, 1970-01-01, was a Thursday
    mask = data.counted & (data.day <= today)
    if not mask.any():
        return ()
    back = (monday - data.day[mask] + 6) // 7
    each = stretch(int(back.max()))
    back //= each
    size = int(back.max()) + 1
    total = np.bincount(back, minlength=size)
    right = np.bincount(back[data.recalled[mask]], minlength=size)
    summed = np.bincount(back, weights=foreseen[mask], minlength=size)
    return tuple(
        Week(monday - 7 * (each * (i + 1) - 1), each, share(int(right[i]), int(total[i]), float(summed[i])))
        for i in reversed(range(size))
    )


def stretch(back: int) -> int:
    """Weeks in a stretch, where the history's first week is `back` weeks ago."""
    return back // PERIODS + 1


def hours(data: Columns) -> tuple[Hour, ...]:
    """The 24 hours of the learner's day; empty without answers."""
    if not len(data):
        return ()
    hour = data.minute // 60
    counted = data.counted
    answers = np.bincount(hour, minlength=24)
    total = np.bincount(hour[counted], minlength=24)
    right = np.bincount(hour[counted & data.recalled], minlength=24)
    return tuple(Hour(i, int(answers[i]), share(int(right[i]), int(total[i]))) for i in range(24))


def calibration(data: Columns, foreseen: Floats) -> tuple[Calibration, ...]:
    """Expected recall against what was recalled, by ranges of the expectation; empty ranges left out."""
    mask = data.counted
    p, recalled = foreseen[mask], data.recalled[mask]
    where = place(p)
    size = len(EDGES) - 1
    total, right = np.bincount(where, minlength=size), np.bincount(where[recalled], minlength=size)
    summed = np.bincount(where, weights=p, minlength=size)
    return tuple(
        Calibration(EDGES[i], EDGES[i + 1], share(int(right[i]), int(total[i]), float(summed[i])))
        for i in range(size)
        if total[i]
    )


def place(p: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The range of `EDGES` that each expected recall lies in."""
    found: np.ndarray[tuple[int], np.dtype[np.int64]] = np.clip(
        np.searchsorted(EDGES, p, side="right") - 1, 0, len(EDGES) - 2
    )
    return found


def kinds(data: Columns) -> tuple[KindTime, ...]:
    """Answer times by kind of question, slowest median first; kinds without a timed answer are left out."""
    found = []
    for code, name in enumerate(data.question_kinds):
        seconds = data.duration_ms[(data.question_kind == code) & (data.duration_ms >= 0)] / 1000
        if len(seconds):
            p10, p25, median, p75, p90 = (float(point) for point in np.percentile(seconds, (10, 25, 50, 75, 90)))
            found.append(KindTime(name, len(seconds), p10, p25, median, p75, p90, float(seconds.sum()) / 60))
    return tuple(sorted(found, key=lambda kind: (-kind.median, kind.kind)))
