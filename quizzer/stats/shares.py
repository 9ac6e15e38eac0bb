"""Shares with their uncertainty."""

from __future__ import annotations

from math import sqrt

from quizzer.stats.values import Share

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def wilson(recalled: int, total: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of a binomial share (E. B. Wilson 1927, J. Am. Stat. Assoc. 22, 209–212).

    Unlike p ± z·se it stays inside 0–1 and is honest for three answers. Without answers it is all of 0–1.

    >>> [round(x, 3) for x in wilson(9, 10)]
    [0.596, 0.982]
    """
    if total == 0:
        return 0.0, 1.0
    p = recalled / total
    scale = 1 + z * z / total
    middle = (p + z * z / (2 * total)) / scale
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / scale
    # At 0 and 1 the ends are exact; rounding would leave 1e-17 beside them.
    return (0.0 if recalled == 0 else max(0.0, middle - half)), (1.0 if recalled == total else min(1.0, middle + half))


def share(recalled: int, total: int, expected: float = 0.0) -> Share:
    """`recalled` of `total` with its interval; `expected` is the sum of the recalls that were to be expected."""
    low, high = wilson(recalled, total)
    return Share(int(recalled), int(total), low, high, float(expected) / total if total else None)
