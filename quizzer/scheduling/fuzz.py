"""A due day near the interval's end instead of at it, so that cards learnt together don't come back together for ever.

The window is the usual one (Anki's and FSRS's): nothing below 3 days, else one day either way and 15 % of what lies
between 2.5 and 7 days, 10 % between 7 and 20, 5 % beyond. Inside it the day is drawn by a number that the card and its
count of answers give, so that the same answer falls on the same day on every machine; `balance` makes days on which
much is due already less likely. Memory is not asked: the planned interval stays what the scheduler gave, and the next
one grows from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from quizzer.model import CardState

Fuzz = Literal["off", "spread", "balance"]
LEAST = 3
"""Days of interval below which the day stands."""


def window(interval: int, before: int, most: int) -> tuple[int, int]:
    """The shortest and the longest interval that may stand for `interval`, in days.

    An interval that grew stays longer than the one `before` it; none is longer than `most`.

    >>> window(2, 1, 36500), window(6, 1, 36500), window(15, 6, 36500), window(100, 38, 36500)
    ((2, 2), (4, 8), (13, 17), (93, 107))
    """
    if interval < LEAST:
        return interval, interval
    parts = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
    reach = 1.0 + sum(share * max(min(interval, end) - start, 0.0) for start, end, share in parts)
    low, high = max(2, round(interval - reach)), min(round(interval + reach), max(most, interval))
    if interval > before:
        low = min(max(low, before + 1), interval)
    return low, high


def choose(number: float, low: int, high: int, load: Mapping[int, int]) -> int:
    """The day of low … high that `number` (0 up to 1) falls on. `load` counts the cards due on a day already.

    A day's share of the numbers falls with the square of its load: light, for a full day only becomes rarer.

    >>> choose(0.5, 4, 6, {}), choose(0.5, 4, 6, {4: 9, 5: 9})
    (5, 6)
    """
    shares = [1.0 / (1 + load.get(day, 0)) ** 2 for day in range(low, high + 1)]
    left = number * sum(shares)
    for day, share in zip(range(low, high), shares, strict=False):
        left -= share
        if left < 0:
            return day
    return high


def number_of(uid: str, counted: int) -> float:
    """0 up to 1 from a card's uid and its count of answers, the same everywhere."""
    from hashlib import sha256

    return int.from_bytes(sha256(f"{uid}\n{counted}\nfuzz".encode()).digest()[:6], "big") / 2**48


def reach(before: CardState, after: CardState, day: int, fuzz: Fuzz, most: int) -> tuple[int, int] | None:
    """The first and last study day an answer on `day` may be put on; None where its own due day stands."""
    if fuzz == "off" or after.due_day != day + after.interval or after.last_day != day:
        return None
    low, high = window(after.interval, before.interval, most)
    return (day + low, day + high) if low < high else None
