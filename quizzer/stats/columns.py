"""Review rows as numpy columns, so that a long history is counted at the speed of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from quizzer.lean import dataclass
from quizzer.model import ReviewRow

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

KINDS = ("review", "ahead", "drill", "cram")
"""Codes of `Columns.kind`. The first two move a schedule."""
REVIEW, AHEAD, DRILL, CRAM = range(4)


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry a review, in the order of the log.

    `elapsed` and `duration_ms` are −1 where there is none, `predicted` NaN. `card`, `deck` and `question_kind` are
    positions in `uids`, `decks` and `question_kinds`.
    """

    day: Ints
    kind: Ints
    grade: Ints
    elapsed: Ints
    interval: Ints
    duration_ms: Ints
    predicted: Floats
    card: Ints
    deck: Ints
    question_kind: Ints
    uids: tuple[str, ...]
    decks: tuple[str, ...]
    question_kinds: tuple[str, ...]

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


def columns(rows: Sequence[ReviewRow]) -> Columns:
    """The columns of review rows given in the order of the log."""
    count = len(rows)

    def ints(name: str) -> Ints:
        return np.fromiter(map(attrgetter(name), rows), np.int64, count)

    def optional(name: str) -> Ints:
        values = map(attrgetter(name), rows)
        return np.fromiter((-1 if value is None else value for value in values), np.int64, count)

    card, uids = _codes(map(attrgetter("uid"), rows), count)
    deck, decks = _codes(map(attrgetter("deck"), rows), count)
    question_kind, question_kinds = _codes(map(attrgetter("question_kind"), rows), count)
    known: Callable[[Any], int] = {name: code for code, name in enumerate(KINDS)}.__getitem__
    predicted = map(attrgetter("predicted"), rows)
    return Columns(
        day=ints("day"),
        kind=np.fromiter(map(known, map(attrgetter("kind"), rows)), np.int64, count),
        grade=ints("grade"),
        elapsed=optional("elapsed"),
        interval=ints("interval"),
        duration_ms=optional("duration_ms"),
        predicted=np.fromiter((np.nan if value is None else value for value in predicted), np.float64, count),
        card=card,
        deck=deck,
        question_kind=question_kind,
        uids=uids,
        decks=decks,
        question_kinds=question_kinds,
    )


def _codes(values: Iterable[str], count: int) -> tuple[Ints, tuple[str, ...]]:
    """Each value as the position of its first appearance among the distinct values."""
    seen: dict[str, int] = {}
    codes = np.fromiter((seen.setdefault(value, len(seen)) for value in values), np.int64, count)
    return codes, tuple(seen)
