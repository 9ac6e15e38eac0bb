"""After a break: how long a backlog takes at so many minutes a day, and how to spread it over days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

MOST_DAYS = 365
AGAIN = 0.15
"""The share of late answers that fail and come back the next day, in minutes."""

T = TypeVar("T")


def days_to_clear(due: float, coming: Sequence[float], room: float) -> int | None:
    """Days until nothing overdue is left, with `room` minutes a day; None if it is not within a year.

    `due` are the minutes overdue today, `coming` those that come due on each day after; beyond them nothing comes.

    >>> days_to_clear(30.0, [0.0] * 30, 10.0), days_to_clear(5.0, [], 10.0), days_to_clear(30.0, [20.0] * 400, 10.0)
    (4, 1, None)
    """
    left = due
    for day in range(MOST_DAYS):
        done = min(left, room)
        left -= done
        if left <= 1e-9:
            return day + 1
        left += done * AGAIN + (coming[day] if day < len(coming) else 0.0)
    return None


def spread(cards: Sequence[tuple[T, float]], days: int) -> list[list[T]]:
    """Cards with their minutes on `days` days of about equal minutes, in their order.

    >>> spread([("a", 1.0), ("b", 1.0), ("c", 2.0)], 2)
    [['a', 'b'], ['c']]
    """
    whole = sum(minutes for _, minutes in cards)
    out: list[list[T]] = [[] for _ in range(days)]
    passed = 0.0
    for card, minutes in cards:
        place = int((passed + minutes / 2) * days / whole) if whole else 0
        out[min(place, days - 1)].append(card)
        passed += minutes
    return out
