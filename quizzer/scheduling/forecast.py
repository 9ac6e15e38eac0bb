"""How many cards come due on each of the coming days."""

from __future__ import annotations

from collections.abc import Iterable


def forecast(due_days: Iterable[int], day: int, days: int) -> list[int]:
    """Cards due on `day`, `day` + 1, … (`days` numbers); the first holds everything overdue as well.

    >>> forecast([3, 5, 5, 7, 99], day=5, days=3)
    [3, 0, 1]
    """
    counts = [0] * days
    for due in due_days:
        place = max(due - day, 0)
        if place < days:
            counts[place] += 1
    return counts
