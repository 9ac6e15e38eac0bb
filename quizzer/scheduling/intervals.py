"""95 % intervals of a model's figures, over study days: answers of one day are alike, so a day counts as one draw.

Each figure is taken apart into what every review moves it by (its influence, to first order); the sums of a day are
then independent draws, and their scatter gives the interval, with Student's quantile for the number of days. For the
area under the curve this is the method of Obuchowski (Biometrics 53, 1997) for clustered data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]

_NORMAL = 1.959963984540054
"""The normal quantile that leaves one part in forty above it."""


class Days:
    """The study days of a log's reviews, in the order in which they happened.

    `starts` is where each begins, and at last the number of reviews.
    """

    def __init__(self, day: Ints) -> None:
        self.starts: Ints = np.concatenate([[0], np.flatnonzero(day[1:] != day[:-1]) + 1, [len(day)]])

    def __len__(self) -> int:
        return len(self.starts) - 1

    def parts(self, least: int) -> Iterator[tuple[slice, slice, Ints]]:
        """Whole days together, at least so many reviews at a time: their rows, their days, where each day begins."""
        first = 0
        while first < len(self):
            start = self.starts[first]
            last = max(first + 1, int(np.searchsorted(self.starts, start + least)))
            last = min(last, len(self))
            yield slice(start, self.starts[last]), slice(first, last), self.starts[first:last] - start
            first = last

    def reach(self, moved: Floats) -> float | None:
        """How far the interval reaches to either side of a figure that the days move by `moved`; None where one day
        is all there is."""
        days = len(moved)
        if days < 2:
            return None
        return student(days - 1) * float(np.sqrt(days / (days - 1) * np.square(moved).sum()))


def student(freedom: int) -> float:
    """The quantile of Student's t that leaves one part in forty above it, by Cornish and Fisher's expansion in
    1/freedom (Abramowitz and Stegun, 26.7.5); to three digits from four degrees of freedom on.

    >>> round(student(10), 3), round(student(1000), 3)
    (2.228, 1.962)
    """
    z = _NORMAL
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
