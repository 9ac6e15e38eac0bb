"""The log as numpy columns, so that a long history is counted at the speed of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from quizzer.model import ReviewRow

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

KINDS = ("review", "ahead", "drill", "cram")
"""Codes of `Columns.kind`. The first two move a schedule."""
REVIEW, AHEAD, DRILL, CRAM = range(4)
PROMISED, DECAY = 2.2, 0.4
"""Where theory puts SM-2's forgetting curve (`scheduling.curve.PRIOR`): the log odds of 0.9 on the planned day, falling
with the logarithm of the time."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry a review that stands, in the order of the log.

    `minute` is the minute of the day on the learner's wall then. `elapsed`, `after` and `duration_ms` are −1 where
    there is none, `predicted` NaN. `interval` is the planned interval before the answer, `after` the one it gave, in
    days. `card` and `question_kind` are positions in `names` (with `uids`) and `question_kinds`; `mistake` one in
    `mistakes`, −1 for none.
    """

    day: Ints
    minute: Ints
    kind: Ints
    grade: Ints
    elapsed: Ints
    interval: Ints
    after: Ints
    duration_ms: Ints
    predicted: Floats
    card: Ints
    question_kind: Ints
    mistake: Ints
    uids: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    question_kinds: tuple[str, ...]
    mistakes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.day)

    @property
    def scheduled(self) -> Mask:
        """Answers that moved a schedule."""
        scheduled: Mask = self.kind <= AHEAD
        return scheduled

    @property
    def recalled(self) -> Mask:
        """Grade 3 or better."""
        recalled: Mask = self.grade >= 3
        return recalled

    @property
    def counted(self) -> Mask:
        """Answers that true retention counts: due reviews of cards seen on an earlier study day."""
        later: Mask = (self.kind == REVIEW) & (self.elapsed >= 1)
        return later


def expected(data: Columns) -> Floats:
    """The recall that was to be expected of each counted answer; of no meaning for the others.

    What the scheduler predicted. SM-2 predicts nothing: what its intervals promise is taken instead, 0.9 on the planned
    day and less for the days after it.
    """
    odds = PROMISED + DECAY * (np.log(np.maximum(data.interval, 1)) - np.log(np.maximum(data.elapsed, 1)))
    return np.where(np.isnan(data.predicted), 1 / (1 + np.exp(-odds)), data.predicted)


def columns(rows: Sequence[ReviewRow]) -> Columns:
    """The columns of review rows given in the order of the log."""
    count = len(rows)

    def ints(name: str) -> Ints:
        return np.fromiter(map(attrgetter(name), rows), np.int64, count)

    def optional(name: str) -> Ints:
        values = map(attrgetter(name), rows)
        return np.fromiter((-1 if value is None else value for value in values), np.int64, count)

    card, uids = codes(map(attrgetter("uid"), rows), count)
    names = {row.uid: (row.deck, row.question) for row in rows}
    question_kind, question_kinds = codes(map(attrgetter("question_kind"), rows), count)
    mistake, mistakes = codes(map(attrgetter("mistake"), rows), count)
    known: Callable[[Any], int] = {name: code for code, name in enumerate(KINDS)}.__getitem__
    predicted = map(attrgetter("predicted"), rows)
    mistake, mistakes = without_empty(mistake, mistakes)
    return Columns(
        day=ints("day"),
        minute=(ints("at_ms") // 60_000 + ints("offset_min")) % 1440,
        kind=np.fromiter(map(known, map(attrgetter("kind"), rows)), np.int64, count),
        grade=ints("grade"),
        elapsed=optional("elapsed"),
        interval=ints("interval"),
        after=optional("planned"),
        duration_ms=optional("duration_ms"),
        predicted=np.fromiter((np.nan if value is None else value for value in predicted), np.float64, count),
        card=card,
        question_kind=question_kind,
        mistake=mistake,
        uids=uids,
        names=tuple(names[uid] for uid in uids),
        question_kinds=question_kinds,
        mistakes=mistakes,
    )


def codes(values: Iterable[str], count: int) -> tuple[Ints, tuple[str, ...]]:
    """Each value as the position of its first appearance among the distinct values."""
    seen: dict[str, int] = {}
    found = np.fromiter((seen.setdefault(value, len(seen)) for value in values), np.int64, count)
    return found, tuple(seen)


def without_empty(code: Ints, names: tuple[str, ...]) -> tuple[Ints, tuple[str, ...]]:
    """The same codes with −1 where the name is empty."""
    if "" not in names:
        return code, names
    empty = names.index("")
    shifted = np.where(code > empty, code - 1, code)
    return np.where(code == empty, -1, shifted), names[:empty] + names[empty + 1 :]
