"""How many cards were known how well, day after day: what a history looks like from its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from quizzer.stats.columns import AHEAD, Columns, Ints
from quizzer.stats.values import MATURE, Standing

STATES = 3
"""Learning, young, mature."""
POINTS = 52
"""Days on which it is looked, at most; the last is today."""
STEPS = 6
"""SM-2's intervals of the first two repetitions are 1 and 6 days: up to here a card is learning."""


def looks(first: int, today: int) -> list[int]:
    """The days on which it is looked: today and whole weeks before it, at most 52, back to the first answer."""
    weeks = max((today - first) // 7, 0)
    each = 7 * (weeks // POINTS + 1)
    return [today - each * i for i in reversed(range((today - first) // each + 1))] if first <= today else [today]


def changes(data: Columns, points: Sequence[int]) -> tuple[Ints, Ints, Ints, Ints]:
    """(point, card, state before or −1, state after) of each answer that moved a card from one state to another.

    `point` is the first of `points` at or after the answer's day; later answers are left out.
    """
    rows = np.flatnonzero((data.kind <= AHEAD) & (data.after >= 0) & (data.day <= points[-1]))
    order = rows[np.argsort(data.card[rows], kind="stable")]
    card = data.card[order]
    state = np.searchsorted((STEPS, MATURE - 1), data.after[order], side="left").astype(np.int64)
    before = np.full(len(order), -1, dtype=np.int64)
    same = card[1:] == card[:-1]
    before[1:] = np.where(same, state[:-1], -1)
    moved = before != state
    point = np.searchsorted(np.array(points), data.day[order][moved], side="left").astype(np.int64)
    return point, card[moved], before[moved], state[moved]


def counts(point: Ints, group: Ints, before: Ints, after: Ints, points: int, groups: int) -> Ints:
    """Cards by (point, group, state): the running sum of the changes."""
    size = points * groups * STATES
    key = (point * groups + group) * STATES
    came = np.bincount(key + after, minlength=size)
    left = before >= 0
    went = np.bincount(key[left] + before[left], minlength=size)
    total: Ints = np.cumsum((came - went).reshape(points, groups, STATES), axis=0)
    return total


def mastery(
    data: Columns, today: int, labels: Sequence[tuple[str, Sequence[str]]], wanted: Sequence[str]
) -> tuple[Standing, ...]:
    """All cards first, then each of the `wanted` labels. `labels[i]` are card i's deck and tags."""
    if not len(data):
        return ()
    points = looks(int(data.day.min()), today)
    point, card, before, after = changes(data, points)
    code: Mapping[str, int] = {label: i for i, label in enumerate(wanted)}
    found = [("", counts(point, np.zeros_like(card), before, after, len(points), 1)[:, 0])]
    member = np.zeros((len(labels), len(code)), dtype=np.bool_)
    for i, (deck, tags) in enumerate(labels):
        for label in (f"deck {deck}", *(f"tag {tag}" for tag in tags)):
            if label in code:
                member[i, code[label]] = True
    for label, column in code.items():
        mine = member[card, column]
        part = counts(point[mine], np.zeros(mine.sum(), np.int64), before[mine], after[mine], len(points), 1)
        if part[-1].any():
            found.append((label, part[:, 0]))
    return tuple(
        Standing(day, label, *(int(n) for n in row))
        for label, table in found
        for day, row in zip(points, table, strict=True)
    )
