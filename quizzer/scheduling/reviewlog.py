"""A log of reviews as columns: what replaying and examining need, from our own store or from a foreign file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from quizzer.errors import BadInput
from quizzer.lean import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]

QUARTER = 900
"""Seconds for which a zone's offset is asked at once."""
_GRADE_OF_RATING = {"1": 1, "2": 3, "3": 4, "4": 5}


@dataclass(frozen=True, slots=True)
class ReviewLog:
    """Reviews in the order in which they happened: card (any whole numbers), study day, grade 0 to 5; equal lengths."""

    card: Ints
    day: Ints
    grade: Ints

    def __len__(self) -> int:
        return len(self.card)

    def until(self, row: int) -> ReviewLog:
        """The rows before `row`."""
        return ReviewLog(self.card[:row], self.day[:row], self.grade[:row])


def columns(card: Iterable[int], day: Iterable[int], grade: Iterable[int]) -> ReviewLog:
    """A log from plain numbers, in the order in which the reviews happened."""
    import numpy as np

    return ReviewLog(*(np.array(list(column), dtype=np.int64) for column in (card, day, grade)))


def read_csv(lines: Iterable[str], name: str, *, zone: tzinfo = UTC, rollover: int = 4) -> ReviewLog:
    """A foreign log, in any order, from CSV text with a heading.

    Columns `card,reviewed_at,grade` (ISO-8601, UTC where no offset is written; 0-5) or `card,reviewed_at_ms,rating`
    (UTC milliseconds; Anki's 1-4, which are the grades 1, 3, 4, 5); others are passed over. Study days are those of
    `zone` and `rollover`. `name` is what messages call the file. Raises BadInput with the line number.
    """
    import numpy as np

    reader = csv.reader(lines)
    try:
        heading = [cell.strip().lstrip("\ufeff").lower() for cell in next(reader, [])]
        if {"card", "reviewed_at", "grade"} <= set(heading):
            places, read = [heading.index(key) for key in ("card", "reviewed_at", "grade")], _iso_row
        elif {"card", "reviewed_at_ms", "rating"} <= set(heading):
            places, read = [heading.index(key) for key in ("card", "reviewed_at_ms", "rating")], _ms_row
        else:
            raise BadInput(
                f"{name}, line 1: the heading is not that of a review log",
                "Columns must be card,reviewed_at,grade or card,reviewed_at_ms,rating",
            )
        codes: dict[str, int] = {}
        cards, instants, grades = [], [], []
        width = max(places) + 1
        for row in reader:
            if not row:
                continue
            if len(row) < width:
                raise BadInput(f"{name}, line {reader.line_num}: {len(row)} columns where {width} are needed")
            card, when, mark = (row[place].strip() for place in places)
            if not card:
                raise BadInput(f"{name}, line {reader.line_num}: the card has no name")
            try:
                instant, grade = read(when, mark)
            except ValueError as error:
                raise BadInput(f"{name}, line {reader.line_num}: {error}") from None
            cards.append(codes.setdefault(card, len(codes)))
            instants.append(instant)
            grades.append(grade)
    except csv.Error as error:
        raise BadInput(f"{name}, line {reader.line_num}: {error}", "Write it as CSV in UTF-8") from None
    at_ms = np.array(instants, dtype=np.int64)
    order = np.argsort(at_ms, kind="stable")
    return ReviewLog(
        np.array(cards, dtype=np.int64)[order],
        study_days(at_ms[order], zone, rollover),
        np.array(grades, dtype=np.int64)[order],
    )


_FIRST_MS, _LAST_MS = 0, 253_370_764_800_000


def _iso_row(when: str, mark: str) -> tuple[int, int]:
    try:
        instant = datetime.fromisoformat(when)
    except ValueError:
        raise ValueError(f"`{when}` is no ISO-8601 time; write it as 2026-11-24T08:00:00Z") from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    if mark not in ("0", "1", "2", "3", "4", "5"):
        raise ValueError(f"`{mark}` is no grade; grades go from 0 to 5")
    return _inside(round(instant.timestamp() * 1000), when), int(mark)


def _ms_row(when: str, mark: str) -> tuple[int, int]:
    try:
        at_ms = int(when)
    except ValueError:
        raise ValueError(f"`{when}` is no whole number of milliseconds since 1970") from None
    if mark not in _GRADE_OF_RATING:
        raise ValueError(f"`{mark}` is no rating; ratings are 1 again, 2 hard, 3 good, 4 easy")
    return _inside(at_ms, when), _GRADE_OF_RATING[mark]


def _inside(at_ms: int, text: str) -> int:
    if not _FIRST_MS <= at_ms < _LAST_MS:
        raise ValueError(f"`{text}` lies outside the years 1970 to 9998")
    return at_ms


def study_days(at_ms: Ints, zone: tzinfo, rollover: int) -> Ints:
    """The study day of many instants at once, as `clock.study_day` gives it for each."""
    import numpy as np

    seconds = at_ms // 1000
    quarters, place = np.unique(seconds // QUARTER, return_inverse=True)
    first, last = (_offsets(quarters * QUARTER + second, zone) for second in (0, QUARTER - 1))
    shift = first[place] if len(at_ms) else first
    # Clocks that changed within a quarter of an hour are asked for each instant (St. John's, one minute past midnight).
    torn = np.flatnonzero((first != last)[place]) if len(at_ms) else place
    shift[torn] = _offsets(seconds[torn], zone)
    days: Ints = (at_ms + shift * 1000 - rollover * 3_600_000) // 86_400_000
    return days


def _offsets(seconds: Ints, zone: tzinfo) -> Ints:
    """What a zone's clocks were ahead of UTC at each of these seconds since 1970, in seconds."""
    import numpy as np

    offsets = [datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset() for second in seconds.tolist()]
    return np.array([0 if offset is None else round(offset.total_seconds()) for offset in offsets], np.int64)
