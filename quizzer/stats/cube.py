"""Counts by group of cards, so that the page can add up what a filter leaves: never a review, always sums.

A table is plain lists of whole numbers, one list a column; a row is there only where something was counted. Its first
column packs what the row is about, most significant first, and names its parts: `band group` means
`band · groups + group`. `band` 0 holds the last 4 weeks, 1 the rest of 13 weeks, 2 the rest of 52, 3 all before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizzer.model import Card
from quizzer.stats.activity import EDGES, place, stretch
from quizzer.stats.cards import EASES, INTERVALS
from quizzer.stats.columns import DRILL, Columns, Floats, Ints, Mask
from quizzer.stats.groups import Groups
from quizzer.stats.mastery import STATES, changes, looks
from quizzer.stats.values import MATURE

BANDS = (28, 91, 364)
"""Days in the first bands, all counted from today."""
YEAR = 53
"""Weeks of single days that are kept."""
QUICKEST, PER_OCTAVE, TIMES = 0.5, 6, 84
"""Answer times are counted in bins, six to a doubling, from half a second on; a quantile is out by 6 % at most."""

Table = tuple[list[int], ...]


@dataclass(frozen=True, slots=True)
class Cube:
    """Everything the page's filters add up; the columns after the key are named here, a share in thousandths.

    `days` (day group): reviews, practice, seconds. `weeks` (period group): answers, recalled, expected. `maturity`
    (band group young-or-mature): answers, recalled, expected. `calibration` (band group range): the same. `hours`
    (band group hour): answers, counted, recalled. `times` (band group bin): answers. `forecast` (day group): due,
    overdue, seconds. `mastery` (look group state): cards more. `intervals` and `eases` (group bin): cards.
    """

    groups: Groups
    first_day: int
    first_week: int
    each: int
    looks: tuple[int, ...]
    days: Table
    weeks: Table
    maturity: Table
    calibration: Table
    hours: Table
    times: Table
    forecast: Table
    mastery: Table
    intervals: Table
    eases: Table


def cube(
    data: Columns,
    foreseen: Floats,
    groups: Groups,
    cards: Sequence[Card],
    asked: Sequence[tuple[Card, int, float]],
    today: int,
) -> Cube:
    """The counts. `foreseen` is the expected recall of each answer, `asked` what `cards.coming` found."""
    count = max(len(groups), 1)
    group = groups.of_card[data.card]
    band = np.searchsorted(np.array([-edge for edge in reversed(BANDS)]), data.day - today, side="left")
    cell = (len(BANDS) - band) * count + group
    counted = data.counted & (data.day <= today)
    own = _Counted(data, counted, foreseen)
    first_day = today - today_of_week(today) - 7 * (YEAR - 1)
    year = (data.day >= first_day) & (data.day <= today)
    day_key = (data.day[year] - first_day) * count + group[year]
    monday = today - today_of_week(today)
    back = (monday - own.day + 6) // 7
    each = stretch(int(back.max())) if len(back) else 1
    periods = int(back.max()) // each + 1 if len(back) else 0
    points = looks(int(data.day.min()), today) if len(data) else [today]
    timed = data.duration_ms >= 0
    seen = [card for card in cards if not card.state.is_new and not card.state.suspended]
    place_of = [groups.names[card.deck, card.question] for card in seen]
    return Cube(
        groups=groups,
        first_day=first_day,
        first_week=monday - 7 * (each * periods - 1),
        each=each,
        looks=tuple(points),
        days=_table(
            day_key,
            (data.kind[year] < DRILL),
            (data.kind[year] >= DRILL),
            np.maximum(data.duration_ms[year], 0) / 1000,
        ),
        weeks=own.table((periods - 1 - back // each) * count + group[counted]),
        maturity=own.table(cell[counted] * 2 + (data.interval[counted] >= MATURE)),
        calibration=own.table(cell[counted] * (len(EDGES) - 1) + place(own.foreseen)),
        hours=_table(cell * 24 + data.minute // 60, np.ones(len(data)), counted, counted & data.recalled),
        times=_table(cell[timed] * TIMES + time_bin(data.duration_ms[timed]), np.ones(int(timed.sum()))),
        forecast=_forecast(asked, groups, today, count),
        mastery=_mastery(data, groups, points, count),
        intervals=_bins([card.state.interval for card in seen], place_of, INTERVALS),
        eases=_bins(
            [card.state.ease for card in seen if card.state.stability is None],
            [at for card, at in zip(seen, place_of, strict=True) if card.state.stability is None],
            EASES,
        ),
    )


def today_of_week(day: int) -> int:
    """Days since Monday; study day 0, 1970-01-01, was a Thursday."""
    return (day + 3) % 7


def time_bin(duration_ms: Ints) -> Ints:
    """The bin of each answer time."""
    octaves = np.log2(np.maximum(duration_ms, 1) / (1000 * QUICKEST))
    found: Ints = np.clip(np.floor(octaves * PER_OCTAVE), 0, TIMES - 1).astype(np.int64)
    return found


def time_of(position: float) -> float:
    """The seconds at a place on the scale of bins."""
    return float(QUICKEST * 2 ** (position / PER_OCTAVE))


class _Counted:
    """The answers that true retention counts."""

    def __init__(self, data: Columns, mask: Mask, foreseen: Floats) -> None:
        self.day, self.foreseen, self.recalled = data.day[mask], foreseen[mask], data.recalled[mask]

    def table(self, key: Ints) -> Table:
        """Answers, recalled, and a thousand times what was to be expected, by key."""
        return _table(key, np.ones(len(key)), self.recalled, self.foreseen * 1000)


def _table(key: Ints, *weights: np.ndarray[tuple[int], np.dtype[np.generic]]) -> Table:
    """Rows of a key and sums of weights, rounded to whole numbers; rows of nothing left out."""
    size = int(key.max()) + 1 if len(key) else 0
    there = np.flatnonzero(np.bincount(key, minlength=size)) if size else np.empty(0, dtype=np.int64)
    sums = [np.bincount(key, weights=weight.astype(np.float64), minlength=size)[there] for weight in weights]
    return (there.tolist(), *(np.rint(one).astype(np.int64).tolist() for one in sums))


def _forecast(asked: Sequence[tuple[Card, int, float]], groups: Groups, today: int, count: int) -> Table:
    day = np.array([day for _, day, _ in asked], dtype=np.int64)
    group = np.array([groups.names[card.deck, card.question] for card, _, _ in asked], dtype=np.int64)
    seconds = np.array([seconds for _, _, seconds in asked])
    return _table(np.maximum(day - today, 0) * count + group, np.ones(len(day)), day < today, seconds)


def _mastery(data: Columns, groups: Groups, points: Sequence[int], count: int) -> Table:
    point, card, before, after = changes(data, points)
    key = (point * count + groups.of_card[card]) * STATES
    left = before >= 0
    size = len(points) * count * STATES
    more = np.bincount(key + after, minlength=size) - np.bincount(key[left] + before[left], minlength=size)
    there = np.flatnonzero(more)
    return there.tolist(), more[there].tolist()


def _bins(values: Sequence[int], group: Sequence[int], edges: Sequence[int]) -> Table:
    where = np.maximum(np.searchsorted(edges, np.array(values, dtype=np.int64), side="right") - 1, 0)
    return _table(np.array(group, dtype=np.int64) * len(edges) + where, np.ones(len(values)))
