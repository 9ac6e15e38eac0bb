"""What was done and how well it was remembered: days, months, weeks, time a kind."""

from __future__ import annotations

import numpy as np

from quizzer.clock import date_to_day, day_to_date
from quizzer.stats.columns import CRAM, DRILL, Columns, Mask
from quizzer.stats.shares import share
from quizzer.stats.values import MATURE, DayCount, KindTime, Month, Retention, Share, Week

WEEKS = 26
"""Weeks that are looked back on."""
RECENT = 30
"""Days that count as lately, today among them."""


def recent(data: Columns, today: int) -> Mask:
    """The answers of the last 30 study days."""
    return (data.day > today - RECENT) & (data.day <= today)


def days(data: Columns) -> tuple[DayCount, ...]:
    """A count for each study day that has answers, ascending."""
    found, where = np.unique(data.day, return_inverse=True)
    size = len(found)

    def count(mask: Mask) -> list[int]:
        return [int(value) for value in np.bincount(where[mask], minlength=size)]

    # Whole milliseconds are summed exactly in 64-bit integers; bincount's float weights are exact below 2**53.
    timed = np.bincount(where, weights=np.maximum(data.duration_ms, 0), minlength=size) / 60_000
    reviews, drills, crams = count(data.scheduled), count(data.kind == DRILL), count(data.kind == CRAM)
    return tuple(
        DayCount(int(day), reviews[i], drills[i], crams[i], float(timed[i])) for i, day in enumerate(found.tolist())
    )


def month(counts: tuple[DayCount, ...], today: int) -> Month:
    """Days with answers in today's calendar month, up to today."""
    first = date_to_day(day_to_date(today).replace(day=1))
    return Month(sum(first <= count.day <= today for count in counts), today - first + 1)


def retention(data: Columns, today: int) -> Retention:
    """True retention in all, lately, and by maturity before the answer."""
    mature = data.interval >= MATURE
    everything = np.ones(len(data), dtype=np.bool_)
    return Retention(
        overall=_share(data, everything),
        last_30=_share(data, recent(data, today)),
        young=_share(data, ~mature),
        mature=_share(data, mature),
    )


def weeks(data: Columns, today: int, most: int = WEEKS) -> tuple[Week, ...]:
    """True retention by week from the first week with a counted answer (at most `most` back) to this one, no gaps."""
    monday = today - (today + 3) % 7  # study day 0, 1970-01-01, was a Thursday
    back = (monday - data.day + 6) // 7
    mask = data.counted & (data.day <= today) & (back < most)
    if not mask.any():
        return ()
    size = int(back[mask].max()) + 1
    total = np.bincount(back[mask], minlength=size)
    right = np.bincount(back[mask & data.recalled], minlength=size)
    foreseen = mask & ~np.isnan(data.predicted)
    predictions = np.bincount(back[foreseen], minlength=size)
    summed = np.bincount(back[foreseen], weights=data.predicted[foreseen], minlength=size)
    return tuple(
        Week(
            day=monday - 7 * i,
            share=share(int(right[i]), int(total[i])),
            predicted=float(summed[i] / predictions[i]) if predictions[i] else None,
        )
        for i in reversed(range(size))
    )


def kinds(data: Columns) -> tuple[KindTime, ...]:
    """Answer times by kind of question, slowest median first; kinds without a timed answer are left out."""
    found = []
    for code, name in enumerate(data.question_kinds):
        seconds = data.duration_ms[(data.question_kind == code) & (data.duration_ms >= 0)] / 1000
        if len(seconds):
            p10, p25, median, p75, p90 = (float(point) for point in np.percentile(seconds, (10, 25, 50, 75, 90)))
            found.append(KindTime(name, len(seconds), p10, p25, median, p75, p90, float(seconds.sum()) / 60))
    return tuple(sorted(found, key=lambda kind: (-kind.median, kind.kind)))


def _share(data: Columns, mask: Mask) -> Share:
    """True retention among the answers of `mask`."""
    counted = data.counted & mask
    return share(int((counted & data.recalled).sum()), int(counted.sum()))
